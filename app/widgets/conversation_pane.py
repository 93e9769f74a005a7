"""The middle of the window: the welcome or the conversation, and the question box below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import theme
from app.widgets.find_bar import FindBar
from app.widgets.question_box import QuestionBox
from app.widgets.transcript import Transcript
from app.widgets.welcome import Welcome
from rag.events import AnswerEvent, Failed
from rag.records import Conversation, Scope

_SIDE = 30  # px; with the box's own shadow this is the conversation's margin


class ConversationPane(QFrame):
    """Welcome until the first question, then the conversation; passes on the wishes of both."""

    asked = Signal(str)
    stop_wanted = Signal()
    scope_changed = Signal(object)  # Scope
    scope_wanted = Signal()
    citation_chosen = Signal(object, object)  # tuple[Citation, ...], int
    hit_chosen = Signal(object)  # Hit
    rated = Signal(int, int)  # the turn's id, and 1, -1 or 0
    add_folder_wanted = Signal()
    sample_chosen = Signal(str)
    get_model_wanted = Signal()
    use_model_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.welcome = Welcome(self)
        self.transcript = Transcript(self)
        self.question_box = QuestionBox(self)
        self.find_bar = FindBar(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self.transcript)
        self._row = QHBoxLayout()
        self._row.addWidget(self.question_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self._stack, 1)
        column.addLayout(self._row)
        self.setFocusProxy(self.question_box)
        self._pass_on()

    def show_conversation(self, conversation: Conversation) -> None:
        """Show a stored conversation."""
        self.transcript.show_conversation(conversation)
        self._show_right_page()

    def show_new(self) -> None:
        """Show the welcome, ready for a new conversation."""
        self.transcript.clear()
        self.find_bar.end()
        self._show_right_page()
        self.question_box.edit.setFocus()

    def open_find(self) -> None:
        """Let the user find words, where something was said."""
        if not self.transcript.is_empty:
            self.find_bar.open()

    def begin_turn(self, question: str, scope: Scope) -> None:
        """Show a question that was just asked; the box offers to stop."""
        self.transcript.begin_turn(question, scope)
        self.question_box.set_busy(True)
        self._show_right_page()

    def show_event(self, event: AnswerEvent | Failed) -> None:
        """Bring the answer in work up to date."""
        self.transcript.show_event(event)
        if not self.transcript.is_running:
            self.question_box.set_busy(False)

    def end_turn(self) -> None:
        """The answer in work will not go on, and no event says why."""
        self.transcript.end_turn()
        self.question_box.set_busy(False)

    def _edit(self, question: str, scope: Scope) -> None:
        """Put a question that was asked into the box again, with what it was asked of."""
        self.question_box.put(question)
        if scope != self.question_box.scope:
            self.question_box.set_scope(scope)
            self.scope_changed.emit(scope)
        self.question_box.setFocus()

    def _find_from_here(self) -> None:
        browser = self.transcript.browser
        cursor = browser.textCursor()
        cursor.setPosition(cursor.selectionStart())
        browser.setTextCursor(cursor)

    def _find(self, words: str, backwards: bool) -> None:  # noqa: FBT001  a slot
        found = self.transcript.find_text(words, backwards=backwards)
        self.find_bar.show_outcome(found=found)

    def _show_right_page(self) -> None:
        empty = self.transcript.is_empty
        self._stack.setCurrentWidget(self.welcome if empty else self.transcript)

    def _pass_on(self) -> None:
        self.question_box.asked.connect(self.asked)
        self.question_box.stop_wanted.connect(self.stop_wanted)
        self.question_box.scope_changed.connect(self.scope_changed)
        self.question_box.scope_wanted.connect(self.scope_wanted)
        self.transcript.stop_wanted.connect(self.stop_wanted)
        self.transcript.citation_chosen.connect(self.citation_chosen)
        self.transcript.hit_chosen.connect(self.hit_chosen)
        self.transcript.rated.connect(self.rated)
        self.transcript.wishes.edit_wanted.connect(self._edit)
        self.find_bar.changed.connect(self._find_from_here)
        self.find_bar.find_wanted.connect(self._find)
        self.find_bar.closed.connect(self.transcript.setFocus)
        self.welcome.add_folder_wanted.connect(self.add_folder_wanted)
        self.welcome.sample_chosen.connect(self.sample_chosen)
        self.welcome.get_model_wanted.connect(self.get_model_wanted)
        self.welcome.use_model_wanted.connect(self.use_model_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the box in the conversation's column."""
        super().resizeEvent(event)
        widest = theme.px(theme.COLUMN_WIDTH) + 20
        narrow = self.width() < theme.px(420)
        side = max(10 if narrow else _SIDE, (self.width() - widest) // 2)
        self._row.setContentsMargins(side, 0, side, 0)
