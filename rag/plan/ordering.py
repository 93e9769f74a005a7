"""In which order documents are read, so that what was read before is of most use."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from rag.plan.asked import Kept, LongDocument


def in_reading_order(
    documents: Sequence[LongDocument], kept: Sequence[Kept]
) -> tuple[tuple[LongDocument, ...], int]:
    """`documents` with those that most is kept of first, and how many of their tokens are kept.

    What was read is of use only from its beginning on, and as far as the same documents follow.
    """
    best, most = tuple(documents), 0
    by_path = {document.path: document for document in documents}
    for reading in kept:
        paths = list(dict.fromkeys(takewhile(by_path.__contains__, reading.paths)))
        first = [by_path[path] for path in paths]
        tokens = min(reading.tokens, sum(document.tokens for document in first))
        if tokens > most:
            others = [document for document in documents if document not in first]
            best, most = (*first, *others), tokens
    return best, most


def shares_kept(documents: Sequence[LongDocument], tokens_saved: int) -> list[int]:
    """How many of each document's tokens are kept, of `tokens_saved` from the beginning on."""
    shares: list[int] = []
    for document in documents:
        shares.append(min(document.tokens, tokens_saved))
        tokens_saved -= shares[-1]
    return shares
