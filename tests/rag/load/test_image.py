"""Image files are pages: upright, on white, within limits; damaged ones say so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from rag.errors import CorruptFile, FileTooBig, SourceChanged
from rag.load import FORMATS, format_of, image
from rag.load.how import HowToRead
from rag.load.image import view
from rag.records import DocumentInfo, Page, PageKind

RED, WHITE = [255, 0, 0], [255, 255, 255]


def marked(mode: str = "RGB") -> Image.Image:
    """White, 60 by 40, with a red corner at the top left."""
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("red", (0, 0, 20, 20))
    return picture.convert(mode)


def shown(path: Path, page: int = 1) -> np.ndarray:
    """The page as the window shows it: red, green, blue."""
    picture = view.draw(path, page, 2.0)
    pixels = np.frombuffer(picture.pixels, np.uint8)
    pixels = pixels.reshape(picture.height_px, picture.stride)[:, : 4 * picture.width_px]
    return pixels.reshape(picture.height_px, picture.width_px, 4)[:, :, 2::-1]


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.png", "RGB"), ("a.png", "P"), ("a.bmp", "RGB"), ("a.gif", "P"), ("a.webp", "RGB"),
        ("a.tif", "RGB"), ("a.tif", "CMYK"), ("a.avif", "RGB"), ("a.jpeg", "RGB"),
    ],
)  # fmt: skip
def test_every_kind_is_shown_in_its_colours(tmp_path: Path, name: str, mode: str) -> None:
    marked(mode).save(tmp_path / name)

    pixels = shown(tmp_path / name)

    height, width, _ = pixels.shape
    assert np.abs(pixels[height // 5, width // 7].astype(int) - RED).max() < 20
    assert np.abs(pixels[3 * height // 4, 2 * width // 3].astype(int) - WHITE).max() < 20


def test_every_kind_that_is_read_has_its_format() -> None:
    for name in ("scan.png", "SCAN.JPG", "a.jpeg", "a.tif", "a.tiff", "a.webp", "a.bmp", "a.gif"):
        found = format_of(Path(name), FORMATS)

        assert found is not None
        assert found.reader == "rag.load.image"
        assert found.drawn


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    clear.paste((255, 0, 0, 255), (0, 0, 20, 20))
    clear.save(tmp_path / "a.png")

    pixels = shown(tmp_path / "a.png")

    assert pixels[8, 8].tolist() == RED
    assert pixels[30, 40].tolist() == WHITE


def test_sixteen_bits_of_grey_become_eight(tmp_path: Path) -> None:
    grey = np.full((40, 60), 65_535, dtype=np.uint16)
    grey[:20, :20] = 32_768
    Image.fromarray(grey).save(tmp_path / "a.png")

    pixels = shown(tmp_path / "a.png")

    assert pixels[8, 8].tolist() == pytest.approx([127] * 3, abs=2)
    assert pixels[30, 40].tolist() == WHITE


@pytest.mark.parametrize(
    ("orientation", "corner", "size"),
    [
        (1, (8, 8), (60, 40)),
        (3, (31, 51), (60, 40)),
        (6, (8, 31), (40, 60)),
        (8, (51, 8), (40, 60)),
    ],
)
def test_a_photo_is_shown_as_the_camera_was_held(
    tmp_path: Path, orientation: int, corner: tuple[int, int], size: tuple[int, int]
) -> None:
    tags = Image.Exif()
    tags[0x112] = orientation
    marked().save(tmp_path / "a.jpg", exif=tags, quality=95)

    pixels = shown(tmp_path / "a.jpg")

    assert pixels.shape == (size[1], size[0], 3)
    assert np.abs(pixels[corner].astype(int) - RED).max() < 30


def test_the_resolution_tells_how_large_a_page_is(tmp_path: Path) -> None:
    marked().save(tmp_path / "a.png", dpi=(144, 144))
    marked().save(tmp_path / "b.png")

    told, untold = view.draw(tmp_path / "a.png", 1, 2.0), view.draw(tmp_path / "b.png", 1, 1.0)

    assert (told.width_pt, told.height_pt) == pytest.approx((30, 20), abs=0.1)
    assert (told.width_px, told.height_px) == (60, 40)
    assert (untold.width_pt, untold.height_pt, untold.width_px) == (30, 20, 30)


def test_an_enormous_scale_is_cut_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "MAX_PIXELS", 10_000)
    marked().save(tmp_path / "a.png")

    picture = view.draw(tmp_path / "a.png", 1, 500)

    assert 9_000 < picture.width_px * picture.height_px < 11_000


def test_each_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    marked().save(
        tmp_path / "a.tif", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")]
    )

    info, *pages = image.read(tmp_path / "a.tif", HowToRead(ocr=False))

    assert info == DocumentInfo("a", 2, paged=True, format="picture")
    assert [page.number for page in pages if isinstance(page, Page)] == [1, 2]
    assert shown(tmp_path / "a.tif", 2)[8, 8].tolist() == [0, 0, 255]


def test_reading_goes_on_at_a_page(tmp_path: Path) -> None:
    marked().save(tmp_path / "a.tif", save_all=True, append_images=[marked(), marked()])

    _, *pages = image.read(tmp_path / "a.tif", HowToRead(ocr=False, first_page=3))

    assert [page.number for page in pages if isinstance(page, Page)] == [3]


def test_a_moving_picture_is_one_page(tmp_path: Path) -> None:
    marked("P").save(tmp_path / "a.gif", save_all=True, append_images=[marked("P").rotate(90)])

    info, *pages = image.read(tmp_path / "a.gif", HowToRead(ocr=False))

    assert isinstance(info, DocumentInfo)
    assert info.page_count == len(pages) == 1


def test_without_recognition_a_picture_is_a_scan_without_text(tmp_path: Path) -> None:
    marked().save(tmp_path / "a.png")

    _, page = image.read(tmp_path / "a.png", HowToRead(ocr=False))

    assert page == Page(1, "1", "", PageKind.SCANNED)


def test_a_picture_of_too_many_pixels_is_not_even_decoded(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "a.png")

    with pytest.raises(FileTooBig):
        list(image.read(tmp_path / "a.png"))


def test_what_is_no_picture_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("hello")

    with pytest.raises(CorruptFile, match="not a picture"):
        list(image.read(tmp_path / "a.png"))


def test_a_picture_cut_off_is_damaged(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 300, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    whole = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(CorruptFile):
        view.draw(tmp_path / "a.png", 1, 1.0)


def test_a_page_that_is_no_longer_there_is_told(tmp_path: Path) -> None:
    marked().save(tmp_path / "a.png")

    with pytest.raises(SourceChanged):
        view.draw(tmp_path / "a.png", 2, 1.0)
