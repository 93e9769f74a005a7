"""What the user wants read whole, connected with what tells of it all over the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.controllers.conversation import ConversationController
from app.controllers.library import LibraryController
from app.controllers.whole import WholeController
from app.main_window import MainWindow
from app.widgets import whole_words
from app.widgets.banner import Tone
from rag.records import Scope

_MOST = 2  # documents that can be chosen to be read whole


class WholeWishes(QObject):
    """Offers to read whole where a question is about one document or two, and follows it."""

    def __init__(
        self,
        window: MainWindow,
        whole: WholeController,
        library: LibraryController,
        talk: ConversationController,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._whole = whole
        self._library = library
        box, pane, transcript = window.question_box, window.library, window.conversation.transcript
        box.scope_changed.connect(self.use_scope)
        box.reading.changed.connect(talk.use_read)
        box.whole_wanted.connect(talk.ask_whole)
        library.places_changed.connect(lambda _places: self.use_scope(box.scope))
        transcript.wishes.whole_wanted.connect(talk.ask_whole)
        transcript.card.words_in = library.tree.words_in
        pane.whole.words_in = library.tree.words_in
        whole.estimated.connect(box.set_estimate)
        whole.progressed.connect(pane.show_whole)
        whole.marked.connect(library.tree.mark_whole)
        whole.interrupted.connect(self._tell_interruption)
        whole.finished.connect(self._tell_end)
        for part in (pane.whole, transcript.card):
            part.pause_wanted.connect(whole.pause)
            part.resume_wanted.connect(whole.resume)
        pane.whole.cancel_wanted.connect(whole.cancel)
        pane.read_whole_wanted.connect(whole.read)
        pane.forget_whole_wanted.connect(whole.forget)

    def use_scope(self, scope: Scope) -> None:
        """Let the user choose how to read where `scope` is a document or two."""
        documents = self._documents(scope)
        self._window.question_box.set_documents(documents)
        self._whole.use_scope(scope if documents else None)

    def _documents(self, scope: Scope) -> tuple[Path, ...]:
        """The files that `scope` names, unless it is more than those, or only some of them."""
        paths = scope.paths
        if not 0 < len(paths) <= _MOST or scope != Scope(paths):
            return ()
        known = [self._library.tree.record(path) for path in paths]
        return paths if all(record is not None for record in known) else ()

    def _tell_interruption(self, paths: Sequence[Path]) -> None:
        words = self.tr(
            "The engine stopped while it read {0} whole. What was read is kept: reading goes on "
            "from there."
        ).format(whole_words.names(paths))
        again = (self.tr("Go on reading"), lambda: self._read_on(paths))
        self._window.banners.tell("whole", words, Tone.NOTICE, choices=[again])

    def _read_on(self, paths: Sequence[Path]) -> None:
        self._window.banners.withdraw("whole")
        self._whole.read(paths)

    def _tell_end(self, paths: Sequence[Path]) -> None:
        words = self.tr("{0} is read whole: questions about all of it are answered at once.")
        self._window.tell_for_a_while("whole", words.format(whole_words.names(paths)))
