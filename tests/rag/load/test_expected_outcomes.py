"""Every file of the test documents ends as it was written down that it must."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Self

import psutil
import pytest

from rag import session
from rag.cancel import CancelToken
from rag.options import Options
from rag.records import FileRecord, FileState
from tests.faults.processes import QuickModels
from tests.rag.load.expected_outcomes import OFFICE_MISSING, OUTCOMES, SAYS, Outcome

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(600)]

SAMPLE_S = 0.02
FOLDERS = ("mixed", "pdf_edge")


class Watch:
    """Notes the most memory that any child of this process holds, sampled all the time."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _sample(self) -> None:
        me = psutil.Process()
        while not self._done.wait(SAMPLE_S):
            for child in me.children(recursive=True):
                try:
                    self.peak_mb = max(self.peak_mb, child.memory_info().rss / 2**20)
                except psutil.Error:
                    continue


def problems_of(outcome: Outcome, line: FileRecord | None) -> list[str]:
    """How a file's line differs from what was expected."""
    if line is None:
        return ["has no line"]
    if line.state not in outcome.states:
        return [f"is {line.state}, not {' or '.join(outcome.states)}: {line.reason}"]
    found: list[str] = []
    if line.state is FileState.READY and line.reason:
        found.append(f"is ready, and has a reason: {line.reason}")
    if line.state in {FileState.FAILED, FileState.SKIPPED, FileState.PARTIAL}:
        says = [SAYS.get(error, "") for error in outcome.errors]
        if not line.reason or not any(said in line.reason for said in says):
            found.append(f"has another reason: {line.reason}")
    if line.state in {FileState.READY, FileState.PARTIAL} and (
        line.pages < outcome.pages or line.words < outcome.words or not line.chunks
    ):
        found.append(f"has {line.pages} pages, {line.words} words, {line.chunks} chunks")
    return found


def test_every_file_is_read_or_left_out_as_it_must_be(
    test_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "LoadedModels", QuickModels)
    options = Options()
    there = {
        path.relative_to(test_data).as_posix()
        for folder in FOLDERS
        for path in (test_data / folder).rglob("*")
        if path.is_file()
    }

    with session.Session(tmp_path / "library", options=options) as library, Watch() as watch:
        for _ in library.add([test_data / folder for folder in FOLDERS], CancelToken()):
            pass
        lines = {line.path.relative_to(test_data).as_posix(): line for line in library.files()}

    assert there == set(OUTCOMES)
    wrong = [
        f"{name} {problem} ({outcome.why})"
        for name, outcome in OUTCOMES.items()
        for problem in problems_of(outcome, lines.get(name))
    ]
    assert not wrong, "\n".join(wrong)
    assert set(lines) == set(OUTCOMES)
    old_word = lines["mixed/legacy_binary/simple.doc"]
    assert old_word.state is FileState.READY or OFFICE_MISSING in old_word.reason
    assert watch.peak_mb <= options.parse_memory_mb
    slowest = max(lines.values(), key=lambda line: line.seconds)
    assert slowest.seconds <= options.parse_seconds, slowest.path.name
