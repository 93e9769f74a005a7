"""Reading ahead of questions: at low priority, and going on whatever comes between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.errors import GenerationFailed, NotInLibrary, NotReadWhole
from rag.events import WholeEvent, WholeFinished, WholeProgress
from rag.records import Mode, SavedReading, Scope
from rag.whole.ahead import files_hold, read_ahead
from rag.whole.facts import Wish
from tests.fakes import FakeLongModel
from tests.rag.house import House
from tests.rag.whole_desk import whole_desk


class Aside:
    """A report in a library, and a desk to read it at."""

    def __init__(self, house: House) -> None:
        self.report = house.write("report.txt", "Gate 7 was built by the second crew. " * 40)
        house.add()
        self.model = FakeLongModel("")
        self.desk, self.shelf = whole_desk(house.catalog, self.model)
        self.wish = Wish(Scope((self.report,)))

    def reading(self, cancel: CancelToken) -> Iterator[WholeEvent]:
        return read_ahead(self.desk, lambda _: self.model, self.wish, cancel)


@pytest.fixture
def aside(house: House) -> Iterator[Aside]:
    aside = Aside(house)
    yield aside
    aside.desk.reader.close()


def test_all_of_a_document_is_read_and_told(aside: Aside) -> None:
    told = list(aside.reading(CancelToken()))

    assert told[-1] == WholeFinished((aside.report,), complete=True)
    done = [event.tokens_done for event in told if isinstance(event, WholeProgress)]
    assert done == sorted(done)
    assert done[-1] == aside.model.slices[-1] > 40 * 37


def test_it_rests_while_a_question_is_answered_and_goes_on_after_it(aside: Aside) -> None:
    run = aside.reading(CancelToken())
    while not aside.model.slices:
        next(run)
    with aside.desk.reader.gate.question():
        resting = next(run)
        while not (isinstance(resting, WholeProgress) and resting.waits_for):
            resting = next(run)
        before = list(aside.model.slices)
        next(run)

    assert before == aside.model.slices
    assert "question" in resting.waits_for
    assert list(run)[-1] == WholeFinished((aside.report,), complete=True)
    assert aside.model.slices == sorted(set(aside.model.slices))  # nothing was read twice


def test_a_pause_is_told_and_holds_it(aside: Aside) -> None:
    run = aside.reading(CancelToken())
    aside.desk.reader.gate.pause()
    paused = next(run)
    aside.desk.reader.gate.resume()

    assert isinstance(paused, WholeProgress)
    assert paused.paused
    assert not paused.waits_for
    assert list(run)[-1] == WholeFinished((aside.report,), complete=True)


def test_files_are_read_before_documents_are_read_whole(aside: Aside) -> None:
    reads_files = [True]
    aside.desk.reader.gate.hold_while(files_hold(lambda: reads_files[0]))
    run = aside.reading(CancelToken())
    resting = next(run)
    reads_files[0] = False
    aside.desk.reader.gate.ask_again()

    assert isinstance(resting, WholeProgress)
    assert "Files" in resting.waits_for
    assert list(run)[-1] == WholeFinished((aside.report,), complete=True)


def test_cancelled_it_says_that_not_all_is_read(aside: Aside) -> None:
    cancel = CancelToken()
    run = aside.reading(cancel)
    while not aside.model.slices:
        next(run)
    cancel.cancel()

    assert list(run)[-1] == WholeFinished((aside.report,), complete=False)
    assert 0 < len(aside.model.kept) < 40 * 37


def test_it_goes_on_with_the_model_that_took_the_place_of_the_first(aside: Aside) -> None:
    models = [aside.model, FakeLongModel("")]

    def closed() -> None:
        models.pop(0)
        raise GenerationFailed("the model was closed")

    aside.model.before_slice = closed
    told = list(read_ahead(aside.desk, lambda _: models[0], aside.wish, CancelToken()))

    assert told[-1] == WholeFinished((aside.report,), complete=True)
    assert models[0].slices


def test_a_model_that_fails_is_told(aside: Aside) -> None:
    def fail() -> None:
        raise GenerationFailed("out of memory")

    aside.model.before_slice = fail

    with pytest.raises(GenerationFailed):
        list(aside.reading(CancelToken()))


def test_what_the_model_cannot_hold_is_told_with_a_reason(aside: Aside) -> None:
    aside.model.shape = replace(aside.model.shape, context_tokens=512)

    with pytest.raises(NotReadWhole, match="cannot be read whole"):
        list(aside.reading(CancelToken()))


def test_what_is_not_in_the_library_is_told(aside: Aside) -> None:
    aside.wish = Wish(Scope((Path("/elsewhere.txt"),)))

    with pytest.raises(NotInLibrary):
        list(aside.reading(CancelToken()))


def test_what_is_kept_is_known_before_anything_is_opened(aside: Aside) -> None:
    reading = SavedReading("1", (aside.report,), "Report", "fake", 800, 1600, 10, 0.0)
    aside.shelf.kept = [reading]

    aside.shelf.tokens = 800

    estimate = aside.desk.estimate(aside.wish.scope)
    first = next(aside.reading(CancelToken()))

    assert estimate is not None
    assert estimate.mode is Mode.WHOLE_DOCUMENT
    assert (estimate.tokens_saved, estimate.is_ready) == (estimate.tokens // 2, False)
    assert isinstance(first, WholeProgress)
    assert first.tokens_done == 800


def test_what_another_model_read_is_of_no_use(aside: Aside) -> None:
    aside.shelf.kept = [SavedReading("1", (aside.report,), "Report", "other", 9, 9, 10, 0.0)]
    estimate = aside.desk.estimate(aside.wish.scope)

    assert estimate is not None
    assert estimate.tokens_saved == 0
