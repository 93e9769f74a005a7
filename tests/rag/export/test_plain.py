"""What a paper shows is one line of words that control nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.export.plain import names_of, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\r\nand\u2028more\x0c here", "two lines and more here"),
        ("in\x00visi\x07ble \x1b[31mred", "invisible [31mred"),
        ("report\u202egpj.exe", "reportgpj.exe"),
        ("\u2066isolated\u2069 \ufeff", "isolated "),
        ("a\U000e0041\U000e0042b", "ab"),
        ("half \ud800 a letter \ufffe\U0001ffff", "half � a letter "),
        ("نص\u200cفارسی 👨\u200d👩\u200d👧", "نص\u200cفارسی 👨\u200d👩\u200d👧"),
        ("", ""),
        (" \n ", " "),
    ],
)
def test_words_stay_and_what_controls_them_goes(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    first, second, other = Path("a/x/r.pdf"), Path("b/x/r.pdf"), Path("a/x/s.pdf")

    names = names_of([first, second, other])

    assert names == {first: "a/x/r.pdf", second: "b/x/r.pdf", other: "s.pdf"}


def test_a_file_that_no_folder_tells_apart_has_its_whole_path() -> None:
    above = Path("/x/r.pdf").absolute()
    below = Path("/a/x/r.pdf").absolute()

    assert names_of([above, below]) == {above: above.as_posix(), below: "a/x/r.pdf"}
