"""What is forgotten leaves Chroma's files, too."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from rag.index import reconcile
from rag.protocols import FloatMatrix
from tests.rag.index.indexed_library import SETTLE_S, Library

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

CLOSE = 2e-3


def forgotten(library: Library) -> FloatMatrix:
    """The vector, on the disk, of a document that was then forgotten."""
    chunk_id = int(library.catalog.vectors().ids[0])
    (vector,) = library.index._exact.take(np.array([chunk_id]))[2]
    assert files_with(library, vector)
    path = library.catalog.chunks([chunk_id])[0].path
    library.index.delete(library.catalog.forget_files([path]))
    return vector


def files_with(library: Library, vector: FloatMatrix) -> list[Path]:
    """The files of Chroma that hold `vector`, which it brings to length 1."""
    files = [path for path in library.chroma.rglob("*") if path.is_file()]
    return [path for path in files if any(_holds(path.read_bytes()[n:], vector) for n in range(4))]


def _holds(content: bytes, vector: FloatMatrix) -> bool:
    numbers = np.frombuffer(content[: len(content) // 4 * 4], "<f4")
    with np.errstate(all="ignore"):  # not all that is read here is a number
        starts = np.flatnonzero(np.abs(numbers[: 1 - len(vector)] - vector[0]) < CLOSE)
    return any(np.abs(numbers[n : n + len(vector)] - vector).max() < CLOSE for n in starts)


def test_forgotten_vectors_are_in_no_file_once_the_library_is_closed(library: Library):
    vector = forgotten(library)

    library.stop()

    assert files_with(library, vector) == []
    library.start()
    assert library.notice == ""
    assert library.chroma_answers


def test_forgotten_vectors_leave_the_disk_in_the_next_quiet_moment(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    library.stop()
    monkeypatch.setattr(reconcile, "QUIET_S", 0.1)
    library.start()
    assert library.chroma_answers
    vector = forgotten(library)
    expected = library.answers()

    deadline = time.monotonic() + SETTLE_S
    while files_with(library, vector) and time.monotonic() < deadline:
        library.index._closing.wait(0.05)

    assert files_with(library, vector) == []
    assert library.answers() == expected


def test_what_a_killed_process_did_not_forget_is_forgotten_at_the_next_start(library: Library):
    vector = forgotten(library)
    killed = library.folder.with_name("killed")
    shutil.copytree(library.folder, killed)

    after = Library(killed)

    assert after.chroma_answers
    assert files_with(after, vector) == []
    after.stop()
