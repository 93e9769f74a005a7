"""What the user wants done with files of the library, where that takes a question or a dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from app.controllers.library import LibraryController
from app.controllers.passwords import PasswordController
from app.dialogs.ledger_dialog import LedgerDialog
from app.dialogs.password_dialog import PasswordDialog
from app.main_window import MainWindow
from app.widgets.banner import Tone
from app.widgets.wording import files


class FileWishes(QObject):
    """Asks, shows and offers; the controllers do what comes of it."""

    text_wanted = Signal(Path)

    def __init__(
        self, window: MainWindow, library: LibraryController, passwords: PasswordController
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._passwords = passwords
        passwords.offered.connect(self._offer_password)

    def show_ledger(self, path: Path) -> None:
        """Show all that is known of a file or folder, also while that changes."""
        tree, dialog = self._library.tree, LedgerDialog(path, self._window)

        def show() -> None:
            record, health = tree.record(path), tree.health(path)
            if record is not None:
                dialog.show_record(record)
            elif health.root == path:
                dialog.show_health(health)
            else:  # it was removed
                dialog.reject()

        show()
        tree.counted.connect(show)
        dialog.finished.connect(lambda: tree.counted.disconnect(show))
        dialog.text_wanted.connect(self.text_wanted)
        dialog.refresh_wanted.connect(self._library.refresh)
        dialog.password_wanted.connect(self.enter_password)
        dialog.open()

    def enter_password(self, paths: list[Path]) -> None:
        """Let the user type the password of locked files."""
        self._window.banners.withdraw("locked")
        passwords, dialog = self._passwords, PasswordDialog(paths, self._window)
        dialog.entered.connect(passwords.unlock)
        passwords.tried.connect(dialog.show_outcome)
        passwords.failed.connect(dialog.show_failure)
        dialog.open()

    def remove(self, paths: list[Path]) -> None:
        """Take files out of the library at once; folders after a question."""
        folders = [path for path in paths if self._library.tree.record(path) is None]
        if not folders:
            self._library.remove(paths)
            return
        count = sum(len(self._library.tree.files_below(path)) for path in paths)
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Remove “{}” from the library?").format(folders[0].name))
        words = self.tr("Footnote forgets {}. The files themselves stay where they are.")
        box.setInformativeText(words.format(files(count)))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        remove.clicked.connect(lambda: self._library.remove(paths))
        box.open()

    # ------------------------------------------------------------ inside

    def _offer_password(self, paths: list[Path]) -> None:
        if len(paths) == 1:
            words = self.tr("“{}” is locked with a password.").format(paths[0].name)
        else:
            words = self.tr("{} are locked with a password.").format(files(len(paths)))
        enter = (self.tr("Enter password…"), lambda: self.enter_password(paths))
        self._window.banners.tell("locked", words, Tone.NOTICE, choices=[enter])
