"""Why reading rests though nobody paused it: the computer runs on battery, or the disk is full."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

import psutil

LOW_BATTERY_PERCENT = 20.0
ROOM_BYTES = 200_000_000  # left on the disk, or
ROOM_SHARE = 0.02  # of a small one
STEP_BYTES = 20_000_000  # more than there was when a write failed


class Power(Protocol):
    """How the computer is powered."""

    percent: float
    power_plugged: bool | None  # None where the system does not tell


def battery() -> Power | None:
    """The battery, None without one."""
    if not hasattr(psutil, "sensors_battery"):  # not on every system
        return None
    return cast("Callable[[], Power | None]", psutil.sensors_battery)()


def battery_hold(
    read_on_battery: Callable[[], bool], power: Callable[[], Power | None] = battery
) -> Callable[[], str]:
    """A hold for a computer on battery, or nearly out of it; see `rag.reading.gate.Hold`."""

    def why() -> str:
        now = power()
        if now is None or now.power_plugged is not False:
            return ""
        if now.percent < LOW_BATTERY_PERCENT:
            return (
                f"The battery is down to {now.percent:.0f} %. "
                "Reading goes on when the computer is plugged in."
            )
        if not read_on_battery():
            return (
                "The computer runs on battery. Reading goes on when it is plugged in, "
                "or when Settings allow reading on battery."
            )
        return ""

    return why


class Room:
    """The room on the disk that a folder is on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._needed = 0

    def was_too_little(self) -> None:
        """Learn from a write that failed: what is free now is not enough, however much it is."""
        facts = shutil.disk_usage(self._folder)
        self._needed = facts.free + min(STEP_BYTES, int(facts.total * ROOM_SHARE))

    def why_not(self) -> str:
        """A hold for a full disk; see `Hold`. Once there is room all is as before."""
        try:
            facts = shutil.disk_usage(self._folder)
        except OSError:
            return ""  # what cannot be looked at is told by the writing that fails
        floor = min(ROOM_BYTES, int(facts.total * ROOM_SHARE))
        if facts.free >= max(floor, self._needed):
            self._needed = 0
            return ""
        return (
            f"The disk that holds “{self._folder}” is nearly full ({facts.free / 1e6:.0f} MB are "
            "free). Nothing was lost: reading goes on by itself once there is more room."
        )
