"""A hyphen at a line's end stays only where the word has it."""

from __future__ import annotations

import pytest

from rag.load.pdf.hyphens import Hyphenation, LineEnd


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("the implemen", "tation of", LineEnd.JOINED),
        ("the IMPLEMEN", "TATION OF", LineEnd.JOINED),
        ("the first", "and second-order terms", LineEnd.SUSPENDED),
        ("a state-of-the", "art system", LineEnd.HYPHENATED),
        ("the in", "struction is", LineEnd.JOINED),
        ("all non", "GAAP figures", LineEnd.HYPHENATED),
        ("an AAA", "rated fund", LineEnd.HYPHENATED),
        ("a 32", "bit number", LineEnd.HYPHENATED),
        ("a high", "dimensional space", LineEnd.HYPHENATED),
        ("by account", "ing rules", LineEnd.JOINED),
    ],
)
def test_a_split_is_judged_by_its_halves(before: str, after: str, expected: LineEnd) -> None:
    known = Hyphenation()
    known.learn("they account for the rules")

    assert known.decide(before, after) is expected


def test_a_word_that_the_document_writes_in_one_is_joined() -> None:
    known = Hyphenation()
    known.learn("the market place is a marketplace")

    assert known.decide("on the market", "place of") is LineEnd.JOINED


def test_a_word_that_the_document_writes_with_a_hyphen_keeps_it() -> None:
    known = Hyphenation()
    known.learn("a mixed-mode execution")

    assert known.decide("in mixed", "mode execution") is LineEnd.HYPHENATED


def test_a_document_that_splits_no_words_has_only_real_hyphens() -> None:
    known = Hyphenation()
    known.learn("the cost of it")

    assert known.decide("various cost", "cutting measures") is LineEnd.HYPHENATED
