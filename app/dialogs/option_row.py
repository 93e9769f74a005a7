"""One setting as a row: its name, its value, what it does, and the way back to the default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)

from app import theme
from rag.options import OptionInfo

_WIDEST = 2**31 - 1
_FIELD_WIDTH = 120

Value = int | float | bool | str


class OptionRow(QWidget):
    """One setting: its name, its value, what it does, and the way back to the default."""

    changed = Signal()

    def __init__(self, info: OptionInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.info = info
        self.editor, self._read, self._write = _editor(info, self.changed.emit)
        self.editor.setAccessibleName(info.label)
        self.editor.setAccessibleDescription(info.sentence)
        label = QLabel(info.label)
        label.setBuddy(self.editor)
        label.setWordWrap(True)
        theme.set_kind(label, "strong")
        sentence = QLabel(info.sentence)
        sentence.setWordWrap(True)
        theme.set_kind(sentence, "secondary")
        self.reset = QToolButton()
        self.reset.setIcon(theme.icon("undo"))
        words = self.tr("Back to {}").format(_shown(info))
        self.reset.setToolTip(words)
        self.reset.setAccessibleName(f"{info.label}: {words}")
        self.reset.clicked.connect(lambda: self.show_value(info.default))
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        self.changed.connect(self._show_reset)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.addWidget(label, 0, 0)
        layout.addWidget(self.reset, 0, 2)
        layout.addWidget(sentence, 1, 0, 1, 2)
        if isinstance(self.editor, QLineEdit):  # what is typed may be long
            layout.addWidget(self.editor, 2, 0, 1, 2)
        else:
            layout.addWidget(self.editor, 0, 1)
        layout.setColumnStretch(0, 1)

    @property
    def value(self) -> Value:
        """What is entered."""
        return self._read()

    def show_value(self, value: Value) -> None:
        """Enter `value`."""
        self._write(value)
        self._show_reset()

    def _show_reset(self) -> None:
        self.reset.setVisible(self.value != self.info.default)


class _ChoiceBox(QComboBox):
    """A list to choose from, with an arrow in the look's colour."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        side, gap = theme.px(theme.ICON_SIZE), 2 * theme.GRID
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = gap if mirrored else self.width() - gap - side
        place = QRectF(x, (self.height() - side) / 2, side, side)
        theme.draw_icon(QPainter(self), "chevron-down", place, theme.current().secondary)


def _editor(
    info: OptionInfo, changed: Callable[[], None]
) -> tuple[QWidget, Callable[[], Value], Callable[[Value], None]]:
    """A widget for the option's kind of value, with what reads and what writes it."""
    if isinstance(info.default, bool):
        check = QCheckBox()
        check.toggled.connect(lambda _: changed())
        return check, check.isChecked, lambda value: check.setChecked(bool(value))
    if isinstance(info.default, str):
        return _text_editor(info, changed)
    if isinstance(info.default, int):
        whole = QSpinBox()
        whole.setRange(int(info.low or 0), int(_WIDEST if info.high is None else info.high))
        whole.setSuffix(f" {info.unit}" if info.unit else "")
        whole.setGroupSeparatorShown(True)
        _make_plain(whole, info)
        whole.valueChanged.connect(lambda _: changed())
        return whole, whole.value, lambda value: whole.setValue(int(value))
    number = QDoubleSpinBox()
    number.setDecimals(1)
    number.setRange(info.low or 0.0, _WIDEST if info.high is None else info.high)
    number.setSuffix(f" {info.unit}" if info.unit else "")
    _make_plain(number, info)
    number.valueChanged.connect(lambda _: changed())
    return number, number.value, lambda value: number.setValue(float(value))


def _text_editor(
    info: OptionInfo, changed: Callable[[], None]
) -> tuple[QWidget, Callable[[], Value], Callable[[Value], None]]:
    """A list of the option's choices, or a line to type in where it has none."""
    if not info.choices:
        line = QLineEdit()
        line.setClearButtonEnabled(True)
        line.textChanged.connect(lambda _: changed())
        return line, line.text, lambda value: line.setText(str(value))
    choice = _ChoiceBox()
    for value, name in info.choices:
        choice.addItem(name, value)
    choice.currentIndexChanged.connect(lambda _: changed())
    return choice, choice.currentData, lambda value: choice.setCurrentIndex(choice.findData(value))


def _make_plain(box: QAbstractSpinBox, info: OptionInfo) -> None:
    """A field to type in; ↑ and ↓ change it too."""
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setFixedWidth(theme.px(_FIELD_WIDTH))
    box.lineEdit().setTextMargins(0, 0, 2 * theme.GRID, 0)
    if info.low is not None and info.high is not None:
        box.setToolTip(f"{info.low:g} – {info.high:g} {info.unit}".rstrip())


def _shown(info: OptionInfo) -> str:
    if isinstance(info.default, bool):
        return "✓" if info.default else "–"
    if isinstance(info.default, str):
        return dict(info.choices).get(info.default, info.default) or "–"
    return f"{info.default:g} {info.unit}".strip()
