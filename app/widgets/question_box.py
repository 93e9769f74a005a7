"""Where the user types a question and says what it is asked of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app import theme
from app.widgets.chips import Chip
from app.widgets.flow_layout import FlowLayout
from app.widgets.place_picker import PlacePicker
from app.widgets.question_edit import QuestionEdit
from rag.records import Scope

_SHADOW = 10  # px around the box


class QuestionBox(QWidget):
    """A card with the scope's chips, the question, and the button that sends or stops."""

    asked = Signal(str)  # the question, stripped, never empty
    stop_wanted = Signal()
    scope_changed = Signal(object)  # Scope
    scope_wanted = Signal()  # the list of files and folders opens

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = Scope()
        self._places: tuple[Path, ...] = ()
        self._busy = False
        self._ready = True
        self._why = ""
        self._opened_by_at = False
        self.edit = QuestionEdit(self)
        self.edit.setPlaceholderText(self.tr("Ask about your files…"))
        self.edit.setAccessibleName(self.tr("Question"))
        self._send = QToolButton(self)
        self._send.setProperty("kind", "send")
        self._why_line = QLabel(self)
        self._why_line.setProperty("kind", "secondary")
        self._why_line.setWordWrap(True)
        self._why_line.hide()
        self._picker = PlacePicker(self)
        self._add = Chip(self.tr("file or folder"), self, icon="plus", end=False, dashed=True)
        self._add.setToolTip(self.tr("Ask only about some files or folders (@)"))
        self._add.setAccessibleName(self.tr("Ask only about some files or folders"))
        self._chips = FlowLayout(spacing=6)
        self._lay_out()
        self.setFocusProxy(self.edit)
        self.edit.installEventFilter(self)
        self._send.clicked.connect(self._press)
        self.edit.send_wanted.connect(self._ask)
        self.edit.place_wanted.connect(self._open_picker_at)
        self.edit.dropped.connect(self._add_places)
        self.edit.textChanged.connect(self._show_state)
        self._add.clicked.connect(self._open_picker)
        self._picker.chosen.connect(self._take_chosen)
        self._show_chips()
        self._show_state()

    # ------------------------------------------------------------ showing

    def set_scope(self, scope: Scope) -> None:
        """Show what the next question is asked of; emits nothing."""
        self._scope = scope
        self._show_chips()

    @property
    def scope(self) -> Scope:
        """What the next question is asked of."""
        return self._scope

    def set_places(self, places: Sequence[Path]) -> None:
        """The folders and files that can be asked about."""
        self._places = tuple(places)
        self.edit.take_drops_of(frozenset(self._places))
        if self._picker.isVisible():
            self._picker.show_places(self._places)

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

    # ------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._send, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SHADOW + 13, _SHADOW + 8, _SHADOW + 13, _SHADOW + 10)
        column.setSpacing(8)
        column.addLayout(self._chips)
        column.addLayout(row)
        column.addWidget(self._why_line)
        self._size_button()

    def _size_button(self) -> None:
        side = theme.px(32)
        self._send.setFixedSize(side, side)
        self._send.setIconSize(QSize(theme.px(16), theme.px(16)))

    def _show_chips(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            chip = item.widget()
            if isinstance(chip, Chip) and chip is not self._add:
                chip.hide()
                chip.deleteLater()
        if not self._scope.paths:
            self._chips.addWidget(Chip(self.tr("Whole library"), self))
        for path in self._scope.paths:
            chip = Chip(path.name, self, icon="close")
            chip.setToolTip(self.tr("Do not limit the question to {0}").format(path))
            chip.setAccessibleName(
                self.tr("Asks only about {0}. Press to remove.").format(path.name)
            )
            chip.clicked.connect(lambda _=False, gone=path: self._remove_place(gone))
            self._chips.addWidget(chip)
        self._chips.addWidget(self._add)

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

    # ------------------------------------------------------------ scope

    def _open_picker(self) -> None:
        self.scope_wanted.emit()
        self._picker.show_places(self._places)
        self._picker.open_above(self._add)

    def _open_picker_at(self) -> None:
        self._opened_by_at = True
        self._open_picker()

    def _take_chosen(self, place: Path) -> None:
        if self._opened_by_at:
            self.edit.textCursor().deletePreviousChar()
        self._opened_by_at = False
        self._add_places([place])
        self.edit.setFocus()

    def _add_places(self, places: Sequence[Path]) -> None:
        self._change_scope((*self._scope.paths, *places))

    def _remove_place(self, gone: Path) -> None:
        self._change_scope(tuple(path for path in self._scope.paths if path != gone))
        self.edit.setFocus()

    def _change_scope(self, paths: Sequence[Path]) -> None:
        scope = Scope(tuple(dict.fromkeys(paths)))
        if scope != self._scope:
            self.set_scope(scope)
            self.scope_changed.emit(scope)

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
