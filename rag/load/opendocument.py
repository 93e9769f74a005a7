"""Reads OpenDocument texts and presentations, in packages or as flat XML."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rag.errors import CorruptFile, FileTooBig
from rag.load.how import PLAINLY, HowToRead
from rag.load.opendocument_lists import ListStyles
from rag.load.opendocument_text import TextWalk, plain, pointer_of_object
from rag.load.outline_text import OutlineText
from rag.load.package import MAX_PART_BYTES, Package, open_package
from rag.load.page_borders import told_once
from rag.load.reading_order import Placed, in_reading_order, with_own_turn
from rag.load.unlocking import no_key_for
from rag.load.xml_tree import (
    DamagedPart,
    Element,
    all_in,
    child_of,
    children_of,
    first_of,
    name_of,
    parse_xml,
    value_of,
)
from rag.records import DocumentInfo, Mark, Page

MAX_GROUPS = 20  # in groups
MAX_OBJECTS = 200  # charts in a document

_FLAT = frozenset({".fodt", ".fodp", ".fodg"})
_EDGES = frozenset({"header", "footer", "date-time", "page-number"})
_LENGTH = re.compile(r"(-?[\d.]+)(cm|mm|in|pt|pc|px)?")
_MILLIMETRES = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 0.3528, "pc": 4.233, "px": 0.2646}
_BORDERS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")


@dataclass(frozen=True, slots=True)
class _Document:
    """The parts of an OpenDocument file that are read."""

    content: Element
    styles: Element | None
    title: str
    objects: Mapping[str, Element]  # charts, by what points to them


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """One page with a text, its notes at the end; or a page for each slide."""
    document = _open(path)
    roots = [root for root in (document.styles, document.content) if root is not None]
    slides = first_of(
        child_of(document.content, "body", "presentation"),
        child_of(document.content, "body", "drawing"),
    )
    if slides is not None:
        yield from _slides(path, document, slides, roots, how.first_page)
        return
    body = child_of(document.content, "body", "text")
    if body is None:
        raise CorruptFile(path, "it holds no text document")
    text = OutlineText()
    walk = TextWalk(text, ListStyles(roots), _title_styles(roots), document.objects)
    walk.blocks(body)
    walk.notes()
    for said in _borders(document.styles):
        walk.say_paragraph(said)
    title = document.title or text.first_heading or path.stem
    yield DocumentInfo(title, 1, paged=False, format="OpenDocument")
    yield text.page()


def _open(path: Path) -> _Document:
    if path.suffix.lower() in _FLAT:
        if path.stat().st_size > MAX_PART_BYTES:
            raise FileTooBig(path, f"it holds over {MAX_PART_BYTES // 1_000_000} MB")
        try:
            root = parse_xml(path.read_bytes(), "it")
        except DamagedPart as error:
            raise CorruptFile(path, str(error)) from error
        return _Document(root, root, _title_in(root), {})
    with open_package(path, "an OpenDocument file") as package:
        if _is_locked(package):
            raise no_key_for(path)
        content = package.xml("content.xml")
        meta = _optional(package, "meta.xml")
        title = _title_in(meta) if meta is not None else ""
        charts = _charts_of(package, content)
        return _Document(content, _optional(package, "styles.xml"), title, charts)


def _is_locked(package: Package) -> bool:
    manifest = _optional(package, "META-INF/manifest.xml")
    if manifest is None:
        return False
    return next(all_in(manifest, "encryption-data"), None) is not None


def _optional(package: Package, name: str) -> Element | None:
    try:
        return package.xml(name)
    except DamagedPart:
        return None


def _charts_of(package: Package, content: Element) -> dict[str, Element]:
    """The charts that the content shows."""
    found: dict[str, Element] = {}
    for pointer in map(pointer_of_object, itertools.islice(all_in(content, "object"), MAX_OBJECTS)):
        root = _optional(package, f"{pointer.removeprefix('./')}/content.xml") if pointer else None
        chart = child_of(root, "body", "chart", "chart")
        if chart is not None:
            found[pointer] = chart
    return found


def _title_in(root: Element) -> str:
    title = child_of(root, "meta", "title")
    return " ".join((title.text or "").split()) if title is not None else ""


def _title_styles(roots: list[Element]) -> frozenset[str]:
    """The names of the paragraph styles that are "Title", or taken over from it."""
    parents = {
        value_of(style, "name"): value_of(style, "parent-style-name")
        for root in roots
        for style in all_in(root, "style")
        if value_of(style, "family") == "paragraph"
    }
    return frozenset({"Title", *(name for name, parent in parents.items() if parent == "Title")})


def _borders(styles: Element | None) -> list[str]:
    """What stands at the top and bottom of all pages."""
    pages = all_in(styles, "master-page") if styles is not None else ()
    return told_once(plain(border) for page in pages for border in children_of(page, *_BORDERS))


def _slides(
    path: Path, document: _Document, slides: Element, roots: list[Element], first_page: int
) -> Iterator[DocumentInfo | Page]:
    pages = children_of(slides, "page")
    styles = ListStyles(roots)
    read = (_slide(number, page, styles, document.objects) for number, page in enumerate(pages, 1))
    first = next(read, None)
    title = document.title or (first.headings[0].title if first and first.headings else "")
    yield DocumentInfo(title or path.stem, len(pages), paged=True, format="OpenDocument")
    if first is not None and first_page == 1:
        yield first
    for page in read:
        if page.number >= first_page:
            yield page


def _slide(number: int, slide: Element, styles: ListStyles, objects: Mapping[str, Element]) -> Page:
    """A slide's title, then the rest in reading order, then notes and comments."""
    text = OutlineText()
    walk = TextWalk(text, styles, frozenset(), objects)
    shapes = in_reading_order(_placed_in(slide, 0))
    turns = {shape: turn for turn, shape in enumerate(slide) if value_of(shape, "class")}
    shapes = with_own_turn(shapes, turns.get)  # those of its layout are in order in the file
    titles = [shape for shape in shapes if value_of(shape, "class") == "title"][:1]
    for title in titles:
        text.heading(plain(title), 1)
    for shape in shapes:
        if shape not in titles:
            text.paragraph()
            walk.blocks(shape)
            text.paragraph()
    for part in children_of(slide, "notes"):
        boxes = [box for box in children_of(part, "frame") if value_of(box, "class") == "notes"]
        said = " ".join(filter(None, map(plain, boxes)))
        if said:
            walk.say_paragraph(f"Notes: {said}")
    for comment in children_of(slide, "annotation"):
        walk.comment(comment)
    walk.notes()
    mark = Mark(0, f"slide {number}")
    return replace(text.page(), number=number, label=str(number), marks=(mark,))


def _placed_in(parent: Element, depth: int) -> Iterator[Placed[Element]]:
    for shape in parent:
        name = name_of(shape)
        if name == "g" and depth < MAX_GROUPS:
            yield from _placed_in(shape, depth + 1)
        elif (
            name not in {"notes", "annotation", "forms"} and value_of(shape, "class") not in _EDGES
        ):
            top, height = _length(value_of(shape, "y")), _length(value_of(shape, "height"))
            yield Placed(_length(value_of(shape, "x")), top, top + height, shape)


def _length(text: str) -> float:
    """A length in millimetres; 0 for what is none."""
    found = _LENGTH.fullmatch(text)
    try:
        return float(found[1]) * _MILLIMETRES[found[2] or "mm"] if found else 0.0
    except ValueError:
        return 0.0
