"""The kinds of spans that questions ask for."""

from __future__ import annotations

from enum import StrEnum


class Sort(StrEnum):
    """A kind of span."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    NAME = "name"  # of anything else: a work, a treaty, a ship
    DATE = "date"
    TIME = "time"  # of the day
    DURATION = "duration"
    AGE = "age"
    COUNT = "count"
    QUANTITY = "quantity"  # with a unit
    MONEY = "money"
    AMOUNT = "amount"  # “how much”: money, a share or another quantity
    PERCENT = "percent"
    CODE = "code"
    MAIL = "mail"
    PHONE = "phone"
    WEB = "address_on_the_web"
    TERM = "term"  # what only a field or a table's cell tells: “operator”, “colour”

    @property
    def is_named(self) -> bool:
        """Whether names answer it."""
        return self in (Sort.PERSON, Sort.ORGANISATION, Sort.PLACE, Sort.NAME)

    @property
    def is_number(self) -> bool:
        """Whether numbers answer it."""
        return self in (
            Sort.DURATION,
            Sort.AGE,
            Sort.COUNT,
            Sort.QUANTITY,
            Sort.MONEY,
            Sort.AMOUNT,
            Sort.PERCENT,
        )
