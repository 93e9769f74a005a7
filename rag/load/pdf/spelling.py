"""What a page's characters say in clean text, each code point with the glyph it came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from rag.load.pdf.characters import LAST_CODE, LINE_END_HYPHEN, TextPage, code_table

SOFT_HYPHEN = 0xAD
_INVISIBLE = [
    0x200B,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
    0xFEFF,
    0xFFFF,
]
_SYMBOL_FONT = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓"}
# An accent that is drawn over its letter as a character of its own, as TeX does.
_ACCENTS = {
    0xA8: "\u0308", 0xB4: "\u0301", 0x60: "\u0300", 0x2C6: "\u0302", 0x2DC: "\u0303",
    0x2C7: "\u030c", 0x2D8: "\u0306", 0x2DA: "\u030a", 0xB8: "\u0327", 0x2DD: "\u030b",
}  # fmt: skip
_IS_SPECIAL = code_table(
    (
        *(*range(32), *range(0x7F, 0xA0), SOFT_HYPHEN, LINE_END_HYPHEN),
        *(*range(0xD800, 0xE000), *range(0xFB00, 0xFE00), *range(0xFE70, 0xFEFD)),
        *(*_INVISIBLE, *_SYMBOL_FONT, *_ACCENTS),
    )
)
_DOTLESS = {"ı": "i", "ȷ": "j"}


class Spelling:
    """Spells words of one page."""

    def __init__(self, page: TextPage) -> None:
        codes = np.where((page.codes < 0) | (page.codes > 0x10FFFF), 0, page.codes)
        self._codes = codes
        self._page = page
        self._text = codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
        special = _IS_SPECIAL[np.minimum(codes, LAST_CODE)]
        self._special = special.astype(np.uint8).tobytes()

    def word(self, first: int, after: int) -> tuple[str, Sequence[int]]:
        """The text of the glyphs from `first` up to `after`, and the glyph of each code point."""
        if self._special.find(1, first, after) < 0:
            return self._text[first:after], range(first, after)
        text: list[str] = []
        glyphs: list[int] = []
        at = first
        while at < after:
            said, used = self._spell(at, after)
            text.append(said)
            glyphs += [at + used - 1] * len(said)
            at += used
        return "".join(text), glyphs

    def is_soft_hyphen(self, glyph: int) -> bool:
        """Whether a character only marks where a word may be split."""
        return int(self._codes[glyph]) == SOFT_HYPHEN

    def _spell(self, at: int, after: int) -> tuple[str, int]:  # noqa: PLR0911 - a list of cases
        """What the glyph at `at` says, and how many glyphs that takes."""
        code = int(self._codes[at])
        character = self._text[at]
        if not self._special[at]:
            return character, 1
        if code in _SYMBOL_FONT:
            return _SYMBOL_FONT[code], 1
        if code == LINE_END_HYPHEN:
            return "-", 1
        if code in _ACCENTS:
            letter = self._text[at + 1] if at + 1 < after else ""
            if letter.isalpha() and self._overlaps(at):
                letter = _DOTLESS.get(letter, letter)
                return unicodedata.normalize("NFC", letter + _ACCENTS[code]), 2
            return character, 1
        if 0xFB00 <= code < 0xFEFD:
            return unicodedata.normalize("NFKC", character).replace(" ", ""), 1
        if 0xD800 <= code < 0xDC00 and at + 1 < after:
            low = int(self._codes[at + 1])
            if 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)), 2
        return "", 1

    def _overlaps(self, at: int) -> bool:
        """Whether the glyph is drawn over the next one."""
        accent, letter = self._page.boxes_of([at, at + 1]).tolist()
        shared = min(accent[2], letter[2]) - max(accent[0], letter[0])
        return bool(shared > 0.5 * min(accent[2] - accent[0], letter[2] - letter[0]))
