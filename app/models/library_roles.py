"""What a row of the library's tree tells besides its name, and who words it."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import Qt

from app.models.file_node import Node
from app.models.file_words import FileWords


class Role(IntEnum):
    """What a row tells besides its name."""

    PATH = Qt.ItemDataRole.UserRole + 1
    RECORD = Qt.ItemDataRole.UserRole + 2  # FileRecord; None for a folder
    DETAIL = Qt.ItemDataRole.UserRole + 3  # the few words on the right
    SHORT = Qt.ItemDataRole.UserRole + 4  # the same where there is less room
    ATTENTION = Qt.ItemDataRole.UserRole + 5  # how many files need attention, 0 or 1 for a file
    FILES = Qt.ItemDataRole.UserRole + 6
    SHOWN = Qt.ItemDataRole.UserRole + 7  # how many rows are right below it
    WHOLE = Qt.ItemDataRole.UserRole + 8  # 0..1: how much of a file was read whole and is kept


TELLS: dict[int, Callable[[FileWords, Node], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda _, node: node.name,
    Qt.ItemDataRole.DecorationRole: FileWords.icon,
    Qt.ItemDataRole.ToolTipRole: FileWords.tip,
    Qt.ItemDataRole.AccessibleTextRole: lambda told, node: f"{node.name}, {told.sentence(node)}",
    Role.PATH: lambda _, node: node.path,
    Role.RECORD: lambda _, node: node.record,
    Role.DETAIL: FileWords.detail,
    Role.SHORT: FileWords.short,
    Role.ATTENTION: lambda _, node: node.attention,
    Role.FILES: lambda _, node: node.files,
    Role.SHOWN: lambda _, node: len(node.shown),
    Role.WHOLE: FileWords.whole_share,
}
