"""Reads messages that Outlook saved (.msg), with what came with them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rag.load import rtf
from rag.load.how import PLAINLY, HowToRead
from rag.load.mail.eml import protected
from rag.load.mail.header_text import in_words, moment_of
from rag.load.mail.letter import Attachment, Body, Letter, pages_of
from rag.load.mail.mapi import Storage, open_message
from rag.load.mail.packed_rtf import unpacked
from rag.load.mail.signed import signed_content
from rag.load.nested import MAX_DEPTH, InnerFiles, shown_name
from rag.load.web import decode_markup
from rag.records import DocumentInfo, Page

# The numbers of properties, as [MS-OXPROPS] has them.
_CLASS, _SUBJECT, _HEADERS = 0x001A, 0x0037, 0x007D
_SENT, _RECEIVED = 0x0039, 0x0E06
_SENDER = ((0x0042, 0x5D02, 0x0065), (0x0C1A, 0x5D01, 0x0C1F))  # in whose name, then who sent it
_ADDRESSEE = (0x3001, 0x39FE, 0x3003)
_ADDRESSEE_KIND, _TO, _CC = 0x0C15, 1, 2
_SHOWN_TO, _SHOWN_CC = 0x0E04, 0x0E03
_PLAIN, _RTF, _HTML, _HTML_CODEPAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
_FILE, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME = 0x3701, 0x3707, 0x3704, 0x3001
_CONTENT_ID, _MIME_TYPE, _HIDDEN = 0x3712, 0x370E, 0x7FFE
_SIGNED = frozenset({"multipart/signed", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_DATE = re.compile(r"^date:[ \t]*(.+)$", re.IGNORECASE | re.MULTILINE)


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The message on a page, then its attachments, messages in it among them.

    Raises `CorruptFile`, `FileTooBig`, and `ProtectedFile` for encrypted messages.
    """
    with open_message(path) as message:
        letter = _letter_of(message, how)
        if letter.locked:
            raise protected(path, letter)
        attached = message.inside("attach")
        title = letter.subject or path.stem
        yield DocumentInfo(title, 1 + len(attached), paged=False, format="Outlook message")
        yield from _pages(message, letter, InnerFiles(how), how)


def _pages(
    message: Storage,
    letter: Letter,
    inner: InnerFiles,
    how: HowToRead,
    level: int = 1,
    within: str = "",
) -> Iterator[Page]:
    """A message's pages and those of what came with it; it calls itself at most four deep."""
    yield from pages_of(letter, inner, level=level, within=within)
    for attachment in message.inside("attach"):
        enclosed = attachment.enclosed(_FILE)
        if enclosed is None:
            file = _file_of(attachment)
            if file is not None:
                yield from inner.read(
                    file.name, file.content, level=level + 1, within=within, otherwise=file.suffix
                )
            continue
        inner_letter = _letter_of(enclosed, how)
        name = shown_name(inner_letter.subject or "message")
        if how.depth + enclosed.depth >= MAX_DEPTH:
            yield inner.failed(f"The message “{name}” lies too deep in others. Save it by itself.")
        elif inner_letter.locked:
            yield inner.failed(str(protected(Path(name), inner_letter)))
        else:
            place = ", ".join(filter(None, (within, name)))
            yield from _pages(enclosed, inner_letter, inner, how, level + 1, place)


def _letter_of(message: Storage, how: HowToRead) -> Letter:
    names = {_TO: "", _CC: ""}
    for addressee in message.inside("recip"):
        kind = addressee.number(_ADDRESSEE_KIND)
        if kind in names:
            names[kind] = ", ".join(filter(None, (names[kind], _person(addressee, _ADDRESSEE))))
    sender = next(filter(None, (_person(message, numbers) for numbers in _SENDER)), "")
    date = _DATE.search(message.text(_HEADERS))
    sent = moment_of(date[1]) if date else None  # in the sender's time, the others in UTC
    sent = sent or message.moment(_SENT) or message.moment(_RECEIVED)
    encrypted = message.text(_CLASS).lower().endswith(".smime") and not any(
        signed_content(attachment.binary(_FILE)) for attachment in message.inside("attach")
    )
    return Letter(
        subject=in_words(message.text(_SUBJECT)),
        sender=sender,
        to=names[_TO] or message.text(_SHOWN_TO),
        cc=names[_CC] or message.text(_SHOWN_CC),
        sent=sent,
        bodies=() if encrypted else (_body_of(message, how),),
        locked="the message is encrypted for its addressee (S/MIME)" if encrypted else "",
    )


def _person(storage: Storage, numbers: tuple[int, ...]) -> str:
    """A name and an address; that of a directory (an "X.400" one) tells people nothing."""
    name = " ".join(storage.text(numbers[0]).split())
    addresses = (storage.text(number).strip() for number in numbers[1:])
    address = next((address for address in addresses if "@" in address), "")
    if address in name:
        return name or address
    return f"{name} <{address}>" if name else address


def _body_of(message: Storage, how: HowToRead) -> Body:
    plain = message.text(_PLAIN).replace("\r\n", "\n")
    raw = message.binary(_HTML)
    markup = ""
    if raw:
        known = message.number(_HTML_CODEPAGE)
        markup = message.decoded(raw, _HTML_CODEPAGE) if known else decode_markup(raw)
    markup = markup or message.text(_HTML)
    if not plain.strip() and not markup.strip():
        plain = _rich_text(message.binary(_RTF), how)
    return Body(plain, markup)


def _rich_text(packed: bytes, how: HowToRead) -> str:
    rich = unpacked(packed)
    if not rich:
        return ""
    with tempfile.TemporaryDirectory(dir=how.scratch, ignore_cleanup_errors=True) as folder:
        path = Path(folder, "message.rtf")
        path.write_bytes(rich)
        pages = [item for item in rtf.read(path, how) if isinstance(item, Page)]
    return "\n".join(page.text for page in pages)


def _file_of(attachment: Storage) -> Attachment | None:
    """A file that came with the message; None for a picture in its text."""
    kind = attachment.text(_MIME_TYPE).lower()
    if attachment.number(_HIDDEN) or (attachment.text(_CONTENT_ID) and kind.startswith("image/")):
        return None
    names = (attachment.text(number) for number in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))
    name = next((name for name in names if name.strip()), "attachment")
    suffix = ".txt" if kind.startswith("text/") else ""
    return Attachment(name, _content(attachment), ".eml" if kind in _SIGNED else suffix)


def _content(attachment: Storage) -> Iterator[bytes]:
    raw = attachment.binary(_FILE)
    yield signed_content(raw) or raw
