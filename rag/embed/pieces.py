"""Texts as a model can take them: in pieces of its length, which are put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import regex
from tokenizers import Encoding, Tokenizer

from rag.protocols import Embedded, FloatMatrix
from rag.traces import TokenVectors

_SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTERS = regex.compile(
    rf"(?P<spaceless>[{_SPACELESS}])|(?P<word>[\p{{L}}\p{{M}}--[{_SPACELESS}]]+)", regex.V1
)
# What a vocabulary made for a language needs for it: characters a token, and tokens for one that
# it does not know.
_SPACELESS_CHARS, _WORD_CHARS, _UNKNOWN_TOKENS = 1.5, 6.0, 3
_STRANGE, _AT_HOME = 0.3, 0.8  # shares of that; Chinese with an English model 0.27, German 0.56


PieceVectors = tuple[FloatMatrix, FloatMatrix]  # of the whole, length 1, and of each token
NOTHING: PieceVectors = (np.empty(0, np.float32), np.empty((0, 0), np.float32))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text with as many tokens as a model takes at once."""

    text: int  # which of the texts it is of
    ids: Sequence[int]  # of its tokens, the model's own marks around them included
    kept: Sequence[int]  # the places in `ids` of the tokens that stand for a letter or digit
    starts: Sequence[int]  # where these begin in the text, in code points


class Pieces:
    """Cuts texts into pieces of at most `max_tokens`; safe to use from any thread."""

    def __init__(self, tokenizer: Tokenizer, max_tokens: int) -> None:
        """`tokenizer` is this object's alone from now on."""
        tokenizer.enable_truncation(max_tokens)  # pyright: ignore[reportUnknownMemberType]
        self._tokenizer = tokenizer

    def of(self, prefix: str, texts: Sequence[str]) -> list[Piece]:
        """The pieces of `texts`, each of which the model is to read after `prefix`."""
        encodings = self._tokenizer.encode_batch([prefix + text for text in texts])
        return [
            _piece(number, encoding, text, len(prefix))
            for number, (text, whole) in enumerate(zip(texts, encodings, strict=True))
            for encoding in (whole, *whole.overflowing)
        ]


def _piece(number: int, encoding: Encoding, text: str, before: int) -> Piece:
    kept = [
        (place, start - before)
        for place, (start, end) in enumerate(encoding.offsets)
        if start >= before and any(c.isalnum() for c in text[start - before : end - before])
    ]
    return Piece(number, encoding.ids, [place for place, _ in kept], [start for _, start in kept])


def joined(
    pieces: Sequence[Piece],
    found: Sequence[PieceVectors],
    texts: int,
    dimension: int,
) -> Embedded:
    """What was `found` of `pieces`, text by text.

    The vector of a text in several pieces is their mean, weighted by their tokens.
    """
    vectors = np.zeros((texts, dimension), np.float32)
    starts: list[list[int]] = [[] for _ in range(texts)]
    tokens: list[list[FloatMatrix]] = [[] for _ in range(texts)]
    for piece, (vector, token_vectors) in zip(pieces, found, strict=True):
        vectors[piece.text] += len(piece.ids) * vector
        starts[piece.text] += piece.starts
        tokens[piece.text].append(token_vectors[list(piece.kept)])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    located = (
        TokenVectors(np.array(places, np.int64), np.concatenate(own))
        for places, own in zip(starts, tokens, strict=True)
    )
    return Embedded(vectors, tuple(located))


def familiarity(tokenizer: Tokenizer, text: str) -> float:
    """How well the vocabulary suits the language of `text`, 0..1; 1 for a text without letters.

    A model that cuts words into many small tokens was not made for their language, and its vectors
    say little of them.
    """
    needed = 0.0
    is_letter = bytearray(len(text))
    for match in _LETTERS.finditer(text):
        length = match.end() - match.start()
        needed += 1 / _SPACELESS_CHARS if match["spaceless"] else max(1.0, length / _WORD_CHARS)
        is_letter[match.start() : match.end()] = b"\1" * length
    encoding = tokenizer.encode(text, add_special_tokens=False)
    unknown = tokenizer.token_to_id("[UNK]"), tokenizer.token_to_id("<unk>")
    taken = sum(
        _UNKNOWN_TOKENS * (end - start) if token in unknown else 1
        for token, (start, end) in zip(encoding.ids, encoding.offsets, strict=True)
        if any(is_letter[start:end])
    )
    if not taken:
        return 1.0
    return min(1.0, max(0.0, (needed / taken - _STRANGE) / (_AT_HOME - _STRANGE)))
