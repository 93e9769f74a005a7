"""The words around passages and a question."""

from __future__ import annotations

from rag import prompt
from rag.cite import states_something
from rag.prompt import Passage

PASSAGES = [
    Passage("Lease", "p. 7", "Notice is three months."),
    Passage("Rules", "", "Notice is given in {writing}."),
]


def count_words(text: str) -> int:
    return len(text.split())


def test_the_best_passage_and_then_the_question_come_last():
    messages = prompt.chat(" What is the notice period? ", PASSAGES)

    user = messages[-1].content
    assert [message.role for message in messages] == ["system", "user"]
    assert user.index("[2] Rules\n") < user.index("[1] Lease, p. 7\nNotice is three months.")
    assert user.endswith("What is the notice period?")


def test_braces_in_a_document_stay_as_they_are():
    assert "in {writing}." in prompt.chat("Really {0} {question}?", PASSAGES)[-1].content


def test_earlier_turns_stand_between_system_and_passages():
    messages = prompt.chat("And now?", PASSAGES, [("First?", "One."), ("Second?", "Two.")])

    assert [message.role for message in messages] == [
        "system", "user", "assistant", "user", "assistant", "user",
    ]  # fmt: skip
    assert [message.content for message in messages[1:5]] == ["First?", "One.", "Second?", "Two."]


def test_the_start_of_a_conversation_is_the_same_whatever_is_asked():
    one = prompt.chat("One?", PASSAGES)
    other = prompt.chat("Other?", PASSAGES[:1], [("One?", "Yes.")])

    assert one[0] == other[0]


def test_the_model_is_told_a_refusal_that_code_recognises():
    system = prompt.chat("?", PASSAGES)[0].content

    assert prompt.refusal() in system
    assert not states_something(prompt.refusal())


def test_an_answer_from_own_knowledge_sees_no_document():
    messages = prompt.own_knowledge_chat("Why is the sky blue?")

    assert [message.role for message in messages] == ["system", "user"]
    assert messages[-1].content == "Why is the sky blue?"
