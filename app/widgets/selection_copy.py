"""What a selection of the conversation says on the clipboard, with the footnotes that are in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QTextCursor

from app.widgets.answer_copy import Pieces
from app.widgets.document_marks import fragments, is_chip, said_instead
from rag.records import Citation

SourceOf = Callable[[str], Citation | None]  # the source that a mark's link leads to


def copied(cursor: QTextCursor, source_of: SourceOf) -> tuple[Pieces, tuple[Citation, ...]]:
    """The words and footnote numbers of a selection, and the sources it does not list itself.

    Numbers stay as they are seen, unless those of several answers meet without their own lists of
    sources: then they are counted anew.
    """
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    said: list[str | tuple[str, Citation]] = []
    listed: set[str] = set()
    block = cursor.document().findBlock(start)
    while block.isValid() and block.position() < end:
        for fragment in fragments(block):
            words = said_instead(fragment, start, end)
            href = fragment.charFormat().anchorHref()
            source = source_of(href) if words and is_chip(fragment) else None
            said.append(words if source is None else (_note_of(href), source))
            if words and "/note/" in href:
                listed.add(_note_of(href))
        said.append("\n")
        block = block.next()
    said.pop()
    return numbered(said, listed)


def numbered(
    said: list[str | tuple[str, Citation]], listed: set[str]
) -> tuple[Pieces, tuple[Citation, ...]]:
    """`said` with each mark's number, and the sources of those marks that are not `listed`.

    A mark is its note, as "2/0" for the first of the second answer, and its source.
    """
    answers = {piece[0].partition("/")[0] for piece in said if isinstance(piece, tuple)}
    anew = len(answers) > 1 and not listed
    notes: dict[str, Citation] = {}
    pieces: list[str | int] = []
    for piece in said:
        if isinstance(piece, str):
            pieces.append(piece.replace("\u2068", "").replace("\u2069", ""))
            continue
        note, source = piece
        if note not in notes:
            notes[note] = replace(source, number=len(notes) + 1) if anew else source
        pieces.append(notes[note].number)
    shown = [source for note, source in notes.items() if note not in listed]
    return pieces, tuple(sorted(shown, key=lambda source: source.number))


def _note_of(href: str) -> str:
    """The answer and the place of a footnote in it: "2/0" of "2/cite/0/1" and of "2/note/0"."""
    answer, _, rest = href.partition("/")
    return f"{answer}/{rest.split('/')[1]}"
