"""Questions asked within conversations, which remember what was said, and of what."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from rag.answering import Question
from rag.cancel import CancelToken
from rag.chats import Chats
from rag.conversing import converse
from rag.errors import FootnoteError, NoConversation, NothingIndexed
from rag.events import AnswerEvent, AnswerFinished, ConversationStarted
from rag.outcome import Outcome
from rag.records import Answer, Coverage, Mode, Scope


@pytest.fixture
def chats(tmp_path: Path) -> Iterator[Chats]:
    chats = Chats.open(tmp_path)
    yield chats
    chats.close()


class Asked:
    """Answers every question with its own words, or fails, and notes what it was asked."""

    def __init__(self, error: FootnoteError | None = None) -> None:
        self.questions: list[Question] = []
        self._error = error

    def __call__(
        self, question: Question, cancel: CancelToken
    ) -> Generator[AnswerEvent, None, Answer]:
        self.questions.append(question)
        if self._error:
            raise self._error
        text = f"About {question.text}"
        answer = Answer(question.text, Mode.PASSAGES, False, text, (), (), Coverage(0, 0, 0, 0))
        yield AnswerFinished(answer)
        return answer


def ask(
    chats: Chats, asked: Asked, text: str, conversation: int | None, scope: Scope = Scope()
) -> int:
    """Ask within a conversation; returns its id."""
    run = Outcome(converse(chats, asked, Question(text, scope), conversation, CancelToken()))
    events = list(run)
    assert isinstance(events[0], ConversationStarted)
    return events[0].conversation.id


def test_each_question_knows_the_turns_before_it_and_their_scopes(chats: Chats) -> None:
    asked, scope = Asked(), Scope((Path("lease.txt"),))

    conversation = ask(chats, asked, "First?", None, scope)
    ask(chats, asked, "Second?", conversation)
    ask(chats, asked, "Third?", conversation)

    assert [len(question.turns) for question in asked.questions] == [0, 1, 2]
    first, second = asked.questions[-1].turns
    assert (first.question, first.scope, second.scope) == ("First?", scope, Scope())
    assert first.answer is not None
    assert first.answer.text == "About First?"


def test_another_conversation_knows_nothing_of_it(chats: Chats) -> None:
    asked = Asked()

    first = ask(chats, asked, "First?", None)
    second = ask(chats, asked, "Second?", None)

    assert first != second
    assert asked.questions[-1].turns == ()


def test_what_went_wrong_is_kept_as_a_turn_without_an_answer(chats: Chats) -> None:
    with pytest.raises(NothingIndexed):
        ask(chats, Asked(NothingIndexed()), "First?", None)

    (info,) = chats.conversations()
    asked = Asked()
    ask(chats, asked, "Second?", info.id)

    (failed,) = asked.questions[0].turns
    assert (failed.question, failed.answer, failed.error) == ("First?", None, str(NothingIndexed()))


def test_a_conversation_that_is_not_there_is_told(chats: Chats) -> None:
    with pytest.raises(NoConversation):
        ask(chats, Asked(), "First?", 42)
