"""Plain text is read in whatever encoding it has, and its offsets are the file's."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import CorruptFile
from rag.load import text
from rag.records import DocumentInfo, Page, PageKind

GREETING = "Grüße aus Köln – für 5 €\nfrom the “other” side\n"


def read(path: Path) -> Page:
    info, page = text.read(path)
    assert isinstance(info, DocumentInfo)
    assert not info.paged
    assert isinstance(page, Page)
    return page


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((GREETING * 20).encode(encoding))

    assert read(path).text == GREETING * 20


def test_each_character_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\0two\fthree\r\nfour\rfive\n" + b"and so on\n" * 10)

    assert read(path).text == "one two\nthree\nfour\nfive\n" + "and so on\n" * 10


def test_a_file_of_data_is_told_as_data(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)) * 8)

    with pytest.raises(CorruptFile, match="data, not text"):
        read(path)


def test_a_broken_place_in_a_long_file_costs_that_place_only(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("ä".encode() * 50_000 + b"\xff" + "ö".encode() * 50_000)

    assert read(path).text == "ä" * 50_000 + "\ufffd" + "ö" * 50_000


def test_a_first_character_that_could_be_utf8_does_not_decide(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    said = "The notice. 通知 费用 可以 通知 三个月 一方 水泵 契约 提前 费用 由 冬天 之前 终止。"
    path.write_bytes(said.encode("gb18030"))

    _, page = text.read(path)

    assert isinstance(page, Page)
    assert page.text == said


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_a_file_without_words_is_an_empty_page(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)

    assert read(path).kind is PageKind.EMPTY
