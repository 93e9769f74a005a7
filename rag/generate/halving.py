"""Keeps a saved cache of 16-bit floats at half the size: 8-bit numbers, 32 with one scale."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"FNHALF01"
_HEAD = struct.Struct("<8sQI")  # then the original's size, and how many stretches of numbers follow
_STRETCH = struct.Struct("<QQ")  # where it starts in the original, and its bytes

_BLOCK = 32  # numbers that share a scale
_AT_ONCE = 32 * 1024  # numbers: what is worked on fits into a core's cache
_LARGEST = 32_000.0  # what is larger could leave the range of 16-bit floats
_COPIED_BYTES = 1 << 20

# The file of `llama_state_seq_save_file`: magic, version, tokens; then the sequence's cells, each
# with a position and the sequences that it is of; then each layer's keys, then its values.
_SEQUENCE_MAGIC, _SEQUENCE_VERSION = 0x67677371, 3
_FILE_HEAD, _NUMBER, _LAYER_HEAD = struct.Struct("<III"), struct.Struct("<I"), struct.Struct("<iQ")
_CELL_NUMBERS = 3
_F16 = 1  # ggml_type
_MOST_LAYERS = 10_000


@dataclass(frozen=True, slots=True)
class _Stretch:
    """16-bit floats in a row."""

    start: int
    size: int  # bytes

    @property
    def end(self) -> int:
        return self.start + self.size


def halve(whole: Path, halved: Path) -> bool:
    """Write what `whole`, a sequence's saved cache, holds to `halved`.

    False where that cannot be done, since its numbers are others, or lie otherwise. Takes about
    0.3 s of a core for 128 MiB. Raises `OSError`.
    """
    with whole.open("rb") as source, halved.open("wb") as target:
        size = whole.stat().st_size
        try:
            stretches = _stretches(source, size)
        except (ValueError, struct.error):
            return False
        target.write(_HEAD.pack(_MAGIC, size, len(stretches)))
        for stretch in stretches:
            target.write(_STRETCH.pack(stretch.start, stretch.size))
        source.seek(0)
        for start, stretch in _in_order(stretches, size):
            _copy(source, target, stretch.start - start)
            for block in _blocks(source, stretch.size):
                scales = _scales(block)
                if not np.isfinite(scales).all():
                    return False
                target.write(scales.tobytes() + _scaled(block, scales))
    return True


def unfold(halved: Path, whole: Path) -> None:
    """Write the cache that `halve` made smaller as llama.cpp reads it.

    Takes about 0.15 s of a core for 128 MiB. Raises `OSError`, and `ValueError` where `halved` is
    no such file.
    """
    with halved.open("rb") as source, whole.open("wb") as target:
        magic, size, count = _HEAD.unpack(_exactly(source, _HEAD.size))
        if magic != _MAGIC or count > 2 * _MOST_LAYERS:
            raise ValueError("not a halved cache")
        stretches = [
            _Stretch(*_STRETCH.unpack(_exactly(source, _STRETCH.size))) for _ in range(count)
        ]
        unfolding = _Unfolding()
        for start, stretch in _in_order(stretches, size):
            _copy(source, target, stretch.start - start)
            left = stretch.size // 2
            while left:
                numbers = min(left, _AT_ONCE)
                scales = _exactly(source, numbers // _BLOCK * 2)
                target.write(unfolding.floats(scales, _exactly(source, numbers)))
                left -= numbers
        if source.read(1):
            raise ValueError("longer than it says")


def _in_order(stretches: list[_Stretch], size: int) -> Iterator[tuple[int, _Stretch]]:
    """Each stretch with the end of the one before, then an empty one at the end of the file."""
    bounded = [_Stretch(0, 0), *stretches, _Stretch(size, 0)]
    for before, stretch in pairwise(bounded):
        if stretch.start < before.end or stretch.size % (2 * _BLOCK):
            raise ValueError("not a halved cache")
        yield before.end, stretch


def _scales(block: bytes) -> NDArray[np.float16]:
    """What the numbers are multiples of, 32 at a time; infinite where they cannot be kept so."""
    # Without their signs, floats are in the order of their bits, and these are compared faster.
    largest = np.frombuffer(block, np.uint16).reshape(-1, _BLOCK) & 0x7FFF
    while (half := largest.shape[1] // 2) > 0:
        largest = np.maximum(largest[:, :half], largest[:, half:])
    numbers = largest[:, 0].view(np.float16).astype(np.float32)
    scales = (numbers / 127).astype(np.float16)
    # Rounded down, a scale would put the largest number past 127.
    is_low = scales.astype(np.float32) * 127 < numbers
    scales[is_low] = np.nextafter(scales[is_low], np.float16(np.inf))
    scales[~(numbers < _LARGEST)] = np.inf
    return scales


def _scaled(block: bytes, scales: NDArray[np.float16]) -> bytes:
    numbers = np.frombuffer(block, np.float16).astype(np.float32).reshape(-1, _BLOCK)
    exact = scales.astype(np.float32)
    factors = np.divide(1, exact, out=np.zeros_like(exact), where=exact > 0)
    numbers *= factors[:, None]
    np.rint(numbers, out=numbers)
    return numbers.astype(np.int8).tobytes()


class _Unfolding:
    """Makes 16-bit floats of 8-bit numbers and their scales, `_AT_ONCE` at most.

    A 16-bit float is the upper part of a 32-bit one whose exponent is smaller by 112 and shifted by
    three bits, so that the conversion takes half the time of numpy's.
    """

    def __init__(self) -> None:
        shape = (_AT_ONCE // _BLOCK, _BLOCK)
        self._floats = np.empty(shape, np.float32)
        self._signs = np.empty(shape, np.int16)
        self._result = np.empty(shape, np.int16)

    def floats(self, scales: bytes, numbers: bytes) -> memoryview:
        """The floats' bytes; they hold until the next call."""
        factors = np.frombuffer(scales, np.float16).astype(np.float32) * np.float32(2.0**-112)
        small = np.frombuffer(numbers, np.int8).reshape(-1, _BLOCK)
        rows = len(small)
        floats, signs = self._floats[:rows], self._signs[:rows]
        np.multiply(small, factors[:, None], out=floats, dtype=np.float32)
        np.bitwise_and(small, np.int16(-(2**15)), out=signs, dtype=np.int16)
        bits = floats.view(np.int32)
        bits += 1 << 12  # rounds
        np.left_shift(bits, 3, out=bits)
        upper = bits.view(np.int16).reshape(rows, _BLOCK, 2)[:, :, 1]
        np.bitwise_or(upper, signs, out=self._result[:rows])
        return self._result[:rows].data


# -------------------------------------------------------------------- the files


def _stretches(file: BinaryIO, size: int) -> list[_Stretch]:
    """Where the floats lie in what llama.cpp wrote; raises `ValueError` where it is otherwise."""
    magic, version, tokens = _FILE_HEAD.unpack(_exactly(file, _FILE_HEAD.size))
    if (magic, version) != (_SEQUENCE_MAGIC, _SEQUENCE_VERSION) or tokens * 16 > size:
        raise ValueError("another version's")
    file.seek(4 * tokens, 1)
    streams, cells = (_number(file) for _ in range(2))
    if streams != 1 or cells != tokens:
        raise ValueError("more than a sequence")
    sequences = np.frombuffer(_exactly(file, 4 * _CELL_NUMBERS * cells), "<u4")[1::_CELL_NUMBERS]
    transposed, layers = (_number(file) for _ in range(2))
    if transposed or layers > _MOST_LAYERS or not (sequences == 1).all():
        raise ValueError("laid out otherwise")
    stretches: list[_Stretch] = []
    for _ in range(2 * layers):
        kind, row = _LAYER_HEAD.unpack(_exactly(file, _LAYER_HEAD.size))
        stretch = _Stretch(file.tell(), row * cells)
        if kind != _F16 or row % (2 * _BLOCK) or stretch.end > size:
            raise ValueError("other numbers")
        stretches.append(stretch)
        file.seek(stretch.end)
    if file.tell() != size:
        raise ValueError("more than the layers")
    return stretches


def _number(file: BinaryIO) -> int:
    return int(_NUMBER.unpack(_exactly(file, _NUMBER.size))[0])


def _blocks(source: BinaryIO, size: int) -> Iterator[bytes]:
    left = size
    while left:
        block = _exactly(source, min(left, 2 * _AT_ONCE))
        left -= len(block)
        yield block


def _copy(source: BinaryIO, target: BinaryIO, size: int) -> None:
    left = size
    while left:
        block = _exactly(source, min(left, _COPIED_BYTES))
        left -= len(block)
        target.write(block)


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise ValueError("cut off")
    return data
