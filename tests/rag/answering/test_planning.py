"""A plan is told as an answer would follow it, here or on another computer, and nothing is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering import Answerer, Elsewhere, Planned, Question, planned
from rag.cancel import CancelToken
from rag.errors import ModelMissing, NoModel
from rag.events import PlanMade
from rag.models.discover import trial_model
from rag.records import Mode, SavedReading, Scope
from tests.fakes import FakeLongModel
from tests.rag.desk import NOTICE, Desk
from tests.rag.whole_desk import whole_desk

ALL = Question("Summarise the lease.")
HERE = Elsewhere()


class PlanningDesk(Desk):
    """A desk with a document of two pages, at which nothing may be generated."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.read()
        self.model: FakeLongModel = FakeLongModel("never said")
        self.whole, self.shelf = whole_desk(self.catalog, self.model, lambda: self.options)
        self.scope = Scope((self.files / "lease.txt",))

    def answerer(self) -> Answerer:
        return replace(super().answerer(), whole=self.whole)

    def plan(self, question: Question = ALL, where: Elsewhere = HERE) -> Planned:
        asked = replace(question, scope=self.scope)
        made = planned(self.answerer(), asked, CancelToken(), where)
        assert not self.model.prompts
        assert not self.model.slices
        return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlanningDesk]:
    made = PlanningDesk(tmp_path)
    yield made
    made.whole.reader.close()
    made.catalog.close()


@pytest.mark.parametrize("read", [None, Mode.PASSAGES, Mode.WHOLE_DOCUMENT, Mode.SECTIONS])
@pytest.mark.parametrize("question", [ALL, NOTICE])
def test_the_plan_is_the_one_that_asking_for_the_plan_alone_tells(
    desk: PlanningDesk, question: Question, read: Mode | None
) -> None:
    asked = replace(question, read=read, scope=desk.scope, plan_only=True)
    (told,) = (event for event in desk.ask(asked) if isinstance(event, PlanMade))

    made = desk.plan(replace(question, read=read))

    assert (made.mode, made.reason, made.seconds) == (told.mode, told.reason, told.first_token_s)
    assert made.passages == (told.passages if made.mode is Mode.PASSAGES else 0)


def test_a_plan_tells_what_there_is_to_read_and_what_that_takes(desk: PlanningDesk) -> None:
    made = desk.plan()

    assert made.mode is Mode.WHOLE_DOCUMENT
    assert made.long is not None
    (document,) = made.long.documents
    assert document.path == desk.files / "lease.txt"
    assert made.long.tokens == document.tokens > 0
    assert made.long.shape is not None
    assert made.model is not None
    assert made.model.name == "fake"


def test_for_passages_too_it_tells_what_there_is(desk: PlanningDesk) -> None:
    desk.scope = Scope()

    made = desk.plan(NOTICE)

    assert made.mode is Mode.PASSAGES
    assert made.passages > 0
    assert made.long is not None
    assert len(made.long.documents) == 2


def test_another_computer_has_its_own_speed(desk: PlanningDesk) -> None:
    slow, fast = (desk.plan(where=Elsewhere(tokens_per_s=speed)) for speed in (1.0, 1000.0))

    assert slow.seconds is not None
    assert fast.seconds is not None
    assert slow.seconds > 100
    assert fast.seconds < 10


def test_another_computer_reads_fewer_passages_where_it_is_slow(desk: PlanningDesk) -> None:
    desk.scope, desk.options = Scope(), replace(desk.options, decline=False)

    slow, fast = (desk.plan(NOTICE, Elsewhere(tokens_per_s=speed)) for speed in (0.5, 1000.0))

    assert slow.passages <= fast.passages
    assert slow.seconds is not None
    assert slow.seconds > 100


def test_another_computer_has_its_own_memory(desk: PlanningDesk) -> None:
    full, empty = (desk.plan(where=Elsewhere(free_bytes=free)) for free in (10**6, 10**11))

    assert full.mode is Mode.DECLINE
    assert full.long is not None
    assert full.long.free_bytes == 10**6
    assert empty.mode is Mode.WHOLE_DOCUMENT


def test_another_model_is_looked_at_and_not_loaded(desk: PlanningDesk) -> None:
    path = trial_model()
    assert path is not None

    made = desk.plan(where=Elsewhere(tokens_per_s=100.0, model=path))

    assert made.model is not None
    assert (made.model.shape.layers, made.model.is_loaded) == (30, False)


def test_a_model_that_is_not_there_is_told(desk: PlanningDesk, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        desk.plan(where=Elsewhere(model=tmp_path / "none.gguf"))


def test_without_a_model_there_is_still_a_plan(desk: PlanningDesk) -> None:
    def none() -> None:
        raise NoModel

    desk.whole.facts = none  # type: ignore[assignment]
    made = desk.plan(NOTICE)

    assert made.mode is Mode.PASSAGES
    assert (made.long, made.model) == (None, None)


def test_what_was_read_before_is_counted(desk: PlanningDesk) -> None:
    path = desk.files / "lease.txt"
    desk.shelf.kept = [SavedReading("1", (path,), "Lease", "fake", 500, 500, 1, 0.0)]

    made = desk.plan()

    assert made.long is not None
    assert made.long.tokens_saved == made.long.tokens
    assert "read before" in made.reason


def test_of_what_was_read_with_more_behind_it_the_beginning_counts(desk: PlanningDesk) -> None:
    paths = (desk.files / "lease.txt", desk.files / "gone.txt")
    desk.shelf.kept = [SavedReading("1", paths, "Both", "fake", 9000, 9000, 1, 0.0)]

    made = desk.plan()

    assert made.long is not None
    assert made.long.tokens_saved == made.long.tokens


def test_a_question_for_all_of_too_much_is_answered_by_passages_and_not_declined(
    tmp_path: Path,
) -> None:
    desk = PlanningDesk.__new__(PlanningDesk)
    Desk.__init__(desk, tmp_path)
    (desk.files / "long.txt").write_text("Plums follow in a row. " * 1500, "utf-8")
    desk.read()
    desk.model = FakeLongModel("never said")
    desk.options = replace(desk.options, whole_tokens=4096)
    desk.whole, desk.shelf = whole_desk(desk.catalog, desk.model, lambda: desk.options)
    desk.scope = Scope()

    made = desk.plan(Question("Summarise everything about my files."))

    assert made.mode is Mode.PASSAGES
    assert "one document or folder" in made.reason
    assert made.long is not None
    assert made.long.offer is not None
    desk.whole.reader.close()
    desk.catalog.close()
