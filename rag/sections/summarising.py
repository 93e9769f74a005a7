"""Summarises documents: what to read is settled first, then it is read, and joined to one page."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from rag.errors import Cancelled
from rag.events import PrefillProgress, SectionsProgress
from rag.outcome import Outcome
from rag.plan.sections import SAID_TOKENS, Pace, joining_seconds, section_seconds
from rag.sections.asking import Asking, Task
from rag.sections.cutting import Section
from rag.sections.focus import Focus, to_read_again
from rag.sections.joining import JOIN_TOKENS, Joining, Said, best_of
from rag.sections.pace import TimeLeft
from rag.sections.sources import Sources, Statement, statement_of
from rag.sections.statements import Evidence
from rag.sections.summaries import ANSWER_TOKENS, Summaries
from rag.sections.telling import most_telling

_STATEMENT_TOKENS = 30
_LOOKED_AT = 2000  # statements, where there is no more than a second: whoever stops it waits
_IN_WORK = 0.8  # of a section is done, on average, while others beside it are finished


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done, section by section; their numbers are indexes in `sections`."""

    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    known: dict[int, Said]  # kept from before: for just this, or for something else
    otherwise: frozenset[int]  # of the known, those that were summarised for something else
    to_read: tuple[int, ...]
    read_again: int  # of these, that were read before, for something else

    @property
    def tokens_left(self) -> int:
        """What is to be read."""
        return sum(self.sections[index].tokens for index in self.to_read)


def settled(
    sections: Sequence[Section],
    summaries: Summaries,
    asking: Asking,
    focus: Focus,
    found: Sequence[int],
) -> Work:
    """What has to be read for `focus`, given what is kept.

    What was summarised for just this serves again. Of what was summarised for something else, the
    sections that have most to do with it are read again; `found` are those where a search finds
    it, best first.
    """
    tasks: list[Task] = []
    known: dict[int, Said] = {}
    otherwise: dict[int, Said] = {}
    for index, section in enumerate(sections):
        asking.cancel.check()
        task = summaries.task(section, focus)
        tasks.append(task)
        if (said := asking.known(task)) is not None:
            known[index] = said
        elif focus.question and (said := asking.known_otherwise(task)):
            otherwise[index] = said

    def text(index: int) -> str:
        return "\n".join(tasks[index].texts)

    again = to_read_again(otherwise, found, text, focus)
    reused = {index: said for index, said in otherwise.items() if index not in again}
    known |= reused
    to_read = tuple(index for index in range(len(tasks)) if index not in known)
    return Work(tuple(sections), tuple(tasks), known, frozenset(reused), to_read, len(again))


@dataclass(slots=True)
class Summary:
    """What came of it, as far as it got."""

    statements: list[Statement] = field(default_factory=list[Statement])  # of the page, in order
    quoted: int = 0  # sections that their own sentences stand for
    tokens: int = 0  # of the sections that are summarised
    stopped: bool = False
    done: set[int] = field(default_factory=set[int])  # the sections that are summarised


@dataclass(frozen=True, slots=True)
class Summarising:
    """One summary in the making; `pace` is None where it is not known."""

    work: Work
    asking: Asking
    sources: Sources
    joining: Joining
    pace: Pace | None
    clock: Callable[[], float] = time.monotonic

    def seconds(self) -> float | None:
        """What all of it takes; None where the pace is not known."""
        if self.pace is None:
            return None
        reading = sum(
            section_seconds(self.work.sections[index].tokens, self.pace)
            for index in self.work.to_read
        )
        if not self.work.to_read and self._is_joined():
            return 0.0
        return reading + joining_seconds(len(self.work.sections) * SAID_TOKENS, self.pace)

    def run(self) -> Generator[SectionsProgress | Statement, None, Summary]:
        """Yield how far it is, then the page, statement by statement.

        When cancelled it ends, within a second, in the best that can be told of what was read.
        """
        summary, said = Summary(), dict(self.work.known)
        summary.done.update(said)
        try:
            yield from self._read(said, summary)
        except Cancelled:
            summary.stopped = True
        self._count(said, summary)
        statements = self._statements(said)
        try:
            if not statements and not summary.stopped:
                statements = self._of_anything()
            page = yield from self._joined(statements, summary)
        except Cancelled:
            summary.stopped = True
            page = None
        if page is None:
            yield from self._told(self._best(statements), summary)
        return summary

    # ------------------------------------------------------------ reading

    def _read(
        self, said: dict[int, Said], summary: Summary
    ) -> Generator[SectionsProgress, None, None]:
        work, begun = self.work, self.clock()
        left = TimeLeft(self.seconds())
        yield self._progress(said, left.seconds(0.0))
        tasks = [work.tasks[index] for index in work.to_read]
        for made in self.asking.done(tasks, ANSWER_TOKENS):
            if made is not None:
                index = work.to_read[made[0]]
                said[index] = made[1]
                summary.done.add(index)
                beside = [other for other in work.to_read if other not in said]
                in_work = sum(map(self._seconds_of, beside[: self.asking.beside]))
                left.finished(self._seconds_of(index), self.clock() - begun, _IN_WORK * in_work)
            yield self._progress(said, left.seconds(self.clock() - begun))

    def _seconds_of(self, index: int) -> float:
        """What a section takes, as far as that is known."""
        return section_seconds(self.work.sections[index].tokens, self.pace) if self.pace else 0.0

    def _progress(self, said: dict[int, Said], seconds_left: float | None) -> SectionsProgress:
        sections = self.work.sections
        next_one = next((index for index in self.work.to_read if index not in said), None)
        current = "" if next_one is None else self.sources.named(sections[next_one])
        return SectionsProgress(len(said), len(sections), current, seconds_left)

    def _count(self, said: dict[int, Said], summary: Summary) -> None:
        summary.tokens = sum(self.work.sections[index].tokens for index in said)
        summary.quoted = sum(
            bool(proven) and not any(one.by_model for one in proven) for proven in said.values()
        )

    def _statements(self, said: dict[int, Said]) -> list[Statement]:
        """What is said of the sections, each text once."""
        statements: dict[str, Statement] = {}
        for index in sorted(said):
            for proven in said[index]:
                one = statement_of(proven, self.work.tasks[index].stretches)
                statements.setdefault(one.text, one)
        return list(statements.values())

    def _of_anything(self) -> list[Statement]:
        """The sections' own sentences where nothing has to do with what is asked."""
        statements: list[Statement] = []
        for task in self.work.tasks:
            self.asking.cancel.check()
            own = most_telling(Evidence(task.texts), 1)
            statements += [statement_of(one, task.stretches) for one in own]
        return statements

    # ------------------------------------------------------------ joining

    def _joined(
        self, statements: list[Statement], summary: Summary
    ) -> Generator[SectionsProgress | Statement, None, bool | None]:
        """The page; None where it is to be put together without the model."""
        if summary.stopped or not statements:
            return None
        if self.joining.is_a_page(statements):
            yield from self._told(statements, summary)
            return True
        left = yield from self._rounds(statements)
        task = self.joining.page_task(left)
        known = self.asking.known(task)
        if known is not None:
            yield from self._told([statement_of(one, task.stretches) for one in known], summary)
            return True
        page = Outcome(self.asking.streamed(task, self.joining.answer_tokens))
        total = len(self.work.sections)
        for made in page:
            if isinstance(made, PrefillProgress):
                yield SectionsProgress(total, total, "", made.seconds_left)
            else:
                yield from self._told([statement_of(made, task.stretches)], summary)
        summary.stopped = self.asking.cancel.cancelled
        return True

    def _rounds(
        self, statements: list[Statement]
    ) -> Generator[SectionsProgress, None, list[Statement]]:
        rounds = self.joining.rounds(statements)
        total, begun = len(self.work.sections), self.clock()
        left = TimeLeft(self.pace and joining_seconds(total * SAID_TOKENS, self.pace))
        try:
            tasks = next(rounds)
            while True:
                yield SectionsProgress(total, total, "", left.seconds(self.clock() - begun))
                results = [self.asking.known(task) for task in tasks]
                missing = [n for n, said in enumerate(results) if said is None]
                for made in self.asking.done([tasks[n] for n in missing], JOIN_TOKENS):
                    if made is None:
                        seconds = left.seconds(self.clock() - begun)
                        yield SectionsProgress(total, total, "", seconds)
                    else:
                        results[missing[made[0]]] = made[1]
                tasks = rounds.send([said for said in results if said is not None])
        except StopIteration as end:
            yield SectionsProgress(total, total, "", left.seconds(self.clock() - begun))
            return end.value

    def _is_joined(self) -> bool:
        """Whether all of the joining is kept too."""
        statements = self._statements(self.work.known)
        if self.joining.is_a_page(statements):
            return True
        rounds = self.joining.rounds(statements)
        try:
            tasks = next(rounds)
            while True:
                results = [said for task in tasks if (said := self.asking.known(task)) is not None]
                if len(results) < len(tasks):
                    return False
                tasks = rounds.send(results)
        except StopIteration as end:
            return self.asking.known(self.joining.page_task(end.value)) is not None

    def _best(self, statements: list[Statement]) -> list[Statement]:
        if self.joining.is_a_page(statements):
            return statements
        most = max(1, self.joining.page_tokens // _STATEMENT_TOKENS)
        apart = math.ceil(len(statements) / _LOOKED_AT)
        return best_of(statements[::apart], most, self.joining.focus)

    def _told(
        self, statements: Sequence[Statement], summary: Summary
    ) -> Generator[Statement, None, None]:
        for statement in statements:
            summary.statements.append(statement)
            yield statement
