"""A model's vocabulary without its weights, to count tokens with."""

from __future__ import annotations

import os
from pathlib import Path

from rag.errors import GenerationFailed, ModelBroken, ModelMissing
from rag.generate.binding import forget_errors, last_error, library
from rag.generate.tokens import tokens_of


class Vocabulary:
    """A `TokenCounter` over a GGUF file; for one thread at a time.

    Loading takes a second and, of 200,000 tokens, 60 MB until `close`. The file must have passed
    `rag.models.verify`. Raises `ModelMissing`, `ModelBroken`.
    """

    def __init__(self, path: Path, vocabulary: str) -> None:
        if not path.is_file():
            raise ModelMissing(path)
        self.vocabulary = vocabulary
        self._llama = library()
        forget_errors()
        params = self._llama.llama_model_default_params()
        params.vocab_only = True
        self._model: object = self._llama.llama_model_load_from_file(os.fsencode(path), params)
        if not self._model:
            raise ModelBroken(path, last_error())
        self._vocab: object = self._llama.llama_model_get_vocab(self._model)

    def count_tokens(self, text: str) -> int:
        """The number of tokens of plain `text`, as the model itself would make them."""
        if not self._model:
            raise GenerationFailed("the vocabulary was closed")
        return len(tokens_of(self._vocab, text))

    def close(self) -> None:
        """Free the memory; nothing can be counted any more."""
        if self._model:
            self._llama.llama_model_free(self._model)
        self._model = None
