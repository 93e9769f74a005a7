"""Tells of what kind the value is that a question asks for, as far as values can contradict."""

from __future__ import annotations

from rag.cite.conflicts import Asks
from rag.extract.sorts import Sort
from rag.extract.wanted import wanted


def asks(question: str) -> Asks:
    """What kind of value `question` asks for; `ANYTHING` where no kind is told."""
    asked = wanted(question)
    if asked is None:
        return Asks.ANYTHING
    if asked.sort.is_named:
        return Asks.NAME
    if asked.sort is Sort.DATE:
        return Asks.DATE
    return Asks.AMOUNT if asked.sort.is_number or asked.sort is Sort.TIME else Asks.ANYTHING
