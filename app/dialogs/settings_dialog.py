"""The settings, made from the engine's own description of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.dialogs.search_model_list import SearchModelList
from rag.events import EmbedderChanged
from rag.options import OptionInfo, Options, describe

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
        layout.addWidget(self.editor, 0, 1)
        layout.addWidget(self.reset, 0, 2)
        layout.addWidget(sentence, 1, 0, 1, 2)
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


class SettingsDialog(QDialog):
    """Edits `Options`; nothing is in force before it is saved."""

    saved = Signal(object)  # Options
    search_model_chosen = Signal(str)  # the id of another search model than before

    def __init__(
        self,
        options: Options,
        searching: EmbedderChanged | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`searching` None: the engine has not told yet."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.search_models = SearchModelList(searching)
        self._chosen_before = self.search_models.chosen_id
        self.rows = [OptionRow(info) for info in describe()]
        for row in self.rows:
            row.show_value(getattr(options, row.info.name))
        self.advanced = QPushButton(self.tr("Advanced"))
        self.advanced.setCheckable(True)
        self.advanced.setIcon(theme.icon("chevron-down"))
        theme.set_kind(self.advanced, "quiet")
        technical = QWidget()
        inside = QVBoxLayout(technical)
        inside.setContentsMargins(0, 0, 0, 0)
        plain = QWidget()
        theme.set_kind(plain, "page")
        layout = QVBoxLayout(plain)
        layout.setContentsMargins(20, 16, 20, 16)
        for row in self.rows:
            (inside if row.info.advanced else layout).addWidget(row)
        layout.addWidget(self.search_models)
        layout.addWidget(self.advanced, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(technical)
        layout.addStretch()
        technical.hide()
        self.advanced.toggled.connect(technical.setVisible)
        self._finish(plain)

    @property
    def options(self) -> Options:
        """What is entered."""
        return Options(**{row.info.name: row.value for row in self.rows})  # type: ignore[arg-type]

    def accept(self) -> None:
        """Save and close."""
        self.saved.emit(self.options)
        if self.search_models.chosen_id != self._chosen_before:
            self.search_model_chosen.emit(self.search_models.chosen_id)
        super().accept()

    def _finish(self, plain: QWidget) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(plain)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save
            | QDialogButtonBox.StandardButton.Cancel
            | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        defaults = buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        defaults.setText(self.tr("Reset all"))
        defaults.clicked.connect(self._reset_all)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 8, 20, 16)
        foot.addWidget(buttons)
        outer.addLayout(foot)
        self.resize(theme.px(560), theme.px(520))

    def _reset_all(self) -> None:
        for row in self.rows:
            row.show_value(row.info.default)


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
        line.setFixedWidth(theme.px(2 * _FIELD_WIDTH))
        line.textChanged.connect(lambda _: changed())
        return line, line.text, lambda value: line.setText(str(value))
    choice = QComboBox()
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
