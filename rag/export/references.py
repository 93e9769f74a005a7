"""Gathers the files that answers cite, as what reference managers call items."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rag.errors import NothingCited
from rag.export.paper import citations_of
from rag.export.plain import names_of, plain
from rag.records import Citation, Turn

_KEY_CHARS = 32
_DIGEST_CHARS = 8

DayOf = Callable[[str, str], date | None]
"""The day that a file's name, or its title, tells; the last one of a month or year."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited file: what is known of it, and nothing that is guessed.

    It names the file but not the folders that it lies in: those are nobody's business whom the list
    is sent to.
    """

    key: str  # of letters, digits and "-", equal whenever the same path is cited
    title: str  # as the file tells it, else its name
    suffix: str  # "pdf": lower case, without the dot
    file_name: str  # with as many folders as tell it from another one that is cited
    places: tuple[str, ...]  # that are cited, in the order of the answers: "p. 7"
    asked_on: date  # of the first question that it is cited for
    dated: tuple[int, ...]  # year, month and day, as far as its name or its title tells them


def references(turns: Sequence[Turn], titles: Mapping[Path, str], day_of: DayOf) -> list[Reference]:
    """The files that `turns` cite, in the order of their first citation.

    `titles` has those of files that are still in the library. Raises `NothingCited`.
    """
    cited: dict[Path, list[tuple[Turn, Citation]]] = {}
    for turn in turns:
        for citation in citations_of(turn.answer) if turn.answer else ():
            cited.setdefault(citation.path, []).append((turn, citation))
    if not cited:
        raise NothingCited
    names, known = names_of(cited), {**_titles(turns), **titles}
    told = {path: plain(known.get(path, "")).strip() for path in cited}
    days = {path: day_of(path.name, told[path]) for path in cited}
    return [
        Reference(
            key=_key(path),
            title=told[path] or plain(path.stem).strip() or names[path],
            suffix=plain(path.suffix).strip().lower().removeprefix("."),
            file_name=names[path],
            places=_places([citation for _, citation in uses]),
            asked_on=datetime.fromtimestamp(uses[0][0].asked_at, UTC).astimezone().date(),
            dated=() if (day := days[path]) is None else _parts(day),
        )
        for path, uses in cited.items()
    ]


def _titles(turns: Sequence[Turn]) -> dict[Path, str]:
    """The titles of what was found, as they were then."""
    answers = [turn.answer for turn in turns if turn.answer]
    return {hit.path: hit.title for answer in answers for hit in answer.evidence}


def _parts(day: date) -> tuple[int, ...]:
    """Year, month and day; the last day of a year or month may stand for all of it, and does."""
    if (day.month, day.day) == (12, 31):
        return (day.year,)
    last = monthrange(day.year, day.month)[1]
    return (day.year, day.month) if day.day == last else (day.year, day.month, day.day)


def _places(citations: Sequence[Citation]) -> tuple[str, ...]:
    places = [plain(citation.place).strip() for citation in citations]
    return tuple(dict.fromkeys(filter(None, places)))


def _key(path: Path) -> str:
    """A readable name and a digest of the path: "lease-2024-1f0c9a3e"."""
    letters = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", letters)[:_KEY_CHARS].strip("-") or "file"
    spelt = path.as_posix().encode("utf-8", "surrogateescape")
    return f"{name}-{hashlib.sha256(spelt).hexdigest()[:_DIGEST_CHARS]}"
