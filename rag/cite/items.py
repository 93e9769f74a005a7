"""What a text is compared by: its tokens, each quantity in it one item."""

from __future__ import annotations

from dataclasses import dataclass

from rag.cite.words import Kind, Token


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a date: what was written may be read as any of `values`."""

    values: tuple[float, ...]
    unit: str = ""
    year: int = 0
    month: int = 0
    day: int = 0
    swapped: bool = False  # day and month may also be read the other way round
    weak: bool = False  # "one", "first": it need not be a count at all
    ordinal: bool = False
    loose: bool = False  # "about", "over"
    digits: int = 0  # how many significant digits were written
    negative: bool = False
    bracketed: bool = False  # "(1,204)", as tables write what is negative
    bound: int = 0  # 1 for "at least", -1 for "at most"

    @property
    def is_date(self) -> bool:
        """Whether it is a year, a month or a day, or several of them."""
        return bool(self.year or self.month or self.day)


@dataclass(frozen=True, slots=True)
class Item:
    """A token, or a run of tokens that states one quantity."""

    start: int
    end: int
    token: Token
    quantity: Quantity | None = None

    @property
    def is_content(self) -> bool:
        """Whether it states something by itself."""
        return self.quantity is not None or self.token.kind in (Kind.WORD, Kind.GRAM, Kind.CODE)
