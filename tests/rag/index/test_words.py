"""Folding text for the word index."""

from __future__ import annotations

import pytest

from rag.index.words import index_text, query_terms


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Müller", "muller"),
        ("STRASSE", "straße"),
        ("naïve ﬁle", "NAIVE FILE"),
        ("Ёлка", "елка"),
        ("ΆΛΦΑ", "αλφα"),
        ("شَرِكَة", "شركة"),
        ("１２３", "123"),
        ("cafe\u0301", "café"),
    ],
)
def test_accents_case_and_forms_make_no_difference(written, typed):
    assert query_terms(written) == query_terms(typed)


def test_a_script_without_spaces_is_cut_into_neighbouring_pairs():
    assert index_text("共和国法。") == "共和 和国 国法"


def test_marks_stay_with_their_letters_in_pairs():
    assert query_terms("ภาษาไทย") == ["ภา", "าษ", "ษา", "าไ", "ไท", "ทย"]
    assert query_terms("किताब") == ["किता", "ताब"]


def test_numbers_and_latin_words_inside_chinese_stay_whole():
    assert query_terms("在2023年用iPhone") == ["在", "2023", "年用", "iphone"]


def test_a_word_is_asked_for_once():
    assert query_terms("The cat and the Cat") == ["the", "cat", "and"]


@pytest.mark.parametrize("question", ["", "?!…", '" OR *', "NEAR(", "a:b ^c -d", "\x00"])
def test_what_fts_would_read_as_syntax_never_becomes_a_term(question):
    assert all(term.isalnum() for term in query_terms(question))
