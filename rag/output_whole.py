"""Documents read whole, as the command line tells of them in words and in JSON."""

from __future__ import annotations

from rag.events import SectionsProgress, WholeFinished, WholeProgress
from rag.output import JsonValue, counted
from rag.records import SavedReading, WholeDocument, WholeEstimate


def progress(told: WholeProgress) -> str:
    """How far a reading is, in a line."""
    names = ", ".join(path.name for path in told.paths)
    line = f"{names}: {told.tokens_done:,} of {told.tokens_total:,} tokens read"
    if told.paused:
        return f"{line}; paused"
    if told.waits_for:
        return f"{line}. {told.waits_for}"
    if told.tokens_per_s is not None:
        line += f", {told.tokens_per_s:.0f} a second"
    if told.seconds_left is not None and told.tokens_done < told.tokens_total:
        line += f", {duration(told.seconds_left)} left"
    return line


def sections_progress(told: SectionsProgress) -> str:
    """How far sections are summarised, in a line."""
    line = f"{told.sections_done} of {counted(told.sections_total, 'section')}"
    if told.current:
        line += f", at {told.current}"
    if told.seconds_left is not None:
        line += f", {duration(told.seconds_left)} left"
    return line


def duration(seconds: float) -> str:
    """Seconds in words that a person waits by."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"


def estimate(told: WholeEstimate) -> JsonValue:
    """What reading all of a scope would take; `seconds` null where the speed is not known."""
    return {
        "paths": [str(path) for path in told.paths],
        "mode": told.mode.value,
        "tokens": told.tokens,
        "tokens_saved": told.tokens_saved,
        "seconds": None if told.seconds is None else round(told.seconds, 1),
        "reason": told.reason,
    }


def whole_document(told: WholeDocument) -> JsonValue:
    """A document that was read whole; `pages` null in formats without pages."""
    return {
        "document": str(told.path),
        "title": told.title,
        "pages": told.pages,
        "tokens": told.tokens,
    }


def prepared(
    finished: WholeFinished, last: WholeProgress, first_tokens: int, seconds: float
) -> JsonValue:
    """The end of a reading ahead; `tokens_before` were kept from earlier ones."""
    return {
        "paths": [str(path) for path in finished.paths],
        "complete": finished.complete,
        "tokens": last.tokens_done,
        "tokens_total": last.tokens_total,
        "tokens_before": first_tokens,
        "seconds": round(seconds, 3),
    }


def whole_progress(told: WholeProgress) -> JsonValue:
    """How far a reading is."""
    return {
        "paths": [str(path) for path in told.paths],
        "tokens_done": told.tokens_done,
        "tokens_total": told.tokens_total,
        "tokens_per_s": None if told.tokens_per_s is None else round(told.tokens_per_s, 2),
        "seconds_left": None if told.seconds_left is None else round(told.seconds_left, 1),
        "paused": told.paused,
        "waits_for": told.waits_for,
    }


def reading(kept: SavedReading) -> JsonValue:
    """What is kept of documents that were read whole."""
    return {
        "id": kept.id,
        "paths": [str(path) for path in kept.paths],
        "title": kept.title,
        "model": kept.model,
        "tokens": kept.tokens,
        "tokens_total": kept.tokens_total,
        "size_bytes": kept.size_bytes,
        "used_at": kept.used_at,
    }
