"""Answers by real models keep what every answer promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering import Question
from rag.cancel import CancelToken
from rag.events import (
    AnswerEvent,
    EvidenceAdded,
    EvidenceFound,
    RewriteStarted,
    SentenceCited,
    TextStreamed,
)
from rag.records import Answer, Mode, Sentence
from rag.session import Session
from tests.rag.desk import evidence, final

pytestmark = [pytest.mark.models, pytest.mark.timeout(600)]

LEASE = """# Lease of the house in Mill Lane

## Rent

The rent of the house is 940 euros a month, due on the third day of each month.

## Notice

The lease may be ended by either party with three months' notice in writing.
"""
GARDEN = """# Garden

Apples ripen in September when the nights turn cold. The plum trees were planted in 1987.
"""
QUESTIONS = [
    "What is the rent of the house in Mill Lane?",
    "With how many months' notice may the lease be ended?",
    "Wann werden die Äpfel reif, und wann ist die Miete fällig?",
    "Who painted the ceiling of the Sistine Chapel?",
]


def read_into(session: Session, folder: Path) -> None:
    (folder / "lease.md").write_text(LEASE, "utf-8")
    (folder / "garden.md").write_text(GARDEN, "utf-8")
    for _ in session.add([folder], CancelToken()):
        pass


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with Session(tmp_path_factory.mktemp("library")) as session:
        read_into(session, tmp_path_factory.mktemp("files"))
        session.warm_up_search()
        session.warm_up_model()
        yield session


def holds_its_promises(session: Session, events: list[AnswerEvent]) -> Answer:
    """Checks what is true of every answer, however good it is."""
    answer = final(events)
    shown, cited = "", dict[int, Sentence]()
    for event in events:
        if isinstance(event, RewriteStarted):
            shown, cited = "", {}
        elif isinstance(event, TextStreamed):
            shown += event.text
        elif isinstance(event, SentenceCited):
            cited[event.sentence.start] = event.sentence
    assert shown == answer.text
    assert [(s.text, s.support) for s in cited.values()] == [
        (s.text, s.support) for s in answer.sentences
    ]
    assert all(answer.text[s.start : s.end] == s.text for s in answer.sentences)
    numbers: list[int] = []
    for citation in (c for s in answer.sentences for c in s.citations):
        text = session.showing.document_text(citation.path).text
        assert text[citation.start : citation.end] == citation.quote
        numbers.append(citation.number)
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1))
    added = [hit for event in events if isinstance(event, EvidenceAdded) for hit in event.hits]
    if answer.mode is not Mode.OWN_KNOWLEDGE:
        assert answer.evidence == (*evidence(events).hits, *added)
        assert answer.coverage.passages + answer.coverage.passages_left_out == len(
            evidence(events).hits
        )
    assert not any(s.is_unproven for s in answer.sentences if s.citations)
    return answer


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_of_the_trial_model_holds_together(session: Session, question: str) -> None:
    events = list(session.ask(Question(question, read=Mode.PASSAGES), CancelToken()))

    holds_its_promises(session, events)


def test_what_nothing_bears_out_is_left_out_by_the_trial_model_or_by_code(session: Session) -> None:
    kept = session.options
    session.set_options(replace(kept, only_supported=True, decline=False, answer_tokens=120))
    try:
        events = list(session.ask(Question(QUESTIONS[3]), CancelToken()))
        more = list(
            session.ask(Question("Tell all about the house and its garden."), CancelToken())
        )
    finally:
        session.set_options(kept)

    for answer in (holds_its_promises(session, events), holds_its_promises(session, more)):
        assert not any(sentence.is_unproven for sentence in answer.sentences)


def test_the_evidence_comes_before_the_model_has_read_anything(session: Session) -> None:
    events = session.ask(Question("How much is the rent of the house?"), CancelToken())

    first = next(events)
    events.close()

    assert isinstance(first, EvidenceFound)
    assert first.retrieval_s < 0.5
    assert first.likely is not None
    assert "940 euros" in first.likely.text
    assert first.likely.citation.quote == first.likely.text


def test_a_conversation_remembers_what_was_proven_and_keeps_its_document(session: Session) -> None:
    first = list(session.converse(Question(QUESTIONS[0]), None, CancelToken()))
    info = next(e.conversation for e in first if hasattr(e, "conversation"))
    second = list(session.converse(Question("And when is it due?"), info.id, CancelToken()))

    answer = holds_its_promises(session, second)
    assert answer.understood is not None
    assert answer.understood.question != "And when is it due?"
    assert answer.evidence[0].path.name == "lease.md"
    turns = session.chats.conversation(info.id).turns
    assert [turn.answer for turn in turns] == [final(first), answer]


def test_own_knowledge_cites_nothing(session: Session) -> None:
    events = list(session.ask(Question(QUESTIONS[3], own_knowledge=True), CancelToken()))

    answer = holds_its_promises(session, events)
    assert (answer.mode, answer.declined, answer.evidence) == (Mode.OWN_KNOWLEDGE, True, ())


def test_phi_4_mini_s_shape_goes_the_whole_way(tmp_path: Path, shape_model: Path) -> None:
    (tmp_path / "files").mkdir()
    with Session(tmp_path / "library") as session:
        read_into(session, tmp_path / "files")
        for _ in session.use_model(shape_model, "", CancelToken(), remember=False):
            pass
        session.set_options(replace(session.options, answer_tokens=50, only_supported=True))

        events = list(session.ask(Question(QUESTIONS[1], read=Mode.PASSAGES), CancelToken()))

        answer = holds_its_promises(session, events)
    assert answer.model
    assert answer.stats is not None
    assert answer.stats.prompt_tokens < 4096 - 50
