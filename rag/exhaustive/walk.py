"""Goes through everything in scope, document by document, and keeps what may be on the list."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import DocumentGone
from rag.events import PassProgress
from rag.exhaustive.aim import Aggregation, Aim
from rag.exhaustive.calling import rightly_called
from rag.exhaustive.judging import Proof, Verdict, judge
from rag.exhaustive.layout import LabelBook, layout_of
from rag.exhaustive.naming import values_told
from rag.exhaustive.pairing import Side, sides_told
from rag.exhaustive.phrases import forms_of
from rag.exhaustive.subject import Page, Subject, kind_score, subjects_of
from rag.exhaustive.terms import Noun, Term
from rag.exhaustive.told import Told, dates_told, numbers_told
from rag.index.catalog import Catalog
from rag.records import DocumentText, Scope

_REPORTED_EVERY_S = 0.1
_LEARNT_FROM = 30  # documents that are looked at first, for where labels begin
_NUMERIC = frozenset((Aggregation.SUM, Aggregation.MEAN, Aggregation.HIGHEST, Aggregation.LOWEST))
_OF_ONE_THING = 8_000  # characters: a text so short tells of one thing
_NEXT_CHARS = 40  # between a sentence and the next one
_DATED = ("date", "start", "end", "due", "birth")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may belong on the list, and the words that say so."""

    document_id: int
    paths: tuple[Path, ...]
    title: str
    row: int  # of its table, counted from 1; 0 for a document itself
    heads: tuple[str, ...]  # of its columns, where it is a row
    name: str  # what a row is called; empty for a document
    opening: tuple[int, int]  # where it begins: shown where nothing else proves it
    kind: int  # how surely it is one of what is asked for, 0..3
    verdicts: tuple[Verdict, ...]  # of each condition
    values: tuple[Told, ...]  # of what is wanted of each


@dataclass(frozen=True, slots=True)
class Compared:
    """A number of one of two that are compared, and where it stands."""

    document_id: int
    paths: tuple[Path, ...]
    side: Side


@dataclass(slots=True)
class Walked:
    """What going through everything brought."""

    candidates: list[Candidate] = field(default_factory=list[Candidate])
    unclear: list[Candidate] = field(default_factory=list[Candidate])  # they speak of it, no more
    sides: list[Compared] = field(default_factory=list[Compared])  # of what is compared
    documents: int = 0  # gone through
    passages: int = 0
    stopped: bool = False


class Walk:
    """One pass for one aim."""

    def __init__(
        self, catalog: Catalog, aim: Aim, documents: Sequence[tuple[int, tuple[Path, ...]]]
    ) -> None:
        self._catalog = catalog
        self._aim = aim
        self._documents = documents
        self._book = LabelBook()
        self._kind = forms_of(aim.kind) if aim.kind is not None else ()
        self._by_rows = aim.pair is not None or aim.kind is not None or aim.wanted is not None

    def run(self, passages: int, cancel: CancelToken) -> Generator[PassProgress, None, Walked]:
        """Go through all; what was found until then when cancelled."""
        walked = Walked()
        begun = told = time.monotonic()
        self._learn(cancel)
        for document_id, paths in self._documents:
            if cancel.cancelled:
                walked.stopped = True
                break
            try:
                document = self._catalog.document_text(document_id)
            except DocumentGone:
                continue
            self._look_into(document_id, paths, document, walked)
            walked.documents += 1
            walked.passages = passages * walked.documents // max(1, len(self._documents))
            now = time.monotonic()
            if now - told >= _REPORTED_EVERY_S:
                told = now
                rest = len(self._documents) - walked.documents
                left = (now - begun) / walked.documents * rest
                yield PassProgress(walked.passages, passages, len(walked.candidates), left)
        return walked

    def _learn(self, cancel: CancelToken) -> None:
        """Look where labels begin in some documents from all over the scope."""
        step = max(1, len(self._documents) // _LEARNT_FROM)
        for document_id, _ in self._documents[::step][:_LEARNT_FROM]:
            if cancel.cancelled:
                return
            try:
                text = self._catalog.document_text(document_id).text
            except DocumentGone:
                continue
            layout_of(text[:20_000], self._book)
            self._book.learn_dates(text[:20_000])

    def _look_into(
        self, document_id: int, paths: tuple[Path, ...], document: DocumentText, walked: Walked
    ) -> None:
        page = Page(document.text, self._book)
        within = _within(document, self._aim.scope)
        for subject in subjects_of(
            document_id, paths, document.title, page, within, by_rows=self._by_rows
        ):
            if self._aim.pair is not None:
                sides = sides_told(self._aim.pair, subject)
                walked.sides += [Compared(document_id, paths, side) for side in sides]
                continue
            kind = kind_score(self._kind, subject) if self._kind else 3
            verdicts: list[Verdict] = []
            for condition in self._aim.conditions:
                verdict = judge(condition, subject)
                verdicts.append(verdict)
                if not verdict.met:
                    break
            met = all(verdict.met for verdict in verdicts)
            if not met and not verdicts[-1].unclear:
                continue
            values = self._values(subject) if met else []
            if values and not (values := _said_with(values, verdicts, subject)):
                continue
            if met and not values and not self._is_spoken_of(verdicts, subject):
                continue
            candidate = Candidate(
                document_id, paths, document.title, subject.row, subject.heads, self._name(subject),
                _opening(subject), kind, tuple(verdicts), tuple(values),
            )  # fmt: skip
            (walked.candidates if met else walked.unclear).append(candidate)

    def _is_spoken_of(self, verdicts: Sequence[Verdict], subject: Subject) -> bool:
        """Whether what is wanted is named where the conditions are met, though not by name."""
        wanted = self._aim.wanted
        if wanted is None or subject.row or self._aim.aggregation in _NUMERIC:
            return True
        spots = list(subject.matches_of(forms_of(wanted)))
        proofs = [v.proofs for v in verdicts if v.proofs and not any(p.label for p in v.proofs)]
        if subject.end - subject.start <= _OF_ONE_THING or not proofs:
            return bool(spots)
        return all(any(_is_over(proof, spots) for proof in some) for some in proofs)

    def _name(self, subject: Subject) -> str:
        """What a thing is called, where its file's name does not tell."""
        if self._aim.named_by is not None:
            named = values_told(self._aim.named_by, subject)
            if named:
                return named[0].text
        return _row_name(subject)

    def _values(self, subject: Subject) -> list[Told]:
        aim = self._aim
        if aim.wanted is None:
            if aim.aggregation in _NUMERIC:
                return numbers_told((), subject, "")
            return []
        if aim.aggregation in _NUMERIC:
            told = _measured(aim.wanted, subject)
            is_worth = aim.measure_is_guessed and aim.wanted.head not in ("age", "date")
            return told or (numbers_told((), subject, "") if is_worth else [])
        return values_told(aim.wanted, subject)


def _said_with(values: Sequence[Told], verdicts: Sequence[Verdict], subject: Subject) -> list[Told]:
    """The values of a thing that its conditions are said of.

    What a long text's sentence names has to stand where the conditions are met; of a short one,
    or in fields, all belongs together.
    """
    proofs = [verdict.proofs for verdict in verdicts if verdict.proofs]
    if subject.row or subject.end - subject.start <= _OF_ONE_THING:
        return list(values)
    return [
        one
        for one in values
        if one.label or all(any(_is_near(one, spot) for spot in spots) for spots in proofs)
    ]


def _is_near(told: Told, proof: Proof) -> bool:
    """Whether a proof stands in the same sentence or in the next one."""
    return proof.start - told.end < _NEXT_CHARS and told.start - proof.end < _NEXT_CHARS


def _is_over(proof: Proof, spots: Sequence[tuple[int, int]]) -> bool:
    return any(proof.start <= start and end <= proof.end for start, end in spots)


def _measured(noun: Noun, subject: Subject) -> list[Told]:
    """The numbers, or dates, by which things are added up or put in order."""
    terms = (Term(noun.text, forms_of(noun)),)
    if noun.head == "date":
        return dates_told((), subject)
    if noun.head in _DATED or "date" in noun.words:
        return [one for one in dates_told(terms, subject) if one.label or one.score == 0.8]
    told = rightly_called(noun, numbers_told(terms, subject, ""))
    if not told:
        return []
    best = max(one.score for one in told)
    return [one for one in told if one.score == best]


def _within(document: DocumentText, scope: Scope) -> tuple[tuple[int, int], ...]:
    """The parts of a document's text on the pages in scope; empty for all of it."""
    if not scope.pages or not document.paged:
        return ()
    ends = [*document.page_starts[1:], len(document.text)]
    return tuple(
        (document.page_starts[number], ends[number])
        for number in range(len(ends))
        if any(first <= number + 1 <= last for first, last in scope.pages)
    )


def _row_name(subject: Subject) -> str:
    """What a row is called: its column of names, or its first cell."""
    if not subject.row:
        return ""
    text = subject.page.text
    named = next((one for one in subject.fields if one.label in ("name", "title", "id")), None)
    one = named or subject.fields[0]
    return text[one.start : one.end]


def _opening(subject: Subject) -> tuple[int, int]:
    """The first line with words of a thing."""
    if subject.row:
        return subject.start, subject.end
    text = subject.page.text
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return start, min(end if end > start else len(text), start + 200)


def conditions_told(candidate: Candidate) -> tuple[Told, ...]:
    """The numbers and dates that decided over a thing's conditions."""
    return tuple(told for verdict in candidate.verdicts for told in verdict.told)
