"""Fits the weights of `rag.retrieve.answerable` on folders of questions, each left out once.

python -m tests.benchmarks.fit_answerable DATA --library DIR squad chunking_eval two_hop

Questions of a set asked of its own documents count as answerable, those of the others as not. For
sets that say which of their own questions have no answer it tells how many of these are declined.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.cancel import CancelToken
from rag.records import Scope
from rag.retrieve.answerable import facts
from rag.scores import QuestionItem, read_questions
from rag.searching import Search
from rag.session import Session

PASSAGES = 6  # as many as an answer is written from
_PER_SET = 150  # questions taken of each set, of its own and of the others together
_RIDGE = 1e-2
_STEPS = 60
_WRONGLY_DECLINED = 0.02  # of all together, so that no set comes far above 5 %

Matrix = NDArray[np.float64]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--library", type=Path, required=True)
    arguments.add_argument("sets", nargs="+")
    options = arguments.parse_args()
    drawn = random.Random(0)
    items = {name: read_questions(options.data / name / "questions.jsonl") for name in options.sets}
    questions = {name: [i for i in found if i.answerable] for name, found in items.items()}
    samples: dict[str, tuple[Matrix, Matrix]] = {}
    unanswered: dict[str, Matrix] = {}
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
            open_ = [item for item in items[name] if not item.answerable][:_PER_SET]
            search = session.searching()
            labels = np.array([1.0] * len(own) + [0.0] * len(foreign))
            samples[name] = (_weighed(search, [*own, *foreign]), labels)
            if open_:
                unanswered[name] = _weighed(search, open_)
    for left_out in options.sets:
        rest = [samples[name] for name in options.sets if name != left_out]
        weights = _fitted(rest)
        _report(f"without {left_out}", weights, *samples[left_out])
    weights = _fitted(list(samples.values()))
    for name in options.sets:
        _report(f"all, on {name}", weights, *samples[name])
    for name, weighed in unanswered.items():
        declined = 100 * (weighed @ weights < 0).mean()
        print(f"of {name}'s own questions without an answer {declined:.1f}% declined")


def _weighed(search: Search, items: Sequence[QuestionItem]) -> Matrix:
    """What the model weighs of each of `items`, a row each."""
    found = (search.find(item.question, Scope(), PASSAGES) for item in items)
    return np.array([facts(one.signals) for one in found])


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
    lowest = np.quantile((facts @ weights)[labels == 1], _WRONGLY_DECLINED)
    weights[0] -= lowest
    return weights


def _report(title: str, weights: Matrix, facts: Matrix, labels: Matrix) -> None:
    declined = facts @ weights < 0
    print(
        f"{title:26} weights {np.round(weights, 3).tolist()}"
        f"  foreign declined {100 * declined[labels == 0].mean():.1f}%"
        f"  answerable declined {100 * declined[labels == 1].mean():.1f}%",
        flush=True,
    )


if __name__ == "__main__":
    main()
