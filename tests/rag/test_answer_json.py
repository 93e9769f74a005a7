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
    Conflict,
    Coverage,
    GenerationStats,
    Hit,
    Likely,
    Listed,
    Mode,
    PassOffer,
    Scope,
    Sentence,
    Statement,
    Support,
    Understanding,
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


PROVEN = replace(
    ANSWER,
    sentences=(
        *ANSWER.sentences,
        replace(ANSWER.sentences[0], is_claim=False, is_computed=True, found_later=True),
    ),
    evidence=(replace(HIT, likely=((14, 21),)),),
    coverage=Coverage(2, 1, 212, 3, passages_in_scope=900, passages_left_out=4),
    understood=Understanding(
        "How did net sales change in 2023?", ("a", "b"), Scope((PATH,), pages=((2, 5),)), ("2023",)
    ),
    likely=Likely("4%", CITATION, 0.75),
    conflicts=(
        Conflict(
            (
                Statement("5%", CITATION, date(2024, 2, 29), "its name"),
                Statement("4%", CITATION),
            )
        ),
    ),
    listed=(Listed("Net sales", (CITATION,), 4.0), Listed("Others", (), None)),
    offer=PassOffer(212, 900, 1.5),
    draft="They rose by 4% [1]. Probably. Or not.",
)


@pytest.mark.parametrize(
    "answer",
    [
        PROVEN,
        ANSWER,
        replace(ANSWER, stats=None, sentences=(), evidence=(), declined=True, model=""),
    ],
    ids=["proven", "full", "declined"],
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


FIRST_KEPT = """{"version": 1, "answer": {"question": "How?", "mode": "passages",
 "declined": false, "text": "So.", "sentences": [{"text": "So.", "start": 0, "end": 3,
 "support": "supported", "citations": [{"number": 1, "document_id": 7, "path": "a.pdf", "page": 3,
 "place": "p. 3", "start": 10, "end": 13, "quote": "so.", "score": 0.9, "boxes": []}]}],
 "evidence": [{"rank": 1, "score": 1.0, "dense": 0.7, "lexical": 12.5, "chunk_id": 42,
 "document_id": 7, "path": "a.pdf", "title": "A", "start": 10, "end": 13, "text": "so.",
 "heading": "", "place": "p. 3", "pages": [3, 3]}], "coverage": {"passages": 1, "files": 1,
 "files_in_scope": 2, "files_unread": 0}, "model": "Phi", "stats": null, "stopped": false,
 "seconds": 2.5}}"""


def test_an_answer_that_the_first_version_kept_still_opens():
    answer = answer_of(FIRST_KEPT)

    assert answer is not None
    assert answer.sentences[0].citations[0].path == Path("a.pdf")
    assert answer.sentences[0].is_claim
    assert not (answer.sentences[0].is_computed)
    assert not (answer.sentences[0].found_later)
    assert (answer.coverage.passages_in_scope, answer.coverage.passages_left_out) == (0, 0)
    assert (answer.understood, answer.likely, answer.offer) == (None, None, None)
    assert (answer.conflicts, answer.listed, answer.draft) == ((), (), "")
    assert answer.evidence[0].likely == ()


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
