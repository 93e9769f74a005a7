"""Writes documents into files that hold others: mail, mailboxes, books and archives."""

from __future__ import annotations

import email.message
import email.policy
import io
import shutil
import struct
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from tests.roundtrip import compound, office, plain
from tests.roundtrip.content import Content, Heading, Paragraph, make

CONVERSION_S = 120
FROM_LIBREOFFICE = {".doc", ".ppt"}  # nothing else here writes them


def message(content: Content, attached: str = "") -> email.message.EmailMessage:
    """A message of 3 May 2024 with `content`, and a text file where one is `attached`."""
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"] = "Ana Ruiz <ana@example.org>", "Bo Lindström <bo@example.org>"
    mail["Date"], mail["Subject"] = "Fri, 03 May 2024 10:15:00 +0200", content.title
    mail["Message-ID"] = "<1@example.org>"
    mail.set_content("\n\n".join(content.paragraphs), cte="base64")
    if attached:
        mail.add_attachment(
            attached.encode(), maintype="text", subtype="plain", filename="note.txt"
        )
    return mail


def as_mail(content: Content, path: Path) -> str:
    attached = "\n\n".join(make(99, ("ascii",), paragraphs=1).paragraphs)
    path.write_bytes(message(content, attached).as_bytes())
    return "\n".join([content.title, *content.paragraphs, attached])


def as_mailbox(content: Content, path: Path) -> str:
    other = make(7, ("ascii", "latin"), paragraphs=2)
    path.write_bytes(
        b"".join(
            b"From ana@example.org Fri May  3 10:15:00 2024\n"
            + message(each).as_bytes().replace(b"\r\n", b"\n")
            + b"\n"
            for each in (content, other)
        )
    )
    return "\n".join([content.title, *content.paragraphs, other.title, *other.paragraphs])


def as_outlook(content: Content, path: Path) -> str:
    """Properties as streams of a compound file, as Outlook writes them."""
    text = "\r\n\r\n".join(content.paragraphs)
    path.write_bytes(
        compound.write(
            {
                "__properties_version1.0": bytes(32),
                "__substg1.0_001A001F": "IPM.Note".encode("utf-16-le"),
                "__substg1.0_0037001F": content.title.encode("utf-16-le"),
                "__substg1.0_0C1A001F": "Ana Ruiz".encode("utf-16-le"),
                "__substg1.0_1000001F": text.encode("utf-16-le"),
            }
        )
    )
    return "\n".join([content.title, *content.paragraphs])


def as_book(content: Content, path: Path) -> str:
    """A chapter for each heading."""
    chapters: list[list[str]] = []
    for block in content.blocks:
        match block:
            case Heading(level, text):
                chapters.append([f"<h{level}>{escape(text)}</h{level}>"])
            case Paragraph(text):
                chapters[-1].append(f"<p>{escape(text)}</p>")
    names = [f"c{n}" for n in range(len(chapters))]
    items = "".join(
        f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in names
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr(
            "META-INF/container.xml",
            '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="book/b.opf" '
            'media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        book.writestr(
            "book/b.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:identifier id="i">1</dc:identifier><dc:title>{escape(content.title)}</dc:title>'
            f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for name, parts in zip(names, chapters, strict=True):
            book.writestr(
                f"book/{name}.xhtml",
                '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
                f"<head><title>{name}</title></head><body>{''.join(parts)}</body></html>",
            )
    kept = tuple(b for b in content.blocks if isinstance(b, (Heading, Paragraph)))
    return Content(kept).text


def as_archive(content: Content, path: Path) -> str:
    """A text, a web page and a Word file."""
    writers: tuple[tuple[str, Callable[[Content, Path], str]], ...] = (
        ("a.txt", plain.as_text),
        ("sub/b.html", plain.as_html),
        ("sub/ç.docx", office.as_docx),
    )
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path, "w") as archive:
        for number, (name, write) in enumerate(writers):
            own = content if not number else make(number, ("ascii", "latin"), paragraphs=2)
            inner = Path(folder, Path(name).name)
            said.append(write(own, inner))
            archive.write(inner, name)
    return "\n".join(said)


def archive_of(files: dict[str, bytes]) -> bytes:
    """A zip folder of `files` by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def office_program() -> str | None:
    """The command that converts to the formats of old office programs, None without one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _converted(content: Content, path: Path, write: Callable[[Content, Path], str]) -> str:
    program = office_program()
    assert program is not None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"{path.stem}{path.suffix}x")
        said = write(content, source)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        kind = path.suffix.removeprefix(".")
        command = [program, profile, "--headless", "--convert-to", kind, "--outdir", folder]
        subprocess.run(
            [*command, str(source)], check=True, capture_output=True, timeout=CONVERSION_S
        )
        shutil.copyfile(Path(folder, path.name), path)
    return said


def as_old_word(content: Content, path: Path) -> str:
    return _converted(content, path, office.as_docx)


def as_old_slides(content: Content, path: Path) -> str:
    return _converted(content, path, office.as_pptx)


def as_old_sheet(content: Content, path: Path) -> str:
    """Records of Excel 97 in a compound file."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def wide(text: str) -> bytes:
        raw = text.encode("utf-16-le")
        return struct.pack("<HB", len(raw) // 2, 1) + raw

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0xDBB, 0x7CC, 0, 6))

    rows = [("Number", "Text"), *((str(n), t) for n, t in enumerate(content.paragraphs, 1))]
    cells = b"".join(
        record(0x204, struct.pack("<HHH", y, x, 0) + wide(text))
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
    )
    end = record(0x0A, b"")
    name = b"\x05\x00Texts"
    start = len(begin(5)) + 4 + 6 + len(name) + len(end)
    sheet = begin(0x10) + cells + end
    named = record(0x85, struct.pack("<IH", start, 0) + name)
    path.write_bytes(compound.write({"Workbook": begin(5) + named + end + sheet}))
    return "\n".join(" ".join(row) for row in rows)
