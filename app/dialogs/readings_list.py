"""The documents that were read whole and are kept, with what they take on the disk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.models.plain_text import plain, tip
from app.models.scope_parts import moment_words
from app.widgets import wording
from app.widgets.elided_label import ElidedLabel
from rag.events import ReadingsChanged
from rag.records import SavedReading

_GAP = 4  # px between two readings, before the text's scale
_MOST = 40  # readings; what was used before them is summed up


class ReadingsList(QWidget):
    """A line for each kept reading, the last used first, with buttons that delete."""

    delete_wanted = Signal(tuple)  # ids of readings; empty: all

    def __init__(self, readings: ReadingsChanged, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._focus = 0  # the line whose button deleted last
        title = QLabel(self.tr("What is kept"))
        theme.set_kind(title, "strong")
        self.total = QLabel()
        self.total.setWordWrap(True)
        theme.set_kind(self.total, "secondary")
        self.delete_all = QPushButton(self.tr("Delete all…"))
        self.delete_all.setAutoDefault(False)
        theme.set_kind(self.delete_all, "link")
        self.delete_all.clicked.connect(self._ask_to_delete_all)
        head = QHBoxLayout()
        head.addWidget(self.total, 1)
        head.addWidget(self.delete_all, 0, Qt.AlignmentFlag.AlignTop)
        self._card: QFrame | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 6)
        self._column.setSpacing(6)
        self._column.addWidget(title)
        self._column.addLayout(head)
        self.show_readings(readings)

    def show_readings(self, readings: ReadingsChanged) -> None:
        """Show what is kept now; the keyboard stays where it was."""
        had_focus = self.window().focusWidget() in self.buttons
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        self.buttons = []
        kept = readings.readings
        self.total.setText(self._total_words(readings))
        self.delete_all.setVisible(bool(kept))
        if kept:
            self._card = self._lines(kept)
            self._column.addWidget(self._card)
            self._card.show()  # what is not shown yet takes no focus
        if had_focus:
            after = self.buttons[: self._focus + 1]
            (after[-1] if after else self).setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ inside

    def _total_words(self, readings: ReadingsChanged) -> str:
        if not readings.readings:
            return self.tr("Nothing yet. What is read whole is kept, so that it is read only once.")
        return self.tr("{0} of {1} used").format(
            wording.size(readings.size_bytes), wording.size(readings.budget_bytes)
        )

    def _lines(self, kept: tuple[SavedReading, ...]) -> QFrame:
        card = QFrame()
        theme.set_kind(card, "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(12, 8, 6, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for reading in kept[:_MOST]:
            self._add(grid, reading)
        if rest := kept[_MOST:]:
            words = self.tr("{0} more, used before these").format(wording.number(len(rest)))
            size = wording.size(sum(reading.size_bytes for reading in rest))
            self._add_line(grid, words, size, "", tuple(reading.id for reading in rest))
        return card

    def _add(self, grid: QGridLayout, reading: SavedReading) -> None:
        about = self.tr("used {0} · read by {1}").format(
            moment_words(reading.used_at), plain(reading.model)
        )
        if not reading.is_complete:
            share = wording.number(round(100 * reading.tokens / max(1, reading.tokens_total)))
            about = self.tr("{0}% read · {1}").format(share, about)
        name = plain(reading.title)
        line = self._add_line(grid, name, wording.size(reading.size_bytes), about, (reading.id,))
        line.setToolTip(tip("\n".join(str(path) for path in reading.paths)))

    def _add_line(
        self, grid: QGridLayout, name: str, size: str, about: str, ids: tuple[str, ...]
    ) -> QLabel:
        row, number = grid.rowCount(), len(self.buttons)
        title, amount, more = ElidedLabel(name), QLabel(size), ElidedLabel(about)
        for label in (amount, more):
            theme.set_kind(label, "secondary")
        button = QPushButton(self.tr("Delete"))
        button.setAutoDefault(False)
        theme.set_kind(button, "link")
        button.setAccessibleName(self.tr("Delete {0}, {1}").format(name, size))
        button.clicked.connect(lambda: self._delete(number, ids))
        self.buttons.append(button)
        if number:
            grid.setRowMinimumHeight(row, theme.px(_GAP))
            row += 1
        grid.addWidget(title, row, 0)
        grid.addWidget(amount, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(button, row, 2)
        grid.addWidget(more, row + 1, 0, 1, 3)
        return title

    def _delete(self, number: int, ids: tuple[str, ...]) -> None:
        self._focus = number
        self.delete_wanted.emit(ids)

    def _ask_to_delete_all(self) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Delete all that was read whole?"))
        box.setInformativeText(
            self.tr("Your files stay as they are. They are read whole again when that is needed.")
        )
        delete = box.addButton(self.tr("Delete all"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        delete.clicked.connect(lambda: self.delete_wanted.emit(()))
        box.open()
