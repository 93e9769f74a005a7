"""Where folders and files can be dropped, and the layer that says so for the whole window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import theme
from app.widgets.dashes import DashedFrame

_VEIL = 0.82  # how far the window below fades
_INSET = 8


class DropArea(DashedFrame):
    """An inviting frame; drops themselves are the window's business, as they may fall anywhere."""

    add_folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "drop")
        self.setAccessibleName(self.tr("Add folders or files"))
        words = QLabel(self.tr("Drop folders or files here"))
        theme.set_kind(words, "secondary")
        either = QLabel(self.tr("or"))
        theme.set_kind(either, "secondary")
        self._add = QPushButton(self.tr("Add folder…"))
        theme.set_kind(self._add, "link")
        self._add.setToolTip(self.tr("Choose a folder to read (Ctrl+O)"))
        self._add.clicked.connect(self.add_folder_wanted)

        second = QHBoxLayout()
        second.setSpacing(0)
        second.addStretch()
        second.addWidget(either)
        second.addWidget(self._add)
        second.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 6)
        layout.setSpacing(0)
        layout.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(second)


class DropOverlay(QWidget):
    """A layer over the whole window that says what letting go will do."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        # Below it the widgets still get the drag: the question box takes files in its own way.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._frame = QFrame()
        theme.set_kind(self._frame, "overlay")
        self._words = QLabel()
        theme.set_kind(self._words, "question")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(32, 24, 32, 24)
        inside.addWidget(self._words)
        layout = QVBoxLayout(self)
        layout.addWidget(self._frame, 0, Qt.AlignmentFlag.AlignCenter)
        window.installEventFilter(self)
        self.hide()

    def promise(self, words: str) -> None:
        """Show what letting go will do."""
        self._words.setText(words)
        self._frame.setMinimumWidth(min(480, self._window.width() - 64))
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """A veil over the window, framed as where things can fall."""
        look = theme.current()
        veil = QColor(look.page)
        veil.setAlphaF(_VEIL)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(look.accent, 2, Qt.PenStyle.DashLine))
        frame = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        painter.drawRoundedRect(frame, theme.RADIUS_BOX, theme.RADIUS_BOX)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep to the window's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)
