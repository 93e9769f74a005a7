"""Everything that can be done with a key or from a menu, each thing once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app import theme

_Keys = QKeySequence.StandardKey


class Actions(QObject):
    """The window's actions; the window connects them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.all: list[QAction] = []
        self._make_files()
        self._make_conversation()
        self._make_view()
        self._make_rest()
        self.undo.setEnabled(False)
        self.stop.setEnabled(False)
        self.export.setEnabled(False)
        self.print_out.setEnabled(False)

    def menus(self, parent: QWidget) -> list[QMenu]:
        """The menus in their order."""
        rows: tuple[tuple[str, tuple[QAction | None, ...]], ...] = (
            (
                self.tr("&Files"),
                (
                    self.add_folder,
                    self.add_files,
                    None,
                    self.find_file,
                    self.refresh,
                    self.undo,
                    None,
                    self.quit,
                ),
            ),
            (
                self.tr("&Conversation"),
                (
                    self.new,
                    self.conversations,
                    None,
                    self.focus_question,
                    self.find_words,
                    self.stop,
                    None,
                    self.export,
                    self.print_out,
                ),
            ),
            (
                self.tr("&View"),
                (
                    self.library,
                    self.conversation,
                    self.source,
                    None,
                    self.larger,
                    self.smaller,
                    self.usual_size,
                ),
            ),
            (
                self.tr("&Model"),
                (self.get_model, self.use_model, self.use_trial, None, self.settings),
            ),
            (self.tr("&Help"), (self.shortcuts, self.log_folder, self.about)),
        )
        menus: list[QMenu] = []
        for title, actions in rows:
            menu = QMenu(title, parent)
            for action in actions:
                menu.addSeparator() if action is None else menu.addAction(action)
            menus.append(menu)
        return menus

    def _make_files(self) -> None:
        self.add_folder = self._action(self.tr("Add folder…"), ["Ctrl+O"], "folder-add")
        self.add_files = self._action(self.tr("Add files…"), ["Ctrl+Shift+O"], "plus")
        self.find_file = self._action(self.tr("Find a file"), ["Ctrl+Shift+F"], "search")
        self.refresh = self._action(self.tr("Read what changed"), ["F5"], "refresh")
        self.undo = self._action(self.tr("Undo removal"), [_Keys.Undo], "undo")
        self.quit = self._action(self.tr("Quit"), ["Ctrl+Q"])

    def _make_conversation(self) -> None:
        self.new = self._action(self.tr("New conversation"), ["Ctrl+N"], "plus")
        self.conversations = self._action(self.tr("All conversations"), ["Ctrl+H"], "list")
        self.conversations.setCheckable(True)
        self.focus_question = self._action(self.tr("Type a question"), ["Ctrl+L"], "edit")
        self.find_words = self._action(self.tr("Find in this conversation"), [_Keys.Find], "search")
        self.stop = self._action(self.tr("Stop the answer"), ["Esc"], "stop")
        self.export = self._action(self.tr("Export…"), ["Ctrl+E"], "download")
        self.print_out = self._action(self.tr("Print…"), [_Keys.Print])

    def _make_view(self) -> None:
        self.library = self._action(self.tr("Library"), ["Ctrl+1"], "pane-left")
        self.library.setCheckable(True)
        self.conversation = self._action(self.tr("Conversation"), ["Ctrl+2"], "conversation")
        self.source = self._action(self.tr("Source"), ["Ctrl+3"], "pane-right")
        self.source.setCheckable(True)
        self.larger = self._action(self.tr("Larger text"), ["Ctrl++", "Ctrl+="])
        self.smaller = self._action(self.tr("Smaller text"), ["Ctrl+-"])
        self.usual_size = self._action(self.tr("Usual text size"), ["Ctrl+0"])

    def _make_rest(self) -> None:
        self.settings = self._action(self.tr("Settings…"), ["Ctrl+,"], "settings")
        self.get_model = self._action(self.tr("Get Phi-4-mini…"), [], "download")
        self.use_model = self._action(self.tr("Use a model file…"), [], "model")
        self.use_trial = self._action(self.tr("Use the trial model"), [])
        self.menu = self._action(self.tr("Open the menu"), ["F10"], "more")
        self.shortcuts = self._action(self.tr("Keyboard shortcuts"), ["F1"], "help")
        self.log_folder = self._action(self.tr("Open the log folder"), [], "folder")
        self.about = self._action(self.tr("About Footnote"), [], "info")

    def _action(
        self, text: str, keys: Sequence[str | QKeySequence.StandardKey], icon: str = ""
    ) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        if icon:
            action.setIcon(theme.icon(icon))
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        plain = text.replace("…", "")
        action.setToolTip(f"{plain} ({shown})" if shown else plain)
        self._window.addAction(action)
        self.all.append(action)
        return action
