"""Writes the XML of a Word document: elements, runs of text and their directions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_STRONG = _RIGHT_TO_LEFT | {"L"}


def element(name: str, /, *inner: str, **attributes: str | int) -> str:
    """An element of Word's main namespace, with attributes of the same and XML within it."""
    said = "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<w:{name}{said}>{''.join(inner)}</w:{name}>" if inner else f"<w:{name}{said}/>"


def text_runs(text: str, style: str = "", *, bold: bool = False) -> str:
    """Plain text as runs, one for each stretch that is written in one direction.

    `style` is the id of a style for characters.
    """
    runs: list[str] = []
    for words, leftward in _stretches(text):
        look = element("rStyle", val=style) if style else ""
        look += element("b") + element("bCs") if bold else ""
        look += element("rtl") if leftward else ""
        properties = element("rPr", look) if look else ""
        runs.append(element("r", properties, f'<w:t xml:space="preserve">{escape(words)}</w:t>'))
    return "".join(runs)


def is_leftward(text: str) -> bool:
    """Whether the first letter of `text` is of a writing from right to left."""
    return next((leftward for leftward in map(_direction, text) if leftward is not None), False)


def _stretches(text: str) -> Iterator[tuple[str, bool]]:
    """`text` cut where the direction changes; what has none goes with what stands before it."""
    begin, current = 0, is_leftward(text)
    for at, character in enumerate(text):
        direction = _direction(character)
        if direction is not None and direction is not current:
            yield text[begin:at], current
            begin, current = at, direction
    if text[begin:]:
        yield text[begin:], current


def _direction(character: str) -> bool | None:
    kind = unicodedata.bidirectional(character)
    return kind in _RIGHT_TO_LEFT if kind in _STRONG else None
