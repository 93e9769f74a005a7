"""Asks questions within conversations, and keeps the answers there."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace

from rag.answering import Question
from rag.cancel import CancelToken
from rag.chats import Chats
from rag.errors import FootnoteError
from rag.events import AnswerEvent, AnswerFinished, ConversationStarted
from rag.records import Answer

_LONGEST_TITLE = 60

Ask = Callable[[Question, CancelToken], Generator[AnswerEvent, None, Answer]]


def converse(
    chats: Chats, ask: Ask, question: Question, conversation_id: int | None, cancel: CancelToken
) -> Generator[AnswerEvent, None, Answer]:
    """Answer `question` by `ask` within a conversation, a new one for None, and keep the answer.

    Raises `NoConversation` and what `ask` does.
    """
    if conversation_id is None:
        conversation_id = chats.start(question.text[:_LONGEST_TITLE]).id
    conversation = chats.conversation(conversation_id)
    turn = chats.add_turn(conversation_id, question.text, question.scope)
    try:
        yield ConversationStarted(conversation.info, turn.id)
        for event in ask(replace(question, turns=conversation.turns), cancel):
            if isinstance(event, AnswerFinished):
                chats.finish_turn(turn.id, event.answer)
                yield event
                return event.answer
            yield event
    except FootnoteError as error:
        chats.fail_turn(turn.id, str(error))
        raise
    raise AssertionError("an answer always ends in AnswerFinished")
