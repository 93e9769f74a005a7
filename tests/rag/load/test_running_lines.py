"""What runs along from page to page is left out; nothing that is said only once is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from rag.load import glyphs
from rag.load.pdf.characters import open_text_page
from rag.load.pdf.document import open_pdf
from rag.records import PageKind
from tests.rag.load.papers import LEFT, read_pdf, write_lines

HEAD, FOOT = 760.0, 30.0
RIGHT = 540.0


def body(page: int) -> list[str]:
    """Lines that no other page has."""
    animal = ("heron", "otter", "badger", "marten", "beaver", "lynx", "stoat", "plover")[page % 8]
    return [
        f"The {animal} of chapter {page * 7 + 3} was seen beside the river in the early morning,",
        f"and the keeper of the {animal} wrote {page * 13 + 5} lines about it in the ledger.",
    ]


def book(
    path: Path,
    pages: int,
    head: Sequence[str] = (),
    foot: str = "",
    size: float = 8,
) -> Path:
    """A PDF whose pages take turns with the texts of `head` and end in `foot`; {n} is the page."""
    canvas = Canvas(str(path), pagesize=letter)
    for page in range(1, pages + 1):
        if head:
            said = head[page % len(head)].format(n=page)
            left = LEFT if page % 2 else RIGHT - canvas.stringWidth(said, "Helvetica", size)
            write_lines(canvas, [said], left=left, top=HEAD, size=size)
        write_lines(canvas, body(page))
        write_lines(canvas, [foot.format(n=page, roman=_roman(page))], left=290, top=FOOT, size=8)
        canvas.showPage()
    canvas.save()
    return path


def _roman(number: int) -> str:
    return ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")[number]


def texts(path: Path) -> list[str]:
    return [page.text for page in read_pdf(path)[1]]


def plain(pages: int) -> list[str]:
    return [" ".join(body(page)) for page in range(1, pages + 1)]


def test_page_numbers_are_left_out(tmp_path: Path) -> None:
    for foot in ("{n}", "- {n} -", "Page {n} of 8", "{n}/8", "Seite {n}"):
        assert texts(book(tmp_path / "a.pdf", 8, foot=foot)) == plain(8)


def test_roman_page_numbers_are_left_out(tmp_path: Path) -> None:
    assert texts(book(tmp_path / "a.pdf", 8, foot="{roman}")) == plain(8)


def test_heads_that_alternate_left_and_right_stay_once_each(tmp_path: Path) -> None:
    read = texts(book(tmp_path / "a.pdf", 8, head=("The Rivers of Wales", "Jane Howell")))

    assert read[2:] == plain(8)[2:]
    assert read[0] == f"Jane Howell\n\n{plain(8)[0]}"
    assert read[1] == f"The Rivers of Wales\n\n{plain(8)[1]}"


def test_a_head_with_the_page_number_in_it_stays_once(tmp_path: Path) -> None:
    read = texts(book(tmp_path / "a.pdf", 8, head=("Acme | Report 2021 | {n}",)))

    assert read == [f"Acme | Report 2021 | 1\n\n{plain(8)[0]}", *plain(8)[1:]]


def test_a_running_section_title_goes_where_its_page_says_it_as_a_heading(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for page in range(1, 7):
        title = "Birds" if page < 4 else "Mammals"
        write_lines(canvas, [f"{title}  {page}"], top=HEAD, size=8)
        if page in {1, 4}:
            write_lines(canvas, [title], top=740, size=18)
        write_lines(canvas, body(page))
        canvas.showPage()
    canvas.save()

    read = texts(tmp_path / "a.pdf")

    assert read[3] == f"Mammals\n\n{plain(6)[3]}"
    assert read[4:] == plain(6)[4:]


def test_short_documents_keep_all_they_say(tmp_path: Path) -> None:
    read = texts(book(tmp_path / "a.pdf", 2, head=("The Rivers of Wales",), foot="{n}"))

    assert all("The Rivers of Wales" in text for text in read)
    assert [text[-1] for text in read] == ["1", "2"]


def test_large_titles_that_repeat_are_kept(tmp_path: Path) -> None:
    read = texts(book(tmp_path / "a.pdf", 5, head=("Agenda",), size=20))

    assert all(text.startswith("Agenda") for text in read)


def test_numbers_that_do_not_count_pages_are_kept(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for page, total in enumerate((310, 42, 951, 7, 88), 1):
        write_lines(canvas, body(page))
        write_lines(canvas, [str(total)], left=290, top=FOOT)
        canvas.showPage()
    canvas.save()

    assert [text.rsplit("\n", 1)[-1] for text in texts(tmp_path / "a.pdf")] == [
        *("310", "42", "951", "7", "88"),
    ]


def test_the_column_heads_of_a_table_over_many_pages_are_kept(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for page in range(1, 6):
        for x, said in ((72, "Item"), (300, "Price"), (400, "Pieces")):
            write_lines(canvas, [said], left=x, top=HEAD)
            cells = [f"{said} {page}{row}" for row in range(5)]
            write_lines(canvas, cells, left=x, top=HEAD - 20)
        canvas.showPage()
    canvas.save()

    assert all(text.startswith("Item Price Pieces\n") for text in texts(tmp_path / "a.pdf"))


def test_units_below_a_title_that_repeats_are_kept(tmp_path: Path) -> None:
    read = texts(book(tmp_path / "a.pdf", 5, head=("(in millions)",)))

    assert all(text.startswith("(in millions)") for text in read)


def test_lines_of_the_text_that_happen_to_repeat_are_kept(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    again = "The parties to this agreement promise to keep the following secret for ever:"
    for page in range(1, 6):
        write_lines(canvas, [again, *body(page)])
        canvas.showPage()
    canvas.save()

    assert all(text.startswith(again) for text in texts(tmp_path / "a.pdf"))


def test_a_page_with_nothing_but_a_head_is_empty(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for page in range(1, 6):
        write_lines(canvas, [f"The Rivers of Wales {page}"], top=HEAD, size=8)
        if page != 3:
            write_lines(canvas, body(page))
        canvas.showPage()
    canvas.save()

    kinds = [page.kind for page in read_pdf(tmp_path / "a.pdf")[1]]

    assert kinds == [PageKind.TEXT, PageKind.TEXT, PageKind.EMPTY, PageKind.TEXT, PageKind.TEXT]


def test_what_stays_keeps_its_glyphs(tmp_path: Path) -> None:
    path = book(tmp_path / "a.pdf", 8, head=("The Rivers of Wales",), foot="{n}")

    pages = read_pdf(path)[1]

    with open_pdf(path) as document:
        for page in pages:
            with open_text_page(document.handle, page.number - 1) as text_page:
                said = [
                    chr(text_page.codes[index]) if index >= 0 else " "
                    for index in glyphs.unpack(page.glyphs)
                ]
            assert "".join(said) == page.text.replace("\n", " ")


def test_printers_marks_outside_the_shown_page_are_left_out(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    canvas.setCropBox((50, 50, 562, 742))
    write_lines(canvas, body(1))
    write_lines(canvas, ["14773_01.qxd 2/10/04"], top=770)
    canvas.save()

    assert texts(tmp_path / "a.pdf") == plain(1)
