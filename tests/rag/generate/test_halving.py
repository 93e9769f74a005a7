"""A cache of 16-bit floats is kept in half the room, near to what it was, or left as it is."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.generate.halving import halve, unfold

CELLS, ROW, LAYERS = 96, 128, 3  # tokens, numbers of each in a layer's keys, and layers
Floats = NDArray[np.float16]


def cache(
    numbers: Floats, *, transposed: int = 0, kind: int = 1, version: int = 3, sequences: int = 1
) -> bytes:
    """What llama.cpp writes of a sequence whose keys and values are rows of `numbers`."""
    told = struct.pack("<III", 0x67677371, version, CELLS) + np.arange(CELLS, dtype="<i4").tobytes()
    told += struct.pack("<II", 1, CELLS)
    for position in range(CELLS):
        told += struct.pack("<iII", position, sequences, 1)
    told += struct.pack("<II", transposed, LAYERS)
    for stretch in np.split(numbers.ravel(), 2 * LAYERS):
        told += struct.pack("<iQ", kind, 2 * ROW) + stretch.tobytes()
    return told


def some_numbers(spread: float = 1.0) -> Floats:
    drawn = np.random.default_rng(1).standard_normal((2 * LAYERS * CELLS, ROW)) * spread
    return drawn.astype(np.float16)


def unfolded(tmp_path: Path, content: bytes) -> bytes:
    whole, halved, again = (tmp_path / name for name in ("whole", "halved", "again"))
    whole.write_bytes(content)
    assert halve(whole, halved)
    unfold(halved, again)
    return again.read_bytes()


def numbers_of(content: bytes) -> NDArray[np.float32]:
    """All numbers of a cache, 32 that share a scale in a row."""
    head = len(cache(np.zeros(0, np.float16))) - 2 * LAYERS * 12
    stretches = np.frombuffer(content[head:], np.uint8).reshape(2 * LAYERS, -1)[:, 12:]
    return np.ascontiguousarray(stretches).view(np.float16).astype(np.float32).reshape(-1, 32)


@pytest.mark.parametrize("spread", [1e-7, 1e-5, 1e-3, 1.0, 50.0, 5_000.0])
def test_every_number_stays_within_a_step_of_its_neighbours_scale(tmp_path: Path, spread: float):
    before = cache(some_numbers(spread))

    after = unfolded(tmp_path, before)

    was, now = numbers_of(before), numbers_of(after)
    step = np.abs(was).max(axis=1, keepdims=True) / 127
    smallest = 2.0**-24  # of 16-bit floats
    assert (np.abs(was - now) <= 0.56 * step + 127 * smallest).all()
    assert len(after) == len(before)


def test_all_but_the_numbers_comes_back_to_the_bit(tmp_path: Path):
    before = cache(some_numbers())

    after = unfolded(tmp_path, before)

    size = CELLS * ROW * 2
    places = [len(before) - count * (size + 12) for count in range(2 * LAYERS, 0, -1)]
    assert after[: places[0]] == before[: places[0]]
    assert all(after[place : place + 12] == before[place : place + 12] for place in places)


def test_it_takes_little_more_than_half_the_room(tmp_path: Path):
    whole, halved = tmp_path / "whole", tmp_path / "halved"
    whole.write_bytes(cache(some_numbers()))

    assert halve(whole, halved)

    assert halved.stat().st_size < 0.55 * whole.stat().st_size


def test_nothing_becomes_something_else(tmp_path: Path):
    nothing = cache(np.zeros((2 * LAYERS * CELLS, ROW), np.float16))

    assert unfolded(tmp_path, nothing) == nothing


@pytest.mark.parametrize("number", [40_000.0, np.inf, -np.inf, np.nan])
def test_numbers_that_would_not_come_back_are_left_as_they_are(tmp_path: Path, number: float):
    numbers = some_numbers()
    numbers[70, 5] = number
    (tmp_path / "whole").write_bytes(cache(numbers))

    assert not halve(tmp_path / "whole", tmp_path / "halved")


@pytest.mark.parametrize(
    "content",
    [
        cache(some_numbers(), transposed=1),
        cache(some_numbers(), kind=8),
        cache(some_numbers(), version=4),
        cache(some_numbers(), sequences=2),
        cache(some_numbers()) + b"more",
        cache(some_numbers())[:-1],
        cache(some_numbers())[:50],
        b"GGUF" + bytes(100),
        b"",
    ],
)
def test_what_is_laid_out_otherwise_is_left_as_it_is(tmp_path: Path, content: bytes):
    (tmp_path / "whole").write_bytes(content)

    assert not halve(tmp_path / "whole", tmp_path / "halved")


@pytest.mark.parametrize("damage", ["emptied", "cut off", "longer", "another's", "wrong place"])
def test_what_is_no_halved_cache_is_refused(tmp_path: Path, damage: str):
    whole, halved = tmp_path / "whole", tmp_path / "halved"
    whole.write_bytes(cache(some_numbers()))
    halve(whole, halved)
    content = bytearray(halved.read_bytes())
    if damage == "wrong place":
        content[20:28] = struct.pack("<Q", 2**60)
    damaged = {
        "emptied": b"",
        "cut off": bytes(content[:-5]),
        "longer": bytes(content) + b"!",
        "another's": b"OTHERS" + bytes(content[6:]),
    }.get(damage, bytes(content))
    halved.write_bytes(damaged)

    with pytest.raises(ValueError, match=r"halved|cut off|longer"):
        unfold(halved, tmp_path / "again")
