"""A PDF's reading text is what a person reads, and knows where on the page it came from."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from rag.errors import CorruptFile, EncryptedFile, FileNotReadable
from rag.load import glyphs
from rag.load.pdf.structure import headings_in
from rag.records import PageKind
from tests.rag.load.papers import LEADING, LEFT, TOP, paper, read_pdf, text_of, write_lines

PROSE = [
    "The tenant may end this lease with three months of notice. The notice must be",
    "given in writing and must reach the landlord by the third working day of the",
    "month in which it is to take effect. A notice that is sent by electronic mail",
    "does not count as a notice in writing under this agreement.",
]


def test_the_lines_of_a_paragraph_become_one_line(tmp_path: Path) -> None:
    assert text_of(paper(tmp_path / "a.pdf", PROSE)) == " ".join(PROSE)


def test_paragraphs_stand_apart_by_a_blank_line(tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf", [*PROSE, "", "", *PROSE])

    assert text_of(path) == " ".join(PROSE) + "\n\n" + " ".join(PROSE)


def test_a_word_split_at_a_line_end_is_put_together(tmp_path: Path) -> None:
    lines = [
        "A local index makes it possible to search the files, and the first implemen-",
        "tation of it was ready in the spring of that year, before the other parts of",
        "the work had begun, which surprised the people who had planned it that year.",
    ]

    text = text_of(paper(tmp_path / "a.pdf", lines))

    assert "the first implementation of it" in text


def test_a_hyphen_that_belongs_to_the_word_is_kept(tmp_path: Path) -> None:
    lines = [
        "We look at all long-term effects of the measure, and most of all at the long-",
        "term effects on prices, since those had been left out of the earlier reports",
        "on the matter, as well as at the first effects that were seen in that summer.",
    ]

    text = text_of(paper(tmp_path / "a.pdf", lines))

    assert "at the long-term effects on prices" in text


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"The left column holds the words of line {n} of it" for n in "abcdefgh"]
    right = [f"the right column goes on with the line {n} of it" for n in "abcdefgh"]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for row, (one, other) in enumerate(zip(left, right, strict=True)):
        write_lines(canvas, [one], top=TOP - row * LEADING)
        write_lines(canvas, [other], left=330, top=TOP - row * LEADING)
    canvas.save()

    words = text_of(tmp_path / "a.pdf").split()

    assert words == " ".join(left + right).split()


def test_the_cells_of_a_table_row_stay_on_one_line(tmp_path: Path) -> None:
    rows = [
        ("Net sales", "$", "34,229", "$", "35,355"),
        ("Cost of sales", "", "21,003", "", "22,118"),
        ("Gross margin", "", "13,226", "", "13,237"),
        ("Research", "", "4,100", "", "4,050"),
        ("Administration", "", "2,001", "", "1,998"),
        ("Net income", "$", "7,125", "$", "7,189"),
    ]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for at, row in enumerate(rows):
        for x, cell in zip((72, 300, 320, 420, 440), row, strict=True):
            write_lines(canvas, [cell], left=x, top=TOP - at * LEADING)
    canvas.save()

    lines = text_of(tmp_path / "a.pdf").split("\n")

    assert lines[0] == "Net sales $ 34,229 $ 35,355"
    assert lines == [" ".join(filter(None, row)) for row in rows]


def test_a_table_that_is_written_column_by_column_is_read_row_by_row(tmp_path: Path) -> None:
    labels = ["Rent", "Heating", "Water", "Cleaning", "Insurance", "Repairs"]
    amounts = ["1,250", "310", "85", "60", "42", "118"]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, labels)
    write_lines(canvas, amounts, left=300)
    canvas.save()

    lines = text_of(tmp_path / "a.pdf").split("\n")

    assert lines == [f"{label} {amount}" for label, amount in zip(labels, amounts, strict=True)]


def test_list_items_keep_their_lines(tmp_path: Path) -> None:
    items = ["1. The first thing", "2. The second thing", "3. The third thing"]

    assert text_of(paper(tmp_path / "a.pdf", items)).split("\n") == items


def test_text_that_runs_up_the_page_is_read_as_text(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, PROSE)
    canvas.rotate(90)
    canvas.drawString(200, -40, "printed on the margin")
    canvas.save()

    assert text_of(tmp_path / "a.pdf").split("\n\n") == [" ".join(PROSE), "printed on the margin"]


def test_every_code_point_has_its_glyph(tmp_path: Path) -> None:
    page = read_pdf(paper(tmp_path / "a.pdf", [*PROSE, "", *PROSE]))[1][0]

    indices = glyphs.unpack(page.glyphs)

    assert len(indices) == len(page.text)
    assert all(index >= 0 for index, said in zip(indices, page.text, strict=True) if said.strip())


def test_a_larger_line_is_a_heading(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    below = write_lines(canvas, ["Terms of notice"], size=16, font="Helvetica-Bold")
    write_lines(canvas, PROSE, top=below - 10)
    canvas.save()

    page = read_pdf(tmp_path / "a.pdf")[1][0]

    assert [heading.title for heading in page.headings] == ["Terms of notice"]
    assert all(page.text[h.start : h.end] == h.title for h in page.headings)


def test_the_outline_names_the_headings_and_the_metadata_the_title(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    canvas.setTitle("House rules")
    for number, title in ((1, "Quiet hours"), (2, "Pets")):
        canvas.bookmarkPage(title)
        canvas.addOutlineEntry(title, title, number - 1)
        write_lines(canvas, [title, "", *PROSE])
        canvas.showPage()
    canvas.save()

    info, pages = read_pdf(tmp_path / "a.pdf")

    assert info.title == "House rules"
    assert [(h.title, h.level) for page in pages for h in page.headings] == [
        ("Quiet hours", 1),
        ("Pets", 2),
    ]


def test_a_heading_is_found_where_its_line_is() -> None:
    text = "As said in Notice below.\n\nNotice\n\nThree months."

    (heading,) = headings_in(text, [(1, "notice")])

    assert (heading.start, heading.title) == (26, "Notice")


@pytest.mark.parametrize(
    "title", ["untitled", "Microsoft Word - lease.doc", "C:\\lease.pdf", "(anonymous)"]
)
def test_a_title_that_is_none_gives_way_to_the_files_name(tmp_path: Path, title: str) -> None:
    canvas = Canvas(str(tmp_path / "Lease 2024.pdf"), pagesize=letter)
    canvas.setTitle(title)
    write_lines(canvas, PROSE)
    canvas.save()

    assert read_pdf(tmp_path / "Lease 2024.pdf")[0].title == "Lease 2024"


@pytest.mark.parametrize("name", ["20080117X00064", "scan_003", "IMG_1234", "9f86d081884c7d65"])
def test_a_name_that_tells_nothing_stands_behind_the_main_heading(
    tmp_path: Path, name: str
) -> None:
    canvas = Canvas(str(tmp_path / f"{name}.pdf"), pagesize=letter)
    below = write_lines(canvas, ["Board of Safety", "Final Report"], size=16)
    write_lines(canvas, PROSE, top=below - 10)
    canvas.save()

    assert read_pdf(tmp_path / f"{name}.pdf")[0].title == f"Board of Safety Final Report ({name})"


@pytest.mark.parametrize("name", ["Lease_2024", "2022 Q3 MSFT", "合同", "договор 3"])
def test_a_name_that_tells_something_is_the_title(tmp_path: Path, name: str) -> None:
    canvas = Canvas(str(tmp_path / f"{name}.pdf"), pagesize=letter)
    below = write_lines(canvas, ["Board of Safety"], size=16)
    write_lines(canvas, PROSE, top=below - 10)
    canvas.save()

    assert read_pdf(tmp_path / f"{name}.pdf")[0].title == name.replace("_", " ")


def test_numbered_headings_nest_by_their_numbers(tmp_path: Path) -> None:
    lines = [
        "PART I. FINANCIAL INFORMATION",
        "Item 2. Discussion of Results",
        "NOTE 3 — INVENTORIES",
        "4.2 Methods",
        "4.2.1 Samples",
    ]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    top = TOP
    for line in lines:
        top = write_lines(canvas, [line], top=top - 20, font="Helvetica-Bold")
        top = write_lines(canvas, PROSE * 2, top=top - 20)
    canvas.save()

    found = [(h.title, h.level) for h in read_pdf(tmp_path / "a.pdf")[1][0].headings]

    assert found == list(zip(lines, (4, 5, 6, 6, 7), strict=True))


def test_a_heading_of_two_lines_is_one(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    title = ["Discussion of our finances by those who manage them, and of the results of", "trade"]
    below = write_lines(canvas, title, font="Helvetica-Bold")
    write_lines(canvas, PROSE, top=below - 10)
    canvas.save()

    page = read_pdf(tmp_path / "a.pdf")[1][0]

    assert [heading.title for heading in page.headings] == [" ".join(title)]
    assert all(page.text[h.start : h.end] == h.title for h in page.headings)


def test_an_empty_page_is_told_from_a_scanned_one(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    canvas.showPage()
    canvas.drawInlineImage(_grey(), 0, 0, 600, 780)
    canvas.showPage()
    write_lines(canvas, PROSE)
    canvas.showPage()
    canvas.save()

    kinds = [page.kind for page in read_pdf(tmp_path / "a.pdf")[1]]

    assert kinds == [PageKind.EMPTY, PageKind.SCANNED, PageKind.TEXT]


def _grey() -> object:
    from PIL import Image

    return Image.new("L", (60, 78), 128)


def test_a_locked_file_is_told_as_locked(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter, encrypt="secret")
    write_lines(canvas, PROSE)
    canvas.save()

    with pytest.raises(EncryptedFile):
        read_pdf(tmp_path / "a.pdf")


@pytest.mark.parametrize("content", [b"", b"no pdf at all", b"%PDF-1.4\n1 0 obj\n<<"])
def test_a_damaged_file_is_told_as_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)

    with pytest.raises(CorruptFile):
        read_pdf(path)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotReadable):
        read_pdf(tmp_path / "gone.pdf")


def test_a_page_is_numbered_and_labelled(tmp_path: Path) -> None:
    pages = read_pdf(paper(tmp_path / "a.pdf", PROSE, PROSE))[1]

    assert [(page.number, page.label) for page in pages] == [(1, "1"), (2, "2")]


def test_a_footnote_mark_does_not_end_its_line(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    write_lines(canvas, PROSE[:1])
    end = LEFT + canvas.stringWidth(PROSE[0], "Helvetica", 10)
    write_lines(canvas, ["3"], left=end, top=TOP + 4, size=6)
    write_lines(canvas, PROSE[1:], top=TOP - LEADING)
    canvas.save()

    assert text_of(tmp_path / "a.pdf") == " ".join([PROSE[0] + "3", *PROSE[1:]])


def test_a_character_beyond_the_basic_plane_is_kept_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(page_that_says(b"aAbB c", {"A": "D83DDE00", "B": "FB01"}))

    page = read_pdf(path)[1][0]

    assert page.text == "a\U0001f600bfi c"
    assert glyphs.unpack(page.glyphs).tolist() == [
        0,
        2,
        3,
        4,
        5,
        -1,
        7,
    ]  # pdfium has two for one here


def page_that_says(shown: bytes, meanings: dict[str, str]) -> bytes:
    """A bare PDF whose font says that characters mean other code points (UTF-16, hex)."""
    mapping = "".join(f"<{ord(key):02x}> <{value}>\n" for key, value in meanings.items())
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(meanings)} beginbfchar\n{mapping}endbfchar\nendcmap end end"
    ).encode()
    content = b"BT /F 12 Tf 72 700 Td (" + shown + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources 7 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(unicode_map), unicode_map),
        b"<</Font<</F 5 0 R>>>>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 8>>\n%%EOF"
