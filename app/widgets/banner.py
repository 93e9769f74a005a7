"""Messages above the panes: what happened, what to do, and details for those who want them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.widgets.announcing import announce

_MOST = 3  # banners at a time
_DETAIL_HEIGHT = 120


class Tone(StrEnum):
    """How grave a message is."""

    NOTICE = "notice"
    ALERT = "alert"
    FAILURE = "failure"


_ICONS = {
    Tone.NOTICE: ("info", "accent"),
    Tone.ALERT: ("warning", "warning"),
    Tone.FAILURE: ("warning", "not_found"),
}

Choice = tuple[str, Callable[[], object]]


class Banner(QFrame):
    """One message with what can be done about it."""

    def __init__(
        self,
        tone: Tone,
        message: str,
        detail: str,
        choices: Sequence[Choice],
        close: Callable[[], None],
    ) -> None:
        super().__init__()
        theme.set_kind(self, tone.value)
        self.setAccessibleName(message)
        self.message = QLabel(message)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        icon = QLabel()
        name, color = _ICONS[tone]
        icon.setPixmap(theme.icon(name, color).pixmap(theme.ICON_SIZE))
        icon.setAccessibleName(self.tr("Warning") if tone is not Tone.NOTICE else self.tr("Note"))

        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(icon)
        line.addWidget(self.message, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addLayout(line)
        for words, act in choices:
            button = QPushButton(words)
            theme.set_kind(button, "link")
            button.clicked.connect(lambda _=False, act=act: act())
            line.addWidget(button)
        if detail:
            line.addWidget(self._fold(detail, layout))
        shut = QToolButton()
        shut.setIcon(theme.icon("close"))
        shut.setToolTip(self.tr("Close this message"))
        shut.setAccessibleName(self.tr("Close this message"))
        shut.clicked.connect(close)
        line.addWidget(shut)

    def _fold(self, detail: str, layout: QVBoxLayout) -> QPushButton:
        text = QPlainTextEdit(detail)
        text.setReadOnly(True)
        text.setFixedHeight(_DETAIL_HEIGHT)
        text.setAccessibleName(self.tr("Details"))
        copy = QPushButton(self.tr("Copy details"))
        theme.set_kind(copy, "quiet")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(detail))
        text.hide()
        copy.hide()
        layout.addWidget(text)
        layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignRight)
        fold = QPushButton(self.tr("Details"))
        theme.set_kind(fold, "quiet")
        fold.setCheckable(True)
        fold.toggled.connect(text.setVisible)
        fold.toggled.connect(copy.setVisible)
        return fold


class BannerArea(QWidget):
    """Up to three banners, the newest first; a banner replaces the one with its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners: dict[str, Banner] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 8, 12, 8)
        self._layout.setSpacing(6)
        self.hide()

    @property
    def messages(self) -> list[str]:
        """What is said now, the newest first."""
        return [banner.message.text() for banner in reversed(self._banners.values())]

    def tell(
        self,
        key: str,
        message: str,
        tone: Tone = Tone.NOTICE,
        *,
        detail: str = "",
        choices: Sequence[Choice] = (),
    ) -> None:
        """Show a message and read it to those who cannot see it."""
        self.withdraw(key)
        while len(self._banners) >= _MOST:
            self.withdraw(next(iter(self._banners)))
        banner = Banner(tone, message, detail, choices, lambda: self.withdraw(key))
        self._banners[key] = banner
        self._layout.insertWidget(0, banner)
        self.show()
        announce(self, message)

    def withdraw(self, key: str) -> None:
        """Take a message back; nothing when it is not shown."""
        banner = self._banners.pop(key, None)
        if banner is not None:
            self._layout.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))
