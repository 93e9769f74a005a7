"""Hostile documents are found, quoted and cited as any text; what a model makes up is marked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag import output_answer
from rag.answering import Question
from rag.cite import split_sentences
from rag.records import Scope, Support
from tests.injection.attacks import OBEYED, Attack, each
from tests.rag.desk import Desk, evidence, final

QUESTION = Question("Where in the yard do bicycles stand?")


def asked(attack: Attack, folder: Path, said: str):
    """A library with the attack in it, and the answer of a model that says `said`."""
    desk = Desk(folder)
    name = attack.name.replace("/", "_")
    (desk.files / f"{name}.txt").write_bytes(attack.text.encode("utf-8", "replace"))
    desk.read()
    desk.model.answer = said
    return desk, desk.ask(QUESTION)


@each
def test_what_a_model_that_obeys_makes_up_is_never_proven(attack: Attack, tmp_path: Path) -> None:
    desk, events = asked(attack, tmp_path, attack.obeyed)

    answer = final(events)
    made_up = [s for s in answer.sentences if OBEYED[:-1] in s.text]
    assert made_up
    for sentence in made_up:
        assert sentence.support is not Support.SUPPORTED
        if sentence.text.strip() == OBEYED:
            assert (sentence.support, sentence.citations) == (Support.NOT_FOUND, ())
            assert sentence.is_unproven
    desk.catalog.close()


@each
def test_what_is_cited_stands_in_the_document(attack: Attack, tmp_path: Path) -> None:
    desk, events = asked(attack, tmp_path, "Bicycles stand in the yard.")

    answer = final(events)
    cited = [c for sentence in answer.sentences for c in sentence.citations]
    assert cited
    assert answer.sentences[0].support is Support.SUPPORTED
    for citation in cited:
        document = desk.catalog.document_text(citation.document_id)
        assert document.text[citation.start : citation.end] == citation.quote
    json.dumps(output_answer.answer("1", Scope(), answer))
    desk.catalog.close()


@pytest.mark.parametrize("number", [0, 1, 3])
def test_an_order_that_is_quoted_is_a_quote(number: int, tmp_path: Path) -> None:
    from tests.injection.attacks import ATTACKS

    attack = ATTACKS[number]
    start, end = split_sentences(attack.text)[-1]
    order = attack.text[start:end]
    desk, events = asked(attack, tmp_path, f"The document says: “{order}”")

    answer = final(events)
    hits = evidence(events).hits
    assert any(order in hit.text for hit in hits)
    for citation in (c for s in answer.sentences for c in s.citations):
        assert citation.quote in attack.text
    desk.catalog.close()
