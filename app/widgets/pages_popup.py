"""The popup in which the pages are typed that a question is asked of."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.widgets.announcing import announce
from app.widgets.popups import PopupCard, open_above

_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–—]\s*(\d{1,6}))?")
_SEPARATOR = re.compile(r"\s*[,;،、]\s*")

Pages = tuple[tuple[int, int], ...]


class PagesPopup(PopupCard):
    """Takes "3–5, 9"; what is no page is said beside the field."""

    chosen = Signal(tuple)  # ranges as in `Scope.pages`

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Choose pages"))
        title = QLabel(self.tr("Ask only about these pages"), self)
        title.setProperty("kind", "strong")
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("3–5, 9"))
        self.field.setAccessibleName(self.tr("Pages, as 3–5, 9"))
        self._outcome = QLabel(self)
        self._outcome.setWordWrap(True)
        add = QPushButton(self.tr("Add"), self)
        add.setProperty("kind", "primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(add)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addLayout(row)
        column.addWidget(self._outcome)
        self.field.returnPressed.connect(self._take)
        self.field.textEdited.connect(self._say_hint)
        add.clicked.connect(self._take)
        self._say_hint()

    def open_above(self, anchor: QWidget) -> None:
        """Open over `anchor`, empty."""
        self.field.clear()
        self._say_hint()
        self.setFixedWidth(theme.px(300))
        open_above(self, anchor)
        self.field.setFocus()

    def _take(self) -> None:
        pages = pages_in(self.field.text())
        if pages:
            self.hide()
            self.chosen.emit(pages)
        else:
            self._say(self.tr("Type numbers from 1 on, as 7 or 3–5, 9."), "error")
            announce(self, self._outcome.text())

    def _say_hint(self) -> None:
        self._say(self.tr("Files without pages, as web pages, are left out."), "secondary")

    def _say(self, words: str, kind: str) -> None:
        theme.set_kind(self._outcome, kind)
        self._outcome.setText(words)


def pages_in(typed: str) -> Pages:
    """The ranges that `typed` names, rising, those that touch joined; empty if any is none."""
    ranges: list[tuple[int, int]] = []
    for part in _SEPARATOR.split(typed.strip()):
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            return ()
        ranges.append((first, last))
    return joined_pages(ranges)


def joined_pages(ranges: list[tuple[int, int]]) -> Pages:
    """`ranges` rising, those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)
