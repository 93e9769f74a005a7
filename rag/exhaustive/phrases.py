"""Takes a question apart into its nouns and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from rag.exhaustive import lexicon
from rag.exhaustive.folding import key_of, key_set, root
from rag.exhaustive.synonyms import meant_by
from rag.exhaustive.terms import Noun

_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+(?:[.,’'/_-](?=[\p{L}\p{N}])[\p{L}\p{N}\p{M}]+)*")
_ELIDED = regex.compile(r"(?:[ldnmtsjcLDNMTSJC]|qu|Qu)['’]")
_POSSESSIVE = regex.compile(r"['’]s$")
_PLURALS = key_set("""people men women children staff persons data minutes criteria""")
_ALWAYS_WITH_S = frozenset(("series", "means", "news", "species", "headquarters"))
_NO_PLURAL = ("ss", "us", "is", "'s")
_SKIPPED = key_set(
    """all every each any some of the my our your their these those this different distinct unique
    various other existing available single alle aller allen jede jeder jedes die der das den
    meine meiner unsere unserer sind les des tous toutes mes nos los las todos todas mis
    nuestros nuestras el la le de d l there are were existing here have do we i"""
)
_STOPS = key_set(
    """in on at by with without for from to of about that which who whom whose where when while
    than is are was were be been has have had do does did can could may might must shall should
    will would and or but not no as if between before after since until during under above over
    below involving concerning regarding mentioning containing including dated signed using
    having made showing stating there exceed exceeds contain contains mention mentions include
    includes into"""
)
_JOINS = key_set("""of de d des du del von der in for across from on among within""")

_ROLE_ROOTS = frozenset(root(word) for word in lexicon.ROLES)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: `text == question[start:end]`; `key` is how it is compared."""

    text: str
    start: int
    end: int
    key: str

    @property
    def is_capital(self) -> bool:
        """Whether it is written as names are."""
        return self.text[0].isupper()


def words_of(text: str) -> list[Word]:
    """The words of `text` in order; "l'avion" is its noun, "Weber's" the name."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        start, written = match.start(), match[0]
        if elided := _ELIDED.match(written):
            start, written = start + elided.end(), written[elided.end() :]
        written = _POSSESSIVE.sub("", written)
        if written:
            found.append(Word(written, start, start + len(written), key_of(written)))
    return found


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun found in a question, and the words of the question behind it."""

    noun: Noun
    is_plural: bool
    start: int
    end: int
    next: int  # the index of the first word behind it


def noun_at(text: str, words: Sequence[Word], first: int, language: str) -> Phrase | None:
    """The noun that begins at the word `first`, articles before it passed over."""
    while (
        first < len(words)
        and words[first].key in _SKIPPED
        and not (words[first].is_capital and language == "de" and first > 0)
    ):
        first += 1
    if first >= len(words):
        return None
    run = {"de": _german, "fr": _romance, "es": _romance}.get(language, _english)
    taken = run(text, words, first)
    if not taken:
        return None
    chosen = words[first : first + taken]
    telling = [word for word in chosen if word.key not in lexicon.EMPTY_NOUNS] or chosen
    head = telling[0] if language in ("fr", "es") else telling[-1]
    follows = first + taken
    if (
        head.key in lexicon.EMPTY_NOUNS
        and follows < len(words)
        and (
            words[follows].key in ("of", "de", "des", "du", "der", "von", "del", "aller", "d")
            or language == "de"
        )
    ):
        deeper = noun_at(text, words, follows, language)
        if deeper is not None and not deeper.noun.any_file:
            return deeper
    following = words[follows].key if follows < len(words) else ""
    return Phrase(
        Noun(
            text[chosen[0].start : chosen[-1].end],
            tuple(word.key for word in chosen),
            head.key,
            any_file=head.key in lexicon.ANY_FILE,
        ),
        is_plural((chosen[0] if language in ("fr", "es") else chosen[-1]).key, language, following),
        chosen[0].start,
        chosen[-1].end,
        follows,
    )


def is_plural(key: str, language: str, following: str = "") -> bool:
    """Whether a noun, folded, names several things."""
    if language == "en" and _ends_as_plural(key) and key not in _ALWAYS_WITH_S:
        return True  # whatever follows: "at which meetings was Weber present"
    if following in ("are", "were", "have", "sind", "waren", "haben", "wurden", "sont", "son"):
        return True
    if following in ("is", "was", "has", "does", "ist", "war", "hat", "wurde", "est", "es"):
        return False
    if language == "de":
        return key.endswith(("en", "e", "er", "s", "n")) or key in _PLURALS
    if language in ("fr", "es"):
        return key.endswith(("s", "x"))
    return key in _PLURALS or _ends_as_plural(key)


def _ends_as_plural(key: str) -> bool:
    return key.endswith("s") and not key.endswith(_NO_PLURAL) and len(key) > 3


def forms_of(noun: Noun) -> tuple[str, ...]:
    """What may stand for a noun: itself as a phrase, then all that its words and head mean."""
    whole = " ".join(noun.words)
    found = dict.fromkeys((whole, *meant_by(whole)))
    if whole != noun.head:
        found.update(dict.fromkeys(meant_by(noun.head)))
    return tuple(found)


def is_role(noun: Noun) -> bool:
    """Whether a noun says what somebody is to somebody: a tenant, a supplier."""
    return root(noun.head) in _ROLE_ROOTS


def joined_noun(text: str, words: Sequence[Word], at: int, language: str) -> Phrase | None:
    """The noun that an "of", "in all" or the like joins on from the word `at`."""
    if at >= len(words) or (words[at].key not in _JOINS and language != "de"):
        return None
    if language == "de" and words[at].key not in _JOINS and words[at].key not in _SKIPPED:
        return None
    return noun_at(text, words, at + (words[at].key in _JOINS), language)


def _english(text: str, words: Sequence[Word], first: int) -> int:
    taken = 0
    plural = False
    for index in range(first, len(words)):
        word = words[index]
        if word.key in _STOPS or (taken and _is_parted(text, words, index)):
            break
        looks_plural = is_plural(word.key, "en")
        if plural and not looks_plural:
            break
        if taken and not plural and word.key in lexicon.LIGHT:
            break
        taken += 1
        plural = looks_plural
        if taken == 5:
            break
    return taken


def _german(text: str, words: Sequence[Word], first: int) -> int:
    for index in range(first, min(first + 4, len(words))):
        if words[index].is_capital:
            taken = index - first + 1
            return taken + _acronym(text, words, index)
        if words[index].key in lexicon.closed_words():
            break
    return 1


def _acronym(text: str, words: Sequence[Word], index: int) -> int:
    """One more word after "PDF" in "PDF Dateien"."""
    follows = index + 1 < len(words) and words[index + 1].is_capital
    return int(follows and words[index].text.isupper() and not _is_parted(text, words, index + 1))


def _romance(_text: str, _words: Sequence[Word], _first: int) -> int:
    return 1


def _is_parted(text: str, words: Sequence[Word], index: int) -> bool:
    return (
        regex.search(r"[,;:?!()\"“”„«»]", text[words[index - 1].end : words[index].start])
        is not None
    )


def same_noun(one: str, other: str) -> bool:
    """Whether two folded words are the same noun, in one number or the other."""
    return root(one) == root(other) or root(other) in {root(form) for form in meant_by(one)}
