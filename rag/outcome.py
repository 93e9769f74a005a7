"""A generator's events to loop over, and what it ends in."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Generic, TypeVar

Event = TypeVar("Event")
Result = TypeVar("Result")


class Outcome(Generic[Event, Result]):
    """Loop over it once; then `result` is what the generator returned."""

    result: Result

    def __init__(self, generator: Generator[Event, None, Result]) -> None:
        self._generator = generator

    def __iter__(self) -> Iterator[Event]:
        self.result = yield from self._generator
