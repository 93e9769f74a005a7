"""Splitting text into sentences, whole and while it streams."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.cite import SentenceStream, split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def streamed(text: str, sizes: list[int]) -> list[tuple[int, int]]:
    stream, spans, at = SentenceStream(), [], 0
    for size in sizes:
        spans += stream.feed(text[at : at + size])
        at += size
    spans += stream.feed(text[at:])
    spans += stream.close()
    assert stream.text == text
    return spans


TEXTS = {
    "prose": (
        (
            "Dr. Smith paid $3.5 million in 1974. He left at 5 p.m. on Jan. 5, 2020! Why? "
            "Nobody knows."
        ),
        [
            "Dr. Smith paid $3.5 million in 1974.",
            "He left at 5 p.m. on Jan. 5, 2020!",
            "Why?",
            "Nobody knows.",
        ],
    ),
    "initials and countries": (
        "J. R. R. Tolkien wrote it. The U.S. Army agreed. It moved to the U.S. The rest stayed.",
        [
            "J. R. R. Tolkien wrote it.",
            "The U.S. Army agreed.",
            "It moved to the U.S.",
            "The rest stayed.",
        ],
    ),
    "marks": (
        "It opened in 1990 [1]. It closed. [2][3] Then it burned.[4] Now it is gone [1, 2].",
        [
            "It opened in 1990 [1].",
            "It closed. [2][3]",
            "Then it burned.[4]",
            "Now it is gone [1, 2].",
        ],
    ),
    "numbers and addresses": (
        (
            "Version 2.3.1 of file.txt is at http://a.b/c. See Fig. 3 and No. 7 for it. Pay "
            "1.234,5 now."
        ),
        [
            "Version 2.3.1 of file.txt is at http://a.b/c.",
            "See Fig. 3 and No. 7 for it.",
            "Pay 1.234,5 now.",
        ],
    ),
    "lists": (
        "Here they are:\n\n1. First one. It counts.\n2. Second one\n- a dash\n* a star [4]",
        [
            "Here they are:",
            "1. First one.",
            "It counts.",
            "2. Second one",
            "- a dash",
            "* a star [4]",
        ],
    ),
    "a table": (
        "| a | b |\n|---|---|\n| 1. x | 2 |\nAfter it.",
        ["| a | b |", "|---|---|", "| 1. x | 2 |", "After it."],
    ),
    "rows of numbers": (
        "Net sales $ 34,229 $ 35,355\nCost of sales 17,975 19,232",
        ["Net sales $ 34,229 $ 35,355", "Cost of sales 17,975 19,232"],
    ),
    "code": (
        "Do this:\n```\na = 1. B\nc. D\n```\nUse `a. B` then. Done.",
        ["Do this:", "```\na = 1. B\nc. D\n```", "Use `a. B` then.", "Done."],
    ),
    "headings": (
        "# Results. Good\nSales rose. They fell.",
        ["# Results.", "Good", "Sales rose.", "They fell."],
    ),
    "quotes": (
        'He said: "Go away." Then he left. "Stop!" she cried. „Halt.“ Er ging.',
        ['He said: "Go away."', "Then he left.", '"Stop!" she cried.', "„Halt.“", "Er ging."],
    ),
    "wrapped lines": (
        (
            "The company grew a lot in the year that ended in the month of May and\nwas happy. "
            "It paid."
        ),
        [
            "The company grew a lot in the year that ended in the month of May and\nwas happy.",
            "It paid.",
        ],
    ),
    "German": (
        (
            "Am 3. Oktober 1990 war es so weit, z. B. hier. Im 19. Jahrhundert gab es ca. 5 "
            "davon. Es sind 12. Das reicht."
        ),
        [
            "Am 3. Oktober 1990 war es so weit, z. B. hier.",
            "Im 19. Jahrhundert gab es ca. 5 davon.",
            "Es sind 12.",
            "Das reicht.",
        ],
    ),
    "Spanish": (
        "El Sr. Gómez llegó. ¿Por qué? ¡Nadie sabe! Tiene 1.500 libros.",
        ["El Sr. Gómez llegó.", "¿Por qué?", "¡Nadie sabe!", "Tiene 1.500 libros."],
    ),
    "Chinese": (
        "于2008年签署了协议。他说：“走吧！”然后离开了[1]。第三句？",
        ["于2008年签署了协议。", "他说：“走吧！”", "然后离开了[1]。", "第三句？"],
    ),
    "Japanese": (
        "東京は首都です。「はい。」と言った。",
        ["東京は首都です。", "「はい。」", "と言った。"],
    ),
    "Hindi": ("यह वाक्य है। दूसरा वाक्य है।", ["यह वाक्य है।", "दूसरा वाक्य है।"]),
    "Arabic": ("هل هذا سؤال؟ نعم. هذا جواب.", ["هل هذا سؤال؟", "نعم.", "هذا جواب."]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_split_where_its_sentences_end(name: str) -> None:
    text, expected = TEXTS[name]

    assert split(text) == expected


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_fed_in_any_pieces_is_split_like_the_whole(name: str) -> None:
    text, _ = TEXTS[name]
    rng = random.Random(name)

    for _ in range(30):
        sizes = [rng.randint(1, 9) for _ in range(len(text) // 5)]
        assert streamed(text, sizes) == split_sentences(text)


CHARACTERS = list("aBcI.!?…  \n\n\t[]123,;:\"'”)(*-#|`>•。！、東")
PIECES = ["Dr. ", "z. B. ", "U.S. ", "[1]", "```", "\n- ", "\n1. ", "The ", "3.5", "\r\n", "¹"]
ALPHABET = st.sampled_from([*CHARACTERS, *PIECES, "~~~"])


@settings(max_examples=300, deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join), st.lists(st.integers(0, 7), max_size=30))
def test_any_text_in_any_pieces_is_split_like_the_whole(text: str, sizes: list[int]) -> None:
    assert streamed(text, sizes) == split_sentences(text)


def test_a_list_mark_that_is_cut_in_two_is_one_all_the_same() -> None:
    text = "aaaaaaa\nz. B. "

    assert streamed(text, [3, 7]) == split_sentences(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_only_white_space_lies_outside_the_sentences(text: str) -> None:
    spans = split_sentences(text)

    at = 0
    for start, end in spans:
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        at = end
    assert not text[at:].strip()


def test_a_sentence_is_told_as_soon_as_the_next_one_begins() -> None:
    stream = SentenceStream()

    assert stream.feed("It opened in 1990.") == []
    assert stream.feed(" ") == []
    assert stream.feed("Th") == [(0, 18)]
    assert stream.feed("en it closed.\n") == []
    assert stream.feed("\n") == [(19, 34)]
    assert stream.close() == []


def test_a_mark_that_comes_late_still_belongs_to_the_sentence_before_it() -> None:
    stream = SentenceStream()

    assert stream.feed("It closed. ") == []
    assert stream.feed("[") == []
    assert stream.feed("12") == []
    assert stream.feed("] Then") == [(0, 15)]


def test_an_empty_text_has_no_sentence() -> None:
    assert split_sentences("") == []
    assert split_sentences(" \n\t ") == []
    assert SentenceStream().close() == []
