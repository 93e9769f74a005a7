"""From what the recogniser sees along a line to characters with their places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.load.ocr.alphabets import Alphabet, Language
from rag.load.ocr.models import Floats

SPACE = " "


@dataclass(frozen=True, slots=True)
class Decoded:
    """A line's characters; `places` are their middles along the line, from 0 to 1, rising."""

    text: str
    places: NDArray[np.float64]
    scores: NDArray[np.float64]  # from 0 to 1: how sure each character is

    @property
    def score(self) -> float:
        """How sure the line is; 0 for an empty one."""
        return float(self.scores.mean()) if len(self.scores) else 0.0


def decode(chances: Floats, alphabet: Alphabet, language: Language) -> Decoded:
    """The likeliest text for `chances`, shape (steps, classes).

    A step shows one character or none, a character goes on for any number of steps. Where the
    likeliest character is none of the language's, the one that says the same, or else the
    likeliest that is, takes its place.
    """
    best = chances.argmax(axis=1)
    sure = chances[np.arange(len(best)), best]
    allowed = alphabet.allowed(language)
    for step in np.flatnonzero((best > 0) & ~allowed[best]).tolist():
        plain = alphabet.plain(int(best[step]), language)
        if plain:
            best[step] = plain
            continue
        best[step] = int(np.where(allowed, chances[step], -1).argmax())
        sure[step] = chances[step, best[step]]
    begins = np.flatnonzero((best > 0) & (np.diff(best, prepend=0) != 0))
    if not len(begins):
        return Decoded("", np.zeros(0), np.zeros(0))
    changes = np.append(np.flatnonzero(np.diff(best)) + 1, len(best))
    ends = changes[np.searchsorted(changes, begins, side="right")]
    total = np.concatenate(([0.0], np.cumsum(sure, dtype=np.float64)))
    text = "".join(alphabet.characters[int(place)] for place in best[begins])
    return Decoded(
        text,
        (begins + ends) / 2 / len(best),
        (total[ends] - total[begins]) / (ends - begins),
    )
