"""Writes documents with other programs' libraries, or byte by byte where there is none."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.roundtrip.content import Content, Grid, Heading, Items, Paragraph

PICTURE_CHARS = 60  # in a line
PICTURE_DPI = 150


def as_docx(content: Content, path: Path) -> str:
    import docx

    document = docx.Document()
    for block in content.blocks:
        match block:
            case Heading(level, text):
                document.add_heading(text, level)
            case Paragraph(text):
                document.add_paragraph(text)
            case Items(texts):
                for text in texts:
                    document.add_paragraph(text, style="List Bullet")
            case Grid(heads, rows):
                table = document.add_table(0, len(heads))
                for cells in (heads, *rows):
                    row = table.add_row()
                    for cell, text in zip(row.cells, cells, strict=True):
                        cell.text = text
    document.save(str(path))
    return content.text


def as_pptx(content: Content, path: Path) -> str:
    """A slide for each heading, the last with the table and notes."""
    import pptx
    from pptx.util import Inches

    show = pptx.Presentation()
    frame: Any = None
    for block in content.blocks:
        match block:
            case Heading(_, text):
                slide: Any = show.slides.add_slide(show.slide_layouts[1])
                slide.shapes.title.text = text
                frame = slide.placeholders[1].text_frame
                frame.text = ""
            case Paragraph(text):
                frame.add_paragraph().text = text
            case Items(texts):
                for text in texts:
                    paragraph = frame.add_paragraph()
                    paragraph.text, paragraph.level = text, 1
            case Grid(heads, rows):
                slide = show.slides.add_slide(show.slide_layouts[6])
                shape = slide.shapes.add_table(
                    len(rows) + 1, len(heads), Inches(1), Inches(1), Inches(8), Inches(3)
                )
                for y, cells in enumerate((heads, *rows)):
                    for x, text in enumerate(cells):
                        shape.table.cell(y, x).text = text
                frame = slide.notes_slide.notes_text_frame
    show.save(str(path))
    return content.text


def as_xlsx(content: Content, path: Path) -> str:
    """A sheet with the paragraphs, another with the table."""
    import xlsxwriter

    rows = [("Number", "Text"), *((n, text) for n, text in enumerate(content.paragraphs, 1))]
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        for name, cells in (("Texts", rows), ("Figures", (content.grid.heads, *content.grid.rows))):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(cells):
                sheet.write_row(number, 0, row)
    grid = [" ".join(row) for row in (content.grid.heads, *content.grid.rows)]
    return "\n".join([*(f"{number} {text}" for number, text in rows), *grid])


_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("style", "style"), ("presentation", "presentation"),
    )
)  # fmt: skip


def _write_opendocument(path: Path, kind: str, body: str) -> None:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("mimetype", mime, zipfile.ZIP_STORED)
        bundle.writestr("META-INF/manifest.xml", manifest)
        bundle.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_SPACES}>'
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
            "</office:document-content>",
        )


def _table(name: str, rows: tuple[tuple[str, ...], ...]) -> str:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(cell)}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{name}">{cells}</table:table>'


def _flow(content: Content) -> str:
    parts: list[str] = []
    for block in content.blocks:
        match block:
            case Heading(level, text):
                parts.append(f'<text:h text:outline-level="{level}">{escape(text)}</text:h>')
            case Paragraph(text):
                parts.append(f"<text:p>{escape(text)}</text:p>")
            case Items(texts):
                items = (
                    f"<text:list-item><text:p>{escape(t)}</text:p></text:list-item>" for t in texts
                )
                parts.append(f"<text:list>{''.join(items)}</text:list>")
            case Grid(heads, rows):
                parts.append(_table("Figures", (heads, *rows)))
    return "".join(parts)


def as_odt(content: Content, path: Path) -> str:
    _write_opendocument(path, "text", _flow(content))
    return content.text


def as_odp(content: Content, path: Path) -> str:
    slides: list[str] = []
    for block in content.blocks:
        match block:
            case Heading(_, text):
                slides.append(
                    f'<draw:frame presentation:class="title"><draw:text-box><text:p>{escape(text)}'
                    "</text:p></draw:text-box></draw:frame>"
                )
            case Grid(heads, rows):
                slides[-1] += f"<draw:frame>{_table('Figures', (heads, *rows))}</draw:frame>"
            case _:
                text = _flow(Content((block,)))
                slides[-1] += f"<draw:frame><draw:text-box>{text}</draw:text-box></draw:frame>"
    pages = "".join(
        f'<draw:page draw:name="page{n}">{frames}</draw:page>' for n, frames in enumerate(slides, 1)
    )
    _write_opendocument(path, "presentation", pages)
    return content.text


def as_ods(content: Content, path: Path) -> str:
    rows = (("Number", "Text"), *((str(n), t) for n, t in enumerate(content.paragraphs, 1)))
    figures = (content.grid.heads, *content.grid.rows)
    _write_opendocument(path, "spreadsheet", _table("Texts", rows) + _table("Figures", figures))
    return "\n".join(" ".join(row) for row in (*rows, *figures))


def _rtf(text: str) -> str:
    out: list[str] = []
    for sign in text:
        if sign in "\\{}":
            out.append(f"\\{sign}")
        elif sign.isascii():
            out.append(sign)
        else:  # in units of UTF-16, each a signed number, with what old readers show
            units = sign.encode("utf-16-le")
            pairs = (units[at : at + 2] for at in range(0, len(units), 2))
            out += [f"\\u{int.from_bytes(pair, 'little', signed=True)}?" for pair in pairs]
    return "".join(out)


def as_rtf(content: Content, path: Path) -> str:
    parts: list[str] = []
    for block in content.blocks:
        match block:
            case Heading(level, text):
                parts.append(rf"{{\pard\outlinelevel{level - 1}\b\fs32 {_rtf(text)}\par}}")
            case Paragraph(text):
                parts.append(rf"{{\pard {_rtf(text)}\par}}")
            case Items(texts):
                parts += [rf"{{\pard\li360 \bullet\tab {_rtf(text)}\par}}" for text in texts]
            case Grid(heads, rows):
                ends = "".join(rf"\cellx{3000 * n}" for n in range(1, len(heads) + 1))
                for cells in (heads, *rows):
                    said = "".join(rf"\pard\intbl {_rtf(cell)}\cell" for cell in cells)
                    parts.append(rf"\trowd{ends}{said}\row")
    text = "\n".join(parts)
    path.write_bytes(
        rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Times;}}}}\uc1 {text}}}".encode("ascii")
    )
    return content.text


def as_pdf(content: Content, path: Path) -> str:
    import reportlab
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph as Flowing
    from reportlab.platypus import SimpleDocTemplate, Spacer, Table

    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(font)))
    styles = getSampleStyleSheet()
    story: list[Any] = []
    for block in content.blocks:
        match block:
            case Heading(level, text):
                style = styles[f"Heading{level}"].clone("h", fontName="Vera")
                story.append(Flowing(escape(text), style))
            case Paragraph(text):
                style = styles["BodyText"].clone("p", fontName="Vera")
                story.append(Flowing(escape(text), style))
            case Items(texts):
                style = styles["Bullet"].clone("b", fontName="Vera")
                story += [Flowing(escape(text), style, bulletText="•") for text in texts]
            case Grid(heads, rows):
                story += [
                    Spacer(1, 12),
                    Table([heads, *rows], style=[("FONTNAME", (0, 0), (-1, -1), "Vera")]),
                    Spacer(1, 12),
                ]
    SimpleDocTemplate(str(path), title=content.title).build(story)
    return content.text


def as_picture(content: Content, path: Path) -> str:
    """Its first paragraphs as they would be scanned; the text is that of the lines."""
    import textwrap

    from PIL import Image, ImageDraw, ImageFont

    said = [line for text in content.paragraphs[:4] for line in textwrap.wrap(text, PICTURE_CHARS)]
    font = ImageFont.load_default(30)
    picture = Image.new("RGB", (1240, 60 * len(said) + 200), "white")
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(said):
        pen.text((100, 100 + 60 * number), line, "black", font)
    picture.save(path, dpi=(PICTURE_DPI, PICTURE_DPI))
    return "\n".join(said)
