"""A question is read, searched for in all its parts, and what it finds is looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import NothingInScope, NotInLibrary, RerankerBroken
from rag.index.catalog import Catalog
from rag.index.exact import ExactIndex
from rag.library import Library
from rag.protocols import Candidate
from rag.records import Hit, Scope
from rag.searching import Found, KeptNames, Parts, Search
from tests.fakes import FakeEmbedder, FakeReader
from tests.rag.house import House

DIMENSION = 251  # so that hardly two words of these files are alike
APPLES = "When do apples ripen?"
FILES = {
    "letters/lease.pdf": "The lease ends in March. The rent is 900 euros a month.\f",
    "letters/garden.txt": "Apples ripen in September. For fences see the Harbour Statute.",
    "letters/diary.txt": "\n\n".join(
        f"When it is cold in week {n}, do nothing at all. " + f"Day {n} passed with tea. " * 30
        for n in range(120)
    ),
    "law/Harbour Statute.txt": "Hedges over two metres need consent.",
    "law/snow.txt": "Snow is cleared by noon. Salt harms old trees.",
    "copies/snow.txt": "Snow is cleared by noon! Salt harms old trees.",
    "copies/later.txt": "Snow is cleared by 11 o'clock. Salt harms old trees.",
}


class Finder:
    """A library that is read once, and a search of it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.search = Search(house.catalog, house.vectors, house.embedder, KeptNames(house.catalog))

    def find(
        self,
        question: str,
        scope: Scope = Scope(),
        top_k: int = 6,
        *history: tuple[str, str],
        as_typed: bool = False,
        **changes: object,
    ) -> Found:
        search = replace(self.search, **changes)  # type: ignore[arg-type]
        return search.find(question, scope, top_k, history, as_typed=as_typed)

    def folder(self, name: str) -> Scope:
        return Scope((self.house.folder / name,))


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    folder = tmp_path_factory.mktemp("searching")
    catalog = Catalog.open(folder / "library")
    vectors, reader, embedder = ExactIndex(DIMENSION), FakeReader(), FakeEmbedder("f", DIMENSION)
    library = Library(catalog, vectors, reader, lambda: embedder, 1)
    house = House(folder / "files", catalog, vectors, reader, embedder, library)
    for name, text in FILES.items():
        house.write(name, text)
    house.add()
    assert catalog.count_chunks() > 110
    yield Finder(house)
    catalog.close()


def names(hits: Sequence[Hit]) -> list[str]:
    return [hit.path.name for hit in hits]


def test_the_passage_that_says_it_comes_first_with_the_words_that_match(finder: Finder) -> None:
    hit = finder.find(APPLES).hits[0]

    assert (hit.path.name, hit.rank) == ("garden.txt", 1)
    assert {hit.text[start:end] for start, end in hit.matches} == {"Apples", "ripen"}
    assert hit.dense > 0
    assert hit.lexical > 0


def test_ranks_rise_and_scores_fall(finder: Finder) -> None:
    hits = finder.find(APPLES).hits

    assert [hit.rank for hit in hits] == list(range(1, 7))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 and 0 <= hit.rerank <= 1 for hit in hits)


def test_a_passage_close_to_the_question_s_words_is_told_to_be_the_closest(finder: Finder) -> None:
    found = finder.find("apples ripen in september")

    assert found.hits[0].rerank == 1
    assert 0 < found.signals.closeness <= 1


def test_the_chance_is_higher_where_the_answer_is(finder: Finder) -> None:
    held = finder.find("Does snow harm old trees?")
    foreign = finder.find("Who painted a chapel's ceiling?")

    assert 0 <= foreign.chance < held.chance <= 1


@pytest.mark.parametrize("part", ["dense", "lexical", "rerank", "familiarity", "understand"])
def test_without_any_one_of_its_parts_the_search_still_finds(finder: Finder, part: str) -> None:
    found = finder.find("apples ripen in september", parts=Parts(**{part: False}))

    assert names(found.hits)[0] == "garden.txt"


# ---------------------------------------------------------------- what passages name


def test_a_document_that_the_best_passage_names_is_brought_up_behind_it(finder: Finder) -> None:
    followed, alone = finder.find(APPLES), finder.find(APPLES, parts=Parts(follow=False))

    assert names(followed.hits)[:2] == ["garden.txt", "Harbour Statute.txt"]
    assert "Harbour Statute.txt" not in names(alone.hits)


def test_what_a_passage_names_outside_the_scope_is_not_brought_up(finder: Finder) -> None:
    found = finder.find(APPLES, finder.folder("letters"))

    assert names(found.hits)[0] == "garden.txt"
    assert {hit.path.parent.name for hit in found.hits} == {"letters"}


def test_a_document_that_the_question_names_is_favoured(finder: Finder) -> None:
    question = "Does snow harm old trees by the Harbour Statute?"

    def score(**changes: object) -> float:
        hits = finder.find(question, Scope(), 50, as_typed=True, **changes).hits
        return next(hit.score for hit in hits if hit.path.name == "Harbour Statute.txt")

    assert score() > score(parts=Parts(follow=False))


# ---------------------------------------------------------------- what the question says


def test_a_file_that_the_question_names_is_all_that_is_searched(finder: Finder) -> None:
    found = finder.find("How much is the rent in lease.pdf?")

    assert found.understood.narrowed_by == ("lease.pdf",)
    assert names(found.hits) == ["lease.pdf"]


def test_as_typed_searches_all_of_the_scope(finder: Finder) -> None:
    found = finder.find("When is snow cleared in lease.pdf?", as_typed=True)

    assert found.understood.narrowed_by == ()
    assert found.understood.scope == Scope()
    assert len(set(names(found.hits))) > 1


def test_words_that_leave_nothing_to_search_do_not_narrow(finder: Finder) -> None:
    question = "How much is the rent on page 2 of lease.pdf?"  # which is empty

    found = finder.find(question)

    assert found.understood.narrowed_by == ()
    assert found.understood.question == question
    assert names(found.hits)[0] == "lease.pdf"
    assert len(set(names(found.hits))) > 1


def test_a_file_outside_the_scope_does_not_widen_it(finder: Finder) -> None:
    found = finder.find("How much is the rent in lease.pdf?", finder.folder("law"))

    assert found.understood.narrowed_by == ()
    assert set(names(found.hits)) <= {"Harbour Statute.txt", "snow.txt"}


def test_each_part_of_a_question_finds_its_document(finder: Finder) -> None:
    question = "Do nothing when it is cold in week 7? And when do apples ripen?"

    parted = finder.find(question, Scope(), 2)
    whole = finder.find(question, Scope(), 2, parts=Parts(understand=False))

    assert len(parted.understood.parts) == 2
    assert set(names(parted.hits)) == {"diary.txt", "garden.txt"}
    assert "diary.txt" not in names(whole.hits)


def test_a_question_that_is_not_read_is_searched_as_it_is(finder: Finder) -> None:
    question = "When do apples ripen, and how much is the rent in lease.pdf?"

    found = finder.find(question, parts=Parts(understand=False))

    assert found.understood.question == question
    assert (found.understood.parts, found.understood.narrowed_by) == ((), ())


PHASES = ("What are the phases of the project?", "There are several.")


def test_a_follow_up_that_the_rules_cannot_complete_is_completed_by_the_model(
    finder: Finder,
) -> None:
    asked: list[tuple[str, Sequence[tuple[str, str]]]] = []

    def rewrite(question: str, history: Sequence[tuple[str, str]]) -> str:
        asked.append((question, history))
        return "When is snow cleared?"

    found = finder.find("And the second one?", Scope(), 6, PHASES, rewrite=rewrite)

    assert asked == [("And the second one?", (PHASES,))]
    assert found.understood.question == "When is snow cleared?"
    assert names(found.hits)[0] in {"snow.txt", "later.txt"}


def test_a_model_that_completes_nothing_leaves_it_to_the_rules(finder: Finder) -> None:
    alone = finder.find("And the second one?", Scope(), 6, PHASES)

    helped = finder.find("And the second one?", Scope(), 6, PHASES, rewrite=lambda *_: "")

    assert helped.understood == alone.understood
    assert "phases" in helped.understood.question


def test_a_question_complete_in_itself_does_not_ask_the_model(finder: Finder) -> None:
    def rewrite(question: str, history: Sequence[tuple[str, str]]) -> str:
        raise AssertionError(question)

    found = finder.find(APPLES, Scope(), 6, PHASES, rewrite=rewrite)

    assert found.understood.question == APPLES


# ---------------------------------------------------------------- what is shown


def test_near_copies_are_shown_once_but_other_figures_too(finder: Finder) -> None:
    found = finder.find("When is snow cleared?")

    assert names(found.hits[:2]).count("snow.txt") == 1
    assert names(found.hits).count("snow.txt") == 1
    assert "later.txt" in names(found.hits[:2])


def test_a_scope_of_an_unknown_path_and_one_without_files_are_told(finder: Finder) -> None:
    with pytest.raises(NotInLibrary):
        finder.find(APPLES, finder.folder("gone"))
    with pytest.raises(NothingInScope):
        finder.find(APPLES, Scope(types=("docx",)))


def test_a_scope_whose_pages_are_empty_finds_nothing(finder: Finder) -> None:
    scope = replace(finder.folder("letters/lease.pdf"), pages=((2, 2),))

    found = finder.find("How much is the rent?", scope)

    assert found.hits == []
    assert found.chance < 0.5


# ---------------------------------------------------------------- an installed reranker


class PrefersSnow:
    """A reranking model with one wish."""

    def __init__(self) -> None:
        self.seen: list[Candidate] = []

    def rerank(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        self.seen += candidates
        return [1.0 if "Salt" in candidate.text else 0.1 for candidate in candidates]


class Breaks:
    """A reranking model that fails at its work."""

    def rerank(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        raise RerankerBroken("reranker", "out of memory")


def test_an_installed_reranker_looks_last_at_the_first_candidates(finder: Finder) -> None:
    reranker = PrefersSnow()

    found = finder.find("snow and apples ripen", reranker=reranker)

    assert names(found.hits)[0] in {"snow.txt", "later.txt"}
    assert found.hits[0].rerank == 1
    assert 0 < len(reranker.seen) <= 30
    assert {"snow.txt", "garden.txt"} <= {f"{c.title}.txt" for c in reranker.seen}


def test_an_installed_reranker_that_breaks_leaves_the_order(finder: Finder) -> None:
    assert finder.find(APPLES, reranker=Breaks()) == finder.find(APPLES)


# ---------------------------------------------------------------- names


def test_names_are_kept_until_the_library_changes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.searching._REST", 0)  # however long making them took
    lease = house.write("Harbour Lease.txt", "It ends in March.")
    house.add()
    kept = KeptNames(house.catalog)

    before, again = kept(), kept()
    statute = house.write("Harbour Statute.txt", "Fences are low.")
    house.add()

    assert before is again
    assert before.mentioned_in("See the Harbour Lease and the Harbour Statute.") == [lease]
    assert kept().mentioned_in("See the Harbour Lease and the Harbour Statute.") == [
        lease,
        statute,
    ]


def test_a_document_s_title_in_a_passage_names_it_wherever_it_lies(finder: Finder) -> None:
    paths = finder.search.names().mentioned_in(FILES["letters/garden.txt"])

    assert paths == [Path(finder.house.folder, "law", "Harbour Statute.txt")]
