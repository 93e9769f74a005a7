"""A model and its context in llama.cpp, through its C interface; imports `llama_cpp` alone."""

from __future__ import annotations

import ctypes
import os
import sys
from collections import deque
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import cast

import numpy as np
import psutil
import regex

from rag.errors import GenerationFailed, ModelBroken, ModelTooBig
from rag.generate.template import Marker

SLICE_TOKENS = 128
"""The most tokens one call reads: it ends soon, also on a GPU, where no callback can abort it."""

_CONTROL, _USER_DEFINED, _LSTRIP, _RSTRIP = 1 << 3, 1 << 4, 1 << 7, 1 << 8  # llama_token_attr
_COMPUTE_BYTES = 300 * 2**20  # more than the work of a slice takes
_ABORTED = 2  # llama_decode()
_WARN, _ERROR = 3, 4  # enum ggml_log_level
# llama.cpp splits text by a recursive search that takes 300 bytes of stack for each character that
# one match has: some 20,000 letters, blanks or signs in a row, as in encoded pictures, end the
# process, and fewer where stacks are smaller.
_LONG_RUN = regex.compile(r"[\p{L}\p{M}]{1000}|\s{1000}|[^\s\p{L}\p{N}]{1000}")


class Aborted(Exception):
    """A call was ended by `NativeModel.abort`; what it had read may be partly in the cache."""


class NativeModel:
    """A GGUF file with one context of one sequence; raises `ModelBroken` with llama.cpp's reason.

    Used by one thread at a time, but for the vocabulary and `abort`.
    """

    def __init__(self, path: Path, name: str, n_ctx: int, threads: int) -> None:
        self._path, self._name = path, name
        self._llama, self._log = _library()
        self._stop = ctypes.create_string_buffer(2)
        self._model: object = None
        self._context: object = None
        on_gpu = bool(self._llama.llama_supports_gpu_offload())
        if not (on_gpu and self._load(-1, n_ctx, threads)) and not self._load(0, n_ctx, threads):
            raise ModelBroken(path, _last_error(self._log))
        self._vocab: object = self._llama.llama_model_get_vocab(self._model)
        self._vocab_size = int(self._llama.llama_vocab_n_tokens(self._vocab))
        self._memory: object = self._llama.llama_get_memory(self._context)
        self.n_ctx = min(n_ctx, self.context_tokens)
        self.read: list[int] = []
        """The tokens in the cache."""

    @property
    def context_tokens(self) -> int:
        """What the model was trained for."""
        return int(self._llama.llama_model_n_ctx_train(self._model))

    def _load(self, gpu_layers: int, n_ctx: int, threads: int) -> bool:
        self.close()
        self._log.clear()
        llama = self._llama
        model_params = llama.llama_model_default_params()
        model_params.n_gpu_layers = gpu_layers
        # Repacked weights are a second copy (+1.2 GB for a 4B model) that gains nothing.
        model_params.use_extra_bufts = False
        self._model = llama.llama_model_load_from_file(os.fsencode(self._path), model_params)
        if not self._model:
            return False
        if gpu_layers == 0:
            self._check_memory(n_ctx)
        params = llama.llama_context_default_params()
        params.n_ctx = min(n_ctx, self.context_tokens)
        params.n_batch = params.n_ubatch = SLICE_TOKENS
        # Only the last token's logits are used: no room for n_batch x vocabulary of them.
        params.n_outputs_max = 1
        params.n_threads = params.n_threads_batch = threads
        params.swa_full = True  # otherwise no prefix can be reused in models with a sliding window
        self._context = llama.llama_init_from_model(self._model, params)
        if self._context and gpu_layers == 0:
            llama.llama_set_abort_callback(
                self._context,
                ctypes.cast(_native_strlen(), llama.ggml_abort_callback),
                ctypes.cast(self._stop, ctypes.c_void_p),
            )

        return bool(self._context)

    def _check_memory(self, n_ctx: int) -> None:
        """Raise `ModelTooBig` when the computer would have to swap weights and cache."""
        llama, model = self._llama, self._model
        head = llama.llama_model_n_embd(model) // max(1, llama.llama_model_n_head(model))
        values = 2 * llama.llama_model_n_layer(model) * llama.llama_model_n_head_kv(model) * head
        cache_bytes = values * min(n_ctx, self.context_tokens) * 2  # 16-bit floats
        needed = int(llama.llama_model_size(model)) + cache_bytes + _COMPUTE_BYTES
        free = free_bytes()
        if needed > free:
            self.close()
            raise ModelTooBig(self._name, needed / 1e9, free / 1e9)

    def close(self) -> None:
        """Free the memory; nothing but `close` may be called afterwards."""
        if self._context:
            self._llama.llama_free(self._context)
        if self._model:
            self._llama.llama_model_free(self._model)
        self._context = self._model = None

    # ------------------------------------------------------------ vocabulary

    def tokenize(self, text: str, *, special: bool = False) -> list[int]:
        """The tokens of `text` without BOS; control tokens are plain text unless `special`."""
        return [token for part in without_long_runs(text) for token in self._tokens(part, special)]

    def _tokens(self, text: str, special: bool) -> list[int]:  # noqa: FBT001 - as `tokenize`
        data = text.encode("utf-8", "replace")
        room = len(data) + 8  # no tokenizer makes more tokens than bytes, but for a prefix
        tokens = (ctypes.c_int32 * room)()
        count = int(
            self._llama.llama_tokenize(self._vocab, data, len(data), tokens, room, False, special)
        )
        if count < 0:
            raise GenerationFailed("the text could not be split into tokens")
        return list(tokens[:count])

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
        for token in range(self._vocab_size):
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
        template = cast("bytes | None", self._llama.llama_model_chat_template(self._model, None))
        return template.decode("utf-8", "replace") if template else None

    # ------------------------------------------------------------ reading and writing

    def abort(self) -> None:
        """Make the running and every later `decode` raise `Aborted`, until `allow`."""
        self._stop[0] = b"x"

    def allow(self) -> None:
        """Let `decode` work again."""
        self._stop[0] = b"\0"

    def keep(self, count: int) -> int:
        """Drop all but the first `count` tokens from the cache; returns how many really stay."""
        llama = self._llama
        if count and llama.llama_memory_seq_rm(self._memory, 0, count, -1):
            del self.read[count:]
        else:  # recurrent models cannot go back
            llama.llama_memory_clear(self._memory, False)
            self.read.clear()
        return len(self.read)

    def decode(self, tokens: Sequence[int]) -> None:
        """Read 1 to `SLICE_TOKENS` tokens after those in the cache; raises `Aborted`."""
        if self._stop[0] != b"\0":
            raise Aborted
        before = len(self.read)
        self._log.clear()
        array = (ctypes.c_int32 * len(tokens))(*tokens)
        batch = self._llama.llama_batch_get_one(array, len(tokens))
        status = int(self._llama.llama_decode(self._context, batch))
        if status == 0:
            self.read.extend(tokens)
            return
        self.keep(before)
        if status == _ABORTED:
            raise Aborted
        raise GenerationFailed(_last_error(self._log))

    def likeliest(self) -> int:
        """The most probable next token after `decode`."""
        logits = self._llama.llama_get_logits_ith(self._context, -1)
        return int(np.ctypeslib.as_array(logits, shape=(self._vocab_size,)).argmax())


def without_long_runs(text: str) -> list[str]:
    """`text` in pieces that join to it, in one where no run of alike characters is too long."""
    ends = [found.end() for found in _LONG_RUN.finditer(text)]
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)])] if ends else [text]


def free_bytes() -> int:
    """The memory that can be had without pushing other programs out."""
    return psutil.virtual_memory().available


# -------------------------------------------------------------------- the library


@cache
def _library() -> tuple[ModuleType, deque[tuple[int, str]]]:
    """llama.cpp with its log going to a short list instead of stderr."""
    from llama_cpp import llama_cpp  # noqa: PLC0415 - loads a large library

    log: deque[tuple[int, str]] = deque(maxlen=50)

    def note(level: int, text: bytes, _data: object) -> None:
        if level in {_WARN, _ERROR}:
            log.append((level, text.decode("utf-8", "replace")))

    callback = llama_cpp.llama_log_callback(note)
    llama_cpp.llama_log_set(callback, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    _CALLED_FROM_C.append(callback)
    return llama_cpp, log


_CALLED_FROM_C: list[object] = []  # to be kept until the process ends


@cache
def _native_strlen() -> ctypes.c_void_p:
    """The abort callback: `strlen` of a buffer that is empty until the work has to stop.

    It is asked before every step of the network. A Python function would wait for the interpreter
    each time, up to 5 ms when another thread is busy: seconds for a single token.
    """
    library = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
    return ctypes.cast(library.strlen, ctypes.c_void_p)


def _last_error(log: deque[tuple[int, str]]) -> str:
    """What went wrong, in llama.cpp's words without its function names."""
    errors = [line for level, line in log if level == _ERROR] or [line for _, line in log]
    telling = [line for line in errors if "error loading model" in line] or errors
    if not telling:
        return "llama.cpp gave no reason"
    return telling[0].strip().rpartition("error loading model: ")[2].rstrip(".")
