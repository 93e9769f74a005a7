"""A document before it has a format: blocks, and how each format writes them."""

from __future__ import annotations

import csv
import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from docx import Document
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    words: str


@dataclass(frozen=True)
class Fields:
    """Lines of a label and a value."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table under its heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Text | Fields | Grid


@dataclass(frozen=True)
class Layout:
    """A document's title and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


def write_txt(path: Path, layout: Layout) -> None:
    parts = [layout.title]
    for block in layout.blocks:
        match block:
            case Text(words):
                parts.append(words)
            case Fields(lines):
                parts.append("\n".join(f"{label}: {value}" for label, value in lines))
            case Grid(heads, rows):
                parts.append("\n".join("\t".join(row) for row in (heads, *rows)))
    path.write_text("\n\n".join(parts) + "\n", "utf-8")


def write_md(path: Path, layout: Layout) -> None:
    parts = [f"# {layout.title}"]
    for block in layout.blocks:
        match block:
            case Text(words):
                parts.append(words)
            case Fields(lines):
                parts.append("\n".join(f"- **{label}:** {value}" for label, value in lines))
            case Grid(heads, rows):
                table = [heads, ("---",) * len(heads), *rows]
                parts.append("\n".join(f"| {' | '.join(row)} |" for row in table))
    path.write_text("\n\n".join(parts) + "\n", "utf-8")


def write_html(path: Path, layout: Layout) -> None:
    parts = [f"<h1>{html.escape(layout.title)}</h1>"]
    for block in layout.blocks:
        match block:
            case Text(words):
                parts.append(f"<p>{html.escape(words)}</p>")
            case Fields(lines):
                parts.append(_rows(lines, "td"))
            case Grid(heads, rows):
                parts.append(_rows((heads, *rows), "td"))
    body = "\n".join(parts)
    path.write_text(
        f"<!doctype html><html><head><meta charset='utf-8'><title>{html.escape(layout.title)}"
        f"</title></head><body>{body}</body></html>",
        "utf-8",
    )


def _rows(rows: Sequence[Sequence[str]], cell: str) -> str:
    lines = (
        "<tr>" + "".join(f"<{cell}>{html.escape(words)}</{cell}>" for words in row) + "</tr>"
        for row in rows
    )
    return f"<table>{''.join(lines)}</table>"


def write_eml(path: Path, layout: Layout) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = layout.title, "office@halden.example"
    message["To"], message["Date"] = "all@halden.example", "Mon, 06 May 2024 09:00:00 +0000"
    parts = []
    for block in layout.blocks:
        match block:
            case Text(words):
                parts.append(words)
            case Fields(lines):
                parts.append("\n".join(f"{label}: {value}" for label, value in lines))
            case Grid(heads, rows):
                parts.append("\n".join("; ".join(row) for row in (heads, *rows)))
    message.set_content("\n\n".join(parts))
    path.write_bytes(message.as_bytes())


def write_docx(path: Path, layout: Layout) -> None:
    document = Document()
    document.add_heading(layout.title, 1)
    for block in layout.blocks:
        match block:
            case Text(words):
                document.add_paragraph(words)
            case Fields(lines):
                _docx_table(document, lines)
            case Grid(heads, rows):
                _docx_table(document, (heads, *rows))
    document.save(str(path))


def _docx_table(document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, words in zip(line.cells, row, strict=True):
            cell.text = words


def write_pdf(path: Path, layout: Layout) -> None:
    styles = getSampleStyleSheet()
    flow = [Paragraph(html.escape(layout.title), styles["Heading1"])]
    for block in layout.blocks:
        match block:
            case Text(words):
                flow.append(Paragraph(html.escape(words), styles["BodyText"]))
            case Fields(lines):
                flow += [
                    Paragraph(html.escape(f"{label}: {value}"), styles["BodyText"])
                    for label, value in lines
                ]
            case Grid(heads, rows):
                table = Table([heads, *rows])
                table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
                flow.append(table)
        flow.append(Spacer(1, 8))
    SimpleDocTemplate(str(path), title=layout.title, invariant=1).build(flow)


def write_csv(path: Path, layout: Layout) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for block in layout.blocks:
            if isinstance(block, Grid):
                csv.writer(file).writerows((block.heads, *block.rows))


WRITERS: dict[str, Callable[[Path, Layout], None]] = {
    "txt": write_txt,
    "md": write_md,
    "html": write_html,
    "eml": write_eml,
    "docx": write_docx,
    "pdf": write_pdf,
    "csv": write_csv,
}
