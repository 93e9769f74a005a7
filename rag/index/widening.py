"""Adds to what a question wants the ways that only the library's own words tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.index.question import PIECE_WEIGHT, Wanted, Way
from rag.index.vocabulary import LONGEST, VOCABULARY_CHARS, Vocabulary
from rag.index.words import word_terms

NEAR_WEIGHT = 0.8  # of words that an unknown one may have been meant for
COMPOUND_WEIGHT = 0.6  # of compounds that end with the word
PART_WEIGHT = 0.6  # of the parts of a compound
PARTICLE_WEIGHT = 0.8
MOST_NEAR = 4
MOST_COMPOUNDS = 8
SHORTEST_END = 5
SHORTEST_AFTER_PARTICLE = 3
_PARTICLES = "והבלמשכ"  # "and", "the", "in" and others, which Hebrew writes before a word, as one


def widen(wanted: Sequence[Wanted], vocabulary: Vocabulary) -> list[Wanted]:
    """`wanted`, with near words for unknown ones, and compounds with their parts."""
    widened: list[Wanted] = []
    for want in wanted:
        if not want.word.isalpha() or len(want.word) > LONGEST or want.weight <= PIECE_WEIGHT:
            widened.append(want)
            continue
        ways = dict.fromkeys([*want.ways, *_ways(want.word, vocabulary)])
        widened.append(replace(want, ways=tuple(ways)))
    return widened


def _ways(word: str, vocabulary: Vocabulary) -> Iterator[Way]:
    for near in vocabulary.near(word)[:MOST_NEAR]:
        yield Way(word_terms(near), NEAR_WEIGHT)
    if parts := vocabulary.parts(word):
        for part in parts:
            yield Way(word_terms(part), PART_WEIGHT)
    if len(word) >= SHORTEST_END:
        for compound in vocabulary.ending_with(word)[:MOST_COMPOUNDS]:
            yield Way(word_terms(compound), COMPOUND_WEIGHT)
    if "\u05d0" <= word[0] <= "\u05ea":
        yield from _with_other_particles(word, vocabulary)


def _with_other_particles(word: str, vocabulary: Vocabulary) -> Iterator[Way]:
    """A Hebrew word with other particles before it, or none."""
    bare = [word]
    while bare[-1][0] in _PARTICLES and len(bare[-1]) > SHORTEST_AFTER_PARTICLE:
        bare.append(bare[-1][1:])
    for rest in bare:
        for particle in ("", *_PARTICLES):
            other = particle + rest
            if other != word and (len(other) < VOCABULARY_CHARS[0] or other in vocabulary):
                yield Way((other,), PARTICLE_WEIGHT)
