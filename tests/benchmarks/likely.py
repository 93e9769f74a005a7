"""How often a few likely words are shown before the model reads anything, and how often rightly.

Run by hand: `python -m tests.benchmarks.likely DATA --library DIR squad xquad_de xquad_zh`. Each
DATA/SET/docs is read once, into DIR/SET. A span is right where it is an answer, holds one, or
shares most of its words (F1 of 0.6 or more); of questions that have only a place, where it lies in
it. Prints a line a set, processor time included, and the wrong spans that it was surest of.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.cancel import CancelToken
from rag.extract import Likeliest, Source, likely_words
from rag.records import Hit, Scope
from rag.scores import QuestionItem, exact_match, holds, read_questions, word_f1
from rag.session import Session

PASSAGES = 8
ALIKE = 0.6  # F1
WORST = 5
AROUND = 70  # characters shown before and after a wrong span


@dataclass(frozen=True)
class Asked:
    """A question with what a search found for it."""

    item: QuestionItem
    hits: list[Hit]
    chance: float


@dataclass(frozen=True)
class Shown:
    """A span that was shown."""

    asked: Asked
    likeliest: Likeliest
    is_right: bool


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--library", type=Path, required=True)
    arguments.add_argument("sets", nargs="+")
    options = arguments.parse_args()
    print("| set | questions | shown | right | right of answerable | unanswerable shown | ms |")
    print("|---|---|---|---|---|---|---|")
    worst: list[Shown] = []
    for name in options.sets:
        found = list(asked(options.data.absolute() / name, options.library / name))
        worst += told(name, found)
    for one in sorted(worst, key=lambda one: -one.likeliest.chance):
        print_wrong(one)


def asked(folder: Path, library: Path) -> Iterator[Asked]:
    """The questions of `folder` with what a search in its documents finds."""
    documents = folder / "docs"
    with Session(library) as session:
        for _ in session.add([documents], CancelToken()):
            pass
        search = session.searching()
        for item in read_questions(folder / "questions.jsonl"):
            found = search.find(item.question, Scope((documents,)), PASSAGES)
            yield Asked(item, found.hits, found.chance)


def told(name: str, questions: Sequence[Asked]) -> list[Shown]:
    """Print a set's line; returns its wrong spans, the surest first."""
    begun = time.process_time()
    found = [
        likely_words(one.item.question, sources(one.hits), one.chance).likeliest
        for one in questions
    ]
    each_ms = 1000 * (time.process_time() - begun) / max(1, len(questions))
    shown = [
        Shown(one, likeliest, is_right(one.item, one.hits[likeliest.source], likeliest))
        for one, likeliest in zip(questions, found, strict=True)
        if likeliest is not None
    ]
    answerable = [one for one in shown if one.asked.item.answerable]
    right = sum(one.is_right for one in shown)
    unanswerable = sum(not one.item.answerable for one in questions)
    print(
        f"| {name} | {len(questions)} | {share(len(shown), len(questions))} "
        f"| {share(right, len(shown))} | {share(right, len(answerable))} "
        f"| {len(shown) - len(answerable)} of {unanswerable} | {each_ms:.0f} |",
        flush=True,
    )
    wrong = [one for one in shown if not one.is_right]
    return sorted(wrong, key=lambda one: -one.likeliest.chance)[:WORST]


def sources(hits: Sequence[Hit]) -> list[Source]:
    """`hits` as the answer's path hands them over."""
    return [Source(hit.text, f"{hit.title} · {hit.heading}", hit.table) for hit in hits]


def is_right(item: QuestionItem, hit: Hit, likeliest: Likeliest) -> bool:
    """Whether a span of `hit` answers `item`."""
    value = likeliest.value
    if not item.answers:
        start, end = hit.start + value.start, hit.start + value.end
        return any(
            place.start is not None and place.end is not None
            and place.start <= start and end <= place.end
            for place in item.evidence
        )  # fmt: skip
    return says(value.text, item.answers)


def says(text: str, answers: Sequence[str]) -> bool:
    """Whether `text` is one of `answers`, holds one or is much like one."""
    alike = word_f1(text, answers) >= ALIKE
    return alike or exact_match(text, answers) or holds(text, answers)


def share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.0f} %)" if whole else "–"


def print_wrong(one: Shown) -> None:
    value, hit = one.likeliest.value, one.asked.hits[one.likeliest.source]
    before = hit.text[max(0, value.start - AROUND) : value.start]
    after = hit.text[value.end : value.end + AROUND]
    print(f"\n{one.likeliest.chance:.2f} {one.asked.item.question} {list(one.asked.item.answers)}")
    print(f"  {before}[{value.text}]{after}".replace("\n", " "))


if __name__ == "__main__":
    main()
