"""Reads one strip of a picture: its words, where they stand, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.load.ocr.alphabets import Alphabet, Language
from rag.load.ocr.decoding import Decoded, decode
from rag.load.ocr.ink import Span, ink_along, unexplained, words_of
from rag.load.ocr.models import Model
from rag.load.ocr.strips import Picture, Strip, cut_out, normalised

HEIGHT_PX = 48  # what the recogniser takes
EM_PX = 41  # as wide a strip's height is made: a little narrowed it costs less, and reads as well
MIN_WIDTH_PX = 16
MAX_WIDTH_PX = 4_800  # a strip is squeezed into; no line of print is so long
MIN_SCORE = 0.6
MAX_UNEXPLAINED = 0.35


@dataclass(frozen=True, slots=True)
class Reading:
    """A strip's text in each language that it may be in, and its ink."""

    strip: Strip
    by_language: dict[Language, Decoded]
    ink: NDArray[np.bool_]
    doubt: float  # share of the ink that is part of no character

    @property
    def text(self) -> str:
        """What it says in any language."""
        return self.by_language[Language.ANY].text

    @property
    def quality(self) -> float:
        """How well it was read, from 0 to 1."""
        return self.by_language[Language.ANY].score * (1 - self.doubt)

    @property
    def length(self) -> float:
        """How much ink it has, in px of the picture."""
        return float(self.ink.mean()) * self.strip.length

    def says(self, language: Language) -> Decoded | None:
        """Its text in `language`; None where it is not to be trusted."""
        said = self.by_language[language]
        sure = said.score >= MIN_SCORE and self.doubt <= MAX_UNEXPLAINED
        return said if sure and any(map(str.isalnum, said.text)) else None

    def words(self, said: Decoded) -> list[Span]:
        """Where the words of `said` stand along the strip."""
        return words_of(said.text, said.places, self.ink, EM_PX)


def read_strip(picture: Picture, strip: Strip, model: Model, alphabet: Alphabet) -> Reading:
    """What stands in a strip."""
    width = round(strip.length / strip.height * EM_PX)
    cut = cut_out(picture, strip, min(MAX_WIDTH_PX, max(MIN_WIDTH_PX, width)), HEIGHT_PX)
    chances = model.run(normalised(cut))[0]
    in_any = decode(chances, alphabet, Language.ANY)
    ink = ink_along(cut)
    doubt = unexplained(in_any.text, in_any.places, ink, EM_PX)
    by_language = {
        language: decode(chances, alphabet, language)
        for language in Language
        if language is not Language.ANY
    }
    return Reading(strip, {Language.ANY: in_any} | by_language, ink, doubt)


def mean_quality(readings: list[Reading]) -> float:
    """How well strips were read on the whole, long ones counting more."""
    total = sum(reading.length for reading in readings)
    good = sum(reading.length * reading.quality for reading in readings)
    return good / total if total else 0.0


Read = Callable[[list[Strip]], list[Reading]]  # as many strips as there is time for, in order
