"""The ways in which `saved_reading` asks a second question, each in a process of its own.

`python -m tests.benchmarks.saved_reading_ways WAY MODEL WORK TOKENS ATTENTION` prints a line of
JSON; ATTENTION is “flash” or “plain”.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import pickle
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
import psutil

from rag.records import ContextShape
from tests.long.reading import Desk, desk_of, loaded

SLICE = 128
_QUESTION_TOKENS = 24
_WORDS = range(100, 250)  # tokens that every vocabulary has
_ROOM = 256  # for the question and the answer
_PLENTY_BYTES = 1 << 40


@dataclass(frozen=True, slots=True)
class Told:
    """What a way took, the seconds counted from the model being loaded to the first token."""

    first_token_s: float
    keeping_s: float = 0.0  # before that, or after it: what making and storing the copy took
    token: int = -1  # the likeliest: the same whatever the way
    disk_bytes: int = 0
    peak_bytes: int = 0  # of memory, the mapped weights included


def document(length: int) -> list[int]:
    """The document's tokens."""
    return random.Random(0).choices(_WORDS, k=length)


def question(number: int) -> list[int]:
    """A question's tokens."""
    return random.Random(f"question {number}").choices(_WORDS, k=_QUESTION_TOKENS)


class Work:
    """The folder that the ways share, and what is asked in them."""

    def __init__(self, model: Path, folder: Path, length: int, *, flash: bool) -> None:
        self.model, self.length = model, length
        self.hashes, self.states = folder / "hashes.json", folder / "states"
        self.sequence = folder / "document.sequence"
        self.disk_cache, self.pickled = folder / "disk-cache", folder / "state.pickle"
        self.shape = ContextShape(length + _ROOM, n_ubatch=SLICE, flash_attention=flash)

    def prompt(self, number: int) -> list[int]:
        """The document with a question behind it."""
        return [*document(self.length), *question(number)]


# -------------------------------------------------------------------- Footnote's


def read_cold(work: Work) -> Told:
    """Read the document, keep it, and ask: what re-reading takes each time."""
    shutil.rmtree(work.states, ignore_errors=True)
    with loaded(work.model, work.hashes) as model:
        begun = last = time.perf_counter()
        with desk_of(model, work.states, work.shape) as desk:
            keeping_s = _timed_keeping(desk)
            for told in desk.steps(document(work.length)):
                if time.perf_counter() - last > 30:
                    last = time.perf_counter()
                    _say(f"read {told.tokens_done:,}, {told.seconds_left:.0f} s left")
            written_s = _written_s(desk, work)
            token = _asked(desk, work.prompt(1))
            seconds = time.perf_counter() - begun - written_s
            return Told(seconds, sum(keeping_s), token, _bytes_under(work.states))


def _timed_keeping(desk: Desk) -> list[float]:
    """What each keeping of `desk` takes from now on, in seconds."""
    keep, took = desk.kept.keep, list[float]()

    def timed(*arguments: Any) -> int:
        begun = time.perf_counter()
        kept = keep(*arguments)
        took.append(time.perf_counter() - begun)
        return kept

    desk.kept.keep = timed
    return took


def _written_s(desk: Desk, work: Work) -> float:
    """Write the whole cache to one file for the other ways; the seconds that took."""
    begun, context = time.perf_counter(), desk.context._context
    tokens = (ctypes.c_int32 * work.length)(*context.read)
    written = llama_cpp.llama_state_seq_save_file(
        context._handle, str(work.sequence).encode(), 0, tokens, work.length
    )
    assert written, "the cache could not be written"
    return time.perf_counter() - begun


def ask_after_restart(work: Work) -> Told:
    """Load what was kept, and ask."""
    with loaded(work.model, work.hashes) as model:
        begun = time.perf_counter()
        with desk_of(model, work.states, work.shape) as desk:
            desk.read(document(work.length))
            token = _asked(desk, work.prompt(2))
            seconds = time.perf_counter() - begun
            assert desk.computed == _QUESTION_TOKENS, f"{desk.computed} tokens were read"
            return Told(seconds, 0.0, token, _bytes_under(work.states))


def ask_in_same_process(work: Work) -> Told:
    """Ask once more where the document is in the context."""
    with (
        loaded(work.model, work.hashes) as model,
        desk_of(model, work.states, work.shape) as desk,
    ):
        desk.read(document(work.length))
        _asked(desk, work.prompt(1))
        begun = time.perf_counter()
        token = _asked(desk, work.prompt(2))
        return Told(time.perf_counter() - begun, 0.0, token)


def _asked(desk: Desk, prompt: list[int]) -> int:
    desk.ask(prompt)
    return int(desk.context._context.likeliest())


# -------------------------------------------------------------------- llama-cpp-python's


class Marked:
    """A `logits_processor` that notes when the first token is about to be chosen, and which."""

    def __init__(self) -> None:
        self.at = 0.0
        self.token = -1

    def __call__(self, _: np.ndarray, scores: np.ndarray) -> np.ndarray:
        if not self.at:
            self.at, self.token = time.perf_counter(), int(np.argmax(scores))
        return scores


def _llama(work: Work, *, read: bool) -> llama_cpp.Llama:
    """Its model with a context as large; `read`: the document is in it, as if just read."""
    llama = llama_cpp.Llama(
        str(work.model),
        n_ctx=work.shape.n_ctx,
        n_batch=SLICE,
        n_ubatch=SLICE,
        n_threads=2,
        n_threads_batch=2,
        flash_attn=work.shape.flash_attention,
        swa_full=True,
        verbose=False,
    )
    if read:
        tokens, count = (ctypes.c_int32 * work.length)(), ctypes.c_size_t()
        file = str(work.sequence).encode()
        size = llama_cpp.llama_state_seq_load_file(
            llama.ctx, file, 0, tokens, work.length, ctypes.byref(count)
        )
        assert (size > 0, count.value) == (True, work.length), "the cache could not be loaded"
        llama.input_ids[: work.length] = np.array(tokens, np.intc)
        llama.n_tokens = work.length
        llama._requires_eval = True
    return llama


def _complete(llama: llama_cpp.Llama, prompt: list[int]) -> tuple[float, float, int]:
    """The seconds to the first token, those after it, and the token."""
    marked, begun = Marked(), time.perf_counter()
    llama.create_completion(
        prompt,
        max_tokens=1,
        temperature=0.0,
        repeat_penalty=1.0,
        logits_processor=llama_cpp.LogitsProcessorList([marked]),
    )
    return marked.at - begun, time.perf_counter() - marked.at, marked.token


def ram_cache(work: Work) -> Told:
    """`LlamaRAMCache`: another text was asked about between two questions about the document."""
    llama = _llama(work, read=True)
    llama.set_cache(llama_cpp.LlamaRAMCache(_PLENTY_BYTES))
    _, keeping_s, _ = _complete(llama, work.prompt(1))
    _complete(llama, question(3))
    seconds, _, token = _complete(llama, work.prompt(2))
    return Told(seconds, keeping_s, token)


def disk_cache_first(work: Work) -> Told:
    """`LlamaDiskCache`: the first question, which fills it."""
    shutil.rmtree(work.disk_cache, ignore_errors=True)
    llama = _llama(work, read=True)
    llama.set_cache(llama_cpp.LlamaDiskCache(str(work.disk_cache), _PLENTY_BYTES))
    seconds, keeping_s, token = _complete(llama, work.prompt(1))
    return Told(seconds, keeping_s, token, _bytes_under(work.disk_cache))


def disk_cache_again(work: Work) -> Told:
    """`LlamaDiskCache` after a restart: it takes the state out, and writes it again."""
    llama = _llama(work, read=False)
    llama.set_cache(llama_cpp.LlamaDiskCache(str(work.disk_cache), _PLENTY_BYTES))
    seconds, keeping_s, token = _complete(llama, work.prompt(2))
    return Told(seconds, keeping_s, token, _bytes_under(work.disk_cache))


def pickled_first(work: Work) -> Told:
    """`save_state`, and the state pickled to a file."""
    llama = _llama(work, read=True)
    seconds, _, token = _complete(llama, work.prompt(1))
    begun = time.perf_counter()
    with work.pickled.open("wb") as file:
        pickle.dump(llama.save_state(), file, pickle.HIGHEST_PROTOCOL)
    keeping_s = time.perf_counter() - begun
    return Told(seconds, keeping_s, token, work.pickled.stat().st_size)


def pickled_again(work: Work) -> Told:
    """`load_state` of the pickled state after a restart."""
    llama = _llama(work, read=False)
    begun = time.perf_counter()
    with work.pickled.open("rb") as file:
        llama.load_state(pickle.load(file))
    loaded_s = time.perf_counter() - begun
    seconds, _, token = _complete(llama, work.prompt(2))
    return Told(loaded_s + seconds, 0.0, token, work.pickled.stat().st_size)


WAYS: dict[str, Callable[[Work], Told]] = {
    "cold": read_cold,
    "restart": ask_after_restart,
    "same": ask_in_same_process,
    "ram": ram_cache,
    "disk-first": disk_cache_first,
    "disk": disk_cache_again,
    "pickle-first": pickled_first,
    "pickle": pickled_again,
}

# -------------------------------------------------------------------- the process


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def _bytes_under(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _peak_bytes() -> int:
    """The most memory that this process had at a time."""
    if sys.platform == "win32":
        return psutil.Process().memory_info().peak_wset
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


@contextlib.contextmanager
def _stdout_to_stderr() -> Iterator[None]:
    with contextlib.redirect_stdout(sys.stderr):
        yield


def main(way: str, model: str, folder: str, length: str, attention: str) -> None:
    work = Work(Path(model), Path(folder), int(length), flash=attention == "flash")
    with _stdout_to_stderr():
        told = WAYS[way](work)
    print(json.dumps({**asdict(told), "peak_bytes": _peak_bytes()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
