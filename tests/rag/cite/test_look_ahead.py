"""A sentence is told to be finished as soon as what comes shows it, before that is shown."""

from __future__ import annotations

import pytest

from rag.cite import SentenceStream, split_sentences

TEXTS = [
    "The lease ends in May. The lease may be renewed. It costs 3.5 euros.",
    "Dr. Smith came at 5 p.m. on Friday. He left.",
    "Rules:\n\n- Bees are welcome.\n- Hens too\n\nThat is all.",
    "It is due [1]. Then [2, 3] it ends. “So be it.” he said.",
    "通知期限为三个月。必须以书面形式。然后",
    "Er kam am 3. Oktober. Danach ging er.",
]


@pytest.mark.parametrize("held", [1, 2, 5, 11])
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_held_back_changes_no_sentence(text: str, held: int) -> None:
    stream = SentenceStream()
    spans: list[tuple[int, int]] = []
    for at in range(0, len(text), held):
        for ahead in range(1, held + 1):
            spans += stream.look_ahead(text[at : at + ahead])
        spans += stream.feed(text[at : at + held])
    spans += stream.close()

    assert spans == split_sentences(text)
    assert stream.text == text


def test_a_sentence_ends_when_the_next_one_begins_to_be_held_back() -> None:
    stream = SentenceStream()

    assert stream.feed("The lease ends in May.") == []
    assert stream.look_ahead(" ") == []
    assert stream.look_ahead(" Th") == [(0, 22)]
    assert stream.look_ahead(" The le") == []
    assert stream.close() == []


def test_what_may_go_on_is_not_told() -> None:
    stream = SentenceStream()
    stream.feed("It costs 3.")

    assert stream.look_ahead("5") == []
    assert stream.look_ahead("5 euros") == []
    assert stream.feed("5 euros. Now") == [(0, 19)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("The lease ends in May.", True),
        ("The lease ends in 2031.", True),
        ("Is it over?", True),
        ("It rose (by half).", True),
        ("租约五月到期。", True),
        ("The lease ends in May", False),
        ("It rose by 3.", False),
        ("It rose to 12,400.", False),
        ("It was made by Dr.", False),
        ("It was made by Miller Inc.", False),
        ("As Washington D.C.", False),
        ("See www.example.", False),
        ("Run `make. install.", False),
    ],
)
def test_an_end_is_likely_behind_a_whole_word_alone(text: str, ends: bool) -> None:  # noqa: FBT001
    stream = SentenceStream()
    stream.feed(f"It began. {text}")

    assert (stream.likely_end() == (10, 10 + len(text))) is ends
