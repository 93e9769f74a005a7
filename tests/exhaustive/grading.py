"""What a question should list, and how far an answer's list is that."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rag.records import Answer, Listed, Mode

_NUMBER = re.compile(r"\d[\d.,\u202f]*\d|\d")


@dataclass(frozen=True)
class Expected:
    """The things that belong on a list, each by the name that tells it, a file by its path.

    `things` have to be there, `allowed` may be. `number` is what has to be told besides: a sum, or
    the value of what is most or least. None where only the count is asked for.
    """

    things: frozenset[str]
    allowed: frozenset[str] = frozenset()
    number: float | None = None
    counts: bool = False
    by_name: bool = False  # things are named in the items' texts; otherwise they are cited files


@dataclass(frozen=True)
class Score:
    """How good a list is."""

    question: str
    right: frozenset[str]
    wrong: tuple[str, ...]
    missed: frozenset[str]
    items: int
    told: bool  # the count, the sum, or the value that was asked for
    mode: str
    text: str = field(repr=False, default="")

    @property
    def precision(self) -> float:
        return 1.0 if not self.items else (self.items - len(self.wrong)) / self.items

    @property
    def recall(self) -> float:
        there = len(self.right) + len(self.missed)
        return 1.0 if not there else len(self.right) / there


Name = Callable[[Path], str]


def grade(question: str, answer: Answer, expected: Expected, name_of: Name) -> Score:
    """Hold `answer` against what is expected; `name_of` folds the copies of a file into one."""
    right: set[str] = set()
    wrong: list[str] = []
    known = expected.things | expected.allowed
    for item in answer.listed:
        meant = _meant(item, known, name_of, by_name=expected.by_name)
        if meant:
            right |= meant
        else:
            wrong.append(item.text)
    return Score(
        question=question,
        right=frozenset(right & expected.things),
        wrong=tuple(wrong),
        missed=expected.things - right,
        items=len(answer.listed),
        told=_is_told(answer, expected),
        mode=answer.mode.value,
        text=answer.text,
    )


def _meant(item: Listed, known: Collection[str], name_of: Name, *, by_name: bool) -> set[str]:
    """Which of the `known` things an item is: those that it names, or the file it was found in."""
    if by_name:
        words = f" {_folded(item.text)} "
        return {one for one in known if f" {_folded(one)} " in words}
    return {name_of(citation.path) for citation in item.citations[:1]} & set(known)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_told(answer: Answer, expected: Expected) -> bool:
    """Whether the number that was asked for is told: a count by code, in a sentence of its own."""
    if answer.mode is not Mode.EXHAUSTIVE:
        return False
    if expected.number is not None:
        return any(abs(expected.number - one) < 0.006 for one in _numbers(answer.text))
    computed = " ".join(s.text for s in answer.sentences if s.is_computed)
    return not expected.counts or len(answer.listed) in _numbers(computed)


def _numbers(text: str) -> set[float]:
    return {number for match in _NUMBER.finditer(text) for number in _readings(match[0])}


def _readings(written: str) -> set[float]:
    """What a number can mean that is written as in English, or as in German."""
    found: set[float] = set()
    for group, point in ((",", "."), (".", ","), ("\u202f", ",")):
        plain = written.replace(group, "").replace(point, ".")
        if re.fullmatch(r"\d+(\.\d+)?", plain):
            found.add(float(plain))
    return found


def table(scores: Mapping[str, Score]) -> str:
    """A line for each question."""
    lines = [f"{'':4} {'list':>5} {'prec.':>6} {'recall':>6} {'total':>5}  question"]
    for key, score in scores.items():
        told = "yes" if score.told else "NO"
        lines.append(
            f"{key:4} {score.items:5} {100 * score.precision:6.1f} {100 * score.recall:6.1f} "
            f"{told:>5}  {score.question}"
            + ("" if score.mode == "exhaustive" else f" ({score.mode})")
        )
    return "\n".join(lines)
