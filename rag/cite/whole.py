"""Cuts a whole document into pieces of evidence, for answers that were read from all of it."""

from __future__ import annotations

from rag.cite.sentences import split_sentences

_PIECE_CHARS = 4_000


def pieces_of(text: str) -> list[tuple[int, int]]:
    """Spans of `text` that together are all of it, each ending where a sentence does.

    A sentence that goes on across the end of a page is in one piece.
    """
    pieces: list[tuple[int, int]] = []
    start = 0
    for _, end in split_sentences(text):
        if end - start >= _PIECE_CHARS:
            pieces.append((start, end))
            start = end
    if start < len(text):
        pieces.append((start, len(text)))
    return pieces
