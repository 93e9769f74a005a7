"""The types of files as the window names them, each with the suffixes that it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

_PAGED = frozenset({"pdf"})
_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class FileType:
    """A type; its suffixes are those of `Scope.types`: lower case, without the dot."""

    name: str  # "PDF", on a chip
    plural: str  # "PDFs", in a sentence
    suffixes: tuple[str, ...]
    paged: bool = False  # whether its pages have numbers that can be asked for


def types_of(suffixes: Iterable[str]) -> tuple[FileType, ...]:
    """The types that `suffixes` (with or without the dot) belong to, with only these of theirs."""
    left = dict.fromkeys(suffix.lower().removeprefix(".") for suffix in suffixes)
    found: list[FileType] = []
    for name, plural, all_of_it in _known():
        mine = tuple(suffix for suffix in all_of_it if suffix in left)
        if mine:
            found.append(FileType(name, plural, mine, not _PAGED.isdisjoint(mine)))
        for suffix in mine:
            del left[suffix]
    for suffix in left:
        name = suffix.upper()
        plural = _translate("FileTypes", "{0} files").format(name)
        found.append(FileType(name, plural, (suffix,), suffix in _PAGED))
    return tuple(found)


def _known() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Name, plural and suffixes of the types that have a name of their own."""
    return (
        (_translate("FileTypes", "PDF"), _translate("FileTypes", "PDFs"), ("pdf",)),
        (_translate("FileTypes", "Word"), _translate("FileTypes", "Word files"), ("docx",)),
        (
            _translate("FileTypes", "Web page"),
            _translate("FileTypes", "web pages"),
            ("html", "htm", "xhtml"),
        ),
        (
            _translate("FileTypes", "Markdown"),
            _translate("FileTypes", "Markdown files"),
            ("md", "markdown"),
        ),
        (
            _translate("FileTypes", "Text"),
            _translate("FileTypes", "text files"),
            ("txt", "text", "log"),
        ),
    )
