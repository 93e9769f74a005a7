"""Changes are told after a moment of quiet, merged, and never put off for long."""

from __future__ import annotations

import math
from pathlib import Path

from rag.disk.watching.gathering import MOST_PATHS, Gathering

ROOT, OTHER = Path("root"), Path("other")


def test_nothing_is_due_where_nothing_changed() -> None:
    assert Gathering(1, 10).due == math.inf


def test_what_changed_is_due_after_a_moment_of_quiet() -> None:
    gathering = Gathering(1, 10)

    gathering.add(ROOT / "a", 100)
    assert gathering.due == 101
    gathering.add(ROOT / "a", 100.5)
    assert gathering.due == 101.5


def test_without_any_quiet_it_is_due_all_the_same() -> None:
    gathering = Gathering(1, 10)
    for tenth in range(200):
        gathering.add(ROOT / "a", 100 + tenth / 10)

    assert gathering.due == 110


def test_what_was_taken_is_not_told_again() -> None:
    gathering = Gathering(1, 10)
    gathering.add(ROOT / "a", 100)

    assert gathering.take([ROOT]) == (ROOT / "a",)
    assert gathering.due == math.inf
    gathering.add(ROOT / "b", 200)
    assert (gathering.due, gathering.take([ROOT])) == (201, (ROOT / "b",))


def test_what_lies_in_a_changed_folder_is_told_with_it() -> None:
    gathering = Gathering(1, 10)
    for name in ("a/b/c", "a", "a/d", "ab"):
        gathering.add(ROOT / name, 100)

    assert gathering.take([ROOT]) == (ROOT / "a", ROOT / "ab")


def test_very_many_changes_are_told_as_their_roots() -> None:
    gathering = Gathering(1, 10)
    for number in range(MOST_PATHS + 1):
        gathering.add(ROOT / str(number), 100)
    gathering.add(OTHER / "a", 100)

    assert gathering.take([ROOT, OTHER, Path("third")]) == (OTHER, ROOT)
