"""The rules that leave files out, with how many each keeps out of the library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import theme
from app.widgets.wording import files, number

_MOST = 8  # rules; further ones are summed up


class LeftOutList(QWidget):
    """A line for each rule that leaves something out, with a button that shows it."""

    shown_wanted = Signal(str)  # the rule's reason; empty for all that is left out

    def __init__(self, rules: Sequence[tuple[str, int]], parent: QWidget | None = None) -> None:
        """`rules` are reasons of the ledger with their counts, those with the most files first."""
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        title = QLabel(self.tr("What is left out now"))
        theme.set_kind(title, "strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(6)
        column.addWidget(title)
        if not rules:
            nothing = QLabel(self.tr("Nothing: every file in the folders you added is read."))
            nothing.setWordWrap(True)
            theme.set_kind(nothing, "secondary")
            column.addWidget(nothing)
            return
        card = QFrame()
        theme.set_kind(card, "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(12, 8, 6, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for reason, count in rules[:_MOST]:
            self._add(grid, reason, count, reason)
        if rest := rules[_MOST:]:
            words = self.tr("{0} further rules").format(number(len(rest)))
            self._add(grid, words, sum(count for _, count in rest), "")
        column.addWidget(card)

    def tell_saving(self, *, saves: bool) -> None:
        """Let the buttons say whether they save what was changed first."""
        for button in self.buttons:
            button.setText(self.tr("Save and show") if saves else self.tr("Show"))

    def _add(self, grid: QGridLayout, words: str, count: int, reason: str) -> None:
        row = grid.rowCount()
        rule, amount = QLabel(words), QLabel(files(count))
        for label in (rule, amount):
            label.setTextFormat(Qt.TextFormat.PlainText)
            theme.set_kind(label, "secondary")
        rule.setWordWrap(True)
        button = QPushButton(self.tr("Show"))
        button.setAutoDefault(False)
        theme.set_kind(button, "link")
        button.setAccessibleName(self.tr("Show {0}: {1}").format(files(count), words))
        button.clicked.connect(lambda: self.shown_wanted.emit(reason))
        self.buttons.append(button)
        grid.addWidget(rule, row, 0)
        grid.addWidget(amount, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(button, row, 2)
