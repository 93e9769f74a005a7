"""The library as a tree of folders and files, fed with lines of the ledger."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import neg
from pathlib import Path

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.models.file_filter import FileFilter, Only
from app.models.file_node import (
    Node,
    above_of,
    difference,
    files_in,
    folders_of,
    highest_empty,
    in_order,
    root_of,
    runs,
)
from app.models.file_words import FileWords
from app.models.library_roles import TELLS
from rag.records import FileRecord, FileState, FolderHealth

Index = QModelIndex | QPersistentModelIndex


class LibraryTree(QAbstractItemModel):
    """Roots, the folders below them, and files; sorted, filtered, summed up as they change."""

    counted = Signal(int, int)  # files in the library, and how many of them need attention

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._top = Node(0, Path(), "", None, None)
        self._nodes: dict[int, Node] = {0: self._top}
        self._folders: dict[tuple[Path, Path], Node] = {}  # by root and path
        self._files: dict[Path, Node] = {}
        self._filter = FileFilter()
        self._told = FileWords(self)

    # ------------------------------------------------------------ what is in it

    @property
    def files(self) -> int:
        """How many files the library has, also those filtered away."""
        return self._top.files

    @property
    def attention(self) -> int:
        """How many files need attention."""
        return self._top.attention

    @property
    def filtered(self) -> bool:
        """Whether some files may be hidden."""
        return self._filter.active

    def record(self, path: Path) -> FileRecord | None:
        """The line of the ledger for a file."""
        node = self._files.get(path)
        return node.record if node else None

    def records(self) -> Iterator[FileRecord]:
        """All lines of the ledger, filtered or not."""
        return (node.record for node in self._files.values() if node.record is not None)

    def health(self, path: Path | None = None) -> FolderHealth:
        """How a folder stands; the whole library without `path`, or for one that is not in it."""
        nodes = self._places(path) if path else []
        return (nodes[0] if nodes else self._top).health()

    def left_out(self) -> list[tuple[str, int]]:
        """The rules by which files are left out, and how many each keeps out; most first."""
        skipped = (line.reason for line in self.records() if line.state is FileState.SKIPPED)
        return Counter(skipped).most_common()

    def index_of(self, path: Path) -> QModelIndex:
        """The row that shows a file or folder; invalid when none does."""
        node = next(iter(self._places(path)), None)
        return self._index(node) if node and self._is_reachable(node) else QModelIndex()

    def files_below(self, path: Path) -> list[FileRecord]:
        """All files of the library that are `path` or lie in it, filtered or not."""
        nodes = [file for node in self._places(path) for file in files_in(node)]
        return [node.record for node in nodes if node.record is not None]

    def paths(self) -> set[Path]:
        """All files of the library, filtered or not."""
        return set(self._files)

    def words_in(self, paths: Sequence[Path]) -> int:
        """How many words these files have together; 0 where one of them is not known."""
        records = [self.record(path) for path in paths]
        return sum(r.words for r in records if r) if all(r and r.words for r in records) else 0

    def places(self) -> list[Path]:
        """Roots, folders and files, for a question's scope."""
        return [*dict.fromkeys(path for _, path in self._folders), *self._files]

    # ------------------------------------------------------------ changes

    def change(self, files: Iterable[FileRecord], removed: Collection[Path] = ()) -> None:
        """Take new and changed lines in, and paths (of files or folders) out.

        Costs by what changes, whatever the library's size; some hundred lines fit into a frame.
        """
        self._take_out([node for path in removed for node in self._places(path)])
        fresh: dict[Path, FileRecord] = {}
        changed: list[Node] = []
        moved: list[Node] = []  # to another root
        for record in files:
            node = self._files.get(record.path)
            if node is None or node.record is None:
                fresh[record.path] = record
            elif node.record.root != record.root:
                moved.append(node)
                fresh[record.path] = record
            else:
                node.count(difference(node.record, record))
                node.record = record
                changed.append(node)
        self._take_out(moved)
        if fresh:
            self._put_in(fresh.values())
        self._show_changed(changed)
        self.counted.emit(self._top.files, self._top.attention)

    def mark_whole(self, shares: Mapping[Path, float]) -> None:
        """Show how much (0..1) of which files was read whole and is kept; of no others."""
        before = self._told.read_whole
        self._told.read_whole = dict(shares)
        changed = {path for path, _ in before.items() ^ self._told.read_whole.items()}
        for node in filter(None, map(self._files.get, changed)):
            if self._is_reachable(node):
                index = self._index(node)
                self.dataChanged.emit(index, index)

    def filter(self, words: str, only: Only = Only.ALL, reason: str = "") -> None:
        """Show only files whose path below the root has all `words`, and that are of one kind."""
        wanted = FileFilter(tuple(words.casefold().split()), only, reason)
        if wanted == self._filter:
            return
        self.beginResetModel()
        self._filter = wanted
        self._sift(self._top)
        self.endResetModel()

    def _places(self, path: Path) -> list[Node]:
        """The nodes of a file or folder: several where roots lie in each other."""
        file = self._files.get(path)
        if file is not None:
            return [file]
        return [node for (_, known), node in self._folders.items() if known == path]

    # ------------------------------------------------------------ rows come and go

    def _put_in(self, records: Iterable[FileRecord]) -> None:
        passing: list[Node] = []
        under: defaultdict[int, list[Node]] = defaultdict(list)  # new ones, by their parent's id
        for record in records:
            parent = self._folder_of(record, under)
            node = Node(next(self._ids), record.path, record.path.name, parent, record)
            self._nodes[node.id] = node
            self._files[record.path] = node
            under[parent.id].append(node)
            node.count(difference(None, record))
            if self._filter.passes(node) or not self._filter.active:
                passing.append(node)
        for number, nodes in under.items():
            parent = self._nodes[number]
            parent.children = in_order([*parent.children, *nodes])
        self._reveal(passing)

    def _folder_of(self, record: FileRecord, under: dict[int, list[Node]]) -> Node:
        """The node of a file's folder; those that are not there yet are made."""
        parent = self._top
        for folder in folders_of(record):
            node = self._folders.get((record.root, folder))
            if node is None:
                name = folder.name or str(folder)
                node = Node(next(self._ids), folder, name, parent, None)
                self._nodes[node.id] = node
                self._folders[record.root, folder] = node
                under[parent.id].append(node)
            parent = node
        return parent

    def _reveal(self, nodes: list[Node]) -> None:
        """Show `nodes`, and the folders above them that showed nothing."""
        waiting = nodes
        while waiting:
            by_parent: dict[int, list[Node]] = {}
            for node in waiting:
                parent = node.parent or self._top
                by_parent.setdefault(parent.id, []).append(node)
            waiting = []
            for number, new in by_parent.items():
                parent = self._nodes[number]
                if parent is not self._top and not parent.shown:
                    parent.shown = in_order(new)
                    waiting.append(parent)
                else:
                    self._insert(parent, in_order(new))

    def _insert(self, parent: Node, nodes: list[Node]) -> None:
        """Insert rows, those side by side at once. A parent that is not shown tells nobody."""
        told = self._is_reachable(parent)
        for row, run in runs(parent.shown, nodes):
            if told:
                self.beginInsertRows(self._index(parent), row, row + len(run) - 1)
            parent.shown[row:row] = run
            if told:
                self.endInsertRows()

    def _take_out(self, nodes: list[Node]) -> None:
        """Remove files and folders, and the folders above that hold no file without them."""
        chosen = {node.id for node in nodes}
        nodes = [node for node in nodes if not any(above.id in chosen for above in above_of(node))]
        for node in nodes:
            node.count(tuple(map(neg, node.sums)))
        tops = {top.id: top for top in map(highest_empty, nodes)}
        by_parent: dict[int, list[Node]] = {}
        for top in tops.values():
            by_parent.setdefault((top.parent or self._top).id, []).append(top)
        for number, empty in by_parent.items():
            self._hide(empty)
            parent = self._nodes[number]
            ids = {node.id for node in empty}
            parent.children = [child for child in parent.children if child.id not in ids]
        for top in tops.values():
            self._forget(top)

    def _hide(self, nodes: list[Node]) -> None:
        """Take the rows of `nodes` of one parent away, and of folders that then show nothing."""
        shown = [node for node in nodes if node.is_shown]
        parent = shown[0].parent if shown else None
        if parent is None:
            return
        if len(shown) == len(parent.shown) and parent.parent is not None:
            self._hide([parent])
            parent.shown = []
            return
        told = self._is_reachable(parent)
        rows = sorted((node.row for node in shown), reverse=True)
        for _, run in itertools.groupby(enumerate(rows), key=lambda pair: pair[0] + pair[1]):
            together = [row for _, row in run]
            if told:
                self.beginRemoveRows(self._index(parent), together[-1], together[0])
            del parent.shown[together[-1] : together[0] + 1]
            if told:
                self.endRemoveRows()

    def _show_changed(self, changed: Iterable[Node]) -> None:
        """Tell the views of changed lines, and of those that the filter now sees differently."""
        rows: dict[int, tuple[Node, int, int]] = {}
        appearing: list[Node] = []
        for node in changed:
            passes = self._filter.passes(node) or not self._filter.active
            if passes != node.is_shown:
                if passes:
                    appearing.append(node)
                else:
                    self._hide([node])
        self._reveal(appearing)
        for node in changed:
            step: Node | None = node
            while step is not None and step.parent is not None and step.is_shown:
                row, parent = step.row, step.parent
                _, low, high = rows.get(parent.id, (parent, row, row))
                rows[parent.id] = (parent, min(low, row), max(high, row))
                step = parent
        for parent, low, high in rows.values():
            if self._is_reachable(parent):
                above = self._index(parent)
                self.dataChanged.emit(self.index(low, 0, above), self.index(high, 0, above))

    def _is_reachable(self, node: Node) -> bool:
        return node.is_shown and all(above.is_shown for above in above_of(node))

    def _forget(self, node: Node) -> None:
        self._nodes.pop(node.id, None)
        if node.record is not None:
            self._files.pop(node.path, None)
        else:
            self._folders.pop((root_of(node), node.path), None)
        for child in node.children:
            self._forget(child)
        node.parent = None  # nodes in no circle go at once, without the garbage collector
        node.children = node.shown = []

    def _sift(self, node: Node) -> bool:
        """Choose what is shown below `node`; whether anything is."""
        passes = self._filter.passes if self._filter.active else None
        node.shown = [
            child
            for child in node.children
            if (self._sift(child) if child.is_folder else passes is None or passes(child))
        ]
        return bool(node.shown)

    # ------------------------------------------------------------ Qt's side

    def _index(self, node: Node) -> QModelIndex:
        return QModelIndex() if node.id == 0 else self.createIndex(node.row, 0, node.id)

    def _node(self, index: Index) -> Node:
        return self._nodes.get(index.internalId(), self._top) if index.isValid() else self._top

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Qt's."""
        shown = self._nodes[parent.internalId()].shown  # 0, the top's id, where it is invalid
        if column == 0 and 0 <= row < len(shown):
            return self.createIndex(row, 0, shown[row].id)
        return QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Qt's."""
        above = self._node(index).parent
        return QModelIndex() if above is None else self._index(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's."""
        return len(self._node(parent).shown)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008, N802
        """Qt's."""
        return bool(self._nodes[parent.internalId()].shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008, N802
        """Qt's."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's, with the roles of `Role`."""
        tell = TELLS.get(role)
        return tell(self._told, self._node(index)) if tell else None
