"""Breaks text into words, numerals and pairs of characters, folded and stemmed for comparing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import lru_cache
from itertools import pairwise

import regex

from rag.cite.lexicon import (
    EMPTY_CHARS,
    IRREGULAR,
    NEGATING_VERBS,
    NEGATION_CHARS,
    NEGATIONS,
    STOP_WORDS,
)
from rag.cite.wordlist import words


class Kind(IntEnum):
    """What a token is."""

    WORD = auto()
    STOP = auto()
    NEGATION = auto()
    GRAM = auto()  # two neighbouring characters of a script without spaces
    NUMERAL = auto()
    CODE = auto()  # letters and digits mixed, an address, a version
    SIGN = auto()  # %, $, °


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text: `word` is it in lower case, `stem` what it is compared by."""

    start: int
    end: int
    word: str
    stem: str
    kind: Kind
    capital: bool = False
    acronym: bool = False


_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー々〆\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_TOKEN = regex.compile(
    rf"""
      (?P<address>(?:https?://|www\.)[^\s<>"]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<date>(?<![\d.])(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}
        |\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}}))(?![\d.]*\d))
    | (?P<time>\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d))
    | (?P<code>\p{{Lu}}{{1,8}}[-/]\d[\p{{Latin}}\d]*(?:[-/][\p{{Latin}}\d]+)*
        | (?!\p{{Sc}})\p{{Latin}}+\d[\p{{Latin}}\d]*(?:[-_.][\p{{Latin}}\d]*\d[\p{{Latin}}\d]*)*
        | \d+\p{{Lu}}+\d[\p{{Latin}}\d]*
        | \d+(?:\.\d+){{2,}}(?=\D|$)(?<!\d\.\d{{3}}\.\d{{3}}) )
    | (?P<number>(?:(?<![\w\p{{Pe}}])[-−–](?=\d))?
        (?:\d{{1,3}}(?:[,.'’\u00a0\u202f\u2009]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,٫]\d+)?|\.\d+)
        [½¼¾⅓⅔⅛⅜⅝⅞]?|[½¼¾⅓⅔⅛⅜⅝⅞])
    | (?P<sign>[%％‰°℃℉]|(?:US|A|C|NZ|HK)?\p{{Sc}})
    | (?P<unspaced>[{_UNSPACED}][{_UNSPACED}\p{{M}}]*)
    | (?P<dotted>(?:\p{{L}}\.){{2,}}\p{{L}}?(?!\p{{L}}))
    | (?P<word>\p{{L}}[\p{{L}}\p{{M}}]*(?:['’ʼ]\p{{L}}+)*)
    """,
    regex.VERBOSE,
)
_JAPANESE_DENIAL = regex.compile(
    r"(?<!少|危)(?:ませんでした|ません|なかった|なかっ|ない|無い|ずに)"
)
_APOSTROPHE = regex.compile(r"['’ʼ]")
_SUFFIXES = sorted(
    words(
        """
        ations ation ements ement ments ment ingly ities ions ings edly ally ing ion
        ity ies ied ian ern est ed es ly al en er em or y e n s
        """
    ),
    key=len,
    reverse=True,
)
_SPELLINGS = tuple(
    (regex.compile(one), other)
    for one, other in (
        (r"(?<=[a-z]{3})is(?=(?:e[ds]?|ing|ation|ations|er|ers)$)", "iz"),  # organise
        (r"(?<=[a-z]{2})ys(?=(?:e[ds]?|ing|er)$)", "yz"),  # analyse
        (r"our(?=(?:s|ed|ing|ite|ful|able|al|er|ers|ers|less|hood|hoods|ly)?$)", "or"),  # colour
        (r"(?<=[bct])re(?=s?$)", "er"),  # centre
        (r"ll(?=(?:ed|ing|er|ers|ery)$)", "l"),  # travelled
        (r"(?<=m)me(?=s?$)", ""),  # programme
        (r"(?<=[aeo]g)ue(?=s?$)", ""),  # catalogue
        (r"(?<=en)s(?=es?$)", "c"),  # defense
        (r"(?<=[aou])e(?=[bcdfghklmnprtwxz])", ""),  # Mueller
    )
)
_MARKS = regex.compile(r"\p{Mn}+")
_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "ς": "σ",
    "ё": "е",
}


@lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """`word` in lower case without accents, width or dots."""
    word = unicodedata.normalize("NFKD", word.casefold())
    if word.isascii():
        return word
    return "".join(_LETTERS.get(char, char) for char in _MARKS.sub("", word))


def _spelt_in_one_way(folded: str) -> str:
    """`folded` without what British and American spelling, or Müller and Mueller, differ in."""
    if len(folded) < 5 or not folded.isascii():
        return folded
    for one, other in _SPELLINGS:
        folded = one.sub(other, folded)
    return folded


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """What the inflected forms of `word` share: light, and the same for every language."""
    if word in IRREGULAR:
        word = IRREGULAR[word]
    folded = _spelt_in_one_way(fold(word))
    if not folded.isascii() or len(folded) < 4:
        return folded
    while True:
        for suffix in _SUFFIXES:
            least = 3 if suffix in ("s", "ed", "es") else 4
            if folded.endswith(suffix) and len(folded) - len(suffix) >= least:
                if suffix == "s" and folded.endswith("ss"):
                    continue
                folded = folded[: -len(suffix)]
                break
        else:
            return folded


def tokenise(text: str) -> list[Token]:
    """The tokens of `text` in order; punctuation and white space are left out."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text):
        group = found.lastgroup
        start, end, piece = found.start(), found.end(), found.group()
        if group == "word":
            tokens += _words(piece, start)
        elif group == "unspaced":
            tokens += _grams(piece, start)
        elif group == "dotted":
            letters = piece.replace(".", "")
            tokens.append(
                Token(
                    start,
                    end,
                    letters.casefold(),
                    fold(letters),
                    Kind.WORD,
                    True,
                    letters.isupper(),
                )
            )
        elif group in ("number", "date", "time"):
            tokens.append(Token(start, end, piece, piece, Kind.NUMERAL))
        elif group == "sign":
            tokens.append(Token(start, end, piece.casefold(), piece, Kind.SIGN))
        else:
            tokens.append(Token(start, end, piece.casefold(), fold(piece), Kind.CODE))
    return tokens


def _words(piece: str, start: int) -> list[Token]:
    parts = _APOSTROPHE.split(piece)
    lower = _APOSTROPHE.sub("'", piece.casefold())
    end = start + len(piece)
    if lower.endswith("n't"):
        base = piece[:-3]
        return [
            *(_words(base, start) if base else []),
            Token(end - 3, end, "n't", "n't", Kind.NEGATION),
        ]
    if len(parts) > 1 and len(parts[0]) <= 2:  # l'eau, d'Artagnan, O'Brien
        start += len(parts[0]) + 1
        parts = parts[1:]
    if len(parts) > 1 and len(parts[-1]) <= 2:  # the king's, it's
        parts = parts[:-1]
    word = "".join(parts)
    if not word:
        return []
    end = min(end, start + len("'".join(parts)))
    lower = word.casefold()
    acronym = len(word) > 1 and word.isupper()
    kind = Kind.WORD
    german_may = word == "Mai"  # "mai" is Italian for never
    if (lower in NEGATIONS and not german_may) or lower in NEGATING_VERBS:
        kind = Kind.NEGATION
    elif lower in STOP_WORDS and not (
        acronym and len(word) < 4 and lower in ("us", "it", "who", "am")
    ):
        kind = Kind.STOP
    return [Token(start, end, lower, stem(lower), kind, word[0].isupper(), acronym)]


def _grams(run: str, start: int) -> list[Token]:
    """Pairs of characters; a negating character stands alone and no pair spans it."""
    tokens: list[Token] = []
    if denial := _JAPANESE_DENIAL.search(run):
        begin, end = denial.span()
        word = denial.group()
        return [
            *(_grams(run[:begin], start) if begin else []),
            Token(start + begin, start + end, word, word, Kind.NEGATION),
            *(_grams(run[end:], start + end) if end < len(run) else []),
        ]
    chars = [(found.start(), found.group()) for found in regex.finditer(r"\X", run)]
    piece: list[tuple[int, str]] = []
    for at, char in [*chars, (len(run), "")]:
        if char and char not in NEGATION_CHARS:
            piece.append((at, char))
            continue
        tokens += _pairs(piece, start)
        piece = []
        if char:
            tokens.append(Token(start + at, start + at + len(char), char, char, Kind.NEGATION))
    return tokens


def _pairs(chars: list[tuple[int, str]], start: int) -> list[Token]:
    if len(chars) == 1:
        at, char = chars[0]
        return [_gram(char, start + at)]
    return [_gram(first + second, start + at) for (at, first), (_, second) in pairwise(chars)]


def _gram(pair: str, start: int) -> Token:
    folded = unicodedata.normalize("NFKC", pair)
    empty = sum(char in EMPTY_CHARS for char in pair)
    kind = Kind.STOP if empty == len(pair) else Kind.GRAM
    return Token(start, start + len(pair), folded, folded, kind)
