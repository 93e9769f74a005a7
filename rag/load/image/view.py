"""Draws the pages of image files."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rag.errors import CorruptFile, SourceChanged
from rag.load.image.frames import open_image
from rag.records import PagePicture

MAX_PIXELS = 25_000_000


def draw(path: Path, page: int, scale: float) -> PagePicture:
    """Draw page `page` (1-based) with `scale` pixels per point, fewer where it is enormous."""
    with open_image(path) as file:
        if not 1 <= page <= file.page_count:
            raise SourceChanged(path)
        try:
            frame = file.frame(page, scale, MAX_PIXELS)
        except ValueError as error:
            raise CorruptFile(path, f"page {page} cannot be drawn") from error
        pixels = np.zeros((frame.image.height, frame.image.width, 4), dtype=np.uint8)
        pixels[:, :, :3] = np.asarray(frame.image)[:, :, ::-1]
        return PagePicture(
            path=path,
            page=page,
            page_count=file.page_count,
            label=str(page),
            width_pt=frame.width_pt,
            height_pt=frame.height_pt,
            width_px=frame.image.width,
            height_px=frame.image.height,
            stride=4 * frame.image.width,
            pixels=pixels.tobytes(),
        )
