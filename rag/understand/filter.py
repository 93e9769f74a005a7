"""What a question's words narrow the search to, and the scope that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rag.records import Scope


@dataclass(frozen=True, slots=True)
class Filter:
    """Words of a question, `text[start:end]`, that say where to look."""

    start: int
    end: int
    paths: tuple[Path, ...] = ()  # any of them
    types: frozenset[str] = frozenset()  # any of them
    since: date | None = None
    until: date | None = None
    pages: tuple[tuple[int, int], ...] = ()  # any of them
    is_name: bool = False  # its words also tell what is asked about, so they are searched for

    @property
    def kind(self) -> str:
        """The field of `Scope` that it sets."""
        if self.paths:
            return "paths"
        if self.types:
            return "types"
        return "pages" if self.pages else "time"


def narrowed(asked: Scope, found: Filter) -> Scope | None:
    """The part of `asked` that `found` leaves; None where nothing would be left of it."""
    paths = _within(found.paths, asked.paths) if found.paths else asked.paths
    if found.paths and not paths:
        return None
    types = asked.types
    if found.types:
        types = tuple(sorted(found.types.intersection(types) if types else found.types))
        if not types:
            return None
    since = max((day for day in (asked.since, found.since) if day), default=None)
    until = min((day for day in (asked.until, found.until) if day), default=None)
    if since and until and since > until:
        return None
    pages = _overlaps(asked.pages, found.pages) if found.pages else asked.pages
    if found.pages and not pages:
        return None
    return replace(asked, paths=paths, types=types, since=since, until=until, pages=pages)


def _within(found: Sequence[Path], asked: Sequence[Path]) -> tuple[Path, ...]:
    """What lies in both: of a folder and a path in it, the path."""
    if not asked:
        return tuple(found)
    both: dict[Path, None] = {}
    for path in found:
        for limit in asked:
            if path == limit or limit in path.parents:
                both[path] = None
            elif path in limit.parents:
                both[limit] = None
    return tuple(both)


def _overlaps(
    asked: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    if not asked:
        return tuple(found)
    pairs = [(max(a, c), min(b, d)) for a, b in asked for c, d in found]
    return tuple(pair for pair in pairs if pair[0] <= pair[1])
