"""Measures what models and their contexts take at most, against what the plan says they will.

Run by hand: `python -m tests.benchmarks.memory MODEL.gguf`. Each case is a process of its own, in
which the model is loaded, a long context opened beside the one for passages, and filled to its
end. To save hours most of the text is not read but loaded, from a stretch that was read once and
saved, again and again with other positions: memory is taken all the same. The first and the last
steps are really read, so that every buffer is in use at its full size.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import psutil

from rag.generate.context import NativeContext
from rag.generate.llama import LlamaModel
from rag.plan import context_bytes, peak_bytes
from rag.plan.memory import PASSAGES_CONTEXT
from rag.records import ContextShape, KvType, ModelShape

STRETCH_TOKENS = 1024
CONTEXTS = (4096, 8192, 16384, 32768)
KINDS = {
    "f16": ContextShape(0, KvType.F16, 128),
    "f16+flash": ContextShape(0, KvType.F16, 256, flash_attention=True),
    "q8_0+flash": ContextShape(0, KvType.Q8_0, 256, flash_attention=True),
}
_MIB = 2**20
_POSITION_STRIDE = 3  # 32-bit numbers of a token in a saved sequence: position, texts, text


@dataclass(frozen=True, slots=True)
class Measured:
    """A context's memory, as it was and as it was predicted."""

    shape: ContextShape
    base_bytes: int  # of the process before a model was there
    peak_bytes: int
    predicted_bytes: int
    context_bytes: int  # of the prediction, what the long context takes

    @property
    def ratio(self) -> float:
        """Predicted to measured."""
        return self.predicted_bytes / self.peak_bytes


def kind_of(shape: ContextShape) -> str:
    """The name in `KINDS` of a context's kind."""
    return next(name for name, kind in KINDS.items() if replace(kind, n_ctx=shape.n_ctx) == shape)


def measured(model: Path, shape: ContextShape) -> Measured:
    """The peak of a fresh process with `model` and a full context of `shape`."""
    command = [sys.executable, "-m", "tests.benchmarks.memory", str(model), "--alone"]
    command += [str(shape.n_ctx), kind_of(shape)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=3600)
    base, peak, of_model = json.loads(told.stdout)
    known = ModelShape(**of_model)
    return Measured(
        shape,
        base,
        peak,
        peak_bytes(known, (PASSAGES_CONTEXT, shape), base),
        context_bytes(known, shape),
    )


def measure_alone(path: Path, shape: ContextShape) -> None:
    """Fill a context in this process and print its memory before and at most."""
    base = psutil.Process().memory_info().rss
    model = LlamaModel(path)
    model._context.keep(0)
    model._context.decode([100] * model._context.shape.n_ubatch)
    with tempfile.TemporaryDirectory(prefix="footnote-memory-") as folder:
        opened = model.open_long(shape, None)
        fill(opened._context, model.shape.vocabulary, Path(folder, "stretch"))
        peak = peak_so_far()
        of_model = {name: getattr(model.shape, name) for name in ModelShape.__slots__}
        model.close()
    print(json.dumps([base, peak, of_model]))


def fill(context: NativeContext, vocabulary: int, file: Path) -> None:
    """Fill a context to its last token; `file` is for scratch."""
    n_ctx, step = context.shape.n_ctx, context.shape.n_ubatch
    text = [token % (vocabulary // 2) for token in range(STRETCH_TOKENS)]
    for start in range(0, STRETCH_TOKENS, step):
        context.decode(text[start : start + step])
    end = n_ctx - step
    for length in (STRETCH_TOKENS, (end - STRETCH_TOKENS) % STRETCH_TOKENS):
        if not length:
            continue
        context.save_span(file, 0, length)
        first = _first_position(file, length)
        while len(context.read) + length <= end:
            start = len(context.read)
            numbers = np.memmap(file, np.int32, "r+")
            numbers[_places(first, length)] = range(start, start + length)
            numbers.flush()
            context.load_span(file, start, text[:length], length)
    assert len(context.read) == end
    context.decode(text[:step])
    context.keep(n_ctx - 1)
    context.decode(text[:1])
    context.likeliest()


def _first_position(file: Path, length: int) -> int:
    """Where the positions of a sequence saved from the beginning on stand in its file."""
    numbers = np.fromfile(file, np.int32, 16 * STRETCH_TOKENS)
    for first in range(length, 2 * length + 64):
        if np.array_equal(numbers[_places(first, length)], np.arange(length)):
            return first
    raise ValueError("no positions in the saved sequence")


def _places(first: int, length: int) -> slice:
    return slice(first, first + length * _POSITION_STRIDE, _POSITION_STRIDE)


def peak_so_far() -> int:
    """The most memory that this process had at once, in bytes."""
    if sys.platform == "win32":
        return psutil.Process().memory_info().peak_wset
    if sys.platform == "linux":
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def cases(contexts: Sequence[int], kinds: Sequence[str]) -> Iterator[ContextShape]:
    """A context of each size and kind; the kinds by their names in `KINDS`."""
    for n_ctx, kind in product(contexts, kinds):
        yield replace(KINDS[kind], n_ctx=n_ctx)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--contexts", default=",".join(map(str, CONTEXTS)))
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--alone", nargs=2, metavar=("N_CTX", "KIND"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        n_ctx, kind = options.alone
        measure_alone(options.model, replace(KINDS[kind], n_ctx=int(n_ctx)))
        return
    print("| n_ctx | KV | measured MiB | predicted MiB | ratio | of it the context MiB |")
    print("|---|---|---|---|---|---|")
    contexts = [int(size) for size in options.contexts.split(",")]
    for shape in cases(contexts, options.kinds.split(",")):
        one = measured(options.model, shape)
        figures = (one.peak_bytes, one.predicted_bytes, one.context_bytes)
        peak, predicted, context = (f"{figure / _MIB:,.0f}" for figure in figures)
        told = f"{peak} | {predicted} | {one.ratio:.3f} | {context}"
        print(f"| {shape.n_ctx:,} | {kind_of(shape)} | {told} |", flush=True)


if __name__ == "__main__":
    main()
