"""The library as a ledger: what was added, what was read of it, and how it stands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.models.library_roles import Role
from app.models.library_tree import LibraryTree
from app.widgets.drop_area import DropArea
from app.widgets.library_foot import LibraryFoot
from app.widgets.library_view import LibraryView
from app.widgets.progress_card import ProgressCard
from app.widgets.search_model_card import SearchModelCard
from app.widgets.undo_bar import UndoBar
from app.widgets.whole_card import WholeCard
from rag.events import ReadingProgress, WholeProgress
from rag.records import FileRecord, FileState

_TYPING_MS = 150  # between a key in the search field and the search
_LOW = 260  # px, before the text's scale; below it the drop area takes too much
_LOW_WITH_FILES = 540  # below it the files need its room
_LOW_FOR_FIGURES = 420  # and that of the line of figures
_OPEN_BELOW = 60  # files of a new root up to which it is shown open
_SETTLING_MS = 100  # from a new root's first files until its size is looked at
_MOST_FOUND = 300  # rows up to which the folders of what a filter finds are opened
_READ = {FileState.READY, FileState.PARTIAL}


class LibraryPane(QWidget):
    """Shows the tree and how reading goes; every wish about files is a signal."""

    add_folder_wanted = Signal()
    add_files_wanted = Signal()
    removed = Signal(list)  # paths to take out of the library
    undo_wanted = Signal()
    refresh_wanted = Signal(list)  # paths to read again
    ask_only_wanted = Signal(list)  # paths to ask about
    open_wanted = Signal(Path)
    reveal_wanted = Signal(Path)
    text_wanted = Signal(Path)
    about_wanted = Signal(Path)  # all that is known of a file or folder
    password_wanted = Signal(list)  # locked files to be opened
    pause_wanted = Signal()
    resume_wanted = Signal()
    cancel_wanted = Signal()
    read_whole_wanted = Signal(list)  # files to be read whole in the background
    forget_whole_wanted = Signal(list)  # files of which nothing is to be kept read whole

    def __init__(self, tree: LibraryTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Library"))
        self._tree = tree
        self._known: set[Path] = set()  # roots that were shown once
        self._open: set[Path] = set()  # folders that the user sees open
        self._has_files = False
        self.drop_area = DropArea()
        self.search = QLineEdit()
        self.view = LibraryView()
        self.foot = LibraryFoot()
        self.progress = ProgressCard()
        self.whole = WholeCard()
        self.search_model = SearchModelCard()
        self.undo_bar = UndoBar()
        self._caption = QLabel(self.tr("LIBRARY"))
        self._empty = QLabel(self.tr("No file has this in its name."))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._lay_out()
        self._connect()
        self._count(tree.files, tree.attention)

    # ------------------------------------------------------------ shown

    def show_progress(self, progress: ReadingProgress | None) -> None:
        """Show how far the reading is; None when nothing is read."""
        self.progress.show_progress(progress)
        self.search_model.wait(waits=progress is not None)

    def show_whole(self, progress: WholeProgress | None, waiting: int) -> None:
        """Show how far reading whole in the background is, and how many documents wait."""
        self.whole.show_progress(progress, waiting)

    def show_undo(self, words: str) -> None:
        """Offer to undo what `words` say; empty takes the offer back."""
        self.undo_bar.offer(words)

    def show_file(self, path: Path) -> None:
        """Select the row of a file that is shown elsewhere; the keyboard's focus stays."""
        index = self._tree.index_of(path)
        if not index.isValid():
            self.view.clearSelection()
            return
        above = index.parent()
        while above.isValid():
            self.view.setExpanded(above, True)
            above = above.parent()
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)

    def selected(self) -> list[Path]:
        """The paths that are selected, without those inside of selected folders."""
        paths = [Path(index.data(Role.PATH)) for index in self.view.selectedIndexes()]
        chosen = set(paths)
        return [path for path in paths if chosen.isdisjoint(path.parents)]

    # ------------------------------------------------------------ made

    def _lay_out(self) -> None:
        theme.set_kind(self._caption, "caption")
        self.search.setPlaceholderText(self.tr("Find a file"))
        self.search.setAccessibleName(self.tr("Find a file by its name"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.view.setModel(self._tree)
        self.view.setAccessibleName(self.tr("Files of the library"))
        theme.set_kind(self._empty, "secondary")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._empty.setWordWrap(True)

        head = QHBoxLayout()
        head.setContentsMargins(6, 12, 0, 4)
        head.addWidget(self._caption)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(4)
        layout.addWidget(self.drop_area)
        layout.addLayout(head)
        layout.addWidget(self.search)
        layout.addWidget(self._empty)
        layout.addWidget(self.view, 1)
        for card in (self.undo_bar, self.foot, self.search_model, self.whole, self.progress):
            layout.addSpacing(4)
            layout.addWidget(card)
        self.setMinimumWidth(200)

    def _connect(self) -> None:
        self.drop_area.add_folder_wanted.connect(self.add_folder_wanted)
        for card in (self.progress, self.search_model):
            card.pause_wanted.connect(self.pause_wanted)
            card.resume_wanted.connect(self.resume_wanted)
        self.progress.cancel_wanted.connect(self.cancel_wanted)
        self.undo_bar.undo_wanted.connect(self.undo_wanted)
        self.search.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._filter)
        self.foot.only_changed.connect(self._filter)
        self._settling.timeout.connect(self._open_new_roots)
        self.view.activated.connect(self._activate)
        self.view.expanded.connect(self._expand)
        self.view.collapsed.connect(self._collapse)
        self.view.customContextMenuRequested.connect(self._show_menu)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Delete), self._remove),
            (QKeySequence("Alt+Return"), self._tell_about),
        ):
            shortcut = QShortcut(keys, self.view, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._tree.counted.connect(self._count)
        self._tree.modelReset.connect(self._restore)
        self._tree.rowsInserted.connect(self._restore_new)
        self.view.selectionModel().selectionChanged.connect(self._show_line)

    # ------------------------------------------------------------ what happens

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave a low pane to the files; they can be added by the menu and dropped anywhere."""
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        has_files = self._tree.files > 0
        low = theme.px(_LOW_WITH_FILES if has_files else _LOW)
        for part in (self.drop_area, self._caption):
            part.setVisible(self.height() >= low)
        self.foot.line.setVisible(has_files and self.height() >= theme.px(_LOW_FOR_FIGURES))

    def show_left_out(self, reason: str = "") -> None:
        """Show only what is left out, by one rule where its `reason` is given."""
        self.search.clear()
        self.foot.show_left_out(reason)
        self.view.setFocus()

    def _filter(self) -> None:
        self._tree.filter(self.search.text(), self.foot.only, self.foot.reason)
        self._empty.setVisible(self._tree.filtered and self._tree.rowCount() == 0)

    def _count(self, files: int, attention: int) -> None:
        self.search.setVisible(files > 0)
        self._empty.setVisible(self._tree.filtered and self._tree.rowCount() == 0)
        self.foot.show_health(self._tree.health(), attention)
        self._show_line()
        if bool(files) != self._has_files:
            self._has_files = bool(files)
            self._share_height()

    def _show_line(self) -> None:
        """Say how the folder stands that is selected, or that the selected file lies in."""
        chosen = self.view.selectionModel().selection()
        index = chosen.indexes()[0] if chosen.count() == 1 else QModelIndex()
        if index.data(Role.RECORD) is not None:
            index = index.parent()
        path = Path(index.data(Role.PATH)) if index.isValid() else None
        self.foot.show_line(self._tree.health(path), path.name if path else "")

    def _expand(self, index: QModelIndex) -> None:
        if not self._tree.filtered:
            self._open.add(Path(index.data(Role.PATH)))

    def _collapse(self, index: QModelIndex) -> None:
        if not self._tree.filtered:
            self._open.discard(Path(index.data(Role.PATH)))

    def _restore(self) -> None:
        """Open what was open before the model was reset; as much as fits of what a filter found."""
        if self._tree.filtered:
            self._open_found()
        else:
            self._restore_below(QModelIndex(), 0, self._tree.rowCount() - 1)
            self._settling.start()

    def _restore_new(self, above: QModelIndex, first: int, last: int) -> None:
        self._restore_below(above, first, last)
        if not above.isValid():
            self._settling.start()

    def _restore_below(self, above: QModelIndex, first: int, last: int) -> None:
        """Open the folders in a range of rows that the user sees open."""
        for row in range(first, last + 1):
            index = self._tree.index(row, 0, above)
            if index.data(Role.RECORD) is not None:
                return  # folders come first
            if self._tree.filtered or Path(index.data(Role.PATH)) in self._open:
                self.view.setExpanded(index, True)
                self._restore_below(index, 0, index.data(Role.SHOWN) - 1)

    def _open_found(self) -> None:
        """Open folders from the top down, as long as that makes a list to look through."""
        left = _MOST_FOUND
        waiting = [self._tree.index(row, 0) for row in range(self._tree.rowCount())]
        for index in waiting:
            if index.data(Role.RECORD) is None and index.data(Role.SHOWN) <= left:
                left -= index.data(Role.SHOWN)
                self.view.setExpanded(index, True)
                waiting += [self._tree.index(r, 0, index) for r in range(index.data(Role.SHOWN))]

    def _open_new_roots(self) -> None:
        """Show a new small folder open; by now its files have come."""
        if self._tree.filtered:
            return
        for row in range(self._tree.rowCount()):
            index = self._tree.index(row, 0)
            path = Path(index.data(Role.PATH))
            if index.data(Role.RECORD) is None and path not in self._known:
                self._known.add(path)
                if index.data(Role.FILES) <= _OPEN_BELOW:
                    self.view.setExpanded(index, True)

    def _activate(self, index: QModelIndex) -> None:
        record = index.data(Role.RECORD)
        if not isinstance(record, FileRecord):
            self.view.setExpanded(index, not self.view.isExpanded(index))
        elif record.state in _READ:
            self.text_wanted.emit(record.path)
        else:
            self.about_wanted.emit(record.path)

    def _remove(self) -> None:
        if paths := self.selected():
            self.removed.emit(paths)

    def _tell_about(self) -> None:
        if len(paths := self.selected()) == 1:
            self.about_wanted.emit(paths[0])

    def _show_menu(self, position: QPoint) -> None:
        paths = self.selected()
        menu = self.menu_for(paths)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(position))

    def menu_for(self, paths: list[Path]) -> QMenu:
        """What can be done with `paths`; without any, what can be added."""
        menu = QMenu(self)
        if not paths:
            menu.addAction(
                theme.icon("folder-add"), self.tr("Add folder…"), self.add_folder_wanted.emit
            )
            menu.addAction(theme.icon("plus"), self.tr("Add files…"), self.add_files_wanted.emit)
            return menu
        menu.addAction(
            theme.icon("search"),
            self.tr("Ask only about this"),
            lambda: self.ask_only_wanted.emit(paths),
        )
        if len(paths) == 1:
            self._add_for_one(menu, paths[0])
        self._add_for_whole(menu, paths)
        if locked := self._locked(paths):
            menu.addSeparator()
            menu.addAction(
                theme.icon("lock"),
                self.tr("Enter password…"),
                lambda: self.password_wanted.emit(locked),
            )
        menu.addSeparator()
        menu.addAction(
            theme.icon("refresh"), self.tr("Read again"), lambda: self.refresh_wanted.emit(paths)
        )
        menu.addAction(
            theme.icon("trash"), self.tr("Remove from library"), lambda: self.removed.emit(paths)
        )
        return menu

    def _add_for_one(self, menu: QMenu, path: Path) -> None:
        record = self._tree.record(path)
        menu.addSeparator()
        menu.addAction(theme.icon("open"), self.tr("Open"), lambda: self.open_wanted.emit(path))
        menu.addAction(
            theme.icon("folder"),
            self.tr("Show in folder"),
            lambda: self.reveal_wanted.emit(path),
        )
        if record is not None and record.state in _READ:
            menu.addAction(
                theme.icon("eye"),
                self.tr("Show what Footnote sees"),
                lambda: self.text_wanted.emit(path),
            )
        words = self.tr("About this folder…") if record is None else self.tr("About this file…")
        menu.addAction(theme.icon("info"), words, lambda: self.about_wanted.emit(path))

    def _add_for_whole(self, menu: QMenu, paths: list[Path]) -> None:
        """What can be done with files so that questions about all of one need not wait."""
        records = [self._tree.record(path) for path in paths]
        if any(record is None or record.state not in _READ for record in records):
            return
        shares = [self._tree.index_of(path).data(Role.WHOLE) or 0.0 for path in paths]
        menu.addSeparator()
        read = menu.addAction(
            theme.icon("whole"),
            self.tr("Read whole in the background"),
            lambda: self.read_whole_wanted.emit(paths),
        )
        read.setEnabled(min(shares) < 1)
        if max(shares) > 0:
            menu.addAction(
                theme.icon("minus"),
                self.tr("Forget what was read whole"),
                lambda: self.forget_whole_wanted.emit(paths),
            )

    def _locked(self, paths: list[Path]) -> list[Path]:
        below = [record for path in paths for record in self._tree.files_below(path)]
        return [record.path for record in below if record.locked]
