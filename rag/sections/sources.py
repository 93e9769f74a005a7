"""The documents that are summarised, and what is said of them with the words that bear it out."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.cite import split_sentences
from rag.records import DocumentText
from rag.sections.cutting import Section, Stretch
from rag.sections.statements import Place, Proven

_BEFORE_CHARS, _AFTER_CHARS = 500, 250  # around words, in which their sentences are looked for
_LONGEST_TITLE_CHARS = 120
_SHOWN_TITLE_CHARS = 48


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a document: `document.text[start:end]`."""

    document_id: int
    start: int
    end: int
    score: float  # 0..1, how far they bear out what is said


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of the documents."""

    text: str
    words: tuple[Words, ...]  # that bear it out: at least one, best first
    by_model: bool  # False for a document's own sentence, chosen by code
    new_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A document with the hash of its file."""

    document: DocumentText
    sha256: str


class Sources:
    """The documents by their ids, in the order in which they are read."""

    def __init__(self, sources: Mapping[int, Source]) -> None:
        self._sources = sources
        self._order = {document_id: at for at, document_id in enumerate(sources)}

    def text(self, stretch: Stretch) -> str:
        """The words of a stretch."""
        return self._sources[stretch.document_id].document.text[stretch.start : stretch.end]

    def title(self, stretch: Stretch) -> str:
        """The title of a stretch's document."""
        return self._sources[stretch.document_id].document.title[:_LONGEST_TITLE_CHARS]

    def place(self, stretch: Stretch) -> str:
        """Where a stretch stands: "pp. 12–19", "p. 7", a heading, or empty."""
        document = self._sources[stretch.document_id].document
        if not document.paged or document.marks:
            return document.place_at(stretch.start, stretch.end)
        pages = document.page_at(stretch.start), document.page_at(stretch.end - 1)
        first, last = (document.page_labels[page - 1] for page in pages)
        return f"p. {first}" if first == last else f"pp. {first}–{last}"

    def named(self, section: Section) -> str:
        """Where a section stands, with its document's title where there are several documents."""
        first, *more = section.stretches
        if len(self._order) == 1:
            return self.place(first)
        title = self.title(first)
        if len(title) > _SHOWN_TITLE_CHARS:
            title = f"{title[:_SHOWN_TITLE_CHARS].rstrip()}…"
        if more:
            return f"{title} and {len(more)} more"
        return ", ".join(filter(None, (title, self.place(first))))

    def hashes(self, stretches: Iterable[Stretch]) -> tuple[str, ...]:
        """The hashes of the files that stretches are from, each once."""
        ids = dict.fromkeys(stretch.document_id for stretch in stretches)
        return tuple(self._sources[document_id].sha256 for document_id in ids)

    def position(self, statement: Statement) -> tuple[int, int]:
        """Orders statements as what bears them out stands in the documents."""
        return min((self._order[words.document_id], words.start) for words in statement.words)

    def around(self, statements: Iterable[Statement]) -> tuple[Stretch, ...]:
        """The sentences in which the words behind `statements` stand, and the ones before them.

        In order, apart from each other.
        """
        wide = [self._widened(words) for statement in statements for words in statement.words]
        wide.sort(key=lambda one: (self._order[one.document_id], one.start))
        joined: list[Stretch] = []
        for one in wide:
            last = joined[-1] if joined else None
            if last and last.document_id == one.document_id and one.start <= last.end + 1:
                joined[-1] = Stretch(one.document_id, last.start, max(last.end, one.end))
            else:
                joined.append(one)
        return tuple(joined)

    def _widened(self, words: Words) -> Stretch:
        text = self._sources[words.document_id].document.text
        low = max(0, words.start - _BEFORE_CHARS)
        spans = [
            (low + start, low + end)
            for start, end in split_sentences(text[low : words.end + _AFTER_CHARS])
        ]
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        first = max(0, bisect.bisect_right(starts, words.start) - 1)
        last = min(len(ends) - 1, bisect.bisect_left(ends, words.end))
        before = first - 1 if first > 1 or (first == 1 and low == 0) else first
        return Stretch(
            words.document_id,
            min(words.start, starts[before]),
            max(words.end, ends[last]),
        )


def statement_of(proven: Proven, stretches: Sequence[Stretch]) -> Statement:
    """What was proven by `stretches`, with its places in their documents."""
    words = [
        Words(
            stretches[place.stretch].document_id,
            stretches[place.stretch].start + place.start,
            stretches[place.stretch].start + place.end,
            place.score,
        )
        for place in proven.places
    ]
    return Statement(proven.text, tuple(words), proven.by_model, proven.new_paragraph)


def proven_by(statement: Statement, stretches: Sequence[Stretch]) -> Proven:
    """The reverse of `statement_of`, `stretches` holding all words behind it."""
    places: list[Place] = []
    for words in statement.words:
        index = next(
            index
            for index, stretch in enumerate(stretches)
            if stretch.document_id == words.document_id
            and stretch.start <= words.start
            and words.end <= stretch.end
        )
        start = stretches[index].start
        places.append(Place(index, words.start - start, words.end - start, words.score))
    return Proven(statement.text, tuple(places), statement.by_model)


def overlaps(one: Statement, other: Statement) -> bool:
    """Whether both rest on some of the same words."""
    return any(
        a.document_id == b.document_id and a.start < b.end and b.start < a.end
        for a in one.words
        for b in other.words
    )
