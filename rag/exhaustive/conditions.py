"""Reads from a question what must be true of the things that it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import regex

from rag.cite.facts import analyse
from rag.cite.items import Item
from rag.exhaustive import lexicon
from rag.exhaustive.aim import Compared, Condition, Dated, Mention
from rag.exhaustive.days import days_of
from rag.exhaustive.folding import fold
from rag.exhaustive.phrases import Word
from rag.exhaustive.places import place_forms
from rag.exhaustive.synonyms import ASKED_BY, meant_by
from rag.exhaustive.terms import Term

_QUOTED = regex.compile(r"[\"“„«‚‘](?P<words>[^\"“”„«»‚‘’]{2,80})[\"”“»’‘]")
_UN = regex.compile(r"(?:un|non-?)(\w{2,}(?:ed|id|en|t|te[nrs]?))")  # unsigned: not signed
# What says that everything is meant, and where to look: no condition.
_SAID_BESIDES = regex.compile(
    r"\b(?:in total|in all|in sum|all in all|all together|on average|(?:in|across|from|of|among)"
    r" (?:all )?(?:of )?(?:my|the|our|these|all) (?:files?|documents?|library|folders?|collection"
    r"|archive|records)|im durchschnitt|im schnitt|in summe|in (?:allen|den|meinen|unseren) "
    r"(?:dateien|dokumenten|unterlagen)|au total|en tout|en moyenne|dans (?:tous )?(?:les|mes|nos)"
    r" (?:fichiers|documents)|en total|de media|en promedio|en (?:todos )?(?:los|mis|nuestros)"
    r" (?:archivos|documentos|ficheros))\b"
)
_ANY = float("inf")
_DATES = frozenset(meant_by("date"))  # what an "older than 60" is not measured by
_FIRST_DAY, _LAST_DAY = date(1, 1, 1), date(9999, 12, 31)


def _words_before(listing: str) -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:(?<![\p{{L}}\p{{N}}])|(?<=\p{{Han}}))(?:{listing})"
        r"\s*(?:the |den |dem |der |le |el )?[$€£]?\s*$"
    )


def _words_behind(listing: str) -> regex.Pattern[str]:
    return regex.compile(rf"\s*(?:{listing})(?![\p{{L}}\p{{N}}])")


_MORE, _LESS = _words_before(lexicon.MORE), _words_before(lexicon.LESS)
_AT_LEAST, _AT_MOST = _words_before(lexicon.AT_LEAST), _words_before(lexicon.AT_MOST)
_EXACTLY, _BETWEEN = _words_before(lexicon.EXACTLY), _words_before(lexicon.BETWEEN)
_OR_MORE, _OR_LESS = _words_behind(lexicon.OR_MORE), _words_behind(lexicon.OR_LESS)
_BEFORE, _AFTER = _words_before(lexicon.BEFORE), _words_before(lexicon.AFTER)
_SINCE, _UNTIL = _words_before(lexicon.SINCE), _words_before(lexicon.UNTIL)
_IN_TIME = _words_before(
    "in|of|on|dated|from|during|im|am|vom|von|aus|en|du|de|del|le|el|au|aus dem jahr|in the year"
    "|im jahr"
)
_TO = regex.compile(r"\s*(?:and|to|und|bis|et|a|à|y|-|–|until|through|至|到)\s*[$€£]?\s*")


class _Parser:
    """One question's conditions; words that were understood are taken away from the rest."""

    def __init__(self, text: str, words: Sequence[Word], *, as_word: bool) -> None:
        self._text = text
        self._folded = fold(text)
        self._words = words
        self._taken: list[tuple[int, int]] = []
        self._as_word = as_word
        self.found: list[Condition] = []

    def take(self, start: int, end: int) -> None:
        self._taken.append((start, end))

    def is_free(self, word: Word) -> bool:
        return all(word.end <= start or end <= word.start for start, end in self._taken)

    # -------------------------------------------------------- quotations and numbers

    def quotations(self) -> None:
        for found in _QUOTED.finditer(self._text):
            if not self._is_free_span(found.start(), found.end()):
                continue
            words = " ".join(fold(found["words"]).split())
            term = Term(found["words"], (words,), exact=True)
            negated = self._negated_before(found.start())
            self.found.append(Mention((term,), negated, as_word=True))
            self.take(found.start(), found.end())

    def quantities(self) -> None:
        items = [item for item in analyse(self._text) if item.quantity is not None]
        index = 0
        while index < len(items):
            item, following = items[index], items[index + 1] if index + 1 < len(items) else None
            index += 1
            if not self._is_free_span(item.start, item.end):
                continue
            index += self._quantity(item, following)

    def _quantity(self, item: Item, following: Item | None) -> int:
        """Understand a number or a date; how many more of the items behind it were used."""
        quantity = item.quantity
        assert quantity is not None
        before, behind = self._folded[: item.start], self._folded[item.end :]
        joined = following is not None and _TO.fullmatch(self._folded, item.end, following.start)
        if quantity.is_date and not quantity.unit:
            return self._date(item, following if joined else None)
        if quantity.ordinal:
            return 0
        other = following.quantity if joined and following is not None else None
        value = quantity.values[0]
        unit = quantity.unit or (other.unit if other is not None else "")
        if other is not None and following is not None and (lead := _BETWEEN.search(before)):
            low, high = sorted((value, other.values[0]))
            compared = Compared((), low, high, True, True, unit)
            self._compared(compared, lead.start(), following.end)
            return 1
        for pattern, made in (
            (_AT_LEAST, Compared((), value, _ANY, True, True, unit)),
            (_AT_MOST, Compared((), -_ANY, value, True, True, unit)),
            (_MORE, Compared((), value, _ANY, False, True, unit)),
            (_LESS, Compared((), -_ANY, value, True, False, unit)),
        ):
            if lead := pattern.search(before):
                self._compared(made, lead.start(), item.end)
                return 0
        exact = Compared((), value, value, True, True, unit)
        if more := _OR_MORE.match(behind):
            made = replace(exact, high=_ANY)
            self._compared(made, item.start, item.end + more.end())
        elif less := _OR_LESS.match(behind):
            self._compared(replace(exact, low=-_ANY), item.start, item.end + less.end())
        elif quantity.unit and not quantity.weak:
            lead = _EXACTLY.search(before)
            self._compared(exact, lead.start() if lead else item.start, item.end)
        elif (
            (lead := _EXACTLY.search(before))
            and not quantity.weak
            and _attribute_before(self._free_before(lead.start()))
        ):
            self._compared(exact, lead.start(), item.end)
        return 0

    def _compared(self, made: Compared, start: int, end: int) -> None:
        attribute = _attribute_before(self._free_before(start))
        if not attribute:
            attribute = _attribute_behind(self._free_behind(end))
        comparing = self._comparing_word(start, end)
        for word in attribute:
            self.take(word.start, word.end)
        telling = [word for word in attribute if word.key not in lexicon.PEOPLE]
        terms = tuple(_attribute_term(word) for word in telling or attribute)
        if comparing and not (terms and not _is_vague(attribute)):
            asked = [form for name in ASKED_BY[comparing] for form in meant_by(name)]
            terms = (Term(comparing, tuple(form for form in asked if form not in _DATES)),)
        self.take(start, end)
        negated = self._negated_before(min([start, *(word.start for word in attribute)]))
        self.found.append(replace(made, attribute=terms, negated=negated))

    def _comparing_word(self, start: int, end: int) -> str:
        """What an "older than" compares, as the word that names it, if it names anything."""
        for word in self._words:
            if start <= word.start < end:
                for base in (word.key, *_positives(word.key)):
                    if base in ASKED_BY:
                        return base
        return ""

    # -------------------------------------------------------- dates

    def _date(self, item: Item, following: Item | None) -> int:
        assert item.quantity is not None
        joined = following.quantity if following is not None else None
        year = item.quantity.year or (joined.year if joined is not None else 0)
        first, last = days_of(replace(item.quantity, year=year))
        before = self._folded[: item.start]
        used, end, start = 0, item.end, item.start
        if (
            following is not None
            and joined is not None
            and joined.is_date
            and (lead := _BETWEEN.search(before) or _SINCE.search(before))
        ):
            last = days_of(joined)[1]
            start, end, used = lead.start(), following.end, 1
        elif lead := _BEFORE.search(before):
            first, last, start = _FIRST_DAY, date.fromordinal(first.toordinal() - 1), lead.start()
        elif lead := _AFTER.search(before):
            first, last, start = date.fromordinal(last.toordinal() + 1), _LAST_DAY, lead.start()
        elif (lead := _SINCE.search(before)) and lead[0].split()[0] != "from":
            last, start = _LAST_DAY, lead.start()
        elif lead := _UNTIL.search(before):
            first, start = _FIRST_DAY, lead.start()
        elif lead := _IN_TIME.search(before):
            start = lead.start()
        attribute = _verb_before(self._free_before(start))
        for word in attribute:
            self.take(word.start, word.end)
        self.take(start, end)
        terms = tuple(_attribute_term(word) for word in attribute)
        negated = self._negated_before(min([start, *(word.start for word in attribute)]))
        self.found.append(Dated(terms, first, last, negated))
        return used

    # -------------------------------------------------------- what is left

    def mentions(self) -> None:
        """The words that are left, those that stand together as one statement."""
        groups: list[list[Word]] = [[]]
        joins: list[str] = [""]
        negated: list[bool] = [False]
        for word in self._words:
            if word.key in lexicon.AND or word.key in lexicon.OR:
                if word.key in ("a", "o"):
                    continue
                groups.append([])
                joins.append("or" if word.key in lexicon.OR else "and")
                negated.append(negated[-1] and word.key in lexicon.OR)
            elif word.key in lexicon.NEGATIONS:
                if self.is_free(word):
                    negated[-1] = True
            elif self.is_free(word) and not self._is_empty(word):
                groups[-1].append(word)
        self._add_groups(groups, joins, negated)

    def _add_groups(self, groups: list[list[Word]], joins: list[str], negated: list[bool]) -> None:
        made: list[Mention] = []
        for group, join, denies in zip(groups, joins, negated, strict=True):
            terms = self._terms(group)
            if not terms:
                continue
            mention = Mention(terms, denies, self._as_word)
            if join == "or" and made:
                made[-1] = replace(made[-1], alternatives=(*made[-1].alternatives, terms))
            else:
                made.append(mention)
        self.found += made

    def _terms(self, group: Sequence[Word]) -> tuple[Term, ...]:
        """The words of a statement; capitalised ones in a row are one name."""
        runs: list[list[Word]] = []
        for word in group:
            previous = runs[-1][-1] if runs else None
            gap = self._text[previous.end : word.start] if previous else ""
            if previous and previous.is_capital and word.is_capital and not gap.strip(" .-"):
                runs[-1].append(word)
            else:
                runs.append([word])
        return tuple(self._term(run) for run in runs)

    def _term(self, run: Sequence[Word]) -> Term:
        text = self._text[run[0].start : run[-1].end]
        phrase = " ".join(word.key for word in run)
        before = self._folded[: run[0].start].split()
        place = place_forms(text)
        is_place = bool(before) and before[-1] in lexicon.PLACE_LEADS and run[0].is_capital
        if place:
            return Term(text, (phrase, *place), exact=True, is_place=is_place)
        if len(run) > 1 or any(char.isdigit() for char in text):
            return Term(text, (phrase,), exact=True, is_place=is_place)
        if self._as_word:
            return Term(text, (phrase,), is_place=is_place)
        return replace(term_of(text, phrase), is_place=is_place)

    # -------------------------------------------------------- looking around

    def _is_empty(self, word: Word) -> bool:
        if word.is_capital and word.start > 0 and len(word.text) > 1:
            return word.key in lexicon.LIGHT and not word.text.isupper()
        return word.key in lexicon.closed_words()

    def _is_free_span(self, start: int, end: int) -> bool:
        return all(end <= first or last <= start for first, last in self._taken)

    def _free_before(self, at: int) -> list[Word]:
        """The words right before `at`, the last one last, up to the next that was understood."""
        found = [word for word in self._words if word.end <= at]
        kept: list[Word] = []
        for word in reversed(found):
            if not self.is_free(word) or word.key in lexicon.AND or word.key in lexicon.OR:
                break
            if "," in self._text[word.end : (kept[-1].start if kept else at)]:
                break
            kept.append(word)
        return kept[::-1]

    def _free_behind(self, at: int) -> list[Word]:
        kept: list[Word] = []
        for word in self._words:
            if word.start < at:
                continue
            if not self.is_free(word) or word.key in lexicon.AND or word.key in lexicon.OR:
                break
            kept.append(word)
        return kept

    def _negated_before(self, at: int) -> bool:
        return any(word.key in lexicon.NEGATIONS for word in self._free_before(at)[-5:])


def term_of(text: str, phrase: str) -> Term:
    """An ordinary word or phrase, in all that means the same; `phrase` is folded."""
    forms = meant_by(phrase)
    denied = [form.removeprefix("not ") for form in forms if form.startswith("not ")]
    if (found := _UN.fullmatch(phrase)) is not None:
        denied.append(found[1])
    if phrase.endswith("ly") and len(phrase) > 5:
        forms = (*forms, phrase[:-2], phrase.removesuffix("ally"))
    plain = tuple(form for form in forms if not form.startswith("not "))
    return Term(text, plain, loose=True, denied=tuple(dict.fromkeys(denied)))


def conditions_in(
    text: str, words: Sequence[Word], taken: Sequence[tuple[int, int]]
) -> tuple[Condition, ...]:
    """What `text` demands, in the words that are not in the spans `taken`."""
    as_word = any(word.key in lexicon.AS_WORDS for word in words) or "提" in text
    parser = _Parser(text, words, as_word=as_word)
    for start, end in taken:
        parser.take(start, end)
    for found in _SAID_BESIDES.finditer(fold(text)):
        parser.take(*found.span())
    parser.quotations()
    parser.quantities()
    parser.mentions()
    return tuple(parser.found)


def _attribute_before(words: Sequence[Word]) -> list[Word]:
    """The words that name what a number is told of, right before it: "have a deposit above"."""
    kept: list[Word] = []
    for word in reversed(words):
        empty = word.key in lexicon.closed_words() and word.key not in ASKED_BY
        if empty and kept:
            break
        if not empty:
            kept.append(word)
        if len(kept) == 3:
            break
    return kept[::-1]


def _attribute_behind(words: Sequence[Word]) -> list[Word]:
    """The same behind it: "more than 3 employees", "more than 900 € of rent"."""
    kept: list[Word] = []
    for word in words:
        if word.key in ("of", "de", "in", "a", "per", "pro", "par", "por", "an", "le", "la", "als"):
            if kept:
                break
            continue
        if word.key in lexicon.closed_words() or len(kept) == 2:
            break
        kept.append(word)
    return kept


def _verb_before(words: Sequence[Word]) -> list[Word]:
    """What happened on a date, right before it: "signed in 2021", "that expire before 2025"."""
    if words and words[-1].key not in lexicon.closed_words() and not words[-1].is_capital:
        return [words[-1]]
    return []


def _attribute_term(word: Word) -> Term:
    if word.key in ASKED_BY:
        more = [form for asked in ASKED_BY[word.key] for form in meant_by(asked)]
        forms = [form for form in (*meant_by(word.key), *more) if form not in _DATES]
        return Term(word.text, tuple(dict.fromkeys(forms)))
    return term_of(word.text, word.key)


def _is_vague(attribute: Sequence[Word]) -> bool:
    return all(word.key in ASKED_BY for word in attribute)


def _positives(word: str) -> tuple[str, ...]:
    """What a comparative may be the comparative of: older → old, larger → large."""
    if not word.endswith("er"):
        return ()
    base = word[:-2]
    found = [base, base + "e", base[:-1] + "y"]
    if len(base) > 2 and base[-1] == base[-2]:
        found.append(base[:-1])
    return tuple(found)
