"""The main window: it places the panes, and remembers how the user left them."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app import theme
from app.actions import Actions
from app.models.drop import Readable, paths_in, sort_drop
from app.models.library_tree import LibraryTree
from app.settings import WindowSettings
from app.widgets.banner import BannerArea, Tone
from app.widgets.conversation_list import ConversationList
from app.widgets.conversation_pane import ConversationPane
from app.widgets.drop_area import DropOverlay
from app.widgets.header import Header
from app.widgets.library_pane import LibraryPane
from app.widgets.panes import Panes
from app.widgets.question_box import QuestionBox
from app.widgets.source_pane import SourcePane
from app.widgets.status_line import StatusLine

_ZOOM_STEP = 1.1
_DRAFT_MS = 500
_PASSING_MS = 8000  # how long good news stays


class MainWindow(QMainWindow):
    """Three panes between a header and a status line; `app.wiring` gives them something to do."""

    painted = Signal()  # once, after the first paint
    dropped = Signal(list)  # paths, anywhere on the window but where they mean something else
    closed = Signal()

    def __init__(self, tree: LibraryTree, settings: WindowSettings) -> None:
        super().__init__()
        self._settings = settings
        self._was_painted = False
        self.readable = Readable()
        self.setWindowTitle("Footnote")
        self.setMinimumSize(800, 600)
        self.setAcceptDrops(True)
        self.does = Actions(self)
        self.header = Header()
        self.banners = BannerArea()
        self.library = LibraryPane(tree)
        self.conversations = ConversationList()
        self.side = QStackedWidget()
        self.conversation = ConversationPane()
        self.source = SourcePane()
        self.panes = Panes(self.side, self.conversation, self.source)
        self.status = StatusLine()
        self.menu = QMenu(self)
        self._lay_out()
        self.overlay = DropOverlay(self)
        self._draft = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._draft.timeout.connect(self.keep_draft)
        self.question_box.edit.textChanged.connect(self._draft.start)
        self._connect_view()
        self._restore()

    # ------------------------------------------------------------ shown

    def show_title(self, title: str) -> None:
        """Show what the conversation is called; empty for a new one."""
        self.header.show_title(title)
        self.setWindowTitle(f"{title} – Footnote" if title else "Footnote")
        for action in (self.does.export, self.does.print_out):
            action.setEnabled(bool(title))

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001  a slot
        """Show whether an answer is in work."""
        self.question_box.set_busy(busy)
        self.does.stop.setEnabled(busy)

    def show_conversations(self, *, shown: bool) -> None:
        """Show the list of conversations in the library's place, or the library again."""
        self.side.setCurrentWidget(self.conversations if shown else self.library)
        self.does.conversations.setChecked(shown)
        if shown:
            self.panes.show_pane("library", shown=True)
            self.conversations.setFocus()

    def show_source(self) -> None:
        """Make room for the source pane."""
        self.panes.show_pane("source", shown=True)

    def focus_question(self) -> None:
        """Go where a question is typed."""
        self.question_box.setFocus()

    def find_file(self) -> None:
        """Go where a file's name is typed."""
        self.show_conversations(shown=False)
        self.panes.show_pane("library", shown=True)
        self.library.search.setFocus()
        self.library.search.selectAll()

    def show_left_out(self, reason: str) -> None:
        """Show what is left out of the library, by one rule where its `reason` is named."""
        self.show_conversations(shown=False)
        self.panes.show_pane("library", shown=True)
        self.library.show_left_out(reason)

    def tell_for_a_while(self, key: str, words: str) -> None:
        """Show good news that needs no answer."""
        self.banners.tell(key, words, Tone.NOTICE)
        QTimer.singleShot(_PASSING_MS, self, lambda: self.banners.withdraw(key))

    def come_to_front(self) -> None:
        """Raise the window, out of the task bar too."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def keep_draft(self) -> None:
        """Remember the question that is typed, on the disk."""
        self._settings.draft = self.question_box.draft()
        self._settings.save()

    # ------------------------------------------------------------ made

    def _lay_out(self) -> None:
        self.side.addWidget(self.library)
        self.side.addWidget(self.conversations)
        for menu in self.does.menus(self):
            self.menu.addMenu(menu)
            if sys.platform == "darwin":
                self.menuBar().addMenu(menu)
        for action in (self.does.new, self.does.conversations, self.does.settings):
            self.header.add_button(action)
        button = self.header.add_menu(self.menu, self.does.menu.toolTip())
        self.does.menu.triggered.connect(button.showMenu)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.banners)
        layout.addWidget(self.panes, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(middle)

    def _connect_view(self) -> None:
        does, settings = self.does, self._settings
        for action, act in (
            (does.find_file, self.find_file),
            (does.focus_question, self.focus_question),
            (does.find_words, self.conversation.open_find),
            (does.conversation, self.focus_question),
            (does.library, lambda: self.panes.toggle("library")),
            (does.source, lambda: self.panes.toggle("source")),
            (does.larger, lambda: self._zoom(settings.zoom * _ZOOM_STEP)),
            (does.smaller, lambda: self._zoom(settings.zoom / _ZOOM_STEP)),
            (does.usual_size, lambda: self._zoom(1.0)),
            (does.quit, self.close),
        ):
            action.triggered.connect(lambda _=False, act=act: act())
        does.conversations.triggered.connect(lambda on: self.show_conversations(shown=on))
        self.panes.shown_changed.connect(self._check_panes)
        self.panes.hidden_by_user.connect(lambda pane, off: settings.hide(pane, hidden=off))

    def _restore(self) -> None:
        self._settings.place_window(self)
        hidden = self._settings.is_hidden("library")
        self.panes.restore(self._settings.pane_sizes, library_hidden=hidden)
        self.question_box.set_draft(self._settings.draft)
        self._check_panes()
        self.focus_question()

    def _check_panes(self) -> None:
        self.does.library.setChecked(self.panes.is_shown("library"))
        self.does.source.setChecked(self.panes.is_shown("source"))

    def _zoom(self, zoom: float) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._settings.zoom = zoom
            theme.apply(app, zoom=self._settings.zoom)

    # ------------------------------------------------------------ Qt's side

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Say what letting go would do."""
        promise = sort_drop(paths_in(event.mimeData()), self.readable).promise()
        if promise:
            event.acceptProposedAction()
            self.overlay.promise(promise)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Take the promise back."""
        self.overlay.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Keep the promise."""
        self.overlay.hide()
        event.acceptProposedAction()
        self.dropped.emit(paths_in(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Tell of the first paint, once it has reached the screen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Keep the draft when the user turns to another program."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._draft.isActive():
            self.keep_draft()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember everything and go at once; what takes time comes after."""
        self._settings.keep_window(self)
        self._settings.pane_sizes = self.panes.widths
        self.keep_draft()
        event.accept()
        self.hide()
        self.closed.emit()

    @property
    def question_box(self) -> QuestionBox:
        """Where questions are typed."""
        return self.conversation.question_box

    @property
    def last_folder(self) -> str:
        """Where file dialogs begin."""
        return self._settings.last_folder

    def remember_folder(self, path: Path) -> None:
        """Let file dialogs begin where `path` is."""
        self._settings.last_folder = str(path if path.is_dir() else path.parent)
