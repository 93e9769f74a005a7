"""Joins what was found for reading: chunks that touch become one passage, copies are dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.records import Hit


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document to be read as one; `hit` is the best one in it."""

    hit: Hit
    start: int
    end: int


def without_copies(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in order, ranked anew, without those whose text stands in an earlier one."""
    seen: set[bytes] = set()
    kept: list[Hit] = []
    for hit in hits:
        folded = " ".join(hit.text.casefold().split())
        digest = hashlib.blake2b(folded.encode(), digest_size=16).digest()
        if digest not in seen:
            seen.add(digest)
            kept.append(replace(hit, rank=len(kept) + 1))
    return kept


def join(hits: Sequence[Hit]) -> list[Passage]:
    """Passages in the order of their best hit; hits that overlap or touch are joined."""
    passages: list[Passage] = []
    for hit in hits:
        passage = Passage(hit, hit.start, hit.end)
        apart: list[Passage] = []
        for other in passages:
            if _touch(other, passage):
                best = min(other.hit, passage.hit, key=lambda h: h.rank)
                passage = Passage(
                    best, min(other.start, passage.start), max(other.end, passage.end)
                )
            else:
                apart.append(other)
        passages = sorted([*apart, passage], key=lambda p: p.hit.rank)
    return passages


def _touch(one: Passage, other: Passage) -> bool:
    return (
        one.hit.document_id == other.hit.document_id
        and one.start <= other.end + 1
        and other.start <= one.end + 1
    )
