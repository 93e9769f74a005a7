"""Reads what a text calls something: who the tenant is, which registration it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from rag.exhaustive import lexicon
from rag.exhaustive.folding import any_form, fold, form_pattern, key_of, root
from rag.exhaustive.judging import is_empty_value
from rag.exhaustive.layout import Field
from rag.exhaustive.phrases import forms_of, is_plural, is_role
from rag.exhaustive.subject import Statement, Subject, label_score
from rag.exhaustive.synonyms import meant_by
from rag.exhaustive.terms import Noun, Term
from rag.exhaustive.told import Told, as_value, dates_told, numbers_told

_NAME_WORD = r"(?:\p{Lu}[\p{L}\p{M}’'.-]*\p{L}|\p{Lu}\.|\p{Lu}{1,3})"
_LINK = r"(?:von|van|de|der|den|del|della|di|da|la|le|du|zu|y|&|of|and|und)"
_NAME = rf"{_NAME_WORD}(?:[ ](?:{_LINK}[ ]){{0,2}}{_NAME_WORD}|[ ]\d{{1,4}}(?![\p{{L}}\d]))*"
_CODE = r"[\p{Lu}\d][\p{Lu}\d./-]*\d[\p{Lu}\d./-]*"
_IS = (
    r"(?P<verb>\s+(?:is|was|are|were|named|called|name|ist|war|heißt|heisst|est|était|es|era)\b)?"
    r"(?P<mark>[:,])?\s+"
)
_ARTICLE = r"(?:the|a|an|our|as|its|der|die|das|als|unser\w*|le|la|el|il|comme|como|en qualité de)"
_ENDS = regex.compile(r"[.,;:]+$")
_PIECES = regex.compile(r"\s*[;,\n]\s*(?:and |und |et |y )?|\s+(?:and|und|et|y|&)\s+")
_PERSON = regex.compile(
    rf"{_NAME_WORD}(?:[ ](?:{_LINK}[ ]){{0,2}}{_NAME_WORD})+(?:\s*[(<][^)>]*[)>])?"
)
_LONGEST_VALUE = 120
_BESIDE_CHARS = 30  # between a number and the words that name it
_BEHIND_CHARS = 12  # the same of a number without a unit
SYNONYM_SCORE = 0.9  # of a name that stands beside another word for what was asked
_CITY_AND_STATE = regex.compile(
    r"(?P<city>\p{Lu}[^,|:;\n]{1,40}),\s*(?P<whole>\p{Lu}[^,|:;\d\n]{1,40})"
)
_WHOLE = frozenset(map(root, ("state", "country", "bundesland", "land", "pays", "estado", "pais")))
_YES = frozenset(("yes", "ja", "oui", "si", "x"))  # it has one, which is not said to be what
_CITIES = frozenset(map(root, ("city", "town", "stadt", "ville", "ciudad")))


def values_told(noun: Noun, subject: Subject) -> list[Told]:
    """What `subject` tells that `noun` is, in order; several where it has several."""
    forms = forms_of(noun)
    found = list(_in_fields(forms, subject))
    if found:
        best = max(one.score for one in found)
        return [one for one in found if one.score == best]
    if subject.row or any(label_score(forms, one.label) >= 3 for one in subject.fields):
        return []  # it has a field for it, which is empty
    found = values_in_prose(noun, subject)
    if found or is_role(noun) or noun.head in lexicon.PLACE_LABELS:
        return found
    forms = _said_forms(noun)
    terms = (Term(noun.text, forms),)
    if not _DATED.isdisjoint(root(form) for form in forms):
        told = [one for one in dates_told(terms, subject) if 0.8 <= one.score < 1]
    else:
        called = any_form(forms)
        told = [one for one in numbers_told(terms, subject, "") if _is_beside(one, called, subject)]
    return [one for one in told if one.label or _is_described(noun, subject, one.start, one.end)]


def _said_forms(noun: Noun) -> tuple[str, ...]:
    """What sentences call `noun`: without what only labels mean by it, as "to" a recipient."""
    forms = (form for form in forms_of(noun) if form not in lexicon.closed_words())
    return tuple(dict.fromkeys((noun.head, *forms)))


def _is_beside(told: Told, called: regex.Pattern[str], subject: Subject) -> bool:
    """Whether a number stands right beside the words that name it: "a rent of 700"."""
    if told.label:
        return True
    said = regex.sub(r"\s+", " ", subject.page.folded[told.start : told.end])
    at = said.find(fold(told.text))
    for spot in called.finditer(said):
        if at >= spot.end():
            if at - spot.end() <= (_BESIDE_CHARS if told.unit else _BEHIND_CHARS):
                return "[" not in said[spot.end() : at]  # the number of a note
        elif told.unit and spot.start() - at - len(told.text) <= _BESIDE_CHARS:
            return True
    return False


def _is_described(noun: Noun, subject: Subject, start: int, end: int) -> bool:
    """Whether all words of a noun are said there, or by what its document is called."""
    said = f"{subject.page.folded[start:end]} {subject.name} {subject.head}"
    others = (word for word in noun.words if word != noun.head)
    return all(
        word in lexicon.EMPTY_NOUNS or any_form(meant_by(word)).search(said) for word in others
    )


def _in_fields(forms: Sequence[str], subject: Subject) -> Iterator[Told]:
    own = [form for form in forms if form not in lexicon.closed_words()] or list(forms)
    for one in subject.fields:
        score = 3.5 if one.label in forms else 0.0  # "to" a recipient, but no "applies to"
        score = max(score, label_score(own[:1], one.label), _by_synonym(own, one.label))
        if score < 2 or not subject.is_inside(one.start, one.end):
            continue
        value = subject.page.text[one.start : one.end]
        if is_empty_value(value) or len(value) > _LONGEST_VALUE or fold(value) in _YES:
            continue
        for start, end in _pieces(_part_of_place(one, forms, subject.page.text), subject.page.text):
            text = subject.page.text[start:end]
            yield as_value(Told(text, min(one.label_start, one.start), one.end, one.label, score))


def _by_synonym(own: Sequence[str], label: str) -> float:
    """How well a label means a noun by another word; what is done is none: "Landing" for land."""
    called = {word for form in own for word in form.split()}
    nouns = (word for word in label.split() if word in called or not _DONE.search(word))
    return label_score(own, " ".join(nouns))


def _part_of_place(one: Field, forms: Sequence[str], text: str) -> Field:
    """The field with only the state or the city of a place like "Venice, FL"."""
    found = _CITY_AND_STATE.fullmatch(text, one.start, one.end)
    if found is None or label_score(forms[:1], one.label) >= 3:
        return one
    kind = root(forms[0])
    if kind in _WHOLE:
        return replace(one, start=found.start("whole"), end=found.end("whole"))
    if kind in _CITIES:
        return replace(one, start=found.start("city"), end=found.end("city"))
    return one


def _pieces(one: Field, text: str) -> list[tuple[int, int]]:
    """The spans of the things that a field lists: of one alone, all of it."""
    spans: list[tuple[int, int]] = []
    at = one.start
    for border in _PIECES.finditer(text, one.start, one.end):
        spans.append((at, border.start()))
        at = border.end()
    spans.append((at, one.end))
    spans = [span for span in spans if span[1] > span[0]]
    several = len(spans) > 1 and all(_PERSON.fullmatch(text, *span) for span in spans)
    label_words = one.label.split()
    plural = bool(label_words) and (
        is_plural(label_words[-1], "en") or label_words[-1] == "present"
    )
    listed = (
        len(spans) > 1
        and plural
        and all(text[a:b][:1].isupper() and len(text[a:b].split()) <= 4 for a, b in spans)
    )
    return spans if several or listed else [(one.start, one.end)]


def values_in_prose(noun: Noun, subject: Subject) -> list[Told]:
    """Names beside the noun in sentences: "the tenant, Anna Weber", "Anna Weber (tenant)"."""
    text = subject.page.text
    forms = _said_forms(noun)
    pattern, typed = any_form(forms), any_form((noun.head,))
    told: list[Told] = []
    seen: set[int] = set()
    for found in pattern.finditer(subject.page.folded, subject.start, subject.end):
        start, end = found.span()
        if _DONE.search(found[0]) and found[0] not in forms:
            continue
        if not subject.is_inside(start, end) or not _is_prose(
            subject.statement_at(start, end), text
        ):
            continue
        statement = subject.page.sentence_at(start)
        if not _is_described(noun, subject, statement.start, statement.end):
            continue
        named = _named_behind(text, start, end) or _named_before(noun, text, start, end, statement)
        if named is None:
            continue
        span = named.span("name")
        if span[0] in seen or form_pattern(noun.head) == text[slice(*span)].lower():
            continue
        seen.add(span[0])
        names = (_ENDS.sub("", name) for name in _PIECES.split(text[slice(*span)]))
        is_typed = typed.match(subject.page.folded, start) is not None
        score = 1.0 if is_typed or is_role(noun) else SYNONYM_SCORE
        told += [
            Told(name, statement.start, statement.end, "", score)
            for name in names
            if name and _is_name(name) and (is_typed or not name.isdigit())
        ]
    return told


def _named_behind(text: str, start: int, end: int) -> regex.Match[str] | None:
    """The name that follows a noun as what it is called: "ship Pequod", not "ships, Ahab said"."""
    named = _BEHIND.match(text, end)
    if named is None or named["verb"] or named["mark"] == ":":
        return named
    if named["mark"]:
        return named if _CLOSED.match(text, named.end()) else None
    return None if named["article"] or is_plural(fold(text[start:end]), "en") else named


def _named_before(
    noun: Noun, text: str, start: int, end: int, statement: Statement
) -> regex.Match[str] | None:
    """The name before a noun that says what it is: "Weber, the tenant,", "the Cessna aircraft"."""
    named = _BEFORE.search(text, max(statement.start, start - 80), start)
    if named is None or "(" in (between := text[named.end("name") : start]):
        return named
    if "," in between:
        is_aside = named["article"] or is_role(noun)
        return named if is_aside and _CLOSED.match(text, end) else None
    if named["article"]:
        return named if named["article"].lower() in _AS else None
    is_modifier = text[start].isupper() or is_plural(fold(text[start:end]), "en")
    is_first = named.start("name") == statement.start and " " not in named["name"]
    is_owner = named["name"].endswith(("'s", "’s"))
    return None if is_role(noun) or is_modifier or is_first or is_owner else named


def _is_prose(statement: Statement, text: str) -> bool:
    """Whether a statement is a sentence, no heading and no field."""
    written = text[statement.start : statement.end].rstrip()
    return not statement.label and (written.endswith((".", "!", ";")) or len(written.split()) > 8)


def _is_name(value: str) -> bool:
    """Whether a capitalised word is more than the first one of a sentence."""
    first = key_of(value.split(maxsplit=1)[0])
    return first not in lexicon.closed_words() and not _CONTRACTED.search(first)


_NAMES = rf"{_NAME}(?:(?:,\s+(?:and\s+)?|\s+(?:and|und|et|y)\s+){_NAME})*"
_BEHIND = regex.compile(
    rf"{_IS}(?:(?P<article>{_ARTICLE})\s+)?[\"“„]?(?P<name>{_CODE}(?![\p{{L}}\d])|{_NAMES})"
)
_BEFORE = regex.compile(
    rf"(?P<name>{_NAME})\s*(?:\(|,\s*|\s)(?:hereinafter\s+)?(?:(?P<article>{_ARTICLE})\s+)?[\"“„]?$"
)
_CLOSED = regex.compile(  # what ends what is said aside: "the tenant, Anna Weber, …"
    r"\s*(?:[,.;:()\"”“]|$|(?:of|in|at|for|from|von|der|des|de|du|del|and|und|et|y)\b)"
)
_AS = frozenset(("as", "als", "comme", "como", "en qualité de"))
_DONE = regex.compile(r"ing\W*$")  # a word for what is done, where it is made of a noun
_CONTRACTED = regex.compile(r"['’](?:ll|ve|re|d|m|t)$")
_DATED = frozenset(map(root, ("date", "start", "end", "due", "birth", "deadline")))
