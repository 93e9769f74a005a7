"""A document's text as it is shown: each page under a line that names it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class ShownText:
    """A part of a text; `titles` are (start, end) in `text` of the lines that name pages."""

    text: str
    titles: tuple[tuple[int, int], ...]
    anchors: tuple[tuple[int, int], ...]  # offsets in the document's text and in `text`, rising

    def shown(self, offset: int) -> int:
        """Where the code point at `offset` of the document's text is in `text`."""
        at = bisect_right(self.anchors, offset, key=lambda anchor: anchor[0]) - 1
        start, shown = self.anchors[max(0, at)]
        return min(max(0, shown + offset - start), len(self.text))

    def offset(self, shown: int) -> int:
        """The offset in the document's text of a place in `text`; a page's name is at its start."""
        at = max(0, bisect_right(self.anchors, shown, key=lambda anchor: anchor[1]) - 1)
        start, begins = self.anchors[at]
        after = self.anchors[at + 1][0] if at + 1 < len(self.anchors) else None
        offset = start + max(0, shown - begins)
        return offset if after is None else min(offset, after)


def shown_text(
    text: str,
    part: tuple[int, int],
    page_starts: Sequence[int] = (),
    places: Sequence[tuple[int, str]] = (),
    lead: str = "",
) -> ShownText:
    """What is shown of `text[part[0]:part[1]]`, after `lead`, which is not the document's."""
    first, last = part
    names = dict(places)
    pieces, titles, anchors = [lead], [], [(first, len(lead))]
    length, at = len(lead), first
    pages = page_starts[bisect_left(page_starts, first) : bisect_left(page_starts, last)]
    for start in pages:
        if start > at:
            pieces.append(text[at : start - 1] + "\n")
            length += start - at
            at = start
        if name := names.get(start, ""):
            after = bisect_right(page_starts, start)
            end = page_starts[after] - 1 if after < len(page_starts) else len(text)
            if not text[start:end].strip():
                name = QCoreApplication.translate("ShownText", "{0} · no text").format(name)
            pieces.append(f"{name}\n")
            titles.append((length, length + len(name)))
            length += len(name) + 1
        anchors.append((start, length))
    pieces.append(text[at:last].replace("\f", "\n"))
    return ShownText("".join(pieces), tuple(titles), tuple(anchors))


def place_at(places: Sequence[tuple[int, str]], offset: int) -> str:
    """The name of the place at an offset of the document's text; empty before the first."""
    at = bisect_right(places, offset, key=lambda place: place[0])
    return places[at - 1][1] if at else ""
