"""A document's page as a picture, with boxes around the words that support a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app import theme
from rag.records import Box, PagePicture

_PX_PER_POINT = 96 / 72  # at 100 %
_MARGIN = 10
_ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_REDRAW_MS = 120
_BOX = QColor("#ffe58a")  # multiplied with the paper, which is white in both looks
_BOX_LINE = QColor("#c99a1e")
_DIMMED = QColor("#ebebeb")


class PageView(QAbstractScrollArea):
    """Shows one page, at first as wide as the pane, scrolled so that its boxes are in view."""

    picture_wanted = Signal(float)  # pixels per PDF point, of the screen
    zoomed = Signal(float)  # 1.0 is 100 %
    page_step_wanted = Signal(int)  # +1 the next page, -1 the one before
    source_step_wanted = Signal(int)  # +1 the next footnote, -1 the one before

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._points = QSize(595, 842)
        self._boxes: tuple[Box, ...] = ()
        self._zoom = 0.0  # 0: as wide as the pane
        self._find_boxes = False
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(_REDRAW_MS)
        self._ask.timeout.connect(self._ask_for_picture)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Page"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)

    # ------------------------------------------------------------ showing

    def expect(self, boxes: Sequence[Box]) -> None:
        """A page with these boxes comes next; the picture of the one before stays until then."""
        self._boxes = tuple(boxes)
        self._find_boxes = True
        self._ask.stop()
        self._ask_for_picture()

    def show_picture(self, picture: PagePicture) -> None:
        """Show the page, with the boxes that were announced and are on it."""
        image = QImage(
            picture.pixels,
            picture.width_px,
            picture.height_px,
            picture.stride,
            QImage.Format.Format_RGB32,
        )
        self._image = image.copy()  # the bytes are not Qt's to keep
        self._points = QSize(round(picture.width_pt), round(picture.height_pt))
        boxes = self._boxes or picture.boxes
        self._boxes = tuple(box for box in boxes if box.page == picture.page)
        self.setAccessibleName(
            self.tr("Page {0} of {1}, {2}").format(
                picture.label, picture.page_count, picture.path.name
            )
        )
        self._fit_bars()
        if self._find_boxes:
            self._scroll_to_boxes()
        self._find_boxes = False
        self.viewport().update()

    def clear(self) -> None:
        """Show no page."""
        self._image = QImage()
        self._boxes = ()
        self._fit_bars()
        self.viewport().update()

    @property
    def zoom(self) -> float:
        """The size of the page on screen; 1.0 is 100 %."""
        return self._zoom or self._fitting_zoom()

    def zoom_by(self, steps: int) -> None:
        """Go to the next larger or smaller step."""
        larger = [zoom for zoom in _ZOOMS if zoom > self.zoom + 0.005]
        smaller = [zoom for zoom in reversed(_ZOOMS) if zoom < self.zoom - 0.005]
        choices = larger if steps > 0 else smaller
        if choices:
            self._set_zoom(choices[0])

    def zoom_to_width(self) -> None:
        """Make the page as wide as the pane, also when that changes."""
        self._set_zoom(0.0)

    def box_rects(self) -> list[QRectF]:
        """Where the boxes are in the viewport."""
        page = self._page_rect()
        scale = self.zoom * _PX_PER_POINT
        return [
            QRectF(
                page.left() + box.x0 * scale,
                page.top() + box.y0 * scale,
                (box.x1 - box.x0) * scale,
                (box.y1 - box.y0) * scale,
            )
            for box in self._boxes
        ]

    # ------------------------------------------------------------ inside

    def _fitting_zoom(self) -> float:
        room = max(60, self.viewport().width() - 2 * _MARGIN)
        return min(2.0, room / max(1, self._points.width() * _PX_PER_POINT))

    def _page_size(self) -> QSize:
        return self._points * (self.zoom * _PX_PER_POINT)

    def _page_rect(self) -> QRectF:
        size = self._page_size()
        x = max(_MARGIN, (self.viewport().width() - size.width()) // 2)
        corner = QPointF(
            x - self.horizontalScrollBar().value(), _MARGIN - self.verticalScrollBar().value()
        )
        return QRectF(corner, size)

    def _set_zoom(self, zoom: float) -> None:
        before = self.zoom
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        self._zoom = zoom
        self._fit_bars()
        grown = self.zoom / before
        self.verticalScrollBar().setValue(round(middle * grown - self.viewport().height() / 2))
        self.viewport().update()
        self.zoomed.emit(self.zoom)
        self._ask.start()

    def _fit_bars(self) -> None:
        size = QSize(0, 0) if self._image.isNull() else self._page_size()
        view = self.viewport().size()
        for bar, length, room in (
            (self.horizontalScrollBar(), size.width(), view.width()),
            (self.verticalScrollBar(), size.height(), view.height()),
        ):
            bar.setRange(0, max(0, length + 2 * _MARGIN - room) if length > room else 0)
            bar.setPageStep(room)
            bar.setSingleStep(40)
        if size.height() + 2 * _MARGIN > view.height() and not self._image.isNull():
            self.verticalScrollBar().setRange(0, size.height() + 2 * _MARGIN - view.height())

    def _scroll_to_boxes(self) -> None:
        rects = self.box_rects()
        if not rects:
            self.verticalScrollBar().setValue(0)
            return
        first = min(rect.top() for rect in rects) + self.verticalScrollBar().value()
        left = min(rect.left() for rect in rects) + self.horizontalScrollBar().value()
        self.verticalScrollBar().setValue(round(first - self.viewport().height() / 3))
        if left < self.horizontalScrollBar().value() or left > self.viewport().width():
            self.horizontalScrollBar().setValue(round(left - _MARGIN))

    def _ask_for_picture(self) -> None:
        self.picture_wanted.emit(self.zoom * _PX_PER_POINT * self.devicePixelRatioF())

    # ------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the paper, the page and the boxes."""
        look = theme.current()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look.page)
        if self._image.isNull():
            return
        page = self._page_rect()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for ring in range(6):
            painter.setBrush(QColor(0, 0, 0, 4))
            painter.drawRoundedRect(page.adjusted(-ring, 1 - ring, ring, 2 + ring), ring, ring)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(page, self._image)
        painter.setClipRect(page)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        rects = [rect.adjusted(-1.5, -1, 1.5, 1) for rect in self.box_rects()]
        for rect in rects:
            painter.fillRect(rect, _BOX)
        if look.dark:
            painter.fillRect(page, _DIMMED)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(QPen(_BOX_LINE, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in rects:
            painter.drawRect(rect)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(look.accent, 2))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), 4, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the page's width again while it is to fit."""
        super().resizeEvent(event)
        self._fit_bars()
        if not self._zoom:
            self.zoomed.emit(self.zoom)
            if self._find_boxes or not self._image.isNull():  # one is due, or shown
                self._ask.start()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walk through pages and footnotes."""
        key = Qt.Key
        pages = {key.Key_PageDown: 1, key.Key_PageUp: -1}
        sources = {key.Key_Right: 1, key.Key_Left: -1}
        if event.key() in pages:
            self.page_step_wanted.emit(pages[key(event.key())])
        elif event.key() in sources:
            self.source_step_wanted.emit(sources[key(event.key())])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the new look's colours."""
        super().changeEvent(event)
        if theme.is_change(event):
            self.viewport().update()
