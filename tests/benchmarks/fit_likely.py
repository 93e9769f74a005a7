"""Fits the weights of `rag.extract` on folders of questions, each left out once.

python -m tests.benchmarks.fit_likely DATA --library DIR squad xquad_de xquad_zh

Two logistic models are fitted: whether a span answers, by what stands around it, and whether the
best span of all passages does, by how it stands among the others. For the second one each question
counts twice: with the passages that were found, and with those of them that hold no answer.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.extract import Extractor, Value, values, wanted
from rag.extract.likely import Best, best_of
from rag.records import Hit
from rag.scores import QuestionItem, holds
from tests.benchmarks.likely import Asked, asked, says, sources

SHOWN, TRUSTED = 0.6, 0.5  # as `rag.extract.likely` has them
LABEL = 4  # the place of a label's fit among the facts: these sets have no forms to fit it on
LABEL_WEIGHT = 4.0
_RIDGE = 1.0
_STEPS = 60

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """The spans of a question's passages, with what is right."""

    item: QuestionItem
    hits: list[Hit]
    found: list[list[Value]]
    chance: float
    is_real: bool  # not without the passages that hold an answer

    def is_right(self, value: Value) -> bool:
        return self.is_real and says(value.text, self.item.answers)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--library", type=Path, required=True)
    arguments.add_argument("sets", nargs="+")
    options = arguments.parse_args()
    cases: dict[str, list[Case]] = {}
    for name in options.sets:
        questions = asked(options.data.absolute() / name, options.library / name)
        cases[name] = [case for question in questions for case in cases_of(question)]
    for left_out in options.sets:
        spans, best = fitted([c for n in options.sets if n != left_out for c in cases[n]])
        report(f"without {left_out}", spans, best, cases[left_out])
    spans, best = fitted([case for name in options.sets for case in cases[name]])
    print(f"spans {np.round(spans, 2).tolist()}\nbest {np.round(best, 2).tolist()}")
    for name in options.sets:
        report(f"all, on {name}", spans, best, cases[name])


def cases_of(question: Asked) -> list[Case]:
    """What a question finds, and what is left where its answer is taken away."""
    item, hits = question.item, question.hits
    without = [hit for hit in hits if not holds(hit.text, item.answers)]
    made = [_case(question, hits, is_real=True)]
    if item.answers and len(without) < len(hits):
        made.append(_case(question, without, is_real=False))
    return [case for case in made if case is not None]


def _case(question: Asked, hits: list[Hit], *, is_real: bool) -> Case | None:
    sought = wanted(question.item.question)
    if sought is None or not hits:
        return None
    extractor = Extractor(sought, sources(hits))
    found = [extractor.values(number) for number in range(len(hits))]
    return Case(question.item, hits, found, question.chance, is_real)


def fitted(cases: Sequence[Case]) -> tuple[Matrix, Matrix]:
    """The weights of spans, and those of the best one."""
    told = [
        (value.facts.weighed(), case.is_right(value))
        for case in cases
        if case.is_real
        for found in case.found
        for value in found
    ]
    spans = _logistic(np.array([facts for facts, _ in told]), np.array([y for _, y in told]))
    spans[LABEL] = LABEL_WEIGHT
    with_weights(spans)
    firsts = [(case, best) for case in cases if (best := best_of_case(case)) is not None]
    counted = np.array([1.0 if case.is_real else 0.5 for case, _ in firsts])
    weighed = np.array([best.weighed() for _, best in firsts])
    right = np.array([case.is_right(best.value) for case, best in firsts])
    return spans, _logistic(weighed, right, counted)


def with_weights(spans: Matrix) -> None:
    """Let the product weigh spans so; a benchmark's process does nothing else afterwards."""
    values._WEIGHTS = tuple(float(weight) for weight in spans)


def best_of_case(case: Case) -> Best | None:
    return best_of(case.found, sources(case.hits))


def _logistic(facts: Matrix, right: NDArray[np.bool_], counted: Matrix | None = None) -> Matrix:
    """Logistic regression by Newton's method; the first fact is 1."""
    labels = right.astype(float)
    counts = np.ones(len(labels)) if counted is None else counted
    weights = np.zeros(facts.shape[1])
    ridge = _RIDGE * np.eye(len(weights))
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-facts @ weights))
        slope = facts.T @ (counts * (chance - labels)) + ridge @ weights
        curve = (facts * (counts * chance * (1 - chance))[:, None]).T @ facts + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def report(title: str, spans: Matrix, best: Matrix, cases: Sequence[Case]) -> None:
    """Print how many are shown, and how many rightly, with these weights."""
    with_weights(spans)
    real = [(case, best_of_case(case)) for case in cases if case.is_real]
    shown = [(case, one) for case, one in real if one is not None and is_shown(case, one, best)]
    right = sum(case.is_right(one.value) for case, one in shown)
    unanswerable = sum(not case.item.answerable for case, _ in shown)
    print(
        f"{title:22} of {len(real)} that ask for a span {len(shown)} shown,"
        f" {100 * right / max(1, len(shown)):.0f} % right, {unanswerable} of them unanswerable",
        flush=True,
    )


def is_shown(case: Case, one: Best, weights: Matrix) -> bool:
    """Whether the product would show it with these weights."""
    if case.chance < TRUSTED or not one.is_clear:
        return False
    return float(1 / (1 + np.exp(-np.dot(weights, one.weighed())))) >= SHOWN


if __name__ == "__main__":
    main()
