"""Writes a paper as a Word document with real footnotes, which refers to nothing outside it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from rag import resources
from rag.export.word_xml import DECLARATION, MAIN, element, is_leftward, text_runs
from rag.records import BlockKind, Paper, PaperBlock, PaperNote, PaperRun, PaperTable

_FIXED = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_relations.xml",
    "docProps/app.xml": "app.xml",
    "word/_rels/document.xml.rels": "document_relations.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/styles.xml": "styles.xml",
}
_STYLES = {
    BlockKind.TITLE: "Title",
    BlockKind.QUESTION: "Heading1",
    BlockKind.HEADING: "Heading2",
    BlockKind.BULLET: "ListBullet",
    BlockKind.NUMBERED: "ListNumber",
    BlockKind.PASSAGE: "Quote",
    BlockKind.NOTICE: "Notice",
    BlockKind.DETAIL: "Detail",
}
_DEPTH_TWIPS = 360  # a twip is 1/20 point
_LAST_LEVEL = 3  # that bullets have
_PAGE = (11906, 16838)  # A4
_MARGIN = 1440
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # of the parts: equal papers make equal files


def word(paper: Paper) -> bytes:
    """The content of a .docx file."""
    parts = {
        "word/document.xml": _document(paper),
        "word/footnotes.xml": _footnotes(paper.notes),
        "docProps/core.xml": _core(paper),
    }
    folder = resources.folder() / "word"
    parts |= {name: (folder / file).read_text("utf-8") for name, file in _FIXED.items()}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts):  # the list of types comes first, as some readers want it
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name].encode())
    return content.getvalue()


def _core(paper: Paper) -> str:
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(paper.title)}</dc:title>"
        "<dc:creator>Footnote</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_utc(paper.asked_at)}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_utc(paper.answered_at)}'
        "</dcterms:modified></cp:coreProperties>"
    )


def _utc(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _document(paper: Paper) -> str:
    marks = _Marks()
    body = "".join(
        _table(block, marks) if isinstance(block, PaperTable) else _paragraph(block, marks)
        for block in paper.blocks
    )
    width, height = _PAGE
    sides = dict.fromkeys(("top", "right", "bottom", "left"), _MARGIN)
    page = element(
        "sectPr",
        element("pgSz", w=width, h=height),
        element("pgMar", **sides, header=708, footer=708, gutter=0),
    )
    return f'{DECLARATION}<w:document xmlns:w="{MAIN}">{element("body", body, page)}</w:document>'


class _Marks:
    """Writes the marks of footnotes; Word wants a note marked once, and referred to after that."""

    def __init__(self) -> None:
        self._marked: set[int] = set()

    def mark(self, note: int) -> str:
        look = element("rPr", element("rStyle", val="FootnoteReference"))
        name = f"_RefNote{note}"
        if note in self._marked:
            shown = element("r", look, element("t", str(note)))
            return element("fldSimple", shown, instr=f" NOTEREF {name} \\f ")
        self._marked.add(note)
        return (
            element("bookmarkStart", id=note, name=name)
            + element("r", look, element("footnoteReference", id=note))
            + element("bookmarkEnd", id=note)
        )


def _paragraph(block: PaperBlock, marks: _Marks) -> str:
    text = "".join(run.text for run in block.runs if run.note is None)
    properties = element("pStyle", val=_STYLES[block.kind]) if block.kind in _STYLES else ""
    runs = _runs(block.runs, marks)
    if block.kind is BlockKind.BULLET and block.depth:
        level = element("ilvl", val=min(block.depth, _LAST_LEVEL))
        properties += element("numPr", level, element("numId", val=1))
    if is_leftward(text):
        properties += element("bidi")
    if block.kind is BlockKind.NUMBERED:
        left = _DEPTH_TWIPS * (block.depth + 1)
        properties += element("ind", left=left, hanging=_DEPTH_TWIPS)
        runs = text_runs(block.label) + element("r", element("tab")) + runs
    return element("p", element("pPr", properties) if properties else "", runs)


def _runs(runs: Sequence[PaperRun], marks: _Marks) -> str:
    parts: list[str] = []
    after_note = False
    for run in runs:
        if run.note is None:
            parts.append(text_runs(run.text, "Remark" if run.remark else "", bold=run.bold))
        else:
            parts.append(text_runs(",", "FootnoteReference") if after_note else "")
            parts.append(marks.mark(run.note))
        after_note = run.note is not None
    return "".join(parts)


def _table(table: PaperTable, marks: _Marks) -> str:
    width = (_PAGE[0] - 2 * _MARGIN) // len(table.heads)
    grid = element("tblGrid", element("gridCol", w=width) * len(table.heads))
    look = element("tblPr", element("tblStyle", val="TableGrid"), element("tblW", w=0, type="auto"))
    heads = [_cell(text_runs(head, bold=True), head, width) for head in table.heads]
    rows = [element("tr", element("trPr", element("tblHeader")), *heads)]
    for row in table.rows:
        cells = [
            _cell(_runs(runs, marks), "".join(run.text for run in runs), width) for runs in row
        ]
        rows.append(element("tr", *cells))
    return element("tbl", look, grid, *rows) + element("p")  # a table must not end a document


def _cell(runs: str, text: str, width: int) -> str:
    direction = element("pPr", element("bidi")) if is_leftward(text) else ""
    return element(
        "tc", element("tcPr", element("tcW", w=width, type="dxa")), element("p", direction, runs)
    )


def _footnotes(notes: Sequence[PaperNote]) -> str:
    lines = [
        element("footnote", element("p", element("r", element(kind))), type=kind, id=number)
        for kind, number in _SEPARATORS
    ]
    lines += [element("footnote", _note(note), id=note.number) for note in notes]
    return f'{DECLARATION}<w:footnotes xmlns:w="{MAIN}">{"".join(lines)}</w:footnotes>'


def _note(note: PaperNote) -> str:
    quote = f"“{note.quote}” — " if note.quote else ""
    style = element("pStyle", val="FootnoteText")
    direction = element("bidi") if is_leftward(note.quote) else ""
    mark = element(
        "r", element("rPr", element("rStyle", val="FootnoteReference")), element("footnoteRef")
    )
    words = text_runs(f" {quote}") + text_runs(note.source)
    return element("p", element("pPr", style, direction), mark, words)
