"""A presentation is read slide by slide, in the order in which one reads."""

from __future__ import annotations

from pathlib import Path

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches

from rag.chunk import chunk_document
from rag.errors import CorruptFile
from rag.load import slides
from rag.load.how import HowToRead
from rag.records import DocumentInfo, DocumentText, Page, PageKind
from tests.rag.load.zipped import with_parts, without_parts, write_zip

TITLE, CONTENT, COMPARISON, BLANK = 0, 1, 4, 6
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def deck() -> Presentation:
    return pptx.Presentation()


def add(deck: Presentation, layout: int, title: str = "") -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def add_box(slide: Slide, text: str, left: float, top: float) -> None:
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))
    box.text_frame.text = text


def save(deck: Presentation, folder: Path) -> Path:
    path = folder / "deck.pptx"
    deck.save(str(path))
    return path


def read(path: Path, how: HowToRead | None = None) -> tuple[DocumentInfo, list[Page]]:
    info, *pages = slides.read(path, how) if how else slides.read(path)
    assert isinstance(info, DocumentInfo)
    return info, [page for page in pages if isinstance(page, Page)]


def test_each_slide_is_a_page_that_a_citation_can_name(deck: Presentation, tmp_path: Path) -> None:
    add(deck, TITLE, "Yearly review").placeholders[1].text = "by Zoë"
    add(deck, CONTENT, "Plans").placeholders[1].text = "Grow"

    info, pages = read(save(deck, tmp_path))

    assert info == DocumentInfo("Yearly review", 2, paged=True, format="PowerPoint")
    assert [page.text for page in pages] == ["Yearly review\n\nby Zoë", "Plans\n\n• Grow"]
    assert [(page.number, page.label) for page in pages] == [(1, "1"), (2, "2")]
    assert [(h.level, h.title) for page in pages for h in page.headings] == [
        (1, "Yearly review"),
        (1, "Plans"),
    ]
    (chunk,) = chunk_document(DocumentText.from_pages(info, pages))
    assert chunk.place == "slide 1–2"


def test_lists_keep_their_bullets_and_numbers(deck: Presentation, tmp_path: Path) -> None:
    frame = add(deck, CONTENT, "Steps").placeholders[1].text_frame
    for at, text in enumerate(("Ask", "Read", "Go on")):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = text
        kind = "arabicParenR" if at < 2 else ""
        properties = paragraph._p.get_or_add_pPr()
        name = f"{{{DRAWING}}}{'buAutoNum' if kind else 'buNone'}"
        properties.append(properties.makeelement(name, {"type": kind} if kind else {}))

    _, pages = read(save(deck, tmp_path))

    assert pages[0].text == "Steps\n\n1) Ask\n2) Read\nGo on"


def test_columns_of_a_layout_are_read_one_after_the_other(
    deck: Presentation, tmp_path: Path
) -> None:
    slide = add(deck, COMPARISON, "Compare")
    for number, text in ((1, "Left head"), (2, "left"), (3, "Right head"), (4, "right")):
        slide.placeholders[number].text = text

    _, pages = read(save(deck, tmp_path))

    assert pages[0].text == "Compare\n\nLeft head\n\n• left\n\nRight head\n\n• right"


def test_boxes_are_read_from_top_to_bottom_and_left_to_right(
    deck: Presentation, tmp_path: Path
) -> None:
    slide = add(deck, BLANK)
    add_box(slide, "bottom", 1, 5)
    add_box(slide, "right", 5, 2)
    add_box(slide, "left", 1, 2.1)
    add_box(slide, "top", 4, 0.5)

    _, pages = read(save(deck, tmp_path))

    assert pages[0].text.split("\n\n") == ["top", "left", "right", "bottom"]


def test_the_shapes_of_a_group_are_read_together(deck: Presentation, tmp_path: Path) -> None:
    slide = add(deck, BLANK)
    add_box(slide, "below", 1, 6)
    group = slide.shapes.add_group_shape()
    for text, top in (("second", 4), ("first", 1)):
        box = group.shapes.add_textbox(Inches(5), Inches(top), Inches(1), Inches(0.4))
        box.text_frame.text = text
    add_box(slide, "beside", 1, 2)

    _, pages = read(save(deck, tmp_path))

    assert pages[0].text.split("\n\n") == ["beside", "first", "second", "below"]


def test_a_table_has_its_heads(deck: Presentation, tmp_path: Path) -> None:
    shape = add(deck, BLANK).shapes.add_table(3, 2, Inches(1), Inches(1), Inches(4), Inches(1))
    for at, text in enumerate(("What", "How much", "Rent", "1,250", "Heating", "90")):
        shape.table.cell(at // 2, at % 2).text = text

    _, pages = read(save(deck, tmp_path))

    assert pages[0].text == "What | How much\nRent | 1,250\nHeating | 90"
    assert [table.heads for table in pages[0].tables] == ["What | How much"]


def test_a_chart_is_read_as_the_table_that_it_shows(deck: Presentation, tmp_path: Path) -> None:
    data = CategoryChartData()
    data.categories = ["East", "West"]
    data.add_series("2023", (19.2, 0.1 + 0.2))
    data.add_series("2024", (21, 4))
    size = (Inches(1), Inches(1), Inches(4), Inches(3))
    frame = add(deck, BLANK).shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *size, data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Sales"

    _, pages = read(save(deck, tmp_path))

    assert pages[0].text == "Chart: Sales\n | 2023 | 2024\nEast | 19.2 | 21\nWest | 0.3 | 4"
    assert pages[0].tables[0].caption == "Chart: Sales"


def test_notes_and_hidden_slides_are_read(deck: Presentation, tmp_path: Path) -> None:
    slide = add(deck, CONTENT, "Secret")
    slide.notes_slide.notes_text_frame.text = "Smile first.\nThen talk."
    slide._element.set("show", "0")

    _, pages = read(save(deck, tmp_path))

    assert pages[0].text == "Secret\n\nNotes: Smile first.\nThen talk."


def test_what_stands_at_the_edge_of_every_slide_is_told_once(
    deck: Presentation, tmp_path: Path
) -> None:
    for _ in range(2):
        slide = add(deck, BLANK)
        for kind, text in (("ftr", "Nordwind GmbH"), ("sldNum", "7")):
            add_box(slide, text, 1, 7)
            mark = slide.shapes[-1]._element.nvSpPr.nvPr
            mark.append(mark.makeelement(f"{{{_presentation(mark)}}}ph", {"type": kind}))

    _, pages = read(save(deck, tmp_path))

    assert [page.text for page in pages] == ["Nordwind GmbH", ""]
    assert pages[1].kind is PageKind.EMPTY


def _presentation(element: object) -> str:
    return str(element.tag).partition("}")[0].lstrip("{")  # type: ignore[attr-defined]


def test_comments_are_told_with_who_made_them(deck: Presentation, tmp_path: Path) -> None:
    add(deck, BLANK)
    plain = save(deck, tmp_path)
    relations = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="r9" Type="{RELATION}/comments" Target="../comments/comment1.xml"/>
        </Relationships>"""
    parts = {
        "ppt/slides/_rels/slide1.xml.rels": relations,
        "ppt/comments/comment1.xml": '<p:cmLst xmlns:p="x"><p:cm authorId="0">'
        "<p:text>Is this so?</p:text></p:cm></p:cmLst>",
        "ppt/commentAuthors.xml": '<p:cmAuthorLst xmlns:p="x"><p:cmAuthor id="0" name="Ann Bee"/>'
        "</p:cmAuthorLst>",
    }

    _, pages = read(with_parts(plain, tmp_path / "b.pptx", parts))

    assert pages[0].text == "[Comment by Ann Bee: Is this so?]"


def test_the_texts_of_a_diagram_are_read_in_its_order(deck: Presentation, tmp_path: Path) -> None:
    add_box(add(deck, BLANK), "Head", 1, 0.2)
    plain = save(deck, tmp_path)
    points = "".join(
        f'<dgm:pt modelId="{name}"><dgm:t><a:p><a:r><a:t>{name}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for name in ("second", "first", "under")
    )
    links = "".join(
        f'<dgm:cxn modelId="{at}" srcId="{a}" destId="{b}" srcOrd="{at}"/>'
        for at, (a, b) in enumerate(
            (("top", "first"), ("first", "under"), ("top", "second"), ("under", "first"))
        )
    )
    diagram = (
        f'<dgm:dataModel xmlns:dgm="d" xmlns:a="{DRAWING}"><dgm:ptLst>'
        f'<dgm:pt modelId="top" type="doc"/>{points}</dgm:ptLst>'
        f"<dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>"
    )
    slide = (
        f'<p:sld xmlns:p="p" xmlns:a="{DRAWING}" xmlns:r="{RELATION}"><p:cSld><p:spTree>'
        "<p:graphicFrame><a:graphic><a:graphicData>"
        '<dgm:relIds xmlns:dgm="d" r:dm="r5" r:lo="r6"/>'
        "</a:graphicData></a:graphic></p:graphicFrame></p:spTree></p:cSld></p:sld>"
    )
    relations = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="r5" Type="{RELATION}/diagramData" Target="../diagrams/data1.xml"/>
        </Relationships>"""
    parts = {
        "ppt/slides/slide1.xml": slide,
        "ppt/slides/_rels/slide1.xml.rels": relations,
        "ppt/diagrams/data1.xml": diagram,
    }

    _, pages = read(with_parts(plain, tmp_path / "b.pptx", parts))

    assert pages[0].text == "• first\n• under\n• second"


def test_a_broken_slide_costs_only_itself(deck: Presentation, tmp_path: Path) -> None:
    for title in ("One", "Two", "Three"):
        add(deck, CONTENT, title)
    broken = {"ppt/slides/slide2.xml": "<p:sld"}

    info, pages = read(with_parts(save(deck, tmp_path), tmp_path / "b.pptx", broken))

    assert info.page_count == 3
    assert [page.kind for page in pages] == [PageKind.TEXT, PageKind.FAILED, PageKind.TEXT]
    assert "Slide 2 is damaged" in pages[1].problem


@pytest.mark.parametrize(
    "missing", ["ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "_rels/.rels"]
)
def test_slides_are_found_where_the_list_of_them_is_lost(
    deck: Presentation, tmp_path: Path, missing: str
) -> None:
    for number in range(1, 12):
        add(deck, CONTENT, f"Slide {number}")

    _, pages = read(without_parts(save(deck, tmp_path), tmp_path / "b.pptx", missing))

    assert [page.text for page in pages] == [f"Slide {number}" for number in range(1, 12)]


def test_reading_goes_on_at_a_given_slide(deck: Presentation, tmp_path: Path) -> None:
    for number in range(1, 5):
        add(deck, CONTENT, f"Slide {number}")
    path = save(deck, tmp_path)

    info, pages = read(path, HowToRead(first_page=3))

    assert info.page_count == 4
    assert pages == read(path)[1][2:]


def test_groups_in_groups_without_end_are_no_danger(deck: Presentation, tmp_path: Path) -> None:
    add_box(add(deck, BLANK), "Head", 1, 0.2)
    deep = (
        f'<p:sld xmlns:p="p" xmlns:a="{DRAWING}"><p:cSld><p:spTree>'
        + "<p:grpSp>" * 200
        + "<p:sp><p:txBody><a:p><a:r><a:t>deep</a:t></a:r></a:p></p:txBody></p:sp>"
        + "</p:grpSp>" * 200
        + "</p:spTree></p:cSld></p:sld>"
    )
    parts = {"ppt/slides/slide1.xml": deep}

    _, pages = read(with_parts(save(deck, tmp_path), tmp_path / "b.pptx", parts))

    assert pages[0].kind is PageKind.EMPTY


def test_a_package_of_another_program_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    write_zip(path, {"word/document.xml": "<a/>"})

    with pytest.raises(CorruptFile, match="not a PowerPoint presentation"):
        read(path)
