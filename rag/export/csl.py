"""Writes cited files as CSL-JSON, which programs that manage references read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rag.export.references import Reference

# What a suffix really tells; whether a PDF is an article or a report it does not.
_TYPES = {
    "book": {"epub"},
    "dataset": {"csv", "tsv", "xlsx", "xlsm", "xls", "xlsb", "ods", "jsonl"},
    "graphic": {"png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp"},
    "personal_communication": {"eml", "msg", "mbox"},
    "webpage": {"html", "htm", "xhtml", "mht", "mhtml"},
}
_OTHER = "document"

_Value = str | dict[str, list[list[int]]]


def csl_json(references: Sequence[Reference]) -> str:
    """A JSON list of items."""
    return json.dumps([_item(one) for one in references], ensure_ascii=False, indent=2) + "\n"


def _item(reference: Reference) -> dict[str, _Value]:
    day = reference.asked_on
    item: dict[str, _Value] = {
        "id": reference.key,
        "type": type_of(reference),
        "title": reference.title,
        "accessed": _date((day.year, day.month, day.day)),
        "note": note_of(reference),
    }
    if reference.dated:
        item["issued"] = _date(reference.dated)
    return item


def type_of(reference: Reference) -> str:
    """The item's type in the terms of CSL 1.0.2."""
    kinds = (kind for kind, suffixes in _TYPES.items() if reference.suffix in suffixes)
    return next(kinds, _OTHER)


def note_of(reference: Reference) -> str:
    """The file's name and the places in it that are cited."""
    places = f"; cited: {', '.join(reference.places)}" if reference.places else ""
    return f"File: {reference.file_name}{places}"


def _date(parts: Sequence[int]) -> dict[str, list[list[int]]]:
    return {"date-parts": [list(parts)]}
