"""Tells from the header of a GGUF file what its contexts will take, without loading it."""

from __future__ import annotations

from pathlib import Path

from rag.errors import ModelBroken, ModelMissing
from rag.models.gguf_header import BadHeader, GgufHeader, read
from rag.records import ModelShape


def shape_of(path: Path) -> ModelShape:
    """The shape of the model at `path`; raises `ModelMissing`, `ModelBroken`.

    Where layers differ, that of the largest.
    """
    try:
        with path.open("rb") as file:
            header = read(file)
    except FileNotFoundError as error:
        raise ModelMissing(path) from error
    except OSError as error:
        raise ModelBroken(path, error.strerror or str(error)) from error
    except BadHeader as error:
        raise ModelBroken(path, str(error)) from error
    layers, hidden, heads = (
        _number(header, name)
        for name in ("block_count", "embedding_length", "attention.head_count")
    )
    if not (layers and hidden and heads):
        raise ModelBroken(path, "it does not say how large it is")
    words = header.arrays.get("tokenizer.ggml.tokens")
    return ModelShape(
        layers=layers,
        heads=heads,
        kv_heads=_number(header, "attention.head_count_kv") or heads,
        head_size=_number(header, "attention.key_length") or hidden // heads,
        hidden=hidden,
        feed_forward=_number(header, "feed_forward_length"),
        vocabulary=words.length if words else _number(header, "vocab_size"),
        context_tokens=_number(header, "context_length"),
        weights_bytes=header.data_end - header.data_start,
    )


def _number(header: GgufHeader, name: str) -> int:
    """A number of the architecture, the largest where it has one for each layer; 0 without."""
    key = f"{header.metadata.get('general.architecture')}.{name}"
    value = header.metadata.get(key)
    if isinstance(value, int):
        return value
    array = header.arrays.get(key)
    return int(array.largest or 0) if array else 0
