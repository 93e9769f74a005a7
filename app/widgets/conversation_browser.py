"""The document view of the conversation: paints its cards and marks, and loads nothing."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFragment,
    QTextFrameFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QToolTip, QWidget

from app import theme
from app.models.plain_text import tip as as_tip
from app.widgets.answer_copy import as_text, clipboard_data
from app.widgets.document_marks import (
    bar_share,
    blocks_from,
    first_link,
    fragment_rects,
    fragments,
    is_chip,
    paint_bar,
    paint_card,
    paint_chip,
)
from app.widgets.document_pen import (
    CARD,
    CARD_KIND,
    CELL_PAD,
    CHIP,
    COLUMN,
    COLUMN_GAP,
    END_OF_DOCUMENT,
    LINE_AFTER,
    RULE,
    TURN,
    CardKind,
    ChipKind,
)
from app.widgets.selection_copy import SourceOf, copied

_NARROW_MARGIN = 20
_MARGIN = 40


class ConversationBrowser(QTextBrowser):
    """Shows the conversation; opens no link by itself."""

    link_chosen = Signal(str)  # the link's address, as it was written
    laid_out = Signal()  # what is shown moved

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._active = ""
        self.source_of: SourceOf = lambda _href: None
        self.document().contentsChanged.connect(self._keep_active)
        self._room_below = 0
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(lambda url: self.link_chosen.emit(url.toString()))
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self.laid_out)
        # The bar comes and goes in the middle of a layout, when margins cannot be changed.
        bar.rangeChanged.connect(self._set_margins, Qt.ConnectionType.QueuedConnection)
        self.document().documentLayout().documentSizeChanged.connect(self.laid_out)
        self.clear_turns()

    # ------------------------------------------------------------ the document

    def clear_turns(self) -> None:
        """Leave only the block that closes the document."""
        self.document().clear()
        cursor = QTextCursor(self.document())
        made = QTextBlockFormat()
        made.setProperty(TURN, END_OF_DOCUMENT)
        cursor.setBlockFormat(made)
        self.set_room_below(0)
        self._set_margins()

    def set_room_below(self, pixels: int) -> None:
        """Keep this much empty room after the last turn, so that it can be scrolled to the top."""
        self._room_below = pixels
        cursor = QTextCursor(self.document().lastBlock())
        made = cursor.blockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        made.setLineHeight(max(theme.px(16), pixels), fixed)
        cursor.setBlockFormat(made)

    def block_rect(self, block: QTextBlock) -> QRectF:
        """Where a block is in the viewport, its margins left out."""
        rect = self.document().documentLayout().blockBoundingRect(block)
        return rect.translated(0, -self.verticalScrollBar().value())

    def column(self) -> tuple[float, float]:
        """The left and right border of what is written, in the viewport."""
        made = self.document().rootFrame().frameFormat()
        return made.leftMargin(), self.viewport().width() - made.rightMargin()

    def set_active(self, href: str) -> None:
        """Fill the mark with this address with the accent; empty: none."""
        self._active = href
        selections: list[QTextEdit.ExtraSelection] = []
        for block in blocks_from(self.document().firstBlock()) if href else ():
            for fragment in fragments(block):
                if fragment.charFormat().anchorHref() == href and is_chip(fragment):
                    chosen = QTextEdit.ExtraSelection()
                    cursor = QTextCursor(block)
                    cursor.setPosition(fragment.position())
                    cursor.setPosition(
                        fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor
                    )
                    made = QTextCharFormat()
                    made.setForeground(theme.current().on_accent)
                    chosen.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]
                    chosen.format = made  # pyright: ignore[reportAttributeAccessIssue]
                    selections.append(chosen)
        self.setExtraSelections(selections)
        self.viewport().update()

    def _keep_active(self) -> None:
        """Find the active mark again where the text around it was written anew."""
        kept = [
            chosen
            for chosen in self.extraSelections()
            if chosen.cursor.hasSelection()  # pyright: ignore[reportAttributeAccessIssue]
        ]
        if self._active and not kept:
            self.set_active(self._active)

    def find_around(self, text: str, *, backwards: bool) -> bool:
        """Select the next place where `text` stands; from the other end where there is none."""
        flag = self.document().FindFlag
        way = flag.FindBackward if backwards else flag(0)
        if self.find(text, way):
            return True
        cursor = self.textCursor()
        move = QTextCursor.MoveOperation
        cursor.movePosition(move.End if backwards else move.Start)
        self.setTextCursor(cursor)
        return self.find(text, way)

    def selected_text(self) -> str:
        """The selection as plain text; marks read as "[1]"."""
        return as_text(copied(self.textCursor(), self.source_of)[0], ())

    # ------------------------------------------------------------ Qt

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002, N802
        """Load what is built into the program, and nothing from disk or network."""
        url = QUrl(name)
        if url.scheme() == "qrc":
            return super().loadResource(type, url)
        return QByteArray()

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: D102, N802
        return clipboard_data(*copied(self.textCursor(), self.source_of))

    def resizeEvent(self, event: QEvent) -> None:  # noqa: D102, N802
        self._set_margins()
        super().resizeEvent(event)  # pyright: ignore[reportArgumentType]
        self.laid_out.emit()

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.viewport().mapFromGlobal(event.globalPos())
            tip = self._tip_at(place)
            if tip:
                QToolTip.showText(event.globalPos(), as_tip(tip), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        super().mouseMoveEvent(event)
        if not event.buttons() and self._card_link(event.position().toPoint()):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        place = event.position().toPoint()
        on_text = bool(self.anchorAt(place))
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not on_text:
            link = self._card_link(place)
            if link and not self.textCursor().hasSelection():
                self.link_chosen.emit(link)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.current().page)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect, kind, _ in self._visible_cards():
            paint_card(painter, rect, kind)
        for block in self._visible_blocks():
            if block.blockFormat().intProperty(RULE):
                self._paint_rule(painter, block)
            if block.blockFormat().intProperty(LINE_AFTER):
                self._paint_line_after(painter, block)
            for fragment in fragments(block):
                self._paint_marks(painter, block, fragment)
        painter.end()
        super().paintEvent(event)
        self._paint_focus()

    # ------------------------------------------------------------ painting

    def _paint_rule(self, painter: QPainter, block: QTextBlock) -> None:
        left, right = self.column()
        y = round(self.block_rect(block).top()) - theme.px(13) + 0.5
        painter.setPen(QPen(theme.current().line, 1))
        painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _paint_line_after(self, painter: QPainter, block: QTextBlock) -> None:
        left, right = self.column()
        line = block.layout().lineAt(block.layout().lineCount() - 1)
        rect = self.block_rect(block)
        y = round(rect.top() + line.y() + line.height() / 2) + 0.5
        text = line.naturalTextWidth() + theme.px(12)
        if block.textDirection() == Qt.LayoutDirection.RightToLeft:
            ends = (left, right - text)
        else:
            ends = (left + text, right)
        painter.setPen(QPen(theme.current().line, 1))
        painter.drawLine(QPointF(ends[0], y), QPointF(ends[1], y))

    def _paint_marks(self, painter: QPainter, block: QTextBlock, fragment: QTextFragment) -> None:
        made = fragment.charFormat()
        if is_chip(fragment):
            kind = ChipKind(made.intProperty(CHIP))
            active = kind is ChipKind.FOOTNOTE and made.anchorHref() == self._active
            for rect in self._rects(block, fragment):
                paint_chip(painter, rect, kind, active=active)
        elif bar_share(fragment) is not None:
            mirrored = block.textDirection() == Qt.LayoutDirection.RightToLeft
            for rect in self._rects(block, fragment):
                paint_bar(painter, rect, fragment, mirrored=mirrored)

    def _rects(self, block: QTextBlock, fragment: QTextFragment) -> Iterator[QRectF]:
        return fragment_rects(block, fragment, self.verticalScrollBar().value())

    def _tip_at(self, place: QPoint) -> str:
        """The tooltip of the words at `place`."""
        block = self.cursorForPosition(place).block()
        for fragment in fragments(block):
            tip = fragment.charFormat().toolTip()
            if tip and any(rect.contains(QPointF(place)) for rect in self._rects(block, fragment)):
                return tip
        return ""

    def _paint_focus(self) -> None:
        cursor = self.textCursor()
        if not self.hasFocus() or not cursor.hasSelection() or not cursor.charFormat().isAnchor():
            return
        block = self.document().findBlock(cursor.selectionStart())
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().accent, 2))
        for fragment in fragments(block):
            if cursor.selectionStart() <= fragment.position() < cursor.selectionEnd():
                for rect in self._rects(block, fragment):
                    painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), 6, 6)

    # ------------------------------------------------------------ cards

    def _visible_blocks(self) -> Iterator[QTextBlock]:
        block = self.cursorForPosition(QPoint(0, 0)).block()
        card = block.blockFormat().intProperty(CARD)
        while card and block.previous().blockFormat().intProperty(CARD) == card:
            block = block.previous()
        if block.previous().isValid():
            block = block.previous()
        bottom = self.viewport().height() + theme.px(40)
        for visible in blocks_from(block):
            if self.block_rect(visible).top() > bottom:
                return
            yield visible

    def _visible_cards(self) -> list[tuple[QRectF, CardKind, str]]:
        """The cards in view: where they are, how they look, and the link they stand for."""
        cards: dict[int, tuple[QRectF, CardKind, str]] = {}
        for block in self._visible_blocks():
            made = block.blockFormat()
            card = made.intProperty(CARD)
            if not card:
                continue
            rect = self._card_part(block)
            kind = CardKind(made.intProperty(CARD_KIND))
            known = cards.get(card)
            link = known[2] if known else first_link(block)
            cards[card] = (known[0].united(rect) if known else rect, kind, link)
        return list(cards.values())

    def _card_part(self, block: QTextBlock) -> QRectF:
        rect = self.block_rect(block)
        left, right = self.column()
        pad = theme.px(10)
        if block.blockFormat().intProperty(COLUMN):
            return self._beside_others(block, rect)
        kind = CardKind(block.blockFormat().intProperty(CARD_KIND))
        if kind is CardKind.BUTTON:
            width = block.layout().boundingRect().width()
            lines = [block.layout().lineAt(i) for i in range(block.layout().lineCount())]
            width = max((line.naturalTextWidth() for line in lines), default=width)
            if block.textDirection() == Qt.LayoutDirection.RightToLeft:
                left = right - width - theme.px(26)
            else:
                right = left + width + theme.px(26)
            pad = theme.px(7)
        elif kind in {CardKind.OWN, CardKind.DRAFT}:
            pad = theme.px(14)
        return QRectF(left, rect.top() - pad, right - left, rect.height() + 2 * pad).adjusted(
            0.5, 0.5, -0.5, -0.5
        )

    def _beside_others(self, block: QTextBlock, rect: QRectF) -> QRectF:
        """The card of a column: as wide as the column, as high as the highest."""
        table = QTextCursor(block).currentTable()
        whole = self.document().documentLayout().frameBoundingRect(table)
        step = (whole.width() + theme.px(COLUMN_GAP)) / table.columns()
        at = (rect.center().x() - whole.left()) // step
        cells = [table.cellAt(0, column) for column in range(table.columns())]
        top = self.block_rect(cells[0].firstCursorPosition().block()).top()
        bottom = max(self.block_rect(cell.lastCursorPosition().block()).bottom() for cell in cells)
        pad, width = theme.px(CELL_PAD), step - theme.px(COLUMN_GAP)
        card = QRectF(whole.left() + at * step, top - pad, width, bottom - top + 2 * pad)
        return card.adjusted(0.5, 0.5, -0.5, -0.5)

    def _card_link(self, place: QPoint) -> str:
        for rect, kind, link in self._visible_cards():
            if kind in {CardKind.PLAIN, CardKind.BUTTON} and rect.contains(QPointF(place)):
                return link
        return ""

    def _set_margins(self) -> None:
        width = self.width()
        bar = width - self.viewport().width()
        narrow = width < theme.px(420)
        side = _NARROW_MARGIN if narrow else _MARGIN
        side = max(side, (width - theme.px(theme.COLUMN_WIDTH)) // 2)
        frame = self.document().rootFrame()
        made: QTextFrameFormat = frame.frameFormat()
        above, right = theme.px(24), side - bar  # the column stays where it is beside a scroll bar
        if (made.leftMargin(), made.rightMargin(), made.topMargin()) == (side, right, above):
            return
        made.setMargin(0)
        made.setTopMargin(above)
        made.setLeftMargin(side)
        made.setRightMargin(right)
        frame.setFrameFormat(made)
        self.laid_out.emit()
