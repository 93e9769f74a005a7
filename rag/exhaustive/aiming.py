"""Makes of a question that asks for everything what is to be gone through everything for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from rag.exhaustive import lexicon
from rag.exhaustive.aim import Aggregation, Aim, Compared, Condition, Dated, Mention
from rag.exhaustive.asked import Asked, asked
from rag.exhaustive.conditions import conditions_in, term_of
from rag.exhaustive.folding import key_set
from rag.exhaustive.pairs import Pair, pair_in
from rag.exhaustive.phrases import Phrase, is_role, joined_noun, noun_at, words_of
from rag.exhaustive.shelf import Meaning, Shelf
from rag.exhaustive.spaceless import noun_in, words_of_han
from rag.exhaustive.synonyms import ASKED_BY
from rag.exhaustive.terms import Noun, Term
from rag.understand.lexicon.documents import is_document

_NUMERIC = frozenset((Aggregation.SUM, Aggregation.MEAN))
_OLD = regex.compile(r"oldest|alteste?|antigu|ancien")
_NEW = regex.compile(r"newest|latest|recent|last$|neue?st|letzt|spatest")
_EARLY = regex.compile(r"earliest|first|fruhest|erst|temprano")
_EVERY = key_set("all every each alle aller jede jeder jedes tous toutes chaque todos todas cada")
_CHOICE = regex.compile(r",\s+\p{Lu}[^,?]*\s(?:or|oder|ou|o)\s+\p{Lu}")  # “…, Rome or Paris?”
_DATE, _AGE = Noun("date", ("date",), "date"), Noun("age", ("age",), "age")


def aim_of(question: str, shelf: Shelf) -> Aim | None:
    """What `question` wants of everything on the shelf; None where it asks for no such thing."""
    if shelf.documents and (pair := _known_pair(question, shelf)) is not None:
        return Aim(Aggregation.COMPARE, pair.language, shelf.scope, None, None, pair=pair)
    opening = asked(question)
    if opening is None or not shelf.documents or _CHOICE.search(question):
        return None
    reader = _Reader(question, opening, shelf)
    aim = reader.extreme() if opening.superlative else reader.listed()
    if aim is None:
        return None
    return replace(aim, conditions=_known_only(aim.conditions, shelf))


def _known_pair(question: str, shelf: Shelf) -> Pair | None:
    """What `question` compares, where the library has the words for it."""
    pair = pair_in(question)
    if pair is None or not all(_counts(term, shelf) for term in pair.what):
        return None
    return pair if all(shelf.occurs(name) for name in pair.names) else None


class _Reader:
    """A question on its way to an aim."""

    def __init__(self, question: str, opening: Asked, shelf: Shelf) -> None:
        self._text = question
        self._asked = opening
        self._shelf = shelf
        is_spaceless = opening.language == "zh"
        self._words = words_of_han(question) if is_spaceless else words_of(question)
        self._first = next(
            (n for n, w in enumerate(self._words) if is_spaceless or w.start >= opening.noun_at),
            len(self._words),
        )

    # ------------------------------------------------------------ lists, counts, sums

    def listed(self) -> Aim | None:
        """The aim of a question that lists, counts or adds up."""
        if self._asked.occurrences:
            return self._aim(None, None, self._first, is_sure=True)
        phrase = self._noun_at(self._first)
        if phrase is None:
            return self._added_up() if self._asked.aggregation in _NUMERIC else None
        if self._asked.aggregation in _NUMERIC or self._asked.aggregation is Aggregation.COMPARE:
            return self._numbers(phrase)
        match self._shelf.meaning(phrase.noun):
            case Meaning.THINGS:
                return self._things(phrase)
            case Meaning.TOLD:
                return self._values(phrase)
            case Meaning.UNKNOWN:
                return self._others(phrase)

    def _things(self, phrase: Phrase) -> Aim | None:
        """Files, or rows of tables, are what is asked for."""
        if self._asked.plural_only and not phrase.is_plural and not self._asks_where(phrase):
            return None  # "what report tells …": one of them, which passages find
        aim = self._aim(
            _kind(phrase.noun), None, phrase.next, is_sure=True, modifiers=_modifiers(phrase.noun)
        )
        if self._asked.aggregation is not Aggregation.COUNT or phrase.noun.any_file:
            return aim
        terms = [t for one in aim.conditions if isinstance(one, Mention) for t in one.terms]
        told = self._shelf.tells_number(phrase.noun, self._text, terms)
        return replace(aim, is_sure=not told)

    def _asks_where(self, phrase: Phrase) -> bool:
        """Whether a single thing is asked for by what is in it: “which file mentions …”."""
        if self._words[0].key == "what":
            return False
        if not phrase.noun.any_file:
            return is_document(phrase.noun.head)
        return any(word.key in lexicon.AS_WORDS for word in self._words[phrase.next :])

    def _values(self, phrase: Phrase) -> Aim | None:
        """What files tell is asked for."""
        joined = self._joined(phrase.next)
        if not (phrase.is_plural or self._asked.explicit):
            return None
        if self._asked.merely_named and joined is None and not is_role(phrase.noun):
            return None
        known = self._shelf.known(phrase.noun)
        kind, rest = (joined.noun, joined.next) if joined is not None else (None, phrase.next)
        counts = self._asked.aggregation is Aggregation.COUNT
        return self._aim(
            None if kind is None else _kind(kind),
            phrase.noun,
            rest,
            is_sure=not counts or 2 * known.counted <= known.labelled,
        )

    def _others(self, phrase: Phrase) -> Aim | None:
        """What the library calls otherwise: told apart by what must be true of it."""
        if not phrase.is_plural and not self._asked.explicit:
            return None
        aim = self._aim(None, None, phrase.next, is_sure=False)
        if any(self._is_measured(condition) for condition in aim.conditions):
            return replace(aim, is_sure=True)
        if not self._asked.explicit:
            return None
        known = self._shelf.known(phrase.noun)
        if known.labelled or known.told:
            return replace(aim, wanted=phrase.noun)
        word = Mention((term_of(phrase.noun.text, phrase.noun.head),))
        return replace(aim, conditions=(word, *aim.conditions))

    def _is_measured(self, condition: Condition) -> bool:
        """Whether many files tell in a field what a number is asked of."""
        if not isinstance(condition, Compared):
            return False
        return any(
            self._shelf.is_told(Noun(form, tuple(form.split()), form.split()[-1]))
            for term in condition.attribute
            for form in term.forms[:3]
        )

    def _numbers(self, phrase: Phrase) -> Aim | None:
        """The aim of a sum, a mean or a comparison: “the total rent of all leases”."""
        joined = self._joined(phrase.next)
        if joined is not None:
            every = joined.is_plural or not _EVERY.isdisjoint(word.key for word in self._words)
            if not every:
                return None  # of one of them, which passages find
            return self._aim(_kind(joined.noun), phrase.noun, joined.next, is_sure=True)
        whose = joined_noun(self._text, self._words, phrase.next, self._asked.language)
        if whose is not None and self._is_known(whose.noun) and self._is_known(phrase.noun):
            aim = self._aim(None, phrase.noun, whose.next, is_sure=whose.is_plural)
            return replace(aim, named_by=whose.noun)
        match self._shelf.meaning(phrase.noun):
            case Meaning.THINGS if phrase.is_plural:
                modifiers = _modifiers(phrase.noun)
                kind = _kind(phrase.noun)
                return self._aim(kind, None, phrase.next, is_sure=True, modifiers=modifiers)
            case Meaning.TOLD:
                sure = phrase.is_plural or "all" in self._text.casefold().split()
                return self._aim(None, phrase.noun, phrase.next, is_sure=sure)
            case _:
                return self._added_up()

    def _added_up(self) -> Aim | None:
        """The aim of “how much did we invoice them in total”: the verb names the things."""
        for at in range(self._first, len(self._words)):
            noun = Noun(self._words[at].text, (self._words[at].key,), self._words[at].key)
            is_noun = not self._words[at].is_capital and noun.head not in lexicon.closed_words()
            if is_noun and not noun.any_file and self._is_thing(noun):
                return self._aim(_kind(noun), None, at + 1, is_sure=True)
        return None

    # ------------------------------------------------------------ the highest and the lowest

    def extreme(self) -> Aim | None:
        """The aim of “which contract has the highest deposit”."""
        parts = self._asked.superlative.split()
        at = next((n for n, word in enumerate(self._words) if word.key == parts[0]), None)
        if at is None:
            return None
        before = self._noun_at(self._first, until=at)
        rest = at + len(parts)
        behind = self._noun_at(rest)
        owner = before.noun if before is not None and self._is_known(before.noun) else None
        attribute: Noun | None = None
        guessed = False
        if behind is not None and owner is None and self._is_owner(behind.noun):
            owner, rest = behind.noun, behind.next
        elif behind is not None and self._is_measured_by_itself(behind.noun, at):
            rest = behind.next  # "which report has the oldest pilot"
        elif behind is not None:
            attribute, rest = behind.noun, behind.next
            joined = self._joined(rest)
            if joined is not None:
                owner, rest = owner or joined.noun, joined.next
        aggregation = self._asked.aggregation
        if attribute is None:
            attribute, aggregation = self._measure(behind.noun if behind else owner, at)
            guessed = True
        told = attribute is not None and self._shelf.is_told(attribute)
        if not told and (owner is None or (attribute is None and not self._is_thing(owner))):
            return None
        named = owner is not None and self._shelf.meaning(owner) is Meaning.TOLD
        kind = None if owner is None or named else _kind(owner)
        aim = self._aim(kind, attribute, rest, is_sure=True)
        return replace(
            aim,
            aggregation=aggregation,
            named_by=owner if named else None,
            measure_is_guessed=guessed,
        )

    def _measure(self, owner: Noun | None, at: int) -> tuple[Noun | None, Aggregation]:
        """What “the oldest” or “costs the most” is measured by, and which end is meant."""
        word = self._asked.superlative
        by_age = owner is not None and is_role(owner) and self._shelf.is_told(_AGE)
        if _OLD.search(word):
            return (_AGE, Aggregation.HIGHEST) if by_age else (_DATE, Aggregation.LOWEST)
        if _NEW.search(word):
            return _DATE, Aggregation.HIGHEST
        if _EARLY.search(word):
            return _DATE, Aggregation.LOWEST
        choices: list[Noun] = []
        for typed in (*word.split(), *(one.key for one in self._words[self._first : at])):
            for base in (typed, typed.removesuffix("est"), typed.removesuffix("st"),
                         typed.removesuffix("s"), typed[:-4] + "y"):  # fmt: skip
                choices += [Noun(name, (name,), name) for name in ASKED_BY.get(base, ())]
        told = next((noun for noun in choices if self._shelf.is_told(noun)), None)
        return told, self._asked.aggregation  # without one: what each of the things comes to

    def _is_measured_by_itself(self, noun: Noun, at: int) -> bool:
        """Whether a superlative says what people are measured by: “the oldest pilot”, by age."""
        if not is_role(noun) or self._asked.by_most:
            return False
        measure, _ = self._measure(noun, at)
        return measure is not None and measure.head != "date"

    # ------------------------------------------------------------ nouns

    def _kind_among(
        self, conditions: tuple[Condition, ...]
    ) -> tuple[Noun | None, tuple[Condition, ...]]:
        """The kind of files that the conditions name, and the others: “drivers in an accident”."""
        for condition in conditions:
            if not isinstance(condition, Mention) or condition.negated:
                continue
            for term in condition.terms[:1] if len(condition.terms) == 1 else ():
                noun = Noun(term.text, term.forms[:1], term.forms[0])
                if not term.exact and self._is_thing(noun):
                    return noun, tuple(one for one in conditions if one is not condition)
        return None, conditions

    def _noun_at(self, first: int, until: int | None = None) -> Phrase | None:
        """The noun at a word; of “tenant pays” the part of it that the library knows."""
        words = self._words[:until]
        if first >= len(words):
            return None
        if self._asked.language == "zh":
            return noun_in(words)
        phrase = noun_at(self._text, words, first, self._asked.language)
        if phrase is None or self._asked.language != "en":
            return phrase
        count = len(phrase.noun.words)
        while count > 1 and self._shelf.meaning(phrase.noun) is Meaning.UNKNOWN:
            count -= 1
            shorter = noun_at(self._text, words[: phrase.next - 1], first, self._asked.language)
            if shorter is None:
                break
            if self._shelf.meaning(shorter.noun) is not Meaning.UNKNOWN:
                return shorter
            phrase = shorter
        return noun_at(self._text, words, first, self._asked.language)

    def _joined(self, at: int) -> Phrase | None:
        """The things that an “of all leases” joins on."""
        joined = joined_noun(self._text, self._words, at, self._asked.language)
        return joined if joined is not None and self._is_thing(joined.noun) else None

    def _is_owner(self, noun: Noun) -> bool:
        """Whether a superlative before `noun` is told of it, not its measure: the oldest pilot."""
        by_itself = _OLD, _NEW, _EARLY
        word = self._asked.superlative
        named = is_role(noun) and (self._shelf.is_told(noun) or self._shelf.is_told(_AGE))
        return self._is_thing(noun) or (named and any(one.search(word) for one in by_itself))

    def _is_thing(self, noun: Noun) -> bool:
        return self._shelf.meaning(noun) is Meaning.THINGS

    def _is_known(self, noun: Noun) -> bool:
        return self._shelf.meaning(noun) is not Meaning.UNKNOWN

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
        words, taken = self._words[rest:], (0, end)
        if self._asked.language == "zh" and rest:  # what must be true stands on either side
            noun = self._words[rest - 1]
            words, taken = [*self._words[: rest - 1], *words], (noun.start, noun.end)
        found = tuple(map(self._dated_itself, conditions_in(self._text, words, [taken])))
        terms = tuple(term_of(word, word) for word in modifiers)
        if kind is None and wanted is not None:
            kind, found = self._kind_among(found)
        return Aim(
            aggregation=self._asked.aggregation,
            language=self._asked.language,
            scope=self._shelf.scope,
            kind=kind,
            wanted=wanted,
            conditions=(Mention(terms), *found) if terms else found,
            is_sure=is_sure,
            occurrences=self._asked.occurrences,
        )

    def _dated_itself(self, condition: Condition) -> Condition:
        """`condition`, where it is a date, with whether it is that of the things themselves."""
        if not isinstance(condition, Dated) or not condition.attribute:
            return condition
        heads = [term.forms[0] for term in condition.attribute]
        are_things = all(self._is_thing(Noun(head, (head,), head)) for head in heads)
        return replace(condition, of_itself=are_things)


def _kind(noun: Noun) -> Noun | None:
    """What files must be; None for any file."""
    return None if noun.any_file else Noun(noun.head, (noun.head,), noun.head)


def _modifiers(noun: Noun) -> list[str]:
    """The words of a noun that say which of its things: “unpaid” of unpaid invoices."""
    empty = lexicon.LIGHT | lexicon.EMPTY_NOUNS
    return [word for word in noun.words if word != noun.head and word not in empty]


def _known_only(conditions: Sequence[Condition], shelf: Shelf) -> tuple[Condition, ...]:
    """The conditions without ordinary words that no file has in any form."""
    kept: list[Condition] = []
    for condition in conditions:
        if isinstance(condition, Mention):
            terms = tuple(term for term in condition.terms if _counts(term, shelf))
            if terms:
                kept.append(replace(condition, terms=terms))
        else:
            terms = tuple(term for term in condition.attribute if _counts(term, shelf))
            kept.append(replace(condition, attribute=terms))
    lost = [one for one in conditions if isinstance(one, Mention)]
    return tuple(kept) or tuple(lost[:1])


def _counts(term: Term, shelf: Shelf) -> bool:
    """Whether a term is a name, or a word that the library has."""
    if term.exact or term.text[:1].isupper():
        return True
    forms = (*term.forms, *term.denied)
    return any(shelf.occurs(form) for form in forms if not form.startswith("="))
