"""Checks that no word of a sentence stands where the window has a word for something else."""

from __future__ import annotations

from rag.cite.alignment import Alignment
from rag.cite.items import Item
from rag.cite.lexicon import FRAME_WORDS, TAKE_UP_NOUNS
from rag.cite.opposites import opposed
from rag.cite.prepared import Prepared
from rag.cite.synonyms import other_words_for
from rag.cite.wordlist import words
from rag.cite.words import Kind

_SLOT = 0.85  # how alike the words around the two must be
_SAME_SLOT = 0.97  # where one of them alone is known well enough to be told apart
_DETERMINERS = words(
    """
    a an the this that these those its his her their our each every no der die das ein eine einen
    einem einer den dem des dieser diese dieses le la les un une des ce cette el la los las uno una
    este esta
    """
)
_INDEFINITE = words("a an each every no ein eine einen einem einer une un uno una")
# Endings of words that are no names of things.
_NO_NOUNS = ("ly", "ed", "ing", "ous", "ful", "able", "ible", "ive", "ish", "ic")


def words_agree(alignment: Alignment, first: int, last: int) -> bool:
    """Whether no word in items first to last is told apart from what stands in its place.

    Two words are told apart where both are listed with what may stand for them, and that is not
    the other; where the evidence uses the sentence's word elsewhere; and where both name things.
    """
    free = [
        place
        for place in range(alignment.window.first, alignment.window.last)
        if place not in alignment.taken and _may_differ(alignment.passage, place)
    ]
    if not free:
        return True
    for index in range(first, last):
        if alignment.places[index] or not _may_differ(alignment.sentence, index):
            continue
        fit, place = max((alignment.slot(index, place), place) for place in free)
        if fit >= _SLOT and _told_apart(alignment, index, place, fit):
            return False
    return True


def _may_differ(text: Prepared, index: int) -> bool:
    item = text.items[index]
    word = item.token.word
    if item.quantity is not None or item.token.kind is not Kind.WORD or len(word) < 3:
        return False
    is_name = item.token.capital and not text.german and index > 0
    return not is_name and word not in FRAME_WORDS and not _takes_up(text, index)


def _takes_up(text: Prepared, index: int) -> bool:
    """Whether a noun may stand for what was named before: "the company", but not "a company"."""
    is_new = index > 0 and text.items[index - 1].token.word in _INDEFINITE
    return text.items[index].token.word in TAKE_UP_NOUNS and not is_new


def _told_apart(alignment: Alignment, index: int, place: int, fit: float) -> bool:
    said, found = alignment.sentence.items[index], alignment.passage.items[place]
    ours, theirs = other_words_for(said.token.stem), other_words_for(found.token.stem)
    if ours & theirs or opposed(said.token.word, found.token.word):
        return False  # the latter may well be denied: that is judged elsewhere
    if (ours and theirs) or ((ours or theirs) and fit >= _SAME_SLOT):
        return True
    return _is_told_elsewhere(alignment, said) or (
        _is_thing(alignment.sentence, index) and _is_thing(alignment.passage, place)
    )


def _is_thing(text: Prepared, index: int) -> bool:
    """Whether an article or the like stands before a word that may name a thing."""
    before = text.items[index - 1].token if index else None
    word = text.items[index].token.word
    return before is not None and before.word in _DETERMINERS and not word.endswith(_NO_NOUNS)


def _is_told_elsewhere(alignment: Alignment, said: Item) -> bool:
    """Whether other words of the evidence are about what the sentence names."""
    return bool(alignment.library.places_of(said))
