"""Gathers the files that answers cite, as what reference managers call items."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rag.errors import NothingCited
from rag.export.paper import citations_of
from rag.export.plain import names_of, plain
from rag.records import Citation, Turn

_KEY_CHARS = 32
_DIGEST_CHARS = 8


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
    dated: date | None  # the day that it bears, where that was found out


def references(turns: Sequence[Turn], titles: Mapping[Path, str]) -> list[Reference]:
    """The files that `turns` cite, in the order of their first citation.

    `titles` has those of files that are still in the library. Raises `NothingCited`.
    """
    cited: dict[Path, list[tuple[Turn, Citation]]] = {}
    for turn in turns:
        for citation in citations_of(turn.answer) if turn.answer else ():
            cited.setdefault(citation.path, []).append((turn, citation))
    if not cited:
        raise NothingCited
    names, known, dates = names_of(cited), {**_titles(turns), **titles}, _dates(turns)
    return [
        Reference(
            key=_key(path),
            title=plain(known.get(path, "")).strip() or plain(path.stem).strip() or names[path],
            suffix=plain(path.suffix).strip().lower().removeprefix("."),
            file_name=names[path],
            places=_places([citation for _, citation in uses]),
            asked_on=datetime.fromtimestamp(uses[0][0].asked_at, UTC).astimezone().date(),
            dated=dates.get(path),
        )
        for path, uses in cited.items()
    ]


def _titles(turns: Sequence[Turn]) -> dict[Path, str]:
    """The titles of what was found, as they were then."""
    answers = [turn.answer for turn in turns if turn.answer]
    return {hit.path: hit.title for answer in answers for hit in answer.evidence}


def _dates(turns: Sequence[Turn]) -> dict[Path, date]:
    """The days that documents bear, as far as answers tell them."""
    return {
        statement.citation.path: statement.dated
        for turn in turns
        for conflict in (turn.answer.conflicts if turn.answer else ())
        for statement in conflict.statements
        if statement.dated is not None
    }


def _places(citations: Sequence[Citation]) -> tuple[str, ...]:
    places = [plain(citation.place).strip() for citation in citations]
    return tuple(dict.fromkeys(filter(None, places)))


def _key(path: Path) -> str:
    """A readable name and a digest of the path: "lease-2024-1f0c9a3e"."""
    letters = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", letters)[:_KEY_CHARS].strip("-") or "file"
    spelt = path.as_posix().encode("utf-8", "surrogateescape")
    return f"{name}-{hashlib.sha256(spelt).hexdigest()[:_DIGEST_CHARS]}"
