"""Recognises the saying that the passages hold no answer, also in other words and languages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from rag.prompt.languages import refusals

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Hangul}]")
_MOST_WORDS = 30  # of a sentence that says no more than that
_NEAR = 0.6  # of a refusal's words, or pairs of characters, that a near one has
_LENGTH = 1.6  # of a near one, beside the refusal's

_SOURCE_WORDS = 4  # within which what is read is named
_NEGATED_WITHIN, _TOLD_WITHIN = 4, 8  # words after that
_RULES = frozenset(("must", "shall", "should", "may", "muss", "darf", "soll"))  # what files say
# What is said of oneself, or of what is asked, alone.
_PLAIN = regex.compile(
    r"""\W*(?:(?:sorry|unfortunately|i'm\ sorry)\W+(?:but\W+)?)?
    (?: i \s+ (?:do|did|could|can|was|am) \s* (?:not|n['’]t|unable)
        \s+ (?:know (?:\s+(?:the\s+answer|that|this|it))? \W*$
          |(?:find|see|tell|able|to|determine|answer)\b)
      | i \s+ (?:don|didn|couldn|can|wasn)['’]t
        \s+ (?:know (?:\s+(?:the\s+answer|that|this|it))? \W*$
          |(?:find|see|tell|able|determine|answer)\b)
      | i \s+ cannot \s+ (?:find|see|tell|determine|answer)\b
      | (?:it|this|that) \s+ (?:is|was) \s* (?:not|n['’]t|nowhere) \s+
        (?:mentioned|stated|told|specified|given|said|found|provided)
        \s+ (?:in|by) \s+ (?:the|these|your)
        \s+ (?:\w+\s+)?(?:passages?|documents?|files?|texts?|excerpts?)\b
      | there \s+ (?:is|was) \s+ no \s+ (?:information|mention|answer) \b .{0,60}?
        \b(?:in|by) \s+ (?:the|these|your)
        \s+ (?:\w+\s+)?(?:passages?|documents?|files?|texts?|excerpts?)\b
      | ich \s+ wei(?:ß|ss) \s+ (?:es|das) \s+ nicht\b
      | (?:das|dies|es) \s+ (?:steht|geht|wird) \s+ (?:\w+\s+){0,2}nicht \s+ (?:in|aus) \s+ den
        \s+ (?:\w+\s+)?(?:textstellen|passagen|dokumenten|dateien|texten)\b
    )""",
    regex.VERBOSE | regex.IGNORECASE,
)
# By language: what is read, what negates, and what it does not do. All are beginnings of words but
# where "=" ends them. Nothing that files say of the world ("contains no lead") is in the lists.
_SAYINGS = (
    (
        "passage document file text excerpt context",
        "not= no= cannot= don= doesn= didn= nothing=",
        "answer mention informat",
    ),
    (
        "textst passage dokument datei text unterlag auszüg abschnitt",
        "nicht= nichts= kein keine=",
        "antwort beantwort erwähn informat angab angeg hervor",
    ),
    (
        "passage document fichier texte extrait",
        "ne= n= pas= aucun aucune= rien=",
        "répond repond réponse mention informat",
    ),
    (
        "pasaje documento archivo texto fragmento",
        "no= ningun ningún nada= tampoco=",
        "respond respuesta mencion informac",
    ),
    (
        "passagg bran document file= testo testi estratt",
        "non= nessun nulla= niente=",
        "rispond risposta menzion informaz",
    ),
    (
        "passage documento arquivo ficheiro texto trecho excerto",
        "não= nao= nenhum nada=",
        "respond resposta mencion informaç",
    ),
    (
        "passage document bestand tekst fragment",
        "niet= niets= geen=",
        "beantwoord antwoord vermeld informatie",
    ),
    (
        "textavsnitt textst avsnitt dokument fil= filer text tekst utdrag",
        "inte= inget= ingen ikke= ej=",
        "besvar svar nämn nevn næv informa",
    ),
    ("tekst katkelm asiakirj tiedosto", "ei= eivät=", "vasta maini tietoa"),
    ("fragment dokument tekst plik", "nie= brak=", "odpowi wspom informac"),
    (
        "úryv dokument text soubor",
        "ne= není= neodpov nezmi neuvá žádn",
        "odpov neodpov nezmi neuvád informac",
    ),
    ("szövegr dokument szöveg fájl", "nem= nincs=", "válasz említ informác"),
    (
        "metin belge dosya pasaj",
        "yok= değil= yanıtlam cevaplam belirtilm bahsetm bulunm",
        "yanıt cevap belirt bahset bilgi",
    ),
    ("отрыв докум текст файл фрагмент", "не= нет= ничего=", "отве упомин информац"),
    ("уривк докум текст файл фрагмент", "не= немає= нічого=", "відпов згад інформац"),
)


def is_exact_refusal(sentence: str) -> bool:
    """Whether `sentence` is, but for case and punctuation, what some model is told to say."""
    return _words(sentence) in _refused_words()


def is_refusal(sentence: str) -> bool:
    """Whether `sentence` says, in one of many ways, that what was read holds no answer."""
    said = _words(sentence)
    if not said or len(said) > _MOST_WORDS:
        return False
    if said in _refused_words():
        return True
    if _UNSPACED.search(sentence):
        return any(_is_near(_pairs(said), _pairs(refused)) for refused in _refused_words())
    return bool(_PLAIN.match(sentence)) or any(_says(said, *saying) for saying in _sayings())


def _says(
    said: Sequence[str], read: Sequence[str], negating: Sequence[str], telling: Sequence[str]
) -> bool:
    """Whether what is read is named at once, then negated, and does what sources do not do."""
    named = _place(said[:_SOURCE_WORDS], read)
    if named is None:
        return False
    near, far = said[: named + _NEGATED_WITHIN + 1], said[: named + _TOLD_WITHIN + 1]
    if _RULES.intersection(near):
        return False
    return _place(near, negating) is not None and _place(far, telling) is not None


def _words(sentence: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(sentence.casefold()))


@cache
def _refused_words() -> tuple[tuple[str, ...], ...]:
    return tuple(_words(refused) for refused in refusals())


def _pairs(said: Sequence[str]) -> set[str]:
    text = "".join(said)
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _is_near(said: set[str], refused: set[str]) -> bool:
    return len(said & refused) >= _NEAR * len(refused) and len(said) <= _LENGTH * len(refused)


@cache
def _sayings() -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(tuple(part.split()) for part in saying) for saying in _SAYINGS)


def _place(said: Sequence[str], listed: Sequence[str]) -> int | None:
    """The first of the words that is `listed`, or begins with what is."""
    for at, word in enumerate(said):
        if any(word == k[:-1] if k.endswith("=") else word.startswith(k) for k in listed):
            return at
    return None
