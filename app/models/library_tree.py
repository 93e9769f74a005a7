"""The library as a tree of folders and files, fed with lines of the ledger."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.models.file_node import Node, needs_attention
from app.models.file_words import FileWords
from rag.records import FileRecord

_MANY = 64  # single changes of one batch above which the views are told to start anew

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row tells besides its name."""

    PATH = Qt.ItemDataRole.UserRole + 1
    RECORD = Qt.ItemDataRole.UserRole + 2  # FileRecord; None for a folder
    DETAIL = Qt.ItemDataRole.UserRole + 3  # the few words on the right
    ATTENTION = Qt.ItemDataRole.UserRole + 4  # how many files need attention, 0 or 1 for a file
    FILES = Qt.ItemDataRole.UserRole + 5


class LibraryTree(QAbstractItemModel):
    """Roots, the folders below them, and files; sorted, filtered, counted as they change."""

    counted = Signal(int, int)  # files in the library, and how many of them need attention

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._top = Node(0, Path(), "", None, None)
        self._nodes: dict[int, Node] = {0: self._top}
        self._by_path: dict[tuple[Path, Path], Node] = {}  # (root, path) of folders and files
        self._files: dict[Path, Node] = {}
        self._words = ""
        self._attention_only = False
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
        return bool(self._words) or self._attention_only

    def record(self, path: Path) -> FileRecord | None:
        """The line of the ledger for a file."""
        node = self._files.get(path)
        return node.record if node else None

    def index_of(self, path: Path) -> QModelIndex:
        """The row that shows a file or folder; invalid when none does."""
        node = self._files.get(path) or next(
            (node for (_, known), node in self._by_path.items() if known == path), None
        )
        return self._index(node) if node and self._is_shown(node) else QModelIndex()

    def files_below(self, path: Path) -> list[FileRecord]:
        """All files of the library that are `path` or lie in it, filtered or not."""
        return [
            node.record
            for file, node in self._files.items()
            if node.record is not None and (file == path or path in file.parents)
        ]

    def paths(self) -> set[Path]:
        """All files of the library, filtered or not."""
        return set(self._files)

    def places(self) -> list[Path]:
        """Roots, folders and files, for a question's scope."""
        return list(dict.fromkeys(path for _, path in self._by_path))

    # ------------------------------------------------------------ changes

    def change(self, files: Iterable[FileRecord], removed: Collection[Path] = ()) -> None:
        """Take new and changed lines in, and paths (of files or folders) out."""
        gone = [self._files[path] for path in self._expand(removed)]
        fresh: list[FileRecord] = []
        changed: dict[Node, None] = {}
        for record in files:
            node = self._files.get(record.path)
            if node is None or node.record is None:
                fresh.append(record)
            elif node.record.root != record.root:
                gone.append(node)
                fresh.append(record)
            else:
                attention = needs_attention(record) - needs_attention(node.record)
                node.record = record
                node.count(0, attention)
                changed[node] = None
        if self.filtered or len(gone) + len(fresh) > _MANY:
            self._rebuild(gone, fresh, restructured=bool(gone or fresh) or self._attention_only)
        else:
            for node in gone:
                self._take_out(node)
            for record in fresh:
                self._put_in(record)
        self._tell_changed(changed)
        self.counted.emit(self._top.files, self._top.attention)

    def filter(self, words: str, *, attention_only: bool) -> None:
        """Show only files whose path below the root has all `words`, or that need attention too."""
        words = " ".join(words.casefold().split())
        if (words, attention_only) == (self._words, self._attention_only):
            return
        self.beginResetModel()
        self._words, self._attention_only = words, attention_only
        self._sift(self._top)
        self.endResetModel()

    def _expand(self, removed: Collection[Path]) -> list[Path]:
        found = [path for path in removed if path in self._files]
        folders = {path for path in removed if path not in self._files}
        if folders:
            found += [path for path in self._files if not folders.isdisjoint(path.parents)]
        return found

    def _rebuild(self, gone: list[Node], fresh: list[FileRecord], *, restructured: bool) -> None:
        if not restructured:
            return
        self.beginResetModel()
        self._unlink(gone)
        unsorted: dict[int, Node] = {}
        for record in fresh:
            node = self._make(record, unsorted)
            node.count(1, needs_attention(record))
        for parent in unsorted.values():
            parent.children.sort(key=lambda child: child.key)
        self._sift(self._top)
        self.endResetModel()

    def _make(self, record: FileRecord, unsorted: dict[int, Node]) -> Node:
        """Append a file's node and those of its folders that are new; sorting is left to do."""
        parent = self._top
        for folder in _folders(record):
            node = self._by_path.get((record.root, folder))
            if node is None:
                name = folder.name or str(folder)
                node = self._new(record.root, folder, name, parent, None)
                parent.children.append(node)
                unsorted[parent.id] = parent
            parent = node
        node = self._new(record.root, record.path, record.path.name, parent, record)
        parent.children.append(node)
        unsorted[parent.id] = parent
        return node

    def _new(
        self, root: Path, path: Path, name: str, parent: Node, record: FileRecord | None
    ) -> Node:
        node = Node(next(self._ids), path, name, parent, record)
        self._nodes[node.id] = node
        self._by_path[root, path] = node
        if record is not None:
            self._files[path] = node
        return node

    def _put_in(self, record: FileRecord) -> None:
        parent = self._top
        for folder in _folders(record):
            node = self._by_path.get((record.root, folder))
            if node is None:
                name = folder.name or str(folder)
                node = self._new(record.root, folder, name, parent, None)
                self._insert(parent, node)
            parent = node
        node = self._new(record.root, record.path, record.path.name, parent, record)
        node.count(1, needs_attention(record))
        self._insert(parent, node)

    def _insert(self, parent: Node, node: Node) -> None:
        row = parent.place_of(node)
        self.beginInsertRows(self._index(parent), row, row)
        parent.children.insert(row, node)
        parent.shown.insert(row, node)
        parent.renumber(row)
        self.endInsertRows()

    def _take_out(self, node: Node) -> None:
        top = self._unlink_counts(node)
        parent = top.parent or self._top
        self.beginRemoveRows(self._index(parent), top.row, top.row)
        parent.children.remove(top)
        parent.shown.remove(top)
        parent.renumber(top.row)
        self._forget(top)
        self.endRemoveRows()

    def _unlink(self, gone: list[Node]) -> None:
        tops: dict[int, tuple[Node, set[int]]] = {}  # by the id of the parent
        for node in gone:
            top = self._unlink_counts(node)
            parent = top.parent or self._top
            tops.setdefault(parent.id, (parent, set()))[1].add(top.id)
            self._forget(top)
        for parent, ids in tops.values():
            parent.children = [child for child in parent.children if child.id not in ids]

    def _unlink_counts(self, node: Node) -> Node:
        """Take a file out of the counts; the highest node that becomes empty without it."""
        record = node.record
        node.count(-1, -needs_attention(record) if record else 0)
        top = node
        while top.parent is not None and top.parent is not self._top and top.parent.files == 0:
            top = top.parent
        return top

    def _forget(self, node: Node) -> None:
        for child in node.children:
            self._forget(child)
        self._nodes.pop(node.id, None)
        self._by_path.pop((_root(node), node.path), None)
        if node.record is not None:
            self._files.pop(node.path, None)

    def _tell_changed(self, changed: Collection[Node]) -> None:
        rows: dict[int, tuple[Node, int, int]] = {}
        for node in changed:
            step: Node | None = node
            while step is not None and step.parent is not None:
                if not self._is_shown(step):
                    break
                parent = step.parent
                _, low, high = rows.get(parent.id, (parent, step.row, step.row))
                rows[parent.id] = (parent, min(low, step.row), max(high, step.row))
                step = parent
        for parent, low, high in rows.values():
            above = self._index(parent)
            self.dataChanged.emit(self.index(low, 0, above), self.index(high, 0, above))

    def _sift(self, node: Node) -> bool:
        """Choose what is shown below `node`; whether anything is."""
        if not self.filtered:
            for child in node.children:
                self._sift(child)
            node.shown = list(node.children)
        else:
            node.shown = [
                child
                for child in node.children
                if (self._sift(child) if child.is_folder else self._passes(child))
            ]
        node.renumber()
        return bool(node.shown)

    def _passes(self, node: Node) -> bool:
        record = node.record
        if record is None or (self._attention_only and not needs_attention(record)):
            return False
        if not self._words:
            return True
        inside = record.path.relative_to(record.root.parent).as_posix().casefold()
        return all(word in inside for word in self._words.split())

    def _is_shown(self, node: Node) -> bool:
        parent = node.parent
        return parent is None or (node.row < len(parent.shown) and parent.shown[node.row] is node)

    # ------------------------------------------------------------ Qt's side

    def _index(self, node: Node) -> QModelIndex:
        return QModelIndex() if node.id == 0 else self.createIndex(node.row, 0, node.id)

    def _node(self, index: Index) -> Node:
        return self._nodes.get(index.internalId(), self._top) if index.isValid() else self._top

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Qt's."""
        shown = self._node(parent).shown
        if column != 0 or not 0 <= row < len(shown):
            return QModelIndex()
        return self.createIndex(row, 0, shown[row].id)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Qt's."""
        above = self._node(index).parent
        return QModelIndex() if above is None else self._index(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's."""
        return len(self._node(parent).shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008, N802
        """Qt's."""
        return 1

    def data(  # noqa: PLR0911  a row of a table each
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt's, with the roles of `Role`."""
        node = self._node(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return node.name
            case Qt.ItemDataRole.DecorationRole:
                return self._told.icon(node)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{node.path}\n{self._told.sentence(node)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{node.name}, {self._told.sentence(node)}"
            case Role.PATH:
                return node.path
            case Role.RECORD:
                return node.record
            case Role.DETAIL:
                return self._told.detail(node)
            case Role.ATTENTION:
                return node.attention
            case Role.FILES:
                return node.files
            case _:
                return None


def _root(node: Node) -> Path:
    while node.parent is not None and node.parent.parent is not None:
        node = node.parent
    return node.path


def _folders(record: FileRecord) -> list[Path]:
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
