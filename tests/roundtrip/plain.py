"""Writes documents into the formats that are plain text: each returns what is to be read."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from xml.sax.saxutils import escape

from tests.roundtrip.content import Content, Grid, Heading, Items, Paragraph

CUES = 40  # words


def as_text(content: Content, path: Path, encoding: str = "utf-8") -> str:
    path.write_bytes(content.text.replace("\n", "\n\n").encode(encoding))
    return content.text


def as_html(content: Content, path: Path, encoding: str = "utf-8") -> str:
    parts: list[str] = []
    for block in content.blocks:
        match block:
            case Heading(level, text):
                parts.append(f"<h{level}>{html.escape(text)}</h{level}>")
            case Paragraph(text):
                parts.append(f"<p>{html.escape(text).replace('é', '&eacute;')}</p>")
            case Items(texts):
                items = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
                parts.append(f"<ul>{items}</ul>")
            case Grid(heads, rows):
                head = "".join(f"<th>{html.escape(cell)}</th>" for cell in heads)
                body = "".join(
                    "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
                    for row in rows
                )
                parts.append(f"<table><tr>{head}</tr>{body}</table>")
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{encoding}"></head>'
        f"<body>{''.join(parts)}</body></html>"
    )
    path.write_bytes(page.encode(encoding, "xmlcharrefreplace"))
    return content.text


def as_markdown(content: Content, path: Path) -> str:
    def safe(text: str) -> str:
        return re.sub(r"([\\`*_{}\[\]<>#|&])", r"\\\1", text)

    parts: list[str] = []
    for block in content.blocks:
        match block:
            case Heading(level, text):
                parts.append(f"{'#' * level} {safe(text)}")
            case Paragraph(text):
                parts.append(safe(text))
            case Items(texts):
                parts.append("\n".join(f"- {safe(text)}" for text in texts))
            case Grid(heads, rows):
                table = [heads, ("---",) * len(heads), *rows]
                parts.append(
                    "\n".join(
                        f"| {' | '.join(cells if cells[0] == '---' else map(safe, cells))} |"
                        for cells in table
                    )
                )
    path.write_text("\n\n".join(parts) + "\n", "utf-8")
    return content.text


def as_rst(content: Content, path: Path) -> str:
    def safe(text: str) -> str:
        return re.sub(r"([\\`*_|<])", r"\\\1", text)

    parts: list[str] = []
    for block in content.blocks:
        match block:
            case Heading(level, text):
                parts.append(f"{safe(text)}\n{'=-'[level - 1] * 3 * len(text)}")
            case Paragraph(text):
                parts.append(safe(text))
            case Items(texts):
                parts.append("\n".join(f"* {safe(text)}" for text in texts))
            case Grid(heads, rows):
                rule = " ".join(["=" * 80] * len(heads))
                cells = [" ".join(f"{safe(c):<80}" for c in row).rstrip() for row in (heads, *rows)]
                parts.append("\n".join([rule, cells[0], rule, *cells[1:], rule]))
    path.write_text("\n\n".join(parts) + "\n", "utf-8")
    return content.text


def as_org(content: Content, path: Path) -> str:
    parts: list[str] = []
    for block in content.blocks:
        match block:
            case Heading(level, text):
                parts.append(f"{'*' * level} {text}")
            case Paragraph(text):
                parts.append(text)
            case Items(texts):
                parts.append("\n".join(f"- {text}" for text in texts))
            case Grid(heads, rows):
                table = [f"| {' | '.join(row)} |" for row in (heads, *rows)]
                parts.append("\n".join([table[0], "|---+---+---|", *table[1:]]))
    path.write_text("\n\n".join(parts) + "\n", "utf-8")
    return content.text


def as_csv(content: Content, path: Path, delimiter: str = ",") -> str:
    """One row for each paragraph, then those of the table."""
    heads = ("Number", "Text", "Remark")
    rows: list[tuple[str, ...]] = [
        (str(n), text, "kept") for n, text in enumerate(content.paragraphs, 1)
    ]
    rows += content.grid.rows
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([heads, *rows])
    path.write_text(out.getvalue(), "utf-8", newline="")
    return "\n".join(" ".join(row) for row in (heads, *rows))


def as_tsv(content: Content, path: Path) -> str:
    return as_csv(content, path, "\t")


def as_json(content: Content, path: Path) -> str:
    path.write_text(
        json.dumps({"title": content.title, "text": content.paragraphs}, ensure_ascii=False),
        "utf-8",
    )
    return "\n".join([content.title, *content.paragraphs])


def as_jsonl(content: Content, path: Path) -> str:
    rows = [json.dumps({"text": text}) for text in content.paragraphs]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return "\n".join(content.paragraphs)


def as_xml(content: Content, path: Path) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in content.paragraphs)
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<report><title>{escape(content.title)}</title>'
        f"<body>{paragraphs}</body></report>\n",
        "utf-8",
    )
    return "\n".join([content.title, *content.paragraphs])


def as_notebook(content: Content, path: Path) -> str:
    def cell(kind: str, source: str) -> dict[str, object]:
        made: dict[str, object] = {"cell_type": kind, "metadata": {}, "source": [source]}
        return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})

    code = "total = sum(range(10))\nprint(total)"
    cells = [cell("markdown", f"# {content.title}"), cell("code", code)]
    cells += [cell("markdown", text) for text in content.paragraphs]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), "utf-8")
    return "\n".join([content.title, code, *content.paragraphs])


def as_python(content: Content, path: Path) -> str:
    parts = [f'"""{content.title}"""']
    for number, text in enumerate(content.paragraphs):
        parts.append(f"def part_{number}():\n    # {text}\n    return {number}")
    path.write_text("\n\n\n".join(parts) + "\n", "utf-8")
    return "\n".join(parts)


def as_subtitles(content: Content, path: Path) -> str:
    said = "\n".join(content.paragraphs).split()
    cues = [" ".join(said[at : at + CUES]) for at in range(0, len(said), CUES)]
    point = "." if path.suffix == ".vtt" else ","
    parts = ["WEBVTT"] if path.suffix == ".vtt" else []
    for number, cue in enumerate(cues, 1):
        begin, end = (
            f"00:{n // 60:02}:{n % 60:02}{point}000" for n in (number * 5, number * 5 + 4)
        )
        parts.append(f"{number}\n{begin} --> {end}\n{cue}")
    path.write_text("\n\n".join(parts) + "\n", "utf-8")
    return "\n".join(cues)


def as_settings(content: Content, path: Path) -> str:
    parts = [f"[{content.title}]", *(f"text{n} = {t}" for n, t in enumerate(content.paragraphs))]
    path.write_text("\n".join(parts) + "\n", "utf-8")
    return "\n".join(parts)
