"""A few rounds of every fault, with fixed seeds; `python -m tests.faults` runs many more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.faults import damage, disk, fuzz, kills, mishaps
from tests.faults.tally import Tally, table

pytestmark = pytest.mark.timeout(900)

KILLS = 15
FILES = 300
FEWER_FILES = 60
MUTATIONS = 500
DAMAGES = 20  # one of each kind
SEED = 1


def check(tallies: Iterable[Tally]) -> None:
    """No round may have had a problem."""
    tallies = list(tallies)
    told = table(tallies)
    assert not [problem for tally in tallies for problem in tally.problems], told


@pytest.mark.faults
def test_what_is_killed_while_it_reads_leaves_a_library_that_is_whole(tmp_path: Path) -> None:
    check(kills.Killing(tmp_path, FILES, SEED).run(KILLS))


@pytest.mark.faults
def test_files_that_change_while_they_are_read_cost_nothing_else(tmp_path: Path) -> None:
    check(mishaps.run(tmp_path, 2, FEWER_FILES, SEED))


@pytest.mark.faults
def test_a_disk_that_fills_up_costs_nothing(tmp_path: Path) -> None:
    tallies = list(disk.run(tmp_path, 2, FEWER_FILES, SEED))
    if tallies[0].skipped:
        pytest.skip(tallies[0].skipped)

    check(tallies)


@pytest.mark.faults
def test_a_damaged_library_mends_itself(tmp_path: Path) -> None:
    check(damage.joined(damage.run(tmp_path, DAMAGES, FEWER_FILES, SEED)))


@pytest.mark.fuzz
def test_broken_files_are_read_or_refused_for_a_reason(tmp_path: Path) -> None:
    check(fuzz.run(tmp_path / "fuzz", MUTATIONS, SEED, fuzz.real_documents()))
