"""The card that shows how far the model is with reading before its first word."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.widgets import wording
from rag.events import AnswerEvent, Failed, PassProgress, PlanMade, PrefillProgress
from rag.records import Mode

_TICK_MS = 500
_STEPS = 1000


class ReadingCard(QFrame):
    """Says what is read and for how long still, with a button that stops it."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Progress of the answer"))
        self._what = QLabel(self)
        self._stop = QPushButton(self.tr("Stop  Esc"), self)
        self._stop.setProperty("kind", "quiet")
        self._stop.setToolTip(self.tr("Stop this answer (Esc)"))
        self._stop.setAccessibleName(self.tr("Stop this answer"))
        self._stop.clicked.connect(self.stop_wanted)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Reading"))
        self._begun = 0.0
        self._expected_s: float | None = None
        self._title = ""
        self._counts = False  # it goes through everything, piece by piece
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        head = QHBoxLayout()
        head.addWidget(self._what, 1)
        head.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 6, 8, 14)
        column.setSpacing(4)
        column.addLayout(head)
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 5, 0)
        bar.addWidget(self._bar)
        column.addLayout(bar)
        self._take_fonts()

    def begin(self) -> None:
        """Show that passages are being looked for."""
        self._title = self.tr("Looking through your files…")
        self._expected_s = None
        self._counts = False
        self._bar.setValue(0)
        self._say(self._title)
        self._timer.start()

    def follow(self, event: AnswerEvent | Failed) -> None:
        """Show what `event` tells of how far the answer is; most tell nothing."""
        match event:
            case PlanMade():
                self.show_plan(event)
            case PrefillProgress():
                self.show_prefill(event)
            case PassProgress():
                self.show_pass(event)
            case _:
                pass

    def show_plan(self, plan: PlanMade) -> None:
        """Show what will be read and the estimate until the first word."""
        if plan.mode is Mode.OWN_KNOWLEDGE:
            self._title = self.tr("The model is thinking…")
        elif plan.mode is Mode.EXHAUSTIVE:
            self._title = self.tr("Going through everything…")
        else:
            self._title = self.tr("Reading {0}…").format(wording.passages(plan.passages))
        self._expect(plan.first_token_s)

    def show_prefill(self, progress: PrefillProgress) -> None:
        """Show how much of it the model has read."""
        share = progress.tokens_done / max(1, progress.tokens_total)
        self._bar.setValue(round(_STEPS * min(1.0, share)))
        self._expect(progress.seconds_left)

    def show_pass(self, progress: PassProgress) -> None:
        """Show how far going through everything is, and what it found so far."""
        done, total = progress.passages_done, progress.passages_total
        self._title = self.tr("Going through everything: {0} of {1} · {2} found").format(
            wording.number(done), wording.passages(total), wording.number(progress.found)
        )
        self._counts = True
        self._bar.setValue(round(_STEPS * min(1.0, done / max(1, total))))
        self._expect(progress.seconds_left)

    def end(self) -> None:
        """The first word is there, or the answer ended without one."""
        self._timer.stop()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102, N802
        super().changeEvent(event)
        if theme.is_change(event):
            self._take_fonts()

    def _take_fonts(self) -> None:
        self._what.setFont(theme.font(theme.Text.SECONDARY))

    def _expect(self, seconds_left: float | None) -> None:
        self._begun = time.monotonic()
        self._expected_s = seconds_left
        self._tick()

    def _tick(self) -> None:
        if self._expected_s is None:
            self._say(self._title)
            return
        left = self._expected_s - (time.monotonic() - self._begun)
        if self._counts:
            self._say(f"{self._title} · {wording.time_left(max(1.0, left))}")
        elif left > 0.5:
            self._say(f"{self._title} {wording.duration(left)}")
        else:
            self._say(self.tr("{0} any moment now").format(self._title))

    def _say(self, words: str) -> None:
        if self._what.text() != words:
            self._what.setText(words)
