"""One thing that may be listed: a document, or a row of a table, ready to be looked into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import regex

from rag.cite import split_sentences
from rag.exhaustive import lexicon
from rag.exhaustive.folding import any_form, fold, root
from rag.exhaustive.layout import Field, LabelBook, Layout, layout_of
from rag.exhaustive.terms import Term

_PARAGRAPH = regex.compile(r"\n[ \t]*\n|\f")
_MOST_PARAGRAPH = 2_000
_MOST_FIELD = 200  # what is longer is prose with a colon in it
_HEAD_CHARS = 240  # of a document, where it says what it is
_WORDS = regex.compile(r"[\p{L}\p{N}]+")
_TITLE_CHARS = 90  # a first line so short says what a document is
_THIS = regex.compile(
    r"\b(?:this|the present|the following|dieser?|dieses|diese[mn]|vorliegende[nrs]?|hiermit"
    r"|folgende[rs]?|le present|la presente|cet?|cette|el presente|este|esta)"
    r"\s+(?:[\p{L}-]+\s+){0,2}$"
)
_WRAPPED_CHARS = 60  # a shorter line was ended on purpose
_TABULAR = 0.5  # of a text; then each row is a thing of its own


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or a field of a text; `label` is the field's, empty for a sentence."""

    start: int
    end: int
    label: str = ""
    value_start: int = 0

    def holds(self, start: int, end: int) -> bool:
        """Whether it goes over a span."""
        return self.start <= start and end <= self.end


class Page:
    """A document's text as it is looked into."""

    def __init__(self, text: str, book: LabelBook) -> None:
        self.text = text
        self.book = book
        self._sentences: dict[int, list[Statement]] = {}

    @cached_property
    def folded(self) -> str:
        """The text folded, every code point in its place."""
        return fold(self.text)

    @cached_property
    def layout(self) -> Layout:
        """Its fields and tables."""
        return layout_of(self.text, self.book)

    @property
    def is_tabular(self) -> bool:
        """Whether it is mainly a table, each row of which tells of one thing."""
        layout = self.layout
        return len(layout.rows) > 1 and layout.table_chars >= _TABULAR * len(self.text)

    def sentence_at(self, offset: int) -> Statement:
        """The sentence around `offset`."""
        start, end = self._paragraph(offset)
        known = self._sentences.get(start)
        if known is None:
            spans = split_sentences(self.text[start:end]) or [(0, end - start)]
            known = [Statement(a, b) for a, b in self._unwrapped(start, spans)]
            self._sentences[start] = known
        for statement in known:
            if offset < statement.end:
                return statement
        return known[-1]

    def _unwrapped(self, start: int, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Sentences in the text, those that were parted where a long line merely ends joined."""
        joined: list[tuple[int, int]] = []
        for first, last in spans:
            begin, end = start + first, start + last
            if joined and self._is_wrapped(joined[-1][1], begin):
                joined[-1] = joined[-1][0], end
            else:
                joined.append((begin, end))
        return joined

    def _is_wrapped(self, end: int, begin: int) -> bool:
        """Whether the line that ends a sentence at `end` is long and ends in mid-sentence."""
        line = self.text.rfind("\n", 0, end)
        whole = end - line > _WRAPPED_CHARS and self.text[end - 1].isalnum()
        return whole and self.text.count("\n", end, begin) == 1

    def _paragraph(self, offset: int) -> tuple[int, int]:
        low = max(0, offset - _MOST_PARAGRAPH)
        start = low
        for border in _PARAGRAPH.finditer(self.text, low, offset):
            start = border.end()
        border = _PARAGRAPH.search(self.text, offset, min(len(self.text), offset + _MOST_PARAGRAPH))
        end = border.start() if border else min(len(self.text), offset + _MOST_PARAGRAPH)
        return start, end


@dataclass(frozen=True)
class Subject:
    """A document, or a row of one."""

    document_id: int
    paths: tuple[Path, ...]  # of the same content, the first is shown
    title: str
    page: Page
    start: int
    end: int
    fields: Sequence[Field]
    row: int = 0  # counted from 1; 0 for the document itself
    within: tuple[tuple[int, int], ...] = field(default=())  # the parts of the text in scope

    @cached_property
    def name(self) -> str:
        """All that names it: its file's name, its folder's, its title; folded."""
        return name_of_file(self.paths[0], self.title)

    @cached_property
    def folder(self) -> str:
        """Its folder's name, folded."""
        return fold(regex.sub(r"[_\W]+", " ", self.paths[0].parent.name))

    @cached_property
    def head(self) -> str:
        """The beginning of its document, folded."""
        return self.page.folded[:_HEAD_CHARS]

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of its columns, where it is a row."""
        return tuple(one.label for one in self.fields) if self.row else ()

    def is_inside(self, start: int, end: int) -> bool:
        """Whether a span is part of it and in scope."""
        inside = self.start <= start and end <= self.end
        return inside and (not self.within or any(a <= start and end <= b for a, b in self.within))

    def matches(self, term: Term) -> Iterator[tuple[int, int]]:
        """Where a term stands in it, in order."""
        plain = tuple(form for form in term.forms if not form.startswith("="))
        if plain:
            yield from self.matches_of(plain, exact=term.exact, loose=term.loose)
        for form in term.forms:
            if form.startswith("="):
                pattern = regex.compile(rf"(?<=,\s?|^|\s){form[1:]}(?![\p{{L}}\p{{N}}])", regex.M)
                for found in pattern.finditer(self.page.text, self.start, self.end):
                    if self.is_inside(*found.span()):
                        yield found.span()

    def matches_of(
        self, forms: tuple[str, ...], *, exact: bool = False, loose: bool = False
    ) -> Iterator[tuple[int, int]]:
        """Where any of the folded words or phrases stands in it, in order."""
        if not forms:
            return
        pattern = any_form(forms, exact=exact, loose=loose)
        for found in pattern.finditer(self.page.folded, self.start, self.end):
            if self.is_inside(*found.span()):
                yield found.span()

    @cached_property
    def tells_place(self) -> bool:
        """Whether a field of it tells where it is."""
        return any(is_place_label(one.label) for one in self.fields)

    def statement_at(self, start: int, end: int) -> Statement:
        """The field or sentence that holds a span of it."""
        for one in self.fields:
            if (
                one.label_start <= start
                and end <= one.end
                and one.end - one.label_start < _MOST_FIELD
            ):
                return Statement(min(one.label_start, one.start), one.end, one.label, one.start)
        if self.row:
            return Statement(self.start, self.end)
        return self.page.sentence_at(start)


def name_of_file(path: Path, title: str) -> str:
    """The words of a file's name and title, folded: "lease weber 2021"."""
    stem = regex.sub(r"(?<=\p{L})(?=\d)|(?<=\p{Ll})(?=\p{Lu})|[_\W]+", " ", path.stem)
    return fold(f"{stem} {title}")


def subjects_of(
    document_id: int,
    paths: tuple[Path, ...],
    title: str,
    page: Page,
    within: tuple[tuple[int, int], ...],
    *,
    by_rows: bool,
) -> list[Subject]:
    """The things that a document is: each of its rows where it is a table, else itself."""
    layout = page.layout
    if by_rows and page.is_tabular:
        return [
            Subject(document_id, paths, title, page, row.start, row.end, row.fields, n, within)
            for n, row in enumerate(layout.rows, 1)
        ]
    fields = [*layout.fields, *(one for row in layout.rows for one in row.fields)]
    return [Subject(document_id, paths, title, page, 0, len(page.text), fields, 0, within)]


def label_score(forms: Sequence[str], label: str) -> float:
    """How well a field's label names what any of `forms` (the typed one first) calls it; 0..4."""
    words = [root(word) for word in _WORDS.findall(label)]
    core = [word for word in words if word not in _EMPTY_ROOTS]
    best = 0.0
    for index, form in enumerate(forms):
        wanted = [root(word) for word in form.split()]
        main = [word for word in wanted if word not in _EMPTY_ROOTS] or wanted
        if not words:
            return 0.0
        if words == wanted or sorted(core) == sorted(main):
            score = 4.0
        elif set(main) <= set(words):
            leads = words[-1] == main[-1] or _bracketed(label, main[-1])
            score = 3.0 if leads else 2.0 if words[0] == main[0] else 1.0
        else:
            continue
        best = max(best, score - (0.5 if index else 0.0))
    return best


def is_place_label(label: str) -> bool:
    """Whether a field of that label tells where something is."""
    return not lexicon.PLACE_LABELS.isdisjoint(_WORDS.findall(label))


def _bracketed(label: str, last: str) -> bool:
    """Whether only brackets follow the word: "Rent (EUR)"."""
    outside = regex.sub(r"\([^)]*\)|\[[^\]]*\]", "", label)
    words = [root(word) for word in _WORDS.findall(outside)]
    return bool(words) and words[-1] == last


_EMPTY_ROOTS = frozenset(root(word) for word in lexicon.EMPTY_NOUNS)


def kind_score(forms: Sequence[str], subject: Subject) -> int:
    """How surely a subject is one of `forms`.

    3 by its name, 2 by its first line or what it calls itself, 1 where its beginning or a field
    has the word, 0 otherwise.
    """
    pattern = any_form(tuple(forms))
    if pattern.search(subject.name) or pattern.search(subject.folder):
        return 3
    first_line = subject.head.lstrip(" \n\t#*").partition("\n")[0]
    if len(first_line) < _TITLE_CHARS and pattern.search(first_line):
        return 2
    for found in pattern.finditer(subject.head):
        if _THIS.search(subject.head[: found.start()]):
            return 2
    if pattern.search(subject.head):
        return 1
    return int(any(label_score(forms, one.label) >= 3 for one in subject.fields))
