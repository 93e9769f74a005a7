"""The list from which files and folders are chosen to ask about."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from app import theme
from app.models.plain_text import tip
from app.widgets.popups import PopupCard, open_above

_PATH = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class _Places(QAbstractListModel):
    """Folders, then files; ten thousand of them cost no more than those that are seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._places: list[Path] = []
        self._folders = 0
        self._signs = (theme.icon("folder"), theme.icon("file"))

    def show_places(self, places: Sequence[Path]) -> None:
        """List `places`; a folder is what others lie in."""
        above = {os.path.dirname(place) for place in places}  # noqa: PTH120 - many, and fast
        folders = [place for place in places if str(place) in above]
        self.beginResetModel()
        self._folders = len(folders)
        self._places = folders + [place for place in places if str(place) not in above]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self._places[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return place.name or str(place)
            case Qt.ItemDataRole.DecorationRole:
                return self._signs[index.row() >= self._folders]
            case Qt.ItemDataRole.ToolTipRole:
                return tip(str(place))
            case role if role == _PATH:
                return place
            case _:
                return None


class PlacePicker(PopupCard):
    """A popup with a search field over the library's folders and files."""

    chosen = Signal(object)  # Path

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Choose what to ask about"))
        self._model = _Places(self)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(self._model)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(self.tr("Find a file or folder"))
        self._search.setAccessibleName(self.tr("Find a file or folder"))
        self._search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._list = QListView(self)
        self._list.setModel(self._filter)
        self._list.setAccessibleName(self.tr("Files and folders"))
        self._list.setUniformItemSizes(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = QLabel(self.tr("Nothing by that name in the library"), self)
        self._none.setProperty("kind", "secondary")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        column.addWidget(self._none, 1)
        self._search.textChanged.connect(self._narrow)
        self._search.installEventFilter(self)
        self._list.clicked.connect(self._choose)
        self._list.activated.connect(self._choose)

    def show_places(self, places: Sequence[Path]) -> None:
        """List `places`, folders first."""
        self._model.show_places(places)
        self._narrow(self._search.text())

    def open_above(self, anchor: QWidget) -> None:
        """Open over `anchor` with an empty search."""
        self._search.clear()
        self.setFixedSize(theme.px(340), theme.px(320))
        open_above(self, anchor)
        self._search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the arrows and Enter of the search field work the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row = self._list.currentIndex().row()
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                last = self._filter.rowCount() - 1
                self._list.setCurrentIndex(self._filter.index(max(0, min(last, row + step)), 0))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, words: str) -> None:
        self._filter.setFilterFixedString(words.strip())
        empty = self._filter.rowCount() == 0
        self._none.setVisible(empty)
        self._list.setVisible(not empty)
        self._list.setCurrentIndex(self._filter.index(0, 0))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.hide()
            self.chosen.emit(index.data(_PATH))
