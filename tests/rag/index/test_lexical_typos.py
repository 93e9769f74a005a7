"""Typing errors are forgiven, and only they."""

from __future__ import annotations

import random
import time

import pytest

from rag.index.catalog import Catalog
from rag.index.vocabulary import Vocabulary
from tests.rag.index.filling import add


def vocabulary_of(catalog: Catalog, words: list[str]) -> Vocabulary:
    vocabulary = Vocabulary()
    with catalog._database.writing() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO word (folded, uses) VALUES (?, 1)", [(word,) for word in words]
        )
        vocabulary.refresh(connection)
    return vocabulary


def found(catalog: Catalog, question: str) -> list[str]:
    hits = catalog.search_words(question, 10, None)
    return [stored.chunk.text for stored in catalog.chunks([hit.chunk_id for hit in hits])]


@pytest.mark.parametrize("typed", ["embrgo", "embaargo", "embaego", "emabrgo"])
def test_a_word_with_one_wrong_letter_is_found(catalog: Catalog, tmp_path, typed):
    add(catalog, tmp_path / "a.txt", "the oil embargo\nthe oil price\nsomething else")

    assert found(catalog, f"Which {typed}?") == ["the oil embargo"]


def test_a_known_word_is_never_taken_for_another(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "a house\na horse\na mouse\nsomething else")

    assert found(catalog, "horse") == ["a horse"]


def test_nearness_asks_for_more_letters_in_longer_words(catalog: Catalog):
    vocabulary = vocabulary_of(catalog, ["cat", "goat", "goal", "philosophical", "university"])

    assert vocabulary.near("cst") == []
    assert vocabulary.near("goaz") == ["goal", "goat"]
    assert vocabulary.near("philosphicla") == ["philosophical"]
    assert vocabulary.near("iniversity") == ["university"]
    assert vocabulary.near("moat") == []


def test_words_added_later_are_near_too(catalog: Catalog):
    vocabulary = vocabulary_of(catalog, [f"word{chr(97 + n)}" for n in range(20)])
    with catalog._database.writing() as connection:
        connection.execute("INSERT INTO word (folded, uses) VALUES ('lantern', 1)")
        vocabulary.refresh(connection)

    assert vocabulary.near("lantren") == ["lantern"]
    assert "worda" in vocabulary


def test_a_compound_is_split_where_both_parts_are_known(catalog: Catalog):
    vocabulary = vocabulary_of(catalog, ["fehler", "quelle", "quellen", "arbeit", "platz", "tier"])

    assert vocabulary.parts("fehlerquelle") == ("fehler", "quelle")
    assert vocabulary.parts("arbeitsplatz") == ("arbeit", "platz")
    assert vocabulary.parts("tierarzt") is None
    assert vocabulary.ending_with("quelle") == []


@pytest.mark.faults
def test_near_words_among_200_000_take_no_time(catalog: Catalog):
    letters = random.Random(5)
    vocabulary = vocabulary_of(
        catalog,
        [
            "".join(letters.choices("etaoinshrdlu", k=letters.randint(4, 14)))
            for _ in range(200_000)
        ],
    )

    began = time.process_time()
    for word in ("philosphical", "univeristy", "goverment", "embrgo", "hosue"):
        vocabulary.near(word)

    assert (time.process_time() - began) / 5 < 0.030


def test_forgotten_words_leave_the_list_of_words(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "a lantern")
    add(catalog, tmp_path / "b.txt", "a candle")

    catalog.forget_files([tmp_path / "a.txt"])

    with catalog._database.reading() as connection:
        left = {word for (word,) in connection.execute("SELECT folded FROM word")}
    assert "candle" in left
    assert "lantern" not in left


def test_a_word_index_made_by_other_rules_is_made_anew(folder, tmp_path):
    catalog = Catalog.open(folder)
    add(catalog, tmp_path / "a.txt", "a lantern\na candle", title="Lights")
    with catalog._database.writing() as connection:
        connection.execute("UPDATE word_index SET version = 0")
        connection.execute("DELETE FROM words")
        connection.execute("DELETE FROM word")
    catalog.close()

    catalog = Catalog.open(folder)

    assert found(catalog, "lantern") == ["a lantern"]
    assert len(found(catalog, "lights")) == 2
    assert found(catalog, "candel")[0] == "a candle"
    assert catalog.document_frequency(["candl"]) == ([1], 2)
    catalog.close()


@pytest.mark.parametrize(
    "question",
    [
        "quarterly" * 2_223,
        "第" * 5000,
        "ו" * 20_000,
        "aB" * 10_000,
        "1234" * 5_000,
        "“" * 5_000,
        "'" + " a" * 10_000,
        "a-" * 10_000,
    ],
    ids=lambda question: question[:8],
)
def test_a_word_without_end_takes_no_time(catalog: Catalog, tmp_path, question):
    add(catalog, tmp_path / "a.txt", "quarterly figures\nsomething else")
    found(catalog, "a first question reads the lists of words")

    began = time.process_time()
    found(catalog, question)
    catalog.matches(question, ["quarterly figures"])

    assert time.process_time() - began < 0.2


def test_of_words_longer_than_any_kept_one_none_is_near(catalog: Catalog):
    longest = "donaudampfschifffahrtskapitaenen"
    vocabulary = vocabulary_of(catalog, [longest, "donaudampfschiff"])

    assert vocabulary.near(longest + "xy") == [longest]
    assert vocabulary.near(longest + "xyz") == []
    assert vocabulary.parts("donaudampfschiff" * 3) is None
