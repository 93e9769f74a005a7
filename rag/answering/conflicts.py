"""Shows where the evidence of an answer contradicts itself, the newest document first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from rag.cite.comparison import Asks
from rag.cite.conflicts import Says, Told, contradictions
from rag.cite.versions import Dated, dated, newest_first
from rag.extract import Sort, wanted
from rag.footnotes import Citations, Footnotes
from rag.index.catalog import Catalog
from rag.records import Conflict, Statement
from rag.retrieve.join import Passage

_NS = 10**9


def conflicts_in(
    question: str, footnotes: Footnotes, citations: Citations, catalog: Catalog
) -> tuple[Conflict, ...]:
    """What of the passages contradicts itself on what `question` asks, each side cited.

    The citations go on with the answer's numbers, and have their boxes.
    """
    passages = footnotes.passages
    told = [
        Told(
            key,
            passage.hit.document_id,
            footnotes.text_of(passage),
            passage.hit.path.name,
            f"{passage.hit.title} {passage.hit.heading}",
        )
        for key, passage in enumerate(passages)
    ]
    found = contradictions(question, told, _asks(question))
    return tuple(
        _conflict([passages[one.key] for one in each.says], each.says, citations, catalog)
        for each in found
    )


def _asks(question: str) -> Asks:
    """The kind of value that `question` asks for."""
    asked = wanted(question)
    if asked is None:
        return Asks.ANYTHING
    if asked.sort.is_number:
        return Asks.AMOUNT
    if asked.sort.is_named:
        return Asks.NAME
    return Asks.DATE if asked.sort is Sort.DATE else Asks.ANYTHING


def _conflict(
    passages: Sequence[Passage], says: Sequence[Says], citations: Citations, catalog: Catalog
) -> Conflict:
    days = [_dated(passage, citations, catalog) for passage in passages]
    order = newest_first(
        [(passage.hit.path.name, day) for passage, day in zip(passages, days, strict=True)]
    )
    return Conflict(tuple(_statement(passages[at], says[at], days[at], citations) for at in order))


def _statement(passage: Passage, says: Says, day: Dated, citations: Citations) -> Statement:
    hit, base = passage.hit, passage.start
    citation = citations.boxed(
        citations.citation(hit.document_id, hit.path, base + says.start, base + says.end, 1.0)
    )
    text = citations.document(hit.document_id).text
    value = text[base + says.value_start : base + says.value_end]
    return Statement(value, citation, day.day, day.by)


def _dated(passage: Passage, citations: Citations, catalog: Catalog) -> Dated:
    """When the document of a passage is from, and what tells it."""
    hit = passage.hit
    return dated(
        hit.path.name,
        hit.title,
        citations.document(hit.document_id).text,
        _changed(catalog, passage),
    )


def _changed(catalog: Catalog, passage: Passage) -> date | None:
    """The day on which the file was last changed, by the local calendar."""
    line = catalog.file(passage.hit.path)
    if line is None or not line.modified_ns:
        return None
    return datetime.fromtimestamp(line.modified_ns / _NS).astimezone().date()
