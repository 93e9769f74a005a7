"""The card that shows how far the model is with reading before its first word."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.models.plain_text import plain
from app.widgets import whole_words, wording
from app.widgets.announcing import announce
from app.widgets.elided_label import ElidedLabel
from rag.events import (
    AnswerEvent,
    Failed,
    PassProgress,
    PlanMade,
    PrefillProgress,
    SectionsProgress,
    WholeProgress,
)
from rag.records import Mode

_TICK_MS = 500
_STEPS = 1000
_SPOKEN_STEP = _STEPS // 4
_MOST_OF_A_PART = 0.9  # that is shown as read before it is


class ReadingCard(QFrame):
    """Says what is read and for how long still, with a button that stops it.

    While documents are read whole it has two lines more, and a button that pauses.
    """

    stop_wanted = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Progress of the answer"))
        self.words_in: Callable[[Sequence[Path]], int] = lambda _paths: 0
        self._what = ElidedLabel(parent=self)
        self._far = ElidedLabel(parent=self)
        self._hint = QLabel(self)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._pause = QToolButton(self)
        self._pause.clicked.connect(self._toggle)
        self._stop = QPushButton(self.tr("Stop  Esc"), self)
        self._stop.setProperty("kind", "quiet")
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
        self._whole: WholeProgress | None = None
        self._sections: SectionsProgress | None = None
        self._spoken = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._lay_out()
        self._take_fonts()
        self._show_lines(detailed=False)

    def begin(self) -> None:
        """Show that passages are being looked for."""
        self._title = self.tr("Looking through your files…")
        self._expected_s = None
        self._counts = False
        self._whole = self._sections = None
        self._spoken = 0
        self._bar.setValue(0)
        self._hint.clear()
        self._show_lines(detailed=False)
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
            case WholeProgress():
                self.show_whole(event)
            case SectionsProgress():
                self.show_sections(event)
            case _:
                pass

    def show_plan(self, plan: PlanMade) -> None:
        """Show what will be read and the estimate until the first word."""
        detailed = plan.mode in {Mode.WHOLE_DOCUMENT, Mode.SECTIONS}
        if plan.mode is Mode.OWN_KNOWLEDGE:
            self._title = self.tr("The model is thinking…")
        elif plan.mode is Mode.EXHAUSTIVE:
            self._title = self.tr("Going through everything…")
        elif detailed:
            self._title = self.tr("Reading all of it…")
            self._hint.setText(plain(plan.reason))
            self._far.show_text("")
        else:
            self._title = self.tr("Reading {0}…").format(wording.passages(plan.passages))
        self._show_lines(detailed=detailed)
        self._expect(plan.first_token_s)

    def show_prefill(self, progress: PrefillProgress) -> None:
        """Show how much of it the model has read."""
        if self._detailed:  # the documents are read: this is the question
            left = wording.duration(progress.seconds_left)
            self._whole = self._sections = None
            self._bar.setValue(_STEPS)
            self._far.show_text(self.tr("All of it is read. The answer begins in {0}").format(left))
            return
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

    def show_whole(self, progress: WholeProgress) -> None:
        """Show how far documents are read whole, and whether that rests."""
        self._whole, self._sections = progress, None
        self._show_lines(detailed=True)
        self._title = self.tr("Reading all of {0}").format(whole_words.names(progress.paths))
        if not self._hint.text():
            self._hint.setText(
                self.tr("Once read, every further question about it starts at once, also tomorrow.")
            )
        share = progress.tokens_done / max(1, progress.tokens_total)
        self._bar.setValue(round(_STEPS * min(1.0, share)))
        self._show_pause(paused=progress.paused)
        self._expect(progress.seconds_left)
        self._announce()

    def show_sections(self, progress: SectionsProgress) -> None:
        """Show which part of a long document is summarised."""
        self._whole, self._sections = None, progress
        self._show_lines(detailed=True)
        self._title = self.tr("Reading all of it, part by part")
        if not self._hint.text():
            self._hint.setText(
                self.tr("What each part says is kept: asked again, it does not start over.")
            )
        self._expect(progress.seconds_left)
        self._announce()

    def height_at(self, width: int) -> int:
        """How high it has to be, in px, to show all of its lines."""
        wrapped = self.heightForWidth(width)
        return wrapped if wrapped > 0 else self.sizeHint().height()

    def end(self) -> None:
        """The first word is there, or the answer ended without one."""
        self._timer.stop()
        self.hide()

    # ------------------------------------------------------------ inside

    @property
    def _detailed(self) -> bool:
        return not self._hint.isHidden()

    def _show_lines(self, *, detailed: bool) -> None:
        for part in (self._far, self._hint):
            part.setVisible(detailed)
        self._pause.setVisible(detailed and self._whole is not None)
        stop = self.tr("Stop this answer (Esc)")
        kept = self.tr("Stop this answer (Esc); what was read is kept")
        self._stop.setToolTip(kept if detailed else stop)

    def _show_pause(self, *, paused: bool) -> None:
        words = self.tr("Go on reading") if paused else self.tr("Pause reading")
        self._pause.setIcon(theme.icon("play" if paused else "pause"))
        self._pause.setToolTip(words)
        self._pause.setAccessibleName(words)
        self._pause.show()

    def _toggle(self) -> None:
        paused = self._whole is not None and self._whole.paused
        (self.resume_wanted if paused else self.pause_wanted).emit()

    def _expect(self, seconds_left: float | None) -> None:
        self._begun = time.monotonic()
        self._expected_s = seconds_left
        self._tick()

    def _tick(self) -> None:
        left = None
        if self._expected_s is not None:
            left = self._expected_s - (time.monotonic() - self._begun)
        if self._detailed:
            self._say(self._title)
            self._show_how_far(None if left is None else max(1.0, left))
        elif left is None:
            self._say(self._title)
        elif self._counts:
            self._say(f"{self._title} · {wording.time_left(max(1.0, left))}")
        elif left > 0.5:
            self._say(f"{self._title} {wording.duration(left)}")
        else:
            self._say(self.tr("{0} any moment now").format(self._title))

    def _show_how_far(self, left: float | None) -> None:
        if self._whole is not None:
            now = replace(self._whole, seconds_left=left)
            self._far.show_text(whole_words.how_far(now, self.words_in(now.paths)))
        elif self._sections is not None:
            self._far.show_text(whole_words.parts(replace(self._sections, seconds_left=left)))
            self._bar.setValue(round(_STEPS * self._share_of_parts(left)))
        elif left is not None and not self._far.words:
            self._far.show_text(wording.time_left(left))

    def _share_of_parts(self, left: float | None) -> float:
        """How much is read, 0..1, the part in hand by its time: one may take minutes."""
        if self._sections is None:
            return 0.0
        total = max(1, self._sections.sections_total)
        done = min(total, self._sections.sections_done)
        if left is None or not self._expected_s:
            return done / total
        gone = 1 - min(1.0, left / self._expected_s)
        return (done + min(_MOST_OF_A_PART, gone * (total - done))) / total

    def _announce(self) -> None:
        """Say each quarter to a screen reader."""
        step = 1 + self._bar.value() // _SPOKEN_STEP
        if step != self._spoken:
            self._spoken = step
            announce(self, f"{self._title}: {self._far.words}")

    def _say(self, words: str) -> None:
        if self._what.words != words:
            self._what.show_text(words)

    # ------------------------------------------------------------ Qt

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._what, 1)
        head.addWidget(self._pause)
        head.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 6, 8, 14)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._far)
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 5, 0)
        bar.addWidget(self._bar)
        column.addLayout(bar)
        self._hint.setContentsMargins(0, 4, 5, 0)
        column.addWidget(self._hint)
        for label in (self._far, self._hint):
            theme.set_kind(label, "secondary")
        self._show_pause(paused=False)

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102, N802
        super().changeEvent(event)
        if theme.is_change(event):
            self._take_fonts()

    def _take_fonts(self) -> None:
        self._what.setFont(theme.font(theme.Text.SECONDARY))
