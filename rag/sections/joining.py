"""Joins what is said of sections, group by group, until it is one page."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.prompt import join_chat, page_chat
from rag.protocols import ChatMessage, LanguageModel
from rag.sections.asking import Task
from rag.sections.closeness import Closeness, chosen, terms_of
from rag.sections.cutting import Stretch, best_cuts
from rag.sections.focus import Focus
from rag.sections.keeping import Origin
from rag.sections.sources import Sources, Statement, overlaps, proven_by, statement_of
from rag.sections.statements import Evidence, Proven

JOIN_TOKENS = 540  # of an answer that joins a group
_SENTENCES = 12  # at most, of a group
_MOST = 2  # times what is wanted may be taken of what the model says
_SHARE = 3  # so many statements become one at least, so that there is an end
_LEAST_PROVEN = 0.5  # of what is wanted; with less, code chooses the rest
_SAME = 0.8  # of the words of two statements that say the same
_LINE_TOKENS = 3  # around a statement
_SPARE_TOKENS = 24
_LEAST_ROOM = 200
_FEWEST_PAGE_TOKENS, _MOST_PAGE_TOKENS = 90, 480
_PAGE_GROWTH = 3.2  # tokens of a page by the square root of what it is about
_WORDS_PER_TOKEN = 0.75

Said = tuple[Proven, ...]


@dataclass(frozen=True, slots=True)
class Joining:
    """Joins statements of `sources` for what is asked, with what fits in the context of `model`."""

    sources: Sources
    model: LanguageModel
    name: str  # that results are kept under
    focus: Focus
    language: str  # of the question, empty where that is not sure
    page_tokens: int  # of the page, about

    def rounds(
        self, statements: Sequence[Statement]
    ) -> Generator[list[Task], list[Said], list[Statement]]:
        """Yield the tasks of each round, take what came of them; ends in what fits on one list.

        Statements go in and come out in the order of the documents.
        """
        left = sorted(statements, key=self.sources.position)
        room = self._room(join_chat([], _SENTENCES, self._question), JOIN_TOKENS)
        most = self._room(page_chat([], 100, self._question, self.language), self.answer_tokens)
        while sum(sizes := self._sizes(left)) > most:
            groups = [
                left[first:last]
                for first, last in best_cuts(
                    np.array(sizes, np.int64), np.zeros(len(sizes)), min(room, most)
                )
            ]
            tasks = [self._task(group) for group in groups]
            results = yield tasks
            joined = [
                statement_of(proven, task.stretches)
                for task, said in zip(tasks, results, strict=True)
                for proven in said
            ]
            if len(joined) >= len(left):
                joined = best_of(left, len(left) // 2, self.focus)
            left = sorted(joined, key=self.sources.position)
        return left

    @property
    def answer_tokens(self) -> int:
        """The most that a page may have."""
        return self.page_tokens * 3 // 2

    @property
    def _question(self) -> str:
        return self.focus.question

    def page_task(self, statements: Sequence[Statement]) -> Task:
        """The task of writing the page from statements that fit on one list."""
        words = max(10, round(self.page_tokens * _WORDS_PER_TOKEN / 10) * 10)
        lines = [statement.text for statement in statements]
        messages = page_chat(lines, words, self._question, self.language)
        mean = sum(self._sizes(statements)) / max(1, len(statements))
        return self._made(messages, statements, max(1, int(self.page_tokens / mean)))

    def is_a_page(self, statements: Sequence[Statement]) -> bool:
        """Whether there is nothing to join: they are no longer than a page."""
        return sum(self._sizes(statements)) <= self.page_tokens

    def _task(self, group: Sequence[Statement]) -> Task:
        wanted = max(1, min(_SENTENCES, len(group) // _SHARE))
        lines = [statement.text for statement in group]
        return self._made(join_chat(lines, wanted, self._question), group, wanted)

    def _made(
        self, messages: Sequence[ChatMessage], group: Sequence[Statement], wanted: int
    ) -> Task:
        stretches = self.sources.around(group)
        texts = tuple(self.sources.text(stretch) for stretch in stretches)
        origin = Origin(self.sources.hashes(stretches), self.name, 0)
        completed = _Completed(group, wanted, self.focus, stretches)
        return Task(tuple(messages), stretches, texts, origin, completed, _MOST * wanted)

    def _room(self, messages: Sequence[ChatMessage], answer_tokens: int) -> int:
        taken = len(self.model.encode_chat(messages)) + answer_tokens + _SPARE_TOKENS
        return max(_LEAST_ROOM, self.model.n_ctx - taken)

    def _sizes(self, statements: Sequence[Statement]) -> list[int]:
        return [self.model.count_tokens(s.text) + _LINE_TOKENS for s in statements]


@dataclass(frozen=True, slots=True)
class _Completed:
    """What stands for a group: what the model made of it, and behind that what it left out."""

    group: Sequence[Statement]
    wanted: int
    focus: Focus
    stretches: tuple[Stretch, ...]

    def __call__(self, _evidence: Evidence, proven: list[Proven], _text: str) -> list[Proven]:
        made = [statement_of(one, self.stretches) for one in proven[: _MOST * self.wanted]]
        if len(made) < math.ceil(_LEAST_PROVEN * self.wanted):
            made += missing(made, self.group, self.wanted - len(made), self.focus)
        made += self._of_untold(made)
        return [proven_by(one, self.stretches) for one in made]

    def _of_untold(self, made: Sequence[Statement]) -> list[Statement]:
        """A statement about each document of which nothing is said, where there are few."""
        told = {words.document_id for one in made for words in one.words}
        untold: dict[int, list[Statement]] = {}
        for one in self.group:
            document_id = one.words[0].document_id
            if document_id not in told and not is_said(one, made):
                untold.setdefault(document_id, []).append(one)
        if len(told) + len(untold) > self.wanted:
            return []
        return [best for of_one in untold.values() for best in best_of(of_one, 1, self.focus)]


def missing(
    made: Sequence[Statement], group: Sequence[Statement], most: int, focus: Focus
) -> list[Statement]:
    """The best `most` of a group of which nothing in `made` speaks, in order."""
    left = [one for one in group if not any(overlaps(one, other) for other in made)]
    return best_of(left, most, focus)


def is_said(one: Statement, by: Sequence[Statement]) -> bool:
    """Whether others say the same, be it of other documents: what each of them begins with, say."""
    terms = set(terms_of(one.text))
    return any(
        len(terms & said) >= _SAME * len(terms | said)
        for said in (set(terms_of(other.text)) for other in by)
    )


def best_of(statements: Sequence[Statement], most: int, focus: Focus) -> list[Statement]:
    """The `most` statements that tell most of all, spread over them; in their order.

    Where something is asked, those that have to do with it, if any has.
    """
    closeness = Closeness([terms_of(statement.text) for statement in statements])
    worth = closeness.to_question(focus.terms)
    spread = not any(worth)
    if spread:
        worth = closeness.centralities()
    return [statements[index] for index in chosen(closeness, worth, most, spread=spread)]


def page_tokens_for(tokens: int) -> int:
    """About how long a summary of a text of so many tokens is; a page for a book."""
    grown = round(_PAGE_GROWTH * math.sqrt(tokens))
    return min(_MOST_PAGE_TOKENS, max(_FEWEST_PAGE_TOKENS, grown))
