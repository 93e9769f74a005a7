"""A page's own text is doubted only where it says nothing, or nothing that can be words."""

from __future__ import annotations

import numpy as np
import pytest

from rag.load.pdf.doubts import Doubt, disagree, doubt_of

ENGLISH = "The tenant may end this lease with three months of notice, given in writing. " * 4
GERMAN = "Der Mieter kann das Mietverhältnis mit einer Frist von drei Monaten kündigen. " * 4
RUSSIAN = "Все люди рождаются свободными и равными в своем достоинстве и правах. " * 4
FIGURES = (
    "Net sales $ 34,229 35,355 32,184 Cost (3,055) 163 (9,819) 12.5% 13.1% TOTAL 1.234,56 " * 4
)
SHIFTED = "".join(chr(33 + (ord(c) * 7) % 58) if c != " " else c for c in ENGLISH)


def codes(text: str) -> np.ndarray:
    return np.array([ord(character) for character in text], dtype=np.int64)


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, RUSSIAN, FIGURES, "", "SKU-4563 D-22 156"])
def test_text_is_not_doubted(text: str) -> None:
    assert doubt_of(codes(text), text) is Doubt.NONE


@pytest.mark.parametrize("code", [0, 0xFFFD, 0xE123])
def test_characters_that_say_nothing_are_broken_text(code: int) -> None:
    found = codes(ENGLISH)
    found[::2] = code

    assert doubt_of(found, ENGLISH[1::2]) is Doubt.BROKEN


def test_a_few_unknown_signs_break_no_text() -> None:
    found = codes(ENGLISH)
    found[::9] = 0xE123

    assert doubt_of(found, ENGLISH) is Doubt.NONE


def test_letters_that_are_no_words_raise_a_doubt() -> None:
    assert doubt_of(codes(SHIFTED), SHIFTED) is Doubt.SOME


def test_text_that_is_what_is_shown_stands() -> None:
    assert not disagree(ENGLISH, ENGLISH + GERMAN[:80])


def test_text_that_is_not_what_is_shown_does_not() -> None:
    assert disagree(SHIFTED, ENGLISH + GERMAN)


def test_a_few_words_prove_nothing() -> None:
    assert not disagree(SHIFTED, "Annual report")
