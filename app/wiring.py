"""Connects what the window wishes with what the controllers do, and their news with the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from app.controllers.conversation import ConversationController
from app.controllers.export import ExportController
from app.controllers.library import LibraryController
from app.controllers.model import ModelController
from app.controllers.passwords import PasswordController
from app.controllers.search_model import SearchModelController
from app.controllers.session import SessionController
from app.controllers.source import SourceController
from app.controllers.whole import WholeController
from app.dialogs.about_dialog import AboutDialog
from app.dialogs.get_model_dialog import GetModelDialog
from app.dialogs.shortcuts_dialog import ShortcutsDialog
from app.engine import Engine
from app.export_wishes import ExportWishes
from app.file_wishes import FileWishes
from app.folders import log_folder
from app.main_window import MainWindow
from app.models.file_types import types_of
from app.settings_wishes import SettingsWishes
from app.whole_wishes import WholeWishes
from app.widgets.banner import Tone
from rag.events import EngineStarted
from rag.records import Citation, Conversation, Hit, ModelInfo, Scope

_SAMPLES = 3  # of the sample questions that are offered at a time


@dataclass(frozen=True, slots=True)
class Controllers:
    """Everything that talks to the engine."""

    session: SessionController
    library: LibraryController
    conversation: ConversationController
    source: SourceController
    model: ModelController
    search_model: SearchModelController
    passwords: PasswordController
    export: ExportController
    whole: WholeController

    @classmethod
    def of(cls, engine: Engine) -> Controllers:
        """Controllers that live as long as `engine`."""
        library = LibraryController(engine, engine)
        return cls(
            SessionController(engine, engine),
            library,
            ConversationController(engine, engine),
            SourceController(engine, engine),
            ModelController(engine, engine),
            SearchModelController(engine, engine),
            PasswordController(engine, library, engine),
            ExportController(engine, engine),
            WholeController(engine, engine),
        )


class Wiring(QObject):
    """All connections of a window; it lives as long as the window."""

    def __init__(self, window: MainWindow, controllers: Controllers) -> None:
        super().__init__(window)
        self._window = window
        self._do = controllers
        self._files = FileWishes(window, controllers.library, controllers.passwords)
        self._exports = ExportWishes(
            window, controllers.export, controllers.conversation, controllers.source
        )
        self._whole = WholeWishes(
            window, controllers.whole, controllers.library, controllers.conversation
        )
        self._settings = SettingsWishes(
            window,
            *(controllers.session, controllers.library, controllers.search_model),
            controllers.whole,
        )
        self._connect_session()
        self._connect_library()
        self._connect_conversation()
        self._connect_source()
        self._connect_model()
        self._connect_actions()

    # ------------------------------------------------------------ connections

    def _connect_session(self) -> None:
        session, window = self._do.session, self._window
        session.ready_changed.connect(window.question_box.set_ready)
        session.started.connect(self._start)
        session.told.connect(self._tell)
        session.failed.connect(self._tell_failure)
        session.stopped.connect(lambda why: window.banners.tell("engine", why, Tone.ALERT))
        session.recovered.connect(self._tell_recovery)
        session.gave_up.connect(self._tell_end)
        session.connections_changed.connect(window.status.show_connections)

    def _connect_library(self) -> None:
        library, pane, source = self._do.library, self._window.library, self._do.source
        library.progressed.connect(pane.show_progress)
        library.finished.connect(self._finish_reading)
        library.undo_offered.connect(pane.show_undo)
        library.undo_offered.connect(lambda words: self._window.does.undo.setEnabled(bool(words)))
        library.told.connect(self._tell)
        library.failed.connect(self._tell_failure)
        library.model_dropped.connect(self._offer_model)
        library.places_changed.connect(self._window.question_box.set_places)
        self._window.dropped.connect(library.drop)
        pane.add_folder_wanted.connect(self.add_folder)
        pane.add_files_wanted.connect(self.add_files)
        pane.removed.connect(self._files.remove)
        pane.undo_wanted.connect(library.undo_removal)
        pane.refresh_wanted.connect(library.refresh)
        pane.ask_only_wanted.connect(self._ask_only)
        pane.pause_wanted.connect(library.pause)
        pane.resume_wanted.connect(library.resume)
        pane.cancel_wanted.connect(library.cancel)
        pane.open_wanted.connect(source.open_file)
        pane.reveal_wanted.connect(source.reveal)
        pane.text_wanted.connect(self._show_file)
        pane.about_wanted.connect(self._files.show_ledger)
        pane.password_wanted.connect(self._files.enter_password)
        self._files.text_wanted.connect(self._show_file)

    def _connect_conversation(self) -> None:
        talk, pane, listed = (
            self._do.conversation,
            self._window.conversation,
            self._window.conversations,
        )
        talk.about_to_ask.connect(self._do.library.commit_removals)
        talk.turn_begun.connect(pane.begin_turn)
        talk.answered.connect(pane.show_event)
        talk.busy_changed.connect(self._window.show_busy)
        talk.cleared.connect(pane.show_new)
        talk.opened.connect(self._show_conversation)
        talk.sources_checked.connect(pane.transcript.show_changed)
        talk.listed.connect(listed.show_conversations)
        talk.titled.connect(self._window.show_title)
        talk.spoken.connect(self._window.status.show_speed)
        talk.failed.connect(self._tell_failure)
        pane.asked.connect(talk.ask)
        pane.sample_chosen.connect(talk.ask)
        wishes = pane.transcript.wishes
        wishes.retry_wanted.connect(talk.ask)
        wishes.own_knowledge_wanted.connect(talk.ask_own_knowledge)
        wishes.unnarrowed_wanted.connect(talk.ask_as_typed)
        wishes.everything_wanted.connect(talk.ask_everything)
        pane.rated.connect(talk.rate)
        pane.transcript.export_wanted.connect(self._exports.export_turn)
        pane.stop_wanted.connect(talk.stop)
        pane.scope_changed.connect(talk.use_scope)
        listed.opened.connect(talk.open)
        listed.renamed.connect(talk.rename)
        listed.deleted.connect(talk.delete)
        listed.restored.connect(talk.restore)
        listed.export_wanted.connect(self._exports.export_listed)
        listed.new_wanted.connect(self.begin_new)

    def _connect_source(self) -> None:
        source, pane, talk = self._do.source, self._window.source, self._window.conversation
        source.picture_shown.connect(pane.show_picture)
        source.text_shown.connect(pane.show_text)
        source.failed.connect(self._show_source_failure)
        pane.page_wanted.connect(source.show_page)
        pane.text_wanted.connect(source.show_text)
        pane.open_wanted.connect(lambda path, _page: source.open_file(path))
        pane.citation_shown.connect(talk.transcript.mark_citation)
        pane.file_shown.connect(self._window.library.show_file)
        talk.citation_chosen.connect(self._show_citations)
        talk.hit_chosen.connect(self._show_hit)
        talk.transcript.citations_grew.connect(pane.take_citations)

    def _connect_model(self) -> None:
        model, window = self._do.model, self._window
        model.changed.connect(self._show_model)
        model.activity_changed.connect(window.status.show_activity)
        model.failed.connect(self._tell_failure)
        model.offered.connect(self._show_offer)
        window.conversation.get_model_wanted.connect(self.get_model)
        window.conversation.use_model_wanted.connect(self.choose_model)
        window.conversation.add_folder_wanted.connect(self.add_folder)
        window.status.model_wanted.connect(self.get_model)
        searching, card = self._do.search_model, window.library.search_model
        searching.changed.connect(card.show_state)
        searching.lost.connect(card.forget)
        searching.failed.connect(self._tell_failure)
        self._settings.failed.connect(self._tell_failure)
        self._do.whole.failed.connect(self._tell_failure)

    def _connect_actions(self) -> None:
        does, window, do = self._window.does, self._window, self._do
        for action, act in (
            (does.add_folder, self.add_folder),
            (does.add_files, self.add_files),
            (does.refresh, do.library.refresh),
            (does.undo, do.library.undo_removal),
            (does.new, self.begin_new),
            (does.stop, do.conversation.stop),
            (does.export, self._exports.export_current),
            (does.print_out, self._exports.print_current),
            (does.settings, self.edit_settings),
            (does.get_model, self.get_model),
            (does.use_model, self.choose_model),
            (does.use_trial, do.model.use_trial),
            (does.shortcuts, lambda: ShortcutsDialog(does.all, window).open()),
            (does.log_folder, self._open_log),
            (does.about, lambda: AboutDialog(window).open()),
        ):
            action.triggered.connect(lambda _=False, act=act: act())

    # ------------------------------------------------------------ wishes

    def add_folder(self) -> None:
        """Let the user choose a folder and add it."""
        window = self._window
        name = QFileDialog.getExistingDirectory(window, self.tr("Add folder"), window.last_folder)
        if name:
            window.remember_folder(Path(name))
            self._do.library.add([Path(name)])

    def add_files(self) -> None:
        """Let the user choose files and add them."""
        window = self._window
        readable = window.readable
        kinds = " ".join([*(f"*{end}" for end in sorted(readable.suffixes)), *readable.names])
        filters = [self.tr("Files that can be read ({})").format(kinds)] if kinds else []
        filters.append(self.tr("All files (*)"))
        names, _ = QFileDialog.getOpenFileNames(
            window,
            self.tr("Add files"),
            window.last_folder,
            ";;".join(filters),
            options=QFileDialog.Option.HideNameFilterDetails,  # there are hundreds
        )
        if names:
            window.remember_folder(Path(names[0]))
            self._do.library.drop([Path(name) for name in names])

    def take_paths(self, paths: list[Path]) -> None:
        """Come to the front with what a second start, or the desktop, was given."""
        self._window.come_to_front()
        if paths:
            self._do.library.drop(paths)

    def begin_new(self) -> None:
        """Start a new conversation."""
        self._do.conversation.begin_new()
        self._window.show_conversations(shown=False)
        self._window.focus_question()

    def edit_settings(self) -> None:
        """Let the user change the settings."""
        self._settings.edit()

    def choose_model(self) -> None:
        """Let the user choose a model's file."""
        window = self._window
        title = self.tr("Use a model file")
        filters = self.tr("Models (*.gguf)")
        name, _ = QFileDialog.getOpenFileName(window, title, window.last_folder, filters)
        if name:
            window.remember_folder(Path(name))
            self._do.model.use_file(Path(name))

    def get_model(self) -> None:
        """Show how to get the recommended model."""
        model = self._do.model
        offer = model.default_offer
        if offer is None:
            self.choose_model()
            return
        dialog = GetModelDialog(offer, self._window.last_folder, self._window)
        dialog.chosen.connect(model.use_file)
        model.loading.connect(dialog.show_loading)
        model.used.connect(dialog.show_used)
        model.failed.connect(lambda why, _detail: dialog.show_failure(why))
        dialog.open()

    # ------------------------------------------------------------ slots

    def _start(self, started: EngineStarted) -> None:
        self._window.readable = self._do.library.readable
        self._window.source.draw_only(started.drawn)
        self._window.question_box.set_suffixes(started.suffixes)
        kinds = types_of(started.suffixes)
        self._window.conversation.welcome.show_formats([kind.name for kind in kinds])
        self._window.conversation.welcome.show_samples(started.sample_questions[:_SAMPLES])

    def _tell(self, words: str) -> None:
        self._window.banners.tell(words, words, Tone.NOTICE)

    def _tell_failure(self, message: str, detail: str = "") -> None:
        self._window.banners.tell(message, message, Tone.FAILURE, detail=detail)

    def _tell_recovery(self) -> None:
        self._window.tell_for_a_while("engine", self.tr("The engine is back. Nothing was lost."))

    def _tell_end(self, message: str, detail: str) -> None:
        again = (self.tr("Try again"), self._try_again)
        banners = self._window.banners
        banners.tell("engine", message, Tone.FAILURE, detail=detail, choices=[again])

    def _try_again(self) -> None:
        self._window.banners.withdraw("engine")
        self._do.session.try_again()

    def _finish_reading(self, words: str) -> None:
        if not self._window.isActiveWindow():
            QApplication.alert(self._window)
        self._window.status.show_activity(words)

    def _offer_model(self, path: Path) -> None:
        words = self.tr("“{}” is a model. Answer with it from now on?").format(path.name)
        use = (self.tr("Use this model"), lambda: self._use_offered(path))
        self._window.banners.tell("model", words, Tone.NOTICE, choices=[use])

    def _use_offered(self, path: Path) -> None:
        self._window.banners.withdraw("model")
        self._do.model.use_file(path)

    def _ask_only(self, paths: list[Path]) -> None:
        self._window.question_box.set_scope(Scope(tuple(paths)))
        self._do.conversation.use_scope(Scope(tuple(paths)))
        self._whole.use_scope(Scope(tuple(paths)))
        self._window.focus_question()

    def _show_conversation(self, conversation: Conversation) -> None:
        self._window.show_conversations(shown=False)
        self._window.conversation.show_conversation(conversation)
        self._window.focus_question()

    def _show_model(self, model: ModelInfo | None) -> None:
        self._window.status.show_model(model)
        self._window.conversation.welcome.show_model(model)
        self._window.does.use_trial.setEnabled(model is None or not model.is_trial)

    def _show_offer(self) -> None:
        self._window.conversation.welcome.show_offer(self._do.model.default_offer)

    def _show_file(self, path: Path) -> None:
        self._window.show_source()
        self._window.source.show_file(path)

    def _show_citations(self, citations: tuple[Citation, ...], index: int) -> None:
        self._window.show_source()
        changed = self._window.conversation.transcript.changed
        self._window.source.show_citations(citations, index, changed)

    def _show_hit(self, hit: Hit) -> None:
        self._window.show_source()
        self._window.source.show_hit(hit, self._window.conversation.transcript.changed)

    def _show_source_failure(self, message: str) -> None:
        if self._window.panes.is_shown("source"):
            self._window.source.show_failure(message)
        else:
            self._tell_failure(message)

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))
