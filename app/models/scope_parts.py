"""What limits a question's scope, part by part for its chips and whole in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from app.models.file_types import types_of
from rag.records import Scope

_translate = QCoreApplication.translate
_TOLD = 12  # suffixes of a type in its tooltip
_NAMED = 3  # of several files or folders in a sentence; the others are counted
_WEEKDAY = re.compile(r"\W*dddd\W*")


@dataclass(frozen=True, slots=True)
class ScopePart:
    """One limit of a scope."""

    words: str  # on its chip
    tip: str  # all of it, where the chip has no room for that
    without: Scope  # what is left when it is removed


def parts_of(scope: Scope) -> tuple[ScopePart, ...]:
    """The limits of `scope`: files and folders, types, dates, pages."""
    parts = [
        ScopePart(
            path.name or str(path),
            str(path),
            replace(scope, paths=tuple(other for other in scope.paths if other != path)),
        )
        for path in scope.paths
    ]
    for kind in types_of(scope.types):
        left = tuple(suffix for suffix in scope.types if suffix not in kind.suffixes)
        some = [f".{suffix}" for suffix in kind.suffixes[:_TOLD]]
        tip = ", ".join([*some, "…"] if len(kind.suffixes) > _TOLD else some)
        parts.append(ScopePart(kind.name, tip, replace(scope, types=left)))
    if scope.since:
        words = _translate("ScopeParts", "Changed since {0}").format(day_words(scope.since))
        parts.append(ScopePart(words, words, replace(scope, since=None)))
    if scope.until:
        words = _translate("ScopeParts", "Changed until {0}").format(day_words(scope.until))
        parts.append(ScopePart(words, words, replace(scope, until=None)))
    for pages in scope.pages:
        rest = tuple(other for other in scope.pages if other != pages)
        words = _capital(pages_words([pages]))
        parts.append(ScopePart(words, words, replace(scope, pages=rest)))
    return tuple(parts)


def scope_words(scope: Scope) -> str:
    """`scope` within a sentence: "PDFs in Contracts changed since 1 Jan 2024, pages 3–5"."""
    if not scope.limits_files:
        return _translate("ScopeParts", "the whole library")
    kinds = joined([kind.plural for kind in types_of(scope.types)])
    places = joined([f"\u2068{path.name or path}\u2069" for path in scope.paths])
    if kinds and places:
        said = _translate("ScopeParts", "{0} in {1}").format(kinds, places)
    else:
        said = kinds or places or _translate("ScopeParts", "files")
    if scope.since and scope.until:
        changed = _translate("ScopeParts", "{0} changed from {1} to {2}")
        said = changed.format(said, day_words(scope.since), day_words(scope.until))
    elif scope.since:
        said = _translate("ScopeParts", "{0} changed since {1}").format(
            said, day_words(scope.since)
        )
    elif scope.until:
        said = _translate("ScopeParts", "{0} changed until {1}").format(
            said, day_words(scope.until)
        )
    return (
        _translate("ScopeParts", "{0}, {1}").format(said, pages_words(scope.pages))
        if scope.pages
        else said
    )


def day_words(day: date) -> str:
    """A day as the locale writes it, without the weekday: "1 Jan 2024"."""
    locale = QLocale()
    pattern = locale.dateFormat(QLocale.FormatType.LongFormat)
    pattern = _WEEKDAY.sub("", pattern).replace("MMMM", "MMM")
    return locale.toString(QDate(day.year, day.month, day.day), pattern)


def moment_words(seconds: float) -> str:
    """A time since the epoch as the locale writes it: "3 May 2026, 14:05"."""
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    day = moment.date()
    said = day_words(date(day.year(), day.month(), day.day()))
    return _translate("ScopeParts", "{0}, {1}").format(said, time)


def pages_words(pages: Sequence[tuple[int, int]]) -> str:
    """Ranges of pages in words: "page 7", "pages 3–5 and 9"."""
    number = QLocale().toString
    said = joined(
        [
            number(first) if first == last else f"{number(first)}–{number(last)}"
            for first, last in pages
        ],
        len(pages),
    )
    one = len(pages) == 1 and pages[0][0] == pages[0][1]
    return (
        _translate("ScopeParts", "page {0}") if one else _translate("ScopeParts", "pages {0}")
    ).format(said)


def joined(names: Sequence[str], named: int = _NAMED) -> str:
    """A list in words: "A", "A and B", "A, B, C and 9 others"."""
    if len(names) > named + 1:
        others = QLocale().toString(len(names) - named)
        names = [*names[:named], _translate("ScopeParts", "{0} others").format(others)]
    if len(names) < 2:
        return "".join(names)
    return _translate("ScopeParts", "{0} and {1}").format(", ".join(names[:-1]), names[-1])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
