"""What was found is joined for reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.records import Hit
from rag.retrieve.join import Passage, join, widen, without_copies


def hit(rank: int, start: int, end: int, document_id: int = 1, text: str = "") -> Hit:
    return Hit(
        rank=rank,
        score=1.0,
        dense=0.5,
        lexical=1.0,
        chunk_id=rank,
        document_id=document_id,
        path=Path(f"{document_id}.txt"),
        title="",
        start=start,
        end=end,
        text=text or f"{document_id}:{start}-{end}",
        heading="",
        place="",
        pages=None,
    )


def test_chunks_that_overlap_become_one_passage_at_the_best_rank() -> None:
    passages = join([hit(1, 500, 700), hit(2, 0, 100), hit(3, 650, 900)])

    assert [(p.hit.rank, p.start, p.end) for p in passages] == [(1, 500, 900), (2, 0, 100)]


def test_a_chunk_that_bridges_two_passages_joins_them() -> None:
    passages = join([hit(1, 0, 100), hit(2, 180, 300), hit(3, 90, 200)])

    assert [(p.hit.rank, p.start, p.end) for p in passages] == [(1, 0, 300)]


def test_chunks_of_different_documents_stay_apart() -> None:
    assert len(join([hit(1, 0, 100, 1), hit(2, 50, 150, 2)])) == 2


def test_a_copy_of_an_earlier_hit_is_dropped_and_the_ranks_close_up() -> None:
    hits = [
        hit(1, 0, 5, 1, "Same  words"),
        hit(2, 0, 5, 2, "same words"),
        hit(3, 0, 5, 3, "others"),
    ]

    kept = without_copies(hits, 10)

    assert [(h.rank, h.document_id) for h in kept] == [(1, 1), (2, 3)]


SIXTY = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]


def said_of(*texts: str) -> list[str]:
    hits = [hit(rank, 0, 5, rank, text) for rank, text in enumerate(texts, 1)]
    return [kept.text for kept in without_copies(hits, 10)]


@pytest.mark.parametrize("place", [0, 1, 30, 59])
def test_texts_that_differ_in_one_word_of_sixty_are_both_kept(place: int) -> None:
    texts = [" ".join(SIXTY), " ".join([*SIXTY[:place], "another", *SIXTY[place + 1 :]])]

    assert said_of(*texts) == texts


@pytest.mark.parametrize(("start", "end"), [(0, 40), (10, 50), (20, 60)])
def test_a_stretch_of_an_earlier_text_is_said_already(start: int, end: int) -> None:
    assert said_of(" ".join(SIXTY), " ".join(SIXTY[start:end])) == [" ".join(SIXTY)]


def test_a_text_that_says_more_than_an_earlier_one_is_kept() -> None:
    texts = [" ".join(SIXTY[:58]), " ".join(SIXTY)]

    assert said_of(*texts) == texts


def test_no_more_hits_are_looked_at_than_it_takes() -> None:
    texts = iter(["one one", "ONE one", "two two", "three three"])
    hits = (hit(rank, 0, 5, rank, text) for rank, text in enumerate(texts, 1))

    assert [(h.rank, h.text) for h in without_copies(hits, 2)] == [(1, "one one"), (2, "two two")]
    assert next(texts) == "three three"


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("The notice period is three months.", "THE NOTICE PERIOD is three months"),
        ("The notice period is 3 months.", "The notice period\nis 3 months!"),
        ("Die Kündigungsfrist beträgt drei Monate.", "die kündigungsfrist beträgt DREI monate"),
        ("押金是两个月的租金。", "押金是两个月的租金"),
    ],
)
def test_case_spaces_and_signs_make_no_other_text(text: str, copy: str) -> None:
    assert said_of(text, copy) == [text]


@pytest.mark.parametrize(
    "terms",
    [("30 days", "60 days"), ("2023", "2024"), ("3 days", "3.5 days"), ("always", "not always")],
)
@pytest.mark.parametrize("order", [1, -1])
def test_texts_that_differ_in_a_figure_or_a_not_are_both_kept(
    terms: tuple[str, str], order: int
) -> None:
    words = " ".join(SIXTY)
    texts = [f"{words} within {term} {words}" for term in terms[::order]]

    assert said_of(*texts) == texts


def test_texts_that_share_half_of_their_words_are_both_kept() -> None:
    texts = [" ".join(SIXTY[:40]), " ".join(SIXTY[20:])]

    assert said_of(*texts) == texts


def test_a_copy_of_a_copy_is_compared_with_what_is_kept() -> None:
    texts = ["alpha beta gamma", "delta epsilon zeta", "Alpha beta gamma!", "delta epsilon zeta."]

    assert said_of(*texts) == texts[:2]


@pytest.mark.parametrize(("short", "other"), [("Yes", "No"), ("a b", "b a")])
def test_texts_of_a_few_words_are_told_apart(short: str, other: str) -> None:
    assert said_of(short, other) == [short, other]


def spans(passages: list[Passage]) -> list[tuple[int, int, int]]:
    return [(p.hit.rank, p.start, p.end) for p in passages]


def fifty_more(found: Hit) -> tuple[int, int]:
    return found.start - 50, found.end + 50


APART = [hit(1, 500, 600), hit(2, 100, 200), hit(3, 100, 200, 2)]


def test_passages_are_widened_in_order_to_what_they_stand_in() -> None:
    wide = widen(join(APART), fifty_more, 1000)

    assert spans(wide) == [(1, 450, 650), (2, 50, 250), (3, 50, 250)]


@pytest.mark.parametrize(
    ("spare", "widened"), [(0, 0), (99, 0), (100, 1), (199, 1), (200, 2), (300, 3), (301, 3)]
)
def test_widening_never_takes_more_than_is_spare(spare: int, widened: int) -> None:
    wide = widen(join(APART), fifty_more, spare)

    lengths = [p.end - p.start for p in wide]
    assert lengths == [200] * widened + [100] * (3 - widened)
    assert sum(lengths) - 300 <= spare


def test_without_anything_to_spare_the_passages_stay() -> None:
    assert widen(join(APART), fifty_more, -10) == join(APART)


def test_passages_that_touch_once_widened_are_read_as_one() -> None:
    wide = widen(join([hit(1, 500, 600), hit(2, 200, 290, 2), hit(3, 300, 400)]), fifty_more, 1000)

    assert spans(wide) == [(1, 250, 650), (2, 150, 340)]


def test_a_passage_of_several_chunks_is_never_made_narrower() -> None:
    wide = widen(join([hit(1, 100, 200), hit(2, 200, 900)]), fifty_more, 1000)

    assert spans(wide) == [(1, 50, 900)]
