"""What proves a sentence becomes numbered footnotes, boxed where the file is as it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rag.footnotes import Citations, Footnotes
from rag.records import Box, Scope, Support
from rag.retrieve.join import Passage, join
from tests.rag.desk import LEASE, Desk

BEES = "Bees swarm in May when the meadows are in bloom."


class Boxes:
    """Puts every character into one box, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def boxes(self, path: Path, page: int, glyphs: Sequence[int]) -> tuple[Box, ...]:
        self.asked += 1
        return (Box(page, 0, 0, 1, 1),)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    (desk.files / "bees.txt").write_text(BEES, "utf-8")
    desk.read()
    yield desk
    desk.catalog.close()


def passages(desk: Desk, question: str) -> list[Passage]:
    return join(desk.answerer().search.hits(question, Scope(), 1))


def footnotes(desk: Desk, boxes: Boxes, *, as_read: bool = True) -> Footnotes:
    citations = Citations(desk.catalog, boxes, lambda _: as_read)
    return Footnotes(passages(desk, LEASE), citations)


def test_equal_words_share_a_number_and_boxes_are_looked_up_once_and_last(desk: Desk) -> None:
    boxes = Boxes()
    notes = footnotes(desk, boxes)

    first, again, other = (notes.cite(text, 0) for text in (LEASE, LEASE, "The moon is cheese."))

    assert first.citations[0].number == again.citations[0].number == 1
    assert (first.citations[0].boxes, boxes.asked) == ((), 0)
    boxed = notes.boxed([first, again, other])
    assert boxed[0].citations[0].boxes == (Box(2, 0, 0, 1, 1),)
    assert boxed[0].citations == boxed[1].citations
    assert (boxed[2], boxes.asked) == (other, 1)


def test_a_file_that_changed_since_has_no_boxes(desk: Desk) -> None:
    boxes = Boxes()
    notes = footnotes(desk, boxes, as_read=False)

    (sentence,) = notes.boxed([notes.cite(LEASE, 0)])

    assert sentence.support is Support.SUPPORTED
    assert (sentence.citations[0].boxes, boxes.asked) == ((), 0)


def test_what_further_evidence_proves_is_told_to_be_found_later(desk: Desk) -> None:
    notes = footnotes(desk, Boxes())
    more = notes.with_more(passages(desk, BEES))

    assert notes.cite(BEES, 0).support is Support.NOT_FOUND
    found, known = more.cite(BEES, 0), more.cite(LEASE, 0)
    assert (found.support, found.found_later) == (Support.SUPPORTED, True)
    assert (known.support, known.found_later) == (Support.SUPPORTED, False)


def test_numbers_begin_anew_when_an_answer_is_written_again(desk: Desk) -> None:
    citations = Citations(desk.catalog, Boxes(), lambda _: True)
    found = passages(desk, LEASE)[0]
    citations.citation(found.hit.document_id, found.hit.path, 0, 5, 1.0)

    citations.renumber()

    assert citations.citation(found.hit.document_id, found.hit.path, 6, 9, 1.0).number == 1


@pytest.mark.parametrize(
    "said", ["Die Textstellen beantworten diese Frage nicht.", "这些段落没有回答这个问题。"]
)
def test_a_refusal_is_no_claim_in_any_language(desk: Desk, said: str) -> None:
    sentence = footnotes(desk, Boxes()).cite(said, 0)

    assert not sentence.is_claim
    assert not sentence.is_unproven


def test_the_number_of_an_item_that_never_came_is_no_claim_but_a_number_alone_is(
    desk: Desk,
) -> None:
    notes = footnotes(desk, Boxes())

    assert not notes.cite("4.", 30).is_claim
    assert notes.cite("42.", 0).is_claim
