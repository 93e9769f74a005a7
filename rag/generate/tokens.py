"""Text as the tokens of a vocabulary in llama.cpp."""

from __future__ import annotations

import ctypes
from itertools import pairwise

import regex

from rag.errors import GenerationFailed
from rag.generate.binding import library

# llama.cpp splits text by a recursive search that takes 300 bytes of stack for each character that
# one match has: some 20,000 letters, blanks or signs in a row, as in encoded pictures, end the
# process, and fewer where stacks are smaller.
_LONG_RUN = regex.compile(r"[\p{L}\p{M}]{1000}|\s{1000}|[^\s\p{L}\p{N}]{1000}")


def tokens_of(vocabulary: object, text: str, *, special: bool = False) -> list[int]:
    """The tokens of `text` without BOS; control tokens are plain text unless `special`.

    Any number of threads may ask. Raises `GenerationFailed`.
    """
    llama = library()
    tokens: list[int] = []
    for part in without_long_runs(text):
        data = part.encode("utf-8", "replace")
        room = len(data) + 8  # no tokenizer makes more tokens than bytes, but for a prefix
        found = (ctypes.c_int32 * room)()
        count = int(llama.llama_tokenize(vocabulary, data, len(data), found, room, False, special))
        if count < 0:
            raise GenerationFailed("the text could not be split into tokens")
        tokens += found[:count]
    return tokens


def without_long_runs(text: str) -> list[str]:
    """`text` in pieces that join to it, in one where no run of alike characters is too long."""
    ends = [found.end() for found in _LONG_RUN.finditer(text)]
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)])] if ends else [text]
