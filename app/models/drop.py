"""What to make of files and folders that are held over the window or dropped on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData

_MANY = 500  # more are not looked at one by one while they are held over the window


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


def sort_drop(paths: Sequence[Path], suffixes: Collection[str]) -> Drop:
    """Sort `paths` by what can be done; `suffixes` are those that can be read, if known yet."""
    folders: list[Path] = []
    files: list[Path] = []
    models: list[Path] = []
    unreadable: list[Path] = []
    for path in paths[:_MANY]:
        suffix = path.suffix.casefold()
        if suffix == ".gguf":
            models.append(path)
        elif suffix in suffixes:
            files.append(path)
        elif path.is_dir():
            folders.append(path)
        elif suffixes:
            unreadable.append(path)
        else:
            files.append(path)  # before the engine has told its formats
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
