"""Sentences are cited over a whole document as over passages: to the page that says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from rag.footnotes import Citations, Footnotes
from rag.records import Scope, Support
from rag.retrieve.join import Passage, join
from tests.fakes import NoBoxes
from tests.rag.desk import Desk

TOWNS = (
    "Aldby",
    "Borve",
    "Camber",
    "Dunholm",
    "Elmsey",
    "Farrow",
    "Garth",
    "Holme",
    "Ivery",
    "Jarl",
)
TRADES = ("bakers", "coopers", "drapers", "farriers", "glaziers", "hatters", "joiners", "millers")
FILLER = (
    "Nobody knows who drew the first map of the coast. The road was mended after the flood, and "
    "the people of the valley were glad of it. It was told again in the winter that followed."
)
CUT = "The lighthouse keeper Marten Ohlsson wrote down every ship that passed in the fog of 1911."
PAGES = 90
CUT_PAGE = 40


def charter(number: int) -> str:
    """A sentence that one page alone says."""
    town, trade = TOWNS[number % len(TOWNS)], TRADES[number % len(TRADES)]
    crowns, year = 300 + 7 * number, 1500 + number
    return f"The {trade} of {town} paid {crowns} crowns for their charter in {year}."


def book() -> str:
    pages = [f"{FILLER} {charter(number)} {FILLER}" for number in range(1, PAGES + 1)]
    begin, _, end = CUT.partition(" wrote ")
    end = f"wrote {end}"
    pages[CUT_PAGE - 1] += f" {begin}"
    pages[CUT_PAGE] = f"{end} {pages[CUT_PAGE]}"
    return "\f".join(pages)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("whole"))
    (desk.files / "book.txt").write_text(book(), "utf-8")
    desk.read()
    yield desk
    desk.catalog.close()


@pytest.fixture(scope="module")
def footnotes(desk: Desk) -> Footnotes:
    hits = desk.answerer().search.hits("charter", Scope(), 9)
    hit = next(hit for hit in hits if hit.path.name == "book.txt")
    citations = Citations(desk.catalog, NoBoxes(), lambda _: True)
    end = len(citations.document(hit.document_id).text)
    return Footnotes([Passage(replace(hit, start=0, end=end), 0, end)], citations)


@pytest.mark.parametrize("page", [1, 17, 38, 63, PAGES])
def test_a_sentence_gets_the_page_that_says_it(footnotes: Footnotes, page: int) -> None:
    cited = footnotes.cite(charter(page), 0)

    assert cited.support is Support.SUPPORTED
    assert [(c.page, c.quote) for c in cited.citations] == [(page, charter(page))]


@pytest.mark.parametrize("page", [5, 44, 88])
def test_a_sentence_in_other_words_gets_its_page_too(footnotes: Footnotes, page: int) -> None:
    town, trade = TOWNS[page % len(TOWNS)], TRADES[page % len(TRADES)]

    cited = footnotes.cite(f"In {1500 + page}, {town}'s {trade} paid {300 + 7 * page} crowns.", 0)

    assert cited.support is Support.SUPPORTED
    assert [c.page for c in cited.citations] == [page]


@pytest.mark.parametrize("page", [5, 44, 88])
def test_what_another_page_says_of_others_proves_nothing(footnotes: Footnotes, page: int) -> None:
    wrong = (
        charter(page).replace(str(300 + 7 * page), str(307 + 7 * page)),
        charter(page).replace(TOWNS[page % len(TOWNS)], TOWNS[(page + 1) % len(TOWNS)]),
        charter(page).replace("paid", "never paid"),
        charter(page).replace(str(1500 + page), str(1501 + page)),
    )

    assert [footnotes.cite(text, 0).support for text in wrong] == [Support.NOT_FOUND] * 4


def test_a_sentence_that_goes_on_across_the_end_of_a_page_is_cited_as_one(
    footnotes: Footnotes,
) -> None:
    cited = footnotes.cite(CUT, 0)

    assert cited.support is Support.SUPPORTED
    (citation,) = cited.citations
    assert citation.page == CUT_PAGE
    assert citation.quote.replace("\f", " ") == CUT


def test_what_stands_in_several_places_is_cited_to_the_first(footnotes: Footnotes) -> None:
    said = "Nobody knows who drew the first map of the coast."

    first, again = footnotes.cite(said, 0), footnotes.cite(said, 0)

    assert [c.page for c in first.citations] == [1]
    assert first == again


def test_further_evidence_comes_behind_a_whole_document(desk: Desk, footnotes: Footnotes) -> None:
    said = "Bees swarm in May when the meadows are in bloom."
    (desk.files / "bees.txt").write_text(said, "utf-8")
    desk.read()

    more = footnotes.with_more(join(desk.answerer().search.hits(said, Scope(), 1)))

    found, known = more.cite(said, 0), more.cite(charter(17), 0)
    assert (found.support, found.found_later) == (Support.SUPPORTED, True)
    assert found.citations[0].path.name == "bees.txt"
    assert (known.support, known.found_later) == (Support.SUPPORTED, False)
    assert [c.page for c in known.citations] == [17]


@pytest.mark.parametrize("said", ["He drew crowns.", "The bakers followed.", "The valley paid."])
def test_common_words_that_meet_by_chance_prove_nothing(footnotes: Footnotes, said: str) -> None:
    assert footnotes.cite(said, 0).support is Support.NOT_FOUND
