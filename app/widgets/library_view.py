"""The tree of the library on screen: rounded rows, signs of state, long names elided."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from app import theme
from app.models.library_roles import Role
from rag.records import FileState

_ROW = 30
_INDENT = 18
_ICON = 16
_GAP = 8
_SIDE = 6
_LEAST_NAME = 64  # px of a name, below which the words beside it give way

Index = QModelIndex | QPersistentModelIndex


class _Height(QStyledItemDelegate):
    """Says how high a row is; the view paints it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802
        return QSize(80, theme.px(_ROW))


class LibraryView(QTreeView):
    """Paints its rows whole, as the style's own tree cannot round them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._under_mouse = QPersistentModelIndex()
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAnimated(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIndentation(_INDENT)
        self.setExpandsOnDoubleClick(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(_Height(self))
        self.entered.connect(self._enter)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """No row is under the mouse any more."""
        super().leaveEvent(event)
        self._under_mouse = QPersistentModelIndex()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open all folders below with the asterisk; Qt would note each file as opened, too."""
        if event.key() == Qt.Key.Key_Asterisk:
            self.open_below(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def open_below(self, index: QModelIndex) -> None:
        """Open a folder and all folders in it."""
        model = self.model()
        if index.data(Role.RECORD) is None:
            self.setExpanded(index, True)
            for row in range(model.rowCount(index)):
                below = model.index(row, 0, index)
                if below.data(Role.RECORD) is not None:
                    return  # folders come first
                self.open_below(below)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:  # noqa: N802
        """Nothing: `drawRow` paints the arrows."""

    def drawRow(  # noqa: N802
        self, painter: QPainter, options: QStyleOptionViewItem, index: Index
    ) -> None:
        """One row: its ground, arrow, sign, name and the few words on the right."""
        row = QRect(0, options.rect.y(), self.viewport().width(), options.rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, row, index)
        depth = self._depth(index)
        inside = row.adjusted(_SIDE + depth * _INDENT, 0, -_SIDE, 0)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        gap = _GAP
        if not isinstance(icon, QIcon):
            gap = 2
            icon = theme.icon("chevron-down" if self.isExpanded(index) else self._closed_arrow())
        self._draw_icon(painter, icon, inside, row)
        inside.setLeft(inside.left() + theme.px(_ICON) + gap)
        self._draw_words(painter, inside, row, index)
        painter.restore()

    def _draw_ground(self, painter: QPainter, row: QRect, index: Index) -> None:
        look = theme.current()
        ground = QRectF(row).adjusted(1, 1, -1, -1)
        if self.selectionModel().isSelected(index):
            painter.setBrush(look.selected)
        elif self._under_mouse == index:
            painter.setBrush(look.hover)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        focused = self.hasFocus() and self.currentIndex() == index
        painter.setPen(QPen(look.accent, 2) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(ground, theme.RADIUS_ROW, theme.RADIUS_ROW)

    def _draw_icon(self, painter: QPainter, icon: QIcon, inside: QRect, row: QRect) -> None:
        top = inside.center().y() - theme.px(_ICON) // 2 + 1
        icon.paint(
            painter, self._turned(QRect(inside.left(), top, theme.px(_ICON), theme.px(_ICON)), row)
        )

    def _draw_words(self, painter: QPainter, inside: QRect, row: QRect, index: Index) -> None:
        look = theme.current()
        record = index.data(Role.RECORD)
        is_folder = record is None
        is_open_folder = is_folder and self.isExpanded(index)
        weight = QFont.Weight.DemiBold if is_open_folder else QFont.Weight.Normal
        usual = theme.font(theme.Text.SECONDARY, weight)
        name = str(index.data())
        width = QFontMetrics(usual).horizontalAdvance(name)
        share = index.data(Role.WHOLE)
        if not share or self._has_room(inside, index, width):
            inside = self._draw_detail(painter, inside, row, index, width)
        if is_folder and index.data(Role.ATTENTION):
            inside = self._draw_sign(painter, theme.icon("warning", "warning"), inside, row)
        elif share:
            sign = theme.icon("whole" if share >= 1 else "whole-part", "accent")
            inside = self._draw_sign(painter, sign, inside, row)
        painter.setFont(usual)
        left_out = record is not None and record.state is FileState.SKIPPED
        painter.setPen(look.secondary if left_out else look.text)
        if width > inside.width():
            mode = Qt.TextElideMode.ElideMiddle
            name = painter.fontMetrics().elidedText(name, mode, inside.width())
        start = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(self._turned(inside, row), Qt.AlignmentFlag.AlignVCenter | start, name)

    def _has_room(self, inside: QRect, index: Index, name_width: int) -> bool:
        """Whether the words on the right leave enough of the name beside a sign."""
        words = QFontMetrics(theme.font(theme.Text.SMALL)).horizontalAdvance(index.data(Role.SHORT))
        left = inside.width() - words - theme.px(_ICON) - 2 * _GAP
        return left >= min(name_width, theme.px(_LEAST_NAME))

    def _draw_detail(
        self, painter: QPainter, inside: QRect, row: QRect, index: Index, name_width: int
    ) -> QRect:
        """Draw the few words on the right, fewer beside a long name; what is left for that."""
        painter.setFont(theme.font(theme.Text.SMALL))
        measure = painter.fontMetrics().horizontalAdvance
        detail = str(index.data(Role.DETAIL))
        if name_width + _GAP + measure(detail) > inside.width():
            detail = str(index.data(Role.SHORT))
        width = measure(detail)
        painter.setPen(theme.current().secondary)
        place = QRect(inside.right() - width, inside.top(), width + 1, inside.height())
        painter.drawText(self._turned(place, row), Qt.AlignmentFlag.AlignVCenter, detail)
        return inside.adjusted(0, 0, -width - _GAP, 0)

    def _draw_sign(self, painter: QPainter, sign: QIcon, inside: QRect, row: QRect) -> QRect:
        """Draw what is to be known of a row before the words on the right; the rest of its room.

        In words it stands in the row's tooltip and its text for a screen reader.
        """
        place = QRect(
            inside.right() - theme.px(_ICON), inside.top(), theme.px(_ICON), inside.height()
        )
        self._draw_icon(painter, sign, place, row)
        return inside.adjusted(0, 0, -theme.px(_ICON) - _GAP, 0)

    def _turned(self, place: QRect, row: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), row, place)

    def _closed_arrow(self) -> str:
        turned = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return "chevron-left" if turned else "chevron-right"

    def _depth(self, index: Index) -> int:
        depth = 0
        above = index.parent()
        while above.isValid():
            depth += 1
            above = above.parent()
        return depth

    def _enter(self, index: QModelIndex) -> None:
        self._under_mouse = QPersistentModelIndex(index)
        self.viewport().update()
