"""How the sample PDFs look: one column on A4, a footer, coloured headings that make an outline."""

from __future__ import annotations

import io

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

INK, SOFT, LINE = HexColor("#1f2328"), HexColor("#5c636b"), HexColor("#cfcac1")
TEAL, TEAL_WASH = HexColor("#0f6b62"), HexColor("#e9f3f1")
BLUE, BLUE_WASH = HexColor("#22577a"), HexColor("#e8f0f5")

BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=11, leading=16, textColor=INK, spaceAfter=7
)
BULLET = ParagraphStyle("bullet", parent=BODY, leftIndent=14, bulletIndent=2, spaceAfter=4)
TITLE = ParagraphStyle(
    "title", fontName="Helvetica-Bold", fontSize=24, leading=29, textColor=INK, spaceAfter=3
)
SUBTITLE = ParagraphStyle(
    "subtitle", fontName="Helvetica", fontSize=11, leading=16, textColor=SOFT, spaceAfter=10
)
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=9.5, leading=12.5, textColor=INK)
CELL_BOLD = ParagraphStyle("cell bold", parent=CELL, fontName="Helvetica-Bold")
CELL_HEAD = ParagraphStyle("cell head", parent=CELL_BOLD, textColor=white)
FIGURE = ParagraphStyle("figure", parent=CELL, alignment=TA_RIGHT)
FIGURE_BOLD = ParagraphStyle("figure bold", parent=CELL_BOLD, alignment=TA_RIGHT)
FIGURE_HEAD = ParagraphStyle("figure head", parent=CELL_HEAD, alignment=TA_RIGHT)


class Heading(Paragraph):
    """A heading that also stands in the PDF's outline."""

    def __init__(self, text: str, accent: Color) -> None:
        style = ParagraphStyle(
            "heading",
            fontName="Helvetica-Bold",
            fontSize=13.5,
            leading=18,
            textColor=accent,
            spaceBefore=11,
            spaceAfter=4,
            keepWithNext=1,
        )
        super().__init__(text, style)


class Report(BaseDocTemplate):
    """An A4 document with one column, a footer and an outline."""

    def __init__(self, target: io.BytesIO, title: str, author: str) -> None:
        self._title = title
        super().__init__(
            target,
            pagesize=A4,
            title=title,
            author=author,
            leftMargin=26 * mm,
            rightMargin=26 * mm,
            topMargin=24 * mm,
            bottomMargin=24 * mm,
            invariant=1,
            pageCompression=0,
        )
        frame = Frame(
            self.leftMargin, self.bottomMargin, self.width, self.height, 0, 0, 0, 0, id="column"
        )
        self.addPageTemplates(PageTemplate(id="page", frames=[frame], onPageEnd=self._footer))

    def _footer(self, canvas: Canvas, _template: BaseDocTemplate) -> None:
        canvas.setStrokeColor(LINE)
        canvas.line(self.leftMargin, 17 * mm, A4[0] - self.rightMargin, 17 * mm)
        canvas.setFont("Helvetica", 8.5)
        canvas.setFillColor(SOFT)
        canvas.drawString(self.leftMargin, 12 * mm, self._title)
        canvas.drawRightString(A4[0] - self.rightMargin, 12 * mm, f"Page {canvas.getPageNumber()}")

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (reportlab's name)
        """Add headings to the outline as they are placed."""
        if isinstance(flowable, Heading):
            text = flowable.getPlainText()
            self.canv.bookmarkPage(text)
            self.canv.addOutlineEntry(text, text, level=0)


def body(*paragraphs: str) -> list[Flowable]:
    """Paragraphs of running text."""
    return [Paragraph(text, BODY) for text in paragraphs]


def bullets(*items: str) -> list[Flowable]:
    """A bulleted list."""
    return [Paragraph(text, BULLET, bulletText="•") for text in items]


def masthead(title: str, subtitle: str, accent: Color) -> list[Flowable]:
    """A document's title over a coloured rule."""
    rule = HRFlowable(width="100%", thickness=2.2, color=accent, spaceBefore=0, spaceAfter=8)
    return [Paragraph(title, TITLE), Paragraph(subtitle, SUBTITLE), rule]


def facts(rows: list[tuple[str, str]], wash: Color) -> Table:
    """A shaded box of labels and values."""
    cells = [[Paragraph(label, CELL_BOLD), Paragraph(value, CELL)] for label, value in rows]
    box = Table(cells, colWidths=[42 * mm, 116 * mm], spaceBefore=2, spaceAfter=8)
    box.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), wash),
                ("LEFTPADDING", (0, 0), (0, -1), 10),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                ("TOPPADDING", (0, 0), (-1, 0), 8),
                ("BOTTOMPADDING", (0, -1), (-1, -1), 8),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return box


def ruled(accent: Color) -> TableStyle:
    """A table with a coloured head and hairlines."""
    return TableStyle(
        [
            ("BACKGROUND", (0, 0), (-1, 0), accent),
            ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 3.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
        ]
    )
