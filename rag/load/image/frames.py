"""Opens image files with Pillow: their frames as pages, upright and on white."""

from __future__ import annotations

import math
import struct
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from PIL import Image, UnidentifiedImageError

from rag.errors import CorruptFile, FileNotReadable, FileTooBig

KINDS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF", "AVIF")
MAX_PIXELS = 80_000_000  # of a page, before it is decoded
MAX_PAGES = 2_000
USUAL_POINTS = 0.5  # per pixel where no resolution is told, or none that can be
DPI_RANGE = (75.0, 1_300.0)  # below it is what programs write that do not know

_REDUCED, _ORIENTATION = 254, 274  # tags: a small copy of another frame; which way up it is
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = 5  # this orientation and higher ones swap the sides
# What Pillow's decoders raise on damaged files.
_BAD = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError,
    ArithmeticError, struct.error, Image.DecompressionBombError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's picture in red, green and blue as it is shown, and its size in points."""

    image: Image.Image
    width_pt: float
    height_pt: float


class ImageFile:
    """An open image file with at least one page."""

    def __init__(self, path: Path, image: Image.Image) -> None:
        self._path = path
        self._image = image
        self._places = self._pages()

    @property
    def page_count(self) -> int:
        """How many pages it has; a moving picture has one, its first frame."""
        return len(self._places)

    def frame(self, page: int, scale: float, most_pixels: int) -> Frame:
        """Page `page` (1-based) with `scale` pixels per point, fewer to stay below `most_pixels`.

        Raises `ValueError` when it cannot be decoded, `FileTooBig` when it should not be.
        """
        image = self._image
        try:
            if len(self._places) > 1:
                image.seek(self._places[page - 1])
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise _too_big(self._path)
            x_points, y_points = _points_per_pixel(image)
            width_pt, height_pt = width * x_points, height * y_points
            turn = image.getexif().get(_ORIENTATION, 1)
            scale = min(scale, math.sqrt(most_pixels / (width_pt * height_pt)))
            size = max(1, round(width_pt * scale)), max(1, round(height_pt * scale))
            image.draft("RGB", size)  # a JPEG is decoded smaller at once
            shown = _on_white(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
            if turn in _TURNS:
                shown = shown.transpose(_TURNS[turn])
        except _BAD as error:
            raise ValueError(f"page {page} cannot be decoded") from error
        if turn in _TURNS and turn >= _LYING:
            width_pt, height_pt = height_pt, width_pt
        return Frame(shown, width_pt, height_pt)

    def _pages(self) -> list[int]:
        """The frames that are pages."""
        if self._image.format != "TIFF":
            return [0]
        whole: list[int] = []
        for index in range(MAX_PAGES + 1):
            try:
                self._image.seek(index)
            except EOFError:
                break
            tags = cast("dict[int, object]", getattr(self._image, "tag_v2", {}))
            kind = tags.get(_REDUCED, 0)
            if not (isinstance(kind, int) and kind & 1):
                whole.append(index)
        if len(whole) > MAX_PAGES:
            raise FileTooBig(self._path, f"it has over {MAX_PAGES:,} pages")
        return whole or [0]


@contextmanager
def open_image(path: Path) -> Generator[ImageFile]:
    """The image for the length of a `with` block; raises why it cannot be opened."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of large pictures, odd tags and bad profiles
        try:
            image = Image.open(path, formats=KINDS)
        except (PermissionError, FileNotFoundError) as error:
            raise FileNotReadable(path, error.strerror or str(error)) from error
        except Image.DecompressionBombError as error:
            raise _too_big(path) from error
        except UnidentifiedImageError as error:
            raise CorruptFile(path, "it is not a picture") from error
        except _BAD as error:
            raise CorruptFile(path) from error
        with image:
            try:
                file = ImageFile(path, image)
            except _BAD as error:
                raise CorruptFile(path) from error
            yield file


def _too_big(path: Path) -> FileTooBig:
    return FileTooBig(path, f"it has over {MAX_PIXELS // 1_000_000} megapixels")


def _points_per_pixel(image: Image.Image) -> tuple[float, float]:
    """How many points a pixel is wide and high."""
    told = cast("object", image.info.get("dpi"))
    try:
        x, y = (float(part) for part in cast("tuple[float, float]", told))
    except (TypeError, ValueError, ZeroDivisionError):
        return USUAL_POINTS, USUAL_POINTS
    low, high = DPI_RANGE
    if low <= x <= high and low <= y <= high:
        return 72 / x, 72 / y
    return USUAL_POINTS, USUAL_POINTS


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in red, green and blue, what is transparent of it white."""
    if image.mode.startswith(("I", "F")):
        values = np.nan_to_num(np.asarray(image, dtype=np.float32))
        most = 65_535.0 if image.mode.startswith("I;16") else max(1.0, float(values.max()))
        return Image.fromarray(np.clip(values * (255 / most), 0, 255).astype(np.uint8)).convert(
            "RGB"
        )
    if image.mode in {"LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return image.convert("RGB")
