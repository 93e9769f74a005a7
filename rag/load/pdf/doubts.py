"""Tells pages whose text cannot be what they show: fonts that do not tell their letters."""

from __future__ import annotations

import re
from enum import Enum

import numpy as np
from numpy.typing import NDArray

MIN_CODES = 20
MAX_UNKNOWN = 0.3  # of a page's characters
MIN_CHARS = 200  # before it can be said that the words of a page are none
SAMPLE_CHARS = 800  # of a page, whose words are looked at
MIN_PLAUSIBLE = 0.35  # of its characters are in words that can be some
MAX_OTHER_SCRIPTS = 0.2  # of its characters: what words look like there is not known
MIN_COMPARED = 15  # words on a picture that are looked for in the text
MAX_AGREEING = 0.25  # of them stand in a text that is not what is shown

_WORD = re.compile(r"[^\W\d_]{4,}")
_PLAUSIBLE = re.compile(r"(?:[A-ZÀ-Þ]?[a-zß-ÿ]+|[A-ZÀ-Þ]{2,})(?:['’-][A-Za-zÀ-ÿ]+)*")
_VOWEL = re.compile(r"[aeiouyAEIOUYÀ-ÖØ-öø-ÿ]")
_EDGE = "“”‘’\"'()[]{}.,;:!?-–—…•*/&%$€£"


class Doubt(Enum):
    """How far a page's own text is to be trusted."""

    NONE = 0
    SOME = 1  # to be compared with what the page shows
    BROKEN = 2


def doubt_of(codes: NDArray[np.int64], text: str) -> Doubt:
    """What the characters of a page and their text let fear."""
    solid = codes[(codes > 32) | (codes == 0)]
    if len(solid) >= MIN_CODES and float(_unknown(solid).mean()) > MAX_UNKNOWN:
        return Doubt.BROKEN
    if (
        len(text) < MIN_CHARS
        or len(solid) < MIN_CHARS
        or _plausible(text[:SAMPLE_CHARS]) >= MIN_PLAUSIBLE
    ):
        return Doubt.NONE
    return Doubt.SOME


def disagree(text: str, shown: str) -> bool:
    """Whether the words that a page was seen to show are not those of its text."""
    words = {word.casefold() for word in _WORD.findall(shown)}
    own = text.casefold()
    if len(words) < MIN_COMPARED:
        return False
    return sum(word in own for word in words) < MAX_AGREEING * len(words)


def _unknown(codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Characters that say nothing: none, replaced, or private to a font."""
    private = (codes >= 0xE000) & (codes < 0xF000)
    return (codes == 0) | (codes == 0xFFFD) | private | (codes > 0x10FFFF) | (codes < 0)


def _plausible(text: str) -> float:
    """The share of characters in words that could be some, numbers left out; 1 for no words."""
    good = total = foreign = 0
    for token in text.split():
        bare = token.strip(_EDGE)
        if not any(map(str.isalpha, bare)):
            continue
        total += len(token)
        foreign += len(token) if max(bare) > "\u024f" else 0
        if _PLAUSIBLE.fullmatch(bare) and _VOWEL.search(bare):
            good += len(token)
    if not total or foreign > MAX_OTHER_SCRIPTS * total:
        return 1.0
    return good / total
