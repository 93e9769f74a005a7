"""Decides from what a thing's text says whether it meets a condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from rag.exhaustive import lexicon
from rag.exhaustive.aim import Compared, Condition, Dated, Mention
from rag.exhaustive.folding import any_form, fold
from rag.exhaustive.subject import Statement, Subject, is_place_label
from rag.exhaustive.terms import Term
from rag.exhaustive.told import Told, dates_told, numbers_told
from rag.exhaustive.toponyms import place_name_around

_CLAUSE = regex.compile(r"[,;:.!?()]\s|\b(?:but|aber|mais|pero|although|obwohl|however)\b")
_WORD = regex.compile(r"[\p{L}\p{N}']+")
_NEVER_DENIES = regex.compile(
    r"\b(?:no (?:later|less|more|fewer|longer) than|not (?:later|less|more|only|limited)|nicht nur"
    r"|non seulement|no solo|nicht spater|no doubt|no \d|no\. ?\d)"
)
_DENIAL = any_form(tuple(sorted(lexicon.NEGATIONS)), exact=True)
_DENIED_BEFORE, _DENIED_BEHIND = 6, 4  # words between a negation and what it denies
_PIECES = regex.compile(r"\s*[.;,]+\s*")
_PREFIX = regex.compile(r"(?:non|nicht|no|un)[- ]?$")
_NEAR_CHARS = 240  # between words that may belong to one statement
_MOST_PLACES = 60  # where one term is looked for in one thing


@dataclass(frozen=True, slots=True)
class Proof:
    """Words of a document that say whether something is so."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a thing meets a condition, and the words that say so."""

    met: bool
    strength: int = 0  # 3 a field that tells just this, 2 a statement, 1 only nearby
    proofs: tuple[Proof, ...] = ()
    denied: tuple[Proof, ...] = ()  # what says the contrary
    told: tuple[Told, ...] = ()  # the numbers or dates that decided
    unclear: bool = False  # it speaks of it, but nothing could be read from that


def judge(condition: Condition, subject: Subject) -> Verdict:
    """Whether `subject` meets `condition`, as its text says."""
    if isinstance(condition, Mention):
        verdict = _mentioned(condition, subject)
    elif isinstance(condition, Compared):
        verdict = _compared(condition, subject)
    else:
        verdict = _dated(condition, subject)
    if not condition.negated:
        return verdict
    return Verdict(not verdict.met, 2, verdict.denied, verdict.proofs, unclear=verdict.unclear)


# ---------------------------------------------------------------- words


def _mentioned(condition: Mention, subject: Subject) -> Verdict:
    best = Verdict(met=False)
    for terms in (condition.terms, *condition.alternatives):
        verdict = _stated(terms, subject, as_word=condition.as_word)
        if verdict.strength > best.strength or (not best.met and verdict.met):
            best = verdict
        elif not best.met:
            best = Verdict(met=False, denied=best.denied + verdict.denied)
    return best


def _stated(terms: Sequence[Term], subject: Subject, *, as_word: bool) -> Verdict:
    """Whether one statement holds all of `terms`, and does not deny them."""
    if any(term.is_place for term in terms):
        terms = [
            term for term in terms if term.is_place or term.exact
        ]  # the rest says what is there
    denied: list[Proof] = []
    places = [_places(subject, term, denied, as_word=as_word) for term in terms]
    if not all(places):
        return Verdict(met=False, denied=tuple(denied))
    found: list[tuple[int, Proof]] = []
    for start, end in min(places, key=len):
        statement = subject.statement_at(start, end)
        if all(any(statement.holds(*spot) for spot in spots) for spots in places):
            proof = Proof(statement.start, statement.end, statement.label)
            named = _is_only_part(subject, statement, terms, places)
            found.append((1 if named else _strength(terms, statement, subject), proof))
        elif _near(places, start):
            found.append((1, _around(subject, places, start)))
    if not found:
        return Verdict(met=False, denied=tuple(denied))
    strength = max(strength for strength, _ in found)
    proofs = tuple(dict.fromkeys(proof for level, proof in found if level == strength))
    return Verdict(True, strength, proofs, tuple(denied))


def _places(
    subject: Subject, term: Term, denied: list[Proof], *, as_word: bool
) -> list[tuple[int, int]]:
    """Where a term stands and is not denied; what denies it is added to `denied`."""
    found: list[tuple[int, int]] = []
    for spans, wants_denial in (
        (subject.matches(term), False),
        (subject.matches_of(term.denied), True),
    ):
        for start, end in spans:
            if len(found) + len(denied) >= _MOST_PLACES:
                break
            if as_word:
                found.append((start, end))
                continue
            statement = subject.statement_at(start, end)
            if _is_only_named(subject, statement, start, end, term):
                continue
            if _is_denied(subject, statement, start, end) == wants_denial:
                found.append((start, end))
            else:
                denied.append(Proof(statement.start, statement.end, statement.label))
    return found


def _is_only_named(
    subject: Subject, statement: Statement, start: int, end: int, term: Term
) -> bool:
    """Whether what means the same as a term is part of a place's name, and says nothing then."""
    if term.exact or term.is_place:
        return False
    typed = any_form(term.forms[:1], loose=term.loose)
    if typed.match(subject.page.folded, start):
        return False
    return place_name_around(subject, statement, start, end) is not None


def _is_only_part(
    subject: Subject,
    statement: Statement,
    terms: Sequence[Term],
    places: Sequence[Sequence[tuple[int, int]]],
) -> bool:
    """Whether a statement has a word only in the name of a place that another word leads."""
    ends = {end for spots in places for _, end in spots}
    for term, spots in zip(terms, places, strict=True):
        if term.exact or term.is_place:
            continue
        held = [spot for spot in spots if statement.holds(*spot)]
        names = [place_name_around(subject, statement, *spot) for spot in held]
        if all(name is not None and name[1] not in ends for name in names):
            return True
    return False


def _strength(terms: Sequence[Term], statement: Statement, subject: Subject) -> int:
    """3 where a field that tells places tells the place, 1 where it stands only elsewhere."""
    if any(term.is_place for term in terms):
        if is_place_label(statement.label):
            return 3
        if subject.tells_place:
            return 1
    return 2


def _near(places: Sequence[Sequence[tuple[int, int]]], start: int) -> bool:
    """Whether all terms stand within a few lines of each other."""
    return all(any(abs(a - start) < _NEAR_CHARS for a, _ in spots) for spots in places)


def _around(subject: Subject, places: Sequence[Sequence[tuple[int, int]]], start: int) -> Proof:
    near = [min(spots, key=lambda spot: abs(spot[0] - start)) for spots in places]
    first = subject.statement_at(*min(near))
    last = subject.statement_at(*max(near))
    return Proof(first.start, max(first.end, last.end))


def _is_denied(subject: Subject, statement: Statement, start: int, end: int) -> bool:
    """Whether a statement says of the words at `start` that it is not so."""
    folded = subject.page.folded
    if statement.label and start < statement.value_start:
        return is_empty_value(subject.page.text[statement.value_start : statement.end])
    return _denied_at(folded, statement, start, end)


def _denied_at(folded: str, statement: Statement, start: int, end: int) -> bool:
    begin, stop = statement.start, statement.end
    for border in _CLAUSE.finditer(folded, statement.start, start):
        begin = border.end()
    if border := _CLAUSE.search(folded, end, statement.end):
        stop = border.start()
    before, behind = folded[begin:start], folded[end:stop]
    if _PREFIX.search(before[-5:]) and before[-4:].strip() in ("non-", "non", "un-"):
        return True
    before, behind = _NEVER_DENIES.sub(" ", before), _NEVER_DENIES.sub(" ", behind)
    near = " ".join(_WORD.findall(before)[-_DENIED_BEFORE:])
    then = " ".join(_WORD.findall(behind)[:_DENIED_BEHIND])
    return bool(_DENIAL.search(near) or _AFTERWARDS.search(then))


_AFTERWARDS = regex.compile(
    r"^(?:\w+ ){0,2}(?:not|n't|nicht|never|nie|keine?[nrms]?|pas|no|nunca|none)\b"
)


# ---------------------------------------------------------------- numbers and dates


def _compared(condition: Compared, subject: Subject) -> Verdict:
    told = numbers_told(condition.attribute, subject, condition.unit)
    if not told:
        speaks = [_places(subject, term, [], as_word=False) for term in condition.attribute]
        return Verdict(met=False, unclear=bool(speaks) and all(speaks))
    strength = max(one.score for one in told)
    best = [one for one in told if one.score == strength]
    met = [one for one in best if is_between(one.number, condition)]
    proofs = tuple(Proof(one.start, one.end, one.label) for one in met or best)
    if met:
        return Verdict(True, 2, proofs, told=tuple(met))
    return Verdict(met=False, denied=proofs, told=tuple(best))


def is_between(number: float, condition: Compared) -> bool:
    """Whether a number is what a condition asks for."""
    above = number >= condition.low if condition.low_included else number > condition.low
    below = number <= condition.high if condition.high_included else number < condition.high
    return above and below


def _dated(condition: Dated, subject: Subject) -> Verdict:
    told = dates_told(condition.attribute, subject, of_itself=condition.of_itself)
    if not told:
        return Verdict(met=False)
    strength = max(one.score for one in told)
    best = [one for one in told if one.score == strength]
    met = [
        one for one in best
        if one.first is not None and one.last is not None
        and condition.first <= one.first and one.last <= condition.last
    ]  # fmt: skip
    proofs = tuple(Proof(one.start, one.end, one.label) for one in met or best)
    if met:
        return Verdict(True, 1 if strength < 1 else 2, proofs, told=tuple(met))
    return Verdict(met=False, denied=proofs, told=tuple(best))


def is_empty_value(text: str) -> bool:
    """Whether a field's value says that there is none: "none", "no deposit", "1 None"."""
    pieces = [piece.split() for piece in _PIECES.split(fold(text))]
    return all(
        not words or words[0] in lexicon.NO_VALUE or words[-1] in lexicon.NO_VALUE
        for words in pieces
    )
