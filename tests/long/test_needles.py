"""Facts at two depths of a document that the trial model reads whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.session import Session
from tests.long import needles
from tests.long.needles import Asked
from tests.long.prose import FACTS

pytestmark = [pytest.mark.models, pytest.mark.timeout(400)]

TOKENS = 1500


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Asked]]:
    folder, facts = tmp_path_factory.mktemp("town"), FACTS[:2]
    with Session(folder / "library", options=needles.options()) as session:
        path = needles.town(session, folder, TOKENS, facts, seed=1)
        yield list(needles.ask(session, path, facts))


def test_the_fact_stands_in_what_the_model_reads_word_for_word(asked: list[Asked]) -> None:
    assert [one.was_read for one in asked] == [True, True]


def test_a_sentence_that_quotes_a_fact_gets_its_page(asked: list[Asked]) -> None:
    assert asked[0].page != asked[1].page
    assert [one.cited for one in asked] == [(one.page,) for one in asked]


def test_the_answer_is_of_the_whole_document(asked: list[Asked]) -> None:
    for one in asked:
        (read,) = one.answer.coverage.whole
        assert read.pages == 4
        assert abs(read.tokens - TOKENS) < TOKENS / 5
