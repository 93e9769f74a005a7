"""The vector index that sessions use, whole and with Chroma broken in every way."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag.index.vectors import ChromaIndex, IndexBroken
from rag.protocols import ChunkSet
from tests.rag.index.filling import DIMENSION, add, begin, record, vectors_of
from tests.rag.index.indexed_library import CHUNKS, DOCUMENTS, Answers, Library, questions

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]


def test_chroma_and_exact_search_answer_alike(library: Library):
    by_chroma = library.answers()

    exactly = [library.index._exact.query(question, 20, None) for question in questions()]

    assert by_chroma == exactly
    assert library.index._chroma.count() == library.index.count() == DOCUMENTS * CHUNKS


def test_a_sound_index_is_used_again(library: Library):
    before = library.answers()
    library.stop()

    library.start()

    assert library.notice == ""
    assert library.answers() == before
    assert library.chroma_answers
    assert library.answers() == before


def files_of(chroma: Path) -> list[Path]:
    return sorted(p for p in chroma.rglob("*") if p.is_file() and p.stat().st_size)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 2 // 3)


def garble(path: Path) -> None:
    content = path.read_bytes()
    third = len(content) // 3
    path.write_bytes(content[:third] + os.urandom(third) + content[2 * third :])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("sealed", [True, False], ids=["closed", "killed"])
@pytest.mark.parametrize("damage", [cut, garble, empty, Path.unlink])
def test_any_damaged_file_of_chroma_changes_no_answer(
    library: Library, damage: Callable[[Path], None], *, sealed: bool
):
    before = library.answers()
    library.stop()
    sound = library.folder / "sound"
    shutil.copytree(library.chroma, sound)
    for file in [path.relative_to(sound) for path in files_of(sound)]:
        shutil.rmtree(library.chroma)
        shutil.copytree(sound, library.chroma)
        damage(library.chroma / file)
        if not sealed:
            (library.folder / "chroma.seal").unlink(missing_ok=True)

        library.start()

        assert ("was damaged" in library.notice) == sealed
        assert library.answers() == before
        assert library.chroma_answers, file
        assert library.answers() == before, file
        library.stop()
    library.start()


@pytest.mark.parametrize("sealed", [True, False], ids=["closed", "killed"])
@pytest.mark.parametrize("lost", ["segment", "database", "all"])
def test_lost_parts_of_chroma_change_no_answer(library: Library, lost: str, *, sealed: bool):
    before = library.answers()
    library.stop()
    match lost:
        case "segment":
            for path in library.chroma.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
        case "database":
            (library.chroma / "chroma.sqlite3").unlink()
        case "all":
            shutil.rmtree(library.chroma)
    if not sealed:
        (library.folder / "chroma.seal").unlink()

    library.start()

    assert library.answers() == before
    assert library.chroma_answers
    assert library.answers() == before
    assert library.index._chroma.count() == library.index.count()


def test_vectors_that_chroma_lacks_are_brought_in_and_others_removed(library: Library):
    before = library.answers()
    library.stop()
    index = ChromaIndex(library.chroma, DIMENSION, library.index._seal.origin)
    index.delete(index.ids()[::3].tolist())
    index.upsert([888_888], [1], questions()[:1])
    index.close()
    library.index._seal.apply()

    library.start()

    assert library.chroma_answers
    assert library.answers() == before
    assert library.index._chroma.ids().tolist() == library.index._exact.ids().tolist()


def test_another_catalogs_vectors_are_not_taken_for_its_own(library: Library):
    library.stop()
    for file in library.folder.glob("library*"):
        file.unlink()

    library.start()
    ids = library.add("new.txt", 3)

    assert library.notice == ""
    assert library.chroma_answers
    found = library.index.query(vectors_of(["new.txt line 1"])[0], 5, None)
    assert found[0].chunk_id == ids[1]
    assert {hit.chunk_id for hit in found} == set(ids)


def test_what_is_read_while_the_index_is_rebuilt_is_found_at_once(library: Library):
    library.stop()
    cut(max(files_of(library.chroma), key=lambda p: p.stat().st_size))
    library.start()

    ids = library.add("late.txt", 4)

    question = vectors_of(["late.txt line 2"])[0]
    assert library.index.query(question, 1, None)[0].chunk_id == ids[2]
    assert library.chroma_answers
    assert library.index.query(question, 1, None)[0].chunk_id == ids[2]
    assert library.index._chroma.count() == library.index.count() == DOCUMENTS * CHUNKS + 4


def test_a_forgotten_document_is_found_no_more(library: Library):
    question = vectors_of(["3.txt line 7"])[0]
    found = library.index.query(question, 1, None)[0]
    assert found.score == pytest.approx(1, abs=1e-3)

    library.index.delete(library.catalog.forget_files([Path("files/3.txt")]))

    assert library.index.query(question, 1, None)[0].score < 0.99
    assert library.index._chroma.count() == (DOCUMENTS - 1) * CHUNKS


def test_an_unfinished_document_does_not_crowd_out_the_others(library: Library):
    question = questions()[0]
    before = library.index.query(question, 20, None)
    document_id, ids = begin(library.catalog, "\n".join(f"u {n}" for n in range(400)))
    library.index.upsert(ids, [document_id] * len(ids), np.repeat(question[None], len(ids), 0))

    assert library.index.query(question, 20, None) == before
    assert library.index.query(question, 20, ChunkSet.of(ids)) == []


class Broken:
    """A Chroma that fails whatever it is asked."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        def fail(*args: object) -> None:
            raise IndexBroken("the disk is gone")

        return fail


@pytest.mark.parametrize("when", ["query", "upsert", "delete"])
def test_when_chroma_fails_in_use_nobody_notices_and_the_next_start_mends_it(
    library: Library, when: str
):
    before = library.answers()
    library.index._chroma.close()
    library.index._chroma = Broken()

    match when:
        case "query":
            assert library.answers() == before
        case "upsert":
            library.add("more.txt", 2)
        case "delete":
            library.index.delete([999_999])

    assert library.index._chroma is None
    expected = library.answers()
    library.stop()
    library.start()
    assert ("was damaged" in library.notice) == (when != "delete")  # after that it is made anew
    assert library.chroma_answers
    assert library.answers() == expected


def test_many_threads_may_ask_while_one_adds(library: Library):
    before = library.answers()
    done = threading.Event()
    failures: list[Answers] = []

    def ask() -> None:
        while not done.is_set():
            if (answers := library.answers()) != before:
                failures.append(answers)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    far = -questions().sum(axis=0, keepdims=True)
    for n in range(8):
        document_id, ids = begin(library.catalog, f"far {n}")
        library.index.upsert(ids, [document_id], far)
        library.catalog.finish_document(document_id, record(library.folder / f"far {n}"))
    done.set()
    for thread in threads:
        thread.join()

    assert failures == []


def test_a_search_that_ends_at_once_never_wakes_chroma(library: Library):
    library.stop()
    seal = library.folder / "chroma.seal"
    before = seal.stat().st_mtime_ns

    library.start()
    library.answers()
    library.stop()

    assert seal.stat().st_mtime_ns == before
    library.start()


def test_an_empty_library_makes_no_index(folder: Path):
    library = Library(folder)
    library.answers()
    library.stop()

    assert not library.chroma.exists()


def test_what_came_in_just_before_closing_is_in_chroma_the_next_time(folder: Path):
    library = Library(folder)
    ids = library.add("quick.txt", 5)
    library.stop()

    index = ChromaIndex(library.chroma, DIMENSION, library.index._seal.origin)
    held = index.ids().tolist()
    index.close()

    assert held == ids


def test_closing_does_not_wait_for_a_rebuild(library: Library):
    add(library.catalog, library.folder / "a.txt", "\n".join(f"line {n}" for n in range(3000)))
    library.stop()
    shutil.rmtree(library.chroma)
    library.start()
    library.index._wanted.set()

    library.stop()

    library.start()
    assert library.chroma_answers
