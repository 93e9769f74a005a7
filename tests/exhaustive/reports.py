"""Twenty accident reports, what they tell as a person read it, and questions about all of them.

`reports.csv` was written by hand while reading the reports. Where a field is empty, the report
does not tell it; registrations that stand in its text alone are given as they stand there.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.exhaustive.grading import Expected

FOLDER = "reports"
_TABLE = Path(__file__).with_name("reports.csv")
Row = dict[str, str]


@dataclass(frozen=True)
class KnownReports:
    """A question, and the rows or the names that its answer should list."""

    text: str
    is_meant: Callable[[Row], bool]
    counts: bool = False
    number: float | None = None
    names: str = ""  # the column whose values are asked for, where they are not the reports
    is_allowed: Callable[[Row], bool] = lambda _: False

    def expected(self, folder: Path) -> Expected:
        """What belongs on the list, the reports by their paths in `folder`."""
        things = {self._name(row, folder) for row in rows() if self.is_meant(row)}
        allowed = {self._name(row, folder) for row in rows() if self.is_allowed(row)}
        return Expected(
            frozenset(things),
            frozenset(allowed - things),
            self.number,
            self.counts,
            bool(self.names),
        )

    def _name(self, row: Row, folder: Path) -> str:
        return row[self.names] if self.names else str(folder / f"{row['file']}.pdf")


@cache
def rows() -> list[Row]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number_of(row: Row, column: str) -> float:
    return float(row[column] or 0)


QUESTIONS = {
    "R1": KnownReports(
        "How many of the accidents involved a Cessna?", lambda r: r["make"] == "Cessna", counts=True
    ),
    "R2": KnownReports("Which accidents were fatal?", lambda r: number_of(r, "fatal") > 0),
    "R3": KnownReports(
        "List all registration numbers of the aircraft.",
        lambda r: r["registration"].startswith("N"),
        names="registration",
        is_allowed=lambda _: True,
    ),
    "R4": KnownReports("Which aircraft were amateur built?", lambda r: r["amateur_built"] == "Yes"),
    "R5": KnownReports("Which accidents happened in California?", lambda r: r["state"] == "CA"),
    "R6": KnownReports(
        "How many aircraft were destroyed?", lambda r: r["damage"] == "Destroyed", counts=True
    ),
    "R7": KnownReports(
        "Which report has the oldest pilot?", lambda r: number_of(r, "age") == 85, number=85
    ),
    "R8": KnownReports(
        "Which reports mention a helicopter?",
        lambda r: r["accident"] in {"LAX08CA034", "SEA08CA052"},
    ),
}
