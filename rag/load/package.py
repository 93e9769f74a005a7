"""Opens the zip packages that office files are, within limits."""

from __future__ import annotations

import errno
import posixpath
import re
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from rag.errors import CorruptFile, EncryptedFile, FileTooBig
from rag.load.xml_tree import DamagedPart, Element, parse_xml

MAX_UNPACKED_BYTES = 2_000_000_000  # of all parts together; pictures and films are never unpacked
MAX_PART_BYTES = 100_000_000  # of a part that is parsed: its tree takes several times as much
MAX_PARTS = 50_000

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Relation:
    """Points from one part of a package to another."""

    kind: str  # the last word of its type: "slide", "notesSlide"
    target: str  # the name of a part


class Package:
    """A zip of XML parts, as Office and OpenDocument files are."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def read(self, name: str) -> bytes:
        """A part's content; raises `DamagedPart`."""
        try:
            if self._archive.getinfo(name).file_size > MAX_PART_BYTES:
                raise DamagedPart(f"{name} holds over {MAX_PART_BYTES // 1_000_000} MB")
            return self._archive.read(name)
        except KeyError as error:
            raise DamagedPart(f"{name} is missing") from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise DamagedPart(f"{name} cannot be unpacked") from error
        except OSError as error:
            if error.errno != errno.EINVAL:  # which only a place that cannot be gives
                raise
            raise DamagedPart(f"{name} cannot be unpacked") from error

    def xml(self, name: str) -> Element:
        """A part's root element; raises `DamagedPart`."""
        return parse_xml(self.read(name), name)

    def relations(self, part: str) -> dict[str, Relation]:
        """Where `part` points to inside the package, by id; empty where that cannot be told."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        try:
            root = self.xml(listing)
        except DamagedPart:
            return {}
        found: dict[str, Relation] = {}
        for child in root:
            target = child.attrib.get("Target", "")
            if target and child.attrib.get("TargetMode") != "External":
                kind = child.attrib.get("Type", "").rpartition("/")[2]
                found[child.attrib.get("Id", "")] = Relation(kind, target_of(listing, target))
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that `part` points to as `kind`."""
        return [r.target for r in self.relations(part).values() if r.kind == kind]

    def numbered(self, pattern: str) -> list[str]:
        """The parts whose whole name matches, in the order of the numbers in their names."""
        matching = filter(re.compile(pattern).fullmatch, self.names)
        return sorted(matching, key=lambda name: ([int(n) for n in _NUMBER.findall(name)], name))


def target_of(listing: str, target: str) -> str:
    """The part that a relation in the part `listing` points to with `target`."""
    folder = posixpath.dirname(posixpath.dirname(listing))
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")


@contextmanager
def open_package(path: Path, what: str) -> Generator[Package]:
    """The package at `path`, which should be `what`: "a PowerPoint presentation".

    Raises `EncryptedFile`, `CorruptFile` or `FileTooBig`.
    """
    with path.open("rb") as file:
        if not file.read(1):
            raise CorruptFile(path, "it is empty")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MAX_UNPACKED_BYTES:
                raise FileTooBig(path, f"it unpacks to {unpacked / 1e6:,.0f} MB")
            if len(parts) > MAX_PARTS:
                raise FileTooBig(path, f"it holds {len(parts):,} parts")
            if any(part.flag_bits & 1 for part in parts):
                raise EncryptedFile(path)
            yield Package(archive)
    except DamagedPart as error:
        raise CorruptFile(path, str(error)) from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise CorruptFile(path, f"it is not {what}") from error
