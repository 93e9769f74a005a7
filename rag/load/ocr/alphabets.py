"""Which characters a text may be made of, by the language of its document.

The recogniser knows Latin letters with all European accents, Chinese and Japanese. It takes a
letter O for a circle, a Chinese numeral for a Japanese vowel sign and so on: knowing what cannot
stand in a document rules such mistakes out.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

MIN_LETTERS = 20  # before a document's language is told by them
KANA_SHARE = 0.08  # of the letters of a Japanese text, at least
MAX_KANA_SHARE = 0.01  # of a Chinese text
LATIN_SHARE = 0.8  # of the letters of a line in Latin letters

_GREEK = "αβγδεζηθλμξπρσφψωΓΔΘΛΞΠΣΦΨΩ"  # in formulas; the others look like Latin letters
_SIGNS = (
    "€£¥¢§©®™°±²³¹¼½¾×÷·•…–—‘’“”„‚«»‹›†‡‰′″¿¡¶µªº№℃℉"
    "←↑→↓↔⇒⇔√∞≈≠≤≥−∑∏∫∂∆∇∈∪∩⊂⊃∧∨∀∃∅⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉"
    "①②③④⑤⑥⑦⑧⑨⑩■□▪▲△▶▼◆◇○●★☆☐☑☒✓✔✗✕✖"
)
VIETNAMESE = "ƠơƯư"  # known only to tell that language
_ASCII = range(0x20, 0x7F)
_LATIN = range(0xC0, 0x180)
_ROMANIAN = range(0x218, 0x21C)
_CJK_SIGNS = range(0x3000, 0x3020)
_KANA = range(0x3041, 0x3100)
_WIDE = range(0xFF01, 0xFFF0)
_NARROW_KANA = range(0xFF66, 0xFFA0)
_HAN = range(0x2E80, 0xA000)


class Language(StrEnum):
    """What the text of a document is written in, as in `Options.ocr_language`."""

    ANY = ""
    LATIN = "latin"
    CHINESE = "chinese"
    JAPANESE = "japanese"


class Alphabet:
    """The recogniser's classes, and which of them a language has."""

    def __init__(self, characters: Sequence[str]) -> None:
        """`characters`: what the classes stand for from the second on; the first is none."""
        self.characters = ["", *characters]
        self._allowed = {
            language: np.array([bool(c) and _has(language, c) for c in self.characters])
            for language in Language
        }
        places = {character: place for place, character in enumerate(self.characters)}
        self._plain = np.array(
            [places.get(_plain(c), 0) if c else 0 for c in self.characters], dtype=np.int64
        )

    def allowed(self, language: Language) -> NDArray[np.bool_]:
        """For each class whether it may stand in a text of `language`; the first may not."""
        return self._allowed[language]

    def plain(self, place: int, language: Language) -> int:
        """The class that says in `language` what class `place` says, 0 where none does."""
        plain = int(self._plain[place])
        return plain if self._allowed[language][plain] else 0


class Document:
    """Finds out what language a document is in while its pages are recognised."""

    def __init__(self, chosen: Language) -> None:
        self._chosen = chosen
        self._letters: Counter[str] = Counter()

    def learn(self, texts: Iterable[str]) -> None:
        """Count the letters of what was recognised."""
        for text in texts:
            self._letters.update(script for script in map(script_of, text) if script)

    def language_of(self, text: str) -> Language:
        """The language of a line that was recognised as `text`."""
        if self._chosen is not Language.ANY:
            return self._chosen
        own = Counter(script for script in map(script_of, text) if script)
        if own["latin"] >= LATIN_SHARE * own.total():
            return Language.LATIN
        kana, han = self._letters["kana"], self._letters["han"]
        if kana + han >= MIN_LETTERS:
            if kana >= KANA_SHARE * (kana + han):
                return Language.JAPANESE
            if kana <= MAX_KANA_SHARE * (kana + han):
                return Language.CHINESE
        return Language.ANY


def script_of(character: str) -> str:
    """ "latin", "kana" or "han" for letters of these, empty for everything else."""
    code = ord(character)
    if code < 0x2E80:
        return "latin" if character.isalpha() and (code < 0x250 or code > 0x400) else ""
    if code in _KANA or code in _NARROW_KANA:
        return "kana"
    return "han" if code in _HAN and character.isalpha() else ""


def _has(language: Language, character: str) -> bool:
    code = ord(character[0])
    western = code in _ASCII or code in _LATIN or code in _ROMANIAN
    if western or character in _SIGNS + _GREEK + VIETNAMESE:
        return True
    if language is Language.LATIN:
        return False
    if code in _KANA or code in _NARROW_KANA:
        return language is not Language.CHINESE
    if code in _CJK_SIGNS or code in _WIDE:
        return True
    if code not in _HAN:
        return False
    return language is not Language.JAPANESE or _is_japanese(character)


def _is_japanese(character: str) -> bool:
    """Whether a Chinese character is in the sets that Japanese is written with."""
    for encoding in ("cp932", "euc_jis_2004"):
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            continue
        return True
    return False


def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
