"""What stands under boxes of a page as it is shown, told otherwise than by what made the boxes.

The boxes are made of the glyph indices that were kept when the file was read. Here the page is
opened anew, pdfium itself places every character on the page as a screen shows it, and those whose
middle lies in a box are told. What is only a picture is recognised through the boxes, all else
painted over.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from rag.load.ocr import Recogniser
from rag.records import Box

_STEPS = 64  # per point: pdfium places on whole pixels
_LIGATURE = 8  # characters that may stand at one place, as the letters of a ligature do
_LINE_END_HYPHENS = {"\x02", "\ufffe", "\xad"}
_HYPHENS = {"-", "‐", "\N{NON-BREAKING HYPHEN}"}
_BULLETS = {"\uf0b7", "\uf0a7", "\uf0d8", "\uf0fc", "•", "▪", "➢", "✓"}
_SCALE = 200 / 72  # of the pictures that are recognised, px per point


@dataclass(frozen=True, slots=True)
class Seen:
    """A character that is not white space, and where it is in points from the top left."""

    text: str
    x: float  # the middle of what is drawn of it
    y: float
    line_x: float  # the middle of its line there
    line_y: float


@lru_cache(maxsize=8)
def characters(path: Path, page: int, passwords: tuple[str, ...] = ()) -> tuple[Seen, ...]:
    """The characters of a page in the file's order; one drawn twice at its place is one."""
    document: Any = pypdfium2.PdfDocument(path, *passwords)
    try:
        shown = document[page - 1]
        width, height = (round(side * _STEPS) for side in shown.get_size())
        text = shown.get_textpage()
        edges = [ctypes.c_double() for _ in range(4)]
        loose = pdfium.FS_RECTF()
        at = ctypes.c_int(), ctypes.c_int()
        found: list[Seen] = []
        last: dict[tuple[str, int, int], int] = {}
        for index in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text.raw, index)
            if not code or chr(code).isspace():
                continue
            pdfium.FPDFText_GetCharBox(text.raw, index, *edges)
            pdfium.FPDFText_GetLooseCharBox(text.raw, index, loose)
            middles = [
                ((edges[0].value + edges[1].value) / 2, (edges[2].value + edges[3].value) / 2),
                ((loose.left + loose.right) / 2, (loose.top + loose.bottom) / 2),
            ]
            where: list[float] = []
            for middle in middles:
                pdfium.FPDF_PageToDevice(shown.raw, 0, 0, width, height, 0, *middle, *at)
                where += [axis.value / _STEPS for axis in at]
            seen = Seen(chr(code), *where)
            place = seen.text, round(seen.x), round(seen.y)
            if index - last.get(place, index) <= _LIGATURE:
                found.append(seen)
            last[place] = index
        return tuple(found)
    finally:
        document.close()


def under(path: Path, boxes: Sequence[Box], passwords: tuple[str, ...] = ()) -> list[list[str]]:
    """For each of `boxes` what stands under it, in the file's order; each character once.

    Where boxes of two lines overlap a character belongs to the one whose middle it is nearer to.
    """
    found: list[list[str]] = [[] for _ in boxes]
    for page in dict.fromkeys(box.page for box in boxes):
        near = [(number, box) for number, box in enumerate(boxes) if box.page == page]
        for seen in characters(path, page, passwords):
            inside = [(_off_middle(seen, box), number) for number, box in near if _is_in(seen, box)]
            if inside:
                found[min(inside)[1]].append(seen.text)
    return found


def _is_in(seen: Seen, box: Box) -> bool:
    return box.x0 <= seen.x <= box.x1 and box.y0 <= seen.y <= box.y1


def _off_middle(seen: Seen, box: Box) -> float:
    """How far its line's middle is from the box's, as a share of the line's height."""
    width, height = box.x1 - box.x0, box.y1 - box.y0
    if width >= height:
        return abs(seen.line_y - (box.y0 + box.y1) / 2) / max(height, 1e-6)
    return abs(seen.line_x - (box.x0 + box.x1) / 2) / max(width, 1e-6)


def is_quote(quote: str, under_boxes: Sequence[Sequence[str]]) -> bool:
    """Whether the boxes show `quote`, white space and hyphens at line ends folded."""
    said = [(char, False) for char in folded(quote)]
    shown = [
        (char, _may_go(piece, box, at))
        for box in under_boxes
        for at, piece in enumerate(box)
        for char in ("-" if piece in _LINE_END_HYPHENS else folded(piece))
    ]
    at = 0
    for char, optional in shown:
        if at < len(said) and said[at][0] == char:
            at += 1
        elif not optional:
            return False
    return at == len(said)


def _may_go(piece: str, box: Sequence[str], at: int) -> bool:
    """Whether a character is a hyphen at a line's end."""
    return piece in _LINE_END_HYPHENS or (piece in _HYPHENS and at == len(box) - 1)


def folded(text: str) -> str:
    """`text` without white space, accents, ligatures and what cannot be seen."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFKD", text):
        if char in _BULLETS:
            kept.append("•")
        elif char in _HYPHENS:
            kept.append("-")
        elif unicodedata.category(char)[0] not in "MCZ" and char not in "¨´`ˆ˜ˇ˘˚¸˝":
            kept.append(char)
    return "".join(kept)


def extra(quote: str, under_boxes: Sequence[Sequence[str]]) -> int:
    """How many characters stand under the boxes that are not in the quote."""
    left = list(folded(quote))
    more = 0
    for box in under_boxes:
        for at, piece in enumerate(box):
            for char in folded(piece):
                if char in left:
                    left.remove(char)
                elif not _may_go(piece, box, at):
                    more += 1
    return more


def recognised(path: Path, boxes: Sequence[Box]) -> str:
    """What is recognised on the pages' pictures where the boxes let something be seen."""
    recogniser = Recogniser()
    said: list[tuple[int, float, str]] = []
    document: Any = pypdfium2.PdfDocument(path)
    try:
        for number in dict.fromkeys(box.page for box in boxes):
            holes = [(at, box) for at, box in enumerate(boxes) if box.page == number]
            page = document[number - 1].render(scale=_SCALE, prefer_bgrx=True).to_numpy()
            masked = _masked(page[:, :, :3], [box for _, box in holes])
            for line in recogniser.read(masked).lines:
                x0, y0, x1, y1 = np.array([word.box for word in line]).mean(axis=0) / _SCALE
                x, y = (x0 + x1) / 2, (y0 + y1) / 2
                seen = Seen(" ".join(word.text for word in line), x, y, x, y)
                _, at = min((_off_middle(seen, box), at) for at, box in holes)
                said.append((at, x, seen.text))
    finally:
        document.close()
    return "\n".join(text for _, _, text in sorted(said))


def _masked(picture: NDArray[np.uint8], holes: Sequence[Box]) -> NDArray[np.uint8]:
    masked = np.full_like(picture, 255)
    for box in holes:
        x0, y0 = (max(0, int(edge * _SCALE)) for edge in (box.x0, box.y0))
        x1, y1 = (int(edge * _SCALE) + 1 for edge in (box.x1, box.y1))
        masked[y0:y1, x0:x1] = picture[y0:y1, x0:x1]
    return np.ascontiguousarray(masked)
