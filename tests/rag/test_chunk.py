"""Documents are cut along their structure, within the limits, with exact offsets."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.chunk import LONGEST_CHARS, MOST_PAGES, OVERLAP_TOKENS, TARGET_TOKENS, chunk_document
from rag.records import Chunk, DocumentInfo, DocumentText, Heading, Page, Table


def tokens_of(text: str) -> list[int]:
    return [match.start() for match in re.finditer(r"\w+|[^\w\s]", text)]


def document(*texts: str, headings: tuple[str, ...] = (), paged: bool = True) -> DocumentText:
    pages = []
    for number, text in enumerate(texts, 1):
        found = tuple(
            Heading(text.index(title), text.index(title) + len(title), 1, title)
            for title in headings
            if title in text
        )
        pages.append(Page(number, str(number), text, headings=found))
    return DocumentText.from_pages(DocumentInfo("Report", len(pages), paged, "PDF"), pages)


def cut(text: DocumentText) -> list[Chunk]:
    return chunk_document(text)


PROSE = " ".join(f"Sentence number {n} tells of apples, pears and plums." for n in range(100))


def test_every_chunk_is_the_text_between_its_offsets() -> None:
    text = document(PROSE, PROSE)

    chunks = cut(text)

    assert len(chunks) > 5
    assert all(chunk.text == text.text[chunk.start : chunk.end] for chunk in chunks)


def test_every_word_is_in_some_chunk() -> None:
    text = document(PROSE, "A short page.", PROSE)

    covered = {offset for chunk in cut(text) for offset in range(chunk.start, chunk.end)}

    assert all(n in covered for n, char in enumerate(text.text) if not char.isspace())


def test_chunks_are_filled_but_not_over_the_target() -> None:
    text = document(PROSE)

    sizes = [len(tokens_of(chunk.text)) for chunk in cut(text)]

    assert max(sizes) <= TARGET_TOKENS
    assert min(sizes[:-1]) > TARGET_TOKENS * 0.6


def test_neighbours_in_running_text_overlap_by_whole_sentences() -> None:
    chunks = cut(document(PROSE))

    for one, other in itertools.pairwise(chunks):
        shared = one.text[other.start - one.start :]
        assert other.start < one.end
        assert shared.startswith("Sentence number")
        assert len(tokens_of(shared)) <= OVERLAP_TOKENS


def test_a_section_begins_a_chunk_and_names_it() -> None:
    text = document(f"Costs\n{PROSE}\n\nSavings\n{PROSE}", headings=("Costs", "Savings"))

    chunks = cut(text)

    savings = [chunk for chunk in chunks if chunk.heading == "Savings"]
    assert savings[0].text.startswith("Savings")
    assert not any("Savings" in chunk.text for chunk in chunks if chunk.heading == "Costs")


def test_a_tiny_section_is_joined_with_the_next_one() -> None:
    text = document("One\nA word.\n\nTwo\nAnother word.", headings=("One", "Two"))

    assert [chunk.text for chunk in cut(text)] == [text.text]


def test_messages_and_files_in_one_document_share_no_chunk() -> None:
    messages = ("Tea\n\nGreen.", "Milk\n\nCold.", "and more of it.")

    letters = document(*messages, headings=("Tea", "Milk"), paged=False)
    pages = document(*messages, headings=("Tea", "Milk"))

    assert [chunk.heading for chunk in cut(letters)] == ["Tea", "Milk"]
    assert [chunk.text for chunk in cut(letters)][1] == "Milk\n\nCold.\fand more of it."
    assert cut(pages)[0].text.startswith("Tea\n\nGreen.\fMilk")


def test_the_context_line_names_title_section_and_page() -> None:
    text = document("Nothing here yet.", f"Costs\n{PROSE}", headings=("Costs",))

    last = cut(text)[-1]

    assert last.context == "Report > Costs, p. 2"
    assert last.place == "p. 2"


def test_a_sentence_is_not_cut_at_an_abbreviation() -> None:
    text = document("He met Dr. Smith in St. Louis and J. R. Miller. " * 60)

    starts = {chunk.text.split(" ", 2)[0] for chunk in cut(text)}

    assert starts == {"He"}


def test_a_table_is_cut_between_its_rows() -> None:
    rows = [f"Item {n} | {n * 10} | {n * 100}" for n in range(200)]

    chunks = cut(document("\n".join(rows)))

    assert len(chunks) > 3
    assert all(line in rows for chunk in chunks for line in chunk.text.split("\n"))


def with_table(before: str, rows: list[str], after: str, table: tuple[str, str]) -> DocumentText:
    text = f"{before}\n\n" + "\n".join(rows) + f"\n\n{after}"
    start = len(before) + 2
    end = len(text) - len(after) - 2
    page = Page(1, "1", text, tables=(Table(start, end, *table),))
    return DocumentText.from_pages(DocumentInfo("Report", 1, True, "PDF"), [page])


def test_every_chunk_of_a_table_is_told_what_its_columns_mean() -> None:
    rows = [f"Item {n} $ {n * 10} $ {n * 100}" for n in range(100)]
    text = with_table(PROSE, rows, PROSE, ("Sales (in millions)", "2023 | 2022"))

    chunks = cut(text)

    told = [
        c for c in chunks if c.context == "Report, p. 1 · table: Sales (in millions) | 2023 | 2022"
    ]
    assert len(told) > 3
    assert all(set(chunk.text.split("\n")) & set(rows) for chunk in told)
    assert all(chunk.context == "Report, p. 1" for chunk in chunks if "Item" not in chunk.text)


def test_no_chunk_holds_rows_of_two_tables() -> None:
    text = "Rent 100 200\nWater 10 20\n\nSteel 5 6\nCopper 7 8"
    tables = (Table(0, 24, "Costs", "2023 | 2022"), Table(26, 46, "Metals", "Tons | Price"))
    page = Page(1, "1", text, tables=tables)

    chunks = cut(DocumentText.from_pages(DocumentInfo("Report", 1, False, "text"), [page]))

    assert [(chunk.text, chunk.context) for chunk in chunks] == [
        ("Rent 100 200\nWater 10 20", "Report · table: Costs | 2023 | 2022"),
        ("Steel 5 6\nCopper 7 8", "Report · table: Metals | Tons | Price"),
    ]


def test_a_table_leaves_room_for_what_is_told_of_its_columns() -> None:
    rows = [f"Item {n} $ {n * 10} $ {n * 100}" for n in range(100)]
    heads = "Three Months Ended: June 25, 2022 | June 26, 2021; Nine Months Ended: June 25, 2022"
    text = with_table("", rows, "", ("Sales", heads))

    sizes = [len(tokens_of(chunk.text)) for chunk in cut(text)]

    assert max(sizes) <= TARGET_TOKENS - len(heads) // 4


def test_a_row_of_a_table_is_not_cut_as_a_sentence_would_be() -> None:
    rows = [f"Balance on Jan. 28, 202{n % 10}, U.S. Notes. Other {n}" for n in range(60)]

    chunks = cut(with_table("", rows, "", ("", "")))

    assert all(line in rows for chunk in chunks for line in chunk.text.split("\n"))


def test_text_without_any_border_is_still_cut() -> None:
    chunks = cut(document("x" * 5000))

    covered = {offset for chunk in chunks for offset in range(chunk.start, chunk.end)}
    assert covered == set(range(5000))


def test_an_empty_document_has_no_chunks() -> None:
    assert cut(document("", " \n ")) == []


def test_no_chunk_repeats_half_of_itself() -> None:
    chunks = cut(document(PROSE + " The end.", "x" * 3000))

    for one, other in itertools.pairwise(chunks):
        assert one.end - other.start < 0.5 * (other.end - other.start)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet="aB1.。 \n?!|é漢", max_size=400), min_size=1, max_size=5))
def test_no_text_breaks_a_limit(texts: list[str]) -> None:
    text = document(*texts)

    for chunk in cut(text):
        assert chunk.text == text.text[chunk.start : chunk.end]
        assert chunk.text.strip() == chunk.text
        assert chunk.text
        assert len(chunk.text) <= LONGEST_CHARS
        assert chunk.last_page - chunk.first_page < MOST_PAGES


def test_passages_of_like_content_are_of_like_size_in_every_language() -> None:
    german = "Die Windkraftanlagen der Gemeinde erzeugten im vergangenen Jahr mehr Strom. " * 60
    chinese = "去年该市的风力发电机组生产的电力比以往任何时候都多。" * 60

    sizes = [len(cut(document(text))[0].text) for text in (PROSE, german, chinese)]

    assert sizes[0] > 700
    assert sizes[1] > 700
    assert 400 < sizes[2] <= 600


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 100_000 + "b",
        "a" + "\n" * 100_000 + "b",
        "a" + " \n" * 50_000 + "b",
        ("." + " " * 5_000) * 20,
        "." * 50_000,
        "汉。" * 10_000,
        "x" * 100_000,
        "A. " * 10_000,
    ],
    ids=[
        "spaces",
        "lines",
        "empty lines",
        "pauses",
        "dots",
        "short sentences",
        "one word",
        "names",
    ],
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.perf_counter()

    cut(document(text))

    assert time.perf_counter() - begun < 3  # most of these once took minutes


def test_a_long_document_is_cut_in_whole_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [f"{PROSE} This is the end of page {n}." for n in range(4)]
    whole = cut(document(*pages))
    monkeypatch.setattr("rag.chunk._SEGMENT_CHARS", len(PROSE))

    apart = cut(document(*pages))

    assert any(one.first_page != one.last_page for one in whole)
    assert all(one.first_page == one.last_page for one in apart)
    assert {one.text for one in cut(document(pages[0]))} <= {one.text for one in apart}


def test_an_endless_heading_is_named_by_its_beginning() -> None:
    title = "Costs " * 10_000
    text = document(f"{title}\n{PROSE}", headings=(title.strip(),))

    chunks = cut(text)

    assert max(len(one.heading) for one in chunks) <= 200
    assert max(len(one.place) for one in chunks) <= 200
