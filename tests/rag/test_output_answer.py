"""What the command line prints of an answer: all that proves it, in a form that stays."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from rag import output, output_answer
from rag.records import Coverage, Mode, Scope
from tests.rag.test_answer_json import ANSWER, CITATION, PROVEN


def printed(answer: Any) -> dict[str, Any]:
    return json.loads(output.line(output_answer.answer("7", Scope((Path("a"),)), answer)))


def test_an_answer_is_printed_with_all_that_proves_it() -> None:
    row = printed(PROVEN)

    assert (row["id"], row["mode"], row["declined"]) == ("7", "passages", False)
    assert row["scope"]["paths"] == ["a"]
    assert row["draft"] == PROVEN.draft
    assert row["searched"] == ["How did net sales change in 2023?", "a", "b"]
    assert row["narrowed_by"] == ["2023"]
    assert row["offer"] == {"files": 212, "passages": 900, "seconds": 1.5}
    assert row["coverage"] == {
        "passages": 2,
        "files": 1,
        "files_in_scope": 212,
        "files_unread": 3,
        "passages_in_scope": 900,
        "passages_left_out": 4,
        "whole": [],
    }
    assert row["evidence"][0]["why"]["likely"] == [[14, 21]]


def test_each_sentence_tells_what_it_is_and_what_it_cites() -> None:
    first, second, third = printed(PROVEN)["sentences"]

    assert (first["is_claim"], first["is_computed"], first["found_later"]) == (True, False, False)
    assert (third["is_claim"], third["is_computed"], third["found_later"]) == (False, True, True)
    assert second["citations"] == []
    (cited,) = first["citations"]
    assert cited["boxes"] == [[3, 1.5, 2.0, 100.25, 12.0], [3, 0, 0, 1, 1]]
    assert (cited["number"], cited["start"], cited["end"]) == (1, CITATION.start, CITATION.end)


def test_lists_conflicts_and_likely_words_come_with_their_citations() -> None:
    row = printed(PROVEN)

    assert [(one["text"], one["number"]) for one in row["listed"]] == [
        ("Net sales", 4.0), ("Others", None),
    ]  # fmt: skip
    assert row["listed"][0]["citations"][0]["quote"] == CITATION.quote
    (conflict,) = row["conflicts"]
    assert [(one["value"], one["dated"], one["dated_by"]) for one in conflict] == [
        ("5%", "2024-02-29", "its name"), ("4%", None, ""),
    ]  # fmt: skip
    assert conflict[0]["citation"]["quote"] == CITATION.quote
    assert (row["likely"]["text"], row["likely"]["chance"]) == ("4%", 0.75)


def test_what_an_answer_has_not_is_empty_or_null() -> None:
    row = printed(replace(ANSWER, stats=None, coverage=Coverage(0, 0, 0, 0), declined=True))

    assert (row["mode"], row["stats"], row["likely"], row["offer"]) == ("decline", None, None, None)
    assert (row["listed"], row["conflicts"], row["draft"], row["searched"]) == ([], [], "", [])


def test_a_question_without_an_answer_has_the_same_fields_and_the_reason() -> None:
    row = json.loads(output.line(output_answer.unanswered("7", Scope(), "It is not there.")))

    assert row["error"] == "It is not there."
    assert set(printed(ANSWER)) <= set(row)


def test_what_the_model_knows_by_itself_is_told_as_such_and_as_no_answer_of_the_files() -> None:
    row = printed(replace(ANSWER, mode=Mode.OWN_KNOWLEDGE, declined=True))

    assert (row["mode"], row["declined"]) == ("own_knowledge", True)
