"""Writes the blocks of a conversation's document, each labelled with its turn and part."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)

from app import theme

_USER = QTextFormat.Property.UserProperty.value

TURN = _USER + 1  # of a block: the turn's key
PART = _USER + 2  # of a block: its `Part`
CARD = _USER + 3  # of a block: blocks in a row with one id are painted as one card
CARD_KIND = _USER + 4  # of a block: how that card is painted
RULE = _USER + 5  # of a block: a line is painted above it
CHIP = _USER + 6  # of a character: its `ChipKind`; it is painted as a chip
SAID = _USER + 7  # of a character: what a copy says in its place
BAR = _USER + 8  # of a character: it is painted as a bar, filled by this share (0..1)
COLUMN = _USER + 9  # of a block beside others: its column, from 1
LINE_AFTER = _USER + 10  # of a block: a line is painted from the end of its text on

COLUMN_GAP = 12  # px between two columns, before the scale
CELL_PAD = 12  # px above and below what stands in a column
_CARDS_PER_TURN = 1_000
END_OF_DOCUMENT = -1  # the turn of the block that closes the document


class Part(IntEnum):
    """The parts of a turn, in the order they are shown."""

    SCOPE = 0
    QUESTION = 1
    UNDERSTOOD = 2
    LIKELY = 3
    STATUS = 4
    ANSWER = 5
    NOTE = 6
    ROOM = 7
    CONFLICTS = 8
    OFFER = 9
    FOUND = 10
    FOOTNOTES = 11
    FOOTER = 12
    READ = 13


class CardKind(IntEnum):
    """How a card is painted."""

    PLAIN = 0
    BUTTON = 1
    OWN = 2
    FAILURE = 3
    DRAFT = 4
    STILL = 5  # only its links can be pressed


class ChipKind(IntEnum):
    """How a chip is painted."""

    FOOTNOTE = 1
    NOT_FOUND = 2
    PARTLY = 3
    OWN = 4
    COMPUTED = 5


class Card(IntEnum):
    """Where the numbers of a turn's cards begin."""

    LIKELY = 1
    OWN = 2
    OWN_BUTTON = 3
    FAILURE = 4
    DRAFT = 5
    OFFER = 6
    WHOLE = 7
    FOUND = 10
    CONFLICTS = 100
    READ = 400


def card_of(turn: int, which: int) -> int:
    """The id of a turn's card, `which` < 1,000."""
    return turn * _CARDS_PER_TURN + which


def block_format(
    above: float = 0, below: float = 0, side: float = 0, line: float = 0
) -> QTextBlockFormat:
    """A paragraph with these margins and this least height of a line, all in unscaled px."""
    made = QTextBlockFormat()
    made.setTopMargin(theme.px(above))
    made.setBottomMargin(theme.px(below))
    made.setLeftMargin(theme.px(side))
    made.setRightMargin(theme.px(side))
    if line:
        made.setLineHeight(theme.px(line), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    return made


def hanging(made: QTextBlockFormat, indent: float) -> QTextBlockFormat:
    """`made` with its first line hanging out by `indent` px, and a tab that ends there."""
    width = theme.px(indent)
    made.setLeftMargin(made.leftMargin() + width)
    made.setTextIndent(-width)
    made.setTabPositions([QTextOption.Tab(float(width), QTextOption.TabType.LeftTab)])
    return made


def char_format(
    size: theme.Text, color: QColor, weight: QFont.Weight = QFont.Weight.Normal
) -> QTextCharFormat:
    """Text of this size and colour."""
    made = QTextCharFormat()
    made.setFont(theme.font(size, weight))
    made.setForeground(color)
    return made


def linked(made: QTextCharFormat, href: str, tip: str = "") -> QTextCharFormat:
    """A copy of `made` that is a link."""
    link = QTextCharFormat(made)
    link.setAnchor(True)
    link.setAnchorHref(href)
    if tip:
        link.setToolTip(tip)
    return link


class Pen:
    """Writes new blocks of one part of a turn in front of `before`."""

    def __init__(self, before: QTextBlock, turn: int, part: Part) -> None:
        self._cursor = QTextCursor(before)
        self._turn = turn
        self._part = part
        self._begun = False
        self._in_cell = False
        self._table: QTextTable | None = None

    def block(self, made: QTextBlockFormat, card: int = 0, kind: CardKind = CardKind.PLAIN) -> None:
        """Begin a paragraph, in the card with the id `card` unless that is 0."""
        made.setProperty(TURN, self._turn)
        made.setProperty(PART, int(self._part))
        if card:
            made.setProperty(CARD, card)
            made.setProperty(CARD_KIND, int(kind))
        if self._in_cell:  # the first block of a cell is there already
            self._in_cell = False
            self._cursor.setBlockFormat(made)
            return
        if self._begun:
            self._cursor.insertBlock(made, QTextCharFormat())
            return
        # The block we write in front of keeps its own format: split it, then relabel the first.
        self._cursor.insertBlock(self._cursor.blockFormat(), self._cursor.blockCharFormat())
        self._cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        self._cursor.setBlockFormat(made)
        self._begun = True

    def text(self, text: str, made: QTextCharFormat) -> None:
        """Write into the paragraph."""
        self._cursor.insertText(text, made)

    def begin_columns(self, count: int) -> None:
        """What follows stands in `count` columns below the last paragraph."""
        made = QTextTableFormat()
        made.setBorder(0)
        made.setCellPadding(0)
        made.setCellSpacing(0)
        made.setMargin(0)
        made.setTopMargin(theme.px(6))
        made.setBottomMargin(theme.px(10))
        whole, share = 100.0, 100.0 / count
        percent = QTextLength.Type.PercentageLength
        made.setWidth(QTextLength(percent, whole))
        made.setColumnWidthConstraints([QTextLength(percent, share)] * count)
        self._table = self._cursor.insertTable(1, count, made)
        pad = theme.px(COLUMN_GAP)
        for column in range(count):
            cell = self._table.cellAt(0, column)
            room = cell.format().toTableCellFormat()
            room.setTopPadding(theme.px(CELL_PAD))  # Qt drops margins at a cell's edges
            room.setBottomPadding(theme.px(CELL_PAD))
            room.setLeftPadding(pad * column / count)
            room.setRightPadding(pad * (count - 1 - column) / count)
            cell.setFormat(room)

    def column(self, index: int) -> None:
        """What follows stands in this column, 0-based."""
        if self._table is not None:
            self._cursor = self._table.cellAt(0, index).firstCursorPosition()
            self._in_cell = True

    def end_columns(self) -> None:
        """What follows stands below the columns again."""
        if self._table is None:
            return
        self._cursor = self._table.lastCursorPosition()
        self._cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        self._table, self._in_cell = None, True
        self.block(QTextBlockFormat())  # the empty one that Qt keeps there takes no room


def blocks_of(document: QTextDocument, turn: int, part: Part) -> tuple[QTextBlock, QTextBlock]:
    """The first block of a turn's part, and the block after its last one.

    Both are the block it would be written in front of, where the part is not there yet.
    """
    block = document.lastBlock()
    while block.previous().isValid() and _place(block.previous()) >= (turn, part):
        block = block.previous()
    first = block
    while _place(block) == (turn, part):
        block = block.next()
    return first, block


def remove_blocks(first: QTextBlock, after: QTextBlock) -> QTextBlock:
    """Remove the blocks from `first` up to `after`; returns the block that then stands there."""
    if first == after:
        return after
    block_made, char_made = after.blockFormat(), after.charFormat()
    cursor = QTextCursor(first)
    cursor.setPosition(after.position(), QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    cursor.setBlockFormat(block_made)
    cursor.setBlockCharFormat(char_made)
    return cursor.block()


def _place(block: QTextBlock) -> tuple[float, int]:
    made = block.blockFormat()
    turn = made.intProperty(TURN)
    return (float("inf") if turn == END_OF_DOCUMENT else turn, made.intProperty(PART))
