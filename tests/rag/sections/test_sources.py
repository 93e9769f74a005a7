"""Where sections and statements stand in their documents."""

from __future__ import annotations

import pytest

from rag.records import DocumentInfo, DocumentText, Page
from rag.sections.cutting import Section, Stretch
from rag.sections.sources import (
    Source,
    Sources,
    Statement,
    Words,
    overlaps,
    proven_by,
    statement_of,
)
from tests.rag.sections.writers import book, fact

BOOK = book(6)
NOTE = DocumentText.from_pages(
    DocumentInfo("A note of very many words that nobody would ever want to read", 1, False, "text"),
    [Page(1, "1", fact(300))],
)
BOTH = Sources({7: Source(BOOK, "hash of the book"), 3: Source(NOTE, "hash of the note")})


def stretch(first_page: int, last_page: int) -> Stretch:
    end = len(BOOK.text) if last_page == 6 else BOOK.page_starts[last_page] - 1
    return Stretch(7, BOOK.page_starts[first_page - 1], end)


def about(number: int) -> Statement:
    start = BOOK.text.index(fact(number))
    return Statement("It was built.", (Words(7, start + 4, start + 20, 0.9),), True)


def test_a_place_is_told_in_pages() -> None:
    assert BOTH.place(stretch(2, 4)) == "pp. 2–4"
    assert BOTH.place(stretch(6, 6)) == "p. 6"
    assert BOTH.place(Stretch(3, 0, 9)) == ""


def test_a_section_is_named_with_its_document_only_among_others() -> None:
    alone = Sources({7: Source(BOOK, "")})

    assert alone.named(Section((stretch(1, 2),), 9)) == "pp. 1–2"
    assert BOTH.named(Section((stretch(1, 2),), 9)) == "A survey, pp. 1–2"
    assert BOTH.named(Section((Stretch(3, 0, 9), stretch(1, 1)), 9)) == (
        "A note of very many words that nobody would ever… and 1 more"
    )


def test_around_a_statement_are_its_sentence_and_the_one_before() -> None:
    (around,) = BOTH.around([about(5)])

    text = BOTH.text(around)
    assert fact(5) in text
    assert text.startswith("Few visitors ever came there")
    assert fact(4) not in text
    assert fact(6) not in text


def test_what_is_around_several_statements_is_in_order_and_apart() -> None:
    note = Statement("A note.", (Words(3, 0, 5, 1.0),), True)

    around = BOTH.around([note, about(40), about(2), about(3), about(2)])

    assert [one.document_id for one in around] == [7, 7, 3]
    assert around[0].end < around[1].start
    assert BOTH.hashes(around) == ("hash of the book", "hash of the note")


def test_a_statement_keeps_its_places_when_it_is_told_by_stretches() -> None:
    statements = [about(5), about(50)]
    around = BOTH.around(statements)

    for statement in statements:
        assert statement_of(proven_by(statement, around), around) == statement


def test_statements_are_ordered_as_their_documents_and_words_are() -> None:
    note = Statement("A note.", (Words(3, 0, 5, 1.0),), True)

    ordered = sorted([note, about(50), about(5)], key=BOTH.position)

    assert ordered == [about(5), about(50), note]


@pytest.mark.parametrize(("other", "same"), [(5, True), (6, False)])
def test_statements_overlap_where_they_rest_on_the_same_words(other: int, *, same: bool) -> None:
    assert overlaps(about(5), about(other)) == same
