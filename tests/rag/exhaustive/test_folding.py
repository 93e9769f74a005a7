"""Words are found in any of their endings, and at their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.exhaustive.folding import any_form, fold, root


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("contract", "All CONTRACTS end."),
        ("policy", "the policies"),
        ("signed", "they sign it"),
        ("kaution", "die Mietkaution"),
        ("vertrag", "zwei Verträge"),
        ("impayee", "facture impayée"),
        ("grosse", "die Größe"),
    ],
)
def test_other_endings_of_a_word_are_found(word: str, text: str) -> None:
    assert any_form((word,)).search(fold(text))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("arbitration", "the arbitrator"),
        ("car", "with care"),
        ("paid", "it is unpaid"),
        ("contract", "a contractor"),
    ],
)
def test_other_words_are_not_taken_for_forms(word: str, text: str) -> None:
    assert not any_form((word,)).search(fold(text))


def test_a_noun_made_of_a_verb_counts_only_where_it_may() -> None:
    assert any_form(("renew",), loose=True).search("automatic renewal")
    assert not any_form(("renew",)).search("automatic renewal")


def test_one_and_many_share_a_root() -> None:
    assert root("invoices") == root("invoice")
    assert root("rechnungen") == root("rechnung")
