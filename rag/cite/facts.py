"""Reads what a text states: its words, and each number or date in it as one item."""

from __future__ import annotations

from rag.cite.dates import join_dates
from rag.cite.items import Item
from rag.cite.language import FOREIGN_NUMERALS, as_english, is_english
from rag.cite.numerals import quantity_at, with_cjk_numerals
from rag.cite.words import Kind, tokenise


def analyse(text: str) -> list[Item]:
    """The items of `text` in order, every quantity one item."""
    tokens = with_cjk_numerals(text, tokenise(text))
    english = is_english(tokens)
    if english:
        tokens = as_english(tokens)
    items: list[Item] = []
    index = 0
    while index < len(tokens):
        foreign = english and tokens[index].word in FOREIGN_NUMERALS
        quantity, taken, before = (None, 0, 0) if foreign else quantity_at(text, tokens, index)
        if quantity is None:
            if tokens[index].kind is not Kind.SIGN:
                items.append(Item(tokens[index].start, tokens[index].end, tokens[index]))
            index += 1
            continue
        first = tokens[index - before]
        last = tokens[index + taken - 1]
        items.append(Item(first.start, last.end, tokens[index], quantity))
        index += taken
    return join_dates(text, items)
