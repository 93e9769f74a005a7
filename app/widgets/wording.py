"""Numbers, lengths of time and names as the window words them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from app.models.plain_text import plain

_CONTEXT = "Wording"


def number(value: int) -> str:
    """A whole number in the locale's writing."""
    return QLocale().toString(value)


def size(count_bytes: int) -> str:
    """An amount of data, in powers of ten as disks are sold: "1.2 GB"."""
    digits = 1 if count_bytes >= 1_000_000 else 0
    return QLocale().formattedDataSize(count_bytes, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def duration(seconds: float) -> str:
    """A length of time: "8 s", "1 min 40 s", "2 h 5 min"."""
    whole = max(1, round(seconds))
    if whole < 60:
        return QCoreApplication.translate(_CONTEXT, "{0} s").format(number(whole))
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        if not rest:
            return QCoreApplication.translate(_CONTEXT, "{0} min").format(number(minutes))
        return QCoreApplication.translate(_CONTEXT, "{0} min {1} s").format(
            number(minutes), number(rest)
        )
    hours, rest = divmod(whole // 60, 60)
    return QCoreApplication.translate(_CONTEXT, "{0} h {1} min").format(number(hours), number(rest))


def decimal(value: float) -> str:
    """A figure with as many digits as matter: "0.8", "4.2", "34"."""
    return QLocale().toString(float(value), "f", 0 if value >= 10 else 1)


def roughly(seconds: float) -> str:
    """A length of time as an estimate tells it: "40 s", "4 min", "1.5 h"."""
    if seconds < 55:
        near = max(1, round(seconds)) if seconds < 20 else round(seconds / 10) * 10
        return QCoreApplication.translate(_CONTEXT, "{0} s").format(number(near))
    if seconds < 5400:
        minutes = number(max(1, round(seconds / 60)))
        return QCoreApplication.translate(_CONTEXT, "{0} min").format(minutes)
    return QCoreApplication.translate(_CONTEXT, "{0} h").format(decimal(seconds / 3600))


def time_left(seconds: float) -> str:
    """How long something still takes, roughly: "40 s left", "3 min left"."""
    if seconds < 90:
        words = QCoreApplication.translate(_CONTEXT, "{0} s left")
        return words.format(number(max(1, round(seconds))))
    if seconds < 5400:
        return QCoreApplication.translate(_CONTEXT, "{0} min left").format(
            number(round(seconds / 60))
        )
    hours = QLocale().toString(seconds / 3600, "f", 1)
    return QCoreApplication.translate(_CONTEXT, "{0} h left").format(hours)


def passages(count: int) -> str:
    """A number of passages."""
    if count == 1:
        return QCoreApplication.translate(_CONTEXT, "1 passage")
    return QCoreApplication.translate(_CONTEXT, "%n passages", None, count)


def files(count: int) -> str:
    """A number of files."""
    if count == 1:
        return QCoreApplication.translate(_CONTEXT, "1 file")
    return QCoreApplication.translate(_CONTEXT, "%n files", None, count)


def pages(count: int) -> str:
    """A number of pages."""
    if count == 1:
        return QCoreApplication.translate(_CONTEXT, "1 page")
    return QCoreApplication.translate(_CONTEXT, "%n pages", None, count)


def isolated(text: str) -> str:
    """`text` kept together in a line of the other writing direction."""
    return f"\u2068{text}\u2069"


def elided_name(path: Path, max_chars: int = 60) -> str:
    """A file's name, shortened in the middle so that its end and suffix stay."""
    name = " ".join(plain(path.name).split("\n"))
    if len(name) <= max_chars:
        return name
    head = (max_chars - 1) // 2
    return f"{name[:head]}…{name[-(max_chars - 1 - head) :]}"


def source(path: Path, place: str) -> str:
    """A source as footnotes name it: "Lease.pdf, p. 7"."""
    name = isolated(elided_name(path))
    return f"{name}, {plain(place)}" if place else name
