"""Sections, tables and places are found as by going through all of them, but at once."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.records import DocumentInfo, DocumentText, Heading, Mark, Page, Table

LINE = "x" * 9 + "\n"
MANY = 20_000


def document(page: Page) -> DocumentText:
    return DocumentText.from_pages(DocumentInfo("Report", 1, False, "text"), [page])


def with_headings(levels: list[int]) -> DocumentText:
    headings = [Heading(n * 10, n * 10 + 9, level, "x" * 9) for n, level in enumerate(levels)]
    return document(Page(1, "1", LINE * len(levels), headings=tuple(headings)))


def sections_one_by_one(text: DocumentText, offset: int) -> tuple[Heading, ...]:
    path: list[Heading] = []
    for heading in text.headings:
        if heading.start <= offset:
            while path and path[-1].level >= heading.level:
                path.pop()
            path.append(heading)
    return tuple(path)


@given(st.lists(st.integers(1, 7), max_size=40), st.integers(0, 400))
def test_the_section_is_the_path_of_headings_above(levels: list[int], offset: int) -> None:
    text = with_headings(levels)

    assert text.section_at(offset) == sections_one_by_one(text, offset)
    assert text.opens_section(offset) == (offset in {h.start for h in text.headings})


def test_headings_without_end_make_no_path_without_end() -> None:
    text = with_headings(list(range(1, 1000)))

    path = text.section_at(len(text.text))

    assert len(path) <= 12
    assert path[0] == text.headings[0]
    assert path[-1] == text.headings[-1]


def test_the_table_that_holds_most_is_found() -> None:
    tables = (Table(0, 20, "one", ""), Table(30, 60, "two", ""))
    text = document(Page(1, "1", LINE * 10, tables=tables))

    assert text.table_at(15, 40) == tables[1]
    assert text.table_at(5, 33) == tables[0]
    assert text.table_at(20, 30) is None
    assert text.table_at(70, 90) is None


def test_a_document_keeps_its_sections_in_another_process() -> None:
    text = with_headings([1, 2, 3])

    assert pickle.loads(pickle.dumps(text)).section_at(25) == text.section_at(25)


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (("row 3", "row 9"), "row 3–9"),
        (("row 3–5", "row 9–12"), "row 3–12"),
        (("row 3–5", "row 9"), "row 3–9"),
        (("0:00:03", "0:12:31"), "0:00:03–0:12:31"),
        (("book 1", "author 2"), "book 1"),
        (("plan 2024.pdf, p. 3", "plan 2024.pdf, p. 5"), "plan 2024.pdf, p. 3–5"),
    ],
)
def test_marks_over_a_passage_are_joined(names: tuple[str, str], place: str) -> None:
    text = document(Page(1, "1", LINE * 2, marks=(Mark(0, names[0]), Mark(10, names[1]))))

    assert text.place_at(0, 20) == place


def test_finding_takes_no_longer_among_many() -> None:
    levels = [2 + n % 5 for n in range(MANY)]
    headings = tuple(Heading(n * 10, n * 10 + 9, level, "x" * 9) for n, level in enumerate(levels))
    tables = tuple(Table(n * 10, n * 10 + 9, "", "") for n in range(MANY))
    marks = tuple(Mark(n * 10, f"row {n}") for n in range(MANY))
    page = Page(1, "1", LINE * MANY, headings=headings, tables=tables, marks=marks)
    text = document(page)

    begun = time.perf_counter()
    for offset in range(0, len(text.text), 100):
        text.section_at(offset)
        text.table_at(offset, offset + 50)
        text.place_at(offset, offset + 50)

    assert time.perf_counter() - begun < 2  # one by one: half a minute
