"""How a question is answered from one document or two: from passages, or read whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from app import theme
from app.models.plain_text import plain, tip
from app.widgets import whole_words
from app.widgets.elided_label import ElidedLabel
from rag.records import Mode, Scope, WholeEstimate

_PAD = 9  # px beside a button's words
_COST_WIDTH = 170  # px for the estimate beside the choice, before the text's scale


class ReadChoice(QWidget):
    """A choice of three with what reading whole takes; hidden unless it is about documents.

    What was chosen for a scope is remembered. The estimate comes later and moves nothing.
    """

    changed = Signal(object)  # Mode | None: how the next question is to be read for

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = Scope()
        self._documents: tuple[Path, ...] = ()
        self._estimate: WholeEstimate | None = None
        self._estimated = False
        self._chosen: dict[Scope, QPushButton] = {}
        self._told: Mode | None = None
        self._segments = QFrame(self)
        theme.set_kind(self._segments, "segments")
        self._segments.setAccessibleName(self.tr("How to read for the answer"))
        self._group = QButtonGroup(self)
        self._words: dict[QPushButton, tuple[str, str]] = {}  # on each button, and in a narrow box
        self.fits = self._segment(self.tr("As it fits"), self.tr("As it fits"))
        self.passages = self._segment(self.tr("Ask passages"), self.tr("Passages"))
        self.whole = self._segment(self.tr("Read it whole"), self.tr("Whole"))
        self.cost = ElidedLabel(parent=self, mode=Qt.TextElideMode.ElideRight)
        theme.set_kind(self.cost, "secondary")
        self._two_lines: bool | None = None
        self._explain()
        self._lay_out()
        self._group.buttonClicked.connect(self._choose)
        self.hide()

    # ------------------------------------------------------------ shown

    @property
    def mode(self) -> Mode | None:
        """How the next question is read for; None leaves it to the question."""
        if not self._documents or self._group.checkedButton() is self.fits:
            return None
        if self._group.checkedButton() is self.passages:
            return Mode.PASSAGES
        return self.whole_mode

    @property
    def whole_mode(self) -> Mode | None:
        """How all of the documents would be read; None where they cannot be."""
        if not self._documents or (self._estimated and self._estimate is None):
            return None
        if self._estimate is None:
            return Mode.WHOLE_DOCUMENT
        return None if self._estimate.mode is Mode.DECLINE else self._estimate.mode

    @property
    def estimate(self) -> WholeEstimate | None:
        """What reading all of it takes; None until that is known, or where it cannot be done."""
        return self._estimate

    def show_documents(self, scope: Scope, documents: Sequence[Path]) -> None:
        """Offer the choice for `scope`, which is these documents; none: hide it."""
        if (scope, tuple(documents)) != (self._scope, self._documents):
            self._scope, self._documents = scope, tuple(documents)
            self._estimate, self._estimated = None, False
            self.setVisible(bool(documents))
            self._show()

    def show_estimate(self, scope: Scope, estimate: WholeEstimate | None) -> None:
        """Tell what reading all of `scope` takes; None: nothing of it can be read."""
        if scope == self._scope and self._documents:
            self._estimate, self._estimated = estimate, True
            self._show()

    def tab_order(self) -> tuple[QWidget, ...]:
        """What the Tab key should go through here."""
        return (self.fits, self.passages, self.whole)

    # ------------------------------------------------------------ inside

    def _segment(self, words: str, few: str) -> QPushButton:
        button = QPushButton(words, self._segments)
        theme.set_kind(button, "segment")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setAccessibleName(words)
        self._words[button] = (words, few)
        self._group.addButton(button)
        return button

    def _explain(self) -> None:
        for button, words in (
            (
                self.fits,
                self.tr(
                    "Facts are looked up in passages; where you ask about all of it, all is read"
                ),
            ),
            (self.passages, self.tr("Answer from the best passages: quick, whatever the length")),
        ):
            button.setToolTip(words)
            button.setAccessibleDescription(words)

    def _choose(self, button: QPushButton) -> None:
        self._chosen[self._scope] = button
        self._tell()

    def _tell(self) -> None:
        if self.mode is not self._told:
            self._told = self.mode
            self.changed.emit(self._told)

    def _show(self) -> None:
        can = self.whole_mode is not None
        chosen = self._chosen.get(self._scope, self.fits)
        (self.fits if chosen is self.whole and not can else chosen).setChecked(True)
        self.whole.setEnabled(can)
        if self.whole_mode is Mode.SECTIONS:
            self._words[self.whole] = (self.tr("Read in parts"), self.tr("In parts"))
        elif len(self._documents) > 1:
            self._words[self.whole] = (self.tr("Read both whole"), self.tr("Whole"))
        else:
            self._words[self.whole] = (self.tr("Read it whole"), self.tr("Whole"))
        self.whole.setAccessibleName(self._words[self.whole][0])
        self._arrange()
        cost = self._cost_words()
        self.cost.show_text(cost)
        reason = plain(self._estimate.reason) if self._estimate else ""
        told = "\n".join(dict.fromkeys(filter(None, (cost, reason))))
        self.whole.setToolTip(tip(told))
        self.whole.setAccessibleDescription(told)
        self.cost.explain(told)
        self._tell()

    def _cost_words(self) -> str:
        if not self._estimated:
            return self.tr("working out how long that takes…")
        if self._estimate is None:
            return self.tr("no text of it has been read")
        return whole_words.cost(self._estimate)

    # ------------------------------------------------------------ Qt

    def _lay_out(self) -> None:
        inside = QHBoxLayout(self._segments)
        inside.setContentsMargins(2, 2, 2, 2)
        inside.setSpacing(2)
        for button in self.tab_order():
            inside.addWidget(button)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self._arrange()

    def _arrange(self) -> None:
        """Set the estimate beside the choice, or below it where the box is narrow."""
        full = self._full_width()
        for button, words in self._words.items():
            button.setText(words[int(full > self.width())])
        two_lines = self.width() < full + theme.px(_COST_WIDTH)
        if two_lines == self._two_lines:
            return
        self._two_lines = two_lines
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        for part in (self._segments, self.cost):
            grid.removeWidget(part)
        left = Qt.AlignmentFlag.AlignLeft
        grid.addWidget(self._segments, 0, 0, 1, 2 if two_lines else 1, left)
        if two_lines:
            grid.addWidget(self.cost, 1, 0, 1, 2)
        else:
            grid.addWidget(self.cost, 0, 1)

    def _full_width(self) -> int:
        """How wide the choice is with all of its words."""
        inside = 2 * (_PAD + 1)  # as the style sheet says
        measured = [
            button.fontMetrics().horizontalAdvance(words) + inside
            for button, (words, _) in self._words.items()
        ]
        return sum(measured) + 2 * (len(measured) + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Use one line or two."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the new look's sizes."""
        super().changeEvent(event)
        if theme.is_change(event):
            self._arrange()
