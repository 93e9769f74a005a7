"""How a folder, or the whole library, stands: what the ledger's lines below it add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rag.records.reading import FileRecord, FileState


@dataclass(frozen=True, slots=True)
class FolderHealth:
    """The sums over all files below a folder that the user added."""

    root: Path
    states: tuple[tuple[FileState, int], ...]  # how many files are in each state, those that occur
    files: int
    pages: int  # of the documents that have pages
    scanned_pages: int
    empty_pages: int
    unread_pages: int
    words: int
    chunks: int
    locked: int
    quarantined: int
    duplicates: int

    def count(self, state: FileState) -> int:
        """How many files are in `state`."""
        return dict(self.states).get(state, 0)


def health_of(root: Path, files: Iterable[FileRecord]) -> FolderHealth:
    """The health of `root` from the lines of the `files` below it."""
    lines = list(files)
    states = Counter(line.state for line in lines)
    return FolderHealth(
        root=root,
        states=tuple((state, states[state]) for state in FileState if states[state]),
        files=len(lines),
        pages=sum(line.pages for line in lines if line.paged),
        scanned_pages=sum(line.scanned_pages for line in lines),
        empty_pages=sum(line.empty_pages for line in lines),
        unread_pages=sum(line.unread_pages for line in lines),
        words=sum(line.words for line in lines),
        chunks=sum(line.chunks for line in lines if line.same_as is None),
        locked=sum(line.locked for line in lines),
        quarantined=sum(line.quarantined for line in lines),
        duplicates=sum(line.same_as is not None for line in lines),
    )
