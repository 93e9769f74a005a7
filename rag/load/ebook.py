"""Reads e-books (EPUB): a page for each part of the spine, with the chapters' titles."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from rag.errors import CorruptFile, ProtectedFile
from rag.load.how import PLAINLY, HowToRead
from rag.load.outline_text import OutlineText
from rag.load.package import Package, open_package
from rag.load.web import decode_markup, read_markup
from rag.load.xml_tree import (
    DamagedPart,
    Element,
    all_in,
    child_of,
    children_of,
    first_of,
    value_of,
)
from rag.records import DocumentInfo, Heading, Mark, Page, PageKind, Table

MAX_TITLE_CHARS = 200
HEAD_CHARS = 300  # of a part's text, in which its own heading is looked for

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_SCRAMBLERS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_TEXT_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_TEXT_SUFFIXES = (".xhtml", ".html", ".htm", ".xml")


@dataclass(frozen=True, slots=True)
class _Book:
    """What an e-book's package file tells."""

    title: str  # with the author; empty where it names none
    spine: tuple[str, ...]  # the parts of its text, in reading order
    chapters: dict[str, tuple[str, ...]]  # the titles in the contents, by the part they point to


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """Raises `CorruptFile`, `FileTooBig`, and `ProtectedFile` for copy-protected books."""
    with open_package(path, "an e-book") as package:
        _refuse_protected(path, package)
        book = _book_of(package)
        if not book.spine:
            raise CorruptFile(path, "it names no text to read")
        yield DocumentInfo(book.title or path.stem, len(book.spine), paged=False, format="e-book")
        for number, part in enumerate(book.spine, 1):
            try:
                page = _page_of(package.read(part), book.chapters.get(part, ()))
            except DamagedPart as error:
                page = Page(0, "", "", PageKind.FAILED, problem=str(CorruptFile(path, str(error))))
            yield replace(page, number=number, label=str(number))


def _refuse_protected(path: Path, package: Package) -> None:
    """Scrambled fonts are no protection of the text."""
    if _ENCRYPTION not in package.names:
        return
    for entry in all_in(package.xml(_ENCRYPTION), "EncryptedData"):
        algorithm = value_of(child_of(entry, "EncryptionMethod"), "Algorithm")
        reference = child_of(entry, "CipherData", "CipherReference")
        target = unquote(value_of(reference, "URI")).lower()
        if algorithm not in _FONT_SCRAMBLERS and target.endswith(_TEXT_SUFFIXES):
            raise ProtectedFile(
                path,
                "its text is encrypted for the reading program of the shop that sold it (DRM)",
                "Add a copy without copy protection.",
            )


# ---------------------------------------------------------------- what there is to read


def _book_of(package: Package) -> _Book:
    """Raises `DamagedPart`."""
    root = _root_of(package)
    opf = package.xml(root)
    folder = posixpath.dirname(root)
    items = {
        value_of(item, "id"): item
        for item in children_of(child_of(opf, "manifest"), "item")
        if value_of(item, "href")
    }
    spine_element = child_of(opf, "spine")
    nav = next((i for i in items.values() if "nav" in value_of(i, "properties").split()), None)
    ncx = first_of(
        items.get(value_of(spine_element, "toc")),
        *(item for item in items.values() if value_of(item, "media-type").endswith("ncx+xml")),
    )
    spine: list[str] = []
    for reference in children_of(spine_element, "itemref"):
        item = items.get(value_of(reference, "idref"))
        if item is None or item is nav or value_of(item, "media-type") not in _TEXT_TYPES:
            continue
        spine.append(_target(folder, value_of(item, "href"))[0])
    contents = _contents(package, *(_hrefs(folder, item) for item in (nav, ncx)))
    return _Book(_title_of(opf), tuple(dict.fromkeys(spine)), contents)


def _root_of(package: Package) -> str:
    """The package file that describes the book."""
    try:
        container = package.xml(_CONTAINER)
        named = [value_of(rootfile, "full-path") for rootfile in all_in(container, "rootfile")]
    except DamagedPart:
        named = []
    found = next((name for name in named if name in package.names), None) or next(
        (name for name in sorted(package.names) if name.lower().endswith(".opf")), None
    )
    if found is None:
        raise DamagedPart("it names no text to read")
    return found


def _title_of(opf: Element) -> str:
    metadata = child_of(opf, "metadata")
    inner = first_of(child_of(metadata, "dc-metadata"), metadata)
    title = next((_said(title) for title in children_of(inner, "title") if _said(title)), "")
    creators = [_said(creator) for creator in children_of(inner, "creator")]
    authors = ", ".join(dict.fromkeys(filter(None, creators)))
    return ": ".join(filter(None, (authors, title))) if title else ""


def _said(element: Element) -> str:
    return " ".join("".join(part.text or "" for part in element.iter()).split())[:MAX_TITLE_CHARS]


def _target(folder: str, href: str) -> tuple[str, str]:
    """The part that a link in `folder` points to, and the place in it."""
    link, _, fragment = href.partition("#")
    return posixpath.normpath(posixpath.join(folder, unquote(link))), fragment


def _hrefs(folder: str, item: Element | None) -> str:
    return _target(folder, value_of(item, "href"))[0] if item is not None else ""


# ---------------------------------------------------------------- the table of contents


def _contents(package: Package, nav: str, ncx: str) -> dict[str, tuple[str, ...]]:
    """The titles that the book's contents give to each part; empty where they cannot be read."""
    found: dict[str, tuple[str, ...]] = {}
    for name, entries in ((nav, _nav_entries), (ncx, _ncx_entries)):
        if found or not name:
            continue
        try:
            for href, title in entries(package, name):
                part = _target(posixpath.dirname(name), href)[0]
                if title:
                    found[part] = (*found.get(part, ()), title)
        except DamagedPart:
            continue
    return found


def _nav_entries(package: Package, name: str) -> Iterator[tuple[str, str]]:
    tree = LexborHTMLParser(decode_markup(package.read(name)))
    navs = tree.css("nav")
    toc = next((nav for nav in navs if nav.attributes.get("epub:type") == "toc"), None)
    for link in (toc or (navs[0] if navs else tree)).css("a[href]"):
        title = " ".join(link.text(separator=" ").split())[:MAX_TITLE_CHARS]
        yield link.attributes.get("href") or "", title


def _ncx_entries(package: Package, name: str) -> Iterator[tuple[str, str]]:
    for point in all_in(package.xml(name), "navPoint"):
        label = child_of(point, "navLabel", "text")
        title = _said(label) if label is not None else ""
        yield value_of(child_of(point, "content"), "src"), title


# ---------------------------------------------------------------- a part's text


def _page_of(markup: bytes, chapters: tuple[str, ...]) -> Page:
    """A part of the spine; it starts with its chapter's title, marks name the chapters."""
    text = OutlineText()
    read_markup(text, decode_markup(markup))
    page = text.page()
    if not page.text or not chapters:
        return page
    found = _chapter_starts(page, chapters)
    near = page.headings and page.headings[0].start <= HEAD_CHARS
    if chapters[0] not in found and not near:
        page = _under(chapters[0], page)
        found = _chapter_starts(page, chapters)
    starts = {start if start > HEAD_CHARS else 0: title for title, start in found.items()}
    if chapters[0] not in found:
        starts.setdefault(0, chapters[0])
    return replace(page, marks=tuple(Mark(start, starts[start]) for start in sorted(starts)))


def _chapter_starts(page: Page, chapters: tuple[str, ...]) -> dict[str, int]:
    """Where the headings are that say the chapters' titles, in the order of the contents."""
    starts: dict[str, int] = {}
    left = list(page.headings)
    for title in chapters:
        at = next((n for n, h in enumerate(left) if _folded(h.title) == _folded(title)), None)
        if at is not None:
            starts.setdefault(title, left[at].start)
            left = left[at + 1 :]
    return starts


def _folded(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


def _under(title: str, page: Page) -> Page:
    """`page` with a heading before its text."""
    shift = len(title) + 2
    moved = [Heading(h.start + shift, h.end + shift, h.level, h.title) for h in page.headings]
    return replace(
        page,
        text=f"{title}\n\n{page.text}",
        headings=(Heading(0, len(title), 1, title), *moved),
        tables=tuple(
            Table(t.start + shift, t.end + shift, t.caption, t.heads) for t in page.tables
        ),
    )
