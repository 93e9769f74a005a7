"""Messages are read as their readers see them: headers, the best form of the text, attachments."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from rag.errors import CorruptFile, ProtectedFile
from rag.load.how import PLAINLY, HowToRead
from rag.load.mail import eml
from rag.load.mail.parts import unflowed
from rag.records import DocumentInfo, DocumentText, Page, PageKind


def letter(text: str = "Green.") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ada Lovelace <ada@example.org>"
    message["To"] = "bob@example.org"
    message["Date"] = "Fri, 03 May 2024 23:15:00 +0200"
    message["Subject"] = "Tea"
    message.set_content(text)
    return message


def read(
    folder: Path, message: EmailMessage | bytes, name: str = "letter.eml", how: HowToRead = PLAINLY
) -> tuple[DocumentInfo, list[Page]]:
    path = folder / name
    path.write_bytes(message if isinstance(message, bytes) else bytes(message))
    info, *pages = list(eml.read(path, how))
    assert isinstance(info, DocumentInfo)
    return info, [page for page in pages if isinstance(page, Page)]


def signed(content: bytes, *, parted: bool) -> bytes:
    """`content` in the form of a signature around it, without the signature."""

    def element(tag: int, *inside: bytes) -> bytes:
        held = b"".join(inside)
        if parted and tag in {0x30, 0xA0, 0x24} and inside:
            return bytes((tag, 0x80)) + held + b"\0\0"
        return bytes((tag, 0x82)) + len(held).to_bytes(2, "big") + held

    data, signed_data = bytes.fromhex("2a864886f70d010701"), bytes.fromhex("2a864886f70d010702")
    if parted:
        octets = element(0x24, element(0x04, content[:9]), element(0x04, content[9:]))
    else:
        octets = element(0x04, content)
    held = element(0x30, element(0x06, data), element(0xA0, octets))
    inside = element(0x30, element(0x02, b"\1"), element(0x31, b""), held)
    return element(0x30, element(0x06, signed_data), element(0xA0, inside))


def body(page: Page) -> str:
    return page.text.partition("23:15\n\n")[2]


def test_a_message_is_its_subject_its_headers_and_its_text(tmp_path: Path) -> None:
    message = letter("Green.\n\nHot.\n")
    message["Cc"] = "Cy <cy@example.org>"

    info, [page] = read(tmp_path, message)

    assert info == DocumentInfo("Tea", 1, paged=False, format="e-mail")
    assert page.text == (
        "Tea\n\nFrom: Ada Lovelace <ada@example.org>\nTo: bob@example.org\n"
        "Cc: Cy <cy@example.org>\nDate: 3 May 2024, 23:15\n\nGreen.\n\nHot."
    )
    assert page.headings[0].title == page.text[: page.headings[0].end] == "Tea"
    assert DocumentText.from_pages(info, [page]).place_at(80) == "message of 3 May 2024"


def test_of_two_forms_of_a_text_the_plain_one_is_read(tmp_path: Path) -> None:
    message = letter("Green.")
    message.add_alternative("<p>Green in <b>HTML</b>.</p>", subtype="html")

    assert body(read(tmp_path, message)[1][0]) == "Green."


@pytest.mark.parametrize("plain", ["\n \n", "Your program shows no HTML."])
def test_a_text_in_html_is_read_where_the_plain_one_says_nothing(
    tmp_path: Path, plain: str
) -> None:
    message = letter(plain)
    said = "Green tea is what we drink in the afternoon, with friends. " * 3
    message.add_alternative(f"<h2>Tea</h2><p>{said}</p><ul><li>hot</ul>", subtype="html")

    page = read(tmp_path, message)[1][0]

    assert body(page) == f"Tea\n\n{said.strip()}\n\n• hot"
    assert [(h.level, h.title) for h in page.headings] == [(1, "Tea"), (3, "Tea")]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "x-unheard-of", None])
@pytest.mark.parametrize("coding", ["base64", "quoted-printable", "8bit"])
def test_texts_in_any_encoding_are_read(tmp_path: Path, charset: str | None, coding: str) -> None:
    raw = "Grüße aus Köln, schöne Grüße!".encode("latin-1" if charset == "iso-8859-1" else "utf-8")
    if coding == "base64":
        raw = base64.b64encode(raw)
    elif coding == "quoted-printable":
        raw = b"".join(b"=%02X" % byte if byte > 127 else bytes((byte,)) for byte in raw)
    declared = f"; charset={charset}" if charset else ""
    head = (
        "From: a@example.org\nDate: Fri, 3 May 2024 23:15:00 +0000\n"
        f"Content-Type: text/plain{declared}\nContent-Transfer-Encoding: {coding}\n\n"
    )

    assert body(read(tmp_path, head.encode() + raw)[1][0]) == "Grüße aus Köln, schöne Grüße!"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"=?UTF-8?B?R3LDvMOfZQ==?= aus =?iso-8859-1?q?K=F6ln?=", "Grüße aus Köln"),
        (b"=?utf-8?b?R3LD?=\n =?utf-8?b?vMOfZQ==?=", "Grüße"),
        ("Grüße".encode(), "Grüße"),
        (b"=?utf-8?q?a_=5Fb?= =?utf-8?q?c?=", "a _bc"),
        (b"=?no-charset?q?a?= =?utf-8?x?b?=", "a =?utf-8?x?b?="),
        (b"=?gb2312?B?w7fKzA==?=", "梅侍"),
        (b"=?UTF-8?B?broken", "=?UTF-8?B?broken"),
        (b"one\n\ttwo", "one two"),
    ],
)
def test_headers_are_made_out(tmp_path: Path, raw: bytes, said: str) -> None:
    info, _ = read(tmp_path, b"From: a@example.org\nSubject: " + raw + b"\n\nText.")

    assert info.title == said


def test_lines_of_flowed_text_are_joined() -> None:
    text = "Green tea \nis hot.\n> Is \n> it?\n From here \n\n-- \nAda"

    assert unflowed(text, delsp=False).split("\n") == [
        "Green tea is hot.",
        "> Is it?",
        "From here ",
        "-- ",
        "Ada",
    ]
    assert unflowed("grü \nn", delsp=True) == "grün"


def test_attachments_are_read_under_their_names(tmp_path: Path) -> None:
    message = letter()
    message.add_attachment(b"# Kinds\n\nBlack.", "text", "markdown", filename="kinds.md")
    message.add_attachment("Hot.", filename="Größe.xyz")
    message.add_attachment(b"MZ", "application", "x-dosexec", filename="a.exe")

    info, pages = read(tmp_path, message)

    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert pages[1].text == "kinds.md\n\n# Kinds\n\nBlack."
    assert [(h.level, h.title) for h in pages[1].headings] == [(2, "kinds.md"), (3, "Kinds")]
    assert pages[1].marks[0].name == "kinds.md"
    assert pages[2].text == "Größe.xyz\n\nHot.\n"
    assert pages[3].kind is PageKind.FAILED
    assert "“a.exe”" in pages[3].problem
    assert info.page_count == 4


def test_a_message_in_a_message_is_read(tmp_path: Path) -> None:
    inner = letter("Black.")
    inner.replace_header("Subject", "Re: which tea?")
    message = letter()
    message.add_attachment(inner)

    _, pages = read(tmp_path, message)

    assert pages[1].text.startswith("Re: which tea?.eml\n\nRe: which tea?\n\nFrom: Ada")
    assert pages[1].marks[0].name == "Re: which tea?.eml, message of 3 May 2024"


def test_pictures_in_the_text_and_signatures_are_no_attachments(tmp_path: Path) -> None:
    message = letter()
    message.add_alternative('<p>Green.</p><img src="cid:logo">', subtype="html")
    message.get_payload()[1].add_related(b"...", "image", "png", cid="<logo>")
    message.add_attachment(b"...", "application", "pgp-signature", filename="signature.asc")

    assert len(read(tmp_path, message)[1]) == 1


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("multipart/encrypted; boundary=b; protocol=application/pgp-encrypted", "PGP"),
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "S/MIME"),
    ],
)
def test_an_encrypted_message_is_told_as_locked(tmp_path: Path, kind: str, says: str) -> None:
    with pytest.raises(ProtectedFile, match=says):
        read(tmp_path, f"From: a@example.org\nContent-Type: {kind}\n\n--b\n\nx\n--b--".encode())


@pytest.mark.parametrize("parted", [False, True])
def test_a_message_wrapped_in_its_signature_is_read(tmp_path: Path, *, parted: bool) -> None:
    wrapped = signed(
        b"Content-Type: text/plain; charset=utf-8\n\n" + "Grün.".encode(), parted=parted
    )
    head = (
        b"From: a@example.org\nSubject: Tea\nContent-Transfer-Encoding: base64\n"
        b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n\n"
    )

    _, [page] = read(tmp_path, head + base64.encodebytes(wrapped))

    assert page.text == "Tea\n\nFrom: a@example.org\n\nGrün."


def test_armour_in_the_text_is_told_as_locked(tmp_path: Path) -> None:
    with pytest.raises(ProtectedFile, match="PGP"):
        read(tmp_path, letter("-----BEGIN PGP MESSAGE-----\n\nhQEMA..."))


def test_a_message_without_a_date_is_named_by_its_sender(tmp_path: Path) -> None:
    _, [page] = read(tmp_path, b"From: Ada <a@example.org>\nDate: soon\n\nGreen.")

    assert page.marks[0].name == "message from Ada"
    assert "Date: soon" in page.text


def test_a_web_page_saved_as_a_message_is_read_as_one(tmp_path: Path) -> None:
    page = (
        b"From: <Saved by Blink>\nSubject: Tea\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/related; boundary=b\n\n"
        b"--b\nContent-Type: text/html; charset=utf-8\n\n<h1>Kinds</h1><p>Green.\n"
        b"--b\nContent-Type: image/png\nContent-ID: <1>\n\n...\n"
        b"--b\nContent-Type: text/css\nContent-Location: a.css\n\np {color: red}\n"
        b"--b\nContent-Type: text/html\nContent-Location: b.html\n\nBuy more.\n--b--\n"
    )

    info, [read_page] = read(tmp_path, page, "page.mhtml")

    assert info.title == "Tea"
    assert read_page.text == "Tea\n\nKinds\n\nGreen."
    assert read_page.marks == ()


def test_apples_own_form_is_read(tmp_path: Path) -> None:
    raw = bytes(letter())

    _, [page] = read(tmp_path, b"%d\n%b<?xml version='1.0'?><plist/>" % (len(raw), raw), "1.emlx")

    assert body(page) == "Green."


def test_a_message_of_nothing_is_an_empty_page(tmp_path: Path) -> None:
    _, [page] = read(tmp_path, b"   \n\n  ")

    assert page.kind is PageKind.EMPTY


def test_what_is_no_message_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorruptFile, match="not a message"):
        read(tmp_path, b"\x00\x01 nothing of the kind\nfrom: me")


def test_messages_that_nest_without_end_are_told(tmp_path: Path) -> None:
    depth = 1_200
    raw = b"From: a@example.org\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )

    with pytest.raises(CorruptFile, match="nest too deep"):
        read(tmp_path, raw)


def test_of_an_endless_message_the_beginning_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.load.mail.letter.MAX_TEXT_CHARS", 200)

    _, [page] = read(tmp_path, letter("Green. " * 1_000))

    assert len(page.text) == 200
    assert page.problem == "Of a message only the first 200 characters were read."


def test_a_list_of_thousands_of_addressees_is_cut(tmp_path: Path) -> None:
    message = b"From: a@example.org\nTo: " + b", ".join([b"someone@example.org"] * 9_000) + b"\n\nx"

    _, [page] = read(tmp_path, message)

    assert len(page.text) < 2_200
    assert "example.org, …" in page.text
