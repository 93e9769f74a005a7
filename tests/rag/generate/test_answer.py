"""The text of an answer as it grows."""

from __future__ import annotations

import pytest

from rag.generate.answer import AnswerText, is_loop


def stream(text: str, size: int = 1) -> tuple[list[str], AnswerText]:
    """What is shown of `text` when its bytes come in pieces of `size`."""
    data, answer = text.encode(), AnswerText()
    shown: list[str] = []
    for start in range(0, len(data), size):
        shown.append(answer.add(data[start : start + size]))
        if answer.repeats:
            break
    shown.append(answer.finish())
    assert "".join(shown) == answer.text
    return shown, answer


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_a_code_point_is_shown_whole_or_not_yet(size: int):
    text = "Grüße, 東京 🎉 ok"

    shown, answer = stream(text, size)

    assert answer.text == text
    assert all("\ufffd" not in piece for piece in shown)


def test_a_code_point_that_never_ends_is_left_out():
    answer = AnswerText()

    answer.add(b"Paris \xf0\x9f")

    assert answer.finish() == ""
    assert answer.text == "Paris"


def test_white_space_around_an_answer_is_not_shown():
    shown, answer = stream("\n  Paris is  the capital.\n\n ")

    assert answer.text == "Paris is  the capital."
    assert next(piece for piece in shown if piece) == "P"


def test_a_repeated_sentence_is_never_shown():
    first = "The notice period is three months. "

    shown, answer = stream(first + "It must be in writing. " + first + "And more.")

    assert answer.repeats
    assert answer.text == "The notice period is three months. It must be in writing."
    assert "".join(shown) == answer.text


def test_a_sentence_that_only_begins_like_an_earlier_one_is_shown():
    text = "The notice period is three months. The notice period can be longer."

    _, answer = stream(text)

    assert not answer.repeats
    assert answer.text == text


def test_the_start_of_a_repetition_at_the_cap_is_not_shown():
    _, answer = stream("The notice period is three months. The notice period is thr")

    assert answer.text == "The notice period is three months."


def test_short_sentences_may_come_twice():
    _, answer = stream("Yes. It is so. Yes. It is so. ")

    assert not answer.repeats
    assert answer.text == "Yes. It is so. Yes. It is so."


def test_a_chinese_sentence_is_recognised_when_it_comes_again():
    _, answer = stream("通知期限为三个月。必须以书面形式。通知期限为三个月。然后")

    assert answer.repeats
    assert answer.text == "通知期限为三个月。必须以书面形式。"


def test_a_repeated_line_without_a_full_stop_is_recognised():
    _, answer = stream(
        "- a line of a list that goes on\n- another\n- a line of a list that goes on\n"
    )

    assert answer.repeats


@pytest.mark.parametrize("period", [1, 2, 7, 40])
def test_the_same_tokens_over_and_over_are_a_loop(period: int):
    tokens = [1, 2, 3, *list(range(100, 100 + period)) * 200]

    assert is_loop(tokens)
    assert not is_loop(tokens[: 3 + 2 * period])


def test_different_tokens_are_no_loop():
    assert not is_loop(list(range(700)))
    assert not is_loop([7] * 12 + list(range(100, 120)))


def test_a_sentence_that_only_turns_the_words_of_an_earlier_one_is_never_shown():
    first = "The fall was due to the failure of the campaign, which led to the loss of the fort. "
    again = "The fall was due to the failure of the campaign, and the loss of the fort. "
    cut = "The fall was due to the failure of the campaign, which led to the loss. "

    shown, answer = stream(first + cut + "And more.")
    also, other = stream(first + again + "And more.")

    assert answer.repeats
    assert answer.text == first.strip()
    assert "".join(shown) == first.strip()
    assert not other.repeats
    assert "".join(also) == other.text == first + again + "And more."


@pytest.mark.parametrize(
    "text",
    [
        "The tenant pays the landlord a deposit in May. The landlord pays the tenant a deposit.",
        "In 2024 the council of the town spent 300 euros. In 2025 the council spent 300 euros.",
        "The first year costs 90 euros and the second 100. The second year costs 100 euros.",
        "甲方在三月支付乙方全部租金。乙方在三月支付甲方全部租金。",
    ],
)
def test_a_sentence_that_says_something_else_in_the_same_words_is_shown(text: str):
    shown, answer = stream(text)

    assert not answer.repeats
    assert "".join(shown) == text


def test_the_end_of_a_repetition_that_was_cut_off_is_not_shown():
    first = "The fall was due to the failure of the campaign, which led to the loss of the fort. "

    shown, _ = stream(first + "The fall was due to the failure of the campaign, which led to the")

    assert "".join(shown) == first.strip()


def test_what_cannot_be_shown_yet_is_told_as_held():
    answer = AnswerText()
    answer.add(b"The notice period is three months.")

    assert answer.add(b" The notice") == ""
    assert answer.held == " The notice"
    assert answer.add(b" may be longer.") == " The notice may be longer."
    assert answer.held == ""
