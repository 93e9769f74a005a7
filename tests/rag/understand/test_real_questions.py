"""Real questions, which all stand alone, are left as they are; their files stay in reach."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from rag.records import Scope, Understanding
from rag.scores import QuestionItem, read_questions
from rag.understand import LibraryNames, understand
from tests.rag.understand.library import TODAY, read

SETS = ("squad", "two_hop", "chunking_eval", "xquad_de", "xquad_zh")
MOST_TOUCHED = 0.02
MOST_PARTED = 0.03
NONE = LibraryNames()


@cache
def understood(folder: Path) -> list[tuple[QuestionItem, Understanding]]:
    """The questions of a set, each read in a library of the set's own documents."""
    documents = folder / "docs"
    names = [(path, path.stem.replace("_", " ")) for path in documents.iterdir()]
    library = LibraryNames(names, [documents])
    return [
        (item, read(item.question, library=library).understanding)
        for item in read_questions(folder / "questions.jsonl")
    ]


@pytest.mark.parametrize("name", SETS)
def test_hardly_any_is_taken_for_a_follow_up_of_another(test_data: Path, name: str):
    items = read_questions(test_data / name / "questions.jsonl")
    random.Random(7).shuffle(items)

    touched = [
        later.question
        for former, later in pairwise(items)
        for history in [[(former.question, "".join(former.answers[:1]))]]
        for found in [understand(later.question, history, Scope(), NONE, TODAY, narrow=False)]
        if found.needs_model or found.understanding.question != later.question
    ]

    assert len(touched) <= MOST_TOUCHED * len(items), touched


@pytest.mark.parametrize("name", SETS)
def test_none_loses_a_file_that_answers_it(test_data: Path, name: str):
    documents = test_data / name / "docs"

    lost = [
        item.question
        for item, understanding in understood(test_data / name)
        for scope in [understanding.scope]
        if scope != Scope(paths=scope.paths)
        or (scope.paths and not {documents / e.file for e in item.evidence} <= set(scope.paths))
    ]

    assert lost == []


@pytest.mark.parametrize("name", ["squad", "chunking_eval", "xquad_de", "xquad_zh"])
def test_hardly_any_that_asks_one_thing_is_parted(test_data: Path, name: str):
    questions = understood(test_data / name)

    parted = [item.question for item, understanding in questions if understanding.parts]

    assert len(parted) <= MOST_PARTED * len(questions), parted


def test_comparisons_of_two_things_are_parted(test_data: Path):
    parted = [item.question for item, read in understood(test_data / "two_hop") if read.parts]

    assert len(parted) >= 25
