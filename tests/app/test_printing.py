"""Conversations on paper: every word and footnote is there, and nothing else happens."""

import os
import stat
import sys

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QPageSize, QPdfWriter

from app import theme
from app.printing import draw, failure_words, write_pdf
from rag.records import BlockKind, Paper, PaperBlock, PaperNote, PaperRun, PaperTable

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]


def block(kind, *runs, label=""):
    return PaperBlock(
        kind, tuple(PaperRun(run) if isinstance(run, str) else run for run in runs), label
    )


def mark(number):
    return PaperRun(str(number), note=number)


PAPER = Paper(
    "Notice period",
    1.0,
    2.0,
    (
        block(BlockKind.TITLE, "Notice period"),
        block(BlockKind.QUESTION, "What is the notice period?"),
        block(BlockKind.PARAGRAPH, "Three months.", mark(1), mark(2)),
        PaperTable(("What it says", "Where"), (((PaperRun("60 days"),), (PaperRun("v3.pdf"),)),)),
        block(BlockKind.QUESTION, "And in writing?"),
        block(BlockKind.BULLET, "Yes.", mark(3), label="•"),
    ),
    (
        PaperNote(1, "three months’ notice", "Lease.pdf, p. 7"),
        PaperNote(2, "<img src='file:///etc/passwd'>", "House rules.docx"),
        PaperNote(3, "in writing", "Lease.pdf, p. 8"),
    ),
)


@pytest.fixture
def light(qapp):
    """The application in the fonts that the window has."""
    theme.apply(qapp, Qt.ColorScheme.Light)


@pytest.fixture
def read():
    pdf = pytest.importorskip("pypdfium2")

    def read(path):
        document = pdf.PdfDocument(str(path))
        try:
            return [
                document[page].get_textpage().get_text_bounded() for page in range(len(document))
            ]
        finally:
            document.close()

    return read


def test_a_pdf_has_every_word_and_each_answers_notes_below_it(tmp_path, read):
    write_pdf(PAPER, tmp_path / "a.pdf")

    text = " ".join(" ".join(read(tmp_path / "a.pdf")).split())
    places = [
        text.index(words)
        for words in (
            "What is the notice period?",
            "Three months.1,",
            "60 days",
            "“three months’ notice” — Lease.pdf, p. 7",
            "<img src='file:///etc/passwd'>",
            "And in writing?",
            "“in writing” — Lease.pdf, p. 8",
            "1 / 1",
        )
    ]
    assert places == sorted(places)


def test_long_conversations_go_over_many_numbered_pages(tmp_path, read):
    many = Paper("Many", 1.0, 2.0, PAPER.blocks[:1] + PAPER.blocks[1:3] * 80, PAPER.notes)

    write_pdf(many, tmp_path / "a.pdf")

    pages = read(tmp_path / "a.pdf")
    assert len(pages) > 3
    assert pages[1].strip().endswith(f"2 / {len(pages)}")


def test_any_paper_size_can_be_drawn_on():
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    device = QPdfWriter(buffer)
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A6))

    assert draw(PAPER, device) >= 2


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="nothing is forbidden to the one who runs this",
)
def test_a_folder_that_cannot_be_written_to_leaves_nothing(tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)

    with pytest.raises(OSError, match=r"."):
        write_pdf(PAPER, tmp_path / "a.pdf")

    tmp_path.chmod(stat.S_IRWXU)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told_in_words(tmp_path):
    gone = tmp_path / "gone" / "a.pdf"

    with pytest.raises(OSError, match=r"."):
        write_pdf(PAPER, gone)

    assert "“a.pdf” cannot be written" in failure_words(gone)


def test_a_file_that_stands_in_the_way_is_replaced_whole(tmp_path):
    to = tmp_path / "a.pdf"
    to.write_text("old")

    write_pdf(PAPER, to)

    assert to.read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
