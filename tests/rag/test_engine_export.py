"""The engine writes conversations to files, and lays them out for who prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.chats import Chats
from rag.events import (
    ConversationLaidOut,
    EngineStarted,
    ExportConversation,
    Exported,
    Failed,
    LayOutConversation,
)
from rag.export import lay_out
from rag.records import ExportFormat, Scope
from tests.rag.engine_process import EngineProcess
from tests.rag.export.told import answer, proven

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]


def test_a_conversation_is_written_laid_out_or_told_why_not(tmp_path: Path) -> None:
    chats = Chats.open(tmp_path / "library")
    kept = chats.start("Notice")
    turn = chats.add_turn(kept.id, "How long?", Scope())
    chats.finish_turn(turn.id, answer(proven("Three months.")))
    conversation = chats.conversation(kept.id)
    chats.close()

    with EngineProcess(tmp_path / "library") as engine:
        engine.wait_for(EngineStarted)
        engine.send(ExportConversation(kept.id, tmp_path / "paper.md", ExportFormat.MARKDOWN))
        exported = engine.wait_for(Exported)
        engine.send(LayOutConversation(kept.id, turn.id))
        laid_out = engine.wait_for(ConversationLaidOut)
        gone = tmp_path / "gone" / "paper.docx"
        engine.send(ExportConversation(kept.id, gone, ExportFormat.WORD))
        failed = engine.wait_for(Failed)

    assert exported == Exported(tmp_path / "paper.md")
    assert "Three months.[^1]" in (tmp_path / "paper.md").read_text("utf-8")
    assert laid_out == ConversationLaidOut(lay_out(conversation))
    assert isinstance(failed, Failed)
    assert "there is no folder" in failed.message
