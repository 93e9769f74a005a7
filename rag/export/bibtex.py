"""Writes cited files as BibTeX."""

from __future__ import annotations

from collections.abc import Sequence

from rag.export.csl import note_of
from rag.export.references import Reference

# Commands instead of escaped signs for braces: BibTeX counts those, escaped or not.
_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}


def bibtex(references: Sequence[Reference]) -> str:
    """The text of a .bib file, in UTF-8, one @misc for each file.

    No other type is sure: it would want an author or a publisher, which files do not tell.
    """
    return "\n".join(_entry(one) for one in references)


def _entry(reference: Reference) -> str:
    fields = {
        "title": f"{{{escaped(reference.title)}}}",  # within braces it keeps its capitals
        "note": escaped(note_of(reference)),
        "urldate": reference.asked_on.isoformat(),
    }
    fields |= dict(zip(("year", "month"), map(str, reference.dated), strict=False))
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{reference.key},\n{lines}}}\n"


def escaped(text: str) -> str:
    """One line of plain text as a field's value, between braces."""
    return "".join(_COMMANDS.get(character, character) for character in text)
