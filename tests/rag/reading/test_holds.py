"""Reading rests for the battery and for a full disk, and says so."""

from __future__ import annotations

import shutil
from collections import namedtuple
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.reading.holds import Room, battery, battery_hold

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as the standard library has it
GB = 10**9


@dataclass
class Battery:
    percent: float
    power_plugged: bool | None


@pytest.mark.parametrize(
    ("power", "allowed", "words"),
    [
        (None, False, ""),
        (Battery(50, power_plugged=True), False, ""),
        (Battery(5, power_plugged=True), False, ""),
        (Battery(50, power_plugged=None), False, ""),
        (Battery(50, power_plugged=False), True, ""),
        (Battery(50, power_plugged=False), False, "The computer runs on battery."),
        (Battery(19, power_plugged=False), True, "The battery is down to 19 %."),
    ],
)
def test_on_battery_reading_rests_as_the_settings_say_and_always_when_it_is_low(
    power: Battery | None, *, allowed: bool, words: str
):
    why = battery_hold(lambda: allowed, lambda: power)()

    assert why.startswith(words)
    assert bool(why) == bool(words)


def test_this_computers_battery_can_be_asked():
    found = battery()

    assert found is None or 0 <= found.percent <= 100


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    facts = {"total": 1000 * GB, "free": 10 * GB}
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(facts["total"], 0, facts["free"]))
    return facts


def test_a_nearly_full_disk_holds_reading_until_there_is_room(disk: dict[str, int]):
    room = Room(Path("/library"))
    assert room.why_not() == ""

    disk["free"] = 100_000_000

    assert "nearly full (100 MB are free)" in room.why_not()
    disk["free"] = GB
    assert room.why_not() == ""


def test_a_small_disk_is_not_called_full_for_its_size(disk: dict[str, int]):
    disk.update(total=100_000_000, free=50_000_000)

    assert Room(Path("/library")).why_not() == ""


def test_what_was_too_little_for_a_write_is_too_little(disk: dict[str, int]):
    room = Room(Path("/library"))

    room.was_too_little()

    assert room.why_not()
    disk["free"] += GB
    assert room.why_not() == ""
    disk["free"] -= GB
    assert room.why_not() == ""


def test_a_folder_that_cannot_be_looked_at_holds_nothing(tmp_path: Path):
    assert Room(tmp_path / "gone").why_not() == ""
