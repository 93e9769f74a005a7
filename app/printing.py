"""Draws conversations on pages: into PDF files, and for printers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QIODevice,
    QMarginsF,
    QRectF,
    QSaveFile,
    QSizeF,
    Qt,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)

from rag.records import BlockKind, Paper, PaperBlock, PaperNote, PaperRun, PaperTable

_translate = QCoreApplication.translate
_MM_PER_INCH = 25.4
_MARGIN_MM = 20.0
_FOOT_MM = 9.0  # below the text, for the number of the page
_RESOLUTION = 600  # dots per inch: letters keep their distances
_INK, _GREY, _RED = QColor("#1f2328"), QColor("#5c636b"), QColor("#8f3226")
_SIZES = {  # in points
    BlockKind.TITLE: 18.0,
    BlockKind.QUESTION: 13.0,
    BlockKind.HEADING: 11.0,
    BlockKind.DETAIL: 8.5,
}
_USUAL_SIZE, _NOTE_SIZE = 10.5, 9.0
_SPACE_MM = {  # above and below
    BlockKind.TITLE: (0.0, 4.0),
    BlockKind.QUESTION: (7.0, 2.0),
    BlockKind.HEADING: (3.0, 1.0),
    BlockKind.BULLET: (0.0, 0.8),
    BlockKind.NUMBERED: (0.0, 0.8),
    BlockKind.DETAIL: (1.0, 2.0),
}
_USUAL_SPACE_MM = (0.0, 2.0)
_STRONG = {BlockKind.TITLE, BlockKind.QUESTION, BlockKind.HEADING}


def write_pdf(paper: Paper, to: Path) -> None:
    """Write a PDF file of `paper`, which takes the place of what was there; raises `OSError`."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(paper.title)
    writer.setCreator("Footnote")
    writer.setResolution(_RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    draw(paper, writer)
    buffer.close()
    file = QSaveFile(str(to))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(buffer.data()) >= 0
    if not written or not file.commit():
        raise OSError(file.errorString())


def draw(paper: Paper, device: QPagedPaintDevice) -> int:
    """Draw `paper` on the pages of `device`, each with its number; returns how many they are."""
    sheet = _Sheet(device)
    _Setting(sheet, paper).set()
    return sheet.draw()


class _Sheet:
    """A document laid out for the pages of a device."""

    def __init__(self, device: QPagedPaintDevice) -> None:
        self._device = device
        self._dots_per_mm = device.logicalDpiX() / _MM_PER_INCH
        self.document = QTextDocument()
        self.document.setDefaultFont(_font())
        self.document.documentLayout().setPaintDevice(device)
        self.document.setDocumentMargin(0)
        side = self.dots(_MARGIN_MM)
        self._text = QSizeF(device.width() - 2 * side, device.height() - 2 * side)
        self._corner = side
        self.document.setPageSize(self._text)

    def dots(self, millimetres: float) -> float:
        """A length in dots of the device."""
        return millimetres * self._dots_per_mm

    @staticmethod
    def length(millimetres: float) -> float:
        """A margin above or below: Qt counts those alone in dots of the screen."""
        screen = QGuiApplication.primaryScreen()
        return millimetres / _MM_PER_INCH * (screen.logicalDotsPerInchY() if screen else 96.0)

    def draw(self) -> int:
        """Draw page after page; returns how many."""
        pages = self.document.pageCount()
        painter = QPainter(self._device)
        look = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette(look.palette)  # pyright: ignore[reportAttributeAccessIssue]
        palette.setColor(QPalette.ColorRole.Text, _INK)
        look.palette = palette  # pyright: ignore[reportAttributeAccessIssue]
        for page in range(pages):
            if page:
                self._device.newPage()
            part = QRectF(0, page * self._text.height(), self._text.width(), self._text.height())
            painter.save()
            painter.translate(self._corner, self._corner - part.top())
            painter.setClipRect(part)
            look.clip = part  # pyright: ignore[reportAttributeAccessIssue]
            self.document.documentLayout().draw(painter, look)
            painter.restore()
            self._number(painter, page + 1, pages)
        painter.end()
        return pages

    def _number(self, painter: QPainter, page: int, pages: int) -> None:
        font = _font()
        font.setPointSizeF(_SIZES[BlockKind.DETAIL])
        painter.setFont(font)
        painter.setPen(_GREY)
        top = self._corner + self._text.height() + self.dots(_FOOT_MM) / 2
        room = QRectF(self._corner, top, self._text.width(), self.dots(_FOOT_MM))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"{page} / {pages}")


class _Setting:
    """Writes a paper's blocks and notes into a sheet's document, all of it as plain text."""

    def __init__(self, sheet: _Sheet, paper: Paper) -> None:
        self._sheet = sheet
        self._paper = paper
        self._cursor = QTextCursor(sheet.document)
        self._begun = False

    def set(self) -> None:
        """Each question with its answer, and the notes that are first marked there below it."""
        left = {note.number: note for note in self._paper.notes}
        for part in _parts(self._paper):
            marked: list[PaperNote] = []
            for block in part:
                if isinstance(block, PaperBlock):
                    self._block(block)
                else:
                    self._table(block)
                marked += [left.pop(mark) for mark in _marks(block) if mark in left]
            self._notes(marked)

    def _block(self, block: PaperBlock) -> None:
        made, indent = self._format(block.kind), self._sheet.dots(6)
        if block.kind in {BlockKind.BULLET, BlockKind.NUMBERED}:
            self._hang(made, indent, indent * (block.depth + 1))
        elif block.kind is BlockKind.PASSAGE:
            made.setLeftMargin(indent)
            made.setRightMargin(indent)
        if block.kind in _STRONG:
            made.setHeadingLevel(1 + (block.kind is not BlockKind.TITLE))
            made.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_Auto)
        self._begin(made)
        size = _SIZES.get(block.kind, _USUAL_SIZE)
        color = _GREY if block.kind in {BlockKind.DETAIL, BlockKind.PASSAGE} else _INK
        if block.label:
            self._cursor.insertText(f"{block.label}\t", _letters(size, color))
        strong = block.kind in _STRONG or block.kind is BlockKind.NOTICE
        self._runs(block.runs, size, color, strong=strong)

    def _table(self, table: PaperTable) -> None:
        made = QTextTableFormat()
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        made.setBorder(1)
        made.setBorderBrush(_GREY)
        made.setBorderCollapse(True)
        made.setCellPadding(self._sheet.length(2))
        made.setBottomMargin(self._sheet.length(3))
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        share = 100 / (len(table.heads) + 1)  # the first column has the words: twice the room
        percent = QTextLength.Type.PercentageLength
        others = [QTextLength(percent, share)] * (len(table.heads) - 1)
        made.setColumnWidthConstraints([QTextLength(percent, 2 * share), *others])
        made.setHeaderRowCount(1)
        grid = self._cursor.insertTable(1 + len(table.rows), len(table.heads), made)
        heads = [(PaperRun(head, bold=True),) for head in table.heads]
        for row, cells in enumerate([tuple(heads), *table.rows]):
            for column, runs in enumerate(cells):
                self._cursor = grid.cellAt(row, column).firstCursorPosition()
                self._runs(runs, _NOTE_SIZE, _INK)
        after = grid.lastCursorPosition()
        after.movePosition(QTextCursor.MoveOperation.NextBlock)
        self._cursor = after
        self._begun = False  # the paragraph that Qt keeps below a table is the next one

    def _notes(self, notes: list[PaperNote]) -> None:
        for index, note in enumerate(notes):
            made = self._format(BlockKind.PARAGRAPH)
            made.setTopMargin(self._sheet.length(2.5 if not index else 0))
            made.setBottomMargin(self._sheet.length(1))
            self._hang(made, self._sheet.dots(8), self._sheet.dots(8))
            self._begin(made)
            bold = _letters(_NOTE_SIZE, _INK, bold=True)
            self._cursor.insertText(f"{note.number}\t", bold)
            self._cursor.insertText(f"“{note.quote}”", _letters(_NOTE_SIZE, _GREY))
            self._cursor.insertText(f" — {note.source}", _letters(_NOTE_SIZE, _INK))

    def _runs(
        self, runs: tuple[PaperRun, ...], size: float, color: QColor, *, strong: bool = False
    ) -> None:
        raised = _letters(size, _INK, bold=True)
        raised.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        for before, run in zip((None, *runs), runs, strict=False):
            if run.note is not None:
                made = raised
                if before is not None and before.note is not None:
                    self._cursor.insertText(",\u200a", raised)
            elif run.remark:
                made = _letters(min(size, _NOTE_SIZE), _RED)
            else:
                made = _letters(size, color, bold=strong or run.bold)
            self._cursor.insertText(run.text, made)

    def _format(self, kind: BlockKind) -> QTextBlockFormat:
        above, below = _SPACE_MM.get(kind, _USUAL_SPACE_MM)
        made = QTextBlockFormat()
        made.setTopMargin(self._sheet.length(above))
        made.setBottomMargin(self._sheet.length(below))
        made.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return made

    @staticmethod
    def _hang(made: QTextBlockFormat, indent: float, margin: float) -> None:
        """Let the first line of a paragraph begin `indent` dots before the others."""
        made.setLeftMargin(margin)
        made.setTextIndent(-indent)
        made.setTabPositions([QTextOption.Tab(margin, QTextOption.TabType.LeftTab)])

    def _begin(self, made: QTextBlockFormat) -> None:
        if self._begun:
            self._cursor.insertBlock(made, QTextCharFormat())
        else:
            self._cursor.setBlockFormat(made)
        self._begun = True


def failure_words(to: Path) -> str:
    """What is said when a file cannot be written."""
    words = _translate("Printing", "“{0}” cannot be written there. Choose another folder.")
    return words.format(to.name)


def _parts(paper: Paper) -> Iterator[list[PaperBlock | PaperTable]]:
    """The title with the first question, then question by question."""
    part: list[PaperBlock | PaperTable] = []
    asked = False
    for block in paper.blocks:
        begins = isinstance(block, PaperBlock) and block.kind is BlockKind.QUESTION
        if begins and asked:
            yield part
            part = []
        asked = asked or begins
        part.append(block)
    yield part


def _marks(block: PaperBlock | PaperTable) -> list[int]:
    cells = (block.runs,) if isinstance(block, PaperBlock) else (c for r in block.rows for c in r)
    return [run.note for runs in cells for run in runs if run.note is not None]


def _font() -> QFont:
    font = QFont(QGuiApplication.font().families())
    # Shapes that depend on their neighbours, as dashes between blanks, lose their letters in a PDF.
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def _letters(size: float, color: QColor, *, bold: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontPointSize(size)
    made.setForeground(color)
    made.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made
