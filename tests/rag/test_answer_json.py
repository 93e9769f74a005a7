"""Answers as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.answer_json import answer_of, answer_text, scope_of, scope_text
from rag.records import (
    Answer,
    Box,
    Citation,
    Coverage,
    GenerationStats,
    Hit,
    Mode,
    Scope,
    Sentence,
    Support,
)

QUOTE = "Net sales rose by 4%."
PATH = Path("reports", "Ünïcode 😀.pdf")
CITATION = Citation(
    1,
    7,
    PATH,
    3,
    "p. iii",
    10,
    31,
    QUOTE,
    0.9,
    (Box(3, 1.5, 2.0, 100.25, 12.0), Box(3, 0, 0, 1, 1)),
)
HIT = Hit(1, 1.0, 0.7, 12.5, 42, 7, PATH, "Report", 10, 31, QUOTE, "Sales > Net", "p. iii", (3, 4))
ANSWER = Answer(
    question="How did net sales change?",
    mode=Mode.PASSAGES,
    declined=False,
    text="They rose by 4% [1]. Probably.",
    sentences=(
        Sentence("They rose by 4% [1].", 0, 20, Support.SUPPORTED, (CITATION,)),
        Sentence("Probably.", 21, 30, Support.NOT_FOUND),
    ),
    evidence=(HIT, replace(HIT, rank=2, pages=None)),
    coverage=Coverage(2, 1, 212, 3),
    model="Phi-4-mini",
    stats=GenerationStats(900, 512, 12.5, 13.0, 40, 4.5, 0.12),
    stopped=True,
    seconds=21.5,
)


@pytest.mark.parametrize(
    "answer",
    [ANSWER, replace(ANSWER, stats=None, sentences=(), evidence=(), declined=True, model="")],
    ids=["full", "declined"],
)
def test_an_answer_comes_back_equal(answer: Answer):
    assert answer_of(answer_text(answer)) == answer


def test_numbers_come_back_as_what_they_were():
    boxes = answer_of(answer_text(ANSWER)).sentences[0].citations[0].boxes

    assert all(type(box.x0) is float and type(box.page) is int for box in boxes)


def stored() -> dict:
    return json.loads(answer_text(ANSWER))


def test_fields_of_a_newer_version_are_ignored():
    newer = stored()
    newer["version"] = 99
    newer["answer"]["mood"] = "cheerful"
    newer["answer"]["sentences"][0]["citations"][0]["colour"] = [1, 2]

    assert answer_of(json.dumps(newer)) == ANSWER


def test_fields_that_an_older_version_did_not_write_take_their_default():
    older = stored()
    for name in ("stats", "stopped", "seconds"):
        del older["answer"][name]

    assert answer_of(json.dumps(older)) == replace(ANSWER, stats=None, stopped=False, seconds=0.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "3",
        '{"answer": null}',
        '{"answer": {"text": "only"}}',
        answer_text(ANSWER).replace('"passages"', '"telepathy"', 1),
        answer_text(ANSWER).replace('"declined": false', '"declined": "no"'),
        answer_text(ANSWER).replace("[3, 4]", "[3]"),
        answer_text(ANSWER)[:-40],
    ],
)
def test_what_is_no_answer_any_more_is_none(text: str):
    assert answer_of(text) is None


def test_a_scope_comes_back_with_names_that_are_no_text():
    scope = Scope((PATH, Path("caf\udce9.txt")))

    assert scope_of(scope_text(scope)) == scope
    assert scope_of(scope_text(Scope())) == Scope()


def test_a_scope_comes_back_with_all_its_limits():
    scope = Scope((PATH,), ("pdf", "md"), date(2023, 1, 31), date(2024, 2, 29), ((2, 5), (9, 9)))

    assert scope_of(scope_text(scope)) == scope


def test_a_scope_of_the_first_version_still_opens():
    assert scope_of(json.dumps([str(PATH), "docs"])) == Scope((PATH, Path("docs")))
    assert scope_of("[]") == Scope()


def test_what_a_later_version_added_to_a_scope_is_ignored():
    later = {**json.loads(scope_text(Scope(types=("pdf",)))), "languages": ["de"]}

    assert scope_of(json.dumps(later)) == Scope(types=("pdf",))


@pytest.mark.parametrize("text", ["", "{", "3", "null", '{"since": "soon"}', '{"pages": [[1]]}'])
def test_what_is_no_scope_any_more_sets_no_limit(text: str):
    assert scope_of(text) == Scope()
