"""What the plan for long documents is made from: what is in scope, kept, free and fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import psutil

from rag.generate.memory import free_bytes
from rag.index.catalog import Catalog
from rag.plan import Asked, Kept, LongDocument, Machine, machine_now
from rag.records import (
    Breadth,
    ContextShape,
    KvType,
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
    curve: PrefillCurve | None
    is_loaded: bool
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
        Kept(
            one.paths,
            sum(map(lengths.__getitem__, one.paths)) * one.tokens // one.tokens_total,
            KvType(one.kv_type),
        )
        for one in readings
        if one.model == model and one.tokens_total and lengths.keys() >= set(one.paths)
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
    return replace(machine, writes_tokens_per_s=model.writes_tokens_per_s)
