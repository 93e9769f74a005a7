"""A running engine keeps the library in line with the disk, and tells what it did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.events import (
    AddPaths,
    Event,
    FilesChanged,
    OptionsChanged,
    SetOptions,
)
from rag.options import Options
from rag.records import FileRecord, FileState
from tests.rag.engine_process import EngineProcess

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]


def lines_of(event: Event) -> dict[Path, FileRecord]:
    return {line.path: line for line in event.files} if isinstance(event, FilesChanged) else {}


def read(path: Path, event: Event) -> bool:
    line = lines_of(event).get(path)
    return line is not None and line.state is FileState.READY


def gone(path: Path, event: Event) -> bool:
    return isinstance(event, FilesChanged) and path in event.removed


def test_what_changes_while_it_runs_is_read_by_itself(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    old, new = files / "old.txt", files / "deep" / "new.txt"
    old.write_text("Apples ripen in September.", "utf-8")
    with EngineProcess(tmp_path / "library") as engine:
        engine.send(AddPaths((files,)))
        engine.wait_for(lambda event: read(old, event))
        new.parent.mkdir()
        new.write_text("The lease ends with three months' notice.", "utf-8")
        engine.wait_for(lambda event: read(new, event))
        assert engine.replies[-1].id == 0
        moved = new.rename(files / "moved.txt")
        engine.wait_for(lambda event: gone(new, event))
        moved.unlink()
        engine.wait_for(lambda event: gone(moved, event))
        old.write_text("Pears ripen in October.", "utf-8")
        engine.wait_for(lambda event: read(old, event))

        assert engine.quit() < 2
        assert engine.process.exitcode == 0


def test_what_changed_while_it_did_not_run_is_read_at_its_start(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "a.txt").write_text("Apples ripen in September.", "utf-8")
    with EngineProcess(tmp_path / "library") as engine:
        engine.send(AddPaths((files,)))
        engine.wait_for(lambda event: read(files / "a.txt", event))
        engine.quit()
    (files / "b.txt").write_text("Pears ripen in October.", "utf-8")

    with EngineProcess(tmp_path / "library") as engine:
        engine.wait_for(lambda event: read(files / "b.txt", event))


def test_other_rules_hold_at_once(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    plain, hidden = files / "a.txt", files / ".b.txt"
    plain.write_text("Apples ripen in September.", "utf-8")
    hidden.write_text("Pears ripen in October.", "utf-8")
    with EngineProcess(tmp_path / "library") as engine:
        engine.send(AddPaths((files,)))
        engine.wait_for(lambda event: read(plain, event))
        engine.send(SetOptions(replace(Options(), hidden_files=True, leave_out="a.*")))
        engine.wait_for(OptionsChanged)
        seen: dict[Path, FileRecord] = {}

        def both_changed(event: Event) -> bool:
            seen.update(lines_of(event))
            return (
                seen.get(plain) is not None
                and seen[plain].state is FileState.SKIPPED
                and seen.get(hidden) is not None
                and seen[hidden].state is FileState.READY
            )

        engine.wait_for(both_changed)
        assert "“a.*”" in seen[plain].reason
