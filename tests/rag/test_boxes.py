"""The boxes of any run of words show these words and no others, however they stand on the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from rag.index.catalog import Catalog
from tests.rag.boxing import Boxing, says
from tests.rag.load.papers import HEIGHT, LEADING, LEFT, SIZE, TOP, WIDTH, paper, write_lines
from tests.rag.load.scans import pictures, scan, share_right
from tests.rag.load.test_pdf_text import page_that_says
from tests.rag.load.under_boxes import is_quote, recognised, under

LINES = [
    "The tenant may end this lease with three months of notice. The notice must be",
    "given in writing and must reach the landlord by the third working day of the",
    "month. A shorter term applies where the rooms cannot be used for a longer time.",
]
LEFT_COLUMN = [
    "The hedge along the river is of haw-",
    "thorn and black-",
    "thorn, and in the third week of Octo-",
    "ber its berries are at their ripest, as",
    "the birds know. Hawthorn was planted",
    "in the year of the flood.",
]
RIGHT_COLUMN = [
    "Whoever walks there at dawn can hear",
    "the long-tailed tits, which move along",
    "the hedge in parties of a dozen and",
    "keep calling to each other, so that no",
    "one of them is lost. They sleep in a",
    "row on one branch in October.",
]
SHALOM = {"a": "05DD", "b": "05D5", "c": "05DC", "d": "05E9"}  # as drawn, from left to right


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog.open(tmp_path / "library")
    yield opened
    opened.close()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_on_a_turned_page(tmp_path: Path, catalog: Catalog, turn: int) -> None:
    writer = pypdf.PdfWriter(clone_from=paper(tmp_path / "a.pdf", LINES))
    writer.pages[0].rotate(turn)
    writer.write(tmp_path / "turned.pdf")

    assert Boxing.of(tmp_path / "turned.pdf", catalog).wrong(1, 19) == []


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_on_a_cropped_page(tmp_path: Path, catalog: Catalog, turn: int) -> None:
    writer = pypdf.PdfWriter(clone_from=paper(tmp_path / "a.pdf", LINES))
    page = writer.pages[0]
    page.mediabox = pypdf.generic.RectangleObject((-40, -70, WIDTH + 20, HEIGHT + 15))
    page.cropbox = pypdf.generic.RectangleObject((50, 100, WIDTH - 10, HEIGHT - 30))
    page.rotate(turn)
    writer.write(tmp_path / "cropped.pdf")

    assert Boxing.of(tmp_path / "cropped.pdf", catalog).wrong(1, 19) == []


@pytest.mark.parametrize("turn", [0, 90])
def test_words_on_a_page_measured_in_larger_units(
    tmp_path: Path, catalog: Catalog, turn: int
) -> None:
    writer = pypdf.PdfWriter(clone_from=paper(tmp_path / "a.pdf", LINES))
    writer.pages[0][pypdf.generic.NameObject("/UserUnit")] = pypdf.generic.FloatObject(2.5)
    writer.pages[0].rotate(turn)
    writer.write(tmp_path / "large.pdf")

    assert Boxing.of(tmp_path / "large.pdf", catalog).wrong(1, 19) == []


@pytest.mark.parametrize("angle", [90, 180, 270, 30])
def test_words_that_run_at_an_angle(tmp_path: Path, catalog: Catalog, angle: int) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(angle)
    write_lines(canvas, ["Up here it is windy", "and down there it is not"], -40, 20)
    canvas.save()

    boxing = Boxing.of(tmp_path / "a.pdf", catalog)

    for word in ("windy", "there", "down there it"):
        assert "".join(says(boxing.path, boxing.boxes_of(word))) == word.replace(" ", "")


def test_words_in_columns_with_hyphens_at_line_ends(tmp_path: Path, catalog: Catalog) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, LEFT_COLUMN)
    write_lines(canvas, RIGHT_COLUMN, LEFT + 200)
    canvas.save()

    boxing = Boxing.of(tmp_path / "a.pdf", catalog)

    assert "black-thorn" in boxing.text or "blackthorn" in boxing.text
    assert boxing.wrong(1, 12) == []


def test_words_over_a_page_break_leave_out_what_repeats_on_each_page(
    tmp_path: Path, catalog: Catalog
) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for number in range(6):
        write_lines(canvas, ["Bellwood parish council, yearly report"], top=760)
        write_lines(canvas, [line.replace("third", f"{number + 3}th") for line in LINES])
        write_lines(canvas, [f"page {number + 1} of 6"], top=30)
        canvas.showPage()
    canvas.save()

    boxing = Boxing.of(tmp_path / "a.pdf", catalog)
    quote = "used for a longer time.\fThe tenant may end"

    assert quote in boxing.text
    assert {box.page for box in boxing.boxes_of(quote)} == {1, 2}
    assert boxing.wrong(9) == []


def test_words_with_raised_figures_between_them(tmp_path: Path, catalog: Catalog) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, LINES[:1])
    end = LEFT + canvas.stringWidth(LINES[0], "Helvetica", SIZE)
    write_lines(canvas, ["12"], end, TOP + 4, 6)
    write_lines(canvas, ["and no more"], end + 8)
    write_lines(canvas, LINES[1:], top=TOP - LEADING)
    canvas.save()

    assert Boxing.of(tmp_path / "a.pdf", catalog).wrong(1, 5, 20) == []


def test_a_box_leaves_out_what_stands_between_its_words(tmp_path: Path, catalog: Catalog) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, ["Kestrel"])
    after = LEFT + canvas.stringWidth("Kestrel", "Helvetica", SIZE)
    write_lines(canvas, ["hovers over the meadow"], after + 12)
    write_lines(canvas, LINES, top=TOP - 3 * LEADING)
    write_lines(canvas, ["®"], after + 1, TOP + 1.5, 7)  # drawn last, as some programs do
    canvas.save()

    boxing = Boxing.of(tmp_path / "a.pdf", catalog)
    start, end = boxing.text.index("Kestrel"), boxing.text.index("hovers") + len("hovers")
    shown = under(boxing.path, boxing.boxes(start, end))

    assert is_quote(boxing.text[start:end], shown)


def test_a_box_of_lines_set_solid_touches_no_other_line(tmp_path: Path, catalog: Catalog) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    canvas.setFont("Helvetica", LEADING)
    for at, line in enumerate(LINES):
        canvas.drawString(LEFT, TOP - LEADING * at, line)
    canvas.save()

    boxing = Boxing.of(tmp_path / "a.pdf", catalog)
    (box,) = boxing.boxes_of(LINES[1])

    document: Any = pypdfium2.PdfDocument(boxing.path)
    touched = (
        document[0]
        .get_textpage()
        .get_text_bounded(box.x0, HEIGHT - box.y1, box.x1, HEIGHT - box.y0)
    )
    document.close()
    assert touched == LINES[1]


def test_words_beside_much_larger_ones(tmp_path: Path, catalog: Catalog) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, ["DRAFT"], size=150, top=TOP - 80)
    write_lines(canvas, LINES, top=TOP - 2 * LEADING)
    canvas.save()

    boxing = Boxing.of(tmp_path / "a.pdf", catalog)
    boxes = boxing.boxes(0, len(boxing.text))

    assert sum(box.y1 - box.y0 < 2 * SIZE for box in boxes) >= len(LINES)


def test_words_from_right_to_left(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(page_that_says(b"abcd dbca bbdd", SHALOM))

    boxing = Boxing.of(path, catalog)

    first, *_, last = boxing.text.split()
    assert first == "\u05e9\u05e9\u05d5\u05d5"  # the rightmost word is read first
    assert boxing.boxes_of(first)[0].x0 > boxing.boxes_of(last)[0].x1
    assert boxing.wrong(1, 2, 3) == []


def test_words_with_ligatures(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(page_that_says(b"oAce Bnal diCcult", {"A": "FB03", "B": "FB01", "C": "FB03"}))

    boxing = Boxing.of(path, catalog)

    assert boxing.text == "office final difficult"
    assert boxing.wrong(1, 2, 3) == []


def test_words_that_run_down_the_page(tmp_path: Path, catalog: Catalog) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3", isVertical=True))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    canvas.setFont("HeiseiMin-W3", 16)
    canvas.drawString(250, 700, "日本国民は正当に選挙された")
    canvas.save()

    boxing = Boxing.of(tmp_path / "a.pdf", catalog)
    boxes = boxing.boxes_of("正当に選挙")

    assert says(boxing.path, boxes) == ["正当に選挙"]
    assert boxes[0].y1 - boxes[0].y0 == pytest.approx(5 * 16, abs=3)


def test_cells_of_a_table(tmp_path: Path, catalog: Catalog) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, ["Harvest of the orchard by year"])
    rows = [("Fruit", "2021", "2022"), ("Apples", "1,204", "1,377"), ("Pears", "308", "297")]
    for at, cells in enumerate(rows, 2):
        for column, cell in enumerate(cells):
            write_lines(canvas, [cell], LEFT + 120 * column, TOP - at * LEADING)
    canvas.save()

    assert Boxing.of(tmp_path / "a.pdf", catalog).wrong(1, 2, 3, 9) == []


@pytest.mark.models
@pytest.mark.parametrize("turn", [0, 90, 180])
def test_words_on_a_scan_in_two_columns(tmp_path: Path, catalog: Catalog, turn: int) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, LEFT_COLUMN)
    write_lines(canvas, RIGHT_COLUMN, LEFT + 200)
    canvas.save()
    scan(tmp_path / "scan.pdf", pictures(tmp_path / "a.pdf", 200), 200)
    writer = pypdf.PdfWriter(clone_from=tmp_path / "scan.pdf")
    writer.pages[0].rotate(turn)
    writer.write(tmp_path / "turned.pdf")

    boxing = Boxing.of(tmp_path / "turned.pdf", catalog)

    for quote in (
        "Hawthorn was planted in the year of the flood.",
        "so that no one of them is lost",
    ):
        assert share_right(recognised(boxing.path, boxing.boxes_of(quote)), quote) > 0.9


def test_boxes_that_are_off_by_a_line_would_be_noticed(tmp_path: Path, catalog: Catalog) -> None:
    boxing = Boxing.of(paper(tmp_path / "a.pdf", LINES, LINES), catalog)
    quote = "The notice must be given"
    elsewhere = boxing.boxes_of("reach the landlord by the")

    assert is_quote(quote, under(boxing.path, boxing.boxes_of(quote)))
    assert not is_quote(quote, under(boxing.path, elsewhere))
