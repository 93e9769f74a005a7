"""The window's lower edge: what went over the network, which model answers, and how fast."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app import theme
from app.widgets.elided_label import ElidedLabel
from rag.records import ModelInfo

_HEIGHT = 28
_DOT = 7
_SIDE = 16


class _Dot(QWidget):
    """A coloured dot; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.calm = True

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(_DOT + 1, _DOT + 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.accent if self.calm else look.warning)
        painter.setBrush(look.accent if self.calm else look.warning)
        painter.drawEllipse(0, (self.height() - _DOT) // 2, _DOT - 1, _DOT - 1)
        painter.end()


class StatusLine(QFrame):
    """Shows the state of things in words."""

    model_wanted = Signal()  # the user wants to know about, or change, the model

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "status")
        self._dot = _Dot()
        self.network = QLabel()
        theme.set_kind(self.network, "secondary")
        self.activity = ElidedLabel()
        theme.set_kind(self.activity, "secondary")
        self.speed = QLabel()
        theme.set_kind(self.speed, "secondary")
        self.model = QPushButton()
        theme.set_kind(self.model, "quiet")
        self.model.setToolTip(self.tr("The model that answers. Press to choose another."))
        self.model.clicked.connect(self.model_wanted)
        layout = self._row = QHBoxLayout(self)
        layout.setSpacing(6)
        layout.addWidget(self._dot)
        layout.addWidget(self.network)
        layout.addStretch(1)
        layout.addWidget(self.activity)
        layout.addWidget(self.model)
        layout.addWidget(self.speed)
        self.setMinimumHeight(theme.px(_HEIGHT))
        self.show_connections(0)
        self.show_model(None)
        self.show_speed(None)

    def show_connections(self, count: int) -> None:
        """Show how many connections were opened since the start."""
        self._dot.calm = count == 0
        self._dot.update()
        if count == 0:
            self.network.setText(self.tr("Offline · 0 connections since start"))
        elif count == 1:
            self.network.setText(self.tr("1 connection since start"))
        else:
            words = self.tr("{} connections since start")
            self.network.setText(words.format(QLocale().toString(count)))

    def show_model(self, model: ModelInfo | None) -> None:
        """Show which model answers."""
        if model is None:
            self.model.setText(self.tr("No model yet"))
        elif model.is_trial:
            name = model.name.removesuffix(" (trial)")
            self.model.setText(self.tr("Trial model ({})").format(name))
        else:
            self.model.setText(model.name)

    def show_speed(self, words_per_s: float | None) -> None:
        """Show how fast the last answer was written; None when that is not known."""
        self.speed.setVisible(words_per_s is not None)
        # The button brings its own padding, so that its words end where those of the speed would.
        right = _SIDE // 2 if words_per_s is None else _SIDE
        self._row.setContentsMargins(_SIDE, 1, right, 1)
        if words_per_s is not None:
            digits = 0 if words_per_s >= 10 else 1
            speed = QLocale().toString(words_per_s, "f", digits)
            self.speed.setText(self.tr("{} words/s").format(speed))

    def show_activity(self, words: str) -> None:
        """Show what the engine is busy with, as “Loading Phi-4-mini, 40%”; empty for nothing."""
        self.activity.show_text(words)
