"""Where the user types a question and says what it is asked of."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app import theme
from app.models.plain_text import tip
from app.widgets import whole_words
from app.widgets.question_edit import QuestionEdit
from app.widgets.read_choice import ReadChoice
from app.widgets.scope_chips import ScopeChips
from rag.records import Scope, WholeEstimate

_SHADOW = 10  # px around the box


class QuestionBox(QWidget):
    """A card with the scope's chips, the question, and the button that sends or stops.

    For a document, or two, it also offers how to read, and to have all of it summed up.
    """

    asked = Signal(str)  # the question, stripped, never empty
    whole_wanted = Signal(str, object, object)  # a question, its Scope, the Mode to read whole in
    stop_wanted = Signal()
    scope_changed = Signal(object)  # Scope
    scope_wanted = Signal()  # the list of files and folders opens

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self._ready = True
        self._why = ""
        self._opened_by_at = False
        self.edit = QuestionEdit(self)
        self.edit.setAccessibleName(self.tr("Question"))
        self._send = QToolButton(self)
        self._send.setProperty("kind", "send")
        self._why_line = QLabel(self)
        self._why_line.setProperty("kind", "secondary")
        self._why_line.setWordWrap(True)
        self._why_line.setTextFormat(Qt.TextFormat.PlainText)
        self._why_line.hide()
        self.scope_chips = ScopeChips(self)
        self.reading = ReadChoice(self)
        self._documents = 0
        self.task = QPushButton(self)
        theme.set_kind(self.task, "link")
        self.task.setAutoDefault(False)
        self.task.hide()
        self._lay_out()
        self.setFocusProxy(self.edit)
        self.edit.installEventFilter(self)
        self._send.clicked.connect(self._press)
        self.task.clicked.connect(self._ask_task)
        self.edit.send_wanted.connect(self._ask)
        self.edit.place_wanted.connect(self._open_picker_at)
        self.edit.chips_wanted.connect(self.scope_chips.focus_last)
        self.edit.dropped.connect(self.scope_chips.add_places)
        self.edit.textChanged.connect(self._show_state)
        self.scope_chips.changed.connect(self.scope_changed)
        self.scope_chips.rearranged.connect(self._order_tabs)
        self.scope_chips.picker_opened.connect(self._begin_picking)
        self.scope_chips.place_chosen.connect(self._forget_at)
        self.scope_chips.left.connect(self.edit.setFocus)
        self._order_tabs()
        self._show_state()

    # ------------------------------------------------------------ showing

    def set_scope(self, scope: Scope) -> None:
        """Show what the next question is asked of; emits nothing."""
        self.scope_chips.show_scope(scope)

    @property
    def scope(self) -> Scope:
        """What the next question is asked of."""
        return self.scope_chips.scope

    def set_documents(self, documents: Sequence[Path]) -> None:
        """The documents that the scope is, where it is one or two; none where it is more."""
        self._documents = len(documents)
        self.reading.show_documents(self.scope, documents)
        self._show_task()

    def set_estimate(self, scope: Scope, estimate: WholeEstimate | None) -> None:
        """What reading all of `scope` takes; None: nothing of it can be read."""
        self.reading.show_estimate(scope, estimate)
        self._show_task()

    def set_places(self, places: Sequence[Path]) -> None:
        """The folders and files that can be asked about."""
        self.edit.take_drops_of(frozenset(places))
        self.scope_chips.show_places(places)

    def set_suffixes(self, suffixes: Iterable[str]) -> None:
        """The suffixes of what can be read, for the types that can be asked about."""
        self.scope_chips.show_suffixes(suffixes)

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001
        """While an answer is in work the button stops it."""
        self._busy = busy
        self._show_state()

    def set_ready(self, ready: bool, why: str = "") -> None:  # noqa: FBT001
        """Whether questions can be sent, and if not, why; typing is always possible."""
        self._ready = ready
        self._why = why
        self._show_state()

    def draft(self) -> str:
        """The question that is not sent yet, as it was typed."""
        return self.edit.toPlainText()

    def set_draft(self, text: str) -> None:
        """Put `text` into the field, the cursor at its end."""
        self.edit.setPlainText(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    def put(self, text: str) -> None:
        """Put `text` in the place of what is typed; undoing brings that back."""
        cursor = QTextCursor(self.edit.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    # ------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.task, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._send, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SHADOW + 13, _SHADOW + 8, _SHADOW + 13, _SHADOW + 10)
        column.setSpacing(8)
        column.addWidget(self.scope_chips)
        column.addWidget(self.reading)
        column.addLayout(row)
        column.addWidget(self._why_line)
        self._size_button()

    def _size_button(self) -> None:
        side = theme.px(32)
        self._send.setFixedSize(side, side)
        self._send.setIconSize(QSize(theme.px(16), theme.px(16)))

    def _order_tabs(self) -> None:
        """Let Tab go through the chips, the field and the button, as they are seen."""
        row = (
            *self.scope_chips.tab_order(),
            *self.reading.tab_order(),
            *(self.edit, self.task, self._send),
        )
        for one, other in itertools.pairwise(row):
            QWidget.setTabOrder(one, other)

    def _show_state(self) -> None:
        if self._busy:
            words = self.tr("Stop this answer (Esc)")
        else:
            words = self._why if not self._ready else self.tr("Ask (Enter)")
        color = "on_accent" if self._busy or self._ready else "secondary"
        self._send.setIcon(theme.icon("stop" if self._busy else "send", color))
        self._send.setToolTip(words)
        self._send.setAccessibleName(self.tr("Stop") if self._busy else self.tr("Ask"))
        self._send.setEnabled(self._busy or self._ready)
        self._why_line.setText(self._why)
        self._why_line.setVisible(not self._ready and bool(self._why))
        self._show_task()

    def _show_task(self) -> None:
        """Offer to sum up or compare all of it, as long as nothing else is typed."""
        two = self._documents > 1
        self.task.setText(self.tr("Compare these two") if two else self.tr("Summarise"))
        estimate, can = self.reading.estimate, self.reading.whole_mode is not None
        cost = whole_words.cost(estimate) if estimate else ""
        act = self.tr("Compare the two documents") if two else self.tr("Summarise all of it")
        self.task.setToolTip(tip(f"{act}: {cost}" if cost else act))
        self.task.setAccessibleDescription(cost)
        self.task.setEnabled(can and self._ready and not self._busy)
        self.task.setVisible(self._documents > 0 and self.edit.document().isEmpty())
        self._fit_placeholder()

    def _fit_placeholder(self) -> None:
        """Invite in as many words as there is room for."""
        words, few = self.tr("Ask about your files…"), self.tr("Ask…")
        taken = self.task.sizeHint().width() + 8 if self.task.isVisibleTo(self) else 0
        room = self.width() - 2 * (_SHADOW + 13) - self._send.width() - 8 - taken
        fits = self.edit.fontMetrics().horizontalAdvance(words) + 2 * theme.GRID <= room
        self.edit.setPlaceholderText(words if fits else few)

    def _ask_task(self) -> None:
        mode = self.reading.whole_mode
        if mode is not None:
            two, one = self.tr("Compare these two documents."), self.tr("Summarise this document.")
            self.whole_wanted.emit(two if self._documents > 1 else one, self.scope, mode)

    def _press(self) -> None:
        if self._busy:
            self.stop_wanted.emit()
        else:
            self._ask()

    def _ask(self) -> None:
        question = self.edit.toPlainText().strip()
        if question and self._ready and not self._busy:
            self.edit.clear()
            self.asked.emit(question)

    def _begin_picking(self) -> None:
        self._opened_by_at = False
        self.scope_wanted.emit()

    def _open_picker_at(self) -> None:
        self.scope_chips.open_picker()
        self._opened_by_at = True

    def _forget_at(self) -> None:
        if self._opened_by_at:
            self.edit.textCursor().deletePreviousChar()
        self._opened_by_at = False

    # ------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Draw the card and its soft shadow."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW - 4, -_SHADOW, -_SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for ring in range(_SHADOW):
            painter.setBrush(QColor(0, 0, 0, 5 if look.dark else 2))
            spread = ring - 3
            halo = card.adjusted(-spread, -spread + 4, spread, spread)
            painter.drawRoundedRect(halo, theme.RADIUS_BOX + spread, theme.RADIUS_BOX + spread)
        lit = self.edit.hasFocus()
        painter.setPen(QPen(look.accent if lit else look.line, 1.5 if lit else 1))
        painter.setBrush(look.card)
        painter.drawRoundedRect(
            card.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_BOX, theme.RADIUS_BOX
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Word the invitation anew."""
        super().resizeEvent(event)
        self._fit_placeholder()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Draw the ring when the field gets or loses the focus."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the new look's sizes."""
        super().changeEvent(event)
        if theme.is_change(event):
            self._size_button()
            self.update()
