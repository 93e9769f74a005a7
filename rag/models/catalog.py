"""The models that Footnote knows, as `resources/models.json` lists them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypedDict, cast

from rag import resources
from rag.records import ModelOffer


@dataclass(frozen=True, slots=True)
class TrialModel:
    """The small language model that installs as an ordinary package."""

    name: str
    distribution: str  # the package that carries the file
    file: str  # within the package's folder, with slashes
    size_bytes: int
    sha256: str
    licence: str


@dataclass(frozen=True, slots=True)
class EmbedderEntry:
    """A search model, with all that makes its vectors comparable."""

    id: str  # the name of its folder
    name: str
    distribution: str  # the package that carries it; empty for one that is to be downloaded
    folder: str  # within the package's folder, with slashes
    sha256: str  # of model.safetensors; empty where only the hub knows it
    revision: str  # of its page that the other facts are true of
    page_url: str
    licence: str
    languages: Sequence[str]  # two-letter codes, or "*" for about a hundred
    dimension: int
    max_tokens: int
    question_prefix: str
    passage_prefix: str
    summary: str


@dataclass(frozen=True, slots=True)
class RerankerEntry:
    """A model that reads a question and a passage together, to be downloaded by the user."""

    id: str  # the name of its folder
    name: str
    revision: str  # of its page that the other facts are true of
    page_url: str
    licence: str
    languages: list[str]  # two-letter codes
    parameters: int  # 0 where unknown
    max_tokens: int
    summary: str


class _OfferFields(TypedDict, total=False):
    id: str
    name: str
    file: str
    size_bytes: int
    sha256: str
    licence: str
    page_url: str
    summary: str
    context_tokens: int
    memory_gb: float
    default: bool


class _TrialFields(TypedDict):
    name: str
    distribution: str
    file: str
    size_bytes: int
    sha256: str
    licence: str


class _EmbedderFields(TypedDict):
    id: str
    name: str
    distribution: str
    folder: str
    sha256: str
    revision: str
    page_url: str
    licence: str
    languages: list[str]
    dimension: int
    max_tokens: int
    question_prefix: str
    passage_prefix: str
    summary: str


class _RerankerFields(TypedDict):
    id: str
    name: str
    revision: str
    page_url: str
    licence: str
    languages: list[str]
    parameters: int
    max_tokens: int
    summary: str


class _Catalog(TypedDict):
    models: list[_OfferFields]
    trial: _TrialFields
    embedders: list[_EmbedderFields]
    rerankers: list[_RerankerFields]


@cache
def offers() -> tuple[ModelOffer, ...]:
    """The language models that can be downloaded, the default first."""
    return tuple(ModelOffer(**fields) for fields in _read()["models"])


@cache
def trial() -> TrialModel:
    """The trial model."""
    return TrialModel(**_read()["trial"])


@cache
def embedders() -> tuple[EmbedderEntry, ...]:
    """The search models, the default first."""
    return tuple(EmbedderEntry(**fields) for fields in _read()["embedders"])


@cache
def rerankers() -> tuple[RerankerEntry, ...]:
    """The reranking models, the one to be preferred first."""
    return tuple(RerankerEntry(**fields) for fields in _read()["rerankers"])


@cache
def _read() -> _Catalog:
    text = (resources.folder() / "models.json").read_text("utf-8")
    return cast("_Catalog", json.loads(text))
