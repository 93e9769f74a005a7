"""The nodes of the library's tree; folders know what the ledger's lines below them add up to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import add, attrgetter, sub
from pathlib import Path

from rag.records import FileRecord, FileState, FolderHealth

_ATTENTION = frozenset({FileState.PARTIAL, FileState.FAILED, FileState.MISSING})
_NUMBER = re.compile(r"(\d+)")
_STATES = tuple(FileState)
_NOTHING = (0,) * (len(_STATES) + 11)
_FILES, _NEEDY, _FIRST_STATE = 0, 1, 11  # places among a node's sums

SortKey = tuple[bool, tuple[tuple[int, str], ...], str]


def needs_attention(record: FileRecord) -> bool:
    """Whether the user should look at this file: something of it could not be read.

    What a rule leaves out does not need a look: the user can see and change the rules.
    """
    return record.state in _ATTENTION or record.locked or record.quarantined


class Node:
    """A folder, or a file with its line of the ledger.

    `children` are all of them in order; `shown` those that the filter lets through, in order too.
    """

    __slots__ = (
        "children",
        "folded",
        "id",
        "key",
        "name",
        "parent",
        "path",
        "record",
        "shown",
        "sums",
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
        self.folded = ""  # the path below the root's parent, for searching; made when needed
        self.children: list[Node] = []
        self.shown: list[Node] = []
        self.sums: tuple[int, ...] = _NOTHING

    @property
    def is_folder(self) -> bool:
        """Whether it is no file."""
        return self.record is None

    @property
    def files(self) -> int:
        """How many files there are in it; 1 for a file."""
        return self.sums[_FILES]

    @property
    def attention(self) -> int:
        """How many of them need attention."""
        return self.sums[_NEEDY]

    @property
    def row(self) -> int:
        """Its place among its parent's `shown`, where it is or would be."""
        return place_in(self.parent.shown, self) if self.parent else 0

    @property
    def is_shown(self) -> bool:
        """Whether it is among its parent's `shown`."""
        if self.parent is None:
            return True
        row = self.row
        return row < len(self.parent.shown) and self.parent.shown[row] is self

    def count(self, figures: tuple[int, ...]) -> None:
        """Add `figures` to the sums of this node and of all above it."""
        node: Node | None = self
        while node is not None:
            node.sums = tuple(map(add, node.sums, figures))
            node = node.parent

    def health(self) -> FolderHealth:
        """What `rag.records.health_of` would say of the files below, from the running sums."""
        _, _, pages, scanned, empty, unread, words, chunks, locked, quarantined, same = self.sums[
            :_FIRST_STATE
        ]
        counts = zip(_STATES, self.sums[_FIRST_STATE:], strict=True)
        return FolderHealth(
            root=self.path,
            states=tuple((state, count) for state, count in counts if count),
            files=self.files,
            pages=pages,
            scanned_pages=scanned,
            empty_pages=empty,
            unread_pages=unread,
            words=words,
            chunks=chunks,
            locked=locked,
            quarantined=quarantined,
            duplicates=same,
        )


def figures_of(record: FileRecord) -> tuple[int, ...]:
    """What a line of the ledger adds to the sums of the folders above it."""
    return (
        1,
        needs_attention(record),
        record.pages if record.paged else 0,
        record.scanned_pages,
        record.empty_pages,
        record.unread_pages,
        record.words,
        record.chunks if record.same_as is None else 0,
        record.locked,
        record.quarantined,
        record.same_as is not None,
        *[record.state is state for state in _STATES],
    )


def difference(before: FileRecord | None, after: FileRecord | None) -> tuple[int, ...]:
    """What changes in the sums when a line comes (`before` None), changes or goes."""
    old = _NOTHING if before is None else figures_of(before)
    new = _NOTHING if after is None else figures_of(after)
    return tuple(map(sub, new, old))


def place_in(row: list[Node], node: Node) -> int:
    """Where `node` is, or would be, in a list of nodes in order."""
    return bisect_left(row, node.key, key=_KEY)


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Folders before files, names as people sort them."""
    return sorted(nodes, key=_KEY)


def files_in(node: Node) -> Iterator[Node]:
    """The files below a node, or the node itself if it is one."""
    if not node.is_folder:
        yield node
    for child in node.children:
        yield from files_in(child)


def above_of(node: Node) -> Iterator[Node]:
    """The folders above a node, from its own to the top."""
    while node.parent is not None:
        node = node.parent
        yield node


def highest_empty(node: Node) -> Node:
    """The highest folder that holds no file any more, or the node itself."""
    while node.parent is not None and node.parent.parent is not None and not node.parent.files:
        node = node.parent
    return node


def root_of(node: Node) -> Path:
    """The path that the user added, under which the node lies."""
    while node.parent is not None and node.parent.parent is not None:
        node = node.parent
    return node.path


def folders_of(record: FileRecord) -> list[Path]:
    """The folders from the root down to the file's own; none for a file added alone."""
    if record.path == record.root:
        return []
    try:
        inside = record.path.relative_to(record.root).parts[:-1]
    except ValueError:
        return [record.root]
    folders = [record.root]
    for part in inside:
        folders.append(folders[-1] / part)
    return folders


def runs(row: list[Node], nodes: list[Node]) -> Iterator[tuple[int, list[Node]]]:
    """Where to insert which of `nodes` into `row`, both in order: neighbours at once.

    Each is inserted by the caller before the next is asked for.
    """
    at = 0
    while at < len(nodes):
        place, end = place_in(row, nodes[at]), at + 1
        while end < len(nodes) and place_in(row, nodes[end]) == place:
            end += 1
        yield place, nodes[at:end]
        at = end


_KEY = attrgetter("key")


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts “file 9” before “file 10”."""
    parts = _NUMBER.split(name.casefold())
    return tuple((int(part), "") if odd % 2 else (-1, part) for odd, part in enumerate(parts))
