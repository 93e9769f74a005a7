"""What the model is asked when the rules cannot complete a follow-up, and what is taken from it."""

from __future__ import annotations

import pytest

from rag.understand import rewrite_chat, rewritten

HISTORY = (
    ("Who founded the institute?", "Ada Krone founded it in 1931."),
    ("And where?", "In\nAldern. " + "It is a long story. " * 60),
)


def test_the_model_sees_the_last_turns_and_the_question_last():
    messages = rewrite_chat("And the second one?", HISTORY)

    assert [message.role for message in messages] == ["system", "user"]
    assert messages[1].content.startswith("Q: Who founded the institute?\nA: Ada Krone")
    assert messages[1].content.endswith("Last question: And the second one?")


def test_long_answers_are_shown_by_their_beginning_on_one_line():
    content = rewrite_chat("And the second one?", HISTORY)[1].content

    assert "A: In Aldern. It is" in content
    assert len(content) < 600


def test_braces_in_what_was_said_stay_as_they_are():
    content = rewrite_chat("And {this}?", [("What is {0}?", "{answer}")])[1].content

    assert "Q: What is {0}?\nA: {answer}" in content
    assert "Last question: And {this}?" in content


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Where was the institute founded?", "Where was the institute founded?"),
        (' "Where was the institute founded?"\n', "Where was the institute founded?"),
        ("Question: Where was it founded?", "Where was it founded?"),
        ("- Where was it founded?", "Where was it founded?"),
        ("研究所在哪里成立？", "研究所在哪里成立？"),
    ],
)
def test_a_single_line_is_taken_as_the_question(said: str, question: str):
    assert rewritten(said) == question


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   \n",
        "?",
        "Where was it founded?\nBy whom was it founded?",
        "Where was it founded? " * 12,
        "Where was it <|end|> founded?",
        "Where was\x00it founded?",
        "[1] 42 {}",
    ],
)
def test_anything_else_is_thrown_away(said: str):
    assert rewritten(said) is None
