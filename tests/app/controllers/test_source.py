from pathlib import Path

import pytest

from app.controllers import source as module
from app.controllers.source import SourceController
from rag.events import Failed, FilesChanged, PageShown, ShowPage, ShowText, TextShown
from rag.records import FileRecord, FileState
from tests.app.fake_engine import LEASE, picture


@pytest.fixture
def source(engine):
    return SourceController(engine)


def test_a_page_is_fetched_and_shown(source, engine, hear):
    shown = hear(source.picture_shown)

    source.show_page(LEASE, 7, 1.5)
    engine.replied.emit(1, PageShown(picture(LEASE, 7, 1.5)))

    assert engine.sent == [ShowPage(LEASE, 7, 1.5)]
    assert [page.page for page in shown] == [7]


def test_a_page_seen_before_needs_no_engine(source, engine, hear):
    shown = hear(source.picture_shown)
    source.show_page(LEASE, 7, 1.5)
    engine.replied.emit(1, PageShown(picture(LEASE, 7, 1.5)))

    source.show_page(LEASE, 7, 1.5)

    assert len(engine.sent) == 1
    assert len(shown) == 2


def test_the_picture_of_a_page_already_left_is_dropped(source, engine, hear):
    shown = hear(source.picture_shown)
    source.show_page(LEASE, 7, 1.0)
    source.show_page(LEASE, 8, 1.0)

    engine.replied.emit(1, PageShown(picture(LEASE, 7, 1.0)))
    engine.replied.emit(2, PageShown(picture(LEASE, 8, 1.0)))

    assert [page.page for page in shown] == [8]


def test_a_file_that_changed_is_drawn_anew(source, engine):
    source.show_page(LEASE, 7, 1.0)
    engine.replied.emit(1, PageShown(picture(LEASE, 7, 1.0)))
    engine.replied.emit(0, FilesChanged((FileRecord(LEASE, LEASE.parent, FileState.READY),)))

    source.show_page(LEASE, 7, 1.0)

    assert len(engine.sent) == 2


def test_old_pictures_make_room(source, engine, monkeypatch):
    monkeypatch.setattr(module, "_CACHE_BYTES", 3 * 595 * 842 * 4)
    for number, page in enumerate((1, 2, 3, 4), start=1):
        source.show_page(LEASE, page, 1.0)
        engine.replied.emit(number, PageShown(picture(LEASE, page, 1.0)))

    source.show_page(LEASE, 4, 1.0)
    source.show_page(LEASE, 1, 1.0)

    assert [command.page for command in engine.sent] == [1, 2, 3, 4, 1]


def test_the_next_engine_is_asked_for_the_page_a_dead_one_owes(source, engine):
    source.show_page(LEASE, 7, 1.0)

    engine.restarted.emit()

    assert engine.sent == [ShowPage(LEASE, 7, 1.0)] * 2


def test_a_text_is_fetched_and_shown(source, engine, hear):
    shown, failed = hear(source.text_shown), hear(source.failed)

    source.show_text(LEASE)
    engine.replied.emit(1, TextShown(LEASE, "Lease", "text", (0,)))
    source.show_text(LEASE)
    engine.replied.emit(2, Failed("It is gone."))

    assert engine.sent == [ShowText(LEASE)] * 2
    assert [text.text for text in shown] == ["text"]
    assert failed == ["It is gone."]


def test_a_file_that_is_gone_cannot_be_opened(source, hear):
    failed = hear(source.failed)

    source.open_file(Path("/nowhere/Lease.pdf"))

    assert "“Lease.pdf” was moved, deleted or changed" in failed[0]
