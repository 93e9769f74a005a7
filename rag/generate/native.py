"""A model's weights and vocabulary in llama.cpp."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import cast

from rag.errors import ModelBroken
from rag.generate.binding import forget_errors, last_error, library
from rag.generate.template import Marker
from rag.generate.tokens import tokens_of
from rag.records import ModelShape

_CONTROL, _USER_DEFINED, _LSTRIP, _RSTRIP = 1 << 3, 1 << 4, 1 << 7, 1 << 8  # llama_token_attr
_LARGEST_NUMBER = 64  # bytes of a number in a file's header, as text


class NativeModel:
    """A GGUF file, mapped into memory; raises `ModelBroken` with llama.cpp's reason.

    Any number of contexts may share it, and any thread may ask it for tokens.
    """

    def __init__(self, path: Path, name: str, *, on_gpu: bool = False) -> None:
        self.name = name
        self.on_gpu = on_gpu
        self._llama = library()
        forget_errors()
        params = self._llama.llama_model_default_params()
        params.n_gpu_layers = -1 if on_gpu else 0
        # Repacked weights are a second copy (+1.2 GB for a 4B model) that gains nothing.
        params.use_extra_bufts = False
        self.handle: object = self._llama.llama_model_load_from_file(os.fsencode(path), params)
        if not self.handle:
            raise ModelBroken(path, last_error())
        self._vocab: object = self._llama.llama_model_get_vocab(self.handle)
        self.shape = self._read_shape()
        self.can_go_back = not (
            self._llama.llama_model_is_recurrent(self.handle)
            or self._llama.llama_model_is_hybrid(self.handle)
        )
        """What was read last can be dropped alone."""

    def _read_shape(self) -> ModelShape:
        llama, model = self._llama, self.handle
        heads = max(1, int(llama.llama_model_n_head(model)))
        hidden = int(llama.llama_model_n_embd(model))
        kind = self._header_value("general.architecture")
        return ModelShape(
            layers=int(llama.llama_model_n_layer(model)),
            heads=heads,
            kv_heads=int(llama.llama_model_n_head_kv(model)),
            head_size=self._header_number(f"{kind}.attention.key_length") or hidden // heads,
            hidden=hidden,
            feed_forward=self._header_number(f"{kind}.feed_forward_length"),
            vocabulary=int(llama.llama_vocab_n_tokens(self._vocab)),
            context_tokens=int(llama.llama_model_n_ctx_train(model)),
            weights_bytes=int(llama.llama_model_size(model)),
        )

    def _header_number(self, key: str) -> int:
        """A whole number in the file's header; 0 where there is none, or one for each layer."""
        value = self._header_value(key)
        return int(value) if value.isdecimal() else 0

    def _header_value(self, key: str) -> str:
        data = ctypes.create_string_buffer(_LARGEST_NUMBER)
        size = self._llama.llama_model_meta_val_str(self.handle, key.encode(), data, len(data))
        return data.value.decode("utf-8", "replace") if int(size) >= 0 else ""

    def close(self) -> None:
        """Free the memory, once all its contexts are closed; nothing may be called afterwards."""
        if self.handle:
            self._llama.llama_model_free(self.handle)
        self.handle = None

    # ------------------------------------------------------------ vocabulary

    def tokenize(self, text: str, *, special: bool = False) -> list[int]:
        """The tokens of `text` without BOS; control tokens are plain text unless `special`."""
        return tokens_of(self._vocab, text, special=special)

    def piece(self, token: int) -> bytes:
        """The bytes of an ordinary token; they may end within a code point."""
        room = 256
        while True:
            data = ctypes.create_string_buffer(room)
            size = int(self._llama.llama_token_to_piece(self._vocab, token, data, room, 0, False))
            if size >= 0:
                return data.raw[:size]
            room = -size

    def ends_answer(self, token: int) -> bool:
        """It ends the generation, or is no text."""
        return bool(
            self._llama.llama_vocab_is_eog(self._vocab, token)
            or self._llama.llama_vocab_is_control(self._vocab, token)
        )

    def markers(self) -> dict[str, Marker]:
        """Every control or user-defined token by its name; white space is none."""
        markers: dict[str, Marker] = {}
        for token in range(self.shape.vocabulary):
            kind = int(self._llama.llama_vocab_get_attr(self._vocab, token))
            if kind & (_CONTROL | _USER_DEFINED):
                text = self._name_of(token)
                if text.strip(" \t\n\r\u2581"):
                    markers[text] = Marker(token, bool(kind & _LSTRIP), bool(kind & _RSTRIP))
        return markers

    def bos(self) -> int | None:
        """The token that every prompt must begin with, if the file asks for one."""
        if not self._llama.llama_vocab_get_add_bos(self._vocab):
            return None
        token = int(self._llama.llama_vocab_bos(self._vocab))
        return token if token >= 0 else None

    def token_name(self, kind: str) -> str:
        """The name of the "bos" or "eos" token; empty where there is none."""
        token = int(getattr(self._llama, f"llama_vocab_{kind}")(self._vocab))
        return self._name_of(token) if token >= 0 else ""

    def _name_of(self, token: int) -> str:
        name = cast("bytes", self._llama.llama_vocab_get_text(self._vocab, token))
        return name.decode("utf-8", "replace")

    def chat_template(self) -> str | None:
        """The Jinja template in the file."""
        template = cast("bytes | None", self._llama.llama_model_chat_template(self.handle, None))
        return template.decode("utf-8", "replace") if template else None
