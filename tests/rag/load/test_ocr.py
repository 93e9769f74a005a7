"""Scanned pages are read with the bundled models: the text, and where each word of it stands."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pypdf
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from rag.cancel import CancelToken
from rag.errors import NoRecogniser
from rag.load import glyphs, image, pdf
from rag.load.how import HowToRead
from rag.load.ocr import UNREADABLE, models
from rag.load.sandbox import ParserPool
from rag.records import Box, DocumentInfo, Page, PageKind
from tests.rag.load.papers import HEIGHT, WIDTH, paper, read_pdf, write_lines
from tests.rag.load.scans import (
    askew,
    overlap,
    overlaps,
    pictures,
    scan,
    share_right,
    words_with_boxes,
)

DPI = 150
LINES = [
    "The tenant may end this lease with three months of notice. The notice must be",
    "given in writing and must reach the landlord by the third working day of the",
    "month. Der Mieter kann den Vertrag außerordentlich kündigen, wenn die Räume",
    "für längere Zeit nicht benutzbar sind. The rent is 1,234.50 € a month.",
]
MEMORY_MB = 1024


@pytest.fixture
def lease(tmp_path: Path) -> Path:
    return paper(tmp_path / "lease.pdf", LINES)


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    pool = ParserPool(1, 60, MEMORY_MB)
    yield pool
    pool.close()


def only_page(path: Path, how: HowToRead | None = None) -> Page:
    _, page = pdf.read(path, how or HowToRead())
    assert isinstance(page, Page)
    return page


@pytest.mark.models
def test_a_scan_is_read_and_each_word_boxed_where_it_stands(lease: Path, tmp_path: Path) -> None:
    true = read_pdf(lease)[1][0]
    path = scan(tmp_path / "scan.pdf", pictures(lease, DPI), DPI)

    page = only_page(path)

    assert page.kind is PageKind.SCANNED
    assert page.problem == ""
    assert share_right(page.text, true.text) > 0.99
    shared = overlaps(words_with_boxes(page, path), words_with_boxes(true, lease))
    assert len(shared) >= 0.9 * len(true.text.split())
    assert statistics.mean(shared) > 0.6  # a recognised word's box is as high as its line
    assert min(shared) > 0.3


def middle(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


@pytest.mark.models
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_scan_that_lies_on_its_side_is_read(lease: Path, tmp_path: Path, degrees: int) -> None:
    path = scan(tmp_path / "s.pdf", [askew(pictures(lease, DPI)[0], degrees)], DPI)
    upright = dict(words_with_boxes(read_pdf(lease)[1][0], lease))["außerordentlich"]
    width, height = (WIDTH, HEIGHT) if degrees == 180 else (HEIGHT, WIDTH)

    page = only_page(path)

    assert share_right(page.text, " ".join(LINES)) > 0.98
    found = dict(words_with_boxes(page, path))["außerordentlich"]
    x, y = middle(upright)
    expected = {90: (y, height - x), 180: (width - x, height - y), 270: (width - y, x)}[degrees]
    assert middle(found) == pytest.approx(expected, abs=3)


@pytest.mark.models
def test_a_page_with_a_stamp_keeps_it_and_is_told_once(lease: Path, tmp_path: Path) -> None:
    scan_path = tmp_path / "page.png"
    pictures(lease, DPI)[0].save(scan_path)
    canvas = Canvas(str(tmp_path / "stamped.pdf"), pagesize=(WIDTH, HEIGHT))
    canvas.drawImage(str(scan_path), 0, 0, WIDTH, HEIGHT)
    write_lines(canvas, ["Case 23-0815 filed by the clerk of the court"], top=760)
    canvas.save()

    page = only_page(tmp_path / "stamped.pdf")

    assert page.kind is PageKind.SCANNED
    assert page.text.count("Case 23-0815 filed by the clerk of the court") == 1
    assert share_right(page.text.split("court")[1], " ".join(LINES)) > 0.98


def font_with_many_scripts() -> ImageFont.FreeTypeFont:
    """One that the system has."""
    for name in ("DejaVuSans.ttf", "arial.ttf", "Arial.ttf", "LiberationSans-Regular.ttf"):
        with suppress(OSError):
            return ImageFont.truetype(name, 36)
    pytest.skip("no font with Cyrillic letters")


@pytest.mark.models
@pytest.mark.parametrize("said", ["Все люди рождаются свободными", "כל בני האדם נולדו בני חורין"])
def test_a_script_that_is_not_known_is_not_read_as_another(tmp_path: Path, said: str) -> None:
    page = Image.new("L", (1000, 400), 255)
    for y in range(40, 340, 60):
        ImageDraw.Draw(page).text((60, y), said, font=font_with_many_scripts(), fill=0)
    page.save(tmp_path / "page.png")

    _, found = image.read(tmp_path / "page.png")

    assert isinstance(found, Page)
    assert (found.kind, found.text) == (PageKind.SCANNED, "")
    assert found.problem == UNREADABLE


@pytest.mark.models
def test_a_parser_reads_pictures_within_its_memory(pool: ParserPool, tmp_path: Path) -> None:
    lease = paper(tmp_path / "lease.pdf", LINES * 10)
    pictures(lease, 200)[0].save(tmp_path / "lease.png", dpi=(200, 200))

    info, page = pool.read(tmp_path / "lease.png", CancelToken())
    drawn = pool.render(tmp_path / "lease.png", 1, 1.0)

    assert info == DocumentInfo("lease", 1, paged=True, format="picture")
    assert isinstance(page, Page)
    assert share_right(page.text, " ".join(LINES * 10)) > 0.98
    assert pool.costs[-1].peak_mb < MEMORY_MB
    assert (drawn.width_pt, drawn.height_pt) == pytest.approx((WIDTH, HEIGHT), abs=0.5)
    first = words_with_boxes(page, tmp_path)[0][1]
    true = words_with_boxes(read_pdf(lease)[1][0], lease)[0][1]
    assert overlap(first, true) > 0.4


def with_letters_told_as(lease: Path, path: Path, cmap: bytes) -> Path:
    """The PDF with a font that tells other letters than it shows."""
    writer = pypdf.PdfWriter(clone_from=lease)
    told = pypdf.generic.DecodedStreamObject()
    told.set_data(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        b"1 begincodespacerange <00> <FF> endcodespacerange " + cmap + b" endcmap end end"
    )
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object()[pypdf.generic.NameObject("/ToUnicode")] = writer._add_object(told)
    writer.write(path)
    return path


@pytest.mark.models
@pytest.mark.parametrize(
    "cmap",
    [
        b"1 beginbfrange <21> <FF> <E021> endbfrange",  # signs of its own
        b"2 beginbfrange <21> <5A> <0041> <5B> <7E> <0021> endbfrange",  # other letters
    ],
)
def test_text_that_is_not_what_is_shown_is_replaced(tmp_path: Path, cmap: bytes) -> None:
    lease = paper(tmp_path / "lease.pdf", LINES)
    path = with_letters_told_as(lease, tmp_path / "broken.pdf", cmap)
    assert "tenant" not in only_page(path, HowToRead(ocr=False)).text

    page = only_page(path)

    assert page.kind is PageKind.SCANNED
    assert share_right(page.text, " ".join(LINES)) > 0.98


def test_text_that_reads_well_is_not_recognised(
    lease: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.load.ocr._engine", pytest.fail)

    page = only_page(lease)

    assert page.kind is PageKind.TEXT
    assert page.boxes == b""


def test_with_recognition_off_a_scan_has_no_text(lease: Path, tmp_path: Path) -> None:
    path = scan(tmp_path / "scan.pdf", pictures(lease, 72), 72)

    page = only_page(path, HowToRead(ocr=False))

    assert (page.kind, page.text, page.problem) == (PageKind.SCANNED, "", "")


def test_missing_models_are_told_and_cost_no_more_than_the_scans(
    lease: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise NoRecogniser("det.onnx is missing")

    path = scan(tmp_path / "scan.pdf", pictures(lease, 72), 72)
    monkeypatch.setattr("rag.load.ocr._engine", missing)

    page = only_page(path)

    assert page.kind is PageKind.SCANNED
    assert "Scanned pages cannot be read" in page.problem
    assert "det.onnx is missing" in page.problem


def test_a_model_that_is_damaged_is_told(tmp_path: Path) -> None:
    (tmp_path / "det.onnx").write_bytes(b"no network")

    with pytest.raises(NoRecogniser, match="damaged"):
        models.Model(tmp_path / "det.onnx", 1)


def test_a_blank_page_is_no_scan(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "blank.pdf"))
    canvas.rect(10, 10, 0, 0)
    canvas.showPage()
    canvas.save()

    page = only_page(tmp_path / "blank.pdf")

    assert (page.kind, page.text) == (PageKind.EMPTY, "")


def test_boxes_of_a_scan_count_its_words() -> None:
    assert glyphs.boxes_of(glyphs.pack_boxes(()), np.zeros(1, dtype=np.int32), 1) == ()
