"""Understands questions that compare what two things, or two times, have of the same."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from rag.exhaustive.terms import Term
from rag.exhaustive.folding import fold
from rag.exhaustive.phrases import words_of
from rag.exhaustive.synonyms import meant_by

_ROSE = (
    r"(?:rise|rose|risen|grow|grew|grown|increased?|change[d]?|fall|fell|fallen|drop(?:ped)?|decline[d]?"
    r"|decreased?|go up|go down|went up|went down|shrink|shrank|higher|lower|more|less)"
)
_GREW = r"(?:gestiegen|gesunken|gewachsen|gefallen|gestiegen sind|zugenommen|abgenommen|verandert)"
_STIEG = (
    r"(?:stieg|stiegen|sank|sanken|wuchs|wuchsen|fiel|fielen|anderte|hat sich|haben sich|ist|sind)"
)
_PATTERNS = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"how much (?:did|has|have|was|were|is|are) (?P<what>.+?) {_ROSE}\b.*?\b(?:from|between) "
        r"(?P<one>.+?) (?:to|and) (?P<other>.+)",
        rf"how much (?:did|has|have) (?P<what>.+?) {_ROSE}\b.*?\b(?:in|for) (?P<other>.+?) "
        r"(?:compared (?:to|with)|over|against) (?P<one>.+)",
        r"how much (?:more|less|higher|lower|larger|smaller) (?:is|was|were|are) (?P<what>.+?) "
        r"(?:in|for|of|at) (?P<other>.+?) than (?:that of |in |for |of |at )?(?P<one>.+)",
        r"(?P<share>percent(?:age)? )?(?:change|increase|growth|rise|decline|decrease|drop) (?:in|of) "
        r"(?P<what>.+?) (?:from|between) (?P<one>.+?) (?:to|and) (?P<other>.+)",
        r"difference (?:in|of) (?P<what>.+?) between (?P<one>.+?) and (?P<other>.+)",
        r"difference between (?P<what>.+?) (?:of|for|in|on) (?P<one>.+?) and "
        r"(?:(?:that|those) )?(?:(?:of|for|in|on) )?(?P<other>.+)",
        r"^\W*(?:please )?compare (?P<what>.+?) (?:of|for|in|between) (?P<one>.+?) "
        r"(?:and|with|to) (?P<other>.+)",
        rf"um wie ?viel(?: prozent| euro)? {_STIEG} (?P<what>.+?) (?:von|zwischen) (?P<one>.+?) "
        rf"(?:auf|zu|bis|und) (?P<other>.+?)(?: {_GREW})?\W*$",
        r"(?:unterschied|differenz) (?:zwischen )?(?P<what>.+?) (?:von|fur|in|im jahr|der|des) "
        r"(?P<one>.+?) und (?:(?:von|fur|in|im jahr) )?(?P<other>.+)",
        r"vergleich(?:e|en sie)? (?P<what>.+?) (?:von|fur|in) (?P<one>.+?) (?:und|mit) (?P<other>.+)",
        r"difference (?:de |entre )(?P<what>.+?) (?:de|du|pour|en|entre) (?P<one>.+?) et "
        r"(?:(?:de|du|pour|en) )?(?P<other>.+)",
        r"de combien (?P<what>.+?) (?:a|ont)(?:-t-(?:il|elle|ils|elles))? .*?(?:entre|de) (?P<one>.+?) "
        r"(?:et|a) (?P<other>.+)",
        r"diferencia (?:de |entre )(?P<what>.+?) (?:de|del|para|en|entre) (?P<one>.+?) y "
        r"(?:(?:de|del|para|en) )?(?P<other>.+)",
        r"cuanto (?:subio|bajo|aumento|crecio|cayo|disminuyo) (?P<what>.+?) (?:de|entre) (?P<one>.+?) "
        r"(?:a|y) (?P<other>.+)",
    )
)  # fmt: skip
_SHARE = regex.compile(r"\b(?:percent|percentage|per cent|prozent\w*|pour ?cent\w*|por ?ciento|%)")
_YEAR = regex.compile(r"\b(?:1[5-9]|20)\d{2}\b")
_NAME = regex.compile(
    r"[\p{Lu}\d][\p{L}\p{M}\p{N}&.'’/_-]*(?:[ ](?:&[ ])?[\p{Lu}\d][\p{L}\p{M}\p{N}&.'’/_-]*)*"
)
_LANGUAGE = ((7, "en"), (10, "de"), (12, "fr"), (14, "es"))


@dataclass(frozen=True, slots=True)
class Pair:
    """What is compared (`what`), of the first and of the second; years where they are times."""

    what: tuple[Term, ...]
    names: tuple[str, str]  # as typed
    years: tuple[int, int] | None
    as_share: bool
    language: str


def pair_in(question: str) -> Pair | None:
    """The two things that `question` compares; None where it compares no two that it names."""
    folded = fold(question)
    for number, pattern in enumerate(_PATTERNS):
        found = pattern.search(folded)
        if found is None:
            continue
        parts = [question[slice(*found.span(group))] for group in ("what", "one", "other")]
        what = _terms(parts[0])
        names = _name(parts[1]), _name(parts[2])
        if not what or not all(names) or names[0] == names[1]:
            continue
        years = [_YEAR.fullmatch(name) for name in names]
        language = next(code for last, code in _LANGUAGE if number < last)
        return Pair(
            what,
            names,
            (int(names[0]), int(names[1])) if all(years) else None,
            bool(_SHARE.search(folded)),
            language,
        )
    return None


def _terms(text: str) -> tuple[Term, ...]:
    """The words that name what is compared, without those that only lead to it."""
    words = [word for word in words_of(text) if word.key not in _LEADS]
    if not words or len(words) > 4:
        return ()
    return tuple(Term(word.text, meant_by(word.key)) for word in words)


_LEADS = frozenset(
    """the a our my their its your der die das den dem des unsere meine le la les l notre nos ma mon el
    los las nuestro nuestra mi of de company companys""".split()
)


def _name(text: str) -> str:
    """The name, number or year that a part of a question speaks of: "invoices INV-7" → "INV-7"."""
    if year := _YEAR.search(text):
        return year[0]
    names = [found[0] for found in _NAME.finditer(text)]
    return names[-1].strip(" .?!") if names else ""
