"""Makes of a question that asks for everything what is to be gone through everything for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.exhaustive import lexicon
from rag.exhaustive.aim import Aggregation, Aim, Compared, Condition, Mention, Noun, Term
from rag.exhaustive.asked import Asked, asked
from rag.exhaustive.conditions import conditions_in
from rag.exhaustive.phrases import Phrase, Word, joined_noun, noun_at, words_of
from rag.exhaustive.shelf import Shelf
from rag.exhaustive.synonyms import ASKED_BY, meant_by

_NUMERIC = frozenset((Aggregation.SUM, Aggregation.MEAN))
_EXTREME = frozenset((Aggregation.HIGHEST, Aggregation.LOWEST))


def aim_of(question: str, shelf: Shelf) -> Aim | None:
    """What `question` wants of everything on the shelf; None where it asks for no such thing."""
    opening = asked(question)
    if opening is None:
        return None
    reader = _Reader(question, opening, shelf)
    aim = reader.extreme() if opening.superlative else reader.listed()
    if aim is None:
        return None
    return replace(aim, conditions=_known_only(aim.conditions, shelf))


class _Reader:
    """A question on its way to an aim."""

    def __init__(self, question: str, opening: Asked, shelf: Shelf) -> None:
        self._text = question
        self._asked = opening
        self._shelf = shelf
        self._words = words_of(question)
        self._first = next(
            (n for n, word in enumerate(self._words) if word.start >= opening.noun_at),
            len(self._words),
        )

    def listed(self) -> Aim | None:
        """The aim of a question that lists, counts or adds up."""
        opening = self._asked
        if opening.occurrences:
            return self._aim(None, None, self._first, is_sure=True)
        phrase = noun_at(self._text, self._words, self._first, opening.language)
        if phrase is None:
            return None
        if opening.aggregation in _NUMERIC or opening.aggregation is Aggregation.COMPARE:
            return self._numbers(phrase)
        joined = joined_noun(self._text, self._words, phrase.next, opening.language)
        noun = phrase.noun
        if noun.any_file:
            return self._aim(None, None, phrase.next, is_sure=True, modifiers=noun.words[:-1])
        if joined is not None and self._shelf.is_told(noun) and self._is_things(joined):
            return self._aim(
                _kind(joined.noun), noun, joined.next, is_sure=phrase.is_plural or opening.explicit
            )
        if self._shelf.is_kind(_head_only(noun)):
            if opening.plural_only and not phrase.is_plural and self._words[0].key == "what":
                return None
            modifiers = [w for w in noun.words if w != noun.head]
            return self._aim(_head_only(noun), None, phrase.next, is_sure=True, modifiers=modifiers)
        known = self._shelf.known(noun)
        if known.labelled >= 3 and (phrase.is_plural or opening.explicit):
            told = opening.aggregation is Aggregation.COUNT and 2 * known.counted > known.labelled
            return self._aim(None, noun, phrase.next, is_sure=not told)
        if opening.explicit:
            return self._aim(None, noun, phrase.next, is_sure=False)
        return None

    def _is_things(self, joined: Phrase) -> bool:
        return joined.noun.any_file or self._shelf.is_kind(_head_only(joined.noun))

    def _numbers(self, phrase: Phrase) -> Aim | None:
        """The aim of a sum, a mean or a comparison: “the total rent of all leases”."""
        language = self._asked.language
        joined = joined_noun(self._text, self._words, phrase.next, language)
        if joined is not None and self._is_things(joined):
            return self._aim(_kind(joined.noun), phrase.noun, joined.next, is_sure=True)
        if self._shelf.is_kind(_head_only(phrase.noun)) and phrase.is_plural:
            return self._aim(
                _head_only(phrase.noun),
                None,
                phrase.next,
                is_sure=True,
                modifiers=[w for w in phrase.noun.words if w != phrase.noun.head],
            )
        if self._shelf.is_told(phrase.noun):
            return self._aim(None, phrase.noun, phrase.next, is_sure=phrase.is_plural)
        return None

    def extreme(self) -> Aim | None:
        """The aim of “which contract has the highest deposit”."""
        language = self._asked.language
        at = next(
            (n for n, w in enumerate(self._words) if w.key in self._asked.superlative.split()), None
        )
        if at is None:
            return None
        before = (
            noun_at(self._text, self._words[:at], self._first, language)
            if at > self._first
            else None
        )
        last = at + len(self._asked.superlative.split())
        behind = (
            noun_at(self._text, self._words, last, language) if last < len(self._words) else None
        )
        things = before if before is not None and self._is_things(before) else None
        rest = last
        attribute: Noun | None = None
        if things is None and behind is not None and self._is_things(behind):
            things, rest = behind, behind.next
        elif behind is not None:
            attribute, rest = behind.noun, behind.next
            joined = joined_noun(self._text, self._words, rest, language)
            if things is None and joined is not None and self._is_things(joined):
                things, rest = joined, joined.next
        if attribute is None:
            attribute = _attribute_of(self._asked.superlative, self._words[self._first : at])
        if attribute is None:
            return None
        told = self._shelf.is_told(attribute)
        if things is None and not told:
            return None
        kind = _kind(things.noun) if things is not None else None
        return self._aim(kind, attribute, rest, is_sure=things is not None or told)

    def _aim(
        self,
        kind: Noun | None,
        wanted: Noun | None,
        rest: int,
        *,
        is_sure: bool,
        modifiers: Sequence[str] = (),
    ) -> Aim:
        end = self._words[rest].start if rest < len(self._words) else len(self._text)
        found = conditions_in(self._text, self._words[rest:], [(0, end)])
        if modifiers:
            terms = tuple(
                Term(word, meant_by(word)) for word in modifiers if word not in lexicon.LIGHT
            )
            if terms:
                found = (Mention(terms), *found)
        return Aim(
            aggregation=self._asked.aggregation,
            language=self._asked.language,
            scope=self._shelf.scope,
            kind=kind,
            wanted=wanted,
            conditions=found,
            is_sure=is_sure,
            occurrences=self._asked.occurrences,
        )


def _kind(noun: Noun) -> Noun | None:
    return None if noun.any_file else _head_only(noun)


def _head_only(noun: Noun) -> Noun:
    return Noun(noun.head, (noun.head,), noun.head, noun.any_file)


def _attribute_of(superlative: str, words: Sequence[Word]) -> Noun | None:
    """What “the oldest” or “costs the most” is measured by."""
    for word in (*superlative.split(), *(word.key for word in words)):
        for base in (
            word,
            word.removesuffix("est"),
            word.removesuffix("st"),
            word.removesuffix("s"),
        ):
            if base in ASKED_BY:
                return Noun(word, (ASKED_BY[base][0],), ASKED_BY[base][0])
    return None


def _known_only(conditions: Sequence[Condition], shelf: Shelf) -> tuple[Condition, ...]:
    """The conditions without ordinary words that no file has in any form."""
    kept: list[Condition] = []
    for condition in conditions:
        if isinstance(condition, Mention):
            terms = tuple(term for term in condition.terms if _counts(term, shelf))
            if not terms:
                continue
            kept.append(replace(condition, terms=terms))
        elif isinstance(condition, Compared):
            terms = tuple(t for t in condition.attribute if _counts(t, shelf))
            kept.append(replace(condition, attribute=terms))
        else:
            kept.append(condition)
    return tuple(kept) or (tuple(conditions[:1]) if conditions else ())


def _counts(term: Term, shelf: Shelf) -> bool:
    if term.exact or term.text[:1].isupper():
        return True
    return any(shelf.occurs(form) for form in term.forms if not form.startswith("="))
