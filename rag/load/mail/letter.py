"""A message, whatever it came in, and how it becomes pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr

from rag.load.nested import InnerFiles
from rag.load.outline_text import OutlineText
from rag.load.web import read_markup
from rag.records import Heading, Mark, Page, PageKind

MAX_HEADER_CHARS = 2_000  # of a list of addresses
MAX_TEXT_CHARS = 5_000_000  # of one message
HTML_SHARE = 4  # a plain text with so many times fewer words only says "this is HTML"

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message."""

    name: str
    content: Iterable[bytes]  # in blocks, made when it is gone through
    suffix: str = ""  # that it is read by where its name tells nothing: ".txt"


@dataclass(frozen=True, slots=True)
class Body:
    """A part of what a message says, in one form or in two that say the same."""

    plain: str = ""
    markup: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the plain text is the one to read."""
        if not self.plain.strip():
            return not self.markup.strip()
        words = len(_TAG.sub(" ", self.markup).split())
        return words <= HTML_SHARE * len(self.plain.split())


@dataclass(frozen=True, slots=True)
class Letter:
    """A message with its headers in plain words."""

    subject: str = ""
    sender: str = ""
    to: str = ""
    cc: str = ""
    date: str = ""  # as it was written, for what is no date
    sent: datetime | None = None
    bodies: tuple[Body, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    locked: str = ""  # how it is encrypted, where it is

    @property
    def sender_name(self) -> str:
        """The sender as people know them."""
        name, address = parseaddr(self.sender)
        return name or address or self.sender

    def place(self, *, with_sender: bool = False) -> str:
        """What it is called in a citation: "message of 3 May 2024"; "" for a saved web page."""
        if not self.sender and not self.to:
            return ""
        day = f" of {_day(self.sent)}" if self.sent else ""
        named = self.sender_name if with_sender or not day else ""
        return f"message{day} from {named}" if named else f"message{day}"


def pages_of(
    letter: Letter, inner: InnerFiles, *, level: int = 1, within: str = ""
) -> Iterator[Page]:
    """The message on a page with its subject as heading, then its attachments' pages.

    `level` is the heading's; `within` names the message where many lie in one file.
    """
    text = OutlineText()
    text.heading(letter.subject, level)
    headers = text.page().headings
    for line in _header_lines(letter):
        text.say(line)
        text.line()
    for body in letter.bodies:
        text.paragraph()
        if body.is_plain:
            text.verbatim(body.plain.strip())
        else:
            read_markup(text, body.markup)
    page = _cut(text.page())
    place = within or letter.place()
    yield inner.numbered(
        replace(
            page,
            headings=(
                *headers,
                *(
                    Heading(h.start, h.end, h.level + level, h.title)
                    for h in page.headings[len(headers) :]
                ),
            ),
            marks=(Mark(0, place),) if place and page.kind is PageKind.TEXT else (),
        )
    )
    for attachment in letter.attachments:
        yield from inner.read(
            attachment.name,
            attachment.content,
            level=level + 1,
            within=within,
            otherwise=attachment.suffix,
        )


def _cut(page: Page) -> Page:
    """`page` as it is, or as much of it as is read of one message."""
    if len(page.text) <= MAX_TEXT_CHARS:
        return page
    return replace(
        page,
        text=page.text[:MAX_TEXT_CHARS],
        headings=tuple(h for h in page.headings if h.end <= MAX_TEXT_CHARS),
        tables=tuple(t for t in page.tables if t.end <= MAX_TEXT_CHARS),
        problem=f"Of a message only the first {MAX_TEXT_CHARS:,} characters were read.",
    )


def _header_lines(letter: Letter) -> Iterator[str]:
    if not letter.place():
        return
    date = f"{_day(letter.sent)}, {letter.sent:%H:%M}" if letter.sent else letter.date
    headers = {"From": letter.sender, "To": letter.to, "Cc": letter.cc, "Date": date}
    for name, said in headers.items():
        if len(said) > MAX_HEADER_CHARS:
            yield f"{name}: {said[:MAX_HEADER_CHARS].rpartition(',')[0]}, …"
        elif said:
            yield f"{name}: {said}"


def _day(moment: datetime) -> str:
    """A date in words that are the same in every locale."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
