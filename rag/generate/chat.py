"""Conversations as a model's own tokens."""

from __future__ import annotations

from collections.abc import Sequence

from rag.generate.native import NativeModel
from rag.generate.template import ChatTemplate, encode
from rag.protocols import ChatMessage


class ChatEncoder:
    """Makes prompts with the chat template that a model brings along; from any thread."""

    def __init__(self, model: NativeModel) -> None:
        self._model = model
        self.markers = model.markers()
        """The control tokens by their names."""
        self._template = ChatTemplate(
            model.chat_template(), model.token_name("bos"), model.token_name("eos")
        )

    def count_tokens(self, text: str) -> int:
        """The number of tokens of plain `text`."""
        return len(self._model.tokenize(text))

    def encode_chat(self, messages: Sequence[ChatMessage]) -> list[int]:
        """The prompt, ready for its answer."""
        tokens = encode(self._template.parts(messages), self.markers, self._model.tokenize)
        bos = self._model.bos()
        return tokens if bos is None or tokens[:1] == [bos] else [bos, *tokens]
