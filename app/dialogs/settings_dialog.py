"""The settings, made from the engine's own description of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.dialogs.left_out_list import LeftOutList
from app.dialogs.option_row import OptionRow
from app.dialogs.readings_list import ReadingsList
from app.dialogs.search_model_list import SearchModelList
from rag.events import EmbedderChanged, ReadingsChanged
from rag.options import Options, describe

_WIDTH, _HEIGHT = 580, 640  # px, before the text's scale
_EDGE = 40  # px; what stays free of the window below
READING = frozenset(
    {
        *("ocr", "ocr_language", "hidden_files", "ignored_files", "leave_out"),
        "read_on_battery",
    }
)
"""The options of reading files."""
WHOLE = frozenset({"readings_gb"})
"""Those of reading whole; the others that are not advanced are about answers."""


class SettingsDialog(QDialog):
    """Edits `Options`; nothing is in force before it is saved."""

    saved = Signal(object)  # Options
    search_model_chosen = Signal(str)  # the id of another search model than before
    left_out_wanted = Signal(str)  # show what is left out, by one rule where its reason is named

    def __init__(
        self,
        options: Options,
        searching: EmbedderChanged | None = None,
        left_out: Sequence[tuple[str, int]] = (),
        readings: ReadingsChanged | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`searching` None: the engine has not told yet; `left_out` as `LeftOutList` shows it."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._before = options
        self.search_models = SearchModelList(searching)
        self._chosen_before = self.search_models.chosen_id
        self.left_out = LeftOutList(left_out)
        self.left_out.shown_wanted.connect(self._show_left_out)
        self.readings = ReadingsList(readings or ReadingsChanged((), 0, 0))
        self.rows = [OptionRow(info) for info in describe()]
        for row in self.rows:
            row.show_value(getattr(options, row.info.name))
            row.changed.connect(self._note_changes)
        self.advanced = QPushButton(self.tr("Advanced"))
        self.advanced.setCheckable(True)
        self.advanced.setIcon(theme.icon("chevron-down"))
        theme.set_kind(self.advanced, "quiet")
        self._finish(self._sections())

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

    # ------------------------------------------------------------ made

    def _sections(self) -> QWidget:
        plain, technical = QWidget(), QWidget()
        theme.set_kind(plain, "page")
        inside = QVBoxLayout(technical)
        inside.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(plain)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(4)
        usual = [row for row in self.rows if not row.info.advanced]
        self._add_section(
            column, self.tr("Answering"), [r for r in usual if r.info.name not in READING | WHOLE]
        )
        column.addWidget(self.search_models)
        reading = [row for row in usual if row.info.name in READING]
        self._add_section(column, self.tr("Reading"), reading)
        column.addWidget(self.left_out)
        kept = [row for row in usual if row.info.name in WHOLE]
        self._add_section(column, self.tr("Reading whole"), kept)
        column.addWidget(self.readings)
        column.addSpacing(8)
        column.addWidget(self.advanced, 0, Qt.AlignmentFlag.AlignLeft)
        for row in self.rows:
            if row.info.advanced:
                inside.addWidget(row)
        column.addWidget(technical)
        column.addStretch()
        technical.hide()
        self.advanced.toggled.connect(technical.setVisible)
        return plain

    def _add_section(self, column: QVBoxLayout, title: str, rows: Sequence[OptionRow]) -> None:
        heading = QLabel(title)
        theme.set_kind(heading, "question")
        if column.count():
            column.addSpacing(12)
        column.addWidget(heading)
        for row in rows:
            column.addWidget(row)

    def _finish(self, plain: QWidget) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        width, height = theme.px(_WIDTH), theme.px(_HEIGHT)
        if (window := self.parentWidget()) is not None:
            room = window.window().size()
            width, height = min(width, room.width() - _EDGE), min(height, room.height() - _EDGE)
        self.resize(width, height)

    # ------------------------------------------------------------ what happens

    def _note_changes(self) -> None:
        self.left_out.tell_saving(saves=self.options != self._before)

    def _show_left_out(self, reason: str) -> None:
        """Close, with what was changed saved, and show the files."""
        if self.options != self._before:
            self.accept()
        else:
            self.reject()
        self.left_out_wanted.emit(reason)

    def _reset_all(self) -> None:
        for row in self.rows:
            row.show_value(row.info.default)
