"""The engine changes the library's search model beside its other work, and over a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.events import (
    AddPaths,
    EmbedderChanged,
    Event,
    Failed,
    FilesChanged,
    ReadingFinished,
    SearchReady,
    UseEmbedder,
)
from rag.records import FileState
from rag.session import Session
from tests.rag.engine_process import EngineProcess

pytestmark = [pytest.mark.models, pytest.mark.faults, pytest.mark.timeout(300)]

PARCELS = 120


def changing(event: Event) -> bool:
    return isinstance(event, EmbedderChanged) and 0 < event.chunks_done < event.chunks_total


def changed(event: Event) -> bool:
    return isinstance(event, EmbedderChanged) and event.coming is None


def test_a_change_outlives_a_kill_and_lets_new_files_go_first(tmp_path: Path) -> None:
    files, library = tmp_path / "files", tmp_path / "library"
    files.mkdir()
    for number in range(PARCELS):
        text = f"Parcel {number} was seen at gate {number % 7}. " * 5
        (files / f"{number:03}.txt").write_text(text, "utf-8")
    with EngineProcess(library) as engine:
        engine.send(AddPaths((files,)))
        state = engine.wait_for(EmbedderChanged)
        assert isinstance(state, EmbedderChanged)
        engine.wait_for(lambda e: isinstance(e, ReadingFinished) and e.summary.read == PARCELS)
        other = next(c.id for c in state.choices if c.installed and c != state.current)
        asked = engine.send(UseEmbedder("nonsense@int8"))
        failed = engine.wait_for(Failed)
        assert isinstance(failed, Failed)
        assert (engine.replies[-1].id, "“nonsense”" in failed.message) == (asked, True)
        engine.send(UseEmbedder(other))
        engine.wait_for(changing)
        engine.kill()
    with EngineProcess(library) as engine:
        engine.wait_for(SearchReady)
        state = engine.wait_for(changing)
        assert isinstance(state, EmbedderChanged)
        assert state.coming is not None
        assert state.coming.id == other
        late = files / "late.txt"
        late.write_text("The late file names the password: rhubarb.", "utf-8")
        engine.send(AddPaths((late,)))
        engine.wait_for(
            lambda e: (
                isinstance(e, FilesChanged) and any(f.state is FileState.READY for f in e.files)
            )
        )
        assert not any(changed(reply.event) for reply in engine.replies)
        state = engine.wait_for(changed)
        assert isinstance(state, EmbedderChanged)
        assert state.current.id == other
        engine.quit()
    with Session(library) as session:
        assert session.embedders().current.id == other
        assert session.search("Which password does the late file name?")[0].path == late
