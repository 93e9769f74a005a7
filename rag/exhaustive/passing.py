"""Answers a question that asks for everything by a pass over everything in scope."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.cancel import CancelToken
from rag.events import AnswerEvent, SentenceCited, TextStreamed
from rag.exhaustive.aim import Aggregation, Aim
from rag.exhaustive.aiming import aim_of
from rag.exhaustive.arithmetic import change, difference, mean, total
from rag.exhaustive.merging import Found, compared, listed, name_of, resolved, with_clear_names
from rag.exhaustive.noting import PlaceNotes
from rag.exhaustive.shelf import Shelf
from rag.exhaustive.walk import Walk, Walked
from rag.exhaustive.wording import Wording, wording
from rag.footnotes import BoxFinder
from rag.outcome import Outcome
from rag.records import (
    Answer,
    Citation,
    Coverage,
    FileState,
    Listed,
    Mode,
    PassOffer,
    Scope,
    Sentence,
    Support,
)
from rag.searching import Search

_MEASURED = 8  # files that tell how long all of them will take
_MOST_MARKS = 20  # of a sentence that sums up a list
_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Exhaustive:
    """Tells questions that ask for everything, and goes through everything for them."""

    search: Search
    boxes: BoxFinder
    is_as_read: Callable[[Path], bool]

    def aim(self, question: str, scope: Scope) -> Aim | None:
        """What `question` wants of all that is in `scope`; None where passages answer it.

        Where `is_sure` is false, passages may answer it too: the pass is better offered. Raises
        `NotInLibrary`, `NothingInScope`.
        """
        return aim_of(question, Shelf(self.search.catalog, scope))

    def estimate(self, aim: Aim) -> PassOffer:
        """What going through everything for `aim` would take, by how long a few files take."""
        documents, passages = self._in_scope(aim.scope)
        step = max(1, len(documents) // _MEASURED)
        sample = documents[::step][:_MEASURED]
        begun = time.monotonic()
        run = Outcome(Walk(self.search.catalog, aim, sample).run(0, CancelToken()))
        for _ in run:
            pass
        share = len(documents) / len(sample) if sample else 0.0
        return PassOffer(len(documents), passages, (time.monotonic() - begun) * share)

    def answer(
        self, aim: Aim, question: str, cancel: CancelToken
    ) -> Generator[AnswerEvent, None, Answer]:
        """Go through everything, then yield the list; ends in the answer.

        When cancelled it ends within a second, in what was found until then.
        """
        begun = time.monotonic()
        documents, passages = self._in_scope(aim.scope)
        walked = yield from Walk(self.search.catalog, aim, documents).run(passages, cancel)
        notes = PlaceNotes(self.search.catalog, self.boxes, self.is_as_read, cancel)
        told = _Told(aim, walked, len(documents), notes)
        yield from told.tell(self._unread(aim.scope))
        read, unread = self.search.catalog.coverage(aim.scope)
        return Answer(
            question=question,
            mode=Mode.EXHAUSTIVE,
            declined=False,
            text=told.text,
            sentences=tuple(told.sentences),
            evidence=(),
            coverage=Coverage(walked.passages, walked.documents, read, unread, passages),
            stopped=walked.stopped,
            seconds=time.monotonic() - begun,
            listed=tuple(told.listed),
        )

    def _in_scope(self, scope: Scope) -> tuple[list[tuple[int, tuple[Path, ...]]], int]:
        catalog = self.search.catalog
        documents = catalog.documents_shown(scope)
        return documents, catalog.count_chunks([document_id for document_id, _ in documents])

    def _unread(self, scope: Scope) -> tuple[int, int]:
        """How many files in scope are not read yet, and how many could not be."""
        catalog = self.search.catalog
        failed = sum(
            1
            for record in catalog.files()
            if record.state is FileState.FAILED and _lies_in(record.path, scope)
        )
        return catalog.coverage(scope)[1], failed


class _Told:
    """The answer's text as it is told, line by line."""

    def __init__(self, aim: Aim, walked: Walked, files: int, notes: PlaceNotes) -> None:
        self.text = ""
        self.sentences: list[Sentence] = []
        self.listed: list[Listed] = []
        self._aim = aim
        self._walked = walked
        self._files = files
        self._notes = notes
        self._words: Wording = wording(aim.language)

    def tell(self, unread: tuple[int, int]) -> Generator[AnswerEvent, None, None]:
        """Tell everything."""
        if self._aim.pair is not None:
            yield from self._compare()
            return
        found = with_clear_names(listed(self._aim, resolved(self._aim, self._walked.candidates)))
        few = sum(len(one.places) for one in found) <= _MOST_MARKS
        marks = [c for one in found for c in self._notes.cite(one.places)] if few else []
        yield from self._summary(found, tuple(dict.fromkeys(marks)))
        cited: list[tuple[Found, tuple[Citation, ...]]] = []
        for one in found:
            citations = self._notes.cite(one.places)
            cited.append((one, citations))
            self.listed.append(Listed(one.text, citations, one.number))
            yield from self._line(self._item(one), citations)
        yield from self._computed(cited)
        yield from self._limits(unread)

    def _item(self, one: Found) -> str:
        """An item's line, with the names of the copies of its file."""
        copies = ", ".join(path.name for path in one.paths[1:])
        also = f" ({self._words.also.format(names=copies)})" if copies else ""
        return f"- {one.text}{f': {one.detail}' if one.detail else ''}{also}"

    def _compare(self) -> Generator[AnswerEvent, None, None]:
        """The two numbers, then how they differ; nothing where either is in doubt."""
        assert self._aim.pair is not None
        found = compared(self._aim, self._walked.sides)
        if not found:
            line = self._words.none_found.format(files=self._walked.documents)
            yield from self._line(line, (), is_claim=False)
            return
        marks: list[Citation] = []
        for one in found:
            citations = self._notes.cite(one.places)
            marks += citations
            self.listed.append(Listed(one.text, citations, one.number))
            yield from self._line(f"- {one.text}: {one.detail}", citations)
        pair = found[0], found[1]
        if self._aim.pair.years is None:  # no time between them: the larger less the smaller
            pair = tuple(sorted(found, key=lambda one: one.number or 0.0))[:2]
        made = difference(pair[0], pair[1], self._words)
        line = self._words.difference.format(formula=made.formula)
        yield from self._line(line, tuple(marks), is_computed=True)
        share = change(pair[0], pair[1], self._words)
        if share is not None and (self._aim.pair.years or self._aim.pair.as_share):
            line = self._words.change.format(formula=share.formula)
            yield from self._line(line, tuple(marks), is_computed=True)

    def _summary(
        self, found: Sequence[Found], marks: tuple[Citation, ...]
    ) -> Generator[AnswerEvent, None, None]:
        words, aim = self._words, self._aim
        files = self._walked.documents
        if not found:
            yield from self._line(words.none_found.format(files=files), (), is_claim=False)
            return
        told = words.files_found if aim.wanted is None and aim.kind is None else words.things_found
        line = told.format(n=len(found), files=files)
        if aim.aggregation in (Aggregation.HIGHEST, Aggregation.LOWEST):
            line = self._extreme(found)
        if aim.aggregation is Aggregation.EXISTS:
            line = f"{words.yes} {line}"
        yield from self._line(line, marks, is_computed=True)

    def _extreme(self, found: Sequence[Found]) -> str:
        """The highest or lowest value, and of how many."""
        compared = resolved(self._aim, self._walked.candidates)
        told = (
            self._words.highest
            if self._aim.aggregation is Aggregation.HIGHEST
            else self._words.lowest
        )
        return told.format(n=sum(1 for one in compared if one.values), value=found[0].detail)

    def _computed(
        self, cited: Sequence[tuple[Found, tuple[Citation, ...]]]
    ) -> Generator[AnswerEvent, None, None]:
        aggregation = self._aim.aggregation
        if aggregation not in (Aggregation.SUM, Aggregation.MEAN) or not cited:
            return
        compute = total if aggregation is Aggregation.SUM else mean
        made = compute([one for one, _ in cited], self._words)
        if made is None:
            return
        template = self._words.total if aggregation is Aggregation.SUM else self._words.mean
        used = [citations for one, citations in cited if one in made.used]
        marks = tuple(c for citations in used for c in citations)
        line = template.format(n=len(made.used), formula=made.formula)
        yield from self._line(line, marks if len(marks) <= _MOST_MARKS else (), is_computed=True)
        if made.left_out:
            names = _some([one.text for one in made.left_out])
            yield from self._line(self._words.left_out.format(names=names), (), is_claim=False)

    def _limits(self, unread: tuple[int, int]) -> Generator[AnswerEvent, None, None]:
        """What the list does not tell."""
        words, walked = self._words, self._walked
        unclear = resolved(self._aim, walked.unclear, sure_only=True)
        if unclear:
            names = _some([name_of(one) for one in unclear])
            yield from self._line(words.unclear.format(names=names), (), is_claim=False)
        if walked.stopped:
            line = words.stopped.format(done=walked.documents, files=self._files)
            yield from self._line(line, (), is_claim=False)
        for count, told in zip(unread, (words.unread, words.failed), strict=True):
            if count:
                yield from self._line(told.format(n=count), (), is_claim=False)

    def _line(
        self,
        line: str,
        citations: tuple[Citation, ...],
        *,
        is_claim: bool = True,
        is_computed: bool = False,
    ) -> Generator[AnswerEvent, None, None]:
        piece = f"\n{line}" if self.text else line
        start = len(self.text) + len(piece) - len(line)
        self.text += piece
        yield TextStreamed(piece)
        sentence = Sentence(
            line, start, start + len(line), Support.SUPPORTED, citations, is_claim, is_computed
        )
        self.sentences.append(sentence)
        yield SentenceCited(sentence)


def _some(names: Sequence[str]) -> str:
    told = list(dict.fromkeys(names))
    return ", ".join(told[:_MOST_NAMES]) + (" …" if len(told) > _MOST_NAMES else "")


def _lies_in(path: Path, scope: Scope) -> bool:
    inside = not scope.paths or any(path == one or one in path.parents for one in scope.paths)
    return inside and (not scope.types or path.suffix.lower().lstrip(".") in scope.types)
