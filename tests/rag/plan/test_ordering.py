"""The order in which documents are read, by what was read of them before."""

from __future__ import annotations

from pathlib import Path

from rag.plan import Kept, LongDocument
from rag.plan.ordering import in_reading_order, shares_kept

A, B, C = (
    LongDocument(number, Path(name), name, None, tokens)
    for number, (name, tokens) in enumerate([("a", 1000), ("b", 2000), ("c", 500)], 1)
)


def _kept(names: str, tokens: int) -> Kept:
    return Kept(tuple(Path(name) for name in names), tokens)


def test_without_anything_kept_the_order_stays():
    assert in_reading_order((B, A, C), ()) == ((B, A, C), 0)


def test_the_longer_kept_one_comes_first():
    kept = (_kept("a", 1000), _kept("b", 2000))

    assert in_reading_order((A, B), kept) == ((B, A), 2000)


def test_what_was_read_together_is_worth_more_than_one_alone():
    kept = (_kept("b", 2000), _kept("ab", 2500))

    assert in_reading_order((B, A), kept) == ((A, B), 2500)


def test_of_a_reading_with_other_documents_its_beginning_counts():
    assert in_reading_order((B, A), (_kept("acb", 3500),)) == ((A, B), 1000)


def test_a_reading_that_begins_with_another_document_is_of_no_use():
    assert in_reading_order((A, B), (_kept("cab", 3500),)) == ((A, B), 0)


def test_what_is_kept_is_shared_out_from_the_beginning():
    assert shares_kept((B, A, C), 2400) == [2000, 400, 0]
    assert shares_kept((B, A, C), 0) == [0, 0, 0]
