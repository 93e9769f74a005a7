"""What a conversation's earlier turns bring to a question: words, proven statements, passages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from rag.index.catalog import Catalog
from rag.records import Answer, Citation, Hit, Mode, Scope, Support, Turn
from rag.searching import History

MOST_TURNS = 8  # shown to the model, however short
_SHARE = 8  # of the context, the part that earlier turns may take
_REUSED_TURNS, _REUSED_PASSAGES = 2, 2  # of whose citations, and how many passages at most


@dataclass(frozen=True, slots=True)
class _Remembered:
    """An earlier turn as the model is shown it."""

    question: str
    statements: tuple[str, ...]

    @property
    def answer(self) -> str:
        return " ".join(self.statements)


def said(turns: Sequence[Turn]) -> History:
    """The questions with their answers, to complete follow-ups from, oldest first.

    What no file was asked for, and what failed, counts as asked but not answered.
    """
    return tuple(
        (turn.question, turn.answer.text if turn.answer and not turn.answer.declined else "")
        for turn in turns
    )


def remembered(
    turns: Sequence[Turn],
    is_in_scope: Callable[[Citation], bool],
    n_ctx: int,
    count_tokens: Callable[[str], int],
) -> list[tuple[str, str]]:
    """The questions of earlier turns, and what of their answers was proven, oldest first.

    Each turn becomes its question as it was understood, and its supported sentences. Where these
    are more than an eighth of the context, the oldest turns are cut to their first sentence, one
    after the other, and then dropped. The model is not asked for a summary: that would take as
    long as an answer, and a small model brings in what nobody said.

    A sentence is remembered only where all that it cites is in the scope of the question now: what
    was learned elsewhere must not come up in an answer that is told to be of these files alone.
    """
    kept = [
        _Remembered(_question(turn, turn.answer), statements)
        for turn in turns[-MOST_TURNS:]
        if turn.answer is not None and (statements := _proven(turn.answer, is_in_scope))
    ]
    budget = n_ctx // _SHARE

    def tokens() -> int:
        return sum(count_tokens(turn.question) + count_tokens(turn.answer) for turn in kept)

    for at, turn in enumerate(kept):
        if tokens() <= budget:
            break
        kept[at] = replace(turn, statements=turn.statements[:1])
    while kept and tokens() > budget:
        kept.pop(0)
    return [(turn.question, turn.answer) for turn in kept]


def scope_test(catalog: Catalog, scope: Scope) -> Callable[[Citation], bool]:
    """Tells of a citation whether it is in `scope`; raises as `Catalog.documents_in`."""
    documents = catalog.documents_in(scope)

    def is_in_scope(citation: Citation) -> bool:
        on_page = not scope.pages or (
            citation.page is not None
            and any(first <= citation.page <= last for first, last in scope.pages)
        )
        return on_page and (documents is None or citation.document_id in documents)

    return is_in_scope


def cited_before(
    turns: Sequence[Turn], catalog: Catalog, scope: Scope, found: Collection[int]
) -> list[Hit]:
    """The passages that the last turns cited most, without the chunks `found`, the best first.

    Only those that still stand in the library as they were, and in `scope`.
    """
    counts: dict[int, int] = {}
    hits: dict[int, Hit] = {}
    for turn in turns[-_REUSED_TURNS:]:
        if turn.answer is None:
            continue
        cited = [c for sentence in turn.answer.sentences for c in sentence.citations]
        for hit in turn.answer.evidence:
            uses = sum(_cites(citation, hit) for citation in cited)
            if uses and hit.chunk_id not in found:
                counts[hit.chunk_id] = counts.get(hit.chunk_id, 0) + uses
                hits[hit.chunk_id] = hit
    wanted = sorted(counts, key=lambda chunk_id: -counts[chunk_id])
    within = catalog.chunks_in(scope)
    stored = [
        chunk
        for chunk in catalog.chunks(wanted, scope)
        if chunk.chunk.text == hits[chunk.chunk_id].text
        and (within is None or bool(within.marks[chunk.chunk_id : chunk.chunk_id + 1].any()))
    ]
    return [
        replace(
            hits[chunk.chunk_id],
            document_id=chunk.document_id,
            path=chunk.path,
            score=0.0,
            dense=0.0,
            lexical=0.0,
            rerank=0.0,
            matches=(),
        )
        for chunk in stored[:_REUSED_PASSAGES]
    ]


def _question(turn: Turn, answer: Answer | None) -> str:
    if answer is not None and answer.understood is not None:
        return answer.understood.question or turn.question
    return turn.question


def _proven(answer: Answer, is_in_scope: Callable[[Citation], bool]) -> tuple[str, ...]:
    if answer.declined or answer.mode is Mode.OWN_KNOWLEDGE:
        return ()
    return tuple(
        sentence.text
        for sentence in answer.sentences
        if sentence.support is Support.SUPPORTED
        and sentence.citations
        and all(is_in_scope(citation) for citation in sentence.citations)
    )


def _cites(citation: Citation, hit: Hit) -> bool:
    return citation.path == hit.path and hit.start <= citation.start and citation.end <= hit.end
