"""How long reading a document whole takes: told before, against what it took, and by depth.

Run by hand: `python -m tests.benchmarks.long_time MODEL.gguf`. Reads a few tokens first, from which
the estimate is made, and then each length from nothing (`--once`: the longest alone, and what it
took up to each length). Prints two tables in Markdown. “Off, steadied” compares processor times in
shares of the same few tokens read again and again beside it (see `tests.long.timing`): it says how
right the estimate is where other programs come and go.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from rag.generate.llama import LlamaModel
from rag.records import ContextShape, KvType
from tests.long import timing
from tests.long.reading import desk_of, loaded
from tests.long.timing import Stretch

_WORDS = range(100, 250)  # tokens that every vocabulary has


def words(length: int, seed: int) -> list[int]:
    """Tokens at random."""
    return random.Random(seed).choices(_WORDS, k=length)


def shape_for(length: int, wish: argparse.Namespace) -> ContextShape:
    """A context for so many tokens."""
    flash = wish.attention == "flash"
    return ContextShape(length + 256, KvType(wish.kv), wish.ubatch, flash_attention=flash)


def read(model: LlamaModel, length: int, wish: argparse.Namespace, seed: int) -> list[Stretch]:
    """Read a document of `length` tokens that nobody read before."""
    with (
        tempfile.TemporaryDirectory(dir=wish.work) as states,
        desk_of(model, Path(states, "states"), shape_for(length, wish)) as desk,
    ):
        return timing.read_timed(desk, words(length, seed))


def print_lengths(told: dict[int, tuple[float, float]], readings: dict[int, list[Stretch]]) -> None:
    print("\n| tokens | told | took | off | off, steadied | tokens/s |\n|---|---|---|---|---|---|")
    for length, stretches in readings.items():
        seconds, effort = told[length]
        took = timing.clock_s(stretches, length)
        steadied = effort / timing.effort(stretches, length) - 1
        print(
            f"| {length:,} | {seconds:.1f} s | {took:.1f} s | {seconds / took - 1:+.0%} "
            f"| {steadied:+.0%} | {length / took:.1f} |"
        )


def print_depths(stretches: list[Stretch]) -> None:
    print("\n| tokens before | tokens/s | in references |\n|---|---|---|")
    before = 0
    for stretch in stretches:
        size = stretch.end - before
        if before & (before - 1) == 0 or stretch is stretches[-1]:
            print(f"| {before:,} | {size / stretch.clock_s:.1f} | {stretch.effort:.1f} |")
        before = stretch.end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--tokens", type=int, nargs="+", default=[2048, 4096, 8192, 16384])
    parser.add_argument("--calibration", type=int, default=1024, help="tokens read before")
    parser.add_argument("--once", action="store_true", help="read the longest alone")
    parser.add_argument("--kv", choices=[kind.value for kind in KvType], default="f16")
    parser.add_argument("--ubatch", type=int, default=128)
    parser.add_argument("--attention", choices=("plain", "flash"), default="plain")
    parser.add_argument("--work", type=Path, help="a folder for what is kept meanwhile")
    wish = parser.parse_args()
    lengths = sorted(wish.tokens)
    with (
        tempfile.TemporaryDirectory(dir=wish.work) as folder,
        loaded(wish.model, Path(folder, "hashes.json")) as model,
    ):
        calibration = read(model, wish.calibration, wish, seed=1)
        curve = model.curve_of(KvType(wish.kv), flash_attention=wish.attention == "flash")
        assert curve is not None
        efforts = timing.estimated_efforts(curve, calibration, lengths)
        told = {length: (curve.seconds(0, length), efforts[length]) for length in lengths}
        print(f"{wish.model.name}: {curve.tokens_per_s:.1f} tokens/s, {curve.slowdown:.2f} slower")
        readings: dict[int, list[Stretch]] = {}
        for length in reversed(lengths):
            if wish.once and readings:
                readings[length] = readings[lengths[-1]]
                continue
            begun = time.strftime("%H:%M:%S")
            print(f"{begun} reading {length:,} tokens, told {told[length][0]:.0f} s", flush=True)
            readings[length] = read(model, length, wish, seed=length)
        print_lengths(told, {length: readings[length] for length in lengths})
        print_depths(readings[lengths[-1]])


if __name__ == "__main__":
    main()
