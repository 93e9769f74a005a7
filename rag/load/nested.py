"""Reads files that lie inside others: taken out into a private folder, read, and put in place.

However deep they lie, what one outermost file holds is counted together: how many files there are
and how much they unpack to.
"""

from __future__ import annotations

import importlib
import re
import tempfile
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Protocol, cast

from rag.errors import CorruptFile, EncryptedFile, FileNotReadable, FileTooBig, UnreadableFile
from rag.load import format_of, readable, reader_of
from rag.load.how import Allowance, HowToRead
from rag.records import DocumentInfo, Heading, Mark, Page, PageKind, Table

MAX_DEPTH = 4  # of files in files
MAX_FILES = 10_000
MAX_FILE_BYTES = 1_000_000_000
MAX_UNPACKED_BYTES = 4_000_000_000
MAX_PAGES = 150_000  # these three stay below what ends the reading of a whole file
MAX_TEXT_CHARS = 40_000_000
SPARE_CHARS = 5_000_000  # that a page may go over
MAX_PLACES = 1_500_000
MAX_NAME_CHARS = 60  # of a file taken out; at 4 bytes each every system takes them
MAX_SUFFIX_CHARS = 12
MAX_SHOWN_CHARS = 200

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # on Windows


class _Reader(Protocol):
    def read(self, path: Path, how: HowToRead) -> Iterator[DocumentInfo | Page]: ...


class InnerFiles:
    """Reads the files inside one file, one after another, into pages whose numbers run on."""

    def __init__(self, how: HowToRead, next_number: int = 1) -> None:
        """`how` is how the outer file is read; `next_number` is the first page's."""
        self._how = how
        self.next_number = next_number
        self._allowance = how.allowance or allowance()

    @property
    def spent(self) -> bool:
        """Whether nothing more may be read."""
        left = self._allowance
        return left.files <= 0 or left.unpacked_bytes <= 0 or self._is_full

    @property
    def _is_full(self) -> bool:
        left = self._allowance
        return left.text_chars <= 0 or left.places <= 0 or self.next_number > MAX_PAGES

    def read(
        self,
        name: str,
        content: Iterable[bytes],
        *,
        level: int = 1,
        within: str = "",
        otherwise: str = "",
    ) -> Iterator[Page]:
        """The pages of the file called `name`, the first under its name as heading of `level`.

        `within` is said of every place before the name; `otherwise` is the suffix to read it by
        where its own tells nothing. `content` may raise `UnreadableFile`. A file that cannot be
        read, or not to its end, ends in a page that tells why.
        """
        shown = shown_name(name)
        try:
            yield from self._pages(shown, content, otherwise, _Titled(shown, within, level))
        except EncryptedFile:
            name = PurePosixPath(shown).name
            yield self.failed(
                f"“{name}” is locked with a password. Take it out and add it by itself."
            )
        except UnreadableFile as error:
            yield self.failed(str(error))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            yield self.failed(str(FileNotReadable(Path(safe_name(name)), reason)))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - as at the process's border: a reader may raise anything
            yield self.failed(str(CorruptFile(Path(safe_name(name)), type(error).__name__)))

    def failed(self, problem: str) -> Page:
        """A page in the place of what could not be read."""
        return self.numbered(Page(0, "", "", PageKind.FAILED, problem=problem))

    def rest_left_out(self, path: Path) -> Page:
        """The page in the place of what is not read of the file at `path`, everything `spent`."""
        return self.failed(
            f"“{path.name}” holds more than is read of one file. "
            "The rest was left out: unpack or split it, then add the parts."
        )

    def nothing(self) -> Page:
        """The page of a file that holds no files."""
        return self.numbered(Page(0, "", "", PageKind.EMPTY))

    def numbered(self, page: Page) -> Page:
        """`page` with the next number; the outermost file's count against its allowance."""
        number = self.next_number
        self.next_number += 1
        if not self._how.depth:
            self._allowance.text_chars -= len(page.text)
            self._allowance.places -= len(page.headings) + len(page.tables) + len(page.marks)
        return replace(page, number=number, label=str(number))

    def _pages(
        self, shown: str, content: Iterable[bytes], otherwise: str, titled: _Titled
    ) -> Iterator[Page]:
        self._allowance.files -= 1
        if self._how.depth >= MAX_DEPTH:
            raise UnreadableFile(
                f"“{shown}” lies more than {MAX_DEPTH} files deep, one in another. "
                "Take it out and add it by itself."
            )
        with tempfile.TemporaryDirectory(
            dir=self._how.scratch, ignore_cleanup_errors=True
        ) as folder:
            path = Path(folder, safe_name(shown))
            if otherwise and format_of(path) is None:
                path = path.with_name(path.name + otherwise)
            self._take_out(path, content)
            for page in self._inner_pages(path, titled):
                if self._is_full or len(page.text) > self._allowance.text_chars + SPARE_CHARS:
                    raise FileTooBig(
                        path, "with others it holds more text than is read of one file"
                    )
                yield self.numbered(page)

    def _take_out(self, path: Path, content: Iterable[bytes]) -> None:
        """Write `content` to `path` as far as the limits allow; raises `FileTooBig` over them."""
        size = 0
        with path.open("xb") as file:
            for block in content:
                size += len(block)
                self._allowance.unpacked_bytes -= len(block)
                if size > MAX_FILE_BYTES:
                    raise FileTooBig(path, f"it unpacks to over {MAX_FILE_BYTES // 10**6:,} MB")
                if self._allowance.unpacked_bytes < 0:
                    raise FileTooBig(
                        path, f"with others it unpacks to over {MAX_UNPACKED_BYTES // 10**6:,} MB"
                    )
                file.write(block)
                self._how.still_reading()

    def _inner_pages(self, path: Path, titled: _Titled) -> Iterator[Page]:
        """The pages of the file that was taken out, changed for the outer document."""
        named = readable(path)
        if named is None:
            raise UnreadableFile(f"“{path.name}” is of a kind that Footnote cannot read yet.")
        reader = cast("_Reader", importlib.import_module(reader_of(path, named.reader)))
        how = replace(
            self._how,
            first_page=1,
            depth=self._how.depth + 1,
            scratch=path.parent,
            allowance=self._allowance,
        )
        items = reader.read(path, how)
        paged = False
        try:
            for item in items:
                if isinstance(item, DocumentInfo):
                    paged = item.paged
                else:
                    yield titled.page(item, paged=paged)
        finally:
            if isinstance(items, Generator):
                items.close()


class _Titled:
    """Changes the pages of an inner file: the first gets its name as heading, all its place."""

    def __init__(self, name: str, within: str, level: int) -> None:
        self._name = name
        self._place = ", ".join(filter(None, (within, PurePosixPath(name).name)))
        self._level = level
        self._is_first = True

    def page(self, page: Page, *, paged: bool) -> Page:
        """`page` as a page of the outer document, not yet numbered; no glyphs, no boxes."""
        if page.kind is PageKind.FAILED and not page.text:
            return replace(page, glyphs=b"", boxes=b"")
        lead = f"{self._name}\n\n" if self._is_first else ""
        shift = len(lead)
        headings = [
            Heading(h.start + shift, h.end + shift, h.level + self._level, h.title)
            for h in page.headings
        ]
        if self._is_first:
            headings.insert(0, Heading(0, len(self._name), self._level, self._name))
        self._is_first = False
        text = (lead + page.text).rstrip("\n") if lead and not page.text else lead + page.text
        kind = PageKind.TEXT if page.kind is PageKind.EMPTY and lead else page.kind
        return Page(
            page.number,
            page.label,
            text,
            kind,
            tuple(headings),
            tables=tuple(
                Table(t.start + shift, t.end + shift, t.caption, t.heads) for t in page.tables
            ),
            marks=self._marks(page, shift, paged=paged),
            problem=page.problem,
        )

    def _marks(self, page: Page, shift: int, *, paged: bool) -> tuple[Mark, ...]:
        marks = [Mark(mark.start + shift, f"{self._place}, {mark.name}") for mark in page.marks]
        if marks and not page.marks[0].start:
            return (replace(marks[0], start=0), *marks[1:])
        own = f"{self._place}, p. {page.label}" if paged else self._place
        return (Mark(0, own), *marks)


def allowance(files: int = MAX_FILES, unpacked_bytes: int = MAX_UNPACKED_BYTES) -> Allowance:
    """What may be taken out of an outermost file."""
    return Allowance(files, unpacked_bytes, MAX_TEXT_CHARS, MAX_PLACES)


def shown_name(name: str) -> str:
    """`name` as it is shown: a path with "/", without "..", and without what cannot be printed."""
    parts = (" ".join(_UNPRINTED.sub(" ", part).split()) for part in re.split(r"[/\\]", name))
    kept = "/".join(part for part in parts if part.strip("."))
    return kept[-MAX_SHOWN_CHARS:].lstrip("/") or "unnamed"


def safe_name(name: str) -> str:
    """The last part of `name` as every system takes it for a file."""
    last = _NOT_IN_NAMES.sub("_", PurePosixPath(shown_name(name)).name).rstrip(". ") or "unnamed"
    suffix = PurePosixPath(last).suffix[:MAX_SUFFIX_CHARS]
    stem = last.removesuffix(suffix)[: MAX_NAME_CHARS - len(suffix)]
    return f"_{stem}{suffix}" if _RESERVED.match(stem + suffix) else stem + suffix
