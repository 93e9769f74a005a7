from pathlib import Path

import pytest

from app.controllers.export import ExportController
from app.models.export_kinds import ExportKind
from rag.events import (
    ConversationLaidOut,
    ExportConversation,
    Exported,
    Failed,
    LayOutConversation,
)
from rag.records import ExportFormat, Paper

TO = Path("/documents/Notice.docx")
PAPER = Paper("Notice", 0.0, 0.0, (), ())


@pytest.fixture
def export(engine):
    return ExportController(engine)


def test_a_file_is_written_by_the_engine(export, engine, hear):
    exported = hear(export.exported)

    export.export(3, 7, ExportKind.WORD, TO)
    engine.replied.emit(engine.last_id, Exported(TO))

    assert engine.sent == [ExportConversation(3, TO, ExportFormat.WORD, 7)]
    assert exported == [TO]


def test_a_pdf_is_laid_out_by_the_engine_and_drawn_by_the_window(export, engine, hear):
    laid_out = hear(export.laid_out)

    export.export(3, None, ExportKind.PDF, TO)
    engine.replied.emit(engine.last_id, ConversationLaidOut(PAPER))

    assert engine.sent == [LayOutConversation(3, None)]
    assert laid_out == [(PAPER, TO)]


def test_a_print_goes_nowhere_but_to_paper(export, engine, hear):
    laid_out = hear(export.laid_out)

    export.print_out(3)
    engine.replied.emit(engine.last_id, ConversationLaidOut(PAPER))

    assert laid_out == [(PAPER, None)]


@pytest.mark.parametrize("kind", [ExportKind.MARKDOWN, ExportKind.PDF])
def test_what_failed_is_told_once(export, engine, hear, kind):
    failed = hear(export.failed)

    export.export(3, None, kind, TO)
    engine.replied.emit(engine.last_id, Failed("The disk is full.", "errno 28"))
    engine.replied.emit(engine.last_id, Failed("Late.", ""))

    assert failed == [("The disk is full.", "errno 28")]


def test_answers_to_others_are_left_alone(export, engine, hear):
    heard = hear(export.exported, export.laid_out, export.failed)

    engine.replied.emit(99, Failed("Something else.", ""))
    engine.replied.emit(99, Exported(TO))

    assert heard == []


def test_a_dead_engine_wrote_nothing_and_that_is_told(export, engine, hear):
    failed = hear(export.failed)
    export.export(3, None, ExportKind.WORD, TO)

    engine.died.emit("It stopped.")
    engine.died.emit("It stopped.")

    assert len(failed) == 1
    assert "Export it once more" in failed[0][0]
