"""Plain text is read in whatever encoding it has, and its offsets are the file's."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import CorruptFile, FileTooBig
from rag.load import format_of, text
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


def test_a_long_text_goes_on_over_several_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "PAGE_CHARS", 1_000)
    content = "\n\n".join(f"Absatz {n} über nichts als sich selbst." for n in range(300))
    path = tmp_path / "a.txt"
    path.write_bytes(content.encode("cp1252"))

    info, *pages = text.read(path)

    assert isinstance(info, DocumentInfo)
    assert info.page_count == len(pages) > 10
    said = [page.text for page in pages if isinstance(page, Page)]
    assert max(map(len, said)) <= 1_000
    assert "\n".join(said) == content
    assert all(page.startswith("Absatz") for page in said)


def test_a_text_without_any_border_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "PAGE_CHARS", 1_000)
    path = tmp_path / "a.txt"
    path.write_text("x" * 3_500, "utf-8")

    _, *pages = text.read(path)

    assert [len(page.text) for page in pages if isinstance(page, Page)] == [1_000] * 3 + [500]


def test_a_text_over_the_limit_is_told_as_too_big(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "MAX_BYTES", 2_000_000)
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * 500_000)

    with pytest.raises(FileTooBig, match="it has 2 MB of text"):
        read(path)


@pytest.mark.parametrize(
    "name", ["a.log", "a.nfo", "README", "LICENSE", "CHANGELOG", "a.asc", "todo"]
)
def test_files_by_many_names_are_text(tmp_path: Path, name: str) -> None:
    found = format_of(tmp_path / name)

    assert found is not None
    assert found.name == "text"
