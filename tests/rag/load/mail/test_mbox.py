"""Mailboxes are read message by message."""

from __future__ import annotations

import itertools
import tracemalloc
from pathlib import Path

from rag.load.how import PLAINLY
from rag.load.mail import mbox
from rag.records import DocumentInfo, Page, PageKind


def message(
    number: int, text: str = "Green.", *, border: str = "From ada@example.org", extra: str = ""
) -> str:
    return (
        f"{border} Fri May  3 10:00:00 2024\nFrom: Ada <ada@example.org>\n"
        f"Date: Fri, {number} May 2024 10:00:00 +0000\nSubject: Tea {number}\n{extra}\n{text}\n\n"
    )


def read(path: Path, content: str) -> list[Page]:
    path = path / "letters.mbox"
    path.write_text(content, "utf-8", newline="")
    info, *pages = list(mbox.read(path, PLAINLY))
    assert info == DocumentInfo("letters", 1, paged=False, format="mailbox")
    return [page for page in pages if isinstance(page, Page)]


def test_each_message_is_a_page(tmp_path: Path) -> None:
    pages = read(tmp_path, message(3) + message(4, border="From -"))

    assert [page.number for page in pages] == [1, 2]
    assert [page.headings[0].title for page in pages] == ["Tea 3", "Tea 4"]
    assert [page.marks[0].name for page in pages] == [
        "message of 3 May 2024 from Ada",
        "message of 4 May 2024 from Ada",
    ]
    assert pages[0].text.endswith("Green.")


def test_lines_that_begin_with_from_part_no_message(tmp_path: Path) -> None:
    text = "Is it good?\n\nFrom here it is.\n>From there too.\n>>From afar."

    [page] = read(tmp_path, message(3, text))

    assert page.text.endswith("Is it good?\n\nFrom here it is.\nFrom there too.\n>From afar.")


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    pages = read(tmp_path, (message(3) + message(4)).replace("\n", "\r\n"))

    assert [page.headings[0].title for page in pages] == ["Tea 3", "Tea 4"]


def test_attachments_are_named_with_their_message(tmp_path: Path) -> None:
    extra = "Content-Type: multipart/mixed; boundary=b\n"
    parts = '--b\n\nGreen.\n--b\nContent-Disposition: attachment; filename="a.txt"\n\nDeep.\n--b--'

    pages = read(tmp_path, message(3, parts, extra=extra) + message(4))

    assert pages[1].text == "a.txt\n\nDeep."
    assert pages[1].marks[0].name == "message of 3 May 2024 from Ada, a.txt"
    assert pages[2].headings[0].title == "Tea 4"


def test_an_encrypted_message_costs_only_itself(tmp_path: Path) -> None:
    pages = read(tmp_path, message(3, extra="Content-Type: application/pkcs7-mime\n") + message(4))

    assert pages[0].kind is PageKind.FAILED
    assert "“message of 3 May 2024 from Ada” is locked" in pages[0].problem
    assert pages[1].headings[0].title == "Tea 4"


def test_an_empty_mailbox_is_an_empty_page(tmp_path: Path) -> None:
    assert [page.kind for page in read(tmp_path, "")] == [PageKind.EMPTY]


def test_a_mailbox_is_never_held_whole(tmp_path: Path) -> None:
    path = tmp_path / "letters.mbox"
    text = "Green tea is hot. " * 1_000
    with path.open("w", encoding="utf-8") as file:
        for _ in range(60):
            file.write(message(3, text))
    mailbox = mbox.read(path, PLAINLY)
    list(itertools.islice(mailbox, 3))
    tracemalloc.start()

    count = sum(1 for _ in mailbox)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 58
    assert peak < path.stat().st_size / 3
