"""Questions that want all of a document: it is read whole once, and all of it can be cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering import Answerer, Question
from rag.cancel import CancelToken
from rag.errors import NoModel
from rag.events import (
    AnswerEvent,
    EvidenceFound,
    PlanMade,
    SentenceCited,
    WholeOffered,
    WholeProgress,
)
from rag.options import Options
from rag.records import Mode, Scope, Support
from tests.fakes import FakeLongModel
from tests.rag.desk import LEASE, NOTICE, Desk, final, turn
from tests.rag.whole_desk import whole_desk

ALL = Question("Summarise the lease.")


class LongDesk(Desk):
    """A desk at which documents can be read whole."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        (self.files / "lease.txt").write_text(f"{LEASE}\fThe rent is 900 euros a month.", "utf-8")
        self.model: FakeLongModel = FakeLongModel(
            "The lease may be ended with three months' notice. The rent is 900 euros a month. "
            "The moon is made of cheese."
        )
        self.read()
        self.whole, self.shelf = whole_desk(self.catalog, self.model, lambda: self.options)
        self.scope = Scope((self.files / "lease.txt",))

    def answerer(self) -> Answerer:
        return replace(super().answerer(), whole=self.whole)

    def asked(
        self, question: Question = ALL, cancel: CancelToken | None = None
    ) -> list[AnswerEvent]:
        return self.ask(replace(question, scope=self.scope), cancel)


@pytest.fixture
def long_desk(tmp_path: Path) -> Iterator[LongDesk]:
    desk = LongDesk(tmp_path)
    yield desk
    desk.whole.reader.close()
    desk.catalog.close()


def test_a_summary_is_written_from_all_of_a_document(long_desk: LongDesk) -> None:
    answer = final(long_desk.asked())

    assert answer.mode is Mode.WHOLE_DOCUMENT
    assert [sentence.support for sentence in answer.sentences] == [
        Support.SUPPORTED, Support.SUPPORTED, Support.NOT_FOUND,
    ]  # fmt: skip
    cited = [sentence.citations[0] for sentence in answer.sentences[:2]]
    assert [citation.page for citation in cited] == [1, 2]
    assert cited[1].quote.startswith("The rent is 900 euros a month")
    assert long_desk.model.slices


def test_what_was_found_shows_before_anything_is_read(long_desk: LongDesk) -> None:
    kinds = [type(event) for event in long_desk.asked()]

    order = [EvidenceFound, PlanMade, WholeProgress, SentenceCited]
    assert [kind for kind in dict.fromkeys(kinds) if kind in order] == order


def test_it_tells_what_was_read_and_why(long_desk: LongDesk) -> None:
    events = long_desk.asked()
    answer = final(events)
    plan = next(event for event in events if isinstance(event, PlanMade))

    (whole,) = answer.coverage.whole
    assert (whole.path, whole.pages) == (long_desk.files / "lease.txt", 2)
    assert answer.coverage.passages == answer.coverage.passages_in_scope
    assert answer.plan.startswith(plan.reason)
    assert answer.plan


def test_a_second_question_costs_only_its_own_tokens(long_desk: LongDesk) -> None:
    long_desk.asked()
    slices = list(long_desk.model.slices)
    answer = final(long_desk.asked(Question("Summarise the document briefly.")))

    assert long_desk.model.slices == slices
    assert answer.stats is not None
    own = answer.stats.prompt_tokens - answer.stats.reused_tokens
    assert own <= len("Summarise the document briefly.")


def test_a_follow_up_stands_behind_the_conversation(long_desk: LongDesk) -> None:
    first = final(long_desk.asked())
    turns = (replace(turn(ALL.text, ""), answer=first),)
    answer = final(long_desk.asked(Question("Explain the whole document.", turns=turns)))

    *_, prompt = long_desk.model.prompts
    assert prompt.index("900 euros a month") < prompt.index("Question: Summarise")
    assert prompt.index("three months' notice. The rent") < prompt.index("Question: Explain")
    assert "cheese" not in prompt  # nothing bore it out
    assert answer.stats is not None
    assert answer.stats.reused_tokens > len(LEASE)


def test_a_fact_is_looked_up_and_reading_all_is_offered(long_desk: LongDesk) -> None:
    events = long_desk.asked(NOTICE)
    answer = final(events)

    assert answer.mode is Mode.PASSAGES
    assert not long_desk.model.slices
    assert answer.whole is not None
    assert answer.whole.mode is Mode.WHOLE_DOCUMENT
    assert answer.whole.paths == (long_desk.files / "lease.txt",)
    assert [e.offer for e in events if isinstance(e, WholeOffered)] == [answer.whole]
    assert answer.plan


def test_whoever_asks_for_the_whole_gets_it_for_a_fact_too(long_desk: LongDesk) -> None:
    answer = final(long_desk.asked(replace(NOTICE, read=Mode.WHOLE_DOCUMENT)))

    assert answer.mode is Mode.WHOLE_DOCUMENT


def test_whoever_asks_for_passages_gets_them_for_a_summary_too(long_desk: LongDesk) -> None:
    answer = final(long_desk.asked(replace(ALL, read=Mode.PASSAGES)))

    assert answer.mode in (Mode.PASSAGES, Mode.DECLINE)
    assert not long_desk.model.slices


def test_pages_asked_for_by_number_are_read_as_passages(long_desk: LongDesk) -> None:
    long_desk.scope = replace(long_desk.scope, pages=((2, 2),))

    assert final(long_desk.asked()).mode is not Mode.WHOLE_DOCUMENT


def test_two_documents_are_compared_in_one_context(long_desk: LongDesk) -> None:
    files = [long_desk.files / name for name in ("lease.txt", "garden.txt")]
    long_desk.scope = Scope(tuple(files))
    answer = final(long_desk.asked(Question("Compare the two documents.")))

    assert answer.mode is Mode.WHOLE_DOCUMENT
    assert {one.path for one in answer.coverage.whole} == set(files)
    prompt = long_desk.model.prompts[-1]
    assert "900 euros" in prompt
    assert "Plums follow" in prompt


def test_a_plan_alone_reads_nothing(long_desk: LongDesk) -> None:
    answer = final(long_desk.asked(replace(ALL, plan_only=True)))

    assert (answer.mode, answer.text) == (Mode.WHOLE_DOCUMENT, "")
    assert answer.plan
    assert not long_desk.model.contexts


def test_stopped_while_it_reads_it_says_so_and_goes_on_next_time(long_desk: LongDesk) -> None:
    cancel = CancelToken()
    long_desk.model.before_slice = cancel.cancel
    stopped = final(long_desk.asked(cancel=cancel))
    long_desk.model.before_slice = lambda: None
    read = len(long_desk.model.kept)
    answer = final(long_desk.asked())

    assert (stopped.stopped, stopped.text, stopped.declined) == (True, "", False)
    assert "kept" in stopped.plan
    assert 0 < read < len(long_desk.model.kept)
    assert answer.text
    assert long_desk.model.slices == sorted(set(long_desk.model.slices))


def test_what_cannot_be_had_is_declined_with_what_would_help(long_desk: LongDesk) -> None:
    long_desk.model.shape = replace(long_desk.model.shape, context_tokens=64)
    answer = final(long_desk.asked(replace(ALL, plan_only=True, read=Mode.WHOLE_DOCUMENT)))

    assert answer.mode is not Mode.WHOLE_DOCUMENT
    assert answer.plan


def test_only_supported_sentences_are_kept_on_wish(long_desk: LongDesk) -> None:
    long_desk.options = Options(only_supported=True)
    answer = final(long_desk.asked())

    assert "cheese" not in answer.text
    assert "cheese" in answer.draft


def test_a_refusal_declines(long_desk: LongDesk) -> None:
    long_desk.model.answer = "The documents do not contain the answer."

    answer = final(long_desk.asked())

    assert answer.declined


def test_where_nothing_is_known_of_the_model_passages_are_read(long_desk: LongDesk) -> None:
    def none() -> None:
        raise NoModel

    long_desk.whole.facts = none

    answer = final(long_desk.asked())

    assert answer.mode in (Mode.PASSAGES, Mode.DECLINE)
    assert not long_desk.model.contexts
