"""OpenDocument texts and presentations are read in their order, with their structure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from rag.errors import CorruptFile, ProtectedFile
from rag.load import opendocument
from rag.load.how import HowToRead
from rag.records import DocumentInfo, Page
from tests.rag.load.zipped import ENTITY_BOMB, write_zip

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing")),
        *(("style", "style"), ("presentation", "presentation"), ("svg", "svg-compatible")),
        *(("meta", "meta"), ("chart", "chart")),
    )
)
NAMES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
NUMBERED = """<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
</text:list-style>"""


def write(
    folder: Path,
    body: str,
    kind: str = "text",
    styles: str = "",
    others: Mapping[str, str] = MappingProxyType({}),
) -> Path:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    suffix = {"text": "odt", "presentation": "odp"}.get(kind, "odg")
    return write_zip(folder / f"a.{suffix}", {"content.xml": content, **others})


def read(path: Path, how: HowToRead | None = None) -> tuple[DocumentInfo, list[Page]]:
    info, *pages = opendocument.read(path, how) if how else opendocument.read(path)
    assert isinstance(info, DocumentInfo)
    return info, [page for page in pages if isinstance(page, Page)]


def text_of(path: Path) -> str:
    _, (page,) = read(path)
    return page.text


def test_headings_have_their_levels(tmp_path: Path) -> None:
    body = (
        '<text:h text:outline-level="1">Lease</text:h><text:p>Between A and B.</text:p>'
        '<text:h text:outline-level="2">Fees <text:span>and</text:span> rent</text:h>'
    )

    info, (page,) = read(write(tmp_path, body))

    assert info == DocumentInfo("Lease", 1, paged=False, format="OpenDocument")
    assert page.text == "Lease\n\nBetween A and B.\n\nFees and rent"
    assert [(h.level, h.title) for h in page.headings] == [(1, "Lease"), (2, "Fees and rent")]
    assert all(page.text[h.start : h.end] == h.title for h in page.headings)


def test_the_title_is_the_highest_heading(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    )
    meta = (
        f"<office:document-meta {NAMES}><office:meta><dc:title> My lease </dc:title>"
        "</office:meta></office:document-meta>"
    )

    info, (page,) = read(
        write(
            tmp_path,
            '<text:p text:style-name="P1">Lease</text:p>',
            styles=styles,
            others={"meta.xml": meta},
        )
    )

    assert info.title == "My lease"
    assert [(h.level, h.title) for h in page.headings] == [(1, "Lease")]


def test_numbered_headings_keep_their_numbers(tmp_path: Path) -> None:
    outline = f"""<office:document-styles {NAMES}><office:styles><text:outline-style>
        <text:outline-level-style text:level="1" style:num-format="1"/>
        <text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>
        </text:outline-style></office:styles></office:document-styles>"""
    heads = ((1, "Rent"), (2, "When"), (2, "How"), (1, "End"), (2, "Notice"))
    body = "".join(f'<text:h text:outline-level="{at}">{name}</text:h>' for at, name in heads)

    _, (page,) = read(write(tmp_path, body, others={"styles.xml": outline}))

    assert [h.title for h in page.headings] == [
        "1 Rent",
        "1.1 When",
        "1.2 How",
        "2 End",
        "2.1 Notice",
    ]


def test_lists_have_their_numbers_and_bullets(tmp_path: Path) -> None:
    body = """<text:list text:style-name="L1"><text:list-item><text:p>one</text:p>
        <text:list><text:list-item><text:p>deeper</text:p></text:list-item></text:list>
        </text:list-item><text:list-item><text:p>two</text:p><text:p>still two</text:p>
        </text:list-item></text:list>
        <text:list><text:list-item><text:p>any</text:p></text:list-item></text:list>
        <text:list text:style-name="L1" text:continue-numbering="true">
        <text:list-item><text:p>three</text:p></text:list-item></text:list>"""

    assert text_of(write(tmp_path, body, styles=NUMBERED)).splitlines() == [
        *("1. one", "a) deeper", "2. two", "still two", "• any", "3. three"),
    ]


def test_tables_have_their_heads_and_repeated_cells(tmp_path: Path) -> None:
    body = """<table:table><table:table-header-rows><table:table-row>
        <table:table-cell><text:p>What</text:p></table:table-cell>
        <table:table-cell table:number-columns-spanned="2"><text:p>Cost</text:p></table:table-cell>
        <table:covered-table-cell/></table:table-row></table:table-header-rows>
        <table:table-row><table:table-cell><text:p>Rent</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="2"><text:p>5</text:p></table:table-cell>
        </table:table-row></table:table>"""

    _, (page,) = read(write(tmp_path, body))

    assert page.text == "What | Cost\nRent | 5 | 5"
    assert page.tables[0].heads == "What | Cost"


def test_rows_that_repeat_without_end_are_no_danger(tmp_path: Path) -> None:
    body = """<table:table><table:table-row table:number-rows-repeated="1048576">
        <table:table-cell table:number-columns-repeated="16384"><text:p>boom</text:p>
        </table:table-cell></table:table-row></table:table>"""

    assert len(text_of(write(tmp_path, body))) < 50_000


def test_notes_stand_at_the_end_and_comments_behind_their_paragraph(tmp_path: Path) -> None:
    body = """<text:p>Rent<text:note><text:note-citation>1</text:note-citation><text:note-body>
        <text:p>Without tax.</text:p></text:note-body></text:note> is due.<office:annotation>
        <dc:creator>Ann Bee</dc:creator><text:p>Since when?</text:p></office:annotation></text:p>
        <text:p>The end.</text:p>"""

    assert text_of(write(tmp_path, body)) == (
        "Rent[1] is due.\n\n[Comment by Ann Bee: Since when?]\n\nThe end.\n\n[1] Without tax."
    )


def test_what_was_deleted_is_left_out(tmp_path: Path) -> None:
    body = """<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>
        </text:deletion></text:changed-region></text:tracked-changes><text:p>kept</text:p>"""

    assert text_of(write(tmp_path, body)) == "kept"


def test_spaces_tabs_and_breaks_are_kept_apart(tmp_path: Path) -> None:
    body = "<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d</text:p>"

    assert text_of(write(tmp_path, body)) == "a b c\nd"


def test_a_text_box_is_read_after_its_paragraph(tmp_path: Path) -> None:
    body = """<text:p>before<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box>
        </draw:frame> after</text:p><text:p>next</text:p>"""

    assert text_of(write(tmp_path, body)) == "before after\n\nboxed\n\nnext"


def test_slides_are_pages_with_notes(tmp_path: Path) -> None:
    def frame(text: str, top: str, kind: str = "") -> str:
        named = f'presentation:class="{kind}"' if kind else ""
        return (
            f'<draw:frame svg:x="1cm" svg:y="{top}" svg:height="1cm" {named}><draw:text-box>'
            f"<text:p>{text}</text:p></draw:text-box></draw:frame>"
        )

    body = (
        f"<draw:page>{frame('below', '90mm')}{frame('above', '3cm')}"
        f"{frame('Plans', '1in', 'title')}"
        f"<presentation:notes>{frame('Smile', '1cm', 'notes')}</presentation:notes></draw:page>"
        f"<draw:page>{frame('End', '1cm', 'title')}</draw:page>"
    )
    path = write(tmp_path, body, "presentation")

    info, pages = read(path)

    assert info == DocumentInfo("Plans", 2, paged=True, format="OpenDocument")
    assert [page.text for page in pages] == ["Plans\n\nabove\n\nbelow\n\nNotes: Smile", "End"]
    assert [page.marks[0].name for page in pages] == ["slide 1", "slide 2"]
    assert read(path, HowToRead(first_page=2))[1] == pages[1:]


def test_a_chart_is_read_as_a_table(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        said = "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in cells)
        return f"<table:table-row>{said}</table:table-row>"

    chart = (
        f"<office:document-content {NAMES}><office:body><office:chart><chart:chart>"
        "<chart:title><text:p>Sales</text:p></chart:title><table:table>"
        f"<table:table-header-rows>{row('', '2024')}</table:table-header-rows>"
        f"<table:table-rows>{row('East', '5')}</table:table-rows></table:table>"
        "</chart:chart></office:chart></office:body></office:document-content>"
    )
    body = '<text:p>See<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>'

    path = write(tmp_path, body, others={"Object 1/content.xml": chart})

    assert text_of(path) == "See\n\nChart: Sales\n | 2024\nEast | 5"


def test_a_flat_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.fodt"
    path.write_text(
        f"<office:document {NAMES}><office:body><office:text><text:p>Flat Köln</text:p>"
        "</office:text></office:body></office:document>",
        "utf-8",
    )

    assert text_of(path) == "Flat Köln"


def test_a_locked_document_is_told_as_locked(tmp_path: Path) -> None:
    manifest = """<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
        <m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>"""
    path = write_zip(tmp_path / "a.odt", {"content.xml": b"?", "META-INF/manifest.xml": manifest})

    with pytest.raises(ProtectedFile):
        read(path)


@pytest.mark.parametrize("content", ["", "<office", f"{ENTITY_BOMB}<a>&k;</a>", "<a/>"])
def test_a_document_with_broken_content_is_told_as_damaged(tmp_path: Path, content: str) -> None:
    path = write_zip(tmp_path / "a.odt", {"content.xml": content})

    with pytest.raises(CorruptFile):
        read(path)


def test_lists_in_lists_without_end_are_no_danger(tmp_path: Path) -> None:
    deep = "<text:list><text:list-item>" * 120 + "<text:p>deep</text:p>"
    body = deep + "</text:list-item></text:list>" * 120 + "<text:p>after</text:p>"

    assert text_of(write(tmp_path, body)) == "after"
