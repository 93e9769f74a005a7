"""Small PDFs for tests, drawn line by line so that the test knows what stands where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from rag.load import pdf
from rag.records import DocumentInfo, Page

WIDTH, HEIGHT = letter
LEFT, TOP, LEADING, SIZE = 72.0, 720.0, 12.0, 10.0


def write_lines(
    canvas: Canvas,
    lines: Sequence[str],
    left: float = LEFT,
    top: float = TOP,
    size: float = SIZE,
    font: str = "Helvetica",
) -> float:
    """Write `lines` under each other; returns the next free baseline."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(left, top, line)
        top -= LEADING * size / SIZE
    return top


def paper(path: Path, *pages: Sequence[str]) -> Path:
    """A PDF with a page for each list of lines."""
    canvas = Canvas(str(path), pagesize=letter)
    for lines in pages:
        write_lines(canvas, lines)
        canvas.showPage()
    canvas.save()
    return path


def read_pdf(path: Path) -> tuple[DocumentInfo, list[Page]]:
    """What the reader says, here and not in a process of its own."""
    info, *pages = pdf.read(path)
    assert isinstance(info, DocumentInfo)
    return info, [page for page in pages if isinstance(page, Page)]


def text_of(path: Path) -> str:
    """The reading text of the first page."""
    return read_pdf(path)[1][0].text
