"""Scans for tests and benchmarks, made from pages whose text and boxes are known."""

from __future__ import annotations

import difflib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from rag.load import glyphs
from rag.load.pdf import view
from rag.records import Box, Page


def pictures(path: Path, dpi: int) -> list[Image.Image]:
    """The pages of a PDF as a scanner with this resolution sees them."""
    document: Any = pypdfium2.PdfDocument(path)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def scan(path: Path, pages: Sequence[Image.Image], dpi: int) -> Path:
    """A PDF of nothing but pictures."""
    first, *others = pages
    first.save(path, "PDF", resolution=dpi, save_all=True, append_images=others)
    return path


def worn(page: Image.Image, seed: int = 5) -> Image.Image:
    """The page as an old copier shows it: blurred, speckled, greyish, saved as a small JPEG."""
    grey = np.asarray(page.convert("L").filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32)
    chance = np.random.default_rng(seed)
    grey = 40 + grey * 0.75 + chance.normal(0, 12, grey.shape)
    grey[chance.random(grey.shape) < 0.001] = 30
    kept = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(kept, "JPEG", quality=35)
    return Image.open(kept).convert("RGB")


def askew(page: Image.Image, degrees: float) -> Image.Image:
    """The page laid on the scanner at an angle."""
    return page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def share_right(found: str, true: str) -> float:
    """The share of the characters of `true` that are found in order, white space folded."""
    found, true = " ".join(found.split()), " ".join(true.split())
    blocks = difflib.SequenceMatcher(None, found, true, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, len(true), len(found))


def overlap(a: Box, b: Box) -> float:
    """The area that two boxes share, as a share of what they cover together."""
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.y1, b.y1) - max(a.y0, b.y0)
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / ((a.x1 - a.x0) * (a.y1 - a.y0) + (b.x1 - b.x0) * (b.y1 - b.y0) - shared)


def words_with_boxes(page: Page, path: Path) -> list[tuple[str, Box]]:
    """The words of a page that stand on one line, each with its box as it is shown."""
    found: list[tuple[str, Box]] = []
    places = glyphs.unpack(page.glyphs)
    start = 0
    for word in page.text.replace("\n", " ").split(" "):
        own = places[start : start + len(word)]
        start += len(word) + 1
        if not word:
            continue
        if page.boxes:
            boxes = glyphs.boxes_of(page.boxes, own, page.number)
        else:
            boxes = view.find_boxes(path, page.number, own.tolist())
        if len(boxes) == 1:
            found.append((word, boxes[0]))
    return found


def overlaps(found: list[tuple[str, Box]], true: list[tuple[str, Box]]) -> list[float]:
    """How well the boxes of words that both lists have in one order cover each other."""
    same = difflib.SequenceMatcher(
        None, [word for word, _ in found], [word for word, _ in true], autojunk=False
    )
    return [
        overlap(found[block.a + at][1], true[block.b + at][1])
        for block in same.get_matching_blocks()
        for at in range(block.size)
    ]
