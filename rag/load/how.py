"""How a file is to be read: what a reader is told besides the path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


def carry_on() -> None:
    """Nobody asks for signs of life."""


@dataclass(slots=True)
class Allowance:
    """What may still be taken out of one file, all that lies in it and in that included."""

    files: int
    unpacked_bytes: int
    text_chars: int
    places: int  # headings, tables and marks


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What every reader is given; each takes from it what concerns its format."""

    passwords: tuple[str, ...] = field(
        default=(), repr=False
    )  # to be tried on a locked file, in this order
    ocr: bool = True  # whether the text of pictures is recognised
    ocr_language: str = ""  # as in `Options.ocr_language`
    first_page: int = 1  # go on here: the pages before it are known. Only formats with pages
    depth: int = 0  # in how many other files this one lies: 1 for a file in an archive
    scratch: Path | None = None  # a folder of the reader's own for files taken out of others
    allowance: Allowance | None = None  # shared by a file and what lies in it, at any depth
    is_second_try: bool = False  # in a process of its own, since a reader did not survive it
    # To be called several times a second by what takes long within a page, in the reader's own
    # thread: it shows that work goes on, and may hold it for a while or end it by an exception.
    still_reading: Callable[[], None] = carry_on

    @property
    def what_it_changes(self) -> str:
        """What of it tells in a page's text; pages that differ in it are not put together."""
        return f"ocr {self.ocr_language or 'automatic'}" if self.ocr else "no ocr"


PLAINLY = HowToRead()
