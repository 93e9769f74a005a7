"""A drive that comes or goes is noticed by what is in its place."""

from __future__ import annotations

from pathlib import Path

from rag.disk.watching.places import Places


def test_what_lies_in_a_root_is_covered(tmp_path: Path) -> None:
    places = Places()
    places.watch([tmp_path / "docs"], ())

    assert places.covers(tmp_path / "docs")
    assert places.covers(tmp_path / "docs" / "a" / "b.txt")
    assert not places.covers(tmp_path / "docs2")
    assert not places.covers(tmp_path)


def test_a_place_that_stays_as_it_is_is_not_told(tmp_path: Path) -> None:
    places = Places()
    places.watch([tmp_path, tmp_path / "gone"], ())
    (tmp_path / "a.txt").touch()

    assert places.moved() == []


def test_places_that_come_go_or_are_replaced_are_told_once(tmp_path: Path) -> None:
    root, away, other = tmp_path / "root", tmp_path / "root" / "away", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    places = Places()
    places.watch([root, other], [away])

    away.mkdir()
    assert places.moved() == [away]
    assert places.moved() == []
    other.rename(tmp_path / "kept")
    other.mkdir()
    assert places.moved() == [other]
    root.rename(tmp_path / "elsewhere")
    assert sorted(places.moved()) == [root, away]
