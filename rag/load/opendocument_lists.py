"""How OpenDocument counts the items of its lists and its headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rag.load.word_paragraphs import counted
from rag.load.xml_tree import Element, all_in, name_of, value_of, whole

_MAX_LEVELS = 10
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(frozen=True, slots=True)
class _Level:
    """How the items of one level of a list are marked."""

    kind: str  # of number; "" for a bullet
    before: str
    after: str
    start: int
    shown: int  # how many levels' numbers are shown


class ListStyles:
    """The document's lists, its outline among them, and the numbers that they have come to."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * _MAX_LEVELS)
        for root in roots:
            for name in ("list-style", "outline-style"):
                for style in all_in(root, name):
                    # the outline's name is of no use: there is only one
                    own = value_of(style, "name") if name == "list-style" else ""
                    for level in style:
                        self._levels[own, whole(value_of(level, "level"), 1) - 1] = _level(level)

    def begin(self, style: str, level: int) -> None:
        """A list begins anew at a 0-based level."""
        self._counts[style][level:] = [0] * (_MAX_LEVELS - level)

    def mark(self, style: str, level: int, start: int | None = None) -> str:
        """The bullet or number of the next item; what no style tells of is a bullet."""
        level = min(level, _MAX_LEVELS - 1)
        known = self._levels.get((style, level))
        return self._number(style, level, known, start) if known and known.kind else "•"

    def heading_number(self, level: int) -> str:
        """The number of the next heading of a 1-based level; empty where they have none."""
        level = min(level, _MAX_LEVELS) - 1
        known = self._levels.get(("", level))
        if known is None:
            return ""
        number = self._number("", level, known, None)
        return number if known.kind else ""

    def _number(self, style: str, level: int, known: _Level, start: int | None) -> str:
        counts = self._counts[style]
        if start is not None:
            counts[level] = start
        else:
            counts[level] = counts[level] + 1 if counts[level] else known.start
        counts[level + 1 :] = [0] * (_MAX_LEVELS - level - 1)
        said: list[str] = []
        for other in range(max(0, level + 1 - known.shown), level + 1):
            kind = self._levels.get((style, other), known).kind
            if kind:
                said.append(counted(max(1, counts[other]), kind))
        return f"{known.before}{'.'.join(said)}{known.after}".strip()


def _level(level: Element) -> _Level:
    form = value_of(level, "num-format")
    numbered = name_of(level) in {"list-level-style-number", "outline-level-style"} and form
    return _Level(
        kind=_KINDS.get(form, "decimal") if numbered else "",
        before=value_of(level, "num-prefix"),
        after=value_of(level, "num-suffix"),
        start=whole(value_of(level, "start-value"), 1),
        shown=whole(value_of(level, "display-levels"), 1),
    )
