"""How far documents are that are read whole in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.models.plain_text import plain, tip
from app.widgets import whole_words, wording
from app.widgets.announcing import announce
from app.widgets.elided_label import ElidedLabel
from rag.events import WholeProgress

_STEPS = 1000
_SPOKEN_STEP = _STEPS // 4


class WholeCard(QFrame):
    """Shows a `WholeProgress` that no question waits for; hidden while nothing is read so."""

    pause_wanted = Signal()
    resume_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "card")
        self.words_in: Callable[[Sequence[Path]], int] = lambda _paths: 0
        self._paused = False
        self._spoken = ""
        self.title = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.name = ElidedLabel()
        self.rest = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        for label in (self.name, self.rest):
            theme.set_kind(label, "secondary")
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.pause = self._button("pause", self.tr("Pause reading whole"))
        self.pause.clicked.connect(self._toggle)
        self.cancel = self._button("close", self.tr("Stop reading whole; what was read is kept"))
        self.cancel.clicked.connect(self.cancel_wanted)
        self._lay_out()
        self.hide()

    def show_progress(self, progress: WholeProgress | None, waiting: int = 0) -> None:
        """Show how far it is, and how many documents come after; None hides the card."""
        self.setVisible(progress is not None)
        if progress is None:
            self._spoken = ""
            return
        self._set_paused(paused=progress.paused)
        share = min(1.0, progress.tokens_done / max(1, progress.tokens_total))
        percent = wording.number(int(share * 100))
        title = self.tr("Paused at {0}%") if progress.paused else self.tr("{0}% read whole")
        self.title.show_text(title.format(percent))
        self.name.show_text(whole_words.names(progress.paths))
        words = self.words_in(progress.paths)
        self.rest.show_text(self._rest_words(progress, waiting))
        self.rest.setVisible(bool(self.rest.words))
        self.bar.setValue(round(share * _STEPS))
        self.bar.setAccessibleName(f"{self.title.words}, {self.name.words}")
        told = [*map(str, progress.paths), whole_words.how_far(progress, words)]
        self.setToolTip(tip("\n".join(told)))
        held = progress.paused or progress.waits_for
        self._announce(f"{held}{self.name.words}{self.bar.value() // _SPOKEN_STEP}")

    # ------------------------------------------------------------ inside

    def _rest_words(self, progress: WholeProgress, waiting: int) -> str:
        said: list[str] = []
        if progress.waits_for and not progress.paused:
            said.append(plain(progress.waits_for))
        elif progress.seconds_left is not None and not progress.paused:
            said.append(wording.time_left(progress.seconds_left))
        if waiting:
            said.append(self.tr("{0} more waiting").format(wording.number(waiting)))
        return " · ".join(said)

    def _toggle(self) -> None:
        (self.resume_wanted if self._paused else self.pause_wanted).emit()

    def _set_paused(self, *, paused: bool) -> None:
        if paused != self._paused:
            self._paused = paused
            words = self.tr("Go on reading whole") if paused else self.tr("Pause reading whole")
            self.pause.setIcon(theme.icon("play" if paused else "pause"))
            self.pause.setToolTip(words)
            self.pause.setAccessibleName(words)

    def _announce(self, step: str) -> None:
        """Say each quarter of a document, and that it rests."""
        if step != self._spoken:
            self._spoken = step
            announce(
                self, ". ".join(filter(None, (self.title.words, self.name.words, self.rest.words)))
            )

    def _button(self, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title, 1)
        head.addWidget(self.pause)
        head.addWidget(self.cancel)
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 4, 4, 0)
        bar.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 12)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.name)
        layout.addWidget(self.rest)
        layout.addLayout(bar)
