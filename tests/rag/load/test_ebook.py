"""E-books are read by their spine; headings and places are the chapters that the contents name."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from rag.errors import CorruptFile, ProtectedFile, UnreadableFile
from rag.load import ebook
from rag.records import DocumentInfo, DocumentText, Page, PageKind

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="landmarks"><ol><li><a href="a.xhtml">Start</a></li></ol></nav>
<nav epub:type="toc"><ol>{}</ol></nav></body></html>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>
<navPoint><navLabel><text>Green</text></navLabel><content src="a.xhtml"/>
<navPoint><navLabel><text>Hot &amp; cold</text></navLabel><content src="b%20b.xhtml#x"/></navPoint>
</navPoint></navMap></ncx>"""


def markup(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
    )


def book(parts: dict[str, str], links: str = "", **others: str) -> dict[str, str]:
    """The files of a book with these parts in its spine, and links in its contents."""
    items = "".join(
        f'<item id="i{n}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(parts)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(parts)))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<metadata><dc:title>On Tea</dc:title><dc:creator>Ada Lovelace</dc:creator></metadata>"
        '<manifest><item id="nav" href="nav.xhtml" properties="nav" '
        f'media-type="application/xhtml+xml"/>{items}</manifest><spine>{spine}</spine></package>'
    )
    return {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": opf,
        "OPS/nav.xhtml": NAV.format(links),
        **{f"OPS/{name}": markup(body) for name, body in parts.items()},
        **others,
    }


def zipped(files: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def read(folder: Path, files: dict[str, str]) -> tuple[DocumentInfo, list[Page]]:
    path = folder / "tea.epub"
    path.write_bytes(zipped(files))
    info, *pages = list(ebook.read(path))
    assert isinstance(info, DocumentInfo)
    return info, [page for page in pages if isinstance(page, Page)]


def link(target: str, title: str) -> str:
    return f'<li><a href="{target}">{title}</a></li>'


def test_each_part_of_the_spine_is_a_page(tmp_path: Path) -> None:
    parts = {"a.xhtml": "<h1>Green</h1><p>Hot.</p>", "b b.xhtml": "<h1>Black</h1><p>Hotter.</p>"}

    info, pages = read(
        tmp_path, book(parts, link("a.xhtml", "Green") + link("b%20b.xhtml", "Black"))
    )

    assert info == DocumentInfo("Ada Lovelace: On Tea", 2, paged=False, format="e-book")
    assert [page.text for page in pages] == ["Green\n\nHot.", "Black\n\nHotter."]
    assert [page.number for page in pages] == [1, 2]
    text = DocumentText.from_pages(info, pages)
    assert text.place_at(text.text.index("Hotter")) == "Black"


def test_a_chapter_without_a_heading_gets_the_title_that_the_contents_give(tmp_path: Path) -> None:
    body = "<p>Hot.</p><h2>Late</h2><table><tr><th>Tea</th><th>Cup</th></tr></table>"
    body = f"<p>{'It is green. ' * 40}</p>{body}"

    _, [page] = read(tmp_path, book({"a.xhtml": body}, link("a.xhtml", "Chapter One")))

    assert page.text.startswith("Chapter One\n\nIt is green.")
    assert [(h.level, h.title) for h in page.headings] == [(1, "Chapter One"), (2, "Late")]
    assert all(page.text[h.start : h.end] == h.title for h in page.headings)
    assert page.text[page.tables[0].start : page.tables[0].end] == "Tea | Cup"
    assert [mark.name for mark in page.marks] == ["Chapter One"]


def test_chapters_within_a_part_are_found_by_their_headings(tmp_path: Path) -> None:
    body = f"<h1>One</h1><p>{'Hot. ' * 99}</p><h1>Two</h1><p>Cold.</p><h1>one</h1><p>Notes.</p>"
    links = link("a.xhtml#1", "One") + link("a.xhtml#2", "2. Two") + link("a.xhtml#3", "One")

    _, [page] = read(tmp_path, book({"a.xhtml": body.replace("Two", "2 Two")}, links))

    assert [(mark.start, mark.name) for mark in page.marks] == [
        (0, "One"),
        (page.text.index("2 Two"), "2. Two"),
    ]


def test_a_part_that_the_contents_leave_out_belongs_to_the_chapter_before(tmp_path: Path) -> None:
    parts = {"a.xhtml": "<h1>Green</h1>", "b.xhtml": "<p>More of it.</p>"}

    info, pages = read(tmp_path, book(parts, link("a.xhtml", "Green")))

    text = DocumentText.from_pages(info, pages)
    assert text.place_at(text.text.index("More")) == "Green"


def test_older_books_name_their_chapters_in_another_file(tmp_path: Path) -> None:
    files = book({"a.xhtml": "<p>Hot.</p>", "b b.xhtml": "<p>Cold.</p>"}, **{"OPS/toc.ncx": NCX})
    nav = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    ncx = '<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    files["OPS/book.opf"] = (
        files["OPS/book.opf"].replace(nav, ncx).replace("<spine>", '<spine toc="toc">')
    )

    _, pages = read(tmp_path, files)

    assert [page.text for page in pages] == ["Green\n\nHot.", "Hot & cold\n\nCold."]


def test_notes_and_their_signs_are_told_apart_from_the_text(tmp_path: Path) -> None:
    body = (
        '<p>Tea<a epub:type="noteref" href="#n">1</a> is hot.</p>'
        '<aside epub:type="footnote" id="n"><p>1. Black tea.</p></aside>'
    )

    assert read(tmp_path, book({"a.xhtml": body}))[1][0].text == "Tea[1] is hot.\n\n1. Black tea."


def test_elements_closed_in_the_way_of_xml_hide_no_text(tmp_path: Path) -> None:
    body = '<a id="p1"/><div class="rule"/><script src="x.js"/><p>Hot<br/>tea.</p>'

    assert read(tmp_path, book({"a.xhtml": body}))[1][0].text == "Hot\ntea."


def test_a_missing_part_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    files = book({"a.xhtml": "<p>Hot.</p>", "b.xhtml": "<p>Cold.</p>"})
    del files["OPS/a.xhtml"]

    _, pages = read(tmp_path, files)

    assert pages[0].kind is PageKind.FAILED
    assert "OPS/a.xhtml is missing" in pages[0].problem
    assert pages[1].text == "Cold."


def encryption(algorithm: str, part: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
        f'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{algorithm}"/>'
        f'<CipherData><CipherReference URI="{part}"/></CipherData></EncryptedData></encryption>'
    )


def test_a_copy_protected_book_is_told_as_locked(tmp_path: Path) -> None:
    files = book({"a.xhtml": "<p>Hot.</p>"})
    files["META-INF/encryption.xml"] = encryption("http://w3.org/aes256-cbc", "OPS/a.xhtml")

    with pytest.raises(ProtectedFile, match="DRM"):
        read(tmp_path, files)


def test_scrambled_fonts_are_no_protection(tmp_path: Path) -> None:
    files = book({"a.xhtml": "<p>Hot.</p>"})
    files["META-INF/encryption.xml"] = encryption("http://www.idpf.org/2008/embedding", "OPS/f.otf")

    assert read(tmp_path, files)[1][0].text == "Hot."


@pytest.mark.parametrize("lost", ["OPS/book.opf", "META-INF/container.xml"])
def test_a_book_that_has_lost_its_description_is_told(tmp_path: Path, lost: str) -> None:
    files = book({"a.xhtml": "<p>Hot.</p>"})
    del files[lost]

    if lost == "OPS/book.opf":
        with pytest.raises(CorruptFile):
            read(tmp_path, files)
    else:
        assert read(tmp_path, files)[1][0].text == "Hot."


def test_damaged_books_are_told_and_never_crash_the_reader(tmp_path: Path) -> None:
    whole = zipped(book({"a.xhtml": "<h1>Green</h1><p>Hot.</p>"}, link("a.xhtml", "Green")))
    chance = random.Random(3)
    path = tmp_path / "tea.epub"
    for _ in range(30):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged[: chance.randint(len(damaged) // 2, len(damaged))])

        try:
            pages = list(ebook.read(path))
        except UnreadableFile:
            continue
        assert len(pages) > 1
