"""What the plan for long documents is made from: what is in scope, kept, free and fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from rag.generate.memory import free_bytes
from rag.index.catalog import Catalog
from rag.plan import Asked, Kept, LongDocument, Machine, machine_now
from rag.records import (
    Breadth,
    ContextShape,
    Mode,
    ModelShape,
    PrefillCurve,
    SavedReading,
    Scope,
)

CONVERSATION_TOKENS = 768
"""Kept free behind the documents, for questions and earlier turns."""

_RULES_TOKENS, _HEAD_TOKENS = 190, 16  # of the prompt, and of each document's first line
_QUESTION_TOKENS = 40
_TOKENS_PER_WORD = 1.4  # of running text, where nobody has counted yet


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What is known of the model that answers, loaded or not."""

    name: str
    shape: ModelShape
    vocabulary: str  # a fingerprint, which counts of tokens are kept under
    curve: PrefillCurve | None  # of 16-bit contexts without flash attention
    is_loaded: bool
    free_bytes: int | None = None  # memory before the program is started; None is as it is now
    writes_tokens_per_s: float | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, and how much of the documents it wants read."""

    scope: Scope
    breadth: Breadth = Breadth.WHOLE
    read: Mode | None = None
    answer_tokens: int = 0
    question_tokens: int = _QUESTION_TOKENS  # with the conversation before it


def documents_in(catalog: Catalog, scope: Scope, vocabulary: str) -> tuple[LongDocument, ...]:
    """The documents in `scope`, by path, with their length in tokens of a model's `vocabulary`.

    It is an estimate for those that nobody has counted yet. Raises as `Catalog.documents_in`.
    """
    return tuple(
        LongDocument(
            id=one.document_id,
            path=one.path,
            title=one.title,
            pages=one.pages,
            tokens=int(one.words * _TOKENS_PER_WORD) if one.tokens is None else one.tokens,
        )
        for one in catalog.token_counts.of(scope, vocabulary)
    )


def uncounted_in(catalog: Catalog, scope: Scope, vocabulary: str) -> list[int]:
    """How many words each document in `scope` has whose tokens nobody has counted yet."""
    counts = catalog.token_counts.of(scope, vocabulary)
    return [one.words for one in counts if one.tokens is None]


def rules_tokens(documents: int) -> int:
    """What of a prompt's beginning is not of the documents' own text."""
    return _RULES_TOKENS + _HEAD_TOKENS * documents


def asked_of(
    documents: Sequence[LongDocument], wish: Wish, readings: Sequence[SavedReading], model: str
) -> Asked:
    """What a wish asks of `documents`; `readings` are those that are kept."""
    spare = max(0, CONVERSATION_TOKENS - wish.question_tokens)
    rules = rules_tokens(len(documents))
    lengths = {document.path: document.tokens for document in documents}
    kept = tuple(
        Kept(one.paths, _tokens_kept(one, lengths), one.kv_type, one.flash_attention)
        for one in readings
        if one.model == model
    )
    return Asked(
        breadth=wish.breadth,
        read=wish.read,
        documents=tuple(documents),
        narrowed=bool(wish.scope.paths),
        answer_tokens=wish.answer_tokens + spare,
        question_tokens=wish.question_tokens,
        rules_tokens=rules,
        kept=kept,
    )


def _tokens_kept(reading: SavedReading, lengths: Mapping[Path, int]) -> int:
    """How many tokens of its documents' texts a reading has, which has their heads and rules too.

    `lengths` are those of the documents that are asked for.
    """
    if reading.tokens_total and lengths.keys() >= set(reading.paths):
        length = sum(lengths[path] for path in reading.paths)
        return length * reading.tokens // reading.tokens_total
    return max(0, reading.tokens - rules_tokens(len(reading.paths)))


def machine_for(model: ModelFacts, open_context: ContextShape | None) -> Machine:
    """What this computer has free for `model` now."""
    machine = machine_now(
        model.shape,
        free_bytes(model.shape.weights_bytes),
        psutil.Process().memory_info().rss,
        model.curve,
        loaded=model.is_loaded,
        open_context=open_context,
    )
    machine = replace(machine, writes_tokens_per_s=model.writes_tokens_per_s)
    return machine if model.free_bytes is None else machine.before_start(model.free_bytes)
