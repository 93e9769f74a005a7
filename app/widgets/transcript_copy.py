"""Puts answers on the clipboard, and says for a moment that it did."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from app.widgets.announcing import announce
from app.widgets.answer_copy import CopyWords, clipboard_data, pieces_of
from app.widgets.answer_writer import AnswerWriter
from app.widgets.conversation_browser import ConversationBrowser
from app.widgets.turn_shown import TurnShown

_COPIED_MS = 2_000  # how long “Copied” stands where was pressed


class TranscriptCopy(QObject):
    """Copies; `show` writes the line anew that says “Copied” of a turn."""

    def __init__(
        self,
        browser: ConversationBrowser,
        words: AnswerWriter,
        show: Callable[[TurnShown], None],
    ) -> None:
        super().__init__(browser)
        self._browser = browser
        self._words = words
        self._show = show
        self._said_of: TurnShown | None = None
        self._ends = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._ends.timeout.connect(self.forget)

    def copy(self, turn: TurnShown, what: str) -> None:
        """Copy the answer with its footnotes, or the details of its failure."""
        clipboard = QGuiApplication.clipboard()
        if what == "copy-detail" and turn.failure is not None:
            clipboard.setText(f"{turn.failure.message}\n{turn.failure.detail}")
        elif turn.answer is not None:
            words = CopyWords(
                self._words.not_found_words(),
                self._words.partly_words(),
                self._words.computed_words(),
            )
            clipboard.setMimeData(clipboard_data(pieces_of(turn.answer, words), turn.citations()))
        self.forget()
        turn.copied = what
        self._said_of = turn
        self._show(turn)
        self._ends.start()
        announce(self._browser, self.tr("Copied"))

    def forget(self) -> None:
        """Say the usual words again."""
        turn, self._said_of = self._said_of, None
        if turn is not None and turn.copied:
            turn.copied = ""
            self._show(turn)


def leave_copied_text() -> None:
    """Leave what was copied as plain text, before the program ends.

    The clipboard lives longer than Python, and crashes with data that Python made.
    """
    if QGuiApplication.instance() is None:
        return
    clipboard = QGuiApplication.clipboard()
    without_a_screen = QGuiApplication.platformName() == "offscreen"  # and so without an owner
    if clipboard.ownsClipboard() or without_a_screen:
        clipboard.setText(clipboard.text())
