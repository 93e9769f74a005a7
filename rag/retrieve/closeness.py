"""How close a passage comes to each word of a question, by late interaction of their tokens.

After Khattab and Zaharia, "ColBERT" (2020): every token of the question finds its most similar
token in the passage. Here rare words count more than frequent ones, and a word that is met near the
others, in one sentence or in two, counts again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from rag import traces
from rag.protocols import Candidate, EmbeddedQuestion
from rag.traces import TokenVectors

_SENTENCE_END = regex.compile(r"[.!?…][\"'”’»)\]]*\s+|[。！？][」』”）]?|\n\s*\n")
_NEVER = -1.0  # the similarity to a token that is not there

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class WeighedQuestion:
    """A question's tokens with what each counts."""

    vectors: Floats  # shape (tokens, dimension), rows of length 1
    weights: Floats  # shape (tokens,), of sum 1; empty where no token counts

    @classmethod
    def of(
        cls, question: EmbeddedQuestion, words: Sequence[tuple[int, int, float]]
    ) -> WeighedQuestion:
        """`words` are where the question's words begin and end, with their rarity (> 0).

        A word of several tokens shares its weight among them.
        """
        tokens = question.tokens
        weights = np.zeros(len(tokens.starts), np.float32)
        for start, end, rarity in words:
            inside = (tokens.starts >= start) & (tokens.starts < end)
            weights[inside] = rarity / max(1, int(inside.sum()))
        counting = weights > 0
        vectors = tokens.vectors[counting]
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return cls(
            (vectors / np.maximum(lengths, 1e-12)).astype(np.float32),
            weights[counting] / max(float(weights.sum()), 1e-12),
        )


class TokenReranker:
    """A `Reranker` for one question, over the traces of its candidates; needs no other model."""

    def __init__(self, question: WeighedQuestion, chunk_traces: Mapping[int, bytes]) -> None:
        self._question = question
        self._traces = chunk_traces

    def rerank(self, question: str, candidates: Sequence[Candidate]) -> list[float]:  # noqa: ARG002 - known since it was made
        """How close each candidate comes, 0..1; 0 for one without a trace."""
        return [self._closeness(candidate) for candidate in candidates]

    def _closeness(self, candidate: Candidate) -> float:
        trace = self._traces.get(candidate.chunk_id)
        if not trace or not len(self._question.weights):
            return 0.0
        passage = traces.unpack(trace, self._question.vectors.shape[1])
        return max(0.0, closeness(self._question, passage, sentence_starts(candidate.text)))


def closeness(question: WeighedQuestion, passage: TokenVectors, starts: Sequence[int]) -> float:
    """The mean of how close the whole passage, its best sentence and its best two come, -1..1.

    `starts` are the offsets of the passage's sentences, the first of which is 0.
    """
    if not len(passage.starts):
        return 0.0
    # The rows of ±1 have the length of a unit vector times the root of the dimension.
    similar = question.vectors @ passage.vectors.T / np.sqrt(passage.vectors.shape[1])
    borders = np.unique(np.searchsorted(passage.starts, starts))
    borders = borders[borders < len(passage.starts)]
    sentences = np.maximum.reduceat(similar, borders, axis=1)
    whole = sentences.max(axis=1)
    pairs = np.maximum(sentences[:, :-1], sentences[:, 1:]) if len(borders) > 1 else sentences
    weights = question.weights
    best = (weights @ sentences).max(initial=_NEVER)
    best_pair = (weights @ pairs).max(initial=_NEVER)
    return float((weights @ whole + best + best_pair) / 3)


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of `text` begin, roughly: it only has to tell what stands together."""
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
