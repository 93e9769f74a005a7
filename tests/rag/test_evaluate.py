"""Answers are scored by words, proofs, refusals and by what was shown before they were written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.evaluate import score_answers, some_of
from rag.records import (
    Answer,
    Citation,
    Coverage,
    Hit,
    Likely,
    Mode,
    Sentence,
    Support,
)
from rag.scores import QuestionItem

LEASE = "The lease ends on 3 May 2027."
RENT = "The rent of the flat is $900 a month."
WHEN = QuestionItem("1", "When does the lease end?", ("3 May 2027",))
HOW_MUCH = QuestionItem("2", "How much is the rent?", ("$900",))
FOREIGN = QuestionItem("3", "Who painted the ceiling?", answerable=False)


def hit(text: str, chunk_id: int) -> Hit:
    return Hit(
        rank=1,
        score=1.0,
        dense=0.0,
        lexical=0.0,
        chunk_id=chunk_id,
        document_id=chunk_id,
        path=Path("lease.md"),
        start=0,
        end=len(text),
        pages=None,
        title="",
        heading="",
        place="",
        text=text,
    )


def answer(text: str, *sentences: Sentence, evidence: tuple[Hit, ...] = ()) -> Answer:
    return Answer(
        question="",
        mode=Mode.PASSAGES,
        declined=not text,
        text=text,
        sentences=sentences,
        evidence=evidence,
        coverage=Coverage(1, 1, 1, 0),
    )


def sentence(text: str, support: Support, **told: bool) -> Sentence:
    return Sentence(text, 0, len(text), support, **told)


def likely(text: str) -> Likely:
    return Likely(text, Citation(1, 1, Path("lease.md"), None, "", 0, len(text), text, 1.0), 0.9)


def test_words_of_answers_are_scored_where_a_right_answer_is_known() -> None:
    scores = score_answers([WHEN, HOW_MUCH, FOREIGN], [answer(LEASE), answer("900"), answer("No")])

    assert (scores.asked, scores.answered) == (3, 3)
    assert scores.exact_match == pytest.approx(50)
    assert scores.holds_reference == pytest.approx(100)
    assert 0.5 < (scores.f1 or 0) < 1


def test_claims_are_counted_by_their_support_and_headings_not_at_all() -> None:
    told = answer(
        LEASE,
        sentence("The dates:", Support.NOT_FOUND, is_claim=False),
        sentence(LEASE, Support.SUPPORTED),
        sentence("It was signed.", Support.SUPPORTED, found_later=True),
        sentence("It ends in May and is long.", Support.PARTLY),
        sentence("It is blue.", Support.NOT_FOUND),
    )

    scores = score_answers([WHEN], [told])

    assert scores.claims == 4
    assert (scores.supported, scores.partly, scores.not_found) == (50, 25, 25)
    assert scores.found_later == 25


def test_refusals_are_right_where_there_is_no_answer() -> None:
    scores = score_answers([WHEN, HOW_MUCH, FOREIGN], [answer(""), answer(RENT), answer("")])

    assert scores.answered == 1
    assert scores.refused_rightly == 100
    assert scores.refused_wrongly == 50


def test_support_by_passages_of_other_documents_is_told_as_false() -> None:
    own = answer(LEASE, sentence(LEASE, Support.SUPPORTED), evidence=(hit(LEASE, 1),))
    rent = answer(RENT, sentence(RENT, Support.SUPPORTED), evidence=(hit(RENT, 2),))
    says_both = replace(rent, evidence=(hit(f"{RENT} {LEASE}", 3),))
    same_document = replace(rent, evidence=(replace(says_both.evidence[0], document_id=1),))

    assert score_answers([WHEN, HOW_MUCH], [own, rent]).falsely_supported == 0
    assert score_answers([WHEN, HOW_MUCH], [own, says_both]).falsely_supported == 50
    assert score_answers([WHEN, HOW_MUCH], [own, same_document]).falsely_supported is None


def test_likely_answers_are_scored_among_those_that_were_shown() -> None:
    shown = replace(answer(LEASE), likely=likely("3 May 2027"))
    half_right = replace(answer(RENT), likely=likely("$900 a month"))
    wrong = replace(answer("Nobody"), likely=likely("Anna Berg"))

    scores = score_answers([WHEN, HOW_MUCH, WHEN, FOREIGN], [shown, half_right, answer(""), wrong])

    assert scores.likely_shown == pytest.approx(200 / 3)
    assert scores.likely_exact == 50
    assert scores.likely_holds_reference == 100
    assert 0.5 < (scores.likely_f1 or 0) < 1
    assert scores.likely_shown_wrongly == 100


def test_what_cannot_be_told_is_none_rather_than_nought() -> None:
    scores = score_answers([FOREIGN], [answer("")])

    assert scores.exact_match is scores.f1 is scores.supported is scores.falsely_supported is None
    assert scores.refused_wrongly is scores.likely_shown is None
    assert scores.refused_rightly == 100


def test_a_limit_takes_the_same_questions_from_all_over_the_file_in_its_order() -> None:
    items = [QuestionItem(str(number), "?") for number in range(200)]

    few, more = some_of(items, 10), some_of(items, 40)

    assert few == some_of(items, 10)
    assert {item.id for item in few} < {item.id for item in more}
    assert [int(item.id) for item in more] == sorted(int(item.id) for item in more)
    assert max(int(item.id) for item in few) > 100 > min(int(item.id) for item in few)
    assert some_of(items, None) == some_of(items, 500) == items
