"""Answers as JSON, so that conversations outlive the program's versions.

Writing names every field; reading ignores fields it does not know, and what cannot be read as an
answer any more is no answer. Paths go as text, with what is not text escaped as Python does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import cast, get_args, get_origin, get_type_hints

from rag.records import Answer, Mode, Scope, Support

VERSION = 1
_OF_TEXT: Mapping[object, Callable[[str], object]] = {
    Path: Path,
    Support: Support,
    Mode: Mode,
    date: date.fromisoformat,
}


def answer_text(answer: Answer) -> str:
    """`answer` as JSON."""
    return json.dumps({"version": VERSION, "answer": _plain(answer)})


def answer_of(text: str) -> Answer | None:
    """The answer that `answer_text` made `text` of; None when it is beyond this version."""
    try:
        stored = json.loads(text)
        return cast("Answer", _read(stored["answer"], Answer))
    except (ValueError, TypeError, KeyError):
        return None


def scope_text(scope: Scope) -> str:
    """`scope` as JSON."""
    return json.dumps(_plain(scope))


def scope_of(text: str) -> Scope:
    """The scope that `scope_text` made `text` of; of one that is beyond this version no limits."""
    try:
        stored = cast("object", json.loads(text))
        if isinstance(stored, list):  # as the first version wrote it
            stored = {"paths": cast("list[object]", stored)}
        return cast("Scope", _read(stored, Scope))
    except (ValueError, TypeError):
        return Scope()


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Path | date):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in cast("tuple[object, ...]", value)]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _read(stored: object, kind: object) -> object:
    """`stored` as `kind`, one of the types that records are made of; raises `TypeError`."""
    if isinstance(kind, UnionType):  # always "something or None" in the records
        some = next(part for part in get_args(kind) if part is not NoneType)
        return None if stored is None else _read(stored, some)
    if get_origin(kind) is tuple:
        return _read_tuple(stored, get_args(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_record(stored, kind)
    if isinstance(stored, str) and kind in _OF_TEXT:
        return _OF_TEXT[kind](stored)
    if kind is float and type(stored) is int:
        return float(stored)
    if type(stored) is not kind:
        raise TypeError(f"{stored!r} is no {kind}")
    return stored


def _read_tuple(stored: object, kinds: tuple[object, ...]) -> tuple[object, ...]:
    if not isinstance(stored, list):
        raise TypeError(f"{stored!r} is no list")
    items = cast("list[object]", stored)
    each = (kinds[0],) * len(items) if kinds[-1] is Ellipsis else kinds
    if len(each) != len(items):
        raise TypeError(f"{len(items)} items are not {len(each)}")
    return tuple(_read(item, kind) for item, kind in zip(items, each, strict=True))


def _read_record(stored: object, kind: type) -> object:
    if not isinstance(stored, dict):
        raise TypeError(f"{stored!r} is no record")
    values = cast("dict[str, object]", stored)
    return kind(
        **{
            name: _read(values[name], type_)
            for name, type_ in _field_types(kind).items()
            if name in values
        }
    )


@cache
def _field_types(kind: type) -> Mapping[str, object]:
    return get_type_hints(kind)
