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
    QTextOption,
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

_CARDS_PER_TURN = 100
END_OF_DOCUMENT = -1  # the turn of the block that closes the document


class Part(IntEnum):
    """The parts of a turn, in the order they are shown."""

    QUESTION = 0
    UNDERSTOOD = 1
    STATUS = 2
    ANSWER = 3
    FOUND = 4
    FOOTNOTES = 5
    FOOTER = 6
    READ = 7


class CardKind(IntEnum):
    """How a card is painted."""

    PLAIN = 0
    BUTTON = 1
    OWN = 2
    FAILURE = 3


class ChipKind(IntEnum):
    """How a chip is painted."""

    FOOTNOTE = 1
    NOT_FOUND = 2
    PARTLY = 3
    OWN = 4


def card_of(turn: int, which: int) -> int:
    """The id of a turn's card, `which` < 100."""
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

    def block(self, made: QTextBlockFormat, card: int = 0, kind: CardKind = CardKind.PLAIN) -> None:
        """Begin a paragraph, in the card with the id `card` unless that is 0."""
        made.setProperty(TURN, self._turn)
        made.setProperty(PART, int(self._part))
        if card:
            made.setProperty(CARD, card)
            made.setProperty(CARD_KIND, int(kind))
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
