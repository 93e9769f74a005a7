"""Fits the weights of `rag.retrieve.answerable` on folders of questions, each left out once.

python -m tests.benchmarks.fit_answerable DATA --library DIR squad chunking_eval two_hop

Questions of a set asked of its own documents count as answerable, those of the others as not.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.cancel import CancelToken
from rag.records import Scope
from rag.scores import QuestionItem, read_questions
from rag.searching import Search
from rag.session import Session

PASSAGES = 6  # as many as an answer is written from
_PER_SET = 150  # questions taken of each set, of its own and of the others together
_RIDGE = 1e-3
_STEPS = 60
_MOST_WRONGLY_DECLINED = 0.05

Matrix = NDArray[np.float64]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--library", type=Path, required=True)
    arguments.add_argument("sets", nargs="+")
    options = arguments.parse_args()
    drawn = random.Random(0)
    questions = {
        name: [
            item
            for item in read_questions(options.data / name / "questions.jsonl")
            if item.answerable
        ]
        for name in options.sets
    }
    samples: dict[str, tuple[Matrix, Matrix]] = {}
    for name in options.sets:
        with Session(options.library / name) as session:
            folder = (options.data / name / "docs").absolute()
            for _ in session.add([folder], CancelToken()):
                pass
            own = drawn.sample(questions[name], min(_PER_SET, len(questions[name])))
            foreign = [
                item
                for other in options.sets
                if other != name
                for item in drawn.sample(questions[other], _PER_SET // (len(options.sets) - 1))
            ]
            rows = [_facts(session.searching(), item) for item in (*own, *foreign)]
            labels = np.array([1.0] * len(own) + [0.0] * len(foreign))
            samples[name] = (np.array(rows), labels)
    for left_out in options.sets:
        rest = [samples[name] for name in options.sets if name != left_out]
        weights = _fitted(rest)
        _report(f"without {left_out}", weights, *samples[left_out])
    weights = _fitted(list(samples.values()))
    for name in options.sets:
        _report(f"all, on {name}", weights, *samples[name])


def _facts(search: Search, item: QuestionItem) -> list[float]:
    found = search.find(item.question, Scope(), PASSAGES)
    return [1.0, *astuple(found.signals)]


def _fitted(samples: Sequence[tuple[Matrix, Matrix]]) -> Matrix:
    """Logistic regression by Newton's method, shifted so that few answerable ones are declined."""
    facts = np.vstack([facts for facts, _ in samples])
    labels = np.concatenate([labels for _, labels in samples])
    weights = np.zeros(facts.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-facts @ weights))
        slope = facts.T @ (chance - labels) + _RIDGE * weights
        curve = (facts * (chance * (1 - chance))[:, None]).T @ facts
        weights -= np.linalg.solve(curve + _RIDGE * np.eye(len(weights)), slope)
    lowest = np.quantile((facts @ weights)[labels == 1], _MOST_WRONGLY_DECLINED * 0.6)
    weights[0] -= lowest
    return weights


def _report(title: str, weights: Matrix, facts: Matrix, labels: Matrix) -> None:
    declined = facts @ weights < 0
    print(
        f"{title:26} weights {np.round(weights, 2).tolist()}"
        f"  foreign declined {100 * declined[labels == 0].mean():.1f}%"
        f"  answerable declined {100 * declined[labels == 1].mean():.1f}%",
        flush=True,
    )


if __name__ == "__main__":
    main()
