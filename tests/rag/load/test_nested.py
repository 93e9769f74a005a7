"""Files inside others are read in place: under their names, with their own places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import CorruptFile, EncryptedFile
from rag.load.how import PLAINLY, HowToRead
from rag.load.nested import InnerFiles, allowance, safe_name, shown_name
from rag.records import PageKind
from tests.rag.load.papers import paper


def test_pages_of_an_inner_pdf_are_named_with_it(tmp_path: Path) -> None:
    offer = paper(tmp_path / "offer.pdf", ["Green tea", "is hot."], ["Black tea"]).read_bytes()
    inner = InnerFiles(PLAINLY, next_number=5)

    pages = list(inner.read("2024/offer.pdf", [offer], level=2, within="message of 3 May 2024"))

    assert [page.number for page in pages] == [5, 6]
    assert [page.marks[0].name for page in pages] == [
        "message of 3 May 2024, offer.pdf, p. 1",
        "message of 3 May 2024, offer.pdf, p. 2",
    ]
    assert pages[0].text.startswith("2024/offer.pdf\n\nGreen tea")
    assert pages[1].text == "Black tea"
    assert not any(page.glyphs or page.boxes for page in pages)
    assert inner.next_number == 7


def test_an_inner_file_without_text_is_still_named() -> None:
    [page] = InnerFiles(PLAINLY).read("empty.txt", [b" \n"])

    assert page.text.strip() == "empty.txt"
    assert page.kind is PageKind.TEXT


def test_a_file_without_a_suffix_is_read_by_its_content_or_what_is_known_of_it() -> None:
    inner = InnerFiles(PLAINLY)

    [plain] = inner.read("letter", [b"Dear Ada,"])
    [known] = inner.read("letter.v2", [b"Dear Ada,"], otherwise=".txt")

    assert plain.text == "letter\n\nDear Ada,"
    assert known.text == "letter.v2\n\nDear Ada,"


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (EncryptedFile(Path("a.txt")), "“a.txt” is locked"),
        (CorruptFile(Path("a.txt")), "“a.txt” is damaged"),
        (OSError(5, "Input/output error"), "“a.txt” cannot be opened (Input/output error)"),
        (ZeroDivisionError(), "“a.txt” is damaged (ZeroDivisionError)"),
    ],
)
def test_whatever_goes_wrong_with_an_inner_file_is_told_in_its_place(
    error: Exception, says: str
) -> None:
    def content() -> Iterator[bytes]:
        yield b"Dear"
        raise error

    [page] = InnerFiles(PLAINLY).read("a.txt", content())

    assert page.kind is PageKind.FAILED
    assert page.problem.startswith(says)
    assert not page.text


def test_taking_out_a_large_file_shows_that_work_goes_on() -> None:
    calls: list[int] = []
    how = HowToRead(still_reading=lambda: calls.append(1))

    list(InnerFiles(how).read("a.txt", [b"Dear", b"Ada", b"..."]))

    assert len(calls) >= 3


def test_what_is_read_of_one_file_in_all_is_limited() -> None:
    left = allowance()
    left.text_chars = 40
    inner = InnerFiles(HowToRead(allowance=left))

    pages = [page for n in range(3) for page in inner.read(f"{n}.txt", [b"Dear Ada, it is late."])]

    assert [bool(page.problem) for page in pages[:3]] == [False, False, True]
    assert inner.spent
    assert "The rest was left out" in inner.rest_left_out(Path("letters.mbox")).problem


@given(st.text(max_size=300))
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    for made in (safe_name(name), safe_name(f"a/../{name}.txt"), safe_name(f"..\\{name}")):
        assert made
        assert Path(made).name == made
        assert not set(made) & set('<>:"/\\|?*\0\n')
        assert not made.endswith((".", " "))
        assert len(made.encode("utf-8")) <= 255
    assert ".." not in shown_name(name).split("/")


@pytest.mark.parametrize("name", ["con", "NUL.txt", "com1.pdf", "a/lpt9"])
def test_names_that_windows_keeps_for_itself_are_changed(name: str) -> None:
    assert safe_name(name) == f"_{name.rpartition('/')[2]}"
