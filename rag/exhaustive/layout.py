"""Finds in a document's text what it tells in fields, tables and sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from rag.exhaustive.folding import fold, key_set

_LABEL = regex.compile(
    r"[ \t]*(?:[-*•–>#]+[ \t]+|\d{1,3}[.)][ \t]+)?(?:\*\*|__)?"
    r"(?P<label>[\p{L}\p{N}][^:：\n|*]{0,58}?)(?:\*\*|__)?[ \t]?[:：](?:\*\*|__)?(?=[ \t\p{Han}]|$)"
)
_INNER = regex.compile(r"(?<=\S)[ \t]*:(?=[ \t]|$)")
_LABEL_WORD = regex.compile(
    r"(?:\p{Lu}[\p{L}\p{N}’'./()&-]*,?|of|or|and|in|the|on|at|to|for|/|&|-)$"
)
_VALUE_WORDS = key_set("""none no yes n/a unknown unk not""")
_SLASHED = regex.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/\d{4}")
_CELL = regex.compile(r"[ \t]*\|[ \t]*")
_RULE = regex.compile(r"[\s|:=+-]+$")
_MOST_LABEL_WORDS = 6
_MOST_FIELD_CHARS = 400
_KEPT = 60  # of a label's neighbourhood, enough to tell what belongs to it
_AGREEING = 0.8  # of what was seen before a colon, where a word belongs to the label


@dataclass(frozen=True, slots=True)
class Field:
    """A value with what it is called: `text[start:end]` is the value."""

    label: str  # folded
    label_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, a field per cell."""

    start: int
    end: int
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What one document tells in fields and tables, all in reading order."""

    fields: tuple[Field, ...]
    rows: tuple[Row, ...]  # of tables with column heads
    table_chars: int = 0  # how much of the text these rows are


@dataclass(slots=True)
class LabelBook:
    """Learns from many documents how they are written.

    Where labels begin that stand behind another field's value, and whether 3/4/2021 is in March.
    """

    _seen: dict[tuple[str, str], list[tuple[str, ...]]] = field(
        default_factory=dict[tuple[str, str], list[tuple[str, ...]]]
    )

    _month_first: int = 0
    _day_first: int = 0

    def learn_dates(self, text: str) -> None:
        """Take in the dates of a text that can be read in one way only."""
        for one, other in _SLASHED.findall(text):
            self._day_first += int(one) > 12 >= int(other)
            self._month_first += int(other) > 12 >= int(one)

    @property
    def month_first(self) -> bool:
        """Whether dates with slashes begin with the month."""
        return self._month_first > self._day_first

    def learn(self, before: str, words: Sequence[str]) -> None:
        """Take in the words between the label `before` and a colon."""
        key = (before, words[-1].lower())
        known = self._seen.setdefault(key, [])
        if len(known) < _KEPT:
            known.append(tuple(words[-_MOST_LABEL_WORDS:]))

    def label_words(self, before: str, words: Sequence[str]) -> int:
        """How many of the last of `words` are the label."""
        known = self._seen.get((before, words[-1].lower()), [])
        taken = 1
        while taken < min(len(words), _MOST_LABEL_WORDS):
            word = words[-taken - 1]
            if not _LABEL_WORD.match(word) or word.lower() in _VALUE_WORDS:
                break
            if len(known) < 2 and (
                taken == 3 or word.endswith(",") or (word.isupper() and len(word) < 5)
            ):
                break
            same = Counter(one[-taken - 1] for one in known if len(one) > taken)
            if len(known) >= 2 and same[word] < _AGREEING * len(known):
                break
            taken += 1
        while taken > 1 and not words[-taken][:1].isupper():
            taken -= 1
        return taken


def layout_of(text: str, book: LabelBook) -> Layout:
    """The fields and table rows of a document's text."""
    fields: list[Field] = []
    rows: list[Row] = []
    block: list[tuple[int, int]] = []
    chars = 0
    for start, end in _lines(text):  # an empty line ends a table
        if " | " in text[start:end] or text[start:end].lstrip().startswith("|"):
            block.append((start, end))
            continue
        if block:
            chars += _add_table(text, block, fields, rows)
            block = []
        if ":" in text[start:end] or "：" in text[start:end]:
            fields += _line_fields(text, start, end, book)
    if block:
        chars += _add_table(text, block, fields, rows)
    return Layout(tuple(fields), tuple(rows), chars)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in regex.split(r"[\n\f\r\u2028]", text):
        yield at, at + len(line)
        at += len(line) + 1


def _line_fields(text: str, start: int, end: int, book: LabelBook) -> Iterator[Field]:
    """The fields of a line; several may stand in it: "Age: 85, Male Seat Occupied: Left"."""
    found = _LABEL.match(text, start, end)
    if found is None or len(found["label"].split()) > _MOST_LABEL_WORDS:
        return
    label, label_start = fold(found["label"]).strip(), found.start("label")
    value = found.end()
    for colon in _INNER.finditer(text, value, end):
        between = text[value : colon.start()].split()
        if not between or _is_numbered(label, between):
            continue
        book.learn(label, between)
        taken = book.label_words(label, between)
        if taken == len(between) and not _LABEL_WORD.match(between[0]):
            continue
        if not between[-taken][:1].isupper():
            continue
        next_label = _last_words(text, value, colon.start(), taken)
        yield _field(text, label, label_start, value, next_label)
        label, label_start = fold(text[next_label : colon.start()]), next_label
        value = colon.end()
    yield _field(text, label, label_start, value, end)


def _is_numbered(label: str, between: Sequence[str]) -> bool:
    """Whether a colon stands behind a number in a value: "Conducted under: Part 91: General"."""
    is_all = len(between) == 2  # otherwise: "Name: Lee Phone 2: 555"
    return is_all and between[-1].isdecimal() and not label[-1:].isdecimal()


def _last_words(text: str, start: int, end: int, count: int) -> int:
    """Where the last `count` words before `end` begin."""
    words = list(regex.finditer(r"\S+", text, pos=start, endpos=end))
    return words[-count].start()


def _field(text: str, label: str, label_start: int, start: int, end: int) -> Field:
    end = min(end, start + _MOST_FIELD_CHARS)
    value = text[start:end]
    start += len(value) - len(value.lstrip(" \t*_"))
    end = max(start, end - (len(value) - len(value.rstrip(" \t*_,;"))))
    return Field(" ".join(label.split()), label_start, start, end)


def _add_table(
    text: str, lines: Sequence[tuple[int, int]], fields: list[Field], rows: list[Row]
) -> int:
    """Add what a run of table lines tells; how many characters its rows are."""
    table = [(line, _cells(text, *line)) for line in lines if not _RULE.match(text[slice(*line)])]
    if not table:
        return 0
    head_line, heads = table[0]
    pairs = all(len(cells) <= 2 for _, cells in table)
    if pairs and not _has_heads(text, [cells for _, cells in table]):
        for _, cells in table:
            if len(cells) == 2:
                label = fold(text[slice(*cells[0])]).strip(" :")
                fields.append(Field(label, cells[0][0], *cells[1]))
        return 0
    labels = [fold(text[slice(*cell)]).strip() for cell in heads]
    for line, cells in table[1:]:
        found = tuple(
            Field(label, cell[0], *cell)
            for label, cell in zip(labels, cells, strict=False)
            if cell[1] > cell[0]
        )
        if found:
            rows.append(Row(*line, found))
    if len(table) == 1:  # no rows: what looks like a table is something else
        return 0
    return table[-1][0][1] - head_line[0]


def _has_heads(text: str, table: Sequence[Sequence[tuple[int, int]]]) -> bool:
    """Whether the first row of a table of two columns names its columns."""
    if len(table) < 3 or any(len(cells) != 2 for cells in table):
        return False
    seconds = [text[slice(*cells[1])].strip() for cells in table]
    numbers = [any(char.isdigit() for char in cell) for cell in seconds]
    firsts = [text[slice(*cells[0])].strip() for cells in table]
    return (
        not numbers[0]
        and all(numbers[1:])
        and not any(map(str.endswith, firsts, ":" * len(firsts)))
    )


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of a table line's cells."""
    line = text[start:end]
    lead = len(line) - len(line.lstrip(" \t|")) if line.lstrip().startswith("|") else 0
    stop = len(line.rstrip(" \t|")) if line.lstrip().startswith("|") else len(line)
    spans: list[tuple[int, int]] = []
    at = lead
    for border in _CELL.finditer(line, lead, stop):
        spans.append((start + at, start + border.start()))
        at = border.end()
    spans.append((start + at, start + max(at, stop)))
    return spans
