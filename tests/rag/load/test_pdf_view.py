"""The boxes of a quote cover its words and nothing else, however the page is turned."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from rag.errors import SourceChanged
from rag.load import glyphs
from rag.load.pdf import view
from rag.records import Box
from tests.rag.load.papers import HEIGHT, LEADING, LEFT, TOP, WIDTH, paper, read_pdf

LINES = [
    "The tenant may end this lease with three months of notice. The notice must be",
    "given in writing and must reach the landlord by the third working day of the",
]


def boxes_of(path: Path, quote: str) -> tuple[Box, ...]:
    page = read_pdf(path)[1][0]
    start = page.text.index(quote)
    indices = glyphs.unpack(page.glyphs)[start : start + len(quote)]
    return view.find_boxes(path, 1, [int(index) for index in indices if index >= 0])


def test_a_quote_on_one_line_has_one_box(tmp_path: Path) -> None:
    (box,) = boxes_of(paper(tmp_path / "a.pdf", LINES), "The tenant may")

    assert box.page == 1
    assert box.x0 == pytest.approx(LEFT, abs=1)
    assert box.x1 == pytest.approx(LEFT + 66, abs=5)
    assert box.y0 < HEIGHT - TOP < box.y1  # around the baseline
    assert box.y1 - box.y0 < 1.6 * LEADING


def test_a_quote_over_a_line_end_has_a_box_on_each_line(tmp_path: Path) -> None:
    first, second = boxes_of(paper(tmp_path / "a.pdf", LINES), "must be given in writing")

    assert second.y0 - first.y0 == pytest.approx(LEADING, abs=0.5)
    assert first.x0 > WIDTH / 2 - 50
    assert second.x0 == pytest.approx(LEFT, abs=1)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_turn_with_the_page(tmp_path: Path, turn: int) -> None:
    upright = boxes_of(paper(tmp_path / "a.pdf", LINES), "The tenant may")[0]
    writer = pypdf.PdfWriter(clone_from=tmp_path / "a.pdf")
    writer.pages[0].rotate(turn)
    writer.write(tmp_path / "turned.pdf")

    (box,) = boxes_of(tmp_path / "turned.pdf", "The tenant may")

    expected = {
        90: (HEIGHT - upright.y1, upright.x0),
        180: (WIDTH - upright.x1, HEIGHT - upright.y1),
        270: (upright.y0, WIDTH - upright.x1),
    }[turn]
    assert (box.x0, box.y0) == pytest.approx(expected, abs=0.5)


def test_boxes_are_counted_from_what_is_shown_of_a_cropped_page(tmp_path: Path) -> None:
    whole = boxes_of(paper(tmp_path / "a.pdf", LINES), "The tenant may")[0]
    writer = pypdf.PdfWriter(clone_from=tmp_path / "a.pdf")
    writer.pages[0].cropbox = pypdf.generic.RectangleObject((50, 100, WIDTH - 10, HEIGHT - 30))
    writer.write(tmp_path / "cropped.pdf")

    (box,) = boxes_of(tmp_path / "cropped.pdf", "The tenant may")

    assert (box.x0, box.y0) == pytest.approx((whole.x0 - 50, whole.y0 - 30), abs=0.5)


def test_a_page_is_drawn_at_the_scale_asked_for(tmp_path: Path) -> None:
    picture = view.draw(paper(tmp_path / "a.pdf", LINES, LINES), 2, 1.5)

    assert (picture.page, picture.page_count, picture.label) == (2, 2, "2")
    assert (picture.width_pt, picture.height_pt) == (WIDTH, HEIGHT)
    assert (picture.width_px, picture.height_px) == (1.5 * WIDTH, 1.5 * HEIGHT)
    assert len(picture.pixels) == picture.stride * picture.height_px
    assert set(picture.pixels[:3]) == {255}  # the margin is white
    assert min(picture.pixels[::4]) < 50  # and the text is not


def test_an_enormous_scale_is_cut_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "MAX_PIXELS", 10_000)

    picture = view.draw(paper(tmp_path / "a.pdf", LINES), 1, 500)

    assert 9_000 < picture.width_px * picture.height_px < 11_000


def test_a_page_that_is_no_longer_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceChanged):
        view.draw(paper(tmp_path / "a.pdf", LINES), 2, 1.0)
