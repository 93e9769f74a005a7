"""What to make of files and folders that are held over the window or dropped on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData

_SUFFIX = re.compile(r"\.(?!\d+$)\w{1,12}")  # what names a type: not in "notes.2023"
_MANY = 500  # more are not looked at one by one while they are held over the window


@dataclass(frozen=True, slots=True)
class Readable:
    """What can be read, by suffix and by whole name, in lower case; nothing: not known yet."""

    suffixes: frozenset[str] = frozenset()  # with the dot; ".tar.gz" too
    names: frozenset[str] = frozenset()

    def takes(self, path: Path) -> bool:
        """Whether a file may be readable; one without a suffix is told by its content later."""
        if not self.suffixes or path.name.casefold() in self.names:
            return True
        ends = ("".join(path.suffixes[-2:]).casefold(), path.suffix.casefold())
        return not self.suffixes.isdisjoint(ends) or not _SUFFIX.fullmatch(ends[1])


@dataclass(frozen=True, slots=True)
class Drop:
    """Paths by what can be done with them."""

    folders: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    models: tuple[Path, ...] = ()
    unreadable: tuple[Path, ...] = ()  # files of a type that no reader knows

    @property
    def addable(self) -> tuple[Path, ...]:
        """What the library can take."""
        return self.folders + self.files

    def promise(self) -> str:
        """What letting go will do, as "Add 3 folders"; empty where nothing can be done."""
        if self.addable:
            return _tr("Add {}").format(_counts(len(self.folders), len(self.files)))
        if self.models:
            return _tr("Use this model: {}").format(self.models[0].name)
        if self.unreadable:
            kinds = sorted({path.suffix or path.name for path in self.unreadable})
            return _tr("Footnote cannot read {} yet").format(", ".join(kinds[:3]))
        return ""


def paths_in(mime: QMimeData) -> list[Path]:
    """The local files and folders that are dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def sort_drop(paths: Sequence[Path], readable: Readable) -> Drop:
    """Sort `paths` by what can be done with them."""
    folders: list[Path] = []
    files: list[Path] = []
    models: list[Path] = []
    unreadable: list[Path] = []
    for path in paths[:_MANY]:
        if path.suffix.casefold() == ".gguf":
            models.append(path)
        elif path.is_dir():
            folders.append(path)
        elif readable.takes(path):
            files.append(path)
        else:
            unreadable.append(path)
    files += paths[_MANY:]
    return Drop(tuple(folders), tuple(files), tuple(models), tuple(unreadable))


def _counts(folders: int, files: int) -> str:
    parts: list[str] = []
    if folders:
        parts.append(_tr("1 folder") if folders == 1 else _tr("{} folders").format(folders))
    if files:
        parts.append(_tr("1 file") if files == 1 else _tr("{} files").format(files))
    return _tr(" and ").join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Drop", text)
