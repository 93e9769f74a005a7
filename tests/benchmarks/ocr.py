"""Recognising scans of known pages: `python -m tests.benchmarks.ocr DATA [--cjk-font FILE]`.

Texts of DATA are set, drawn as pictures and read back. For each kind of scan: the share of
characters that come back, how far the boxes of words cover the true ones (area in both by area in
either), and the seconds a page takes, by the clock and of the processor.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import letter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from rag.load import image, pdf
from rag.records import DocumentInfo, Page
from tests.rag.load.scans import (
    askew,
    overlaps,
    pictures,
    scan,
    share_right,
    words_with_boxes,
    worn,
)

JAPANESE = (
    "日本国民は、正当に選挙された国会における代表者を通じて行動し、われらとわれらの子孫のために、"
    "諸国民との協和による成果と、わが国全土にわたつて自由のもたらす恵沢を確保し、政府の行為によつて"
    "再び戦争の惨禍が起ることのないやうにすることを決意し、ここに主権が国民に存することを宣言し、"
    "この憲法を確定する。そもそも国政は、国民の厳粛な信託によるものであつて、その権威は国民に由来し、"
    "その権力は国民の代表者がこれを行使し、その福利は国民がこれを享受する。"
)  # the constitution of Japan, preamble


@dataclass(frozen=True)
class Kind:
    """A kind of scan."""

    name: str
    text: str  # whose name: "en", "de"
    font: str = "Times-Roman"
    size: float = 11
    columns: int = 1
    dpi: int = 200
    wear: Callable[[Image.Image], Image.Image] | None = None


KINDS = (
    Kind("English, Times 11, 150 dpi", "en", dpi=150),
    Kind("English, Times 11, 200 dpi", "en"),
    Kind("English, Helvetica 10, 300 dpi", "en", "Helvetica", 10, dpi=300),
    Kind("English, Times 8, 200 dpi", "en", size=8),
    Kind("English, Courier 11, 200 dpi", "en", "Courier"),
    Kind("English, two columns, 200 dpi", "en", size=10, columns=2),
    Kind("English, worn copy, 150 dpi", "en", dpi=150, wear=worn),
    Kind("English, worn copy, 200 dpi", "en", wear=worn),
    Kind("English, 2° askew, 200 dpi", "en", wear=lambda page: askew(page, 2)),
    Kind("English, upside down, 200 dpi", "en", wear=lambda page: askew(page, 180)),
    Kind("German, Times 11, 200 dpi", "de"),
    Kind("German, Helvetica 10, worn, 200 dpi", "de", "Helvetica", 10, wear=worn),
)


def texts(data: Path) -> dict[str, str]:
    """Running text of each language."""
    novel = (data / "long/book-war-and-peace-1225p.txt").read_text("utf-8", errors="replace")
    return {
        "en": " ".join(novel[20_000:80_000].encode("ascii", "ignore").decode().split()),
        "de": _joined(data / "xquad_de/docs", " "),
        "zh": _joined(data / "xquad_zh/docs", ""),
        "ja": JAPANESE * 5,
    }


def _joined(folder: Path, between: str) -> str:
    files = sorted(path for path in folder.iterdir() if path.is_file())[:12]
    said = between.join(path.read_text("utf-8") for path in files)
    return between.join(
        said.encode("cp1252" if between else "utf-8", "ignore")
        .decode("cp1252" if between else "utf-8")
        .split()
    )


def set_pages(path: Path, kind: Kind, text: str, pages: int) -> Path:
    """A PDF of full pages of `text`."""
    canvas = Canvas(str(path), pagesize=letter)
    words = iter(text.split())
    gap, margin = 24.0, 72.0
    width = (letter[0] - 2 * margin - gap * (kind.columns - 1)) / kind.columns
    line = ""
    for _ in range(pages):
        canvas.setFont(kind.font, kind.size)
        for column in range(kind.columns):
            y = letter[1] - margin
            while y > margin:
                line, rest = _filled(line, words, kind, width)
                canvas.drawString(margin + column * (width + gap), y, line)
                line = rest
                y -= 1.3 * kind.size
        canvas.showPage()
    canvas.save()
    return path


def _filled(line: str, words: Iterator[str], kind: Kind, width: float) -> tuple[str, str]:
    """A full line, and the word that did not fit."""
    for word in words:
        longer = f"{line} {word}".strip()
        if stringWidth(longer, kind.font, kind.size) > width:
            return line, word
        line = longer
    return line, ""


def measure_pdf(kind: Kind, text: str, folder: Path, pages: int) -> None:
    """Print the row of one kind of scan."""
    true_path = set_pages(folder / "true.pdf", kind, text, pages)
    true = [page for page in pdf.read(true_path) if isinstance(page, Page)]
    drawn = pictures(true_path, kind.dpi)
    worn_pages = [kind.wear(page) for page in drawn] if kind.wear else drawn
    path = scan(folder / "scan.pdf", worn_pages, kind.dpi)
    began, cpu = time.perf_counter(), time.process_time()
    found = [page for page in pdf.read(path) if isinstance(page, Page)]
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    right = [share_right(a.text, b.text) for a, b in zip(found, true, strict=True)]
    shared = [
        share
        for a, b in zip(found, true, strict=True)
        for share in overlaps(words_with_boxes(a, path), words_with_boxes(b, true_path))
    ]
    boxes = (
        f"{statistics.mean(shared):.2f}"
        if shared and worn_pages[0].size == drawn[0].size and ("upside" not in kind.name)
        else "–"
    )
    row(kind.name, statistics.mean(right), boxes, seconds / pages, cpu / pages)


def row(name: str, right: float, boxes: str, seconds: float, cpu: float) -> None:
    """Print a row of the table."""
    print(f"| {name} | {100 * right:.2f} | {boxes} | {seconds:.1f} | {cpu:.1f} |", flush=True)


def measure_picture(name: str, text: str, font: Path, folder: Path, index: int) -> None:
    """Print the row of a page of Chinese or Japanese."""
    shape = ImageFont.truetype(font, 46, index=index)
    page = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(page)
    lines = [text[at : at + 30] for at in range(0, 25 * 30, 30)]
    for at, line in enumerate(lines):
        draw.text((160, 160 + 76 * at), line, font=shape, fill=0)
    path = folder / "page.png"
    page.save(path, dpi=(200, 200))
    began, cpu = time.perf_counter(), time.process_time()
    info, found = image.read(path)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    assert isinstance(info, DocumentInfo)
    assert isinstance(found, Page)
    row(name, share_right(found.text.replace("\n", ""), "".join(lines)), "–", seconds, cpu)


def main() -> None:
    """Measure all kinds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cjk-font", type=Path, help="a font with Chinese and Japanese")
    parser.add_argument("--pages", type=int, default=2, help="of each kind")
    options = parser.parse_args()
    said = texts(options.data)
    print("| scan | characters right % | boxes | s a page | processor s |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for kind in KINDS:
            measure_pdf(kind, said[kind.text], Path(name), options.pages)
        if options.cjk_font:
            for language, text in (("Chinese", said["zh"]), ("Japanese", said["ja"])):
                measure_picture(f"{language}, 200 dpi", text, options.cjk_font, Path(name), 0)


if __name__ == "__main__":
    main()
