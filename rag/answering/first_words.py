"""Marks in what was found the words that likely answer, before the model has read anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.errors import DocumentGone
from rag.extract import Source, likely_words
from rag.footnotes import Citations
from rag.records import Hit, Likely


@dataclass(frozen=True, slots=True)
class FirstWords:
    """What of `hits` likely answers, and where one of them clearly says it."""

    hits: tuple[Hit, ...]
    likely: Likely | None = None


def first_words(
    question: str, hits: Sequence[Hit], chance: float, citations: Citations
) -> FirstWords:
    """`hits`, best first, with the likely answers marked.

    `chance` (0..1) is how likely the hits hold the answer at all.
    """
    context = [" · ".join(part for part in (hit.title, hit.heading) if part) for hit in hits]
    sources = [Source(hit.text, said, hit.table) for hit, said in zip(hits, context, strict=True)]
    found = likely_words(question, sources, chance)
    marked = tuple(replace(hit, likely=marks) for hit, marks in zip(hits, found.marks, strict=True))
    if found.likeliest is None:
        return FirstWords(marked)
    best, value = hits[found.likeliest.source], found.likeliest.value
    try:
        citation = citations.citation(
            best.document_id,
            best.path,
            best.start + value.start,
            best.start + value.end,
            found.likeliest.chance,
        )
    except DocumentGone:  # its file was just removed
        return FirstWords(marked)
    return FirstWords(marked, Likely(citation.quote, citation, found.likeliest.chance))
