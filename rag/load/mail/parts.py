"""Takes an internet message apart: what it says, and the files that came with it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message
from typing import cast

from rag.load.mail.header_text import decoded, in_words, moment_of
from rag.load.mail.letter import Attachment, Body, Letter
from rag.load.mail.signed import signed_content

MAX_PARTS = 10_000

_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tiff",
    "image/webp": ".webp",
    "text/html": ".html",
    "text/csv": ".csv",
}
_OF_NO_USE = frozenset(  # to a reader: signatures, receipts, what only programs read
    (
        *("application/pgp-signature", "application/pkcs7-signature"),
        *("application/x-pkcs7-signature", "application/pgp-keys"),
        *("message/delivery-status", "message/disposition-notification"),
        *("message/external-body", "text/rfc822-headers", "text/x-amp-html"),
    )
)
_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_ARMOUR = "-----BEGIN PGP MESSAGE-----"
_SIGNATURE_LINE = "-- "
_QUOTES = re.compile(">*")


def letter_of(raw: bytes) -> Letter:
    """The message that `raw` holds; raises `RecursionError` when it nests without end."""
    message: Message = message_from_bytes(raw, policy=policy.compat32)
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), str(value))
    found = _Sorted()
    found.sort(message)
    sender = in_words(headers.get("from", headers.get("sender", "")))
    date = in_words(headers.get("date", ""))
    return Letter(
        subject=in_words(headers.get("subject", "")),
        sender="" if "Saved by " in sender else sender,
        to=in_words(headers.get("to", "")),
        cc=in_words(headers.get("cc", "")),
        date=date,
        sent=moment_of(date),
        bodies=tuple(found.bodies()),
        attachments=tuple(found.attachments),
        locked=found.locked,
    )


@dataclass(slots=True)
class _Said:
    """What one part, or several of which one is to be read, says."""

    group: int  # of parts that say the same; 0 where there is no other
    plain: list[str] = field(default_factory=list[str])
    markup: list[str] = field(default_factory=list[str])


class _Sorted:
    """A message's parts, sorted into what it says and what came with it."""

    def __init__(self) -> None:
        self._said: list[_Said] = []
        self.attachments: list[Attachment] = []
        self.locked = ""

    def bodies(self) -> Iterator[Body]:
        """What the message says, in order."""
        for said in self._said:
            yield Body("\n".join(said.plain), "\n".join(said.markup))

    def sort(self, message: Message) -> None:
        """Go through the parts in order; without recursion, since messages nest at will."""
        ahead = [(message, 0)]
        groups = count = 0
        while ahead and count < MAX_PARTS:
            part, group = ahead.pop()
            count += 1
            kind = part.get_content_type()
            children = _children(part)
            if kind == "multipart/encrypted":
                self.locked = "the message is encrypted with PGP"
            elif kind in _SMIME:
                ahead += [(inside, group) for inside in self._unwrapped(part)]
            elif kind == "message/rfc822":
                self._enclosed(part)
            elif kind in _OF_NO_USE:
                continue
            elif part.is_multipart():
                if kind == "multipart/alternative" and not group:
                    groups += 1
                    group = groups
                if kind == "multipart/related":  # the first is what the others belong to
                    children = [child for child in children if not _decorates(child, children[0])]
                ahead += [(child, group) for child in reversed(children)]
            else:
                self._leaf(part, kind, group)

    def _unwrapped(self, part: Message) -> list[Message]:
        """The message in a signature around it; none where it is encrypted."""
        content = signed_content(_payload(part))
        if not content:
            self.locked = "the message is encrypted for its addressee (S/MIME)"
            return []
        return [message_from_bytes(content, policy=policy.compat32)]

    def _leaf(self, part: Message, kind: str, group: int) -> None:
        name = in_words(part.get_filename() or "")
        attached = part.get_content_disposition() == "attachment"
        if kind in {"text/plain", "text/html"} and not attached and not name:
            self._say(part, kind, group)
        elif _decorates(part):
            return
        elif kind == "text/calendar" and group:
            return  # an invitation whose text says the same
        else:
            suffix = _SUFFIXES.get(kind) or (".txt" if kind.startswith("text/") else "")
            self.attachments.append(Attachment(name or "attachment", _content(part), suffix))

    def _say(self, part: Message, kind: str, group: int) -> None:
        if not group or not self._said or self._said[-1].group != group:
            self._said.append(_Said(group))
        text = decoded(_payload(part), part.get_content_charset() or "")
        if kind == "text/html":
            self._said[-1].markup.append(text)
            return
        if text.lstrip().startswith(_ARMOUR):
            self.locked = "the message is encrypted with PGP"
        flowed = str(part.get_param("format") or "").lower() == "flowed"
        delsp = str(part.get_param("delsp") or "").lower() == "yes"
        self._said[-1].plain.append(unflowed(text, delsp=delsp) if flowed else text)

    def _enclosed(self, part: Message) -> None:
        """A message in the message; its name is its subject."""
        for inner in _children(part)[:1]:
            subject = in_words(str(inner.get("subject") or "")).replace("/", "-")
            name = in_words(part.get_filename() or "") or subject or "message"
            name = name if name.lower().endswith(".eml") else f"{name}.eml"
            self.attachments.append(Attachment(name, _as_bytes(part, inner)))


def unflowed(text: str, *, delsp: bool) -> str:
    """Text of `format=flowed` with its paragraphs on lines of their own (RFC 3676)."""
    lines: list[str] = []
    before = None  # the quote marks before the line above, where it goes on
    for line in text.replace("\r\n", "\n").split("\n"):
        found = _QUOTES.match(line)
        quotes = found[0] if found else ""
        said = line[len(quotes) :].removeprefix(" ")
        flows = said.endswith(" ") and said != _SIGNATURE_LINE
        if flows and delsp:
            said = said[:-1]
        if before == quotes and said != _SIGNATURE_LINE:
            lines[-1] += said
        else:
            lines.append(f"{quotes} {said}" if quotes else said)
        before = quotes if flows else None
    return "\n".join(lines)


def _children(part: Message) -> list[Message]:
    children = part.get_payload()
    return cast("list[Message]", children) if isinstance(children, list) else []


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _content(part: Message) -> Iterator[bytes]:
    yield _payload(part)


def _as_bytes(part: Message, inner: Message) -> Iterator[bytes]:
    if str(part.get("content-transfer-encoding") or "").strip().lower() == "base64":
        yield base64.b64decode(str(inner.get_payload()))  # against the rules, but met
    else:
        yield inner.as_bytes()


def _decorates(part: Message, main: Message | None = None) -> bool:
    """Whether a text shows it as its picture; beside a `main` part also as its frame or style."""
    kind = part.get_content_type()
    kinds = ("image/", "font/") if main is None else ("image/", "font/", "text/", "application/j")
    named = part.get("content-id") or (main is not None and part.get("content-location"))
    return (
        part is not main
        and kind.startswith(kinds)
        and bool(named)
        and part.get_content_disposition() != "attachment"
    )
