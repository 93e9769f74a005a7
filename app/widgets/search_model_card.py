"""How far the library is with being made searchable with another search model."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.widgets import wording
from app.widgets.announcing import announce
from rag.events import EmbedderChanged

_STEPS = 1000
_SPOKEN_STEP = _STEPS // 4


class SearchModelCard(QFrame):
    """Shows an `EmbedderChanged` while another model is coming, and that it came."""

    pause_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "card")
        self._coming = ""  # the id of the model whose coming is shown
        self._shown = False
        self._waits = False
        self._paused = False
        self._spoken = 0
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.rest = QLabel(self)
        self.rest.setTextFormat(Qt.TextFormat.PlainText)
        self.rest.setWordWrap(True)
        theme.set_kind(self.rest, "secondary")
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self._sign = QLabel(self)
        self.pause = QToolButton()
        self.close_button = QToolButton()
        self.close_button.setIcon(theme.icon("close"))
        self.close_button.setToolTip(self.tr("Hide this message"))
        self.close_button.setAccessibleName(self.tr("Hide this message"))
        self.close_button.clicked.connect(self.forget)
        self.pause.clicked.connect(self._toggle)
        self._lay_out()
        self._show_paused(paused=False)
        self.hide()

    def show_state(self, state: EmbedderChanged) -> None:
        """Show how far the coming model is; that it came stays until it is closed."""
        if state.coming is not None:
            self._show_coming(state)
        elif self._coming and self._coming == state.current.id:
            self._show_done(state.current.name)
        elif self._coming:
            self._show_at_all(shown=False)
        self._coming = state.coming.id if state.coming else ""

    def forget(self) -> None:
        """Nothing is known of a change any more."""
        self._coming = ""
        self._show_at_all(shown=False)

    def wait(self, *, waits: bool) -> None:
        """Give way to the reading of files, which goes first, or show again what there is."""
        self._waits = waits
        self.setVisible(self._shown and not waits)

    # ------------------------------------------------------------ inside

    def _show_coming(self, state: EmbedderChanged) -> None:
        name = state.coming.name if state.coming else ""
        self._show_paused(paused=state.paused)
        self.title.setText(self.tr("Making the library searchable with {0}…").format(name))
        self.rest.setText(self._how_far(state))
        share = state.chunks_done / state.chunks_total if state.chunks_total else 0.0
        self.bar.setValue(round(min(1.0, share) * _STEPS))
        self.bar.setAccessibleName(self.title.text())
        self._set_running(running=True)
        self._announce(f"{self.title.text()} {self.rest.text()}")

    def _show_done(self, name: str) -> None:
        self.title.setText(self.tr("The library is now searched with {0}.").format(name))
        self._set_running(running=False)
        self._spoken = 0
        announce(self, self.title.text())

    def _set_running(self, *, running: bool) -> None:
        for part in (self.rest, self.pause, self.bar):
            part.setVisible(running)
        self._sign.setVisible(not running)
        self.close_button.setVisible(not running)
        self._show_at_all(shown=True)

    def _show_at_all(self, *, shown: bool) -> None:
        self._shown = shown
        self.setVisible(shown and not self._waits)

    def _how_far(self, state: EmbedderChanged) -> str:
        if not state.chunks_total:
            return ""
        said = self.tr("{0} of {1}").format(
            wording.number(state.chunks_done), wording.passages(state.chunks_total)
        )
        if state.paused:
            return self.tr("Paused at {0}").format(said)
        if state.seconds_left is None:
            return said
        return f"{said}\n{wording.time_left(state.seconds_left)}"

    def _show_paused(self, *, paused: bool) -> None:
        self._paused = paused
        words = self.tr("Go on") if paused else self.tr("Pause; reading files pauses too")
        self.pause.setIcon(theme.icon("play" if paused else "pause"))
        self.pause.setToolTip(words)
        self.pause.setAccessibleName(words)

    def _toggle(self) -> None:
        (self.resume_wanted if self._paused else self.pause_wanted).emit()

    def _announce(self, words: str) -> None:
        step = 1 + self.bar.value() // _SPOKEN_STEP
        if step != self._spoken:
            self._spoken = step
            announce(self, words)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.title, 1)
        first.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        second = QHBoxLayout()
        second.addWidget(self.rest, 1)
        second.addWidget(self.pause, 0, Qt.AlignmentFlag.AlignTop)
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 4, 4, 0)
        bar.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 12)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addLayout(bar)
        self._size_sign()

    def _size_sign(self) -> None:
        side = theme.px(theme.ICON_SIZE)
        picture = theme.icon("check", "accent").pixmap(QSize(side, side))
        self._sign.setPixmap(picture)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the new look's colours."""
        super().changeEvent(event)
        if theme.is_change(event):
            self._size_sign()
