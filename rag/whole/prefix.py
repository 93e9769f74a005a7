"""What every prompt about some documents begins with, whatever is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag import prompt
from rag.prompt import WholeText
from rag.protocols import LanguageModel

_TAILS = ("a", "1")  # of no common beginning, in any vocabulary


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents as a model reads them once for all questions."""

    documents: str  # as `whole_chat` takes them
    heads: tuple[str, ...]  # the lines that they begin with
    tokens: tuple[int, ...]  # that every prompt about them begins with, at least one


def prefix_of(model: LanguageModel, documents: Sequence[WholeText]) -> Prefix:
    """The prefix of `documents`, at least one, in their order.

    Takes some 7 microseconds for each token.
    """
    shown = prompt.documents_text(documents)
    one, other = (
        np.array(model.encode_chat(prompt.whole_chat(shown, tail)), np.int64) for tail in _TAILS
    )
    shorter = min(len(one), len(other))
    apart = np.flatnonzero(one[:shorter] != other[:shorter])
    same = int(apart[0]) if len(apart) else shorter
    return Prefix(shown, tuple(prompt.document_heads(documents)), tuple(one[:same].tolist()))
