"""Judges one sentence before all of the evidence: which clauses which windows bear out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import regex

from rag.cite.agreement import agrees
from rag.cite.alignment import Alignment
from rag.cite.amounts import stated_at
from rag.cite.attribution import NOT_FOUND, Attribution, Span
from rag.cite.chance import MANY_SENTENCES, is_chance
from rag.cite.items import Item
from rag.cite.lexicon import FRAME_WORDS
from rag.cite.library import Library, Window
from rag.cite.prepared import Prepared
from rag.cite.refusals import SECOND_SENTENCE_GAIN, Refusals
from rag.cite.spans import tightened
from rag.cite.words import Kind
from rag.protocols import FloatMatrix
from rag.records import Support

# A clause is borne out when this share of its words, by weight, is found; a sentence, this.
_CLAUSE_SHARE = 0.55
_CLAUSE_SHARE_BESIDE_OTHERS = 0.48  # where one window bears out the whole sentence
_SENTENCE_SHARE = 0.62
_SHORT_SHARE, _FEW_WORDS = 0.7, 3  # for a sentence of so few words
# A clause needs this many content words to be cited by itself.
_CLAUSE_WORDS = 3
_LONE_WORDS = 5
_LEAST_ALONE, _LEAST_ITEMS_ALONE = 2, 4  # unless it stands elsewhere than its neighbours
_LONE_SHARE = 0.9
# Several windows are taken in place of one only where it falls short and they carry so much more.
_SURE_SHARE = 0.9
_SPREAD_GAIN = 0.08
_CLAUSE_GAIN = 0.15  # … or so much more of one clause
_LEAST_PART = 0.25
_TRIED_WINDOWS = 4
# A window speaks of a clause when it has this share of its words, numbers and names aside.
_SPOKEN_OF = 0.5
_UNTOLD_WORDS = 4  # so many in a row that nothing bears out are a statement of their own
_CLAUSE_BORDER = regex.compile(
    r"[,;:，；：、،؛](?!\d)|\s[–—-]\s|—|[()（）]|\s(?=(?:compared|due|thanks)\s(?:to|with)\s)|\s(?=(?:and|but|while|whereas|which|who|because|although|though|"
    r"und|aber|während|weil|obwohl|sondern|et|mais|qui|y|pero|mientras|e|ma|mas|maar|terwijl|и|но|а)\s)"
)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A part of a sentence that a window bears out, and how well."""

    clause: int
    window: int
    alignment: Alignment
    share: float


class Judgement:
    """One sentence before all of the evidence."""

    def __init__(
        self,
        sentence: Prepared,
        library: Library,
    ) -> None:
        self.sentence = sentence
        self.library = library
        self.weights = np.array([library.weight(item) for item in sentence.items], dtype=np.float32)
        self.found = [
            library.find_quantity(stated_at(item.quantity, library))
            if item.quantity is not None
            else library.find_places(item)
            for item in sentence.items
        ]
        self._weighted = self._weighted_finds()  # (items, windows)
        self.clauses = self._clauses()
        self.shares = self._shares(self.clauses)  # (clauses, windows)
        self._common = (self._weighted > 0.0).mean(axis=1)  # the share of windows with each item
        self._alignments: dict[int, Alignment] = {}

    def attribution(self) -> Attribution:
        """What the sentence is cited to."""
        if not self.weights.size or not self.clauses:
            return NOT_FOUND
        verdicts = self._in_one_window()
        if not verdicts or min(v.share for v in verdicts) < _SURE_SHARE:
            several = self._in_several()
            if self._is_better(several, verdicts):
                verdicts = several
        carried = {verdict.clause for verdict in verdicts}
        if not carried:
            return NOT_FOUND
        score = self._carried(verdicts)
        masses = [float(self.weights[a:b].sum()) for a, b in self.clauses]
        whole = len(carried) == len(self.clauses)
        if not whole and self._contradicted(verdicts):
            return NOT_FOUND
        part = sum(masses[clause] for clause in carried) / sum(masses)
        if not whole and part < _LEAST_PART:
            return NOT_FOUND
        spans = self._spans(verdicts)
        whole = whole and not self._leaves_out(verdicts)
        support = Support.SUPPORTED if whole else Support.PARTLY
        return Attribution(support, min(1.0, round(score, 4)), spans)

    def _is_better(self, several: Sequence[_Verdict], one: Sequence[_Verdict]) -> bool:
        """Whether several windows carry clearly more than one window does."""
        if len(several) < len(self.clauses) or not one:
            return self._carried(several) > self._carried(one) + _SPREAD_GAIN
        gains = [a.share - b.share for a, b in zip(several, one, strict=True)]
        return max(gains) > _CLAUSE_GAIN

    def _carried(self, verdicts: Sequence[_Verdict]) -> float:
        """The share of the whole sentence's words, by weight, that the verdicts account for."""
        masses = [float(self.weights[slice(*self.clauses[v.clause])].sum()) for v in verdicts]
        carried = sum(m * v.share for m, v in zip(masses, verdicts, strict=True))
        return carried / max(1e-6, float(self.weights.sum()))

    def _leaves_out(self, verdicts: Sequence[_Verdict]) -> bool:
        """Whether so many words in a row stand nowhere in the windows that they say more."""
        run = 0
        for verdict in verdicts:
            for index in range(*self.clauses[verdict.clause]):
                item = self.sentence.items[index]
                is_word = item.is_content and item.token.kind is not Kind.GRAM
                if not is_word or item.token.word in FRAME_WORDS:
                    continue
                run = 0 if verdict.alignment.places[index] else run + 1
                if run >= _UNTOLD_WORDS:
                    return True
        return False

    def _contradicted(self, verdicts: Sequence[_Verdict]) -> bool:
        """Whether a window that speaks of what is not carried says something else of it."""
        carried = {verdict.clause for verdict in verdicts}
        used = {window for verdict in verdicts for window in self._around(verdict.window)}
        total = self._weighted.sum(axis=0) / max(1e-6, float(self.weights.sum()))
        for clause in range(len(self.clauses)):
            if clause in carried:
                continue
            soft = self._soft_shares(clause)
            tried = {*self._ranked(soft), *self._ranked(self.shares[clause]), *used}
            for window in tried:
                speaks_of_it = soft[window] >= _SPOKEN_OF or (
                    window in used and total[window] >= _SPOKEN_OF
                )
                if speaks_of_it and not agrees(self._alignment(window), *self.clauses[clause]):
                    return True
        return False

    def _around(self, window: int) -> list[int]:
        """The windows that hold a window's first sentence."""
        return self.library.windows_with[self.library.windows[window].sentences[0]]

    def _soft_shares(self, clause: int) -> FloatMatrix:
        """The share of a clause's words in each window, its hard facts left aside."""
        first, last = self.clauses[clause]
        held = np.zeros(len(self.library.windows), dtype=np.float32)
        soft = [i for i in range(first, last) if not _is_hard(self.sentence.items[i])]
        mass = sum(float(self.weights[i]) for i in soft)
        if _size(self.sentence, first, last) >= _CLAUSE_WORDS and mass:
            for index in soft:
                held += self._weighted[index] / mass
        return held

    # ------------------------------------------------------------ shares

    def _weighted_finds(self) -> FloatMatrix:
        """For each item and window the item's weight as far as the window holds it."""
        found = np.zeros((len(self.found), len(self.library.sentences)), dtype=np.float32)
        for index, every in enumerate(self.found):
            for places in every:
                told = places.sentences
                found[index, told] = np.maximum(found[index, told], places.alike)
        firsts, lasts = self.library.ends_of_windows
        return np.maximum(found[:, firsts], found[:, lasts]) * self.weights[:, None]

    def _shares(self, clauses: Sequence[tuple[int, int]]) -> FloatMatrix:
        """The share of each clause's words, by weight, that each window holds."""
        shares = np.zeros((len(clauses), self._weighted.shape[1]), dtype=np.float32)
        for row, (a, b) in enumerate(clauses):
            shares[row] = self._weighted[a:b].sum(axis=0) / max(
                1e-6, float(self.weights[a:b].sum())
            )
        return shares

    def _clauses(self) -> list[tuple[int, int]]:
        """The sentence's clauses; one that says too little joins the neighbour it is found with."""
        clauses = clauses_of(self.sentence)
        shares = self._shares(clauses)
        while len(clauses) > 1:
            sizes = [
                _CLAUSE_WORDS
                if self._stands_alone(clauses, shares, i)
                else _size(self.sentence, *c)
                for i, c in enumerate(clauses)
            ]
            small = min(range(len(clauses)), key=lambda i: sizes[i])
            if sizes[small] >= _CLAUSE_WORDS:
                break
            before = self._affinity(shares, small, small - 1) if small else -1.0
            after = self._affinity(shares, small, small + 1) if small + 1 < len(clauses) else -1.0
            first = small - 1 if before >= after else small
            clauses[first : first + 2] = [(clauses[first][0], clauses[first + 1][1])]
            shares = self._shares(clauses)
        return clauses

    def _stands_alone(
        self, clauses: Sequence[tuple[int, int]], shares: FloatMatrix, clause: int
    ) -> bool:
        """Whether a short clause is told in full where none of its neighbours is told."""
        first, last = clauses[clause]
        content = sum(item.is_content for item in self.sentence.items[first:last])
        if content < _LEAST_ALONE or last - first < _LEAST_ITEMS_ALONE:
            return False
        neighbours = [n for n in (clause - 1, clause + 1) if 0 <= n < len(clauses)]
        told = shares[clause] >= _LONE_SHARE
        return bool(told.any()) and not any(
            bool((told & (shares[n] >= _CLAUSE_SHARE_BESIDE_OTHERS)).any()) for n in neighbours
        )

    @staticmethod
    def _affinity(shares: FloatMatrix, clause: int, other: int) -> float:
        """How much of `clause` is found where `other` is found best."""
        return float(
            (shares[clause] + shares[other]).max() + shares[clause, shares[other].argmax()]
        )

    def _alignment(self, window: int) -> Alignment:
        if window not in self._alignments:
            self._alignments[window] = Alignment(
                self.sentence, self.library.windows[window], self.library, self.found
            )
        return self._alignments[window]

    def _ranked(self, shares: FloatMatrix) -> list[int]:
        """The most promising windows, a second sentence counted against."""
        order = np.argsort(SECOND_SENTENCE_GAIN * self.library.pairs - shares, kind="stable")
        return [int(index) for index in order[:_TRIED_WINDOWS]]

    # ------------------------------------------------------------ judging

    def _in_one_window(self) -> list[_Verdict]:
        """The verdicts of the best window that bears out every clause; empty where none does."""
        masses = np.array([self.weights[a:b].sum() for a, b in self.clauses], dtype=np.float32)
        totals = (masses[:, None] * self.shares).sum(axis=0) / max(1e-6, float(masses.sum()))
        refused = Refusals(self.library)
        least = _SENTENCE_SHARE if self._states_much() else _SHORT_SHARE
        for window in self._ranked(totals):
            if refused.speak_against(window, float(totals[window])):
                continue
            if totals[window] < least:
                continue
            verdicts = [
                self._judge(clause, window, _CLAUSE_SHARE_BESIDE_OTHERS)
                for clause in range(len(self.clauses))
            ]
            if all(verdict is not None for verdict in verdicts):
                if self._is_chance(window, 0, len(self.sentence.items)):
                    continue
                return [verdict for verdict in verdicts if verdict is not None]
            refused.add(window, float(totals[window]))
        return []

    def _states_much(self) -> bool:
        """Whether the sentence has enough words for a synonym in it not to weigh too much."""
        content = [item for item in self.sentence.items if item.is_content]
        return len(content) > _FEW_WORDS or any(item.quantity for item in content)

    def _in_several(self) -> list[_Verdict]:
        """For each clause the best window that bears it out, if any, the windows in use first."""
        if len(self.clauses) == 1 and not self._states_much():
            return []
        verdicts: list[_Verdict] = []
        used: set[int] = set()
        for clause in range(len(self.clauses)):
            bonus = np.zeros(self.shares.shape[1], dtype=np.float32)
            bonus[list(used)] = 0.1
            verdict = self._best_verdict(clause, self._ranked(self.shares[clause] + bonus), used)
            if verdict is not None:
                verdicts.append(verdict)
                used.add(verdict.window)
        return verdicts

    def _best_verdict(
        self, clause: int, windows: Sequence[int], used: Collection[int]
    ) -> _Verdict | None:
        """The first verdict for a clause; where a better window speaks against it there is none."""
        small = _size(self.sentence, *self.clauses[clause]) < _LONE_WORDS
        refused = Refusals(self.library)
        for window in windows:
            share = float(self.shares[clause, window])
            lone = small and window not in used
            if lone and (share < _LONE_SHARE or refused):
                continue
            if refused.speak_against(window, share):
                continue
            verdict = self._judge(clause, window, _CLAUSE_SHARE)
            if verdict is not None:
                if self._is_chance(window, *self.clauses[clause]):
                    continue
                return verdict
            if share >= _CLAUSE_SHARE:
                refused.add(window, share)
        return None

    def _judge(self, clause: int, window: int, least: float) -> _Verdict | None:
        share = float(self.shares[clause, window])
        if share < least:
            return None
        alignment = self._alignment(window)
        if not agrees(alignment, *self.clauses[clause]):
            return None
        return _Verdict(clause, window, alignment, share)

    def _is_chance(self, window: int, first: int, last: int) -> bool:
        """Whether long evidence would hold as much of items first to last by chance."""
        if len(self.library.sentences) < MANY_SENTENCES:
            return False
        return is_chance(self._alignment(window), first, last, self._common)

    # ------------------------------------------------------------ spans

    def _spans(self, verdicts: Sequence[_Verdict]) -> tuple[Span, ...]:
        """The supporting words of each window in use, those that carry most first."""
        by_window: dict[Window, list[_Verdict]] = {}
        for verdict in verdicts:
            by_window.setdefault(verdict.alignment.window, []).append(verdict)
        spans: dict[tuple[int, int, int], Span] = {}
        for window, group in by_window.items():
            alignment = group[0].alignment
            ranges = [self.clauses[verdict.clause] for verdict in group]
            mass = sum(float(self.weights[a:b].sum()) for a, b in ranges)
            score = sum(
                v.share * float(self.weights[slice(*self.clauses[v.clause])].sum()) for v in group
            )
            passage = self.library.passages[window.passage]
            for start, end in tightened(alignment, ranges, self.weights):
                quote = passage.text[start:end]
                span = Span(passage.key, start, end, quote, min(1.0, round(score / mass, 4)))
                spans[(passage.key, start, end)] = span
        return tuple(sorted(spans.values(), key=lambda s: -s.score))


def _is_hard(item: Item) -> bool:
    return item.quantity is not None or item.token.capital or item.token.kind is Kind.NEGATION


def clauses_of(sentence: Prepared) -> list[tuple[int, int]]:
    """The sentence cut at every border between clauses, as ranges of items."""
    borders = {sentence.item_at(found.end()) for found in _CLAUSE_BORDER.finditer(sentence.text)}
    borders |= {first for first, _ in sentence.sentences}
    cuts = sorted(borders | {0, len(sentence.items)})
    return list(pairwise(cuts))


def _size(sentence: Prepared, first: int, last: int) -> float:
    """How many words state something in items first to last: none where there are only names."""
    items = [item for item in sentence.items[first:last] if item.is_content]
    grams = sum(item.token.kind is Kind.GRAM and item.quantity is None for item in items)
    said = [item for item in items if item.token.word not in FRAME_WORDS]
    only_names = all(item.token.capital and item.quantity is None for item in said)
    return 0.0 if only_names else len(said) - grams * 0.6
