"""Writes a paper as Markdown, in which no word of a document can become anything but words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.records import BlockKind, Paper, PaperBlock, PaperNote, PaperRun, PaperTable

_HEADINGS = {BlockKind.TITLE: "# ", BlockKind.QUESTION: "## ", BlockKind.HEADING: "### "}
_ITEMS = {BlockKind.BULLET, BlockKind.NUMBERED}
_INDENT = "    "

# Entities are understood by every dialect; a backslash before "<" is not by the oldest one.
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]#|~^$@]"  # emphasis, code, links, images, notes, tables, formulas, mentions
    r"|:(?=[^\s\d])"  # addresses, and names of pictures
    r"|(?<=www)\.(?=\S)"
    r"|=(?==)|%(?=%)",
    re.IGNORECASE,
)
_ENDS_TITLE = ('"', "'", ")")
_AT_START = re.compile(r"([-+=:]|\d{1,9}(?=[.)]))(.?)", re.DOTALL)
_LABEL = re.compile(r"\d{1,9}[.)]")


def markdown(paper: Paper) -> str:
    """The text of a Markdown file, in the dialect that most programs know, with footnotes.

    The notes of a question stand at its end. Their names are unique in the whole text.
    """
    parts: list[str] = []
    written = 0
    for section in _sections(paper.blocks):
        parts += _blocks(section)
        marked = max(written, _last_note(section))
        parts += [_note(note) for note in paper.notes[written:marked]]
        written = marked
    return "\n\n".join(parts) + "\n"


def _sections(
    blocks: Sequence[PaperBlock | PaperTable],
) -> Iterator[list[PaperBlock | PaperTable]]:
    """The blocks of each question, those before the first one apart."""
    section: list[PaperBlock | PaperTable] = []
    for block in blocks:
        if isinstance(block, PaperBlock) and block.kind is BlockKind.QUESTION and section:
            yield section
            section = []
        section.append(block)
    yield section


def _last_note(blocks: Sequence[PaperBlock | PaperTable]) -> int:
    runs = [run for block in blocks for run in _runs_of(block)]
    return max((run.note for run in runs if run.note is not None), default=0)


def _runs_of(block: PaperBlock | PaperTable) -> Iterator[PaperRun]:
    if isinstance(block, PaperBlock):
        yield from block.runs
        return
    for row in block.rows:
        for cell in row:
            yield from cell


def _blocks(blocks: Sequence[PaperBlock | PaperTable]) -> Iterator[str]:
    """Each block; the items of a list together."""
    items: list[str] = []
    depth = -1
    for block in blocks:
        if isinstance(block, PaperBlock) and block.kind in _ITEMS:
            depth = min(block.depth, depth + 1)  # deeper, it would be code
            items.append(_item(block, depth))
            continue
        if items:
            yield "\n".join(items)
            items, depth = [], -1
        yield _table(block) if isinstance(block, PaperTable) else _paragraph(block)
    if items:
        yield "\n".join(items)


def _item(block: PaperBlock, depth: int) -> str:
    numbered = block.kind is BlockKind.NUMBERED and _LABEL.fullmatch(block.label)
    label = block.label if numbered else "-"
    return f"{_INDENT * depth}{label} {_line(block.runs)}"


def _paragraph(block: PaperBlock) -> str:
    match block.kind:
        case BlockKind.PASSAGE:
            return f"> {_line(block.runs)}"
        case BlockKind.NOTICE:
            return _emphasised(_line(block.runs), "**")
        case BlockKind.DETAIL:
            return _emphasised(_line(block.runs), "*")
        case kind:
            return _HEADINGS.get(kind, "") + _line(block.runs)


def _table(table: PaperTable) -> str:
    rows = [[escaped(head) for head in table.heads], ["---"] * len(table.heads)]
    rows += [[_line(cell) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _note(note: PaperNote) -> str:
    """A note, which is no link's address and title where footnotes are not known."""
    words = f"{f'“{escaped(note.quote)}” ' if note.quote else ''}— {escaped(note.source)}"
    end = "." if words.endswith(_ENDS_TITLE) else ""
    return f"[^{note.number}]: {words}{end}"


def _line(runs: Sequence[PaperRun]) -> str:
    """Runs as one line that can stand at the start of a block."""
    parts: list[str] = []
    runs = _joined(runs)
    for index, run in enumerate(runs):
        if run.note is not None:
            parts.append(f"[^{run.note}]")
            continue
        words = escaped(run.text)
        if run.bold and _can_be_bold(runs, index):
            bare = words.strip()
            words = words.replace(bare, _emphasised(bare, "**"), 1)
        parts.append(words)
    return _safe_start("".join(parts).strip())


def _joined(runs: Sequence[PaperRun]) -> list[PaperRun]:
    """Runs of one look as one: what is two harmless halves may be an address as a whole."""
    joined: list[PaperRun] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and run.note is None and last == replace(run, text=last.text):
            joined[-1] = replace(run, text=last.text + run.text)
        else:
            joined.append(run)
    return joined


def _can_be_bold(runs: Sequence[PaperRun], index: int) -> bool:
    """Whether stars around a run are read as such: not between a letter and a sign."""
    text = runs[index].text
    before = runs[index - 1].text[-1:] if index else ""
    after = runs[index + 1].text[:1] if index + 1 < len(runs) else ""
    return (
        bool(text.strip())
        and (text.strip()[0].isalnum() or text[0].isspace() or not before.isalnum())
        and (text.strip()[-1].isalnum() or text[-1].isspace() or not after.isalnum())
    )


def _emphasised(words: str, stars: str) -> str:
    return f"{stars}{words}{stars}" if words else ""


def escaped(text: str) -> str:
    """One line of plain text as Markdown within a line, whatever it holds."""
    marked = _SPECIAL.sub(lambda sign: f"\\{sign[0]}", text)
    return "".join(_ENTITIES.get(character, character) for character in marked)


def _safe_start(line: str) -> str:
    """`line` without anything that makes a list, a heading or a rule where it begins."""
    begin = _AT_START.match(line)
    if begin is None:
        return line
    digits = begin[1].isdigit()
    return f"{begin[1]}\\{line[begin.end(1) :]}" if digits else f"\\{line}"
