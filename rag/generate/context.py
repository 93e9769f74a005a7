"""A context over a model's weights in llama.cpp: what was read lies in its cache."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import Cancelled, GenerationFailed, ModelTooBig
from rag.generate.binding import Aborted, StopFlag, forget_errors, last_error, library
from rag.generate.memory import free_bytes
from rag.generate.native import NativeModel
from rag.records import ContextShape, KvType, ModelShape

SHORT_CONTEXT_TOKENS = 4096
"""Up to this a model with two sets of position factors takes the short ones, beyond the long."""

_GGML_TYPES = {KvType.F16: 1, KvType.Q8_0: 8}
_VALUE_BYTES = {KvType.F16: 2.0, KvType.Q8_0: 34 / 32}  # of one number in a cache
_COMPUTE_BYTES = 200 * 2**20  # more than the work of a slice takes, but for what grows with n_ctx
_FLASH_OFF, _FLASH_AUTO, _FLASH_ON = 0, -1, 1
_ABORTED = 2  # llama_decode()
_BLOCK_ROWS = 64  # that flash attention takes together
_FEWEST_PADDED = 5  # rows, from which on it pays to fill up a block
_PADDED_LOOK_BACK = 65536  # pairs of tokens, the same
_TEXT, _SPAN = 0, 1  # the sequences of a context: what is read, and a stretch on its way


@dataclass(frozen=True, slots=True)
class Row:
    """A token to be read after `position` others of one of the texts in a context."""

    text: int  # 0 up to the number of texts
    position: int
    token: int
    is_answered: bool = True  # what may come after it is wanted


class NativeContext:
    """What a model has read, of one text or of some side by side; a `TokenSpans`.

    Used by one thread at a time, but for `stop`. `texts` of `shape.n_ctx` tokens each have room;
    one alone can have its cache in files if `spans` is set. `close` it before the model. Raises
    `ModelTooBig` where its memory cannot be had.
    """

    def __init__(
        self,
        model: NativeModel,
        shape: ContextShape,
        threads: int,
        *,
        texts: int = 1,
        spans: bool = False,
    ) -> None:
        n_ctx = min(shape.n_ctx, model.shape.context_tokens)
        self.shape = replace(shape, n_ctx=n_ctx)
        self.read: list[int] = []
        """The tokens in the cache, of the only text."""
        self.stop = StopFlag()
        self._llama = library()
        self._model = model
        self._handle: object = None
        self.bytes = context_bytes(model.shape, self.shape, texts)
        """About what it takes."""
        if not model.on_gpu:
            _check_memory(model, self.bytes)
        self._handle = self._open(threads, texts, 2 if spans else texts)
        if not self._handle:
            free = free_bytes(model.shape.weights_bytes)
            raise ModelTooBig(
                model.name, (model.shape.weights_bytes + self.bytes) / 1e9, free / 1e9
            )
        self._memory: object = self._llama.llama_get_memory(self._handle)
        if not model.on_gpu:
            self.stop.watch(self._handle)

    def _open(self, threads: int, texts: int, sequences: int) -> object:
        is_long = self.shape.n_ctx > SHORT_CONTEXT_TOKENS
        params = self._llama.llama_context_default_params()
        params.n_ctx = self.shape.n_ctx * texts
        params.n_batch = params.n_ubatch = self.shape.n_ubatch
        params.type_k = params.type_v = _GGML_TYPES[self.shape.kv_type]
        params.n_threads = params.n_threads_batch = threads
        params.swa_full = True  # otherwise no prefix can be reused in models with a sliding window
        # A text alone shares its cells with the stretch that is saved or loaded. Texts side by
        # side have their own, or all of them together would count as one long text.
        params.kv_unified = texts == 1
        params.n_seq_max = sequences
        # Only the last token's logits are used: no room for n_batch x vocabulary of them.
        params.n_outputs_max = params.n_seq_max
        if not self.shape.flash_attention:
            params.flash_attn_type = _FLASH_OFF
        else:
            params.flash_attn_type = _FLASH_ON if is_long else _FLASH_AUTO
        forget_errors()
        return self._llama.llama_init_from_model(self._model.handle, params)

    def close(self) -> None:
        """Free the memory; nothing but `close` may be called afterwards."""
        if self._handle:
            self._llama.llama_free(self._handle)
        self._handle = None

    # ------------------------------------------------------------ one text

    def keep(self, count: int) -> int:
        """Drop all but the first `count` tokens from the cache; returns how many really stay."""
        llama = self._llama
        if count and llama.llama_memory_seq_rm(self._memory, _TEXT, count, -1):
            del self.read[count:]
        else:  # recurrent models cannot go back
            llama.llama_memory_clear(self._memory, False)
            self.read.clear()
        return len(self.read)

    def decode(self, tokens: Sequence[int]) -> None:
        """Read 1 to `n_ubatch` tokens after those in the cache; raises `Aborted`."""
        before, last = len(self.read), len(tokens) - 1
        padding = [tokens[last]] * self._padding(len(tokens))
        try:
            self._compute_rows(
                [
                    Row(_TEXT, before + number, token, number == last)
                    for number, token in enumerate((*tokens, *padding))
                ]
            )
        except (Aborted, GenerationFailed):
            self.keep(before)
            raise
        self.read.extend(tokens)
        if padding:
            self.keep(len(self.read))

    def _padding(self, count: int) -> int:
        """How many tokens more, to be dropped again, make `count` quicker to read.

        Flash attention takes blocks of rows together; a few rows less than a block take as long as
        several blocks, the longer the more was read before.
        """
        is_few = _FEWEST_PADDED <= count < _BLOCK_ROWS
        pays = is_few and count * len(self.read) >= _PADDED_LOOK_BACK
        fits = len(self.read) + _BLOCK_ROWS <= self.shape.n_ctx
        usable = self.shape.flash_attention and self._model.can_go_back
        return _BLOCK_ROWS - count if pays and fits and usable else 0

    # ------------------------------------------------------------ texts side by side

    def decode_rows(self, rows: Sequence[Row]) -> None:
        """Read 1 to `n_ubatch` tokens, each text's in order; raises `Aborted`, having read none."""
        try:
            self._compute_rows(rows)
        except (Aborted, GenerationFailed):
            for row in reversed(rows):
                self.keep_of(row.text, row.position)
            raise

    def keep_of(self, text: int, count: int) -> int:
        """Drop all but the first `count` tokens of a text; returns how many really stay."""
        if count and self._llama.llama_memory_seq_rm(self._memory, text, count, -1):
            return count
        self._llama.llama_memory_seq_rm(self._memory, text, -1, -1)
        return 0

    def copy_text(self, text: int, others: Iterable[int]) -> None:
        """Let each of `others` have read just what `text` has."""
        for other in others:
            self._llama.llama_memory_seq_rm(self._memory, other, -1, -1)
            self._llama.llama_memory_seq_cp(self._memory, text, other, -1, -1)

    # ------------------------------------------------------------ what comes next

    def _compute_rows(self, rows: Sequence[Row]) -> None:
        if self.stop.is_set:
            raise Aborted
        llama = self._llama
        batch = llama.llama_batch_init(len(rows), 0, 1)
        batch.n_tokens = len(rows)
        for number, row in enumerate(rows):
            batch.token[number] = row.token
            batch.pos[number] = row.position
            batch.n_seq_id[number] = 1
            batch.seq_id[number][0] = row.text
            batch.logits[number] = row.is_answered
        forget_errors()
        try:
            status = int(llama.llama_decode(self._handle, batch))
        finally:
            llama.llama_batch_free(batch)
        if status == _ABORTED:
            raise Aborted
        if status != 0:
            raise GenerationFailed(last_error())

    def likeliest(self, row: int = -1) -> int:
        """The most probable next token after `decode`, or after one of `decode_rows`' rows."""
        return int(self._logits(row).argmax())

    def logits(self) -> NDArray[np.float32]:
        """How probable each token is after `decode`: a copy, shape (vocabulary,)."""
        return self._logits(-1).copy()

    def _logits(self, row: int) -> NDArray[np.float32]:
        logits = self._llama.llama_get_logits_ith(self._handle, row)
        return np.ctypeslib.as_array(logits, shape=(self._model.shape.vocabulary,))

    # ------------------------------------------------------------ stretches in files

    def save_span(self, file: Path, start: int, end: int) -> None:
        """Write the cache of the tokens from `start` to `end`; raises `OSError`, `Cancelled`."""
        if self.stop.is_set:
            raise Cancelled
        if not 0 <= start < end <= len(self.read):
            raise ValueError(f"{start} to {end} of {len(self.read)} tokens")
        llama, memory = self._llama, self._memory
        tokens = (ctypes.c_int32 * (end - start))(*self.read[start:end])
        llama.llama_memory_seq_cp(memory, _TEXT, _SPAN, start, end)
        forget_errors()
        written = int(
            llama.llama_state_seq_save_file(
                self._handle, os.fsencode(file), _SPAN, tokens, len(tokens)
            )
        )
        llama.llama_memory_seq_rm(memory, _SPAN, -1, -1)
        if not written:
            raise OSError(errno.EIO, last_error(), str(file))
        if file.stat().st_size != written:  # llama.cpp does not see its last bytes fail
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))

    def load_span(self, file: Path, start: int, tokens: Sequence[int], wanted: int) -> None:
        """Take in the cache of the first `wanted` of `tokens`, all of which `file` holds.

        They begin at `start`, where what is read ends. Raises `ValueError` where the file does not
        hold just these, or there is no room for all of them, and `Cancelled`; the context is as
        before then. llama.cpp may end the process on a damaged file: check it first.
        """
        if self.stop.is_set:
            raise Cancelled
        end = start + len(tokens)
        if start != len(self.read) or not 0 < wanted <= len(tokens) or end > self.shape.n_ctx:
            raise ValueError(f"{len(tokens)} tokens from {start}, where {len(self.read)} are read")
        llama, memory = self._llama, self._memory
        held = (ctypes.c_int32 * len(tokens))()
        count = ctypes.c_size_t()
        forget_errors()
        size = int(
            llama.llama_state_seq_load_file(
                self._handle, os.fsencode(file), _SPAN, held, len(tokens), ctypes.byref(count)
            )
        )
        first = int(llama.llama_memory_seq_pos_min(memory, _SPAN))
        last = int(llama.llama_memory_seq_pos_max(memory, _SPAN))
        is_right = size > 0 and count.value == len(tokens) and list(held) == list(tokens)
        is_right = is_right and (first, last) == (start, end - 1)
        if is_right:
            llama.llama_memory_seq_cp(memory, _SPAN, _TEXT, start, start + wanted)
            self.read.extend(tokens[:wanted])
        llama.llama_memory_seq_rm(memory, _SPAN, -1, -1)
        if not is_right:
            raise ValueError(f"tokens {first} to {last}, or others" if size else last_error())


def context_bytes(model: ModelShape, shape: ContextShape, texts: int = 1) -> int:
    """About what a context for `texts` takes: its cache, and room to compute in."""
    values = 2 * model.layers * model.kv_heads * model.head_size
    cache = values * shape.n_ctx * _VALUE_BYTES[shape.kv_type]
    compute = _COMPUTE_BYTES + shape.n_ubatch * shape.n_ctx * 2  # 16-bit masks
    if not shape.flash_attention:
        compute += shape.n_ubatch * shape.n_ctx * model.heads * 4
    return int(cache * texts + compute)


def _check_memory(model: NativeModel, context: int) -> None:
    """Raise `ModelTooBig` where the computer would have to swap weights and cache."""
    needed = model.shape.weights_bytes + context
    free = free_bytes(model.shape.weights_bytes)
    if needed > free:
        raise ModelTooBig(model.name, needed / 1e9, free / 1e9)
