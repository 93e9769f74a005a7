"""A model's vocabulary without its weights, to count tokens with."""

from __future__ import annotations

import os
from pathlib import Path

from rag.errors import GenerationFailed, ModelBroken, ModelMissing
from rag.generate.binding import forget_errors, last_error, library
from rag.generate.tokens import tokens_of


class Vocabulary:
    """A `TokenCounter` over a GGUF file; for one thread at a time.

    Loaded with the first text, which takes a second and, of 200,000 tokens, 60 MB until `close`.
    The file must have passed `rag.models.verify`.
    """

    def __init__(self, path: Path, vocabulary: str) -> None:
        self.vocabulary = vocabulary
        self._path = path
        self._model: object = None
        self._closed = False

    def count_tokens(self, text: str) -> int:
        """The number of tokens of plain `text`, as the model itself would make them.

        Raises `ModelMissing`, `ModelBroken`, and `GenerationFailed` after `close`.
        """
        if self._closed:
            raise GenerationFailed("the vocabulary was closed")
        if not self._model:
            self._model = self._load()
        return len(tokens_of(library().llama_model_get_vocab(self._model), text))

    def _load(self) -> object:
        if not self._path.is_file():
            raise ModelMissing(self._path)
        llama = library()
        forget_errors()
        params = llama.llama_model_default_params()
        params.vocab_only = True
        model: object = llama.llama_model_load_from_file(os.fsencode(self._path), params)
        if not model:
            raise ModelBroken(self._path, last_error())
        return model

    def close(self) -> None:
        """Free the memory; nothing can be counted any more."""
        self._closed = True
        if self._model:
            library().llama_model_free(self._model)
        self._model = None
