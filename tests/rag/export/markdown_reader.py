"""Reads exported Markdown back, and fails on all that could be more than words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_PIECE = re.compile(
    r"(?P<note>\[\^(?P<number>\d+)\])"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:lt|gt|amp);)"
    r"|(?P<bold>\*\*)"
    r"|(?P<stray>[\\`*_\[\]<>&~^$|{}@]|:(?=[/A-Za-z])|(?i:(?<=www)\.\S))"
    r"|(?P<text>.)",
    re.DOTALL,
)
_BLOCK = re.compile(r"(?P<mark>#{1,3} |> | *- | *\d+[.)] |)(?P<line>.*)")
_NOTE = re.compile(r"\[\^(\d+)\]: (.*)")
_AMISS = re.compile(r"\s|[-+=#:~]|\d+[.)]")


@dataclass
class Read:
    """What a file holds: lines with the marks before them, the marks of notes, and the notes."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)


def read(text: str) -> Read:
    found = Read()
    for block in text.removesuffix("\n").split("\n\n"):
        assert block, "two blank lines"
        if note := _NOTE.fullmatch(block):
            number = int(note[1])
            assert number not in found.notes
            assert not re.fullmatch(r"\S+( *([\"'].*[\"']|\(.*\)) *)?", note[2]), "a link's address"
            found.notes[number] = _words(note[2], Read())
        elif block.startswith("| "):
            rows = block.split("\n")
            assert set(rows[1]) <= set("| -")
            cells = [re.split(r" \| ", row[2:-2]) for row in rows]
            assert len({len(row) for row in cells}) == 1
            found.lines += [("|", "|".join(_words(cell, found) for cell in row)) for row in cells]
        else:
            found.lines += [_line(line, found) for line in block.split("\n")]
    return found


def _line(line: str, found: Read) -> tuple[str, str]:
    block = _BLOCK.fullmatch(line)
    assert block
    begin = block["line"].removeprefix("**") if not block["mark"] else block["line"]
    assert not _AMISS.match(begin), f"more than words: {line}"
    if begin.startswith("*") and not block["mark"]:  # small print
        assert begin.endswith("*")
        return "*", _words(begin[1:-1], found)
    return block["mark"].strip(" "), _words(block["line"], found)


def _words(line: str, found: Read) -> str:
    words = ""
    for piece in _PIECE.finditer(line):
        assert not piece["stray"], f"more than a word: {piece[0]!r} in {line!r}"
        if piece["note"]:
            found.marks.append(int(piece["number"]))
        elif piece["escaped"]:
            words += piece["escaped"]
        elif piece["entity"]:
            words += html.unescape(piece["entity"])
        elif piece["text"]:
            words += piece["text"]
    return words
