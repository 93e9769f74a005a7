"""The text of OpenDocument files: paragraphs, headings, lists, tables, notes and comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rag.load.grid import grid_of
from rag.load.opendocument_lists import ListStyles
from rag.load.outline_text import OutlineText
from rag.load.xml_tree import (
    Element,
    all_in,
    child_of,
    children_of,
    name_of,
    value_of,
    whole,
)

MAX_DEPTH = 60  # of lists and sections in each other
MAX_REPEATED = 50  # cells or rows that say the same
MAX_SPACES = 100

_UNREAD = frozenset(
    (
        *("tracked-changes", "table-of-content", "sequence-decls", "variable-decls", "forms"),
        *("user-field-decls", "dde-connection-decls", "ruby-text", "title", "desc", "scripts"),
        *("image", "plugin", "bookmark", "bookmark-start", "event-listeners"),
    )
)
_BOXES = frozenset(
    (
        *("frame", "custom-shape", "rect", "ellipse", "circle", "polygon", "line", "connector"),
        *("g", "caption", "path", "polyline", "measure", "regular-polygon"),
    )
)


@dataclass(slots=True)
class _Said:
    """What a paragraph says, and what hangs on it."""

    words: list[str] = field(default_factory=list[str])
    notes: list[tuple[str, Element]] = field(default_factory=list[tuple[str, Element]])
    comments: list[Element] = field(default_factory=list[Element])
    boxes: list[Element] = field(default_factory=list[Element])


class TextWalk:
    """Goes through a document's blocks in order; the notes are told at the end."""

    def __init__(
        self,
        text: OutlineText,
        styles: ListStyles,
        titles: frozenset[str],
        objects: Mapping[str, Element],
    ) -> None:
        self._text = text
        self._styles = styles
        self._titles = titles  # the paragraph styles of a document's title
        self._objects = objects  # charts, by what points to them
        self._notes: list[tuple[str, Element]] = []

    def blocks(self, parent: Element, depth: int = 0) -> None:
        """What is in `parent`, block by block."""
        for block in parent:
            name = name_of(block)
            if name == "p":
                self.paragraph(block, depth)
            elif name == "h":
                self._heading(block)
            elif name == "list":
                self._list(block, "", 0, depth)
            elif name == "table":
                self.table(block)
            elif name == "annotation":
                self.comment(block)
            elif name == "object":
                self._chart(self._objects.get(pointer_of_object(block)))
            elif name not in _UNREAD and name and depth < MAX_DEPTH:
                self.blocks(block, depth + 1)

    def notes(self) -> None:
        """The footnotes and endnotes so far."""
        notes, self._notes = self._notes, []
        for mark, body in notes:
            self.say_paragraph(f"[{mark}] {plain(body)}")

    def comment(self, annotation: Element) -> None:
        """What somebody noted beside the text."""
        creator = child_of(annotation, "creator")
        who = " ".join((creator.text or "").split()) if creator is not None else ""
        parts = [plain(part) for part in children_of(annotation, "p", "list")]
        said = " ".join(filter(None, parts))
        if said:
            self.say_paragraph(f"[Comment{f' by {who}' if who else ''}: {said}]")

    def say_paragraph(self, said: str) -> None:
        """A paragraph of its own."""
        self._text.paragraph()
        self._text.say(said)
        self._text.paragraph()

    def paragraph(self, paragraph: Element, depth: int, mark: str | None = None) -> None:
        """A paragraph; that of a list's item has a mark, maybe an empty one."""
        said = _said_in(paragraph)
        words = "".join(said.words)
        if value_of(paragraph, "style-name") in self._titles and mark is None:
            self._text.heading(words, 1)
        elif mark:
            self._text.mark(mark)
            self._say_lines(words)
            self._text.mark("")
        else:
            part = self._text.paragraph if mark is None else self._text.line
            part()
            self._say_lines(words)
            part()
        self._hanging(said, depth)

    def table(self, table: Element) -> None:
        """Row by row, its heads first."""
        rows: list[list[str]] = []
        heads = 0
        for row, is_head in _rows_in(table, head=False):
            cells = _cells_of(row, spanning=is_head)
            if any(cells):
                times = min(whole(value_of(row, "number-rows-repeated"), 1), MAX_REPEATED)
                rows += [cells] * max(1, times)
                heads += is_head
        width = max(map(len, rows), default=0)
        if width == 1 and len(rows) == 1:  # a frame around a text
            self.say_paragraph(rows[0][0])
        else:
            self._text.table(grid_of(rows, heads))
        for annotation in all_in(table, "annotation"):
            self.comment(annotation)

    def _chart(self, chart: Element | None) -> None:
        """The figures that a chart shows, as a table."""
        if chart is None:
            return
        title = child_of(chart, "title")
        said = plain(title) if title is not None else ""
        rows = [
            _cells_of(row, spanning=True)
            for table in children_of(chart, "table")
            for row, _ in _rows_in(table, head=False)
        ]
        self._text.table(grid_of(rows, 1 if rows else 0, f"Chart: {said}" if said else "Chart"))

    def _say_lines(self, words: str) -> None:
        for at, line in enumerate(words.split("\n")):
            if at:
                self._text.line()
            self._text.say(line)

    def _heading(self, heading: Element) -> None:
        said = _said_in(heading)
        title = "".join(said.words)
        level = max(1, whole(value_of(heading, "outline-level"), 1))
        if title.strip() and value_of(heading, "is-list-header") != "true":
            title = f"{self._styles.heading_number(level)} {title}"
        self._text.heading(title, level)
        self._hanging(said, 0)

    def _hanging(self, said: _Said, depth: int) -> None:
        self._notes += said.notes
        for comment in said.comments:
            self.comment(comment)
        for box in said.boxes:
            if depth < MAX_DEPTH:
                self.blocks(box, depth + 1)

    def _list(self, element: Element, style: str, level: int, depth: int) -> None:
        style = value_of(element, "style-name") or style
        goes_on = value_of(element, "continue-numbering") == "true" or value_of(
            element, "continue-list"
        )
        if not goes_on:
            self._styles.begin(style, level)
        for item in children_of(element, "list-item", "list-header"):
            mark = ""
            if name_of(item) == "list-item" and _says_itself(item):
                given = value_of(item, "start-value")
                mark = self._styles.mark(style, level, whole(given, 1) if given else None)
            for block in item:
                if name_of(block) == "p":
                    self.paragraph(block, depth, mark)
                    mark = ""
                elif name_of(block) == "h":
                    self._heading(block)
                elif name_of(block) == "list" and depth < MAX_DEPTH:
                    self._list(block, style, level + 1, depth + 1)


def plain(element: Element) -> str:
    """All that an element says, on one line."""
    paragraphs = (p for p in element.iter() if name_of(p) in {"p", "h"})
    return " ".join(" ".join("".join(_said_in(p).words) for p in paragraphs).split())


def pointer_of_object(element: Element) -> str:
    """Where an embedded object is in the package."""
    return value_of(element, "href")


def _says_itself(item: Element) -> bool:
    """Whether a list's item is more than a place for a deeper list."""
    return any(name_of(block) == "p" for block in item)


def _said_in(paragraph: Element) -> _Said:
    said = _Said()
    _collect(paragraph, said)
    return said


def _collect(element: Element, said: _Said) -> None:
    """Depth is no danger here: the parser lets no more than 256 elements lie in each other."""
    said.words.append(element.text or "")
    for child in element:
        name = name_of(child)
        if name == "s":
            said.words.append(" " * min(whole(value_of(child, "c"), 1), MAX_SPACES))
        elif name == "tab":
            said.words.append("\t")
        elif name == "line-break":
            said.words.append("\n")
        elif name == "note":
            citation, body = child_of(child, "note-citation"), child_of(child, "note-body")
            mark = plain_text(citation)
            if body is not None:
                said.words.append(f"[{mark}]")
                said.notes.append((mark, body))
        elif name == "annotation":
            said.comments.append(child)
        elif name in _BOXES:
            said.boxes.append(child)
        elif name and name not in _UNREAD:
            _collect(child, said)
        said.words.append(child.tail or "")


def plain_text(element: Element | None) -> str:
    """The text right in an element."""
    return (element.text or "").strip() if element is not None else ""


def _rows_in(table: Element, *, head: bool) -> Iterator[tuple[Element, bool]]:
    """A table's own rows, and whether each is a head."""
    for part in table:
        name = name_of(part)
        if name == "table-row":
            yield part, head
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows_in(part, head=head or name == "table-header-rows")


def _cells_of(row: Element, *, spanning: bool) -> list[str]:
    """The cells' texts; a head is said once for each of the columns that it spans."""
    said: list[str] = []
    for cell in children_of(row, "table-cell", "covered-table-cell"):
        times = max(1, min(whole(value_of(cell, "number-columns-repeated"), 1), MAX_REPEATED))
        covered = name_of(cell) == "covered-table-cell"
        text = said[-1] if covered and spanning and said else plain(cell)
        said += [text] * times
    while said and not said[-1]:
        said.pop()
    return said
