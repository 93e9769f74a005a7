"""Tells whether two words exclude each other: rose and fell, able and unable."""

from __future__ import annotations

from functools import lru_cache

from rag.cite.opposites_abroad import CHINESE_AND_JAPANESE, FRENCH, GERMAN, SPANISH
from rag.cite.opposites_english import ENGLISH
from rag.cite.wordlist import words
from rag.cite.words import stem

# Both sides of "dis-like", "un-able", "hope-less": the word with it denies the word without.
_NEGATING_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "de", "mis", "miss", "des", "dés")
_LEAST_BASE = 4  # letters: "under" is not the contrary of "der"
# They begin like a denial of the rest and are none.
_NO_DENIALS = words(
    """
    inform information indeed indeed invent invention intend intended intent income incoming inland
    internal international interest invest investment impart import important impress improve
    imprint indent instance instant install institute instruct insure intake intense intent
    interior inner inquire irate illuminate illustrate island undergo understand under until
    union unite united uniform unit unity universe disband discover discovery discuss display
    dispose distance district distribute dismiss distress design describe desire dessert despite
    desert detail detect determine develop deliver delight demand depart department depend deposit
    deputy derive declare decline declare degree destroy defend debate decision decade december
    demonstrate demonstration denote depart depict deport despair miss missile mission mistress
    missing mister inhabit inhabitant inherit input inscription inspire involve invite indoor
    infamous invaluable innate inset inside into deform depress deprive dermal describe descent
    despatch dispatch dispatch dispel disperse indicate induce indulge intent unterricht unternehmen
    unterschied unterstützen untersuchen inhalt insel institut interesse international immer
    individuel inflame inform ingrain inlet inmate inroad insight insist instep intone inure
    """
)
_SUFFIXES = (("less", "ful"), ("less", ""), ("los", "voll"), ("los", ""))


def _forms(word: str) -> tuple[str, ...]:
    """What a listed word is found by: comparatives as they stand, for "younger" is not "young"."""
    return (word,) if word.endswith(("er", "est")) else (word, stem(word))


def _sides() -> dict[str, list[tuple[int, int]]]:
    sides: dict[str, list[tuple[int, int]]] = {}
    number = 0
    for table in (ENGLISH, GERMAN, FRENCH, SPANISH, CHINESE_AND_JAPANESE):
        for pair in table.casefold().split(";"):
            number += 1
            for side, listed in enumerate(pair.split("|")):
                for key in {form for word in listed.split() for form in _forms(word)}:
                    sides.setdefault(key, []).append((number, side))
    return sides


_SIDES = _sides()


@lru_cache(maxsize=65_536)
def opposed(one: str, other: str) -> bool:
    """Whether one word, in lower case, says the contrary of the other: rose/fell, able/unable."""
    if one == other or stem(one) == stem(other):
        return False
    mine, theirs = _places(one), _places(other)
    if any((number, side) in theirs for number, side in mine):
        return False
    if any((number, 1 - side) in theirs for number, side in mine):
        return True
    return _denies(one, other) or _denies(other, one)


def has_opposite(word: str) -> bool:
    """Whether a listed word excludes `word`, in lower case."""
    return word in _SIDES or word.removesuffix("s") in _SIDES


def _places(word: str) -> list[tuple[int, int]]:
    return _SIDES.get(word) or _SIDES.get(stem(word), [])


def _denies(longer: str, shorter: str) -> bool:
    """Whether `longer` is `shorter` with a prefix or an ending that denies it."""
    if len(shorter) < _LEAST_BASE:
        return False
    known = stem(shorter)
    if longer not in _NO_DENIALS and stem(longer) not in _NO_DENIALS:
        for prefix in _NEGATING_PREFIXES:
            rest = longer[len(prefix) :]
            if longer.startswith(prefix) and len(rest) >= _LEAST_BASE and stem(rest) == known:
                return True
    return any(
        longer.endswith(without)
        and (base := longer.removesuffix(without))
        and shorter.endswith(having)
        and stem(base) == stem(shorter.removesuffix(having) if having else shorter)
        for without, having in _SUFFIXES
    )
