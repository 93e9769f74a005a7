"""What was found is joined for reading."""

from __future__ import annotations

from pathlib import Path

from rag.records import Hit
from rag.retrieve.join import join, without_copies


def hit(rank: int, start: int, end: int, document_id: int = 1, text: str = "") -> Hit:
    return Hit(
        rank=rank,
        score=1.0,
        dense=0.5,
        lexical=1.0,
        chunk_id=rank,
        document_id=document_id,
        path=Path(f"{document_id}.txt"),
        title="",
        start=start,
        end=end,
        text=text or f"{document_id}:{start}-{end}",
        heading="",
        place="",
        pages=None,
    )


def test_chunks_that_overlap_become_one_passage_at_the_best_rank() -> None:
    passages = join([hit(1, 500, 700), hit(2, 0, 100), hit(3, 650, 900)])

    assert [(p.hit.rank, p.start, p.end) for p in passages] == [(1, 500, 900), (2, 0, 100)]


def test_a_chunk_that_bridges_two_passages_joins_them() -> None:
    passages = join([hit(1, 0, 100), hit(2, 180, 300), hit(3, 90, 200)])

    assert [(p.hit.rank, p.start, p.end) for p in passages] == [(1, 0, 300)]


def test_chunks_of_different_documents_stay_apart() -> None:
    assert len(join([hit(1, 0, 100, 1), hit(2, 50, 150, 2)])) == 2


def test_a_copy_of_an_earlier_hit_is_dropped_and_the_ranks_close_up() -> None:
    hits = [
        hit(1, 0, 5, 1, "Same  words"),
        hit(2, 0, 5, 2, "same words"),
        hit(3, 0, 5, 3, "others"),
    ]

    kept = without_copies(hits)

    assert [(h.rank, h.document_id) for h in kept] == [(1, 1), (2, 3)]
