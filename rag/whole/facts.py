"""What the plan for long documents is made from: what is in scope, kept, free and fast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
    tokenizer: str  # of its vocabulary, as counts of tokens are kept under
    curve: PrefillCurve | None
    is_loaded: bool
    count_tokens: Callable[[str], int] | None  # None while it is not loaded


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, and how much of the documents it wants read."""

    scope: Scope
    breadth: Breadth = Breadth.WHOLE
    read: Mode | None = None
    answer_tokens: int = 0
    question_tokens: int = _QUESTION_TOKENS  # with the conversation before it


def documents_in(catalog: Catalog, scope: Scope) -> tuple[LongDocument, ...]:
    """The documents in `scope`, by their first path there. Raises as `Catalog.documents_in`."""
    catalog.documents_in(scope)
    titles = dict(catalog.titles())
    return tuple(
        _document(catalog, document_id, paths[0], titles.get(paths[0], ""))
        for document_id, paths in catalog.documents_shown(scope)
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
    shown = {document.path for document in documents}
    kept = tuple(
        Kept(one.paths, max(0, one.tokens - rules))
        for one in readings
        if one.model == model and shown.issuperset(one.paths)
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
    return machine_now(
        model.shape,
        free_bytes(model.shape.weights_bytes),
        psutil.Process().memory_info().rss,
        model.curve,
        loaded=model.is_loaded,
        open_context=open_context,
    )


def _document(catalog: Catalog, document_id: int, path: Path, title: str) -> LongDocument:
    line = catalog.file(path)
    words, pages, paged = (line.words, line.pages, line.paged) if line else (0, 0, False)
    return LongDocument(
        document_id, path, title, pages if paged else None, int(words * _TOKENS_PER_WORD)
    )
