"""Tells what a text denies."""

from __future__ import annotations

import regex

from rag.cite.lexicon import DENYING_WORDS, NEGATING_VERBS, NO_NEGATION_BEFORE
from rag.cite.prepared import Prepared
from rag.cite.wordlist import words
from rag.cite.words import Kind

_BREAKS = words("and but und aber sondern et mais y pero e ma maar och men и но")
_PLAIN_NOT = words("not n't nicht no non pas niet não inte ikke")


def negates(text: Prepared, index: int) -> bool:
    """Whether the item at `index` denies something, as "not" does and "not only" does not."""
    token = text.items[index].token
    following = text.items[index + 1] if index + 1 < len(text.items) else None
    after = following.token.word if following is not None else ""
    if token.word == "anything":
        return after == "but"
    if token.word in DENYING_WORDS:
        return after in ("that", "dass", "que", "having")
    if token.kind is not Kind.NEGATION or text.items[index].quantity is not None:
        return False
    if token.word in NEGATING_VERBS:
        return after in ("to", "of")
    if token.word in _PLAIN_NOT and after in NO_NEGATION_BEFORE:
        return False
    numbered = following is not None and following.quantity is not None
    return not (token.word == "no" and numbered and "." in text.gap(index, index + 1))


def scope_of(text: Prepared, index: int) -> list[int]:
    """The one or two words that a negation speaks of: after it in its clause, else before it."""
    follows = regex.match(r"\p{Hiragana}", text.items[index].token.word)
    if text.items[index].token.word == "anything":
        index += 1  # "anything but"
    for step in (-1, 1) if follows else (1, -1):
        scope: list[int] = []
        at = index
        while len(scope) < 2 and 0 <= at + step < len(text.items) and abs(at - index) < 5:
            low, high = sorted((at, at + step))
            gap = text.gap(low, high)
            if any(char in ".,;:!?()。，；" for char in gap):
                break
            if text.items[at + step].token.word in _BREAKS:
                break
            at += step
            if text.items[at].is_content:
                scope.append(at)
        if scope:
            return scope
    return []
