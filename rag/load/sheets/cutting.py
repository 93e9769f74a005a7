"""Cuts enormous sheets down before they are read: whoever reads cells holds all of them at once."""

from __future__ import annotations

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rag.errors import CorruptFile, FileTooBig
from rag.load.package import Package

MAX_ROWS = 200_000  # of a sheet
MAX_CELLS = 3_000_000  # of a sheet, with anything in them
MAX_AREA = 8_000_000  # rows times columns of the rectangle that holds all of a sheet's cells
MAX_ROW_BYTES = 20_000_000
MAX_TAG_BYTES = 2_000  # of a row
MAX_STRINGS_BYTES = 300_000_000
_BLOCK_BYTES = 1_000_000

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STRINGS = re.compile(r"xl/sharedStrings\.xml|content\.xml", re.IGNORECASE)
_UNREAD = re.compile(r"(?:xl/media|xl/embeddings|docProps)/.*", re.IGNORECASE)
_ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*)>")
_NUMBER = re.compile(rb"""\br=["'](\d{1,9})["']""")
_CELL_COLUMN = re.compile(rb"""\br=["']([A-Z]{1,3})\d""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a sheet's XML is to end."""

    offset: int
    rows: int  # before it
    prefix: bytes  # of the elements' names


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a sheet's XML as it stands there."""

    offset: int
    prefix: bytes
    attributes: bytes
    content: bytes


def cut_to_size(
    path: Path, package: Package, scratch: Path | None, stack: ExitStack
) -> tuple[Path, dict[str, int]]:
    """The workbook, or a copy without what is too much, and how many rows are left of which part.

    The copy lies in `scratch` and goes when `stack` is closed. Raises `FileTooBig`.
    """
    cuts: dict[str, _Cut] = {}
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if _STRINGS.fullmatch(part.filename) and part.file_size > MAX_STRINGS_BYTES:
                raise FileTooBig(path, f"it holds {part.file_size / 1e6:,.0f} MB of text")
        try:
            for name in filter(_SHEET.fullmatch, package.names):
                with archive.open(name) as stream:
                    cut = _where_to_cut(path, stream)
                if cut is not None:
                    cuts[name] = cut
            if not cuts:
                return path, {}
            folder = stack.enter_context(tempfile.TemporaryDirectory(dir=scratch))
            copy = Path(folder, f"cut{path.suffix}")
            _copy(archive, copy, cuts)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise CorruptFile(path, "a sheet cannot be unpacked") from error
    return copy, {name: cut.rows for name, cut in cuts.items()}


def _where_to_cut(path: Path, stream: IO[bytes]) -> _Cut | None:
    """The first row that makes a sheet too big; None where all of it can be read."""
    cells = number = columns = 0
    for count, row in enumerate(_rows(path, stream)):
        found = _NUMBER.search(row.attributes)
        number = int(found[1]) if found else number + 1
        cells += len(_CELL.findall(row.content))
        columns = max(columns, _last_column(row.content))
        if count >= MAX_ROWS or cells > MAX_CELLS or number * columns > MAX_AREA:
            return _Cut(row.offset, count, row.prefix)
    return None


def _rows(path: Path, stream: IO[bytes]) -> Iterator[_Row]:
    held = b""
    offset = 0  # of `held` in the stream
    while True:
        block = stream.read(_BLOCK_BYTES)
        held += block
        if len(held) > MAX_ROW_BYTES:
            raise FileTooBig(path, "a row of it is enormous")
        starts = list(_ROW.finditer(held))
        ends = [start.start() for start in starts[1:]]
        if not block:
            ends.append(len(held))
        for start, end in zip(starts, ends, strict=False):  # the last may go on in the next block
            content = held[start.end() : end]
            yield _Row(offset + start.start(), start[1], start[2], content)
        if not block:
            return
        keep = starts[-1].start() if starts else max(0, len(held) - MAX_TAG_BYTES)
        offset += keep
        held = held[keep:]


def _last_column(content: bytes) -> int:
    """The 1-based column of a row's last cell; 0 where cells do not say theirs."""
    at = max(content.rfind(b' r="'), content.rfind(b" r='"))
    found = _CELL_COLUMN.match(content, at + 1) if at >= 0 else None
    column = 0
    for letter in found[1] if found else b"":
        column = column * 26 + letter - ord("A") + 1
    return column


def _copy(archive: zipfile.ZipFile, target: Path, cuts: dict[str, _Cut]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for part in archive.infolist():
            if part.is_dir() or _UNREAD.fullmatch(part.filename):
                continue
            cut = cuts.get(part.filename)
            left = cut.offset if cut else part.file_size
            with archive.open(part) as source, copy.open(part.filename, "w") as sink:
                while block := source.read(min(left, _BLOCK_BYTES)):
                    sink.write(block)
                    left -= len(block)
                if cut:
                    prefix = cut.prefix
                    sink.write(b"</" + prefix + b"sheetData></" + prefix + b"worksheet>")
