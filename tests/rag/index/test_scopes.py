"""What a scope holds: folders, types, dates and pages, alone and together."""

from __future__ import annotations

import os
import random
import sys
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product
from pathlib import Path

import pytest

from rag.errors import NothingInScope, NotInLibrary
from rag.index.catalog import Catalog
from rag.records import Chunk, DocumentInfo, FileState, Page, Scope
from tests.rag.index.filling import add, begin, key, made_of, record

JANUARY, MAY, JULY = date(2023, 1, 31), date(2023, 5, 5), date(2024, 7, 1)


def noon(day: date) -> int:
    """The nanosecond at noon of `day` by the local clock."""
    return int(datetime(day.year, day.month, day.day, 12).timestamp()) * 10**9  # noqa: DTZ001


def texts_in(catalog: Catalog, scope: Scope) -> set[str]:
    """The texts of the chunks in `scope`."""
    found = catalog.chunks_in(scope)
    ids = catalog.vectors().ids if found is None else found.marks.nonzero()[0]
    return {s.chunk.text for s in catalog.chunks(ids.tolist())}


def test_a_chunk_is_shown_in_a_file_within_the_scope(catalog: Catalog, tmp_path):
    holder, copy = tmp_path / "a" / "x.txt", tmp_path / "b" / "x.txt"
    document_id = add(catalog, holder, "words")
    catalog.link_file(record(copy), document_id)
    ids = catalog.vectors().ids.tolist()

    def path_for(*scope: Path) -> Path:
        return catalog.chunks(ids, Scope(scope))[0].path

    assert path_for() == path_for(tmp_path) == path_for(tmp_path / "a") == holder
    assert path_for(tmp_path / "b") == path_for(copy) == copy
    assert path_for(tmp_path / "elsewhere") == holder


@pytest.fixture
def shelf(catalog: Catalog, tmp_path: Path) -> dict[str, int]:
    """Documents by name, in folders whose names are easily mixed up."""
    names = ["100%/a.txt", "100x/b.txt", "my_files/c.txt", "myxfiles/d.txt", "Ünïcode 😀/e.txt"]
    names += ["my_files/deep/er/f.txt", "my_files.txt"]
    catalog.add_root(tmp_path)
    return {name: add(catalog, tmp_path / name, f"words of {name}") for name in names}


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        (["100%"], ["100%/a.txt"]),
        (["my_files"], ["my_files/c.txt", "my_files/deep/er/f.txt"]),
        (["my_files/deep"], ["my_files/deep/er/f.txt"]),
        (["my_files/c.txt"], ["my_files/c.txt"]),
        (["Ünïcode 😀"], ["Ünïcode 😀/e.txt"]),
        (["100%", "100x/b.txt"], ["100%/a.txt", "100x/b.txt"]),
    ],
)
def test_a_scope_holds_a_folders_subtree_and_nothing_beside_it(
    catalog: Catalog, tmp_path, shelf, scope, inside
):
    paths = tuple(tmp_path / name for name in scope)

    assert catalog.documents_in(Scope(paths)) == {shelf[name] for name in inside}
    assert catalog.coverage(Scope(paths)) == (len(inside), 0)


def test_a_root_and_the_folders_above_it_hold_all_of_it(catalog: Catalog, tmp_path, shelf):
    assert catalog.documents_in(Scope((tmp_path,))) == set(shelf.values())
    assert catalog.documents_in(Scope((Path(tmp_path.anchor),))) == set(shelf.values())


def test_an_empty_scope_sets_no_limit(catalog: Catalog, shelf):
    assert catalog.documents_in(Scope()) is None


@pytest.mark.parametrize("name", ["my", "my_files/c", "nowhere", "my_files/c.txt/x"])
def test_a_scope_outside_the_library_is_refused(catalog: Catalog, tmp_path, shelf, name):
    with pytest.raises(NotInLibrary, match="is not in the library"):
        catalog.documents_in(Scope((tmp_path / name,)))


def test_an_empty_root_is_in_the_library(catalog: Catalog, tmp_path):
    catalog.add_root(tmp_path / "empty")

    assert catalog.documents_in(Scope((tmp_path / "empty",))) == frozenset()


def test_coverage_counts_what_is_read_and_what_waits(catalog: Catalog, tmp_path):
    states = ["ready", "partial", "waiting", "reading", "failed", "skipped", "missing"]
    files = [record(tmp_path / "in" / name, FileState(name)) for name in states]
    outside = replace(files[0], path=tmp_path / "out" / "ready")

    catalog.save_files([*files, outside])

    assert catalog.coverage(Scope((tmp_path / "in",))) == (2, 2)
    assert catalog.coverage(Scope()) == (3, 2)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow only text as names")
def test_names_that_are_no_text_are_told_apart(catalog: Catalog, tmp_path: Path):
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    inside = add(catalog, folder / os.fsdecode(b"\xff.PDF"), "inside")
    add(catalog, tmp_path / "cafe" / os.fsdecode(b"\xfe.PDF"), "outside")

    assert catalog.documents_in(Scope((folder,))) == {inside}
    assert catalog.documents_in(Scope((folder,), ("pdf",))) == {inside}
    assert catalog.documents_in(Scope((folder / os.fsdecode(b"\xff.PDF"),))) == {inside}


# ------------------------------------------------------------ types, dates and pages


@dataclass(frozen=True)
class Sheet:
    """A file of the office, and the text on each of its pages."""

    name: str
    day: date
    pages: int  # 0 for a format without pages

    @property
    def texts(self) -> list[str]:
        return [f"{self.name} page {n}" for n in range(1, max(1, self.pages) + 1)]


OFFICE = [
    Sheet(f"{folder}/{day:%Y-%m}{suffix}", day, pages)
    for folder, day, (suffix, pages) in product(
        ("letters", "letters/old", "bills"),
        (JANUARY, MAY, JULY),
        ((".pdf", 4), (".PDF", 2), (".docx", 0), (".txt", 0)),
    )
]


@pytest.fixture
def office(catalog: Catalog, tmp_path: Path) -> Path:
    catalog.add_root(tmp_path)
    for sheet in OFFICE:
        document_id, _ = begin(catalog, *sheet.texts, paged=bool(sheet.pages))
        file = record(tmp_path / sheet.name)
        catalog.finish_document(document_id, replace(file, modified_ns=noon(sheet.day)))
    return tmp_path


def expected(office: Path, scope: Scope) -> set[str]:
    """The texts in `scope`, told the slow and simple way."""
    return {
        text
        for sheet in OFFICE
        for number, text in enumerate(sheet.texts, 1)
        if not scope.paths
        or any((office / sheet.name).is_relative_to(path) for path in scope.paths)
        if not scope.types or Path(sheet.name).suffix.lower()[1:] in scope.types
        if scope.since is None or sheet.day >= scope.since
        if scope.until is None or sheet.day <= scope.until
        if not scope.pages
        or (sheet.pages and any(first <= number <= last for first, last in scope.pages))
    }


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        (Scope(types=("pdf",)), 54),
        (Scope(types=("docx", "txt")), 18),
        (Scope(since=MAY), 48),
        (Scope(until=MAY), 48),
        (Scope(since=MAY, until=MAY), 24),
        (Scope(pages=((2, 2),)), 18),
        (Scope(pages=((4, 9), (1, 1))), 27),
        (Scope(types=("pdf",), since=MAY, pages=((3, 4),)), 12),
    ],
)
def test_each_limit_leaves_out_what_it_should(catalog: Catalog, office, scope, count):
    found = texts_in(catalog, scope)

    assert found == expected(office, scope)
    assert len(found) == count


def test_limits_together_hold_what_each_of_them_holds(catalog: Catalog, office: Path):
    drawn = random.Random(0)
    seen_empty = seen_some = 0
    for _ in range(100):
        scope = Scope(
            paths=tuple(office / name for name in drawn.choice(
                [(), ("letters",), ("letters/old", "bills"), ("bills/2023-01.pdf", "letters")]
            )),
            types=drawn.choice([(), ("pdf",), ("docx",), ("pdf", "txt")]),
            since=drawn.choice([None, date(2023, 2, 1), MAY, date(2025, 1, 1)]),
            until=drawn.choice([None, JANUARY, MAY, JULY]),
            pages=drawn.choice([(), ((1, 1),), ((3, 3), (4, 8)), ((9, 9),)]),
        )  # fmt: skip
        wanted = expected(office, scope)
        if scope == Scope():
            assert catalog.chunks_in(scope) is None
        elif wanted:
            seen_some += 1
            assert texts_in(catalog, scope) == wanted, scope
        else:
            seen_empty += 1
            with pytest.raises(NothingInScope):
                catalog.chunks_in(scope)
    assert min(seen_empty, seen_some) > 20


def test_the_calendars_first_and_last_day_leave_nothing_out(catalog: Catalog, office: Path):
    assert len(texts_in(catalog, Scope(since=date.min, until=date.max))) == 72


def test_a_scope_that_leaves_nothing_out_sets_no_limit(catalog: Catalog, office: Path):
    everything = Scope((office,), ("pdf", "docx", "txt"), since=JANUARY)

    assert catalog.chunks_in(everything) is None
    assert catalog.chunks_in(replace(everything, pages=((1, 9),))) is not None
    assert catalog.chunks_in(replace(everything, since=MAY)) is not None


def test_a_search_by_words_keeps_to_the_scope(catalog: Catalog, office: Path):
    scope = Scope((office / "bills",), ("pdf",), since=JULY, pages=((2, 2),))

    hits = catalog.search_words("page", 100, catalog.chunks_in(scope))

    found = {s.chunk.text for s in catalog.chunks([hit.chunk_id for hit in hits])}
    assert found == {"bills/2024-07.pdf page 2", "bills/2024-07.PDF page 2"}


def test_coverage_counts_the_files_of_the_whole_scope(catalog: Catalog, office: Path):
    waiting = record(office / "bills" / "new.pdf", FileState.WAITING)
    catalog.save_files([replace(waiting, modified_ns=noon(JULY))])

    assert catalog.coverage(Scope(types=("pdf",))) == (18, 1)
    assert catalog.coverage(Scope(types=("docx",))) == (9, 0)
    assert catalog.coverage(Scope(since=JULY)) == (12, 1)
    assert catalog.coverage(Scope(until=MAY)) == (24, 0)
    assert catalog.coverage(Scope(pages=((3, 3),))) == (9, 1)  # who knows what the new one has
    assert catalog.coverage(Scope(pages=((1, 1),))) == (18, 1)
    assert catalog.coverage(Scope((office / "bills",), ("pdf",), since=JULY)) == (2, 1)


def test_a_chunk_over_two_pages_is_on_both(catalog: Catalog, tmp_path: Path):
    info = DocumentInfo("Minutes", 3, paged=True, format="PDF")
    document_id = catalog.start_document("hash", info)
    texts = ["one", "begun", "ended"]
    catalog.write_pages(document_id, [Page(n, str(n), text) for n, text in enumerate(texts, 1)])
    chunks = [
        Chunk(0, 3, "one", 1, 1, "", "p. 1", ""),
        Chunk(4, 15, "begun\fended", 2, 3, "", "p. 2", ""),
    ]
    catalog.write_chunks(document_id, chunks, [key(c.text) for c in chunks], made_of(texts[:2]))
    catalog.finish_document(document_id, record(tmp_path / "a.pdf"))

    def on(first: int, last: int) -> set[str]:
        return texts_in(catalog, Scope(pages=((first, last),)))

    assert on(2, 2) == on(3, 3) == on(3, 7) == {"begun\fended"}
    assert on(1, 1) == {"one"}
    assert on(1, 2) == {"one", "begun\fended"}


def test_a_page_without_text_is_in_scope_and_holds_nothing(catalog: Catalog, tmp_path: Path):
    add(catalog, tmp_path / "a.pdf", "words", "", "more words")

    assert texts_in(catalog, Scope(pages=((2, 2),))) == set()
    with pytest.raises(NothingInScope, match="No file in the library has page 4"):
        catalog.chunks_in(Scope(pages=((4, 4),)))


def test_a_file_in_two_folders_counts_by_the_one_in_scope(catalog: Catalog, tmp_path: Path):
    old, new = tmp_path / "archive" / "a.txt", tmp_path / "desk" / "a.md"
    document_id, ids = begin(catalog, "the same words")
    catalog.finish_document(document_id, replace(record(old), modified_ns=noon(JANUARY)))
    catalog.link_file(replace(record(new), modified_ns=noon(JULY)), document_id)

    def path_for(scope: Scope) -> Path:
        assert texts_in(catalog, scope) == {"the same words"}
        return catalog.chunks(ids, scope)[0].path

    assert path_for(Scope(types=("md",))) == path_for(Scope(since=JULY)) == new
    assert path_for(Scope(types=("txt",))) == path_for(Scope(until=MAY)) == old
    assert path_for(Scope(since=JANUARY)) == old
    for nothing in (Scope((old,), since=JULY), Scope((new.parent,), ("txt",))):
        with pytest.raises(NothingInScope):
            catalog.chunks_in(nothing)


def test_a_scope_follows_what_is_read_moved_and_forgotten(catalog: Catalog, tmp_path: Path):
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    add(catalog, one, "first words")
    assert texts_in(catalog, Scope((tmp_path,))) == {"first words"}

    document_id, _ = begin(catalog, "second words")
    assert texts_in(catalog, Scope((tmp_path,))) == {"first words"}
    catalog.finish_document(document_id, record(two))
    assert texts_in(catalog, Scope((tmp_path,))) == {"first words", "second words"}

    catalog.save_files([replace(record(one), modified_ns=noon(JULY))])
    assert texts_in(catalog, Scope(since=JULY)) == {"first words"}

    catalog.forget_files([one])
    assert texts_in(catalog, Scope((tmp_path,))) == {"second words"}
    with pytest.raises(NotInLibrary):
        catalog.chunks_in(Scope((one,)))


# ------------------------------------------------------------ nothing in scope, in words


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope(types=("xhtml",)), "No file in the library is of type XHTML. Ask of more files."),
        (Scope(since=date(2030, 1, 2)), "was changed on 2030-01-02 or later."),
        (Scope(until=date(2001, 1, 2)), "was changed on 2001-01-02 or earlier."),
        (
            Scope(types=("pdf", "md"), since=date(2001, 1, 2), until=date(2001, 1, 3)),
            "is of type PDF or MD and was changed between 2001-01-02 and 2001-01-03.",
        ),
        (Scope(pages=((7, 9), (12, 12))), "has page 7–9 or 12."),
    ],
)
def test_a_scope_that_no_file_meets_is_told_in_words(catalog: Catalog, office, scope, words):
    with pytest.raises(NothingInScope) as told:
        catalog.chunks_in(scope)

    assert words in str(told.value)


def test_the_folders_of_an_empty_scope_are_named(catalog: Catalog, office: Path):
    scope = Scope((office / "letters", office / "bills"), ("md",))

    with pytest.raises(NothingInScope, match="lies in “letters” or “bills” and is of type MD"):
        catalog.chunks_in(scope)


def test_files_that_wait_to_be_read_are_no_empty_scope(catalog: Catalog, office: Path):
    catalog.save_files([record(office / "new.md", FileState.WAITING)])

    assert texts_in(catalog, Scope(types=("md",))) == set()
    assert catalog.coverage(Scope(types=("md",))) == (0, 1)


def test_a_folder_with_a_line_of_its_own_holds_the_files_below_it_too(catalog, tmp_path: Path):
    document_id = add(catalog, tmp_path / "desk" / "a.txt", "words")
    catalog.save_files([record(tmp_path / "desk", FileState.FAILED)])

    assert catalog.documents_in(Scope((tmp_path / "desk",))) == {document_id}
