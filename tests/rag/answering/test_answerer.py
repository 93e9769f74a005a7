"""A question's path: what is found is shown, read, and proves each sentence, or it is declined."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering import Answerer, Question
from rag.cancel import CancelToken
from rag.errors import NothingIndexed, NotInLibrary
from rag.events import (
    AnswerEvent,
    AnswerFinished,
    EvidenceFound,
    PlanMade,
    SentenceCited,
    TextStreamed,
)
from rag.index.exact import ExactIndex
from rag.records import Mode, Scope, Support
from rag.searching import KeptNames, Search
from tests.fakes import DIMENSION, NoBoxes
from tests.rag.desk import FILLER, LEASE, NOTICE, Desk, final


def test_the_evidence_shows_before_anything_is_generated(desk: Desk) -> None:
    desk.read()

    kinds = [type(event) for event in desk.ask(NOTICE)]

    assert kinds[:2] == [EvidenceFound, PlanMade]
    assert kinds.index(TextStreamed) > 1
    assert kinds[-1] is AnswerFinished


def test_found_by_words_alone_a_question_is_not_declined(desk: Desk) -> None:
    desk.read()
    desk.vectors = ExactIndex(DIMENSION)  # its search model is gone

    answer = final(desk.ask(NOTICE))

    assert not answer.declined
    assert answer.evidence[0].lexical > 0


def test_each_sentence_is_cited_as_soon_as_it_ends(desk: Desk) -> None:
    desk.read()

    events = desk.ask(NOTICE)

    first = next(n for n, event in enumerate(events) if isinstance(event, SentenceCited))
    assert any(isinstance(event, TextStreamed) for event in events[first:])


def test_a_supported_sentence_is_cited_to_its_words_and_the_other_marked(desk: Desk) -> None:
    desk.read()

    supported, invented = final(desk.ask(NOTICE)).sentences

    citation = supported.citations[0]
    assert supported.support is Support.SUPPORTED
    assert (citation.number, citation.page, citation.place) == (1, 2, "p. 2")
    assert "three months' notice" in citation.quote
    document = desk.catalog.document_text(citation.document_id)
    assert document.text[citation.start : citation.end] == citation.quote
    assert (invented.support, invented.citations) == (Support.NOT_FOUND, ())


def test_sentences_are_the_answer_s_text_between_their_offsets(desk: Desk) -> None:
    desk.read()

    answer = final(desk.ask(NOTICE))

    assert answer.text == desk.model.answer
    assert all(answer.text[s.start : s.end] == s.text for s in answer.sentences)


def test_the_best_passage_stands_last_before_the_question(desk: Desk) -> None:
    desk.read()

    desk.ask(NOTICE)

    prompt = desk.model.prompts[-1]
    assert prompt.rindex("three months'") > prompt.rindex("Plums")
    assert prompt.rindex(NOTICE.text) > prompt.rindex("three months'")


def test_an_answer_ends_where_it_begins_to_repeat_its_passages(desk: Desk) -> None:
    desk.read()
    desk.model.answer = f"{LEASE}\n\n[1] lease, p. 2\n{FILLER}"

    assert final(desk.ask(NOTICE)).text == LEASE


def test_a_question_that_no_file_answers_is_declined_without_the_model(desk: Desk) -> None:
    desk.read()

    answer = final(desk.ask(Question("Who painted the Sistine Chapel's ceiling?")))

    assert (answer.mode, answer.declined, answer.stats) == (Mode.DECLINE, True, None)
    assert answer.evidence
    assert desk.model.prompts == []


def test_with_declining_turned_off_the_model_always_tries(desk: Desk) -> None:
    desk.read()
    desk.options = replace(desk.options, decline=False)

    answer = final(desk.ask(Question("Who painted the Sistine Chapel's ceiling?")))

    assert answer.mode is Mode.PASSAGES
    assert answer.text == desk.model.answer


def test_an_answer_that_states_nothing_counts_as_declined(desk: Desk) -> None:
    desk.read()
    desk.model.answer = "The documents do not say."

    assert final(desk.ask(NOTICE)).declined


@pytest.mark.parametrize(
    "said",
    [
        "The passages do not answer this question. The castle was sold in 1931.",
        "The castle was sold in 1931. The passages do not answer this question.",
        "Die Textstellen beantworten diese Frage nicht. Das Schloss wurde 1931 verkauft.",
        "The documents do not mention this. The castle was sold in 1931.",
        "这些段落没有回答这个问题。",
    ],
)
def test_a_refusal_counts_wherever_it_stands_unless_something_is_proven(
    desk: Desk, said: str
) -> None:
    desk.read()
    desk.model.answer = said

    answer = final(desk.ask(NOTICE))

    assert (answer.mode, answer.declined) == (Mode.DECLINE, True)


@pytest.mark.parametrize(
    "said", [f"{LEASE} The passages do not say more.", f"The documents do not mention it. {LEASE}"]
)
def test_an_answer_with_a_proven_part_stands_beside_a_refusal(desk: Desk, said: str) -> None:
    desk.read()
    desk.model.answer = said

    answer = final(desk.ask(NOTICE))

    assert (answer.mode, answer.declined) == (Mode.PASSAGES, False)
    assert answer.text == said
    assert not any(sentence.is_unproven for sentence in answer.sentences)


def test_plan_only_decides_and_generates_nothing(desk: Desk) -> None:
    desk.read()

    answer = final(desk.ask(replace(NOTICE, plan_only=True)))

    assert (answer.mode, answer.declined, answer.text) == (Mode.PASSAGES, False, "")
    assert desk.model.prompts == []


def test_a_scope_without_the_answer_does_not_see_it(desk: Desk) -> None:
    desk.read()

    answer = final(desk.ask(replace(NOTICE, scope=Scope((desk.files / "garden.txt",)))))

    assert {hit.path.name for hit in answer.evidence} == {"garden.txt"}
    assert answer.coverage.files_in_scope == 1


def test_the_coverage_tells_what_was_looked_at(desk: Desk) -> None:
    desk.read()

    coverage = final(desk.ask(NOTICE)).coverage

    assert coverage.files_in_scope == 2
    assert 1 <= coverage.files <= 2
    assert coverage.passages >= coverage.files


def test_only_passages_that_the_model_read_count_as_read(desk: Desk) -> None:
    for number in range(6):
        text = f"{LEASE} Flat {number} has its own lease. " + f"{FILLER} " * 6
        (desk.files / f"{number}.txt").write_text(text, "utf-8")
    desk.read()
    desk.options = replace(desk.options, first_word_s=2.0)

    events = desk.ask(NOTICE)

    plan = next(event for event in events if isinstance(event, PlanMade))
    assert plan.passages < len(final(events).evidence)
    assert final(events).coverage.passages == plan.passages


def test_a_stopped_answer_keeps_what_was_written(desk: Desk) -> None:
    desk.read()
    cancel = CancelToken()
    events: list[AnswerEvent] = []
    answerer = Answerer(
        Search(desk.catalog, desk.vectors, desk.embedder, KeptNames(desk.catalog)),
        lambda: (desk.model, "fake", 100.0),
        NoBoxes(),
        lambda _: True,
        desk.options,
    )

    for event in answerer.answer(NOTICE, cancel):
        events.append(event)
        if isinstance(event, TextStreamed):
            cancel.cancel()

    answer = final(events)
    assert answer.stopped
    assert answer.text == "The "
    assert [s.text for s in answer.sentences] == ["The"]


def test_own_knowledge_has_no_footnotes_and_no_evidence(desk: Desk) -> None:
    answer = final(desk.ask(replace(NOTICE, own_knowledge=True)))

    assert answer.mode is Mode.OWN_KNOWLEDGE
    assert answer.declined
    assert answer.evidence == ()
    assert not any(sentence.citations for sentence in answer.sentences)


def test_an_empty_library_and_an_unknown_scope_are_told(desk: Desk) -> None:
    with pytest.raises(NothingIndexed):
        desk.ask(NOTICE)
    desk.read()
    with pytest.raises(NotInLibrary):
        desk.ask(replace(NOTICE, scope=Scope((desk.files / "gone",))))
