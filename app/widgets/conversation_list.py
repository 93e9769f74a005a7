"""The list of conversations: find, open, rename, delete and undo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.widgets.undo_bar import UndoBar
from rag.records import ConversationInfo

_ID = Qt.ItemDataRole.UserRole
_WHEN = Qt.ItemDataRole.UserRole + 1
_UNDO_MS = 12_000

_Index = QModelIndex | QPersistentModelIndex


class ConversationList(QFrame):
    """Lists conversations, the last changed first."""

    opened = Signal(int)  # the conversation's id
    renamed = Signal(int, str)
    deleted = Signal(int)
    restored = Signal(int)
    export_wanted = Signal(int, str)  # the conversation's id and its title
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deleted: int | None = None
        self.setProperty("kind", "bar")
        self.setAccessibleName(self.tr("Conversations"))
        self._model = QStandardItemModel(self)
        self._model.itemChanged.connect(self._take_new_title)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(self._model)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find a conversation"))
        self.search.setAccessibleName(self.tr("Find a conversation"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.view = self._make_view()
        self._none = QLabel(self)
        self._none.setProperty("kind", "secondary")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setWordWrap(True)
        self._undo = UndoBar(self)
        self._undo.undo_wanted.connect(self._restore)
        self._undo_ends = QTimer(self)
        self._undo_ends.setSingleShot(True)
        self._undo_ends.setInterval(_UNDO_MS)
        self._undo_ends.timeout.connect(lambda: self._undo.offer(""))
        self.search.textChanged.connect(self._narrow)
        self._lay_out()
        self._add_actions()
        self._narrow("")

    def show_conversations(self, conversations: Sequence[ConversationInfo]) -> None:
        """List `conversations` in this order; the chosen one stays chosen."""
        chosen = self.chosen_id()
        self._model.clear()
        for info in conversations:
            item = QStandardItem(info.title)
            item.setData(info.id, _ID)
            item.setData(_when(info.changed_at), _WHEN)
            item.setData(
                f"{info.title}, {_when(info.changed_at)}", Qt.ItemDataRole.AccessibleTextRole
            )
            self._model.appendRow(item)
        if chosen is not None:
            self.choose(chosen)
        self._narrow(self.search.text())

    def choose(self, conversation_id: int) -> None:
        """Highlight a conversation; emits nothing."""
        for row in range(self._filter.rowCount()):
            index = self._filter.index(row, 0)
            if index.data(_ID) == conversation_id:
                self.view.setCurrentIndex(index)

    def chosen_id(self) -> int | None:
        """The id of the highlighted conversation, None where there is none."""
        index = self.view.currentIndex()
        return index.data(_ID) if index.isValid() else None

    def rename_chosen(self) -> None:
        """Let the user type a new title for the highlighted conversation."""
        if self.view.currentIndex().isValid():
            self.view.edit(self.view.currentIndex())

    def delete_chosen(self) -> None:
        """Take the highlighted conversation out, and offer to undo that."""
        index = self.view.currentIndex()
        if not index.isValid():
            return
        gone, title = int(index.data(_ID)), str(index.data())
        self._filter.removeRow(index.row())
        self._deleted = gone
        self._undo.offer(self.tr("Deleted “{0}”").format(title))
        self._undo_ends.start()
        self._narrow(self.search.text())
        self.deleted.emit(gone)

    def export_chosen(self) -> None:
        """Ask for the highlighted conversation to be written to a file."""
        index = self.view.currentIndex()
        if index.isValid():
            self.export_wanted.emit(index.data(_ID), str(index.data()))

    # ------------------------------------------------------------ inside

    def _make_view(self) -> QListView:
        view = QListView(self)
        view.setModel(self._filter)
        view.setItemDelegate(_TwoLines(view))
        view.setAccessibleName(self.tr("Conversations"))
        view.setUniformItemSizes(True)
        view.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        view.clicked.connect(self._open)
        view.activated.connect(self._open)
        return view

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Conversations").upper(), self)
        title.setProperty("kind", "caption")
        new = QToolButton(self)
        new.setIcon(theme.icon("plus"))
        new.setAccessibleName(self.tr("New conversation"))
        new.setToolTip(self.tr("New conversation (Ctrl+N)"))
        new.clicked.connect(self.new_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 0, 0)
        head.addWidget(title, 1)
        head.addWidget(new)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self.view, 1)
        column.addWidget(self._none, 1)
        column.addWidget(self._undo)

    def _add_actions(self) -> None:
        self._rename = QAction(theme.icon("edit"), self.tr("Rename"), self.view)
        self._rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        self._rename.triggered.connect(self.rename_chosen)
        self._delete = QAction(theme.icon("trash"), self.tr("Delete"), self.view)
        self._delete.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self._delete.triggered.connect(self.delete_chosen)
        self._export = QAction(theme.icon("download"), self.tr("Export…"), self.view)
        self._export.triggered.connect(self.export_chosen)
        for action in (self._rename, self._delete):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.view.addAction(action)

    def _open_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        if index.isValid():
            self.view.setCurrentIndex(index)
            menu = QMenu(self.view)
            menu.addActions([self._rename, self._export, self._delete])
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(_ID))

    def _take_new_title(self, item: QStandardItem) -> None:
        title = item.text().strip()
        if title and item.data(_ID) is not None:
            self.renamed.emit(item.data(_ID), title)

    def _restore(self) -> None:
        self._undo_ends.stop()
        self._undo.offer("")
        if self._deleted is not None:
            self.restored.emit(self._deleted)
        self._deleted = None

    def _narrow(self, words: str) -> None:
        self._filter.setFilterFixedString(words.strip())
        empty = self._filter.rowCount() == 0
        if self._model.rowCount():
            self._none.setText(self.tr("No conversation by that name"))
        else:
            self._none.setText(self.tr("Your conversations are kept here."))
        self._none.setVisible(empty)
        self.view.setVisible(not empty)


class _TwoLines(QStyledItemDelegate):
    """A title with the day of its last question below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002, N802
        return QSize(theme.px(120), theme.px(50))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""  # pyright: ignore[reportAttributeAccessIssue]
        view: QWidget = option.widget  # pyright: ignore[reportAttributeAccessIssue]
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, view)
        look = theme.current()
        row: QRect = option.rect.adjusted(10, theme.px(6), -10, -theme.px(6))  # pyright: ignore[reportAttributeAccessIssue]
        above = QRect(row.left(), row.top(), row.width(), row.height() // 2)
        below = above.translated(0, above.height())
        for box, words, color, made in (
            (above, str(index.data()), look.text, theme.font(theme.Text.BODY)),
            (below, str(index.data(_WHEN)), look.secondary, theme.font(theme.Text.SMALL)),
        ):
            painter.setFont(made)
            painter.setPen(color)
            end = Qt.TextElideMode.ElideRight
            fitted = QFontMetrics(made).elidedText(words, end, box.width())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(box, flags, fitted)


def _when(seconds: float) -> str:
    then = QDateTime.fromSecsSinceEpoch(int(seconds))
    if then.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(then.time(), QLocale.FormatType.ShortFormat)
    return QLocale().toString(then.date(), QLocale.FormatType.LongFormat)
