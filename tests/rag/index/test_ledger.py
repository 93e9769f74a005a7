"""Files and their documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.index.catalog import Catalog
from rag.records import FileRecord, FileState
from tests.rag.index.filling import add, begin, content_hash, record


def on_the_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("library.sqlite3*")).lower()


def test_a_line_of_the_ledger_comes_back_as_it_was_saved(catalog: Catalog, tmp_path):
    saved = FileRecord(
        tmp_path / "a.pdf", tmp_path, FileState.PARTIAL, "2 pages are scans.",
        pages=9, words=1234, chunks=17, scanned_pages=2, empty_pages=1, seconds=0.25,
        size_bytes=5_000_000_000, modified_ns=1_700_000_000_123_456_789, paged=False,
    )  # fmt: skip

    catalog.save_files([saved])

    assert catalog.file(tmp_path / "a.pdf") == saved
    assert catalog.file(tmp_path / "b.pdf") is None


def test_the_ledger_is_sorted_by_path(catalog: Catalog, tmp_path):
    names = ["b.txt", "a.txt", "ä.txt", "a/b.txt"]

    catalog.save_files([record(tmp_path / name) for name in names])

    assert [f.path for f in catalog.files()] == sorted(tmp_path / name for name in names)


def test_saving_a_line_keeps_the_document_that_its_path_shows(catalog: Catalog, tmp_path):
    path = tmp_path / "a.txt"
    document_id = add(catalog, path, "words")

    catalog.save_files([record(path, FileState.READING)])

    assert catalog.document_of(path) == document_id
    assert catalog.find_document(content_hash("words")) == catalog.document_of(path)


def test_a_path_that_was_never_read_has_no_content(catalog: Catalog, tmp_path):
    catalog.save_files([record(tmp_path / "a.txt", FileState.WAITING)])

    assert catalog.document_of(tmp_path / "a.txt") is None


def test_a_changed_file_takes_the_place_of_what_it_was(catalog: Catalog, tmp_path):
    path = tmp_path / "a.txt"
    add(catalog, path, "old words")
    old = catalog.vectors().ids.tolist()
    document_id, _ = begin(catalog, "new words")

    gone = catalog.finish_document(document_id, record(path))

    assert gone == old
    assert [s.chunk.text for s in catalog.chunks(catalog.vectors().ids.tolist())] == ["new words"]
    assert catalog.search_words("old", 10, None) == []
    assert catalog.find_document(content_hash("old words")) is None


def test_a_file_read_again_with_the_same_content_has_one_document(catalog: Catalog, tmp_path):
    path = tmp_path / "a.txt"
    first = add(catalog, path, "words")

    second = add(catalog, path, "words")

    assert first != second
    assert catalog.find_document(content_hash("words")) == second
    assert catalog.count_chunks() == 1


def test_of_equal_files_the_first_read_holds_the_chunks(catalog: Catalog, tmp_path):
    holder, copy = tmp_path / "z.txt", tmp_path / "a.txt"
    document_id = add(catalog, holder, "words")

    assert catalog.link_file(record(copy), document_id) == []

    assert {f.path: f.same_as for f in catalog.files()} == {holder: None, copy: holder}
    assert catalog.count_chunks() == 1
    assert catalog.chunks(catalog.vectors().ids.tolist())[0].path == holder


def test_the_next_copy_takes_over_when_the_holder_goes(catalog: Catalog, tmp_path):
    holder, copy = tmp_path / "a.txt", tmp_path / "b.txt"
    document_id = add(catalog, holder, "words")
    catalog.link_file(record(copy), document_id)

    assert catalog.forget_files([holder]) == []

    assert [(f.path, f.same_as) for f in catalog.files()] == [(copy, None)]
    assert catalog.chunks(catalog.vectors().ids.tolist())[0].path == copy


def test_a_copy_that_changes_leaves_the_document_to_the_others(catalog: Catalog, tmp_path):
    holder, copy = tmp_path / "a.txt", tmp_path / "b.txt"
    document_id = add(catalog, holder, "words")
    catalog.link_file(record(copy), document_id)
    changed, _ = begin(catalog, "other words")

    assert catalog.finish_document(changed, record(holder)) == []

    assert catalog.document_of(copy) == document_id
    assert catalog.file(copy).same_as is None
    assert catalog.count_chunks() == 2


def test_a_chunk_is_shown_in_a_file_that_is_still_there(catalog: Catalog, tmp_path):
    holder, copy = tmp_path / "a.txt", tmp_path / "b.txt"
    document_id = add(catalog, holder, "words")
    catalog.link_file(record(copy), document_id)

    catalog.save_files([record(holder, FileState.MISSING)])

    assert catalog.chunks(catalog.vectors().ids.tolist())[0].path == copy


def test_a_renamed_file_is_not_read_again(catalog: Catalog, tmp_path):
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    document_id = add(catalog, old, "words")

    gone = catalog.link_file(record(new), document_id) + catalog.forget_files([old])

    assert gone == []
    assert catalog.document_of(new) == document_id
    assert [(f.path, f.same_as) for f in catalog.files()] == [(new, None)]


def test_linking_a_file_to_other_content_drops_what_it_showed(catalog: Catalog, tmp_path):
    one, two = tmp_path / "a.txt", tmp_path / "b.txt"
    document_id = add(catalog, one, "words")
    add(catalog, two, "other")
    other = catalog.vectors().ids.tolist()[-1]

    assert catalog.link_file(record(two), document_id) == [other]


def test_forgetting_a_file_returns_the_chunks_that_are_gone(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "a1\na2")
    add(catalog, tmp_path / "b.txt", "b1")
    *gone, kept = catalog.vectors().ids.tolist()

    assert catalog.forget_files([tmp_path / "a.txt", tmp_path / "unknown.txt"]) == gone

    assert catalog.vectors().ids.tolist() == [kept]
    assert [f.path.name for f in catalog.files()] == ["b.txt"]


def test_forgotten_words_are_nowhere_on_the_disk(catalog: Catalog, folder, tmp_path):
    add(catalog, tmp_path / "secret.txt", "Zanzibar quokka")
    add(catalog, tmp_path / "kept.txt", "other words")

    catalog.forget_files([tmp_path / "secret.txt"])

    left = on_the_disk(folder)
    assert b"other words" in left
    assert b"zanzibar" not in left
    assert b"quokka" not in left


def test_a_written_form_goes_with_the_last_text_that_holds_it(catalog: Catalog, folder, tmp_path):
    add(catalog, tmp_path / "a.txt", "organisational change\norganisational charts")
    add(catalog, tmp_path / "b.txt", "organs, organisational")
    add(catalog, tmp_path / "c.txt", "an organ and its organs")

    catalog.forget_files([tmp_path / "a.txt"])
    assert b"organisational" in on_the_disk(folder)

    catalog.forget_files([tmp_path / "b.txt"])
    left = on_the_disk(folder)
    assert b"organs" in left
    assert b"organisational" not in left


def test_written_forms_in_titles_and_headings_go_too(catalog: Catalog, folder, tmp_path):
    add(catalog, tmp_path / "a.txt", "§ Zanzibars\nwords", title="Quokkas")
    add(catalog, tmp_path / "b.txt", "zanzibar and quokka")

    catalog.forget_files([tmp_path / "a.txt"])

    left = on_the_disk(folder)
    assert b"zanzibar" in left
    assert b"zanzibars" not in left
    assert b"quokkas" not in left


def replaced(catalog: Catalog, path: Path) -> None:
    document_id, _ = begin(catalog, "other words")
    catalog.finish_document(document_id, record(path))


def linked(catalog: Catalog, path: Path) -> None:
    catalog.link_file(record(path), add(catalog, path.with_name("b.txt"), "other words"))


def begun_again(catalog: Catalog, path: Path) -> None:
    replaced(catalog, path)
    begin(catalog, "Zanzibar quokka, never finished")
    begin(catalog, "Zanzibar quokka, never finished")
    catalog.drop_incomplete()


@pytest.mark.parametrize("drop", [replaced, linked, begun_again])
def test_dropped_words_are_nowhere_on_the_disk_once_leftovers_are_erased(
    catalog: Catalog, folder, tmp_path, drop: Callable[[Catalog, Path], None]
):
    add(catalog, tmp_path / "a.txt", "Zanzibar quokka")

    drop(catalog, tmp_path / "a.txt")
    catalog.erase_leftovers()

    left = on_the_disk(folder)
    assert b"other words" in left
    assert b"zanzibar" not in left
    assert b"quokka" not in left


def test_what_an_interrupted_reading_dropped_is_erased_at_the_next_start(folder, tmp_path):
    catalog = Catalog.open(folder)
    add(catalog, tmp_path / "a.txt", "Zanzibar quokka")
    replaced(catalog, tmp_path / "a.txt")
    catalog.close()
    assert b"quokka" in on_the_disk(folder)

    catalog = Catalog.open(folder)
    assert catalog.drop_incomplete() == []

    assert b"quokka" not in on_the_disk(folder)
    catalog.close()


def test_where_nothing_was_dropped_nothing_is_erased(catalog: Catalog, tmp_path):
    catalog.erase_leftovers()
    add(catalog, tmp_path / "a.txt", "words")
    before = catalog.changes

    catalog.erase_leftovers()

    assert catalog.changes == before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow only text as names")
def test_a_name_that_is_no_text_is_kept_as_it_is(catalog: Catalog, tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")

    add(catalog, path, "words")
    catalog.add_root(path)

    assert [f.path for f in catalog.files()] == catalog.roots() == [path]


def test_roots_are_kept_once_in_the_order_they_were_added(catalog: Catalog, tmp_path):
    for name in ("b", "a", "c", "b"):
        catalog.add_root(tmp_path / name)
    catalog.remove_root(tmp_path / "a")

    assert catalog.roots() == [tmp_path / "b", tmp_path / "c"]


def test_every_other_file_or_folder_is_a_change(catalog: Catalog, tmp_path):
    path, copy = tmp_path / "a.txt", tmp_path / "b.txt"
    seen = [catalog.changes]

    catalog.add_root(tmp_path)
    seen.append(catalog.changes)
    document_id = add(catalog, path, "words")
    seen.append(catalog.changes)
    catalog.link_file(record(copy), document_id)
    seen.append(catalog.changes)
    catalog.forget_files([copy])
    seen.append(catalog.changes)
    catalog.remove_root(tmp_path)
    seen.append(catalog.changes)

    assert seen == sorted(set(seen))


def test_what_leaves_all_files_as_they_are_is_no_change(catalog: Catalog, tmp_path):
    path = tmp_path / "a.txt"
    add(catalog, path, "words")
    before = catalog.changes

    catalog.set_setting("theme", "dark")
    catalog.save_files([record(path, FileState.READING)])
    begin(catalog, "unfinished words")
    catalog.drop_incomplete()

    assert catalog.changes == before


def test_a_setting_is_the_last_that_was_set(catalog: Catalog):
    catalog.set_setting("samples", "added")
    catalog.set_setting("samples", "removed")

    assert catalog.setting("samples") == "removed"
    assert catalog.setting("unknown") is None
