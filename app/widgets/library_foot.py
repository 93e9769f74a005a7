"""How the library, or a folder of it, stands; and what shows some of its files alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app import theme
from app.models.file_filter import Only
from app.models.file_words import FileWords
from app.widgets.flow_layout import FlowLayout
from app.widgets.wording import isolated, number
from rag.records import FileState, FolderHealth

_NO_BREAK = "\u00a0"


class LibraryFoot(QWidget):
    """A line of figures, and a button each for what needs a look and what is left out."""

    only_changed = Signal()  # `only` or `reason`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = FileWords(self)
        self.reason = ""  # of the rule to show alone, with `only` LEFT_OUT
        self.line = QLabel(self)
        self.line.setWordWrap(True)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setAccessibleName(self.tr("How the library stands"))
        theme.set_kind(self.line, "secondary")
        self.attention = self._button("attention", "warning", "warning")
        self.attention.setToolTip(self.tr("Show only the files that could not be read as they are"))
        self.left_out = self._button("left-out", "skipped", "secondary")
        self.left_out.setToolTip(self.tr("Show only the files that a rule leaves out"))
        self._buttons = QWidget(self)
        row = FlowLayout(self._buttons, spacing=6)
        for button in (self.attention, self.left_out):
            row.addWidget(button)
            button.toggled.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        layout.addWidget(self._buttons)

    @property
    def only(self) -> Only:
        """Which files are to be shown."""
        if self.attention.isChecked():
            return Only.ATTENTION
        return Only.LEFT_OUT if self.left_out.isChecked() else Only.ALL

    def show_health(self, library: FolderHealth, attention: int) -> None:
        """How all of the library stands, and how many of its files need a look."""
        left_out = library.count(FileState.SKIPPED)
        one, many = self.tr("1 needs a look"), self.tr("{} need a look").format(number(attention))
        self.attention.setText(one if attention == 1 else many)
        self.left_out.setText(self.tr("{} left out").format(number(left_out)))
        for button, count in ((self.attention, attention), (self.left_out, left_out)):
            button.setVisible(count > 0)
            if not count:
                button.setChecked(False)
        self._buttons.setVisible(bool(attention or left_out))

    def show_line(self, health: FolderHealth, name: str = "") -> None:
        """The figures of a folder with its `name`; of the library, with what no button says."""
        files = self._told.health_of_files(health, in_short=not name)
        lines = [" · ".join(part.replace(" ", _NO_BREAK) for part in files)]
        lines += self._told.health_of_pages(health)
        said = "\n".join(lines)
        self.line.setText(f"{isolated(name)}: {said}" if name else said)

    def show_left_out(self, reason: str = "") -> None:
        """Show what is left out alone, by one rule where a `reason` is given."""
        self.left_out.setChecked(False)
        self.reason = reason
        self.left_out.setChecked(True)

    def _choose(self, chosen: bool) -> None:  # noqa: FBT001  a slot
        if chosen:
            other = self.left_out if self.sender() is self.attention else self.attention
            other.blockSignals(True)  # one change is told once
            other.setChecked(False)
            other.blockSignals(False)
        if not self.left_out.isChecked():
            self.reason = ""
        self.only_changed.emit()

    def _button(self, kind: str, icon: str, color: str) -> QPushButton:
        button = QPushButton(self)
        theme.set_kind(button, kind)
        button.setCheckable(True)
        button.setIcon(theme.icon(icon, color, color))
        return button
