"""Searches and answers are scored as the documentation of the question files says."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from rag.records import Hit
from rag.scores import (
    BadQuestions,
    EvidenceItem,
    QuestionItem,
    exact_match,
    finds,
    holds,
    read_questions,
    score_search,
    word_f1,
)

DOCS = Path("docs")


def hit(file: str, text: str = "", pages: tuple[int, int] | None = None, start: int = 0) -> Hit:
    return Hit(
        rank=1,
        score=1.0,
        dense=0.0,
        lexical=0.0,
        chunk_id=0,
        document_id=0,
        path=DOCS / file,
        title="",
        start=start,
        end=start + len(text),
        text=text,
        heading="",
        place="",
        pages=pages,
    )


def question(*evidence: EvidenceItem, answerable: bool = True) -> QuestionItem:
    return QuestionItem("q", "?", (), answerable, evidence)


def test_a_file_is_found_by_any_hit_in_it() -> None:
    assert finds(hit("a.txt"), EvidenceItem("a.txt"), DOCS)
    assert not finds(hit("b.txt"), EvidenceItem("a.txt"), DOCS)


def test_a_page_is_found_by_a_hit_that_covers_it() -> None:
    assert finds(hit("a.pdf", pages=(2, 3)), EvidenceItem("a.pdf", page=3), DOCS)
    assert not finds(hit("a.pdf", pages=(2, 3)), EvidenceItem("a.pdf", page=4), DOCS)


def test_a_text_is_found_in_spite_of_case_and_spaces() -> None:
    wanted = EvidenceItem("a.txt", text="Three  months' NOTICE")

    assert finds(hit("a.txt", "with three\nmonths' notice."), wanted, DOCS)
    assert not finds(hit("a.txt", "with two months' notice."), wanted, DOCS)


def test_a_long_text_may_lack_its_outer_characters() -> None:
    text = "".join(chr(97 + n % 26) for n in range(100))

    assert finds(hit("a.txt", text[15:-15]), EvidenceItem("a.txt", text=text), DOCS)
    assert not finds(hit("a.txt", text[25:-15]), EvidenceItem("a.txt", text=text), DOCS)


def test_only_the_first_thousand_characters_of_a_hit_count() -> None:
    wanted = EvidenceItem("a.txt", text="needle")

    assert finds(hit("a.txt", "x" * 994 + "needle"), wanted, DOCS)
    assert not finds(hit("a.txt", "x" * 995 + "needle"), wanted, DOCS)


def test_ranks_make_the_means() -> None:
    first, second = EvidenceItem("a.txt"), EvidenceItem("b.txt")
    results = [
        (question(first), [hit("a.txt")], [1]),
        (question(first, second), [hit("x.txt"), hit("b.txt"), hit("a.txt")], [1, 1, 1]),
        (question(answerable=False), [hit("x.txt")], [1]),
    ]

    scores = score_search(results, DOCS)

    assert scores.questions == 2
    assert scores.hit_at == {1: 50, 3: 100, 5: 100, 10: 100}
    assert scores.mrr == pytest.approx(0.75)
    gained = (1 / math.log2(3) + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    assert scores.ndcg == pytest.approx((1 + gained) / 2)
    assert scores.all_evidence == 100


def test_one_hit_for_two_items_gains_once() -> None:
    both = question(EvidenceItem("a.txt"), EvidenceItem("a.txt", text="word"))

    scores = score_search([(both, [hit("a.txt", "word")], [1])], DOCS)

    assert scores.ndcg == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_span_recall_counts_characters_within_the_budget() -> None:
    wanted = question(EvidenceItem("a.txt", text="-", start=5, end=15))
    hits = [hit("a.txt", "0123456789"), hit("a.txt", "abcde", start=10)]

    assert score_search([(wanted, hits, [400, 400])], DOCS).span_recall == 100
    assert score_search([(wanted, hits, [400, 501])], DOCS).span_recall == 50


def test_answers_are_compared_without_case_articles_and_punctuation() -> None:
    assert exact_match("The Lease.", ["lease"])
    assert not exact_match("The leases", ["lease"])
    assert word_f1("a red house", ["the red door", "blue"]) == pytest.approx(0.5)


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": 1, "question": "?"}\n{"id": 2}\n', "utf-8")

    with pytest.raises(BadQuestions, match="line 2"):
        read_questions(file)


def test_a_reference_is_held_by_an_answer_with_its_words_in_a_row() -> None:
    assert holds("It ended on the 3rd of May, 1990.", ["3rd of May 1990"])
    assert not holds("It ended in May; the 3rd came later.", ["3rd of May"])
    assert not holds("It ended in 19901.", ["1990"])
    assert not holds("Anything.", ["", "the"])


def test_chinese_is_compared_by_characters_and_without_its_punctuation() -> None:
    assert exact_match("试除法。", ["试除法"])
    assert holds("这种方法叫做“试除法”。", ["试除法"])
    assert word_f1("叫做试除法", ["试除法"]) == pytest.approx(0.75)


def test_lines_end_where_json_lines_do_and_a_mark_of_byte_order_is_skipped(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes('\ufeff{"id":"1","question":"One\u2028or\u0085two?"}\r\n\r\n'.encode())

    (item,) = read_questions(file)

    assert item.question == "One\u2028or\u0085two?"
