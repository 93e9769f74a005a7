"""Turns what a person types about a scope into a `Scope`, and says how it is typed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rag.disk.scan import absolute
from rag.errors import BadScope
from rag.load import FORMATS, Format
from rag.records import Scope

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_PAGES = re.compile(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?")


def read_scope(
    paths: Sequence[Path] = (),
    types: Sequence[str] = (),
    since: str = "",
    until: str = "",
    pages: Sequence[str] = (),
) -> Scope:
    """The scope that is meant; each of `types` and `pages` may hold several parted by commas.

    Raises `BadScope`.
    """
    first_day, last_day = _day(since, "since"), _day(until, "until", last=True)
    if first_day and last_day and first_day > last_day:
        raise BadScope(
            f"Nothing was changed both since {first_day} and until {last_day}. "
            "Type the earlier date for “since”."
        )
    return Scope(
        paths=tuple(dict.fromkeys(absolute(path) for path in paths)),
        types=tuple(dict.fromkeys(suffix for part in _parts(types) for suffix in suffixes(part))),
        since=first_day,
        until=last_day,
        pages=tuple(sorted({_page_range(part) for part in _parts(pages)})),
    )


def suffixes(typed: str, formats: Sequence[Format] = FORMATS) -> tuple[str, ...]:
    """The suffixes of the format that `typed` names by its name or by one of them, without dots.

    Raises `BadScope`.
    """
    wanted = _folded(typed)
    for known in formats:
        names = tuple(suffix.removeprefix(".") for suffix in known.suffixes)
        if wanted in (*names, _folded(known.name)):
            return names
    choices = ", ".join(known.suffixes[0].removeprefix(".") for known in formats)
    raise BadScope(f"Footnote reads no files of type “{typed}”. Type one or more of {choices}.")


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.lower().lstrip("*."))


def _day(typed: str, bound: str, *, last: bool = False) -> date | None:
    """The day that `typed` names, the first or the last one of a year or month; None for none."""
    if not typed.strip():
        return None
    match = _DATE.fullmatch(typed.strip())
    try:
        if match is None:
            raise ValueError(typed)  # noqa: TRY301 - said once, below
        year = int(match[1])
        month = int(match[2] or (12 if last else 1))
        return date(
            year, month, int(match[3] or (calendar.monthrange(year, month)[1] if last else 1))
        )
    except ValueError:
        raise BadScope(
            f"“{typed}” is no date. Type “{bound}” as 2023, 2023-06 or 2023-06-30."
        ) from None


def _page_range(typed: str) -> tuple[int, int]:
    match = _PAGES.fullmatch(typed)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        raise BadScope(
            f"“{typed}” names no pages. Type numbers from 1 on and ranges, as in 3 or 2-5,9."
        )
    return first, last


def _parts(typed: Sequence[str]) -> list[str]:
    """What stands between commas."""
    return [part.strip() for text in typed for part in text.split(",")]
