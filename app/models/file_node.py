"""The nodes of the library's tree, which know how many files below them are in which state."""

from __future__ import annotations

import re
from bisect import bisect_left
from pathlib import Path

from rag.records import FileRecord, FileState

_ATTENTION = frozenset({FileState.PARTIAL, FileState.FAILED, FileState.SKIPPED, FileState.MISSING})
_NUMBER = re.compile(r"(\d+)")

SortKey = tuple[bool, tuple[tuple[int, str], ...], str]


def needs_attention(record: FileRecord) -> bool:
    """Whether the user should look at this file: something of it could not be read."""
    return record.state in _ATTENTION


class Node:
    """A folder, or a file with its line of the ledger.

    `children` are all of them in order, `shown` those that the filter lets through, and `row` the
    node's place among its parent's `shown`.
    """

    __slots__ = (
        "attention",
        "children",
        "files",
        "id",
        "key",
        "name",
        "parent",
        "path",
        "record",
        "row",
        "shown",
    )

    def __init__(
        self, number: int, path: Path, name: str, parent: Node | None, record: FileRecord | None
    ) -> None:
        self.id = number
        self.path = path
        self.name = name
        self.parent = parent
        self.record = record
        self.key: SortKey = (record is not None, _natural(name), str(path))
        self.children: list[Node] = []
        self.shown: list[Node] = []
        self.row = 0
        self.files = 0
        self.attention = 0

    @property
    def is_folder(self) -> bool:
        """Whether it is no file."""
        return self.record is None

    def count(self, files: int, attention: int) -> None:
        """Add to the counts of this node and of all above it."""
        node: Node | None = self
        while node is not None:
            node.files += files
            node.attention += attention
            node = node.parent

    def place_of(self, child: Node) -> int:
        """Where `child` is, or would be, among `children`."""
        return bisect_left(self.children, child.key, key=lambda node: node.key)

    def renumber(self, start: int = 0) -> None:
        """Set the rows of the nodes shown from `start` on."""
        for row in range(start, len(self.shown)):
            self.shown[row].row = row


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts “file 9” before “file 10”."""
    parts = _NUMBER.split(name.casefold())
    return tuple((int(part), "") if odd % 2 else (-1, part) for odd, part in enumerate(parts))
