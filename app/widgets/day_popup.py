"""The popup in which a day is chosen from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLabel, QToolButton, QVBoxLayout, QWidget

from app import theme
from app.widgets.popups import PopupCard, open_above


class DayPopup(PopupCard):
    """A month of days under a title; arrows and Enter choose as the mouse does."""

    chosen = Signal(object)  # date

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setProperty("kind", "strong")
        self.calendar = QCalendarWidget(self)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setGridVisible(False)
        for name, icon in (("prev", "chevron-left"), ("next", "chevron-right")):
            button = self.calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            if button is not None:  # by the name it has in Qt
                button.setIcon(theme.icon(icon, "text"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.calendar)
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        self._take_look()

    def open_above(self, anchor: QWidget, title: str, day: date) -> None:
        """Open over `anchor` with `day` chosen."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.calendar.setAccessibleName(title)
        self.calendar.setFirstDayOfWeek(QLocale().firstDayOfWeek())
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        open_above(self, anchor)
        self.calendar.setFocus()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the new look's colours."""
        super().changeEvent(event)
        if theme.is_change(event):
            self._take_look()

    def _take(self, day: QDate) -> None:
        if self.isVisible():  # Enter is told as a click too
            self.hide()
            self.chosen.emit(date(day.year(), day.month(), day.day()))

    def _take_look(self) -> None:
        look = theme.current()
        plain = QTextCharFormat()
        plain.setForeground(look.text)
        head = QTextCharFormat()
        head.setForeground(look.secondary)
        head.setBackground(look.card)
        self.calendar.setHeaderTextFormat(head)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # which Qt paints red
            self.calendar.setWeekdayTextFormat(day, plain)
