"""Search by words."""

from __future__ import annotations

import threading

import pytest

from rag.errors import FootnoteError
from rag.index import lexical
from rag.index.catalog import Catalog
from rag.protocols import ChunkSet
from rag.records import Scope
from tests.rag.index.filling import add


def texts(catalog: Catalog, question: str, top_k: int = 10, within=None) -> list[str]:
    hits = catalog.search_words(question, top_k, within)
    assert all(hit.score > 0 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    return [stored.chunk.text for stored in catalog.chunks([hit.chunk_id for hit in hits])]


def test_the_rarer_word_decides(catalog: Catalog, tmp_path):
    common = "\n".join(f"the oil price of year {n}" for n in range(20))
    add(catalog, tmp_path / "a.txt", f"{common}\nthe oil embargo")

    assert texts(catalog, "What was the oil embargo?", 1) == ["the oil embargo"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("she was running home", "who runs"),
        ("Straßenverkehr in München", "MUNCHEN"),
        ("中华人民共和国成立了", "共和国"),
        ("多喝热水", "热"),
        ("एक पुरानी किताब", "किताबें"),
        ("ราคาน้ำมันแพง", "น้ำมัน"),
        ("한국어 문장입니다", "문장"),
        ("see U.S.C. § 1234(b)", "1234"),
    ],
)
def test_a_word_is_found_in_its_other_forms_and_in_every_script(
    catalog: Catalog, tmp_path, text, question
):
    add(catalog, tmp_path / "a.txt", f"{text}\nsomething else\nquite another thing")

    assert texts(catalog, question) == [text]


def test_a_title_finds_the_chunks_below_it(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "plain words", title="Quarterly report")
    add(catalog, tmp_path / "b.txt", "plain words too", title="Letter")
    add(catalog, tmp_path / "c.txt", "and more", title="Memo")

    assert texts(catalog, "quarterly") == ["plain words"]


def test_a_search_stays_within_the_chunks_it_was_given(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "common word one")
    add(catalog, tmp_path / "b.txt", "common word two")
    add(catalog, tmp_path / "c.txt", "different")
    inside = catalog.chunks_in(Scope((tmp_path / "b.txt",)))

    assert texts(catalog, "two common", within=inside) == ["common word two"]
    assert texts(catalog, "common", within=ChunkSet.of([])) == []


def test_no_more_than_asked_are_found(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "word 1\nword 2\nword 3\nother\nother\nother\nother\nother")

    assert len(texts(catalog, "word", 2)) == 2
    assert texts(catalog, "word", 0) == []


@pytest.mark.parametrize("question", ["", "   ", "?!", '"', "NOT", "unheard", 'q" OR "z', "*"])
def test_no_question_is_an_error(catalog: Catalog, tmp_path, question):
    add(catalog, tmp_path / "a.txt", "some words")

    assert texts(catalog, question) == []


def test_a_question_as_long_as_a_page_is_answered_by_its_rarest_words(catalog: Catalog, tmp_path):
    words = [f"word{n}" for n in range(300)]
    add(catalog, tmp_path / "a.txt", "\n".join(words), "needle here\nnothing else")

    found = texts(catalog, " ".join([*words[:200], "needle"]), 300)

    assert len(found) == lexical.MOST_TERMS


def test_frequent_words_are_dropped_before_they_make_a_search_slow(
    catalog: Catalog, tmp_path, monkeypatch
):
    monkeypatch.setattr(lexical, "POSTINGS_BUDGET", 4)
    monkeypatch.setattr(lexical, "RAREST_KEPT", 1)
    add(catalog, tmp_path / "a.txt", "rare common\n" + "\n".join(f"common {n}" for n in range(9)))

    assert texts(catalog, "common rare") == ["rare common"]
    assert len(texts(catalog, "common")) == 10


def test_frequencies_count_chunks_with_any_form_of_a_word(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "running runs\nrun\nthey agreed")

    words = catalog.indexed_words("Running agreed? Fly!")

    assert catalog.document_frequency(words) == ([2, 1, 0], 3)


def test_searching_from_many_threads_while_one_writes(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "first.txt", "common words", title="T")
    failures: list[Exception] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                hits = catalog.search_words("common words", 500, None)
                stored = catalog.chunks([hit.chunk_id for hit in hits])
                assert len(stored) == len(hits) >= 1
        except (AssertionError, FootnoteError) as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(15):
        add(catalog, tmp_path / f"{n}.txt", f"common words {n}\nmore common words")
    done.set()
    for thread in threads:
        thread.join()

    assert failures == []
    assert catalog.count_chunks() == 31


def test_only_the_first_of_a_very_long_question_is_read(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "a lantern\na candle")

    assert len(catalog.search_words("lantern " + "x" * 1980 + " candle", 10, None)) == 2
    assert len(catalog.search_words("lantern " + "x" * 2000 + " candle", 10, None)) == 1


def test_chunks_are_counted_as_they_come_and_go(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "a lantern\na candle")
    add(catalog, tmp_path / "b.txt", "a lamp")
    assert catalog.document_frequency(["a"])[1] == 3

    catalog.forget_files([tmp_path / "a.txt"])
    assert catalog.document_frequency(["a"])[1] == 1

    catalog.forget_files([tmp_path / "b.txt"])
    assert catalog.document_frequency(["a"])[1] == 0
    assert catalog.search_words("lamp", 10, None) == []


def test_a_question_counts_no_chunks(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "a lantern\na candle")
    asked: list[str] = []
    with catalog._database.reading() as connection:
        connection.set_trace_callback(asked.append)

    assert catalog.search_words("lantern", 10, None)

    connection.set_trace_callback(None)
    assert any("MATCH" in sql for sql in asked)
    assert not any("count(" in sql for sql in asked)
