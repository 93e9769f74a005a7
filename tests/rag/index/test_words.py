"""Folding text for the word index."""

from __future__ import annotations

import pytest

from rag.index.words import index_text, terms


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
        ("Łódź Ørsted Æsir", "lodz orsted aesir"),
        ("DIYARBAKIR", "diyarbakır"),
        ("İstanbul", "istanbul"),
        ("ＡＢＣ１２３", "abc123"),
        ("٢٠٢٣ ۲۰۲۳", "2023"),
        ("العربیة", "العربية"),
        ("שלום", "שלומ"),
        ("ΟΔΟΣ", "οδος"),
    ],
)
def test_accents_case_and_forms_make_no_difference(written, typed):
    assert terms(written) == terms(typed)


def test_a_script_without_spaces_is_cut_into_neighbouring_pairs():
    assert index_text("共和国法。") == "共和 和国 国法"


def test_marks_stay_with_their_letters_in_pairs():
    assert terms("ภาษาไทย") == ["ภา", "าษ", "ษา", "าไ", "ไท", "ทย"]
    assert terms("किताब") == ["किता", "ताब"]


def test_numbers_and_latin_words_inside_chinese_stay_whole():
    assert terms("在2023年用iPhone") == ["在", "2023", "年用", "iphon"]


def test_a_word_is_asked_for_once():
    assert terms("The cat and the Cat") == ["the", "cat", "and"]


@pytest.mark.parametrize("question", ["", "?!…", '" OR *', "NEAR(", "a:b ^c -d", "\x00"])
def test_what_fts_would_read_as_syntax_never_becomes_a_term(question):
    assert all(term.isalnum() for term in terms(question))
