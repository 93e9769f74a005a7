"""Where along a strip there is ink: it tells words apart, and what of it was not recognised."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.load.ocr.alphabets import script_of
from rag.load.ocr.decoding import SPACE
from rag.load.ocr.strips import Picture

MIN_CONTRAST = 24  # grey levels; fainter marks are no ink
INK_SHARE = 0.4  # of the strip's contrast
MIN_ROWS = 2  # px of ink in a column
RULED_SHARE = 0.85  # of a row that is ink: it is a line drawn under the text, or through it
EDGE_SHARE = 0.08  # of the height, at the top and bottom, where other lines reach in
WIDTH_EM = {"latin": 0.45, "kana": 0.85, "han": 0.85, "": 0.45}  # em is the strip's height
NARROW = "iljIftr.,:;!'|()[]"
NARROW_EM = 0.3
WIDE = "mwMW@%—…"
WIDE_EM = 0.75
OUTER_GAP_EM = 0.17  # white beyond the last character that ends its ink
REACH = 0.8  # times its usual width: as far from its middle a character is taken to reach


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `first` to before `after` of a line, which stand from `x0` to `x1` along it.

    Places along a line go from 0 to 1.
    """

    first: int
    after: int
    x0: float
    x1: float


def ink_along(strip: Picture) -> NDArray[np.bool_]:
    """For each column of a strip whether there is ink in it, dark on light or light on dark."""
    grey = strip.mean(axis=2)
    edge = int(EDGE_SHARE * len(grey))
    grey = grey[edge : len(grey) - edge]
    apart = np.abs(grey - np.median(grey))
    contrast = float(np.percentile(apart, 99))
    marks: NDArray[np.bool_] = apart > INK_SHARE * max(contrast, MIN_CONTRAST)
    marks[marks.mean(axis=1) > RULED_SHARE] = False
    return marks.sum(axis=0, dtype=np.int64) >= MIN_ROWS


def unexplained(text: str, places: NDArray[np.float64], ink: NDArray[np.bool_], em: int) -> float:
    """The share of a line's ink that is too far from any recognised character to belong to one.

    `em` is the height of its strip in columns.
    """
    total = int(ink.sum())
    if not total:
        return 0.0
    columns = (np.arange(len(ink)) + 0.5) / em
    near = np.zeros(len(ink), dtype=np.bool_)
    for character, place in zip(text, (places * len(ink) / em).tolist(), strict=True):
        if character != SPACE:
            near |= np.abs(columns - place) < REACH * _usual_width(character)
    return float((ink & ~near).sum() / total)


def words_of(text: str, places: NDArray[np.float64], ink: NDArray[np.bool_], em: int) -> list[Span]:
    """The words of a line in its order, each as far as its ink goes.

    Letters between spaces are a word, and each Chinese or Japanese character is.
    """
    size = len(ink)
    middles = (places * size).tolist()
    spans = _spans(text)
    edges = [_outer(ink, middles[spans[0][0]], -1, em) if spans else 0.0]
    for (_, after), (first, _) in itertools.pairwise(spans):
        edges += _between(ink, middles[after - 1], middles[first])
    edges.append(_outer(ink, middles[spans[-1][1] - 1], 1, em) if spans else 0.0)
    return [
        Span(first, after, x0 / size, x1 / size)
        for (first, after), x0, x1 in zip(spans, edges[::2], edges[1::2], strict=False)
    ]


def _spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if character == SPACE:
            continue
        joins = (
            spans
            and spans[-1][1] == at
            and not _stands_alone(character)
            and not _stands_alone(text[at - 1])
        )
        if joins:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def _stands_alone(character: str) -> bool:
    return script_of(character) in {"kana", "han"} or "\u3000" <= character < "\u3040"


def _usual_width(character: str) -> float:
    if character in NARROW:
        return NARROW_EM
    return WIDE_EM if character in WIDE else WIDTH_EM[script_of(character)]


def _between(ink: NDArray[np.bool_], left: float, right: float) -> tuple[float, float]:
    """Where one word ends and the next begins between two characters: the widest gap."""
    begin, end = int(left), max(int(left) + 1, int(right))
    best = (0, 0)
    at = begin
    for is_ink, run in itertools.groupby(ink[begin:end].tolist()):
        length = len(list(run))
        if not is_ink and length > best[1] - best[0]:
            best = (at, at + length)
        at += length
    if best[1] == best[0]:
        middle = (left + right) / 2
        return middle, middle
    return float(best[0]), float(best[1])


def _outer(ink: NDArray[np.bool_], middle: float, step: int, em: int) -> float:
    """Where the ink around a line's first or last character ends, to the left or to the right."""
    at = min(max(int(middle), 0), len(ink) - 1)
    reach = at + step
    patience = int(OUTER_GAP_EM * em)
    last, white = at, 0
    while 0 <= reach < len(ink) and white < patience:
        white = 0 if ink[reach] else white + 1
        last = reach if ink[reach] else last
        reach += step
    return float(last + 1 if step > 0 else last)
