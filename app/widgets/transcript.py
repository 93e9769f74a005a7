"""The conversation: questions, their evidence, and answers with a footnote on every sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app import theme
from app.widgets.announcing import announce
from app.widgets.conversation_browser import ConversationBrowser
from app.widgets.document_pen import PART, TURN, Part, blocks_of
from app.widgets.reading_card import ReadingCard
from app.widgets.turn_shown import SourceKey, TurnShown
from app.widgets.turn_writer import TurnWriter
from rag.events import (
    AnswerEvent,
    AnswerFinished,
    EvidenceFound,
    Failed,
    PlanMade,
    PrefillProgress,
    SentenceCited,
    TextStreamed,
)
from rag.records import ChangedSource, Conversation, Scope

_FLUSH_MS = 50
_COPIED_MS = 2_000  # how long “Copied” stands where was pressed


class Transcript(QWidget):
    """Shows a conversation and the answer in work."""

    citation_chosen = Signal(object, object)  # tuple[Citation, ...] of the answer, int: which
    hit_chosen = Signal(object)  # Hit
    retry_wanted = Signal(str)  # the question
    own_knowledge_wanted = Signal(str)  # the question
    unnarrowed_wanted = Signal(str, object)  # the question, and the Scope it was asked of
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turns: list[TurnShown] = []
        self._chosen_turn = 0
        self._follows = False
        self.browser = ConversationBrowser(self)
        self.browser.setAccessibleName(self.tr("Conversation"))
        self._writer = TurnWriter(self.browser.document(), self)
        self._card = ReadingCard(self.browser.viewport())
        self._card.end()
        self._pill = QPushButton(self.tr("Jump to newest"), self)
        self._pill.setIcon(theme.icon("arrow-down", "on_accent"))
        theme.set_kind(self._pill, "primary")
        self._pill.hide()
        self._flush = QTimer(self, singleShot=True, interval=_FLUSH_MS)
        self._copied_ends = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._copied_ends.timeout.connect(self._forget_copied)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.browser)
        self.setFocusProxy(self.browser)
        self.browser.installEventFilter(self)
        self.browser.viewport().installEventFilter(self)
        self.browser.link_chosen.connect(self._follow_link)
        self.browser.laid_out.connect(self._place_overlays)
        self._flush.timeout.connect(self._write_answer)
        self._card.stop_wanted.connect(self.stop_wanted)
        self._pill.clicked.connect(self._jump_to_newest)

    # ------------------------------------------------------------ showing

    def show_conversation(self, conversation: Conversation) -> None:
        """Show a stored conversation, at its last question."""
        self.clear()
        self._turns = [
            TurnShown.of_record(key, turn) for key, turn in enumerate(conversation.turns, 1)
        ]
        self._write_all()
        if self._turns:
            self._go_to(self._turns[-1])

    def clear(self) -> None:
        """Show nothing; an answer in work is forgotten here, not stopped."""
        self._flush.stop()
        self._card.end()
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

    def begin_turn(self, question: str, scope: Scope) -> None:
        """Show a question that was just asked of `scope`, at the top of the view."""
        turn = TurnShown(len(self._turns) + 1, question, scope, running=True)
        self._turns.append(turn)
        self._follows = False
        self._card.begin()
        self._writer.status_height = self._card.sizeHint().height()
        self._write(turn, tuple(Part))
        self._keep_room()
        self._go_to(turn)
        self._place_overlays()

    def show_event(self, event: AnswerEvent | Failed) -> None:
        """Bring the answer in work up to date; without one nothing happens."""
        turn = self._running()
        if turn is None:
            return
        turn.take(event)
        match event:
            case EvidenceFound():
                self._write(turn, (Part.QUESTION, Part.UNDERSTOOD))
                self._write(turn, (Part.FOUND,))
                self._keep_room()
                self._place_overlays()
            case PlanMade():
                self._card.show_plan(event)
            case PrefillProgress():
                self._card.show_prefill(event)
            case TextStreamed() | SentenceCited():
                if not self._flush.isActive():
                    self._flush.start()
                if isinstance(event, SentenceCited):
                    announce(self.browser, event.sentence.text)
            case AnswerFinished() | Failed():
                self._finish(turn)
            case _:
                pass

    def show_changed(self, changed: Sequence[ChangedSource]) -> None:
        """Say at its footnotes and passages what changed since it was read."""
        for turn in self._turns:
            if turn.note_changes(changed):
                self._write(turn, (Part.FOUND, Part.FOOTNOTES, Part.FOOTER, Part.READ))
                self._keep_room()

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
        self.browser.set_active(f"{self._chosen_turn}/cite/{index}/0")

    def find_text(self, text: str, *, backwards: bool = False) -> bool:
        """Select the next place where `text` is said; from the other end where there is none."""
        return self.browser.find_around(text, backwards=backwards)

    # ------------------------------------------------------------ writing

    def _running(self) -> TurnShown | None:
        return self._turns[-1] if self._turns and self._turns[-1].running else None

    def _write(self, turn: TurnShown, parts: Sequence[Part]) -> None:
        """Write parts of a turn without moving what is being read or losing the selection."""
        bar = self.browser.verticalScrollBar()
        top = self.browser.cursorForPosition(QPoint(0, 0)).block()
        label = top.blockFormat()
        keep = label.intProperty(TURN) == turn.key and label.intProperty(PART) > max(parts)
        anchor, before = QTextCursor(top), self.browser.block_rect(top).top()
        chosen = self.browser.textCursor()
        ends = (chosen.anchor(), chosen.position())
        first, after = blocks_of(self.browser.document(), turn.key, parts[0])
        touched = min(ends) < after.position() and max(ends) > first.position()
        edit = QTextCursor(self.browser.document())
        edit.beginEditBlock()
        self._writer.write(turn, parts)
        edit.endEditBlock()
        if touched:
            value, limit = bar.value(), self.browser.document().characterCount() - 1
            chosen.setPosition(min(ends[0], limit))
            chosen.setPosition(min(ends[1], limit), QTextCursor.MoveMode.KeepAnchor)
            self.browser.setTextCursor(chosen)
            bar.setValue(value)
        if keep:
            bar.setValue(
                bar.value() + round(self.browser.block_rect(anchor.block()).top() - before)
            )

    def _write_all(self) -> None:
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
        first, after = blocks_of(self.browser.document(), turn.key, Part.STATUS)
        if first != after:
            self._card.end()
            self._write(turn, (Part.STATUS,))
        self._write(turn, (Part.ANSWER,))
        self._keep_room()
        if self._follows:
            self._scroll_to_newest()
        self._place_overlays()

    def _finish(self, turn: TurnShown) -> None:
        self._flush.stop()
        self._card.end()
        top = self.browser.cursorForPosition(QPoint(0, 0)).block().blockFormat()
        reads_passages = top.intProperty(PART) == Part.FOUND and not turn.declined
        turn.passages_open = reads_passages or not (turn.citations() or turn.declined)
        self._write(turn, (Part.UNDERSTOOD, Part.STATUS, Part.ANSWER, Part.FOUND))
        self._write(turn, (Part.FOOTNOTES, Part.FOOTER, Part.READ))
        self._keep_room()
        if reads_passages:
            first, _ = blocks_of(self.browser.document(), turn.key, Part.READ)
            bar = self.browser.verticalScrollBar()
            bar.setValue(bar.value() + round(self.browser.block_rect(first).top()))
        self._place_overlays()
        if turn.failure is not None:
            announce(self.browser, turn.failure.message)
        elif turn.declined:
            announce(self.browser, self.tr("Your files don’t seem to answer this."))
        else:
            announce(self.browser, self.tr("The answer is complete."))

    # ------------------------------------------------------------ places

    def _top_of(self, turn: TurnShown) -> int:
        """The scroll position that has the turn's question at the top of the view."""
        if turn.key == 1:
            return 0
        first, _ = blocks_of(self.browser.document(), turn.key, Part.QUESTION)
        scrolled = self.browser.verticalScrollBar().value()
        return round(self.browser.block_rect(first).top()) + scrolled - theme.px(16)

    def _go_to(self, turn: TurnShown) -> None:
        first, _ = blocks_of(self.browser.document(), turn.key, Part.QUESTION)
        self.browser.setTextCursor(QTextCursor(first))  # Qt scrolls to its cursor when first shown
        self.browser.verticalScrollBar().setValue(self._top_of(turn))

    def _keep_room(self) -> None:
        """Leave so much room below that the last question can stay at the top of the view."""
        if not self._turns:
            return
        bar = self.browser.verticalScrollBar()
        end = self.browser.block_rect(self.browser.document().lastBlock()).top() + bar.value()
        height = self.browser.viewport().height()
        self.browser.set_room_below(height - round(end) + self._top_of(self._turns[-1]) - 2)

    def _newest(self) -> int:
        """Where the end of the answer in work is in the view, in px from its top."""
        turn = self._turns[-1]
        _, after = blocks_of(self.browser.document(), turn.key, Part.ANSWER)
        return round(self.browser.block_rect(after.previous()).bottom())

    def _jump_to_newest(self) -> None:
        self._follows = True
        self._scroll_to_newest()
        self.browser.setFocus()

    def _scroll_to_newest(self) -> None:
        bar = self.browser.verticalScrollBar()
        over = self._newest() + theme.px(24) - self.browser.viewport().height()
        if over > 0:
            bar.setValue(bar.value() + over)

    def _place_overlays(self) -> None:
        turn = self._running()
        waiting = turn is not None and not turn.text
        if turn is not None and waiting:
            first, after = blocks_of(self.browser.document(), turn.key, Part.STATUS)
            rect = self.browser.block_rect(first)
            left, right = self.browser.column()
            height = self._card.sizeHint().height()
            self._card.setGeometry(round(left), round(rect.top()), round(right - left), height)
            waiting = first != after
        self._card.setVisible(waiting)
        out_of_view = turn is not None and bool(turn.text) and not self._follows
        out_of_view = out_of_view and self._newest() > self.browser.viewport().height()
        self._pill.setVisible(out_of_view)
        if out_of_view:
            size = self._pill.sizeHint()
            x = (self.width() - size.width()) // 2
            self._pill.move(x, self.height() - size.height() - theme.px(12))
            self._pill.resize(size)
            self._pill.raise_()

    # ------------------------------------------------------------ wishes

    def _follow_link(self, address: str) -> None:
        key, _, rest = address.partition("/")
        turn = self._turns[int(key) - 1]
        action, _, place = rest.partition("/")
        match action:
            case "cite" | "note":
                index, _, _ = place.partition("/")
                self._choose_citation(turn, int(index), address if action == "cite" else "")
            case "hit":
                self._chosen_turn = turn.key
                self.hit_chosen.emit(turn.hits[int(place)])
            case "why":
                self._explain(turn, int(place))
            case "passages" | "detail":
                self._fold(turn, action)
            case "unnarrowed":
                self.unnarrowed_wanted.emit(turn.question, turn.scope)
            case "again":
                self.retry_wanted.emit(turn.question)
            case "own":
                self.own_knowledge_wanted.emit(turn.question)
            case _:
                self._copy(turn, action)

    def _choose_citation(self, turn: TurnShown, index: int, address: str) -> None:
        self._chosen_turn = turn.key
        self.citation_chosen.emit(turn.citations(), index)
        self.browser.set_active(address or f"{turn.key}/cite/{index}/0")

    def _fold(self, turn: TurnShown, what: str) -> None:
        turn.passages_open ^= what == "passages"
        turn.detail_open ^= what == "detail"
        self._write(turn, (Part.FOOTER, Part.READ))
        self._keep_room()

    def _explain(self, turn: TurnShown, index: int) -> None:
        """Show or hide why a passage was found, and let it be said."""
        turn.why_open ^= {index}
        self._write(turn, (Part.FOUND if turn.running or turn.declined else Part.READ,))
        self._keep_room()
        if index in turn.why_open:
            announce(self.browser, self._writer.evidence.reason(turn.hits[index]))

    def _copy(self, turn: TurnShown, what: str) -> None:
        words = self._writer.answers
        text = turn.copy_text(what, words.not_found_words(), words.partly_words())
        QGuiApplication.clipboard().setText(text)
        self._forget_copied()
        turn.copied = what
        self._write(turn, (Part.FOOTER,))
        self._copied_ends.start()
        announce(self.browser, self.tr("Copied"))

    def _forget_copied(self) -> None:
        for turn in self._turns:
            if turn.copied:
                turn.copied = ""
                self._write(turn, (Part.FOOTER,))

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
