"""Long texts are answered section by section: each sentence has footnotes to the original."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering import Question
from rag.answering.coverage import coverage_of
from rag.answering.sections import FromSections
from rag.cancel import CancelToken
from rag.errors import DocumentGone
from rag.events import (
    AnswerEvent,
    PlanMade,
    SectionsProgress,
    SentenceCited,
    TextStreamed,
)
from rag.footnotes import Citations
from rag.outcome import Outcome
from rag.plan import LongDocument
from rag.records import Answer, Mode, Scope, Support, Understanding
from rag.sections import KeptSections
from tests.fakes import NoBoxes
from tests.rag.desk import Desk
from tests.rag.sections.writers import ManyWriter, Writer, copied, fact, nonsense, page, paraphrased

PAGES = 16
SUMMARISE = "Summarise everything."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    for path in desk.files.iterdir():
        path.unlink()
    (desk.files / "survey.txt").write_text("\f".join(page(12 * n) for n in range(PAGES)), "utf-8")
    desk.read()
    yield desk
    desk.catalog.close()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptSections]:
    kept = KeptSections.open(tmp_path / "library")
    yield kept
    kept.close()


class Summary:
    """One answer with what happened before it."""

    def __init__(
        self,
        desk: Desk,
        writer: Writer,
        kept: KeptSections | None = None,
        question: str = SUMMARISE,
        stop_after: int | None = None,
    ) -> None:
        self.events: list[AnswerEvent] = []
        cancel = CancelToken()
        means = replace(desk.answerer(), model=lambda: (writer, "writer", 100.0), sections=kept)
        understood, catalog = Understanding(question), desk.catalog
        documents = [
            LongDocument(document_id, paths[0], paths[0].stem, PAGES, 999)
            for document_id, paths in catalog.documents_shown(Scope())
        ]
        citations = Citations(catalog, NoBoxes(), lambda _: True)
        self.found = Answer(
            question, Mode.DECLINE, True, "", (), (), coverage_of(catalog, Scope(), []),
            understood=understood,
        )  # fmt: skip
        path = FromSections(means, Question(question), understood, documents, citations, cancel)
        run = Outcome(path.answer(self.found, "It is long."))
        for event in run:
            self.events.append(event)
            done = isinstance(event, SectionsProgress) and event.sections_done
            if (
                stop_after is not None
                and isinstance(event, SectionsProgress)
                and done >= stop_after
            ):
                cancel.cancel()
        self.answer = run.result

    @property
    def plan(self) -> PlanMade:
        return next(event for event in self.events if isinstance(event, PlanMade))


def holds_its_promises(desk: Desk, summary: Summary) -> None:
    """Checks what is true of every summary, however good the model is."""
    answer, events = summary.answer, summary.events
    assert (answer.mode, answer.declined, answer.model) == (Mode.SECTIONS, False, "writer")
    assert "".join(e.text for e in events if isinstance(e, TextStreamed)) == answer.text
    assert [e.sentence for e in events if isinstance(e, SentenceCited)] == list(answer.sentences)
    assert answer.sentences
    ((document_id, _),) = desk.catalog.documents_shown(Scope())
    document = desk.catalog.document_text(document_id)
    numbers: list[int] = []
    for sentence in answer.sentences:
        assert answer.text[sentence.start : sentence.end] == sentence.text
        assert (sentence.support, sentence.is_unproven) == (Support.SUPPORTED, False)
        assert sentence.citations
        for citation in sentence.citations:
            on_page = document.text.split("\f")[(citation.page or 0) - 1]
            assert document.text[citation.start : citation.end] == citation.quote
            assert citation.quote in on_page
            numbers.append(citation.number)
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1))


@pytest.mark.parametrize("writer", [Writer, ManyWriter])
@pytest.mark.parametrize("words", [copied, paraphrased, nonsense])
def test_every_sentence_has_footnotes_to_pages_of_the_original(
    desk: Desk, writer: type[Writer], words: Callable[[str], str]
) -> None:
    summary = Summary(desk, writer(words))

    holds_its_promises(desk, summary)
    pages = {c.page for s in summary.answer.sentences for c in s.citations}
    assert min(pages) <= PAGES // 4
    assert max(pages) > PAGES * 3 // 4


def test_before_it_begins_it_says_how_it_goes_and_how_long_it_takes(desk: Desk) -> None:
    summary = Summary(desk, Writer())

    first = next(event for event in summary.events if isinstance(event, SectionsProgress))
    assert summary.events.index(summary.plan) == 0
    assert summary.plan.mode is Mode.SECTIONS
    assert summary.plan.reason.startswith("It is long. Summarised in ")
    assert first.seconds_left == summary.plan.first_token_s
    assert 20.0 < (first.seconds_left or 0.0) < 600.0
    assert first.current.startswith("pp. 1–")
    assert summary.answer.plan == summary.plan.reason


def test_it_tells_that_all_was_read(desk: Desk) -> None:
    coverage = Summary(desk, Writer()).answer.coverage

    assert coverage.passages == coverage.passages_in_scope > 0
    assert (coverage.files, coverage.passages_left_out) == (1, 0)
    assert [(one.title, one.pages) for one in coverage.whole] == [("survey", PAGES)]


def test_asked_again_in_another_session_it_costs_nothing(desk: Desk, tmp_path: Path) -> None:
    before = KeptSections.open(tmp_path / "library")
    first = Summary(desk, Writer(), before)
    before.close()
    kept, writer = KeptSections.open(tmp_path / "library"), Writer()

    again = Summary(desk, writer, kept)

    assert writer.prompts == []
    assert again.plan.first_token_s == 0.0
    assert (again.answer.text, again.answer.sentences) == (
        first.answer.text,
        first.answer.sentences,
    )
    assert "were summarised before and serve again" in again.answer.plan
    kept.close()


def test_stopped_it_sums_up_what_was_read_and_says_so_and_goes_on_there(
    desk: Desk, kept: KeptSections
) -> None:
    writer = Writer()

    stopped = Summary(desk, writer, kept, stop_after=2)
    read = len(writer.prompts)
    finished = Summary(desk, writer, kept)

    holds_its_promises(desk, stopped)
    assert (stopped.answer.stopped, read) == (True, 2)
    assert "Stopped after 2 of " in stopped.answer.plan
    assert 0 < stopped.answer.coverage.passages < stopped.answer.coverage.passages_in_scope
    assert stopped.answer.coverage.whole == ()
    assert not finished.answer.stopped
    assert "2 of them were summarised before" in finished.answer.plan
    assert SUMMARISE not in "".join(message.content for message in writer.prompts[2])


def test_stopped_before_anything_was_read_it_says_that(desk: Desk) -> None:
    summary = Summary(desk, Writer(), stop_after=0)

    assert (summary.answer.text, summary.answer.stopped) == ("", True)
    assert summary.answer.plan.endswith("Stopped before a section was read.")
    assert summary.answer.coverage.passages == 0


def test_for_another_question_it_says_what_was_read_again(desk: Desk, kept: KeptSections) -> None:
    writer = Writer()
    Summary(desk, writer, kept)
    read = len(writer.prompts)

    summary = Summary(desk, writer, kept, "Summarise it with a focus on the granary of Corvey.")

    holds_its_promises(desk, summary)
    assert len(writer.prompts) - read <= 4 + 3
    assert "are read again for this question" in summary.answer.plan


def test_what_the_model_could_not_say_stands_in_the_documents_own_sentences(desk: Desk) -> None:
    answer = Summary(desk, Writer(nonsense)).answer

    assert all(line.startswith("- The ") for line in answer.text.splitlines())
    assert {line[2:] for line in answer.text.splitlines()} <= {fact(n) for n in range(200)}
    assert "sentences of their own stand for them" in answer.plan


def test_a_document_that_is_gone_is_left_out_unless_it_was_the_only_one(
    desk: Desk, tmp_path: Path
) -> None:
    (desk.files / "note.txt").write_text(fact(300), "utf-8")
    desk.read()
    known = {p[0].name: n for n, p in desk.catalog.documents_shown(Scope())}
    desk.catalog.forget_files([desk.files / "note.txt"])
    documents = [LongDocument(known["note.txt"], desk.files / "note.txt", "note", None, 9)]
    citations = Citations(desk.catalog, NoBoxes(), lambda _: True)
    understood = Understanding(SUMMARISE)
    means = replace(desk.answerer(), model=lambda: (Writer(), "writer", 100.0))
    found = Summary(desk, Writer()).found

    alone = FromSections(means, Question("?"), understood, documents, citations, CancelToken())

    with pytest.raises(DocumentGone):
        next(alone.answer(found, ""))


def test_a_stop_is_heeded_within_a_second(desk: Desk) -> None:
    writer = Writer(nonsense)
    stopped_at: list[float] = []

    def note() -> None:
        stopped_at.append(time.monotonic())

    writer.before_answer = note
    summary = Summary(desk, writer, stop_after=3)

    assert summary.answer.stopped
    assert time.monotonic() - stopped_at[-1] < 1.0
