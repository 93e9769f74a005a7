"""Puts candidates in order by what was found of them, and by what they tell of each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.retrieve.fuse import FusedChunk

# Of the reranker's scores, where the fused ones count 1. Measured from 0.5 to 3 on five sets.
RERANK_WEIGHT = 2.0
_TITLE_NAMED = 0.1  # added where the question names the document
_LIFT = 0.4  # share of the score of a passage that goes to the document it names
_BEHIND = 0.95  # share of that passage's score that the other stays below
_UNSEEN = 0.1  # what a chunk is worth that only another passage brought up


@dataclass(frozen=True, slots=True)
class Ranked:
    """A chunk with its score (0..1) and the parts of it."""

    chunk_id: int
    score: float
    dense: float
    lexical: float
    rerank: float  # 0..1 among the candidates: 0 the last, 1 the first


def shares_of(scores: Sequence[float]) -> list[float]:
    """Where each of `scores` lies between the lowest, 0, and the highest, 1; 0 if all are equal."""
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    return [(score - low) / (high - low) if high > low else 0.0 for score in scores]


def rank(
    fused: Sequence[FusedChunk], reranked: Sequence[float], weight: float = RERANK_WEIGHT
) -> list[Ranked]:
    """The chunks by both scores, best first; `reranked` belongs to `fused` in order.

    Only the reranker's order and distances matter, not its scale.
    """
    shares = shares_of(reranked)
    weight = weight if any(shares) else 0.0
    ranked = [
        Ranked(
            chunk.chunk_id,
            (chunk.score + weight * share) / (1 + weight),
            chunk.dense,
            chunk.lexical,
            share,
        )
        for chunk, share in zip(fused, shares, strict=True)
    ]
    return sorted(ranked, key=lambda chunk: -chunk.score)


def raise_named(
    ranked: Sequence[Ranked], documents: Mapping[int, int], named: frozenset[int]
) -> list[Ranked]:
    """Favour the chunks of documents whose title the question names; `documents` by chunk."""
    raised = [
        replace(chunk, score=min(1.0, chunk.score + _TITLE_NAMED))
        if documents.get(chunk.chunk_id) in named
        else chunk
        for chunk in ranked
    ]
    return sorted(raised, key=lambda chunk: -chunk.score)


def follow(
    ranked: Sequence[Ranked],
    documents: Mapping[int, int],
    links: Sequence[tuple[Ranked, frozenset[int]]],
    unseen: Mapping[int, int],
) -> list[Ranked]:
    """Bring up documents that the best passages name, each right behind the passage that does.

    `links` are passages with the documents they name, `unseen` the best chunk of each such document
    that is not among `ranked`. A question that takes two steps finds its second one so.
    """
    lifts: dict[int, Ranked] = {}
    for passage, named in links:
        for document in named:
            known = lifts.get(document)
            if known is None or passage.score > known.score:
                lifts[document] = passage
    lifted: list[Ranked] = []
    for chunk in ranked:
        namer = lifts.pop(documents[chunk.chunk_id], None)
        lifted.append(chunk if namer is None else _lifted(chunk, namer))
    for document, namer in lifts.items():
        if document in unseen:
            lifted.append(_lifted(Ranked(unseen[document], _UNSEEN, 0.0, 0.0, 0.0), namer))
    return sorted(lifted, key=lambda chunk: -chunk.score)


def _lifted(chunk: Ranked, namer: Ranked) -> Ranked:
    score = min(chunk.score + _LIFT * namer.score, _BEHIND * namer.score)
    return replace(chunk, score=max(chunk.score, score))
