"""Reads BibTeX as its own programs do: braces are counted, whatever stands before them."""

from __future__ import annotations

import re

_COMMAND = re.compile(r"\\(text[a-z]+\{\}|[&%$#_])|([{}\\&%$#_~^])|(.)", re.DOTALL)
_MEANT = {
    "textbackslash{}": "\\",
    "textbraceleft{}": "{",
    "textbraceright{}": "}",
    "textasciitilde{}": "~",
    "textasciicircum{}": "^",
    "textless{}": "<",
    "textgreater{}": ">",
    "textbar{}": "|",
}


def read(text: str) -> dict[str, tuple[str, dict[str, str]]]:
    """The type and the fields of each entry, by its key."""
    entries: dict[str, tuple[str, dict[str, str]]] = {}
    at = 0
    while (begin := text.find("@", at)) >= 0:
        assert not text[at:begin].strip(), "words between entries"
        opens = text.index("{", begin)
        body, at = _braced(text, opens)
        key, fields = body.split(",", 1)
        assert re.fullmatch(r"[a-z0-9-]+", key)
        assert key not in entries
        entries[key] = text[begin + 1 : opens], _fields(fields)
    assert not text[at:].strip()
    return entries


def _braced(text: str, opens: int) -> tuple[str, int]:
    """What stands in the braces that begin at `opens`, and where they end."""
    depth = 0
    for at in range(opens, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if not depth:
            return text[opens + 1 : at], at + 1
    raise AssertionError("a brace is not closed")


def _fields(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    at = 0
    while name := re.compile(r"\s*(\w+) = (?=\{)").match(text, at):
        value, at = _braced(text, name.end())
        assert text[at] == ","
        at += 1
        if value.startswith("{"):
            value, end = _braced(value, 0)
            assert end == len(value) + 2
        fields[name[1]] = _plain(value)
    assert not text[at:].strip()
    return fields


def _plain(value: str) -> str:
    words = ""
    for command, stray, sign in _COMMAND.findall(value):
        assert not stray, f"a bare {stray}"
        words += _MEANT.get(command, command) if command else sign
    return words
