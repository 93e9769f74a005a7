"""Files become pages of clean reading text: which reader reads which format.

The readers are modules of this package that only a parser process imports, so that a damaged
file can crash nothing but that process; `rag.load.sandbox` is the door to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file and the module that reads it."""

    name: str  # for the screen: "PDF"
    suffixes: tuple[str, ...]  # lower case, with the dot
    reader: str  # the module with `read(path, how) -> Iterator[DocumentInfo | Page]`
    names: tuple[str, ...] = ()  # of files that are told by their whole name, lower case
    drawn: bool = False  # whether its pages can be shown as pictures


FORMATS: tuple[Format, ...] = (
    Format("PDF", (".pdf",), "rag.load.pdf", drawn=True),
    Format("Word", (".docx",), "rag.load.word"),
    Format("web page", (".html", ".htm", ".xhtml"), "rag.load.web"),
    Format("Markdown", (".md", ".markdown"), "rag.load.markdown"),
    Format("text", (".txt", ".text", ".log"), "rag.load.text"),
)


def format_of(path: Path, formats: Sequence[Format] = FORMATS) -> Format | None:
    """The format that `path`'s name tells, None where no reader knows it."""
    name, suffix = path.name.lower(), path.suffix.lower()
    return next(
        (known for known in formats if suffix in known.suffixes or name in known.names), None
    )
