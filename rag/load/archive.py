"""Opens zip and tar files in place: one document, with a page or more for each file inside."""

from __future__ import annotations

import errno
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from rag.errors import CorruptFile, FileTooBig, UnreadableFile
from rag.load.how import PLAINLY, HowToRead
from rag.load.locked_zip import BLOCK_BYTES, LOCKED, unlocked
from rag.load.nested import MAX_UNPACKED_BYTES, InnerFiles, shown_name
from rag.records import DocumentInfo, Page

MAX_RATIO = 300  # of a file to its packed size; texts pack to a fiftieth at best
FREE_BYTES = 50_000_000  # that any file may unpack to, whatever the ratio

_LEFT_OUT = re.compile(
    r"(?:^|/)(?:__macosx(?:/|$)|\.|~\$|thumbs\.db$|desktop\.ini$)|(?:\.tmp|\.part|\.swp|~)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(\d+)")
_NAME_IS_UTF8 = 0x800  # the flag of a zip's member
_UNICODE_NAME = 0x7075  # the kind of extra field that holds one
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, ValueError, struct.error),
)


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """The files inside by name, numbers by value; those in a tar as they come.

    Raises `CorruptFile`, `FileTooBig`, and `EncryptedFile` when all files inside are locked.
    """
    if _is_tar(path):
        yield from _read_tar(path, how)
    elif zipfile.is_zipfile(path):
        yield from _read_zip(path, how)
    else:
        raise CorruptFile(path, "it is not an archive, or not all of one")


def _is_tar(path: Path) -> bool:
    """Whether it begins as one; a tar may well end in a zip, and the other way round."""
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            return False
    try:
        return tarfile.is_tarfile(path)
    except _DAMAGE:  # of what it is packed in
        return False


# ---------------------------------------------------------------- zip


def _read_zip(path: Path, how: HowToRead) -> Iterator[DocumentInfo | Page]:
    try:
        archive = zipfile.ZipFile(path)
    except (NotImplementedError, *_DAMAGE) as error:
        raise CorruptFile(path, "its list of files is broken") from error
    with archive:
        members = _members(archive)
        if members and all(member.flag_bits & LOCKED for member in members.values()):
            first = min(members.values(), key=lambda member: member.file_size)
            for _ in _unpacked(path, archive, first, how):
                pass  # raises `EncryptedFile` when none of the passwords fits
        _check_ratio(path, sum(m.file_size for m in members.values()), path.stat().st_size)
        yield DocumentInfo(path.stem, len(members), paged=False, format="archive")
        inner = InnerFiles(how)
        if not members:
            yield inner.nothing()
        bare = Counter(PurePosixPath(name).name for name in members)
        for name in sorted(members, key=_natural):
            if inner.spent:
                yield inner.rest_left_out(path)
                return
            folder = PurePosixPath(name).parent.as_posix()
            within = folder if bare[PurePosixPath(name).name] > 1 and folder != "." else ""
            content = _unpacked(Path(name), archive, members[name], how)
            yield from inner.read(name, content, within=within)


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files to be read by the names they are shown with, of equal names the last one."""
    named = ((shown_name(_name_of(member)), member) for member in archive.infolist())
    return {
        name: member for name, member in named if not member.is_dir() and not _LEFT_OUT.search(name)
    }


def _name_of(member: zipfile.ZipInfo) -> str:
    """A member's name; many programs write UTF-8, or the code page of Windows, unsaid."""
    extra = member.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_NAME and size > 5:
            return extra[9 : 4 + size].decode("utf-8", errors="replace")
        extra = extra[4 + size :]
    name = member.filename
    if member.flag_bits & _NAME_IS_UTF8 or name.isascii():
        return name
    raw = name.encode("cp437", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        windows = raw.decode("cp1252", errors="replace")
    return windows if _letters(windows) > _letters(name) else name


def _letters(text: str) -> int:
    """How many characters of `text` beyond ASCII are Latin letters."""
    return sum("À" <= char <= "ſ" and char.isalpha() for char in text)


def _unpacked(
    named: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, how: HowToRead
) -> Iterator[bytes]:
    """The content of a member in blocks; raises `UnreadableFile` with the reason."""
    is_locked = bool(member.flag_bits & LOCKED)
    size = 0
    try:
        for block in (
            unlocked(named, archive, member, how) if is_locked else _blocks(archive, member)
        ):
            size += len(block)
            _check_ratio(named, size, member.compress_size)
            yield block
    except NotImplementedError as error:
        raise UnreadableFile(
            f"“{named.name}” is packed in a way that Footnote does not know. "
            "Unpack the archive and add the folder."
        ) from error
    except _DAMAGE as error:
        raise CorruptFile(named) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # which only a place that cannot be gives
            raise
        raise CorruptFile(named) from error


def _blocks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as file:
        yield from _read_blocks(file)


def _check_ratio(named: Path, size: int, packed: int) -> None:
    if size > FREE_BYTES and size > MAX_RATIO * max(1, packed):
        raise FileTooBig(named, f"it unpacks to over {MAX_RATIO} times its size")


def _natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts "part 2" before "part 10"."""
    pieces = _NUMBER.split(name.casefold())
    return [(int(p[:18]), "") if n % 2 else (-1, p) for n, p in enumerate(pieces)]


# ---------------------------------------------------------------- tar


def _read_tar(path: Path, how: HowToRead) -> Iterator[DocumentInfo | Page]:
    """In one pass, since a packed tar can only be read from its start to its end."""
    yield DocumentInfo(path.stem.removesuffix(".tar"), 1, paged=False, format="archive")
    inner = InnerFiles(how)
    size = 0
    try:
        with tarfile.open(path, "r|*", errors="replace") as archive:
            for member in archive:
                size += member.size
                if inner.spent or size > MAX_UNPACKED_BYTES:
                    yield inner.rest_left_out(path)
                    return
                name = shown_name(member.name)
                file = archive.extractfile(member) if member.isreg() else None
                if file is not None and not _LEFT_OUT.search(name):
                    yield from inner.read(name, _read_blocks(file))
    except (tarfile.TarError, *_DAMAGE) as error:
        if inner.next_number == 1:
            raise CorruptFile(path, "it is not an archive, or not all of one") from error
        yield inner.failed(str(CorruptFile(path, "the files at its end are missing")))
    if inner.next_number == 1:
        yield inner.nothing()


def _read_blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(BLOCK_BYTES):
        yield block
