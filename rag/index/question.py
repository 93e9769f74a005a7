"""Reads a question: what a passage should hold, and in which ways it may be written there."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import regex

from rag.index import languages
from rag.index.words import MOST_WORD_CHARS, Span, fold, humps, spans, terms

STOP_WEIGHT = 0.2  # of words that name nothing, beside those that do
PIECE_WEIGHT = 0.3  # of single letters and digits that are parts of something longer
STEM_WEIGHT = 0.7  # of words that begin with all of the question's word but its endings
START_WEIGHT = 0.6  # of words that begin as the question's word does
OTHER_SPELLING_WEIGHT = 0.9
START_CHARS = 5
SHORTEST_START = 4
MOST_CHARS, MOST_WORDS = 2000, 256  # of a question as long as a page, the first
MOST_SPOKEN = 2  # of more languages that a question may be in, none is known well enough
MOST_PIECES_TOGETHER = 3  # "e-mail" is also "email", but an address is no single word
THOUSAND_DIGITS, YEAR_DIGITS, CENTURIES = 3, 4, {"18", "19", "20"}
PAIRED = ("ja", "ko", "th", "zh")

_QUOTED = regex.compile(
    r"\"([^\"\n]++)\"|“([^”“\n]++)[”“]|„([^“”\n]++)[“”]|«([^»\n]++)»|»([^«\n]++)«|‹([^›\n]++)›"
    r"|「([^」\n]++)」|『([^』\n]++)』|(?<!\w)'([^'\n][^' \n]*+ [^'\n]++)'(?!\w)"
    r"|(?<!\w)‘([^’\n]++)’(?!\w)"
)
# Several pieces that belong together: a code, a number, a date, an address, a file's name.
_JOINED = regex.compile(r"(?<![\p{L}\p{N}])[\p{L}\p{N}]++(?:[-‐‑–_./:@+,\\#][\p{L}\p{N}]++)++")
_GROUPED = regex.compile(r"(?<![\p{L}\p{N}])\p{N}{1,3}(?:[\u00a0\u202f\u2009 ]\p{N}{3})+(?!\p{N})")
_DATE = regex.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_NUMBER = regex.compile(r"\d+(?:[.,'’\u00a0\u202f\u2009 ]\d+)*")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
_TYPED_UMLAUT = regex.compile(r"(?<![aeq])(?:ae|oe|ue)")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which something may be written: terms next to each other."""

    terms: tuple[str, ...]
    weight: float = 1.0  # 0..1, what finding it so is worth
    open_ended: bool = False  # the last term may go on
    marked: bool = True  # whether it is shown to the user as what was asked for


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something a passage should hold, in one of several ways; the best one counts."""

    ways: tuple[Way, ...]
    weight: float = 1.0
    quoted: bool = False  # passages that hold it come before all others
    word: str = ""  # the folded word it came from; "" for what is more than a word

    @property
    def is_marked(self) -> bool:
        """Whether its places in a passage are worth showing."""
        return self.quoted or self.weight > PIECE_WEIGHT


def read(question: str) -> list[Wanted]:
    """What `question` wants, each once, in order: phrases, joined things, then words.

    Only its first `MOST_CHARS` characters are read.
    """
    question = question[:MOST_CHARS]
    phrases = [
        Wanted((Way(phrase),), quoted=True)
        for text in quotations(question)
        if (phrase := _sequence(text))
    ]
    joined = [*_JOINED.finditer(question), *_GROUPED.finditer(question)]
    whole = [Wanted(tuple(dict.fromkeys(_joined_ways(match[0])))) for match in joined]
    inside = {place for match in joined for place in range(*match.span())}
    return list(dict.fromkeys([*phrases, *whole, *_words(question, inside)]))


def quotations(question: str) -> list[str]:
    """What stands in quotation marks, without them."""
    return [next(filter(None, match.groups())) for match in _QUOTED.finditer(question)]


def _sequence(text: str) -> tuple[str, ...]:
    """The terms of `text` in order, as often as they stand there."""
    return tuple(term for span in spans(text) for term in span.terms)


def _joined_ways(text: str) -> Iterator[Way]:
    yield Way(_sequence(text))
    digits = fold(text)
    if _DATE.fullmatch(digits):
        yield from _date_ways(digits)
    elif _NUMBER.fullmatch(digits):
        yield from _number_ways(digits)
    elif len(_sequence(text)) <= MOST_PIECES_TOGETHER:
        together = _sequence("".join(c for c in text if c.isalnum()))
        yield Way(together, OTHER_SPELLING_WEIGHT)


def _date_ways(date: str) -> Iterator[Way]:
    """A date as days, months and years are put in order elsewhere."""
    one, two, three = regex.split(r"\D", date)
    year, month, day = (one, two, three) if len(one) == YEAR_DIGITS else (three, two, one)
    for width in (1, 2):
        d, m = (f"{int(n):0{width}}" for n in (day, month))
        yield Way((d, m, year))
        yield Way((year, m, d))
        yield Way((m, d, year), OTHER_SPELLING_WEIGHT)


def _number_ways(number: str) -> Iterator[Way]:
    """A number with and without separators between its thousands, a version with its "v"."""
    groups = regex.findall(r"\d+", number)
    for whole, rest in ((groups, []), (groups[:-1], groups[-1:])):
        if whole and all(len(group) == THOUSAND_DIGITS for group in whole[1:]):
            plain = "".join(whole)
            first = len(plain) % THOUSAND_DIGITS or THOUSAND_DIGITS
            starts = range(first, len(plain), THOUSAND_DIGITS)
            yield Way((plain, *rest))
            yield Way((plain[:first], *(plain[n : n + THOUSAND_DIGITS] for n in starts), *rest))
    if len(groups) > 1:
        yield Way((f"v{groups[0]}", *groups[1:]), OTHER_SPELLING_WEIGHT)


def _words(question: str, inside: Collection[int]) -> Iterator[Wanted]:
    found = [(span, question[span.start : span.end]) for span in spans(question)][:MOST_WORDS]
    spoken = languages.guess(word.casefold() for _, word in found)
    stops = {term for language in [*spoken, *PAIRED] for term in _stop_terms(language)}
    for span, word in found:
        if not span.terms:
            continue
        is_initial = len(word) == 1 and word.isalpha() and not span.paired
        is_piece = word.isdecimal() and span.start in inside
        weight = PIECE_WEIGHT if is_initial or is_piece else 1.0
        if stops.issuperset(span.terms):
            weight = STOP_WEIGHT
        ways = [Way(span.terms)]
        if span.paired and len(found) == 1:
            ways.append(Way(span.terms, open_ended=True))  # the first of a pair
        elif weight == 1.0:
            ways += _other_ways(word, span, spoken)
        yield Wanted(tuple(dict.fromkeys(ways)), weight, word="" if span.paired else fold(word))
        parts = humps(word[:MOST_WORD_CHARS])
        yield from (Wanted((Way(tuple(terms(part))),), word=fold(part)) for part in parts)


def _other_ways(word: str, span: Span, spoken: Sequence[str]) -> Iterator[Way]:
    """A word's other spellings, and what begins as it does."""
    term = span.terms[0]
    if span.paired:
        return
    if word.isdecimal():
        if len(term) > YEAR_DIGITS or (len(term) == YEAR_DIGITS and term[:2] not in CENTURIES):
            yield from _number_ways(term)
        return
    if len(span.terms) > 1 or not term.isalpha() or len(word) > MOST_WORD_CHARS:
        return
    lower = unicodedata.normalize("NFC", word).casefold()
    yield from _umlaut_ways(lower)
    if len(spoken) <= MOST_SPOKEN:
        for language in spoken:
            if language == "en":
                continue  # every word was cut to its English stem already
            start = fold(languages.stem(lower, language))
            shortest = SHORTEST_START - (start != fold(lower))  # where an ending was cut off
            if len(start) >= shortest and start.isalpha():
                yield Way((start,), STEM_WEIGHT, open_ended=True)
            yield Way(tuple(terms(start)), STEM_WEIGHT)
    if len(term) > SHORTEST_START:
        yield Way((term,), STEM_WEIGHT, open_ended=True)
        start = term[: max(SHORTEST_START, min(START_CHARS, len(term) - 1))]
        yield Way((start,), START_WEIGHT, open_ended=True, marked=False)


def _umlaut_ways(lower: str) -> Iterator[Way]:
    """German "ä" typed as "ae", and the other way round."""
    typed = "".join(_UMLAUTS.get(letter, letter) for letter in lower)
    if typed == lower:
        typed = _TYPED_UMLAUT.sub(lambda pair: pair[0][0], lower)
    if typed != lower:
        yield Way(tuple(terms(typed)), OTHER_SPELLING_WEIGHT)


@functools.cache
def _stop_terms(language: str) -> frozenset[str]:
    return frozenset(term for word in languages.frequent_words()[language] for term in terms(word))
