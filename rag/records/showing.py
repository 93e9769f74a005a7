"""What is shown of pages and models."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rag.records.answering import Box


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page drawn as pixels: rows of `stride` bytes, each pixel as B, G, R and an unused byte."""

    path: Path
    page: int  # 1-based
    page_count: int
    label: str
    width_pt: float
    height_pt: float
    width_px: int
    height_px: int
    stride: int
    pixels: bytes
    boxes: tuple[Box, ...] = ()  # of the words that were asked for, as far as they are on the page


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A language model on this computer."""

    name: str
    path: Path
    size_bytes: int
    context_tokens: int  # what it was trained for
    is_trial: bool
    vocabulary: str = ""  # a fingerprint: models that share it make the same tokens of a text


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """A model that can be had, as the catalog describes it."""

    id: str
    name: str
    file: str
    size_bytes: int
    sha256: str  # empty where only the hub knows it
    licence: str
    page_url: str
    summary: str
    context_tokens: int
    memory_gb: float
    default: bool = False


@dataclass(frozen=True, slots=True)
class EmbedderInfo:
    """A search model that the library can be made searchable with."""

    id: str  # "all-MiniLM-L6-v2@int8": the catalog's name and the precision it computes in
    name: str  # as shown
    summary: str  # in plain words: which languages, how fast
    dimension: int
    licence: str
    page_url: str
    installed: bool  # its files are on this computer
