"""Recognises the text of pages that have little of their own, or a broken one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import NoRecogniser
from rag.load.how import HowToRead
from rag.load.pdf.characters import TextPage, open_text_page
from rag.load.pdf.document import PdfFile
from rag.load.pdf.doubts import Doubt, disagree, doubt_of
from rag.load.pdf.pictures import largest_picture, shows_anything
from rag.load.pdf.placement import Placement
from rag.load.pdf.prose import Line
from rag.records import Box

if TYPE_CHECKING:  # the recogniser is loaded for scans alone
    from rag.load.ocr import Corners, Recogniser
    from rag.load.pdf.scan_lines import ScanLines

FEW_LETTERS = 200  # a page of pictures with fewer characters,
FEW_CHARS = 12  # of which fewer are letters or digits, is a scan
PICTURE_SHARE = 0.05  # of the page's area; smaller pictures are ornaments
COVERING_SHARE = 0.6  # a picture so large may be the scan of a page
COVERED_CHARS = 400  # of text of its own at most, such as a stamp, on a scan
SAMPLE_LINES = 20  # whose words show whether a page's text is one
MIN_ADDED = 15  # letters and digits that recognition must add to a page's own text
DPI = 200
SMALL_PT = 300.0  # a page whose shorter side is smaller is drawn larger,
SMALL_DPI = 300  # as receipts and cards are printed small
MAX_PIXELS = 7_000_000
GLANCE_SCALE = 0.5  # px per point: enough to see whether a page is blank
MIN_INK = 0.0002  # of the pixels of a page that is not
INK_LEVEL = 64  # grey levels that ink is darker or lighter than the paper

_TOO_MUCH_MEMORY = "Recognising its text needs too much memory."
_NOT_DRAWN = "It cannot be drawn, so its text could not be recognised."


@dataclass(slots=True)
class Own:
    """What a page is on its own, before anything is recognised."""

    chars: int = 0
    picture: float = 0.0  # the share of the page that its largest picture takes
    shows: bool = False  # it has something on it
    doubt: Doubt = Doubt.NONE

    @classmethod
    def of(cls, page: TextPage, lines: Sequence[Line]) -> Own:
        """Looked at as little as needed."""
        own = cls(sum(len(line.text) for line in lines))
        own.doubt = doubt_of(page.codes, " ".join(line.text for line in lines[:SAMPLE_LINES]))
        if own.chars < COVERED_CHARS or own.doubt is not Doubt.NONE:
            own.picture = largest_picture(page.page)
            own.shows = own.picture > 0 or shows_anything(page.page)
        return own

    def is_scan(self, text: str) -> bool:
        """Whether its picture is what it says; `text` is what it says of its own."""
        return self.picture >= PICTURE_SHARE and is_short(text)


@dataclass(frozen=True, slots=True)
class Scanned:
    """What recognising a page brought; no lines where its own text stands."""

    found: ScanLines | None = None
    problem: str = ""


def is_short(text: str) -> bool:
    """Whether a text is so little that a page with a picture is a scan."""
    return len(text) < FEW_LETTERS and sum(map(str.isalnum, text)) < FEW_CHARS


class Scans:
    """Recognises pages of one document."""

    def __init__(self, document: PdfFile, how: HowToRead) -> None:
        self._document = document
        self._how = how
        self._recogniser: Recogniser | None = None

    def read(self, index: int, own: Own, lines: Sequence[Line]) -> Scanned:
        """The page with this index anew, if it is one whose own `lines` do not say what it shows.

        Whatever goes wrong costs this page, and is told as its problem.
        """
        text = " ".join(line.text for line in lines)
        if not self._how.ocr or not self._is_wanted(index, own, text):
            return Scanned()
        try:
            return self._recognised(index, own, lines, text)
        except NoRecogniser as error:
            return Scanned(problem=str(error))
        except MemoryError:
            return Scanned(problem=_TOO_MUCH_MEMORY)
        except ValueError:
            return Scanned(problem=_NOT_DRAWN)

    def _is_wanted(self, index: int, own: Own, text: str) -> bool:
        if own.doubt is not Doubt.NONE or own.is_scan(text):
            return True
        if own.picture >= COVERING_SHARE and own.chars < COVERED_CHARS:
            return True
        return own.shows and not text.strip() and self._shows_ink(index)

    def _shows_ink(self, index: int) -> bool:
        try:
            grey = self._drawn(index, GLANCE_SCALE).mean(axis=2)
        except ValueError:
            return False
        return float((np.abs(grey - np.median(grey)) > INK_LEVEL).mean()) >= MIN_INK

    def _recognised(self, index: int, own: Own, lines: Sequence[Line], text: str) -> Scanned:
        from rag.load.ocr import Recogniser  # noqa: PLC0415 - loaded for scans alone
        from rag.load.pdf.scan_lines import scan_lines  # noqa: PLC0415

        if self._recogniser is None:
            self._recogniser = Recogniser(self._how.ocr_language, self._how.still_reading)
        width, height = self._document.size(index)
        scale = drawing_scale(width, height)
        found = self._recogniser.read(self._drawn(index, scale))
        shown = "\n".join(" ".join(word.text for word in line) for line in found.lines)
        kept: list[tuple[str, Corners]] = []
        if own.doubt is Doubt.NONE:
            kept = list(self._own_words(index, lines, scale))
        elif own.doubt is Doubt.SOME and not disagree(text, shown):
            return Scanned()
        result = scan_lines(found, kept, 1 / scale, index + 1)
        said = sum(c.isalnum() for line in result.lines for c in line.text)
        kept_chars = sum(c.isalnum() for word, _ in kept for c in word)
        if said - kept_chars < (MIN_ADDED if kept_chars else 1):
            short = own.is_scan(text) or own.doubt is Doubt.BROKEN
            return Scanned(problem=found.problem if short else "")
        return Scanned(result, found.problem)

    def _own_words(
        self, index: int, lines: Sequence[Line], scale: float
    ) -> Iterator[tuple[str, Corners]]:
        """The page's own words with their boxes in px of the picture."""
        with open_text_page(self._document.handle, index) as page:
            place = Placement(page, index + 1)
            for line in lines:
                glyphs = list(line.glyphs) + ([line.hyphen_glyph] if line.hyphen == "-" else [])
                text = line.text + ("-" if line.hyphen == "-" else "")
                start = 0
                for word in text.split(" "):
                    own = [glyph for glyph in glyphs[start : start + len(word)] if glyph >= 0]
                    start += len(word) + 1
                    if not own:
                        continue
                    boxes = [place.shown(*box) for box in page.boxes_of(own).tolist()]
                    yield word, _around(boxes, scale)

    def _drawn(self, index: int, scale: float) -> NDArray[np.uint8]:
        bitmap = self._document.draw(index, scale)
        rows = np.frombuffer(bitmap.buffer, np.uint8).reshape(bitmap.height, bitmap.stride)
        pixels = rows[:, : 4 * bitmap.width].reshape(bitmap.height, bitmap.width, 4)
        return np.ascontiguousarray(pixels[:, :, :3])


def drawing_scale(width: float, height: float) -> float:
    """How many pixels per point a page of this size in points is drawn with to be recognised."""
    wanted = SMALL_DPI if min(width, height) < SMALL_PT else DPI
    return min(wanted / 72, math.sqrt(MAX_PIXELS / max(1.0, width * height)))


def _around(boxes: Sequence[Box], scale: float) -> Corners:
    return (
        min(box.x0 for box in boxes) * scale,
        min(box.y0 for box in boxes) * scale,
        max(box.x1 for box in boxes) * scale,
        max(box.y1 for box in boxes) * scale,
    )
