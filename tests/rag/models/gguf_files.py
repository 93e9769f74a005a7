"""Small GGUF files to check."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from gguf import GGUFWriter


def write_gguf(
    path: Path,
    architecture: str = "llama",
    *,
    context: int = 2048,
    vocabulary: bool = True,
    tensors: int = 2,
    extra: dict[str, int | str] | None = None,
) -> Path:
    """A file with the header of a language model and a few kilobytes of data."""
    writer = GGUFWriter(path, architecture)
    writer.add_name("A small test")
    if context:
        writer.add_context_length(context)
    if vocabulary:
        writer.add_tokenizer_model("gpt2")
        writer.add_token_list(["a", "b", "<|end|>"])
        writer.add_token_types([1, 1, 3])
    for key, value in (extra or {}).items():
        if isinstance(value, str):
            writer.add_string(key, value)
        else:
            writer.add_uint32(key, value)
    for number in range(tensors):
        writer.add_tensor(f"t{number}", np.arange(1000, dtype=np.float32).reshape(10, 100))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
