"""Kept answers know which of their sources changed since they were given."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.load.sandbox import ParserPool
from rag.records import (
    Answer,
    Citation,
    Conversation,
    ConversationInfo,
    Coverage,
    Hit,
    Mode,
    Scope,
    Sentence,
    Support,
    Turn,
)
from rag.showing import Showing
from tests.rag.house import House

TEXT = "Rowan berries are red. Sloes are blue."


def hit(path: Path, start: int, end: int) -> Hit:
    return Hit(1, 1, 1, 1, 1, 1, path, path.stem, start, end, TEXT[start:end], "", "", None)


def cited(path: Path, start: int, end: int) -> Sentence:
    citation = Citation(1, 1, path, None, "", start, end, TEXT[start:end], 1.0)
    return Sentence("They are red.", 0, 13, Support.SUPPORTED, (citation,))


def conversation(*quotes: tuple[Path, int, int]) -> Conversation:
    answer = Answer(
        "Which?",
        Mode.PASSAGES,
        declined=False,
        text="They are red.",
        sentences=tuple(cited(*quote) for quote in quotes),
        evidence=tuple(hit(path, 0, len(TEXT)) for path, _, _ in quotes),
        coverage=Coverage(1, 1, 1, 0),
    )
    return Conversation(ConversationInfo(7, "", 0, 0), (Turn(3, "Which?", Scope(), 0, answer),))


@pytest.fixture
def showing(house: House) -> Showing:
    return Showing(house.catalog, ParserPool(1, 30, 1024))


def changed(showing: Showing, kept: Conversation) -> set[tuple[int, str, int, int]]:
    found = showing.changed_sources(kept)
    return {(c.turn_id, c.path.name, c.start, c.end) for c in found}


def test_sources_that_are_as_read_still_stand(house: House, showing: Showing) -> None:
    path = house.write("a.txt", TEXT)
    house.add()

    assert changed(showing, conversation((path, 0, 22))) == set()


def test_every_source_of_a_file_that_was_edited_and_not_read_again_changed(
    house: House, showing: Showing
) -> None:
    path, other = house.write("a.txt", TEXT), house.write("b.txt", TEXT)
    house.add()
    path.write_text(f"{TEXT} So are plums.", "utf-8")

    found = changed(showing, conversation((path, 0, 22), (other, 0, 22)))

    assert found == {(3, "a.txt", 0, 22), (3, "a.txt", 0, len(TEXT))}


def test_of_a_file_that_was_read_again_the_quotes_that_are_left_still_stand(
    house: House, showing: Showing
) -> None:
    path = house.write("a.txt", TEXT)
    house.add()
    path.write_text("Rowan berries are red. Sloes are black.", "utf-8")
    house.refresh()

    found = changed(showing, conversation((path, 0, 22), (path, 23, 38)))

    assert found == {(3, "a.txt", 23, 38), (3, "a.txt", 0, len(TEXT))}


def test_the_sources_of_a_deleted_file_changed(house: House, showing: Showing) -> None:
    path = house.write("a.txt", TEXT)
    house.add()
    path.unlink()
    house.refresh()

    assert (3, "a.txt", 0, 22) in changed(showing, conversation((path, 0, 22)))


def test_what_lies_on_a_drive_that_is_away_did_not_change(house: House, showing: Showing) -> None:
    path = house.write("a.txt", TEXT)
    house.add()
    house.folder.rename(house.folder.parent / "away")
    house.refresh()

    assert changed(showing, conversation((path, 0, 22))) == set()


def test_a_turn_without_an_answer_has_no_sources(showing: Showing) -> None:
    kept = conversation()
    unanswered = Turn(4, "Which?", kept.turns[0].scope, 0)

    assert showing.changed_sources(Conversation(kept.info, (unanswered,))) == ()
