"""How far the reading is: files, the one in hand, rate, time left; or what it waits for."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
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
from app.models.plain_text import tip
from app.widgets import wording
from app.widgets.announcing import announce
from app.widgets.elided_label import ElidedLabel
from rag.events import ReadingProgress

_STEPS = 1000
_LONG_PAGES = 20  # from which a file's own pages are worth telling
_FEW = 10  # pages a minute, below which a tenth counts
_SPOKEN_STEP = _STEPS // 4


class ProgressCard(QFrame):
    """Shows a `ReadingProgress`, hidden while nothing is read."""

    pause_wanted = Signal()
    resume_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "card")
        self._paused = False
        self._spoken = "0"
        self._files = QLabel()
        self._files.setTextFormat(Qt.TextFormat.PlainText)
        self._files.setWordWrap(True)
        self._rest = ElidedLabel()
        self._rate = ElidedLabel()
        for label in (self._rest, self._rate):
            theme.set_kind(label, "secondary")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._pause = self._button("pause", self.tr("Pause reading"))
        self._pause.clicked.connect(self._toggle)
        self._cancel = self._button("close", self.tr("Cancel reading; what was read stays"))
        self._cancel.clicked.connect(self.cancel_wanted)

        top = Qt.AlignmentFlag.AlignTop
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._files, 1)
        head.addWidget(self._pause, 0, top)
        head.addWidget(self._cancel, 0, top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 12)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._rest)
        layout.addWidget(self._rate)
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 4, 4, 0)
        bar.addWidget(self._bar)
        layout.addLayout(bar)
        self.hide()

    def show_progress(self, progress: ReadingProgress | None) -> None:
        """Show how far the reading is; None hides the card."""
        self.setVisible(progress is not None)
        if progress is None:
            self._spoken = "0"
            return
        waits = bool(progress.waits_for) and not progress.paused
        self._set_paused(paused=progress.paused)
        self._files.setText(progress.waits_for if waits else self._count(progress))
        self._rest.show_text(self._so_far(progress) if waits else self._what_remains(progress))
        rate = "" if waits or progress.paused else self._rate_words(progress)
        self._rate.show_text(rate)
        self._rate.setVisible(bool(rate))
        self._bar.setVisible(not waits)
        self.setToolTip(tip(str(progress.current or "")))
        page = progress.page / progress.pages if progress.pages else 0.0
        share = (progress.files_done + page) / max(1, progress.files_total)
        self._bar.setValue(round(min(1.0, share) * _STEPS))
        self._bar.setAccessibleName(self._files.text())
        self._announce(progress.waits_for if waits else "")

    def _button(self, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _toggle(self) -> None:
        (self.resume_wanted if self._paused else self.pause_wanted).emit()

    def _set_paused(self, *, paused: bool) -> None:
        if paused != self._paused:
            self._paused = paused
            words = self.tr("Go on reading") if paused else self.tr("Pause reading")
            self._pause.setIcon(theme.icon("play" if paused else "pause"))
            self._pause.setToolTip(words)
            self._pause.setAccessibleName(words)

    def _count(self, progress: ReadingProgress) -> str:
        locale = QLocale()
        total = locale.toString(progress.files_total)
        if progress.paused:
            done = locale.toString(progress.files_done)
            return self.tr("Paused at {} of {} files").format(done, total)
        in_hand = progress.files_done + (progress.current is not None)
        at = locale.toString(min(in_hand, progress.files_total))
        return self.tr("Reading {} of {} files").format(at, total)

    def _so_far(self, progress: ReadingProgress) -> str:
        if not progress.files_total:
            return ""
        locale = QLocale()
        done, total = locale.toString(progress.files_done), locale.toString(progress.files_total)
        return self.tr("{} of {} files read").format(done, total)

    def _rate_words(self, progress: ReadingProgress) -> str:
        rate = progress.pages_per_minute
        if rate is None or rate <= 0:
            return ""
        exact = "f", 0 if rate >= _FEW else 1
        return self.tr("{} pages a minute").format(QLocale().toString(float(rate), *exact))

    def _what_remains(self, progress: ReadingProgress) -> str:
        parts: list[str] = []
        current = progress.current
        if current is not None and progress.pages >= _LONG_PAGES:
            number = QLocale().toString
            words = self.tr("page {} of {}")
            parts.append(words.format(number(progress.page), number(progress.pages)))
        elif current is not None:
            parts.append(current.parent.name or current.name)
        if progress.seconds_left is not None and not progress.paused:
            parts.append(wording.time_left(progress.seconds_left))
        return " · ".join(parts)

    def _announce(self, waits_for: str) -> None:
        """Say each quarter, and once what is waited for."""
        step = waits_for or str(self._bar.value() // _SPOKEN_STEP)
        if step != self._spoken:
            self._spoken = step
            announce(self, self._files.text())
