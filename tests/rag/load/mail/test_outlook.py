"""Outlook's messages are read from their properties, with the files and messages in them."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rag.errors import CorruptFile, ProtectedFile, UnreadableFile
from rag.load.how import PLAINLY
from rag.load.mail import outlook
from rag.load.mail.packed_rtf import unpacked
from rag.load.nested import MAX_DEPTH
from rag.records import DocumentInfo, Page, PageKind
from tests.rag.load.mail.outlook_files import Tree, attachment, message, write
from tests.rag.load.mail.test_eml import signed

SENT = datetime(2024, 5, 3, 9, 30, tzinfo=UTC)
SUBJECT, SENDER, ADDRESS, PLAIN, CLASS, HEADERS = 0x37, 0x0C1A, 0x5D01, 0x1000, 0x1A, 0x7D
RTF, HTML = 0x1009, 0x1013
PACKED = bytes.fromhex(  # the example in [MS-OXRTFCP]
    "2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423"
    "20af32068656c090020627705b06c647d0a800fa0"
)


def read(path: Path, tree: Tree) -> tuple[DocumentInfo, list[Page]]:
    info, *pages = list(outlook.read(write(path / "letter.msg", tree), PLAINLY))
    assert isinstance(info, DocumentInfo)
    return info, [page for page in pages if isinstance(page, Page)]


def test_a_message_is_read_with_its_headers(tmp_path: Path) -> None:
    tree = message(
        {SUBJECT: "Tea – 茶", SENDER: "Ada", ADDRESS: "ada@example.org", PLAIN: "Green.\r\nHot."},
        sent=SENT,
        addressees=[("Bob", "bob@example.org", 1), ("Cy", "", 2), ("Di", "di@example.org", 1)],
    )

    info, [page] = read(tmp_path, tree)

    assert info.title == "Tea – 茶"
    assert page.text == (
        "Tea – 茶\n\nFrom: Ada <ada@example.org>\n"
        "To: Bob <bob@example.org>, Di <di@example.org>\nCc: Cy\n"
        "Date: 3 May 2024, 09:30\n\nGreen.\nHot."
    )
    assert [(h.level, h.title) for h in page.headings] == [(1, "Tea – 茶")]
    assert page.marks[0].name == "message of 3 May 2024"


def test_the_date_is_in_the_senders_time_where_it_is_known(tmp_path: Path) -> None:
    headers = "Received: by mail\r\nDate: Sat, 4 May 2024 00:30:00 +0900\r\nX: y"

    _, [page] = read(tmp_path, message({SENDER: "Ada", HEADERS: headers}, sent=SENT))

    assert "Date: 4 May 2024, 00:30" in page.text


def test_a_body_in_html_is_read(tmp_path: Path) -> None:
    markup = "<meta charset=utf-8><h1>Tea</h1><ul><li>grün</ul>".encode()

    _, [page] = read(tmp_path, message({SENDER: "Ada"}, binaries={HTML: markup}))

    assert page.text.endswith("Tea\n\n• grün")
    assert [(h.level, h.title) for h in page.headings] == [(2, "Tea")]


def test_a_body_in_packed_rich_text_is_read(tmp_path: Path) -> None:
    _, [page] = read(tmp_path, message({SENDER: "Ada"}, binaries={RTF: PACKED}))

    assert page.text.endswith("hello world")


def test_files_in_a_message_are_read_under_their_names(tmp_path: Path) -> None:
    tree = message(
        {SUBJECT: "Tea", SENDER: "Ada"},
        attachments=[
            attachment("list.txt", b"Green, black."),
            attachment("logo.png", b"...", {0x3712: "logo@x", 0x370E: "image/png"}),
            attachment("odd.xyz", b"..."),
        ],
    )

    _, pages = read(tmp_path, tree)

    assert [page.text for page in pages[1:]] == ["list.txt\n\nGreen, black.", ""]
    assert [(h.level, h.title) for h in pages[1].headings] == [(2, "list.txt")]
    assert pages[1].marks[0].name == "list.txt"
    assert "“odd.xyz” is of a kind" in pages[2].problem


def test_a_message_in_a_message_is_read(tmp_path: Path) -> None:
    inner = message(
        {SUBJECT: "First", SENDER: "Bob", PLAIN: "Black."},
        attachments=[attachment("a.txt", b"Deep.")],
        inner=True,
    )
    tree = message({SUBJECT: "Second", SENDER: "Ada"}, attachments=[attachment("First", inner)])

    _, pages = read(tmp_path, tree)

    assert [page.number for page in pages] == [1, 2, 3]
    assert pages[1].text == "First\n\nFrom: Bob\n\nBlack."
    assert [page.marks[0].name for page in pages[1:]] == ["First", "First, a.txt"]


def test_messages_in_messages_are_read_only_so_deep(tmp_path: Path) -> None:
    tree = message({SUBJECT: "0", SENDER: "Ada"}, inner=True)
    for n in range(1, MAX_DEPTH + 3):
        tree = message(
            {SUBJECT: str(n)}, attachments=[attachment("", tree)], inner=n < MAX_DEPTH + 2
        )

    _, pages = read(tmp_path, tree)

    assert len(pages) == MAX_DEPTH + 1
    assert "too deep" in pages[-1].problem


def test_an_encrypted_message_is_told_as_locked(tmp_path: Path) -> None:
    with pytest.raises(ProtectedFile, match="S/MIME"):
        read(tmp_path, message({SUBJECT: "Tea", CLASS: "IPM.Note.SMIME"}))


def test_a_message_wrapped_in_its_signature_is_read(tmp_path: Path) -> None:
    content = b"Content-Type: text/plain\n\nGreen."
    wrapped = attachment(
        "smime.p7m", signed(content, parted=False), {0x370E: "application/pkcs7-mime"}
    )
    tree = message({SENDER: "Ada", CLASS: "IPM.Note.SMIME"}, attachments=[wrapped])

    assert read(tmp_path, tree)[1][1].text == "smime.p7m\n\nGreen."


def test_what_is_no_message_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorruptFile, match="not an Outlook message"):
        read(tmp_path, {"WordDocument": b"..."})


def test_damaged_messages_are_told_and_never_crash_the_reader(tmp_path: Path) -> None:
    tree = message(
        {SUBJECT: "Tea", SENDER: "Ada", PLAIN: "Green."},
        binaries={HTML: b"<p>Green", RTF: PACKED},
        attachments=[attachment("a.txt", b"Deep."), attachment("b", message({SUBJECT: "x"}))],
    )
    path = write(tmp_path / "letter.msg", tree)
    whole = path.read_bytes()
    chance = random.Random(5)
    for _ in range(15):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged[: chance.randint(0, len(damaged))])

        try:
            pages = list(outlook.read(path, PLAINLY))
        except UnreadableFile:
            continue
        assert all(page.text or page.problem or page.kind is PageKind.EMPTY for page in pages[1:])


def test_packed_rich_text_is_unpacked() -> None:
    assert unpacked(PACKED) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_packed_rich_text_that_copies_what_it_writes_is_unpacked() -> None:
    packed = "1a0000001c0000004c5a4675e2d44b514100042057585 95a0d6e7d010eb0".replace(" ", "")

    assert unpacked(bytes.fromhex(packed)) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_packed_rich_text_never_unpacks_to_more_than_it_says() -> None:
    bomb = bytearray(PACKED + b"\xff\x0b\xbf" * 1_000)
    bomb[4:8] = (30).to_bytes(4, "little")

    assert len(unpacked(bytes(bomb))) == 30
    assert unpacked(b"nothing of the kind") == unpacked(b"") == b""
