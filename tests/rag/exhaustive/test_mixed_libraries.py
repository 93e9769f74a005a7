"""What is listed from a library in which many files have nothing to do with what is asked."""

from __future__ import annotations

import pytest

from tests.rag.exhaustive.archive import Archive

_FILLING = "The captain slept, and nobody on board said anything of it for a long while.\n\n" * 150
_NOVEL = (
    "A story of the sea\n\nThe bench was four inches higher than the planed one. Sink the aircraft,"
    " he said in a dream. Of these planes two were oblong.\n\n"
    + _FILLING
    + "The whale ship was attacked and finally destroyed.\n\nRare were the Pequod’s planes.\n"
)
_SPECIFICATION = (
    "References\n\nThe Media Type Registrations for Open Publications (RFC 4839) are listed here."
    " Registration 7 follows the aircraft of old.\n\n" + _FILLING
)
_PROSE = (
    "Accident report\n\nThe aircraft Piper Seneca was destroyed after the landing. "
    "Its registration is N77XY. The investigator, Nora Winter, went there.\n"
)


def _report(number: int, make: str, damage: str) -> str:
    return (
        f"Accident report\n\nAircraft: {make}\nRegistration: N{number}4CD\n"
        f"Aircraft Damage: {damage}\nOccupational Pilot: Yes\nInvestigator: Anna Weber\n"
    )


@pytest.fixture
def mixed(archive: Archive) -> Archive:
    return archive.hold(
        {
            "novel.txt": _NOVEL,
            "specification.txt": _SPECIFICATION,
            "report_1.txt": _report(1, "Cessna 210", "Destroyed"),
            "report_2.txt": _report(2, "Beech A36", "Substantial"),
            "report_3.txt": _report(3, "Air Tractor AT-401", "Destroyed"),
            "report_4.txt": _report(4, "Mooney M20", "Minor"),
            "report_5.txt": _PROSE,
        }
    )


def test_no_item_comes_from_texts_that_have_nothing_to_do_with_what_is_asked(
    mixed: Archive,
) -> None:
    assert mixed.listed("How many aircraft were destroyed?") == [
        "Cessna 210",
        "Air Tractor AT-401",
        "Piper Seneca",
    ]


def test_what_sentences_tell_of_another_sort_than_most_fields_is_not_listed(
    mixed: Archive,
) -> None:
    assert mixed.listed("List all aircraft registrations.") == [
        "N14CD",
        "N24CD",
        "N34CD",
        "N44CD",
        "N77XY",
    ]


def test_a_yes_is_nobody(mixed: Archive) -> None:
    assert "Yes" not in mixed.listed("List all pilots.")


def test_names_that_stand_aside_are_listed_beside_those_of_fields(mixed: Archive) -> None:
    assert mixed.listed("List all investigators.") == ["Anna Weber", "Nora Winter"]
