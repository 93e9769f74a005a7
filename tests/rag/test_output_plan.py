"""Plans as the command line tells of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rag.answering import Planned
from rag.options import Options
from rag.output_plan import plan, plan_text
from rag.plan import Asked, Kept, LongDocument, LongPlan, Machine, plan_long
from rag.records import Breadth, Mode, ModelShape, PrefillCurve
from rag.whole.facts import ModelFacts

SHAPE = ModelShape(2, 24, 8, 128, 3072, 8192, 200_064, 131_072, 627_889_536)
DOCUMENTS = (
    LongDocument(1, Path("a.pdf"), "A", 10, 5000),
    LongDocument(2, Path("b.pdf"), "B", 10, 6000),
)
ASKED = Asked(
    Breadth.COMPARE,
    None,
    DOCUMENTS,
    narrowed=True,
    answer_tokens=400,
    question_tokens=50,
    kept=(Kept((Path("b.pdf"), Path("a.pdf")), 7000),),
)


def _planned(asked: Asked = ASKED) -> Planned:
    curve = PrefillCurve(50.0)
    made = plan_long(asked, Machine(8 * 10**9, curve=curve), SHAPE, Options())
    facts = ModelFacts("Shape", SHAPE, "v", curve, is_loaded=False)
    passages = 5 if made.mode is Mode.PASSAGES else 0
    return Planned(made.mode, made.reason, passages, made.seconds, 400, facts, made)


def _long(made: Planned) -> LongPlan:
    assert made.long is not None
    return made.long


def test_a_plan_has_every_field_that_tells_what_it_takes():
    made = _planned()

    told = plan("7", made)

    assert isinstance(told, dict)
    assert told["id"] == "7"
    assert told["mode"] == "whole_document"
    assert told["documents"] == [
        {"path": "b.pdf", "tokens": 6000, "tokens_saved": 6000},
        {"path": "a.pdf", "tokens": 5000, "tokens_saved": 1000},
    ]
    assert (told["tokens"], told["tokens_saved"]) == (11_000, 7000)
    context = (told["n_ctx"], told["kv_type"], told["n_ubatch"], told["flash_attention"])
    assert context == (11_776, "f16", 128, False)
    assert told["memory_bytes"] == _long(made).memory_bytes
    assert told["free_bytes"] == 8 * 10**9
    assert (told["prefill_tokens_per_s"], told["answer_tokens"]) == (50.0, 400)
    assert (told["model"], told["passages"], told["offer"]) == ("Shape", 0, None)
    assert isinstance(told["seconds"], float)


def test_passages_are_read_in_the_context_of_4096_and_the_whole_is_offered():
    told = plan("1", _planned(replace(ASKED, breadth=Breadth.FACT)))

    assert isinstance(told, dict)
    assert (told["mode"], told["n_ctx"], told["passages"]) == ("passages", 4096, 5)
    offer = told["offer"]
    assert isinstance(offer, dict)
    assert offer["mode"] == "whole_document"


def test_without_a_model_what_it_would_tell_is_null():
    told = plan("1", Planned(Mode.PASSAGES, "Because.", 3, None, 400, None, None))

    assert isinstance(told, dict)
    assert told["documents"] == []
    unknown = ("memory_bytes", "free_bytes", "prefill_tokens_per_s", "seconds", "model", "offer")
    assert [told[name] for name in unknown] == [None] * len(unknown)


def test_in_words_a_plan_is_its_reason_the_offer_and_the_memory():
    made = _planned(replace(ASKED, breadth=Breadth.FACT))

    reason, offer, memory = plan_text(made).splitlines()

    assert reason == made.reason
    assert offer.startswith("Or: Reading the rest of B and A (20 pages)")
    assert memory == f"Memory: {_long(made).memory_bytes / 1e9:.1f} GB at most, 8.0 GB are free."


def test_a_note_is_told_once():
    made = _planned(replace(ASKED, read=Mode.WHOLE_DOCUMENT, documents=(_long_one(),), kept=()))
    note = _long(made).note

    assert note
    assert plan_text(made).count(note) == 1
    assert plan_text(replace(made, reason=f"{made.reason} {note}")).count(note) == 1


def _long_one() -> LongDocument:
    return LongDocument(1, Path("a.pdf"), "A", 10, 50_000)
