"""What a file is, is told by its bytes where its name tells nothing, or lies."""

from __future__ import annotations

import io
import os
import random
import zipfile
from pathlib import Path

import pytest

from rag.load import format_of, readable, reader_of, sniff

MAIL = (
    b"Received: by mail\r\nFrom: ada@example.org\r\nSubject: Tea\r\nDate: today\r\n\r\nHello.\r\n"
)
HTML = b"<!-- saved -->\n<!DOCTYPE html><html><body>Tea</body></html>"


def zipped(*names: str, mimetype: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "content")
    return target.getvalue()


def ole(*names: str) -> bytes:
    """The header, the table of sectors and the directory of an OLE file with these streams."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    table = bytearray(b"\xff" * 512)
    table[4:8] = (2).to_bytes(4, "little")  # the directory goes on in the next sector
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + (2 * len(name) + 2).to_bytes(2, "little").ljust(64, b"\0")
        for name in ("Root Entry", *names)
    )
    return bytes(header) + bytes(table) + entries.ljust(1024, b"\0")


CONTENTS = [
    (b"%PDF-1.7\n...", ".pdf"),
    (b"\n %PDF-1.4", ".pdf"),
    (b"{\\rtf1\\ansi Tea}", ".rtf"),
    (b"\x89PNG\r\n\x1a\n....", ".png"),
    (b"RIFF\0\0\0\0WEBPVP8 ", ".webp"),
    (zipped("[Content_Types].xml", "word/document.xml"), ".docx"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
    (zipped("ppt/presentation.xml", "[Content_Types].xml"), ".pptx"),
    (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), ".odt"),
    (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
    (zipped("OEBPS/a.xhtml", mimetype="application/epub+zip"), ".epub"),
    (zipped("META-INF/container.xml"), ".epub"),
    (zipped("word/letter.txt", "a.pdf"), ".zip"),
    (zipped(), ".zip"),
    (ole("WordDocument"), ".doc"),
    (ole("a", "b", "c", "Workbook"), ".xls"),
    (ole("PowerPoint Document"), ".ppt"),
    (ole("__properties_version1.0"), ".msg"),
    (ole("EncryptedPackage"), ""),
    (b"a.txt".ljust(257, b"\0") + b"ustar\x0000".ljust(300, b"\0"), ".tar"),
    (HTML, ".html"),
    (b"<?xml version='1.0'?>\n<html xmlns='x'>", ".html"),
    (b"<?xml version='1.0'?>\n<order/>", ".xml"),
    (MAIL, ".eml"),
    (b"From ada@example.org Fri May  3 10:00:00 2024\n" + MAIL, ".mbox"),
    (b"From: the sea\nTo: the hills\nis all ours.\n\nSubject: none", ".txt"),
    ("Größe\n".encode(), ".txt"),
    ("Привет, мир\n".encode("cp1251"), ".txt"),
    ("\ufeffTea".encode("utf-16-le"), ".txt"),
    (b"", ""),
    (b"\x7fELF\x02\x01\x01" + bytes(200), ""),
    (random.Random(4).randbytes(5_000), ""),
]


@pytest.mark.parametrize(("content", "suffix"), CONTENTS)
def test_the_bytes_tell_the_kind(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    assert sniff.suffix_of_content(path) == suffix


@pytest.mark.parametrize("content", [content for content, _ in CONTENTS])
def test_cut_or_damaged_files_are_sniffed_without_an_error(tmp_path: Path, content: bytes) -> None:
    chance = random.Random(7)
    path = tmp_path / "file"
    for _ in range(20):
        damaged = bytearray(content[: chance.randint(0, len(content))])
        for _ in range(3):
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)

        assert isinstance(sniff.suffix_of_content(path), str)


@pytest.mark.parametrize(
    ("name", "content", "true"),
    [
        ("a.txt", b"%PDF-1.7", ".pdf"),
        ("a.doc", b"{\\rtf1 Tea}", ".rtf"),
        ("a.doc", HTML, ".html"),
        ("a.doc", zipped("[Content_Types].xml", "word/document.xml"), ".docx"),
        ("a.doc", b"MIME-Version: 1.0\nSubject: Tea\nDate: today\n\n", ".eml"),
        ("a.xls", HTML, ".html"),
        ("a.xls", b"Tea;Price\nGreen;3\n", ".csv"),
        ("a.xls", zipped("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
        ("a.docx", ole("WordDocument"), ".doc"),
        ("a.pdf", HTML, ".html"),
        ("a.csv", zipped("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
    ],
)
def test_a_name_that_lies_is_told(tmp_path: Path, name: str, content: bytes, true: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert sniff.suffix_belied(path) == true


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.PDF", b"%PDF-1.7"),
        ("a.docx", zipped("broken.xml")),  # its reader has the better reason
        ("a.docx", ole("EncryptedPackage")),
        ("a.docx", b"no document at all"),
        ("a.md", HTML),  # a page's source is what the user keeps there
        ("a.xml", b"<?xml version='1.0'?>\n<html/>"),
        ("a.csv", MAIL),
        ("a.pdf", b"garbage before %PDF-1.4"),
    ],
)
def test_a_name_is_believed_where_the_content_is_not_clearly_other(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert sniff.suffix_belied(path) == ""


@pytest.mark.parametrize("name", ["letter", "Letter to Dr. Who", "notes.2023"])
def test_a_file_without_a_suffix_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7")

    assert readable(path) == format_of(Path("a.pdf"))


def test_a_suffix_that_no_reader_knows_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "letter.xyz"
    path.write_bytes(b"%PDF-1.7")

    assert readable(path) is None


def test_what_is_no_file_has_no_kind(tmp_path: Path) -> None:
    assert readable(tmp_path) is None
    assert readable(tmp_path / "gone") is None
    assert readable(Path(os.devnull)) is None


def test_a_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"%PDF-1.7")

    assert reader_of(path, "rag.load.text") == "rag.load.pdf"


def test_a_reader_that_no_name_tells_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "letter.unruly"
    path.write_bytes(b"hang")

    assert reader_of(path, "tests.rag.load.unruly") == "tests.rag.load.unruly"
