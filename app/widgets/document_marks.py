"""Finds and paints what stands in the conversation's document besides text: cards, chips, bars."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextBlock, QTextFragment, QTextLine

from app import theme
from app.widgets.dashes import dashed_pen
from app.widgets.document_pen import BAR, CHIP, COLUMN, SAID, CardKind, ChipKind

_BAR_HEIGHT = 6  # px, before the text's scale


def blocks_from(block: QTextBlock) -> Iterator[QTextBlock]:
    """`block` and those after it."""
    while block.isValid():
        yield block
        block = block.next()


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The runs of one format in a block."""
    step = block.begin()
    while not step.atEnd():
        yield step.fragment()
        step += 1


def is_chip(fragment: QTextFragment) -> bool:
    """Whether it is painted as a chip."""
    return bool(fragment.charFormat().intProperty(CHIP))


def first_link(block: QTextBlock) -> str:
    """The address of a block's first link; empty where there is none."""
    return next(
        (f.charFormat().anchorHref() for f in fragments(block) if f.charFormat().isAnchor()), ""
    )


def fragment_rects(block: QTextBlock, fragment: QTextFragment, scrolled: int) -> Iterator[QRectF]:
    """Where a run of small text is in the viewport, line by line, with room for a chip."""
    layout = block.layout()
    corner = layout.position() - QPointF(0, scrolled)
    if block.blockFormat().intProperty(COLUMN):  # there a layout counts from its column's corner
        rect = block.document().documentLayout().blockBoundingRect(block)
        corner = rect.topLeft() - layout.boundingRect().topLeft() - QPointF(0, scrolled)
    first = fragment.position() - block.position()
    last = first + fragment.length()
    at = first
    height = theme.px(theme.Text.MARK.value + 6)
    while at < last:
        line = layout.lineForTextPosition(at)
        if not line.isValid():
            return
        end = min(last, line.textStart() + line.textLength())
        xs = (_x_of(line, at), _x_of(line, end))
        middle = line.y() + line.ascent() - theme.px(4)
        rect = QRectF(min(xs), middle - height / 2, abs(xs[1] - xs[0]), height)
        yield rect.translated(corner).adjusted(-1, 0, 1, 0)
        if end <= at:
            return
        at = end


def said_instead(fragment: QTextFragment, start: int, end: int) -> str:
    """What a copy from `start` to `end` says for `fragment`."""
    first, last = fragment.position(), fragment.position() + fragment.length()
    if last <= start or first >= end:
        return ""
    made = fragment.charFormat()
    if made.hasProperty(SAID):
        return str(made.stringProperty(SAID))
    text = fragment.text()
    # Positions count UTF-16 units.
    units = text.encode("utf-16-le")
    cut = units[2 * max(0, start - first) : 2 * (min(end, last) - first)]
    return cut.decode("utf-16-le", "ignore").replace("\u00a0", " ").replace("\u2003", "  ")


def paint_card(painter: QPainter, rect: QRectF, kind: CardKind) -> None:
    """Paint a card that fills `rect`."""
    look = theme.current()
    pen = QPen(look.line, 1)
    brush = look.card
    if kind is CardKind.BUTTON:
        pen = dashed_pen(look.control)
        brush = look.page
    elif kind in {CardKind.OWN, CardKind.DRAFT}:
        pen = dashed_pen(look.warning)
        brush = look.page
    painter.setPen(pen)
    painter.setBrush(brush)
    radius = theme.RADIUS_ROW if kind is CardKind.BUTTON else theme.RADIUS_CARD - 2
    painter.drawRoundedRect(rect, radius, radius)
    if kind is CardKind.FAILURE:
        side = theme.px(18)
        place = QRectF(rect.left() + theme.px(14), rect.top() + theme.px(12), side, side)
        theme.draw_icon(painter, "warning", place, look.warning)


def paint_chip(painter: QPainter, rect: QRectF, kind: ChipKind, *, active: bool) -> None:
    """Paint the surface of a chip; an active one is filled with the accent."""
    look = theme.current()
    surface = {
        ChipKind.FOOTNOTE: look.accent if active else look.accent_soft,
        ChipKind.NOT_FOUND: look.not_found_soft,
        ChipKind.PARTLY: look.warning_soft,
        ChipKind.OWN: look.warning_soft,
        ChipKind.COMPUTED: look.hover,
    }[kind]
    framed = kind is ChipKind.COMPUTED  # it says nothing of the files, so it has no colour
    painter.setPen(QPen(look.line, 1) if framed else Qt.PenStyle.NoPen)
    painter.setBrush(surface)
    painter.drawRoundedRect(rect, theme.px(5), theme.px(5))


def paint_bar(painter: QPainter, rect: QRectF, fragment: QTextFragment, *, mirrored: bool) -> None:
    """Paint a bar as wide as `rect`, filled by the share that the fragment's format says."""
    look = theme.current()
    height = theme.px(_BAR_HEIGHT)
    track = QRectF(rect.left(), rect.center().y() - height / 2, rect.width(), height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.line)
    painter.drawRoundedRect(track, height / 2, height / 2)
    share = bar_share(fragment) or 0.0
    if share > 0:
        filled = QRectF(track)
        filled.setWidth(max(float(height), track.width() * share))
        if mirrored:
            filled.moveRight(track.right())
        painter.setBrush(look.accent)
        painter.drawRoundedRect(filled, height / 2, height / 2)


def bar_share(fragment: QTextFragment) -> float | None:
    """How much of the bar that a fragment stands for is filled, 0..1; None where it is no bar."""
    made = fragment.charFormat()
    return float(made.doubleProperty(BAR)) if made.hasProperty(BAR) else None


def _x_of(line: QTextLine, position: int) -> float:
    found: object = line.cursorToX(position)  # typed as one float, yet it comes with the position
    return float(found[0] if isinstance(found, tuple) else found)  # pyright: ignore[reportArgumentType]
