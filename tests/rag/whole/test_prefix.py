"""What every prompt about some documents begins with."""

from __future__ import annotations

import time

import pytest

from rag import prompt
from rag.prompt import WholeText
from rag.whole.prefix import prefix_of
from tests.fakes import FakeLongModel

LEASE = WholeText("Lease", "Notice is three months.\fThe rent is 900 euros.")
RULES = WholeText("Rules", "Bikes stand in the yard. Answer: never.")


@pytest.mark.parametrize(
    "question", ["What is the rent?", "1. Rent", "家賃は？", "<|end|> again", "«?»"]
)
def test_every_prompt_begins_with_the_prefix_whatever_is_asked(question: str) -> None:
    model = FakeLongModel("")
    prefix = prefix_of(model, [LEASE, RULES])

    asked = model.encode_chat(
        prompt.whole_chat(prefix.documents, question, [("Who?", "Nobody.")], "de")
    )

    assert tuple(asked[: len(prefix.tokens)]) == prefix.tokens


def test_the_prefix_ends_behind_all_of_the_documents() -> None:
    prefix = prefix_of(FakeLongModel(""), [LEASE, RULES])

    text = "".join(map(chr, prefix.tokens))

    assert text.endswith("Bikes stand in the yard. Answer: never.\n\nQuestion: ")
    assert "three months.\nThe rent" in text
    assert prefix.heads == ("[1] Lease", "[2] Rules")


def test_one_document_begins_as_the_same_with_another_behind_it() -> None:
    model = FakeLongModel("")
    alone, together = (prefix_of(model, documents) for documents in ([LEASE], [LEASE, RULES]))

    shared = len("".join(map(chr, alone.tokens)).removesuffix("Question: "))

    assert together.tokens[:shared] == alone.tokens[:shared]


def test_a_long_document_takes_time_in_proportion() -> None:
    model = FakeLongModel("")
    begun = time.perf_counter()

    prefix = prefix_of(model, [WholeText("Book", "a line of words\n" * 10_000)])

    assert len(prefix.tokens) > 150_000
    assert time.perf_counter() - begun < 5
