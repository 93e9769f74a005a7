"""Conversations and settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag.chats import FILE_NAME, MIGRATIONS, Chats
from rag.database import Database
from rag.errors import LibraryFromTheFuture, NoConversation
from rag.options import Options
from rag.records import Scope
from tests.rag.test_answer_json import ANSWER

SCOPE = Scope((Path("docs", "100%"),), ("pdf",), until=date(2023, 6, 30), pages=((2, 5),))


@pytest.fixture
def chats(tmp_path: Path) -> Iterator[Chats]:
    chats = Chats.open(tmp_path)
    yield chats
    chats.close()


def reopened(chats: Chats, folder: Path) -> Chats:
    chats.close()
    return Chats.open(folder)


def test_a_conversation_comes_back_as_it_went(chats: Chats, tmp_path: Path):
    info = chats.start("Net sales")
    first = chats.add_turn(info.id, "How did net sales change?", SCOPE)
    chats.finish_turn(first.id, ANSWER)
    second = chats.add_turn(info.id, "And costs?", Scope())
    chats.fail_turn(second.id, "The model stopped with an error.")

    again = reopened(chats, tmp_path)

    conversation = again.conversation(info.id)
    one, two = conversation.turns
    assert conversation.info.title == "Net sales"
    assert (one.question, one.scope, one.answer, one.error) == (first.question, SCOPE, ANSWER, "")
    assert one.asked_at == first.asked_at
    assert (two.answer, two.error) == (None, "The model stopped with an error.")
    again.close()


def test_a_question_asked_when_the_engine_died_stays_without_an_answer(chats: Chats, tmp_path):
    info = chats.start("T")
    turn = chats.add_turn(info.id, "Why?", Scope())

    again = reopened(chats, tmp_path)

    assert again.conversation(info.id).turns == (turn,)
    again.close()


def test_an_answer_that_this_version_cannot_read_is_shown_as_none(chats: Chats, tmp_path):
    info = chats.start("T")
    turn = chats.add_turn(info.id, "Why?", Scope())
    chats.finish_turn(turn.id, ANSWER)
    with chats._database.writing() as connection:
        connection.execute("UPDATE turn SET answer = '{\"version\": 9}'")

    assert chats.conversation(info.id).turns == (turn,)


def test_a_rating_stays_until_it_is_taken_back(chats: Chats, tmp_path: Path):
    info = chats.start("Net sales")
    turn = chats.add_turn(info.id, "How did net sales change?", SCOPE)
    chats.rate(turn.id, 1)
    again = reopened(chats, tmp_path)
    kept = again.conversation(info.id).turns[0].rating

    again.rate(turn.id, 0)

    assert (kept, again.conversation(info.id).turns[0].rating) == (1, 0)
    again.close()


def test_conversations_of_the_first_version_are_read_and_can_be_rated(tmp_path: Path):
    first = Database.open(tmp_path / FILE_NAME, MIGRATIONS[:1], durable=True)
    with first.writing() as connection:
        connection.execute("INSERT INTO conversation VALUES (1, 'Old', 0, 0, 0)")
        connection.execute("INSERT INTO turn VALUES (1, 1, 'Why?', '{}', 0, NULL, '')")
    first.close()

    chats = Chats.open(tmp_path)
    chats.rate(1, -1)

    assert [turn.rating for turn in chats.conversation(1).turns] == [-1]
    chats.close()


def test_the_last_changed_conversation_comes_first(chats: Chats):
    old, new = chats.start("old"), chats.start("new")
    assert [c.title for c in chats.conversations()] == ["new", "old"]

    turn = chats.add_turn(old.id, "More?", Scope())
    chats.add_turn(new.id, "More?", Scope())
    chats.finish_turn(turn.id, ANSWER)

    assert [c.title for c in chats.conversations()] == ["old", "new"]
    assert chats.conversation(old.id).info.changed_at > old.changed_at
    assert chats.conversation(old.id).info.created_at == old.created_at


def test_a_conversation_can_be_renamed(chats: Chats):
    info = chats.start("old name")

    chats.rename(info.id, "new \ud800 name")

    assert [c.title for c in chats.conversations()] == ["new ? name"]


def test_a_deleted_conversation_can_be_taken_back(chats: Chats):
    info = chats.start("T")
    chats.add_turn(info.id, "Why?", Scope())

    chats.delete(info.id)
    assert chats.conversations() == []
    with pytest.raises(NoConversation):
        chats.conversation(info.id)
    chats.restore(info.id)

    assert len(chats.conversation(info.id).turns) == 1


def test_a_purged_conversation_is_nowhere_on_the_disk(chats: Chats, tmp_path: Path):
    info = chats.start("Zanzibar")
    turn = chats.add_turn(info.id, "quokka?", Scope())
    kept = chats.start("kept title")
    chats.delete(info.id)

    chats.purge_deleted()
    chats.finish_turn(turn.id, ANSWER)

    left = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE_NAME}*"))
    assert b"kept title" in left
    assert b"Zanzibar" not in left
    assert b"quokka" not in left
    with pytest.raises(NoConversation):
        chats.restore(info.id)
    assert chats.conversations() == [kept]


@pytest.mark.parametrize("method", ["conversation", "delete", "restore"])
def test_an_unknown_conversation_is_named(chats: Chats, method: str):
    with pytest.raises(NoConversation, match="12345"):
        getattr(chats, method)(12345)


def test_nothing_is_asked_in_an_unknown_conversation(chats: Chats):
    with pytest.raises(NoConversation):
        chats.add_turn(12345, "Why?", Scope())
    with pytest.raises(NoConversation):
        chats.rename(12345, "title")


def test_options_are_the_defaults_until_saved(chats: Chats, tmp_path: Path):
    assert chats.options() == Options()

    chats.save_options(Options(passages=12, decline=False))

    again = reopened(chats, tmp_path)
    assert again.options() == Options(passages=12, decline=False)
    again.close()


@pytest.mark.parametrize("stored", ["{", "[]", '{"passages": "many", "gone": 3}'])
def test_options_that_cannot_be_read_are_the_defaults(chats: Chats, stored: str):
    chats.set_setting("options", stored)

    assert chats.options() == Options()


def test_a_setting_is_the_last_that_was_set(chats: Chats):
    chats.set_setting("model", "a.gguf")
    chats.set_setting("model", "b.gguf")

    assert chats.setting("model") == "b.gguf"
    assert chats.setting("unknown") is None


def test_damaged_conversations_are_put_aside(tmp_path: Path):
    Chats.open(tmp_path).close()
    (tmp_path / FILE_NAME).write_bytes(b"\xff" * 50_000)

    chats = Chats.open(tmp_path)

    aside = next(tmp_path.glob("chats.damaged-*.sqlite3"))
    assert aside.name in chats.notice
    assert aside.read_bytes() == b"\xff" * 50_000
    assert chats.conversations() == []
    chats.close()


def test_a_newer_footnotes_conversations_are_left_alone(tmp_path: Path):
    Database.open(tmp_path / FILE_NAME, ["SELECT 1"] * 9).close()

    with pytest.raises(LibraryFromTheFuture):
        Chats.open(tmp_path)
