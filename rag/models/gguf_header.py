"""Reads what a GGUF file says of itself, without trusting a word of it."""

from __future__ import annotations

import hashlib
import math
import struct
from dataclasses import dataclass, field
from typing import BinaryIO

Scalar = str | int | float | bool

_MAX_HEADER_BYTES = 256 * 2**20  # real ones have 1 to 20 MB
_MAX_ENTRIES = 100_000
_MOST_NUMBERS = 4096  # of a list that is looked at: more than any model has layers
_READ_BYTES = 2**20
_STRING, _ARRAY = 8, 9
# What of a tokenizer tells which tokens a text becomes.
_VOCABULARY = frozenset(
    f"tokenizer.ggml.{name}"
    for name in (
        "model",
        "pre",
        "tokens",
        "scores",
        "token_type",
        "merges",
        "add_space_prefix",
        "remove_extra_whitespaces",
        "precompiled_charsmap",
    )
)
_SCALARS = {
    0: "<B",
    1: "<b",
    2: "<H",
    3: "<h",
    4: "<I",
    5: "<i",
    6: "<f",
    7: "<?",
    10: "<Q",
    11: "<q",
    12: "<d",
}
# ggml's tensor types: values per block, bytes per block
TENSOR_BLOCKS: dict[int, tuple[int, int]] = {
    0: (1, 4),
    1: (1, 2),
    2: (32, 18),
    3: (32, 20),
    6: (32, 22),
    7: (32, 24),
    8: (32, 34),
    10: (256, 84),
    11: (256, 110),
    12: (256, 144),
    13: (256, 176),
    14: (256, 210),
    15: (256, 292),
    16: (256, 66),
    17: (256, 74),
    18: (256, 98),
    19: (256, 50),
    20: (32, 18),
    21: (256, 110),
    22: (256, 82),
    23: (256, 136),
    24: (1, 1),
    25: (1, 2),
    26: (1, 4),
    27: (1, 8),
    28: (1, 8),
    29: (256, 56),
    30: (1, 2),
    34: (256, 54),
    35: (256, 66),
    39: (32, 17),
}


class BadHeader(Exception):
    """The file is not a GGUF file, or is damaged; `str()` says how in a few words."""


@dataclass(frozen=True, slots=True)
class GgufArray:
    """What is kept of a list in the metadata."""

    length: int
    largest: float | None  # None where it holds no numbers, or none at all


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """A file's metadata and where its data lie."""

    version: int
    tensors: int
    data_start: int  # the offset in the file at which the tensors' data begin
    data_end: int  # the one that they reach
    metadata: dict[str, Scalar] = field(default_factory=dict[str, Scalar])
    arrays: dict[str, GgufArray] = field(default_factory=dict[str, GgufArray])
    vocabulary: str = ""  # a hash of all that tells which tokens a text becomes; "" without any


def read(file: BinaryIO) -> GgufHeader:
    """Read the header of a file opened at its start; raises `BadHeader`."""
    reader = _Reader(file)
    if reader.take(4) != b"GGUF":
        raise BadHeader("it is not a GGUF file")
    version = reader.number("<I")
    if version not in {2, 3}:
        raise BadHeader(f"GGUF version {version} is not known")
    tensors, entries = reader.number("<Q"), reader.number("<Q")
    if tensors > _MAX_ENTRIES or entries > _MAX_ENTRIES:
        raise BadHeader("its header is damaged")
    metadata: dict[str, Scalar] = {}
    arrays: dict[str, GgufArray] = {}
    vocabulary: dict[str, bytes] = {}
    for _ in range(entries):
        key, start, kind = reader.text(), reader.position, reader.number("<I")
        if kind == _ARRAY:
            arrays[key] = _read_array(reader)
        else:
            metadata[key] = _read_value(reader, kind)
        if key in _VOCABULARY:
            vocabulary[key] = reader.digest_since(start)
    ends = [_read_tensor_end(reader) for _ in range(tensors)]
    alignment = metadata.get("general.alignment", 32)
    if not isinstance(alignment, int) or not 0 < alignment <= 2**20:
        raise BadHeader("its header is damaged")
    data_start = -(-reader.position // alignment) * alignment
    data_end = data_start + max(ends, default=0)
    return GgufHeader(version, tensors, data_start, data_end, metadata, arrays, _joined(vocabulary))


def _joined(digests: dict[str, bytes]) -> str:
    """One hash of several, whatever order they came in."""
    if not digests:
        return ""
    parts = [key.encode() + digest for key, digest in sorted(digests.items())]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _read_value(reader: _Reader, kind: int) -> Scalar:
    if kind == _STRING:
        return reader.text()
    if kind not in _SCALARS:
        raise BadHeader("its header is damaged")
    return reader.scalar(_SCALARS[kind])


def _read_array(reader: _Reader) -> GgufArray:
    """Only what is to be known of it: those of a vocabulary have hundreds of thousands of words."""
    kind, count = reader.number("<I"), reader.number("<Q")
    if kind == _STRING:
        for _ in range(count):  # ends at the latest where the file does
            reader.skip(reader.number("<Q"))
        return GgufArray(count, None)
    if kind not in _SCALARS:
        raise BadHeader("its header is damaged")
    size = struct.calcsize(_SCALARS[kind])
    if count > _MOST_NUMBERS:
        reader.skip(count * size)
        return GgufArray(count, None)
    numbers = [float(reader.scalar(_SCALARS[kind])) for _ in range(count)]
    return GgufArray(count, max(numbers, default=None))


def _read_tensor_end(reader: _Reader) -> int:
    """Where a tensor's data end, counted from where the data of all begin."""
    reader.text()
    dimensions = reader.number("<I")
    if dimensions > 8:
        raise BadHeader("its header is damaged")
    values = math.prod(reader.number("<Q") for _ in range(dimensions))
    kind, offset = reader.number("<I"), reader.number("<Q")
    per_block, block_bytes = TENSOR_BLOCKS.get(kind, (1, 0))  # a newer type: its size is not known
    return offset + -(-values // per_block) * block_bytes


class _Reader:
    """Numbers and strings from the start of a file, never more of it than needed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._data = bytearray()
        self.position = 0

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        self.skip(size)
        return bytes(self._data[self.position - size : self.position])

    def skip(self, size: int) -> None:
        """Go on by `size` bytes; raises `BadHeader` where the file ends before."""
        self.position += size
        if self.position > _MAX_HEADER_BYTES:
            raise BadHeader("its header is damaged")
        while len(self._data) < self.position:
            more = self._file.read(max(_READ_BYTES, self.position - len(self._data)))
            if not more:
                raise BadHeader("the file ends too early: the download is not complete")
            self._data += more

    def digest_since(self, start: int) -> bytes:
        """The sha256 of what was read since the position `start`."""
        with memoryview(self._data) as data:
            return hashlib.sha256(data[start : self.position]).digest()

    def number(self, form: str) -> int:
        """An integer in `struct`'s notation."""
        return int(self.scalar(form))

    def scalar(self, form: str) -> int | float | bool:
        """A number or truth value in `struct`'s notation."""
        size = struct.calcsize(form)
        self.skip(size)
        value: int | float | bool = struct.unpack_from(form, self._data, self.position - size)[0]
        return value

    def text(self) -> str:
        """A string."""
        return self.take(self.number("<Q")).decode("utf-8", "replace")
