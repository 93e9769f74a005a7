"""Picks the part of a passage that has the question's words, and quotes in few words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.plain_text import is_hidden, plain

_SPACE = re.compile(r"\s+")
_SENTENCE_ENDS = '.!?:;…。！？؟۔।)”"'


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a passage on one line; `marks` are (start, end) of the question's words."""

    text: str
    marks: tuple[tuple[int, int], ...]
    answers: tuple[tuple[int, int], ...] = ()  # of the words that seem to answer it


def snippet(
    text: str,
    matches: Sequence[tuple[int, int]],
    max_chars: int = 180,
    answers: Sequence[tuple[int, int]] = (),
) -> Snippet:
    """At most about `max_chars` of `text` where the most different `matches` are, cut at words.

    `matches` and `answers` are (start, end) in `text`, rising; where there are `answers`, it is
    they that are looked for.
    """
    flat, places = _flattened(text)
    marks = _moved(matches, places)
    held = _moved(answers, places)
    start, end = _best_window(flat, held or marks, max_chars)
    lead, tail = "…" if start else "", "…" if end < len(flat) else ""
    end -= len(flat[start:end]) - len(flat[start:end].rstrip(" ,;:.")) if tail else 0
    shift = len(lead) - start
    return Snippet(
        f"{lead}{flat[start:end]}{tail}",
        _within(marks, start, end, shift),
        _within(held, start, end, shift),
    )


def _moved(spans: Sequence[tuple[int, int]], places: list[int]) -> list[tuple[int, int]]:
    """`spans` where they are in the text that was made one line."""
    return [(places[start], places[end]) for start, end in spans if 0 <= start < end < len(places)]


def _within(
    spans: list[tuple[int, int]], start: int, end: int, shift: int
) -> tuple[tuple[int, int], ...]:
    """The spans that begin in a part of the text, cut where it ends."""
    return tuple((a + shift, min(b, end) + shift) for a, b in spans if start <= a < end)


def shorten(text: str, max_chars: int) -> str:
    """`text` on one line, cut at a word with “…” where it is longer than `max_chars`."""
    flat = _SPACE.sub(" ", plain(text)).strip()
    if len(flat) <= max_chars:
        return flat
    cut = flat.rfind(" ", max_chars // 2, max_chars)
    return flat[: cut if cut > 0 else max_chars].rstrip(" ,;:.") + "…"


def quoted(text: str, max_chars: int) -> str:
    """`text` in quotation marks, with “…” where it begins or ends within a sentence."""
    flat = _SPACE.sub(" ", plain(text)).strip()
    short = shorten(flat, max_chars)
    lead = "…" if flat[:1].islower() else ""
    tail = "" if short.endswith("…") or flat[-1:] in _SENTENCE_ENDS else "…"
    return f"“{lead}{short}{tail}”"


def _flattened(text: str) -> tuple[str, list[int]]:
    """`text` on one line, and for each of its offsets, the end included, where that is there."""
    flat: list[str] = []
    places: list[int] = []
    for char in text:
        places.append(len(flat))
        if is_hidden(char):
            continue
        if not char.isspace():
            flat.append(char)
        elif flat and flat[-1] != " ":
            flat.append(" ")
    if flat and flat[-1] == " ":
        flat.pop()
    places.append(len(flat))
    return "".join(flat), [min(place, len(flat)) for place in places]


def _best_window(text: str, marks: list[tuple[int, int]], max_chars: int) -> tuple[int, int]:
    if len(text) <= max_chars:
        return 0, len(text)
    best, best_count = 0, 0
    for start, _ in marks:
        inside = {text[a:b].casefold() for a, b in marks if start <= a and b <= start + max_chars}
        if len(inside) > best_count:
            best, best_count = start, len(inside)
    start = max(0, min(best - max_chars // 5, len(text) - max_chars))
    if start:
        space = text.find(" ", start, start + 24)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + max_chars)
    if end < len(text):
        space = text.rfind(" ", start + max_chars // 2, end)
        end = space if space > 0 else end
    return start, end
