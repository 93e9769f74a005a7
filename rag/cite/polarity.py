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
    if token.word in DENYING_WORDS:
        return following is not None and following.token.word in ("that", "dass", "que", "having")
    if token.kind is not Kind.NEGATION or text.items[index].quantity is not None:
        return False
    if following is None:
        return token.word not in NEGATING_VERBS
    if token.word in NEGATING_VERBS:
        return following.token.word in ("to", "of")
    if token.word in _PLAIN_NOT and following.token.word in NO_NEGATION_BEFORE:
        return False
    numbered = following.quantity is not None and "." in text.gap(index, index + 1)
    return not (token.word == "no" and numbered)


def scope_of(text: Prepared, index: int) -> list[int]:
    """The one or two words that a negation speaks of: after it in its clause, else before it."""
    follows = regex.match(r"\p{Hiragana}", text.items[index].token.word)
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
