"""Finds out which way up a picture is, and how much it is askew."""

from __future__ import annotations

import math

import numpy as np

from rag.load.ocr.reading import Read, Reading, mean_quality
from rag.load.ocr.strips import TALL, Points, Strip

SAMPLE = 5  # strips that are read to see which way up they are
GOOD = 0.85  # the quality of a picture that is surely the right way up
CERTAIN = 0.8  # the quality another way must have: unknown scripts look like Latin upside down
LONG = 3.0  # times its height: such a strip's angle counts
ASIDE = 3.0  # times a line's height: a strip so long that runs across the others is text


def split_by_way(strips: list[Strip]) -> tuple[list[Strip], list[Strip], bool]:
    """The strips that run as most do, those that run across, and whether most run up or down."""
    wide = sum(strip.length for strip in strips if strip.length >= TALL * strip.height)
    tall = sum(strip.height for strip in strips if strip.height >= TALL * strip.length)
    sideways = tall > wide
    if not strips:
        return [], [], False
    usual = float(np.median([min(strip.length, strip.height) for strip in strips]))
    main: list[Strip] = []
    across: list[Strip] = []
    for strip in strips:
        along, thick = strip.length, strip.height
        if sideways:
            along, thick = thick, along
        runs_across = thick >= TALL * along and thick >= ASIDE * usual
        (across if runs_across else main).append(strip)
    return main, across, sideways


def read_upright(strips: list[Strip], read: Read, *, sideways: bool) -> tuple[list[Reading], int]:
    """The strips read the right way up, and how many quarters the picture is turned clockwise.

    Chinese and Japanese that runs downward counts as turned by one: it is read like that.
    """
    ways = (1, 3) if sideways else (0,)
    if sideways:
        longest = sorted(strips, key=lambda strip: -max(strip.length, strip.height))[:SAMPLE]
        samples = {way: read([strip.turned(way) for strip in longest]) for way in ways}
        best = max(ways, key=lambda way: mean_quality(samples[way]))
        return read([strip.turned(best) for strip in strips]), best
    readings = read(strips)
    quality = mean_quality(readings)
    if quality >= GOOD or not readings:
        return readings, 0
    longest = sorted(strips, key=lambda strip: -strip.length)[:SAMPLE]
    upside_down = mean_quality(read([strip.turned(2) for strip in longest]))
    if upside_down >= max(CERTAIN, quality):
        return read([strip.turned(2) for strip in strips]), 2
    return readings, 0


def read_across(strips: list[Strip], read: Read) -> list[Reading]:
    """Strips that run across the others, each read upward or downward, whichever is better."""
    upward = read([strip.turned(3) for strip in strips])
    downward = read([strip.turned(1) for strip in strips])
    return [max(both, key=lambda r: r.quality) for both in zip(upward, downward, strict=False)]


def direction_of(readings: list[Reading], quarters: int) -> float:
    """The direction in which a picture's lines run, in radians clockwise from rightward."""
    strips = [reading.strip for reading in readings]
    long = [strip for strip in strips if strip.length >= LONG * strip.height]
    return float(np.median([s.angle for s in long])) if long else quarters * math.pi / 2


def level(points: Points, direction: float) -> Points:
    """`points` turned so that lines in `direction` run to the right, around the origin."""
    cos, sin = math.cos(direction), math.sin(direction)
    return points @ np.array([[cos, -sin], [sin, cos]])
