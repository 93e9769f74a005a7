"""The conversation: questions, their evidence, and answers with a footnote on every sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import theme
from app.widgets.announcing import announce
from app.widgets.conversation_browser import ConversationBrowser
from app.widgets.document_pen import Part
from app.widgets.reading_place import ReadingPlace
from app.widgets.transcript_copy import TranscriptCopy
from app.widgets.transcript_news import news_of
from app.widgets.transcript_overlays import TranscriptOverlays
from app.widgets.turn_shown import READ_WHOLE, SourceKey, TurnShown
from app.widgets.turn_wishes import TurnWishes
from app.widgets.turn_writer import TurnWriter
from rag.events import (
    AnswerEvent,
    AnswerFinished,
    ConflictsFound,
    EvidenceAdded,
    EvidenceFound,
    Failed,
    PassOffered,
    RewriteStarted,
    SentenceCited,
    SentenceForeseen,
    TextStreamed,
    WholeOffered,
)
from rag.records import ChangedSource, Citation, Conversation, Mode, Scope

_FLUSH_MS = 50
_WRITTEN: dict[type, tuple[tuple[Part, ...], ...]] = {  # at once, when such an event comes
    EvidenceFound: ((Part.QUESTION, Part.UNDERSTOOD), (Part.LIKELY, Part.FOUND)),
    EvidenceAdded: ((Part.FOUND,),),
    ConflictsFound: ((Part.CONFLICTS,),),
    PassOffered: ((Part.OFFER,),),
    WholeOffered: ((Part.OFFER,),),
    RewriteStarted: ((Part.NOTE,),),
}


class Transcript(QWidget):
    """Shows a conversation and the answer in work."""

    citation_chosen = Signal(object, object)  # tuple[Citation, ...] of the answer, int: which
    citations_grew = Signal(object)  # tuple[Citation, ...]: of that answer, now
    hit_chosen = Signal(object)  # Hit
    export_wanted = Signal(int, QRect)  # the turn's id, and what was pressed, on the screen
    rated = Signal(int, int)  # the turn's id, and 1, -1, or 0 to take it back
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turns: list[TurnShown] = []
        self._chosen_turn = 0
        self._walk = "cite"  # which of its sources are walked through
        self._follows = False
        self.wishes = TurnWishes(self)
        self.browser = ConversationBrowser(self)
        self.browser.setAccessibleName(self.tr("Conversation"))
        self._writer = TurnWriter(self.browser.document(), self)
        self._place = ReadingPlace(self.browser)
        self._copies = TranscriptCopy(self.browser, self._writer.answers, self._write_footer)
        self.browser.source_of = self._source_of
        self._overlays = TranscriptOverlays(self.browser, self._place, self)
        self.card, self._pill = self._overlays.card, self._overlays.pill
        self._flush = QTimer(self, singleShot=True, interval=_FLUSH_MS)
        self._widened = QTimer(self, singleShot=True, interval=0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.browser)
        self.setFocusProxy(self.browser)
        self.browser.installEventFilter(self)
        self.browser.viewport().installEventFilter(self)
        self.browser.link_chosen.connect(self._follow_link)
        self.browser.laid_out.connect(self._place_overlays)
        # What lies in columns cannot be changed in the middle of a layout.
        self.browser.laid_out.connect(self._widened.start)
        self._widened.timeout.connect(self._arrange_columns)
        self._flush.timeout.connect(self._write_answer)
        self.card.stop_wanted.connect(self.stop_wanted)
        self._pill.clicked.connect(self._jump_to_newest)

    # ------------------------------------------------------------ showing

    def show_conversation(self, conversation: Conversation) -> None:
        """Show a stored conversation, at its last question."""
        self.clear()
        scopes = [Scope(), *(turn.scope for turn in conversation.turns)]
        self._turns = [
            TurnShown.of_record(key, turn, switched=key > 1 and turn.scope != scopes[key - 1])
            for key, turn in enumerate(conversation.turns, 1)
        ]
        self._write_all()
        if self._turns:
            self._place.go_to(self._turns[-1].key)

    def clear(self) -> None:
        """Show nothing; an answer in work is forgotten here, not stopped."""
        self._flush.stop()
        self.card.end()
        self._turns = []
        self._chosen_turn = 0
        self.browser.set_active("")
        self.browser.clear_turns()
        self._place_overlays()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked yet."""
        return not self._turns

    @property
    def is_running(self) -> bool:
        """Whether an answer is in work."""
        return self._running() is not None

    def begin_turn(self, question: str, scope: Scope, mode: Mode = Mode.PASSAGES) -> None:
        """Show a question that was just asked of `scope`, at the top of the view."""
        switched = bool(self._turns) and self._turns[-1].scope != scope
        turn = TurnShown(len(self._turns) + 1, question, scope, switched, running=True, mode=mode)
        self._turns.append(turn)
        self._follows = False
        self.card.begin()
        self._writer.status_height = self.card.height_at(round(self._width()))
        self._write(turn, tuple(Part))
        self._place.go_to(turn.key)
        self._place_overlays()
        if switched:
            announce(self.browser, self._writer.questions.scope_line(turn))

    def show_event(self, event: AnswerEvent | Failed) -> None:
        """Bring the answer in work up to date; without one nothing happens."""
        turn = self._running()
        if turn is None:
            return
        turn.take(event)
        self.card.follow(event)
        self._fit_card()
        if isinstance(event, TextStreamed | SentenceForeseen | SentenceCited):
            if not self._flush.isActive():
                self._flush.start()
        elif isinstance(event, AnswerFinished | Failed):
            self._finish(turn)
        else:
            if isinstance(event, RewriteStarted):
                self._hold(turn)
            for parts in _WRITTEN.get(type(event), ()):
                self._write(turn, parts)
            self._place_overlays()
        announce(self.browser, news_of(event, turn, self._writer))

    def show_changed(self, changed: Sequence[ChangedSource]) -> None:
        """Say at its footnotes and passages what changed since it was read."""
        for turn in self._turns:
            if turn.note_changes(changed):
                self._write(turn, (Part.CONFLICTS, Part.FOUND, Part.FOOTNOTES))
                self._write(turn, (Part.FOOTER, Part.READ))

    @property
    def changed(self) -> frozenset[SourceKey]:
        """What changed of the answer whose source was chosen last."""
        return self._turns[self._chosen_turn - 1].changed if self._chosen_turn else frozenset()

    def end_turn(self) -> None:
        """The answer in work will not go on, and no event says why."""
        if (turn := self._running()) is not None:
            turn.running = False
            self._finish(turn)

    def mark_citation(self, index: int) -> None:
        """Fill the mark of this footnote of the answer whose source is shown."""
        self.browser.set_active(f"{self._chosen_turn}/{self._walk}/{index}/0")

    def find_text(self, text: str, *, backwards: bool = False) -> bool:
        """Select the next place where `text` is said; from the other end where there is none."""
        return self.browser.find_around(text, backwards=backwards)

    # ------------------------------------------------------------ writing

    def _running(self) -> TurnShown | None:
        return self._turns[-1] if self._turns and self._turns[-1].running else None

    def _write(self, turn: TurnShown, parts: Sequence[Part]) -> None:
        """Write parts of a turn without moving what is being read or losing the selection."""
        self._writer.conflicts.room = self._width()
        # What gets shorter for a moment must not pull the view down with its end.
        self.browser.set_room_below(2 * self.browser.viewport().height())
        with self._place.kept(turn.key, parts):
            self._writer.write(turn, parts)
        self._keep_room()

    def _write_all(self) -> None:
        self._writer.conflicts.room = self._width()
        edit = QTextCursor(self.browser.document())
        edit.beginEditBlock()
        for turn in self._turns:
            self._writer.write(turn)
        edit.endEditBlock()
        self._place_overlays()

    def _write_answer(self) -> None:
        turn = self._running()
        if turn is None:
            return
        if self._place.rect_of(turn.key, Part.STATUS) is not None:
            self.card.end()
            self._hold(turn)
        self._write_held(turn)
        self._tell_citations(turn)
        if self._follows:
            self._place.scroll_to_newest(turn.key)
        self._place_overlays()

    def _write_footer(self, turn: TurnShown) -> None:
        if turn in self._turns:
            self._write(turn, (Part.FOOTER,))

    def _finish(self, turn: TurnShown) -> None:
        self._flush.stop()
        self.card.end()
        reads_passages = self._place.is_reading(Part.FOUND) and not turn.declined
        all_read = turn.mode is Mode.EXHAUSTIVE or turn.mode in READ_WHOLE
        bare = not (turn.citations() or turn.declined or all_read)
        turn.passages_open = reads_passages or bare
        self._write(turn, tuple(part for part in Part if part >= Part.UNDERSTOOD))
        if reads_passages:
            self._place.go_to_part(turn.key, Part.READ)
        self._tell_citations(turn)
        self._place_overlays()

    # ------------------------------------------------------------ places

    def _width(self) -> float:
        left, right = self.browser.column()
        return right - left

    def _arrange_columns(self) -> None:
        """Put what contradicts itself beside or below each other, as there is room."""
        conflicts = self._writer.conflicts
        before, conflicts.room = conflicts.room, self._width()
        for turn in self._turns:
            if conflicts.changes(turn, before):
                self._write(turn, (Part.CONFLICTS,))

    def _fit_card(self) -> None:
        """Make room for the card where it has more to say, or less width for it."""
        turn, height = self._running(), self.card.height_at(round(self._width()))
        if turn is not None and height != self._writer.status_height and not turn.text:
            self._writer.status_height = height
            self._write(turn, (Part.STATUS,))

    def _hold(self, turn: TurnShown) -> None:
        """From now on what stands below the answer in work moves only down."""
        turn.holds_to = self._place.bottom_of(turn.key, Part.ROOM)

    def _write_held(self, turn: TurnShown) -> None:
        """Write the answer in work, with as much room below as it does not fill yet."""
        turn.held = 0.0
        self._write(turn, (Part.LIKELY, Part.STATUS, Part.ANSWER, Part.NOTE, Part.ROOM))
        for _ in range(2):  # margins of neighbours fall together: only the second step is exact
            missing = turn.holds_to - self._place.bottom_of(turn.key, Part.ROOM)
            if abs(missing) < 1 or turn.held + missing < 1:
                return
            turn.held += missing
            self._write(turn, (Part.ROOM,))

    def _keep_room(self) -> None:
        if self._turns:
            self._place.keep_room(self._turns[-1].key)

    def _jump_to_newest(self) -> None:
        self._follows = True
        self._place.scroll_to_newest(self._turns[-1].key)
        self.browser.setFocus()

    def _place_overlays(self) -> None:
        self._overlays.arrange(self._running(), follows=self._follows)

    # ------------------------------------------------------------ wishes

    def _follow_link(self, address: str) -> None:
        key, _, rest = address.partition("/")
        turn = self._turns[int(key) - 1]
        action, _, place = rest.partition("/")
        index = int(place.partition("/")[0] or 0)
        match action:
            case "cite" | "note" | "likely" | "stated":
                self._choose(turn, action, index, address)
            case "hit":
                self._chosen_turn = turn.key
                self.hit_chosen.emit(turn.hits[index])
            case "why":
                self._explain(turn, index)
            case "passages" | "detail" | "draft" | "all":
                self._fold(turn, action)
            case "rate":
                turn.rating = 0 if turn.rating == index else index
                self.rated.emit(turn.turn_id, turn.rating)
                self._write(turn, (Part.FOOTER,))
            case "export":
                self.export_wanted.emit(turn.turn_id, self._place.link_rect(address))
            case "copy" | "copy-detail":
                self._copies.copy(turn, action)
            case _:
                self.wishes.follow(turn, action)

    def _choose(self, turn: TurnShown, action: str, index: int, address: str) -> None:
        self._chosen_turn = turn.key
        self._walk = "cite" if action == "note" else action
        self.citation_chosen.emit(turn.walk(self._walk), index)
        marked = address if action == "cite" else f"{turn.key}/{self._walk}/{index}/0"
        self.browser.set_active(marked)

    def _tell_citations(self, turn: TurnShown) -> None:
        if turn.key == self._chosen_turn and self._walk == "cite":
            self.citations_grew.emit(turn.citations())

    def _source_of(self, address: str) -> Citation | None:
        key, walk, index = (*address.split("/"), "", "")[:3]
        if not key.isdecimal() or not index.isdecimal():
            return None
        sources = self._turns[int(key) - 1].walk(walk)
        return sources[int(index)] if int(index) < len(sources) else None

    def _fold(self, turn: TurnShown, what: str) -> None:
        turn.passages_open ^= what == "passages"
        turn.detail_open ^= what == "detail"
        turn.draft_open ^= what == "draft"
        turn.all_open ^= what == "all"
        parts = {"draft": (Part.NOTE, Part.FOOTNOTES), "all": (Part.ANSWER, Part.FOOTNOTES)}
        for part in parts.get(what, (Part.FOOTER, Part.READ)):
            self._write(turn, (part,))

    def _explain(self, turn: TurnShown, index: int) -> None:
        """Show or hide why a passage was found, and let it be said."""
        turn.why_open ^= {index}
        self._write(turn, (Part.FOUND if turn.running or turn.declined else Part.READ,))
        if index in turn.why_open:
            announce(self.browser, self._writer.evidence.reason(turn.hits[index]))

    # ------------------------------------------------------------ Qt

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: D102, N802
        if isinstance(event, QWheelEvent) and event.angleDelta().y() > 0:
            self._follows = False
        if (
            isinstance(event, QKeyEvent)
            and watched is self.browser
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and self._running() is not None
        ):
            self.stop_wanted.emit()
            return True
        return super().eventFilter(watched, event)  # pyright: ignore[reportArgumentType]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._fit_card()
        self._keep_room()
        self._place_overlays()

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102, N802
        super().changeEvent(event)
        if theme.is_change(event) and self._turns:
            scrolled = self.browser.verticalScrollBar().value()
            self.browser.clear_turns()
            self._write_all()
            self._keep_room()
            self.browser.verticalScrollBar().setValue(scrolled)
