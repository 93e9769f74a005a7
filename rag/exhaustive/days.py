"""The days that a date may mean, however little of it is told."""

from __future__ import annotations

import calendar
from datetime import date

from rag.cite.items import Quantity


def days_of(quantity: Quantity) -> tuple[date, date]:
    """The first and last day of a date, however little of it is told; the year must be."""
    year, month = quantity.year or 1, quantity.month
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    last = calendar.monthrange(year, month)[1]
    if not quantity.day:
        return date(year, month, 1), date(year, month, last)
    day = date(year, month, min(quantity.day, last))
    return day, day
