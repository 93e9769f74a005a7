"""The order in which one reads what is placed freely on a slide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something and its place, in any unit, from the top left."""

    left: float
    top: float
    bottom: float
    item: T


def in_reading_order(things: Iterable[Placed[T]]) -> list[T]:
    """From top to bottom in bands, in a band from left to right.

    What begins above the middle of a band's first thing is in the band.
    """
    bands: list[list[Placed[T]]] = []
    middle = 0.0
    for thing in sorted(things, key=lambda thing: thing.top):
        if not bands or thing.top >= middle:
            bands.append([])
            middle = (thing.top + thing.bottom) / 2
        bands[-1].append(thing)
    for band in bands:
        band.sort(key=lambda thing: thing.left)
    return [thing.item for band in bands for thing in band]


def with_own_turn(things: Sequence[T], turn: Callable[[T], float | None]) -> list[T]:
    """`things`, among which those with a turn of their own stand in its order, in their places."""
    held = [thing for thing in things if turn(thing) is not None]
    ahead = iter(sorted(held, key=lambda thing: turn(thing) or 0.0))
    return [thing if turn(thing) is None else next(ahead) for thing in things]
