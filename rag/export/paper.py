"""Lays a conversation out as a paper with footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.errors import NoTurn
from rag.export import wording
from rag.export.footing import Notes
from rag.export.plain import names_of, plain
from rag.export.said import said
from rag.records import (
    Answer,
    BlockKind,
    Citation,
    Conflict,
    Conversation,
    Hit,
    Mode,
    Paper,
    PaperBlock,
    PaperRun,
    PaperTable,
    Statement,
    Turn,
)

_PASSAGES = 3  # shown where there is no answer
_PASSAGE_CHARS = 1000

Block = PaperBlock | PaperTable


def chosen(conversation: Conversation, turn_id: int | None) -> tuple[Turn, ...]:
    """The turn `turn_id` alone, or all of them for None; raises `NoTurn`."""
    turns = tuple(turn for turn in conversation.turns if turn_id in (None, turn.id))
    if not turns and turn_id is not None:
        raise NoTurn(turn_id)
    return turns


def lay_out(conversation: Conversation, turn_id: int | None = None) -> Paper:
    """A conversation, or one turn of it, as a paper; raises `NoTurn`."""
    turns, info = chosen(conversation, turn_id), conversation.info
    answers = [turn.answer for turn in turns if turn.answer is not None]
    cited = {citation.path for answer in answers for citation in citations_of(answer)}
    notes = Notes(names_of(cited | {hit.path for a in answers for hit in _shown(a)}))
    title = plain(info.title).strip() or "Conversation"
    blocks: list[Block] = [_block(BlockKind.TITLE, title)]
    for turn in turns:
        notes.begin_turn()
        blocks += _turn(turn, notes)
    return Paper(
        title=title,
        asked_at=turns[0].asked_at if turns else info.created_at,
        answered_at=info.changed_at,
        blocks=tuple(blocks),
        notes=tuple(notes.made),
    )


def citations_of(answer: Answer) -> Iterator[Citation]:
    """Every citation that a paper shows of an answer, in no order, some of them twice."""
    for sentence in answer.sentences:
        yield from sentence.citations
    for conflict in answer.conflicts:
        yield from (statement.citation for statement in conflict.statements)
    for item in answer.listed:
        yield from item.citations
    if answer.likely is not None:
        yield answer.likely.citation


def _turn(turn: Turn, notes: Notes) -> Iterator[Block]:
    yield _block(BlockKind.QUESTION, turn.question)
    yield _block(BlockKind.DETAIL, wording.asked(turn))
    answer = turn.answer
    if answer is None:
        yield _block(BlockKind.NOTICE, turn.error or wording.UNANSWERED)
        return
    yield from _answer(answer, notes)
    yield from _conflicts(answer.conflicts, notes)
    yield _block(BlockKind.DETAIL, wording.looked_at(answer))


def _answer(answer: Answer, notes: Notes) -> Iterator[Block]:
    if answer.mode is Mode.OWN_KNOWLEDGE:
        yield _block(BlockKind.NOTICE, wording.OWN_KNOWLEDGE)
        yield from said(answer.text, (), notes)
        return
    if not _is_answered(answer):
        words = wording.DECLINED if answer.declined else wording.NOTHING_WRITTEN
        yield _block(BlockKind.NOTICE, words)
        if answer.likely is not None:
            words = PaperRun(plain(answer.likely.text), bold=True)
            marks = notes.marks([answer.likely.citation])
            likely = (PaperRun(wording.LIKELY), words, *marks)
            yield PaperBlock(BlockKind.PARAGRAPH, likely)
        yield from _passages(_shown(answer), notes)
        return
    yield from said(answer.text, answer.sentences, notes)
    yield from _listed(answer, notes)


def _is_answered(answer: Answer) -> bool:
    return bool(answer.text.strip()) and not answer.declined


def _shown(answer: Answer) -> Sequence[Hit]:
    """The passages that stand in for an answer."""
    own = answer.mode is Mode.OWN_KNOWLEDGE
    return () if own or _is_answered(answer) else answer.evidence[:_PASSAGES]


def _passages(hits: Sequence[Hit], notes: Notes) -> Iterator[Block]:
    if hits:
        yield _block(BlockKind.HEADING, wording.CLOSEST)
    for hit in hits:
        words = plain(hit.text).strip()
        cut = words if len(words) <= _PASSAGE_CHARS else f"{words[:_PASSAGE_CHARS]}…"
        source = PaperRun(f" — {notes.source(hit.path, hit.place)}")
        yield PaperBlock(BlockKind.PASSAGE, (PaperRun(f"“{cut}”"), source))


def _listed(answer: Answer, notes: Notes) -> Iterator[Block]:
    """What is on an answer's list but has no footnote in its text."""
    rest = [item for item in answer.listed if not any(notes.is_marked(c) for c in item.citations)]
    if rest:
        yield _block(BlockKind.HEADING, wording.FOUND_TOO)
    for item in rest:
        runs = (PaperRun(plain(item.text)), *notes.marks(item.citations))
        yield PaperBlock(BlockKind.BULLET, runs, "•")


def _conflicts(conflicts: Sequence[Conflict], notes: Notes) -> Iterator[Block]:
    for conflict in conflicts:
        yield _block(BlockKind.HEADING, wording.CONFLICT)
        rows = tuple(_statement(statement, notes) for statement in conflict.statements)
        yield PaperTable(wording.CONFLICT_HEADS, rows)


def _statement(statement: Statement, notes: Notes) -> tuple[tuple[PaperRun, ...], ...]:
    """A row: the quote with the words in which it differs in bold, its date, its place."""
    citation = statement.citation
    before, value, after = _around(plain(citation.quote), plain(statement.value).strip())
    quote = (PaperRun(f"“{before}"), PaperRun(value, bold=True), PaperRun(f"{after}”"))
    dated = ""
    if statement.dated is not None:
        by = f" (by {plain(statement.dated_by)})" if statement.dated_by else ""
        dated = f"{statement.dated.isoformat()}{by}"
    said_where = notes.source(citation.path, citation.place)
    runs = tuple(run for run in quote if run.text)
    return (*runs, *notes.marks([citation])), (PaperRun(dated),), (PaperRun(said_where),)


def _around(quote: str, value: str) -> tuple[str, str, str]:
    """What stands before, at and after `value`: as words of its own, else within others."""
    whole = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", quote) if value else None
    if whole is not None:
        return quote[: whole.start()], value, quote[whole.end() :]
    return quote.partition(value) if value else (quote, "", "")


def _block(kind: BlockKind, text: str) -> PaperBlock:
    return PaperBlock(kind, (PaperRun(plain(text).strip()),))
