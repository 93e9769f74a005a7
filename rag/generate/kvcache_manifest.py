"""What a saved reading consists of, and the file that tells it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from rag.protocols import SEGMENT_TOKENS, CacheIdentity, ReadingLabel

TokenArray = NDArray[np.int32]

FORMAT = 1
_TOKEN_TYPE = np.dtype("<i4")
_NAME_BYTES = 20


@dataclass(frozen=True, slots=True)
class Segment:
    """A file with the cache of some tokens in a row; its name tells them and all before them."""

    name: str
    tokens: int  # `SEGMENT_TOKENS`, fewer in a reading's last
    size_bytes: int
    crc32: int
    halved: bool  # see `rag.generate.halving`


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A beginning of prompts, and what of it is kept."""

    identity: CacheIdentity
    label: ReadingLabel
    tokens: TokenArray  # all that are to be read, kept or not
    segments: tuple[Segment, ...]  # from the first token on, without gaps
    created_at: float  # seconds since the epoch
    used_at: float

    @property
    def id(self) -> str:
        """A name that no other model's reading, and none of other tokens, has."""
        return reading_id(self.identity, self.tokens)

    @property
    def kept(self) -> int:
        """How many of the first tokens are kept."""
        return sum(segment.tokens for segment in self.segments)


def as_array(tokens: Sequence[int] | TokenArray) -> TokenArray:
    """`tokens` as they are hashed and written."""
    return np.asarray(tokens, _TOKEN_TYPE)


def reading_id(identity: CacheIdentity, tokens: TokenArray) -> str:
    """The id of the reading of `tokens`."""
    return _chained(_seed(identity), tokens, b"reading")


def boundaries(count: int) -> list[tuple[int, int]]:
    """Where the segments of `count` tokens start and end."""
    return list(pairwise([*range(0, count, SEGMENT_TOKENS), count]))


def segment_names(identity: CacheIdentity, tokens: TokenArray) -> list[str]:
    """The names of the segments of `tokens`, which stand for all tokens up to their ends."""
    names: list[str] = []
    before = _seed(identity)
    for start, end in boundaries(len(tokens)):
        before = _chained(before, tokens[start:end])
        names.append(before)
    return names


def _seed(identity: CacheIdentity) -> str:
    return _digest(json.dumps(asdict(identity), sort_keys=True).encode())


def _chained(before: str, tokens: TokenArray, kind: bytes = b"segment") -> str:
    return _digest(kind + bytes.fromhex(before) + tokens.tobytes())


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=_NAME_BYTES).hexdigest()


# -------------------------------------------------------------------- the file


def encode(reading: Reading) -> bytes:
    """The manifest's file."""
    body: dict[str, object] = {
        "identity": asdict(reading.identity),
        "paths": [str(path) for path in reading.label.paths],
        "title": reading.label.title,
        "model": reading.label.model,
        "tokens": base64.b64encode(reading.tokens.tobytes()).decode(),
        "segments": [asdict(segment) for segment in reading.segments],
        "created_at": reading.created_at,
        "used_at": reading.used_at,
    }
    return json.dumps({"format": FORMAT, "digest": _digest_of(body), "reading": body}).encode()


def decode(data: bytes) -> Reading:
    """The reading that a manifest tells; raises `ValueError` where anything in it is amiss."""
    try:
        manifest = _fields(json.loads(data))
        if manifest["format"] != FORMAT:
            raise ValueError("another version's")
        body = _fields(manifest["reading"])
        if manifest["digest"] != _digest_of(body):
            raise ValueError("damaged")
        return _reading(body)
    except (KeyError, TypeError, RecursionError, OverflowError, binascii.Error) as error:
        raise ValueError("damaged") from error


def _digest_of(body: dict[str, object]) -> str:
    return _digest(json.dumps(body, sort_keys=True).encode())


def _reading(body: dict[str, object]) -> Reading:
    tokens = np.frombuffer(base64.b64decode(_text(body["tokens"]), validate=True), _TOKEN_TYPE)
    fields = _fields(body["identity"])
    identity = CacheIdentity(
        model_sha256=_text(fields["model_sha256"]),
        library=_text(fields["library"]),
        regime=_text(fields["regime"]),
        kv_type=_text(fields["kv_type"]),
        flash_attention=_flag(fields["flash_attention"]),
    )
    label = ReadingLabel(
        paths=tuple(Path(_text(path)) for path in _items(body["paths"])),
        title=_text(body["title"]),
        model=_text(body["model"]),
    )
    segments = tuple(_segment(_fields(item)) for item in _items(body["segments"]))
    kept = sum(segment.tokens for segment in segments)
    if kept > len(tokens) or [segment.tokens for segment in segments] != [
        end - start for start, end in boundaries(kept)
    ]:
        raise ValueError("its segments are not of its tokens")
    # The names follow from the tokens, so that no manifest can point to any other file.
    if [segment.name for segment in segments] != segment_names(identity, tokens[:kept]):
        raise ValueError("its segments are not of its tokens")
    created, used = _moment(body["created_at"]), _moment(body["used_at"])
    return Reading(identity, label, tokens, segments, created, used)


def _segment(fields: dict[str, object]) -> Segment:
    return Segment(
        name=_text(fields["name"]),
        tokens=_count(fields["tokens"]),
        size_bytes=_count(fields["size_bytes"]),
        crc32=_count(fields["crc32"]),
        halved=_flag(fields["halved"]),
    )


def _fields(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return cast("dict[str, object]", value)


def _items(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return cast("list[object]", value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _moment(value: object) -> float:
    if not isinstance(value, float) or not math.isfinite(value):
        raise TypeError
    return value
