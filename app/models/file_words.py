"""What the library's tree says of a file: an icon, a few words, a sentence."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QIcon

from app import theme
from app.models.file_node import Node
from rag.records import FileRecord, FileState

_ICONS = {
    FileState.WAITING: ("waiting", "secondary"),
    FileState.READING: ("reading", "accent"),
    FileState.READY: ("check", "accent"),
    FileState.PARTIAL: ("warning", "warning"),
    FileState.FAILED: ("warning", "warning"),
    FileState.SKIPPED: ("skipped", "secondary"),
    FileState.MISSING: ("missing", "warning"),
}
_THOUSAND = 1000


class FileWords(QObject):
    """Words for nodes in the window's language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons: dict[FileState, QIcon] = {}
        self._states = {
            FileState.WAITING: self.tr("waiting"),
            FileState.READING: self.tr("reading"),
            FileState.PARTIAL: self.tr("in part"),
            FileState.FAILED: self.tr("not read"),
            FileState.SKIPPED: self.tr("left out"),
            FileState.MISSING: self.tr("missing"),
        }

    def icon(self, node: Node) -> QIcon | None:
        """The sign of a file's state; none for a folder."""
        if node.record is None:
            return None
        state = node.record.state
        if state not in self._icons:
            name, color = _ICONS[state]
            self._icons[state] = theme.icon(name, color, color)
        return self._icons[state]

    def detail(self, node: Node) -> str:
        """The few words beside a name: a folder's files, a file's pages or state."""
        record = node.record
        if record is None:
            return QLocale().toString(node.files)
        if record.state is not FileState.READY:
            return self._states[record.state]
        if record.paged:
            return self.tr("{} p").format(QLocale().toString(record.pages))
        if record.words >= _THOUSAND:
            return self.tr("{}k words").format(QLocale().toString(record.words / _THOUSAND, "f", 1))
        return self.tr("{} words").format(QLocale().toString(record.words))

    def sentence(self, node: Node) -> str:
        """All that is known, for a tooltip and a screen reader."""
        record = node.record
        if record is None:
            return self._of_folder(node)
        if record.state is not FileState.READY:
            return f"{self._states[record.state]}. {record.reason}".removesuffix(" ")
        return f"{self._of_ready(record)}. {record.reason}".removesuffix(" ")

    def _of_folder(self, node: Node) -> str:
        count = QLocale().toString(node.files)
        files = self.tr("1 file") if node.files == 1 else self.tr("{} files").format(count)
        if not node.attention:
            return files
        return self.tr("{}, {} to look at").format(files, QLocale().toString(node.attention))

    def _of_ready(self, record: FileRecord) -> str:
        if record.same_as is not None:
            return self.tr("the same as {}").format(record.same_as.name)
        words = self.tr("{} words").format(QLocale().toString(record.words))
        if not record.paged:
            return self.tr("read, {}").format(words)
        count = QLocale().toString(record.pages)
        pages = self.tr("1 page") if record.pages == 1 else self.tr("{} pages").format(count)
        return self.tr("read, {}, {}").format(pages, words)
