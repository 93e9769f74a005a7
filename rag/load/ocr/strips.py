"""Finds where on a picture lines of text stand, and cuts them out upright."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from rag.load.ocr.models import Floats, Model

DETECT_PIXELS = 1_250_000  # a picture is made so small for finding lines
STRIDE = 32  # the network takes sides that are a multiple of it
INK_LEVEL = 0.3  # of the network's map: text, or not
MIN_SCORE = 0.5  # a strip's mean on that map
GROWTH = 1.6  # the map shows the core of a line: how much is added around it
MIN_SIDE = 3.0  # px of the map
MAX_STRIPS = 1_500
TALL = 1.5  # times its width: such a strip runs up or down

Picture = NDArray[np.uint8]  # shape (height, width, 3): blue, green, red
Outline = NDArray[np.integer | np.floating]
Points = NDArray[np.float64]  # shape (n, 2): x, y


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of text in a picture: a rectangle around (x, y) that may be a little askew.

    `angle` is the direction in which its text runs, in radians clockwise from rightward.
    """

    x: float
    y: float
    length: float
    height: float
    angle: float

    def corners(self) -> Points:
        """Top left, top right, bottom right and bottom left, as its text is read."""
        along = np.array([math.cos(self.angle), math.sin(self.angle)]) * self.length / 2
        across = np.array([-math.sin(self.angle), math.cos(self.angle)]) * self.height / 2
        middle = np.array([self.x, self.y])
        return np.array(
            [
                middle - along - across,
                middle + along - across,
                middle + along + across,
                middle - along + across,
            ]
        )

    def turned(self, quarters: int) -> Strip:
        """The strip read in another direction, `quarters` of a turn clockwise from this one."""
        swap = quarters % 2 == 1
        return Strip(
            self.x,
            self.y,
            self.height if swap else self.length,
            self.length if swap else self.height,
            self.angle + quarters * math.pi / 2,
        )


def find_strips(picture: Picture, detector: Model) -> list[Strip]:
    """The picture's lines, each with `angle` within 45° of rightward, in no order."""
    height, width = picture.shape[:2]
    shrink = min(1.0, math.sqrt(DETECT_PIXELS / (height * width)))
    rows = max(STRIDE, round(height * shrink / STRIDE) * STRIDE)
    columns = max(STRIDE, round(width * shrink / STRIDE) * STRIDE)
    small = cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA)
    values = normalised(cast("Picture", small))
    score = detector.run(values)[0, 0]
    scale = np.array([width / columns, height / rows])
    core = cv2.dilate((score > INK_LEVEL).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(core, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = (_strip(outline, score, scale) for outline in outlines[:MAX_STRIPS])
    return [strip for strip in found if strip is not None]


def normalised(picture: Picture) -> Floats:
    """A picture as a network takes it: shape (1, 3, height, width), from -1 to 1."""
    return (picture.transpose(2, 0, 1)[None].astype(np.float32) - 127.5) / 127.5


def cut_out(picture: Picture, strip: Strip, width_px: int, height_px: int) -> Picture:
    """The strip as it is read, made this wide and high."""
    length = max(1, round(strip.length))
    height = max(1, round(strip.height))
    corners = strip.corners().astype(np.float32)
    target = np.array([[0, 0], [length, 0], [length, height], [0, height]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(corners, target)
    cut = cv2.warpPerspective(
        picture, turn, (length, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    shrinks = height > height_px
    return cast(
        "Picture",
        cv2.resize(
            cut, (width_px, height_px), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        ),
    )


def _strip(outline: Outline, score: Floats, scale: NDArray[np.float64]) -> Strip | None:
    """The strip around a piece of the map, in the picture's pixels; None if it is no text."""
    middle, sides, angle = cv2.minAreaRect(outline)
    if min(sides) < MIN_SIDE or _mean_within(outline, score) < MIN_SCORE:
        return None
    grown = 2 * sides[0] * sides[1] * GROWTH / (2 * (sides[0] + sides[1]))
    width, height, radians = sides[0] + grown, sides[1] + grown, math.radians(angle)
    if abs(math.sin(radians)) > abs(math.cos(radians)):
        width, height, radians = height, width, radians - math.pi / 2
    radians = (radians + math.pi / 2) % math.pi - math.pi / 2  # to the right, not to the left
    x, y = middle[0] + 0.5, middle[1] + 0.5
    return Strip(x * scale[0], y * scale[1], width * scale[0], height * scale[1], radians)


def _mean_within(outline: Outline, score: Floats) -> float:
    x, y, width, height = cv2.boundingRect(outline)
    inside = np.zeros((height, width), dtype=np.uint8)
    cv2.drawContours(inside, [outline - np.array([x, y])], -1, 1, cv2.FILLED)
    return float(cv2.mean(score[y : y + height, x : x + width], inside)[0])
