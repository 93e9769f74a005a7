"""Makes one line of plain words of any text that a paper shows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TAGS = range(0xE0000, 0xE0080)  # letters that nobody sees
_NONCHARACTERS = frozenset({"\ufeff", *map(chr, range(0xFDD0, 0xFDF0))})


def plain(text: str) -> str:
    """`text` on one line, without what controls anything: what is left is shown as it is.

    Gone are control characters, those that turn the direction of writing for what follows them,
    invisible tags and what is no character; half a character, as in a damaged name, becomes "�".
    Blanks at its ends stay, as one each.
    """
    kept = "".join(_kept(character) for character in text)
    words = " ".join(kept.split())
    if not words:
        return " " if kept else ""
    return f"{' ' * kept[0].isspace()}{words}{' ' * kept[-1].isspace()}"


def _kept(character: str) -> str:
    if character.isspace():
        return " "
    if character in _TURNING or character in _NONCHARACTERS or ord(character) in _TAGS:
        return ""
    if ord(character) & 0xFFFE == 0xFFFE:
        return ""
    kind = unicodedata.category(character)
    if kind == "Cs":
        return "\ufffd"
    return "" if kind == "Cc" else character


def names_of(paths: Iterable[Path]) -> dict[Path, str]:
    """What each of `paths` is called: its name, with as many folders as tell it from others."""
    names: dict[Path, str] = {}
    left, depth = set(paths), 1
    while left:
        tried = {path: Path(*path.parts[-depth:]).as_posix() for path in left}
        used = Counter(tried.values())
        sure = {p for p in left if used[tried[p]] == 1 or depth >= len(p.parts)}
        names |= {path: plain(tried[path]).strip() or "?" for path in sure}
        left -= sure
        depth += 1
    return names
