"""The conversation's side of the window: questions out, answers in, and the list of them all."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.engine import Engine
from rag.events import (
    AnswerFinished,
    Ask,
    CheckSources,
    ConflictsFound,
    ConversationOpened,
    ConversationsListed,
    ConversationStarted,
    DeleteConversation,
    EngineStarted,
    Event,
    EvidenceAdded,
    EvidenceFound,
    Failed,
    ListConversations,
    OpenConversation,
    PassOffered,
    PassProgress,
    PlanMade,
    PrefillProgress,
    RateAnswer,
    ReadingFinished,
    RenameConversation,
    RestoreConversation,
    RewriteStarted,
    SectionsProgress,
    SentenceCited,
    SentenceForeseen,
    SourcesChecked,
    StopAnswer,
    TextStreamed,
    WholeOffered,
    WholeProgress,
)
from rag.records import Mode, Scope

_OF_AN_ANSWER = (
    ConversationStarted,
    EvidenceFound,
    EvidenceAdded,
    ConflictsFound,
    PassOffered,
    PassProgress,
    WholeOffered,
    WholeProgress,
    SectionsProgress,
    PlanMade,
    PrefillProgress,
    TextStreamed,
    SentenceForeseen,
    SentenceCited,
    RewriteStarted,
    AnswerFinished,
)


class ConversationController(QObject):
    """Asks one question at a time and follows its answer; late events of others are dropped."""

    about_to_ask = Signal()
    turn_begun = Signal(str, object)  # the question, and the Scope it is asked of
    answered = Signal(object)  # an AnswerEvent or Failed of the turn that was begun last
    busy_changed = Signal(bool)
    cleared = Signal()  # a new conversation: show nothing
    opened = Signal(object)  # Conversation
    sources_checked = Signal(tuple)  # of ChangedSource: all of the conversation that is shown
    listed = Signal(tuple)  # of ConversationInfo, the last changed first
    titled = Signal(str)  # of the conversation that is shown; empty for a new one
    spoken = Signal(float)  # words per second of an answer
    failed = Signal(str, str)  # message and detail of what is no answer

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._current: int | None = None
        self._asking: int | None = None  # the request in work
        self._next: Ask | None = None  # asked in its place, once it has stopped
        self._opening: int | None = None
        self._scope = Scope()
        self._read: Mode | None = None  # how much to read for the next questions
        self._mine: set[int] = set()  # requests about the list
        engine.started.connect(self._start)
        engine.died.connect(self._lose_answer)
        engine.gave_up.connect(self._lose_answer)
        engine.replied.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether an answer is in work."""
        return self._asking is not None

    @property
    def current(self) -> int | None:
        """The conversation that is shown; None for a new one, or none that was asked in."""
        return self._current

    # ------------------------------------------------------------ wishes

    @Slot(object)
    def use_scope(self, scope: Scope) -> None:
        """What the next questions are asked of."""
        self._scope = scope

    @Slot(object)
    def use_read(self, read: Mode | None) -> None:
        """How much is read for the next questions; None leaves it to the engine's plan."""
        self._read = read

    @Slot(str)
    def ask(self, question: str) -> None:
        """Ask in the conversation that is shown; nothing while an answer is in work."""
        self._ask(Ask(question, self._scope, self._current, read=self._read))

    @Slot(str)
    def ask_own_knowledge(self, question: str) -> None:
        """Let the model answer without the files."""
        self._ask(Ask(question, self._scope, self._current, own_knowledge=True))

    @Slot(str, object)
    def ask_as_typed(self, question: str, scope: Scope) -> None:
        """Ask all of `scope`, whatever the question names."""
        self._ask(Ask(question, scope, self._current, as_typed=True))

    @Slot(str, object)
    def ask_everything(self, question: str, scope: Scope) -> None:
        """Go through all of `scope` for the question; an answer in work is stopped for it."""
        self._ask_instead(Ask(question, scope, self._current, read=Mode.EXHAUSTIVE))

    @Slot(str, object, object)
    def ask_whole(self, question: str, scope: Scope, read: Mode) -> None:
        """Read all of `scope` for the question, whole or in parts; an answer is stopped for it."""
        self._ask_instead(Ask(question, scope, self._current, read=read))

    @Slot(int, int)
    def rate(self, turn_id: int, rating: int) -> None:
        """Keep what the user thinks of an answer: 1, -1, or 0 for nothing."""
        self._mine.add(self._engine.send(RateAnswer(turn_id, rating)))

    @Slot()
    def stop(self) -> None:
        """Stop the answer in work."""
        if self._asking is not None:
            self._engine.send(StopAnswer())

    @Slot()
    def begin_new(self) -> None:
        """Leave the conversation; the next question starts another."""
        self.stop()
        self._end_turn()
        self._current = None
        self.cleared.emit()
        self.titled.emit("")

    @Slot(int)
    def open(self, conversation_id: int) -> None:
        """Show a conversation of the list."""
        self.stop()
        self._end_turn()
        self._opening = self._engine.send(OpenConversation(conversation_id))
        self._mine.add(self._opening)

    @Slot(int, str)
    def rename(self, conversation_id: int, title: str) -> None:
        """Give a conversation a title."""
        self._send(RenameConversation(conversation_id, title))
        if conversation_id == self._current:
            self.titled.emit(title)

    @Slot(int)
    def delete(self, conversation_id: int) -> None:
        """Delete a conversation; `restore` undoes it."""
        self._send(DeleteConversation(conversation_id))
        if conversation_id == self._current:
            self.begin_new()

    @Slot(int)
    def restore(self, conversation_id: int) -> None:
        """Undo a deletion."""
        self._send(RestoreConversation(conversation_id))

    # ------------------------------------------------------------ inside

    def _send(
        self,
        command: ListConversations | RenameConversation | DeleteConversation | RestoreConversation,
    ) -> None:
        self._mine.add(self._engine.send(command))
        if not isinstance(command, ListConversations):
            self._mine.add(self._engine.send(ListConversations()))

    def _ask(self, command: Ask) -> None:
        if self._asking is not None:
            return
        self._next = None
        self.about_to_ask.emit()
        self.turn_begun.emit(command.question, command.scope)
        self._asking = self._engine.send(command)
        self.busy_changed.emit(True)

    def _ask_instead(self, command: Ask) -> None:
        if self._asking is None:
            self._ask(command)
        else:
            self._next = command
            self.stop()

    def _end_turn(self) -> None:
        self._next = None
        if self._asking is not None:
            self._asking = None
            self.busy_changed.emit(False)

    def _start(self, _started: EngineStarted) -> None:
        self._send(ListConversations())

    def _lose_answer(self, *_why: str) -> None:
        self._opening = None
        self._mine.clear()
        if self._asking is not None:
            self._end_turn()
            message = self.tr(
                "The engine stopped while it was answering. "
                "Your question is kept: ask again once it is back."
            )
            self.answered.emit(Failed(message))

    def _take(self, number: int, event: Event) -> None:
        if isinstance(event, ConversationsListed):
            self.listed.emit(event.conversations)
        elif isinstance(event, ConversationOpened):
            self._show(number, event)
        elif isinstance(event, SourcesChecked):
            if event.conversation_id == self._current:
                self.sources_checked.emit(event.changed)
        elif isinstance(event, ReadingFinished) and self._current is not None:
            self._mine.add(self._engine.send(CheckSources(self._current)))
        elif number == self._asking and number is not None:
            self._follow(event)
        elif isinstance(event, Failed) and number in self._mine:
            self._mine.discard(number)
            self.failed.emit(event.message, event.detail)

    def _follow(self, event: Event) -> None:
        if not isinstance(event, (*_OF_AN_ANSWER, Failed)):
            return
        if isinstance(event, ConversationStarted):
            if self._current != event.conversation.id:
                self._current = event.conversation.id
                self._send(ListConversations())
            self.titled.emit(event.conversation.title)
        elif isinstance(event, AnswerFinished):
            self._tell_speed(event)
        self.answered.emit(event)
        if isinstance(event, AnswerFinished | Failed):
            following = self._next
            self._end_turn()
            if following is not None and isinstance(event, AnswerFinished):
                self._ask(following)

    def _tell_speed(self, event: AnswerFinished) -> None:
        stats = event.answer.stats
        if stats is not None and stats.answer_tokens and stats.decode_tokens_per_s > 0:
            seconds = stats.answer_tokens / stats.decode_tokens_per_s
            self.spoken.emit(len(event.answer.text.split()) / seconds)

    def _show(self, number: int, event: ConversationOpened) -> None:
        self._mine.discard(number)
        if number == self._opening:
            self._opening = None
            self._current = event.conversation.info.id
            self.titled.emit(event.conversation.info.title)
            self.opened.emit(event.conversation)
