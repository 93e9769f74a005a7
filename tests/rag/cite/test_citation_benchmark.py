"""The citing benchmark in small: real passages, sentences made of them through `footnote cite`."""

from __future__ import annotations

import ast
import math
from pathlib import Path

import pytest

from tests.benchmarks.citation import IOU_TARGET, TARGETS, Outcome, measure_by_command
from tests.benchmarks.citation_cases import cases
from tests.benchmarks.citation_documents import PLAIN_SETS

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def outcomes(test_data: Path) -> list[Outcome]:
    made = cases(test_data, per_set=4, seed=7, seen=True, unseen=True, sets=PLAIN_SETS)
    return measure_by_command(made)[0]


@pytest.mark.parametrize("kept_aside", [False, True])
@pytest.mark.parametrize("kind", TARGETS)
def test_sentences_made_from_real_passages_are_cited_or_flagged(
    outcomes: list[Outcome], kind: str, *, kept_aside: bool
) -> None:
    some = [outcome for outcome in outcomes if outcome.case.unseen is kept_aside]
    right = [outcome.right for outcome in some if outcome.case.kind == kind]

    # so small a sample may miss its target by two standard errors
    target, count = TARGETS[kind], len(right)
    slack = 2 * math.sqrt(count * target * (1 - target))
    assert sum(right) >= target * count - max(1, slack)
    assert right


def test_spans_cover_the_words_that_a_sentence_was_made_from(outcomes: list[Outcome]) -> None:
    ious = [outcome.iou for outcome in outcomes if outcome.iou is not None]

    assert sum(ious) / len(ious) >= IOU_TARGET


def test_what_makes_the_sentences_knows_nothing_of_what_cites_them() -> None:
    makers = list(BENCHMARKS.glob("citation_*.py"))
    imported = {
        name
        for path in makers
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }

    assert len(makers) > 5
    assert not [name for name in imported if name.startswith("rag.cite")]
    assert {name for name in imported if name.startswith("rag")} == {"rag.load", "rag.records"}
