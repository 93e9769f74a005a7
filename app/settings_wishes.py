"""The settings, opened with what the engine tells of search models, rules and kept readings."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.controllers.library import LibraryController
from app.controllers.search_model import SearchModelController
from app.controllers.session import SessionController
from app.controllers.whole import WholeController
from app.dialogs.settings_dialog import SettingsDialog
from app.main_window import MainWindow


class SettingsWishes(QObject):
    """Opens the settings and does what is wanted there."""

    failed = Signal(str)  # message

    def __init__(
        self,
        window: MainWindow,
        session: SessionController,
        library: LibraryController,
        searching: SearchModelController,
        whole: WholeController,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._searching = searching
        self._whole = whole

    def edit(self) -> None:
        """Let the user change the settings."""
        dialog = SettingsDialog(
            self._session.options,
            self._searching.state,
            self._library.tree.left_out(),
            self._whole.readings,
            self._window,
        )
        dialog.left_out_wanted.connect(self._window.show_left_out)
        dialog.saved.connect(self._session.set_options)
        dialog.search_model_chosen.connect(self._searching.use)
        dialog.readings.delete_wanted.connect(self._whole.delete)
        self._whole.readings_changed.connect(dialog.readings.show_readings)
        models = dialog.search_models
        models.page_wanted.connect(lambda page: QDesktopServices.openUrl(QUrl(page)))
        models.folder_wanted.connect(self._open_model_folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _open_model_folder(self, embedder_id: str) -> None:
        folder = self._searching.folder_for(embedder_id)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            self.failed.emit(self.tr("The folder “{}” cannot be made.").format(folder))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
