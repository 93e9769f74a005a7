"""Files become pages of clean reading text: which reader reads which format.

The readers are modules of this package that only a parser process imports, so that a damaged
file can crash nothing but that process; `rag.load.sandbox` is the door to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file and the module that reads it."""

    name: str  # for the screen: "PDF"
    suffixes: tuple[str, ...]  # lower case, with the dot
    reader: str  # a module of this package with `read(path) -> Iterator[DocumentInfo | Page]`


FORMATS: tuple[Format, ...] = (
    Format("PDF", (".pdf",), "pdf"),
    Format("Word", (".docx",), "word"),
    Format("web page", (".html", ".htm", ".xhtml"), "web"),
    Format("Markdown", (".md", ".markdown"), "markdown"),
    Format("text", (".txt", ".text", ".log"), "text"),
)


def format_of(path: Path) -> Format | None:
    """The format that `path`'s suffix names, None where no reader knows it."""
    suffix = path.suffix.lower()
    return next((known for known in FORMATS if suffix in known.suffixes), None)
