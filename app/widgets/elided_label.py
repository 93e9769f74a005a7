"""A line of text that gives up its middle, or its end, when there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.models.plain_text import tip


class ElidedLabel(QLabel):
    """Shows plain text in one line, with the whole of it as its tooltip when it does not fit."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._mode = mode
        self._tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show `text`, or as much of it as there is room for."""
        self._text = " ".join(text.split())
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self._fit()

    @property
    def words(self) -> str:
        """All of the text."""
        return self._text

    def explain(self, words: str) -> None:
        """Show `words` as the tooltip, whether the text fits or not; empty: only what does not."""
        self._tip = words
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for all of the text."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the text in again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._text, self._mode, self.width())
        if shown != self.text():
            self.setText(shown)
        whole = "" if shown == self._text else self._text
        self.setToolTip(tip(self._tip or whole))
