"""Reads Word documents in their order: paragraphs, headings, lists, tables, then notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docx.document import Document
from docx.oxml.ns import qn

from rag.load.grid import grid_of
from rag.load.how import PLAINLY, HowToRead
from rag.load.outline_text import OutlineText
from rag.load.page_borders import told_once
from rag.load.unlocking import unlocked
from rag.load.word_package import WHAT, open_document
from rag.load.word_paragraphs import (
    Element,
    Numbering,
    all_related,
    body_of,
    boxes_in,
    heading_level,
    related,
    said_in,
    styles_of,
)
from rag.records import DocumentInfo, Page

MAX_DEPTH = 5  # of tables in tables
MAX_SPAN = 50  # columns that a head may span
MAX_COMMENTS = 10_000


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """One page with the document's text, its notes and what stands on all pages at the end."""
    with unlocked(path, WHAT, how) as plain:
        document, damaged = open_document(plain)
    text = OutlineText()
    _Walk(text, document).body()
    title = " ".join((document.core_properties.title or "").split())
    named = title if title and title.lower() != "word document" else ""
    yield DocumentInfo(named or text.first_heading or path.stem, 1, paged=False, format="Word")
    yield replace(text.page(), problem=_without(damaged))


def _without(damaged: list[str]) -> str:
    """What a reader should know where some parts of a document are damaged."""
    return f"Parts of it are damaged and were left out: {', '.join(damaged)}." if damaged else ""


class _Walk:
    """Goes through the document's parts in order."""

    def __init__(self, text: OutlineText, document: Document) -> None:
        self._text = text
        self._document = document
        self._numbering = Numbering(document)
        self._levels: dict[str, int] = {}  # heading level by style id, 0 for no heading
        self._comments = _comments_of(document)  # that were not told yet, by id

    def body(self) -> None:
        """The main text, then the notes, and what stands on all pages."""
        self._blocks(body_of(self._document), 0)
        for kind in ("footnote", "endnote"):
            self._notes(kind)
        kinds = (all_related(self._document, kind) for kind in ("header", "footer"))
        for said in told_once(_all_said(root) for roots in kinds for root in roots):
            self._say_paragraph(said)
        for comment in self._comments.values():  # on what is not read
            self._say_paragraph(comment)

    def _blocks(self, parent: Element, depth: int) -> None:
        for block in parent:
            if block.tag == qn("w:p"):
                self._paragraph(block)
            elif block.tag == qn("w:tbl") and depth < MAX_DEPTH:
                self._table(block)
            elif block.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
                self._blocks(block, depth)

    def _paragraph(self, paragraph: Element) -> None:
        said = said_in(paragraph)
        level = self._heading_level(paragraph)
        mark = self._numbering.mark(paragraph)
        if level:
            self._text.heading(f"{mark} {said}" if mark and said.strip() else said, level)
        elif mark:
            self._text.mark(mark)
            self._text.say(said)
            self._text.mark("")
        else:
            self._text.paragraph()
            for at, line in enumerate(said.split("\n")):
                if at:
                    self._text.line()
                self._text.say(line)
            self._text.paragraph()
        for box in boxes_in(paragraph):
            self._blocks(box, 0)
        self._comments_on(paragraph)

    def _comments_on(self, element: Element) -> None:
        for mark in element.iter(qn("w:commentReference")):
            comment = self._comments.pop(mark.get(qn("w:id")) or "", "")
            if comment:
                self._say_paragraph(comment)

    def _say_paragraph(self, said: str) -> None:
        self._text.paragraph()
        self._text.say(said)
        self._text.paragraph()

    def _table(self, table: Element) -> None:
        rows = [
            row
            for row in table.iter(qn("w:tr"))
            if next(row.iterancestors(qn("w:tbl"))) is table  # not of a table inside a cell
        ]
        heads = next((at for at, row in enumerate(rows) if not _is_head(row)), len(rows))
        above: dict[int, str] = {}
        said = [_spelled(row, above, spanning=at < heads) for at, row in enumerate(rows)]
        self._text.table(grid_of(said, heads))
        self._comments_on(table)

    def _notes(self, kind: str) -> None:
        notes = related(self._document, f"{kind}s")
        if notes is None:
            return
        for note in notes.iter(qn(f"w:{kind}")):
            if note.get(qn("w:type")) in {None, "normal"}:
                said = " ".join(said_in(p) for p in note.iter(qn("w:p"))).strip()
                if said:
                    self._say_paragraph(f"[{note.get(qn('w:id'))}] {said}")

    def _heading_level(self, paragraph: Element) -> int:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return 0
        own = properties.find(qn("w:outlineLvl"))
        if own is not None:
            return _level(own.get(qn("w:val")))
        style = properties.find(qn("w:pStyle"))
        return self._style_level(style.get(qn("w:val")) or "") if style is not None else 0

    def _style_level(self, style_id: str) -> int:
        if style_id not in self._levels:
            self._levels[style_id] = 0  # also ends a circle of styles
            style = next(
                (s for s in styles_of(self._document) if s.get(qn("w:styleId")) == style_id),
                None,
            )
            if style is not None:
                self._levels[style_id] = self._level_of(style)
        return self._levels[style_id]

    def _level_of(self, style: Element) -> int:
        outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None:
            return _level(outline.get(qn("w:val")))
        name = style.find(qn("w:name"))
        level = heading_level((name.get(qn("w:val")) or "") if name is not None else "")
        if level:
            return level
        base = style.find(qn("w:basedOn"))
        return self._style_level(base.get(qn("w:val")) or "") if base is not None else 0


def _is_head(row: Element) -> bool:
    """Whether Word repeats a table's row at the top of each page."""
    mark = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return mark is not None and mark.get(qn("w:val")) not in {"0", "false", "off"}


def _spelled(row: Element, above: dict[int, str], *, spanning: bool) -> list[str]:
    """The cells' texts, those of a head once for each column that it spans.

    What a cell over several rows says is kept in `above`, by its column, for the rows below.
    """
    said: list[str] = []
    column = 0
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is row:
            text = " ".join(said_in(paragraph) for paragraph in cell.iter(qn("w:p")))
            if _goes_on(cell):
                text = above.get(column, "")
            above[column] = text
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            times = (span.get(qn("w:val")) or "") if span is not None else ""
            width = min(int(times), MAX_SPAN) if times.isdecimal() else 1
            said += [text] * (width if spanning else 1)
            column += width
    return said


def _goes_on(cell: Element) -> bool:
    """Whether a cell only goes on with the one above, which hides what is in it."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merged is not None and merged.get(qn("w:val")) != "restart"


def _all_said(root: Element) -> str:
    shown = (
        paragraph
        for paragraph in root.iter(qn("w:p"))
        if not any(map(_goes_on, paragraph.iterancestors(qn("w:tc"))))
    )
    return " ".join(map(said_in, shown))


def _comments_of(document: Document) -> dict[str, str]:
    """What was noted beside the text, by the ids of the notes."""
    found: dict[str, str] = {}
    root = related(document, "comments")
    for comment in root.iter(qn("w:comment")) if root is not None else ():
        said = " ".join(_all_said(comment).split())
        author = " ".join((comment.get(qn("w:author")) or "").split())
        if said and len(found) < MAX_COMMENTS:
            by = f" by {author}" if author else ""
            found[comment.get(qn("w:id")) or ""] = f"[Comment{by}: {said}]"
    return found


def _level(value: str | None) -> int:
    """A heading's level from Word's count from 0, in which 9 is body text."""
    return int(value) + 1 if value and value.isdigit() and int(value) < 9 else 0
