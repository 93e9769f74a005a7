"""What the rounds of a fault brought, and the table of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """The rounds of one kind of fault."""

    kind: str
    rounds: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)  # what happened and is no problem
    skipped: str = ""  # why there were no rounds

    def row(self) -> str:
        """Its line in the table."""
        if self.skipped:
            return f"| {self.kind} | – | – | – | skipped: {self.skipped} |"
        told = ", ".join(f"{what}: {count}" for what, count in sorted(self.counted.items()))
        each = self.seconds / max(1, self.rounds)
        return f"| {self.kind} | {self.rounds:,} | {len(self.problems)} | {each:.2f} | {told} |"


def table(tallies: Iterable[Tally]) -> str:
    """All of them, and their problems in full below."""
    tallies = list(tallies)
    rows = ["| fault | rounds | problems | seconds each | counted |", "|---|---|---|---|---|"]
    rows += [tally.row() for tally in tallies]
    rows += [f"\n{tally.kind}: {problem}" for tally in tallies for problem in tally.problems]
    return "\n".join(rows)
