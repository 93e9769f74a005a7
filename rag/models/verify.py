"""Tells whether a file is a language model that can be used, and the one that was meant."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import ModelBroken, ModelMismatch, ModelMissing
from rag.models import catalog
from rag.models.gguf_header import BadHeader, GgufHeader, read
from rag.records import ModelInfo, ModelOffer

_HASH_BYTES = 8 * 2**20
_NOT_FOR_ANSWERS = frozenset(
    {
        "bert",
        "clip",
        "eurobert",
        "gemma-embedding",
        "jina-bert-v2",
        "jina-bert-v3",
        "modern-bert",
        "neo-bert",
        "nomic-bert",
        "nomic-bert-moe",
        "t5",
        "t5encoder",
        "wavtokenizer-dec",
        "whisper",
    }
)
"""Architectures that embed, listen or speak, or need an encoder that is not supported."""


def check_gguf(path: Path) -> ModelInfo:
    """What the file at `path` is, by its header alone; raises `ModelMissing`, `ModelBroken`."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = read(file)
    except FileNotFoundError as error:
        raise ModelMissing(path) from error
    except OSError as error:
        raise ModelBroken(path, error.strerror or str(error)) from error
    except BadHeader as error:
        raise ModelBroken(path, str(error)) from error
    if header.data_end > size:
        share = 100 * size // header.data_end
        raise ModelBroken(path, f"only {share}% of it are there: the download is not complete")
    reason = _why_no_language_model(header)
    if reason:
        raise ModelBroken(path, reason)
    context = header.metadata.get(f"{header.metadata['general.architecture']}.context_length")
    if not isinstance(context, int) or context < 1:
        raise ModelBroken(path, "it does not say how long its context is")
    trial = catalog.trial()
    is_trial = size == trial.size_bytes and path.name == trial.file.rpartition("/")[2]
    return ModelInfo(
        name=trial.name if is_trial else _name(path, size),
        path=path,
        size_bytes=size,
        context_tokens=context,
        is_trial=is_trial,
        vocabulary=header.vocabulary,
    )


def check_download(
    path: Path, offer: ModelOffer, cancel: CancelToken
) -> Generator[float, None, None]:
    """Compare a file with its catalog entry, yielding the share done (0..1).

    The size first, then the hash where the catalog has one. Raises `ModelMissing`, `ModelBroken`,
    `ModelMismatch`, `Cancelled`.
    """
    try:
        size = path.stat().st_size
        if size != offer.size_bytes:
            raise ModelMismatch(path, f"{size:,} bytes instead of {offer.size_bytes:,}")
        yield 0.0
        if offer.sha256:
            digest, done = hashlib.sha256(), 0
            with path.open("rb") as file:
                while block := file.read(_HASH_BYTES):
                    cancel.check()
                    digest.update(block)
                    done += len(block)
                    yield min(done / size, 1.0)
            if digest.hexdigest() != offer.sha256:
                raise ModelMismatch(path, "its SHA-256 differs")
        else:
            yield 1.0
    except FileNotFoundError as error:
        raise ModelMissing(path) from error
    except OSError as error:
        raise ModelBroken(path, error.strerror or str(error)) from error


def _why_no_language_model(header: GgufHeader) -> str:
    """The reason in a few words; empty for a language model."""
    told = header.metadata
    architecture = told.get("general.architecture")
    if not isinstance(architecture, str) or not header.tensors:
        return "it holds no model"
    if told.get("general.type", "model") != "model":
        return f"it is a part of a model: {told['general.type']}"
    if architecture in _NOT_FOR_ANSWERS or told.get(f"{architecture}.pooling_type"):
        return f"“{architecture}” is not a model that writes answers"
    if "tokenizer.ggml.model" not in told:
        return "it has no vocabulary"
    if told.get("split.no"):
        return "it is a later part of a split model: choose the first part"
    return ""


def _name(path: Path, size: int) -> str:
    """The catalog's name for a file of exactly this size, else the file's own."""
    for offer in catalog.offers():
        if offer.size_bytes == size:
            return offer.name
    return path.stem
