"""What the user wants written to a file or printed: asks where to, and says how that went."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QMenu

from app import printing, theme
from app.controllers.conversation import ConversationController
from app.controllers.export import ExportController
from app.controllers.source import SourceController
from app.main_window import MainWindow
from app.models.export_kinds import ExportKind, file_name
from app.widgets.banner import Tone
from rag.records import Paper

_BANNER = "export"


class ExportWishes(QObject):
    """Opens menus and dialogs; the controller has the files written, the window its PDFs."""

    def __init__(
        self,
        window: MainWindow,
        export: ExportController,
        conversation: ConversationController,
        source: SourceController,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._export = export
        self._conversation = conversation
        self._source = source
        export.exported.connect(self._tell)
        export.laid_out.connect(self._put_on_paper)
        export.failed.connect(self._tell_failure)

    def export_current(self) -> None:
        """Let the user write the conversation that is shown to a file."""
        current = self._conversation.current
        if current is not None:
            self.export_listed(current, self._window.header.title.accessibleName())

    def export_listed(self, conversation_id: int, title: str) -> None:
        """Let the user write a conversation to a file of any kind."""
        title_words = self.tr("Export the conversation")
        self._choose_file(title_words, title, list(ExportKind), conversation_id, None)

    def export_turn(self, turn_id: int, pressed: QRect) -> None:
        """Offer the kinds of files that one answer can be written to, below what was pressed."""
        menu = self.menu_for(turn_id)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(pressed.bottomLeft() + QPoint(0, theme.px(4)))

    def menu_for(self, turn_id: int) -> QMenu:
        """The kinds of files that one answer of the conversation that is shown can become."""
        menu, current = QMenu(self._window), self._conversation.current
        if current is None:
            return menu
        for kind in ExportKind:
            action = menu.addAction(self.tr("{0}…").format(kind.words))
            choose = partial(
                self._choose_file,
                self.tr("Export the answer"),
                self._window.header.title.accessibleName(),
                [kind],
                current,
                turn_id,
            )
            action.triggered.connect(lambda _=False, choose=choose: choose())
        return menu

    def print_current(self) -> None:
        """Print the conversation that is shown."""
        current = self._conversation.current
        if current is not None:
            self._export.print_out(current)

    # ------------------------------------------------------------ inside

    def _choose_file(
        self,
        title: str,
        name: str,
        kinds: list[ExportKind],
        conversation_id: int,
        turn_id: int | None,
    ) -> None:
        window = self._window
        dialog = QFileDialog(window, title, window.last_folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([kind.filter for kind in kinds])

        def take_kind(chosen: str) -> None:
            dialog.setDefaultSuffix(ExportKind.of_filter(chosen).value)

        def write(chosen: str) -> None:
            to, kind = Path(chosen), ExportKind.of_filter(dialog.selectedNameFilter())
            window.remember_folder(to)
            window.banners.withdraw(_BANNER)
            self._export.export(conversation_id, turn_id, kind, to)

        dialog.filterSelected.connect(take_kind)
        dialog.fileSelected.connect(write)
        dialog.finished.connect(dialog.deleteLater)
        take_kind(kinds[0].filter)
        dialog.selectFile(file_name(name, kinds[0]))
        dialog.open()

    def _put_on_paper(self, paper: Paper, to: Path | None) -> None:
        if to is None:
            self._print(paper)
            return
        try:
            printing.write_pdf(paper, to)
        except OSError as why:
            self._tell_failure(printing.failure_words(to), str(why))
        else:
            self._tell(to)

    def _print(self, paper: Paper) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.title)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(self.tr("Print the conversation"))
        dialog.accepted.connect(lambda: printing.draw(paper, printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(True)
        dialog.show()

    def _tell(self, path: Path) -> None:
        words = self.tr("Written to “{0}”.").format(path.name)
        choices = [
            (self.tr("Open"), lambda: self._source.open_file(path)),
            (self.tr("Show in folder"), lambda: self._source.reveal(path)),
        ]
        self._window.banners.tell(_BANNER, words, Tone.NOTICE, choices=choices)

    def _tell_failure(self, message: str, detail: str) -> None:
        self._window.banners.tell(_BANNER, message, Tone.FAILURE, detail=detail)
