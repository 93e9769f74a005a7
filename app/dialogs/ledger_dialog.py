"""All that the ledger knows of one file, or of a folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.models.file_words import FileWords
from app.models.scope_parts import moment_words
from app.widgets.wording import duration, number
from rag.records import FileRecord, FileState, FolderHealth

_READ = {FileState.READY, FileState.PARTIAL}
_WIDTH, _HIGHEST = 480, 680  # px, before the text’s scale
_SLACK = 44  # px; labels that wrap tell their height only once they are seen
_BILLION = 1_000_000_000  # nanoseconds in a second

Row = tuple[str, str]


class LedgerDialog(QDialog):
    """Shows the figures of `path`; what can be done with it is a signal."""

    text_wanted = Signal(Path)
    refresh_wanted = Signal(list)
    password_wanted = Signal(list)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.path = path
        self._told = FileWords(self)
        self._rows: list[Row] = []
        self.sign = QLabel()
        self.outcome = QLabel()
        self.text = QPushButton(self.tr("Show what Footnote sees"))
        self.again = QPushButton(self.tr("Read again"))
        self.password = QPushButton(self.tr("Enter password…"))
        self._card = QFrame()
        theme.set_kind(self._card, "card")
        self._form = QFormLayout(self._card)
        self._column, self._foot = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self.text.clicked.connect(lambda: self.text_wanted.emit(path))
        self.text.clicked.connect(self.accept)
        self.again.clicked.connect(lambda: self.refresh_wanted.emit([path]))
        self.password.clicked.connect(self.accept)
        self.password.clicked.connect(lambda: self.password_wanted.emit([path]))

    @property
    def rows(self) -> list[Row]:
        """The figures that are shown, each with its name."""
        return list(self._rows)

    def show_record(self, record: FileRecord) -> None:
        """Show a file's line of the ledger."""
        self.setWindowTitle(self.tr("About this file"))
        self.sign.setPixmap(self._told.sign(record).pixmap(theme.px(theme.ICON_SIZE)))
        self.sign.setAccessibleName(self._told.state(record))
        self.outcome.setText(self._told.outcome(record))
        self.text.setVisible(record.state in _READ)
        self.password.setVisible(record.locked)
        self._fill(self._of_file(record))

    def show_health(self, health: FolderHealth) -> None:
        """Show what the lines below a folder add up to."""
        self.setWindowTitle(self.tr("About this folder"))
        self.sign.setPixmap(theme.icon("folder", "accent").pixmap(theme.px(theme.ICON_SIZE)))
        self.sign.setAccessibleName(self.tr("Folder"))
        self.outcome.setText(" · ".join(self._told.health_of_files(health)))
        self.text.hide()
        self.password.hide()
        self._fill(self._of_folder(health))

    # ------------------------------------------------------------ words

    def _of_file(self, record: FileRecord) -> list[Row]:
        rows: list[Row] = [(self.tr("State"), self._told.state(record))]
        if record.state in _READ:
            rows += self._of_reading(record)
        size = QLocale().formattedDataSize(
            record.size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        rows.append((self.tr("Size"), size if record.size_bytes else ""))
        for name, seconds in (
            (self.tr("Changed"), record.modified_ns / _BILLION),
            (self.tr("First seen"), record.first_seen),
            (self.tr("Last seen"), record.last_seen),
        ):
            rows.append((name, moment_words(seconds) if seconds else ""))
        rows.append((self.tr("The same as"), str(record.same_as or "")))
        rows.append((self.tr("Nearly the same as"), str(record.like or "")))
        if record.failures:
            rows.append((self.tr("Failed tries"), number(record.failures)))
        return [(name, value) for name, value in rows if value]

    def _of_reading(self, record: FileRecord) -> list[Row]:
        rows: list[Row] = []
        if record.paged:
            plain = record.pages - record.scanned_pages - record.empty_pages - record.unread_pages
            rows = [
                (self.tr("Pages"), number(record.pages)),
                (self.tr("– with text"), number(max(0, plain))),
                (self.tr("– scanned"), number(record.scanned_pages)),
                (self.tr("– empty"), number(record.empty_pages)),
                (self.tr("– unread"), number(record.unread_pages)),
            ]
        rows.append((self.tr("Words"), number(record.words)))
        if record.same_as is None:
            rows.append((self.tr("Passages"), number(record.chunks)))
        rows.append((self.tr("Time to read"), duration(record.seconds) if record.seconds else ""))
        return rows

    def _of_folder(self, health: FolderHealth) -> list[Row]:
        rows = [
            (self.tr("Files"), health.files),
            (self.tr("– read"), health.count(FileState.READY)),
            (self.tr("– read in part"), health.count(FileState.PARTIAL)),
            (self.tr("– waiting"), health.count(FileState.WAITING)),
            (self.tr("– not read"), health.count(FileState.FAILED)),
            (self.tr("– left out"), health.count(FileState.SKIPPED)),
            (self.tr("– missing"), health.count(FileState.MISSING)),
            (self.tr("Locked"), health.locked),
            (self.tr("Set aside"), health.quarantined),
            (self.tr("Copies of others"), health.duplicates),
            (self.tr("Pages"), health.pages),
            (self.tr("– scanned"), health.scanned_pages),
            (self.tr("– empty"), health.empty_pages),
            (self.tr("– unread"), health.unread_pages),
            (self.tr("Words"), health.words),
            (self.tr("Passages"), health.chunks),
        ]
        always = {self.tr("Files"), self.tr("– read"), self.tr("Words")}
        return [(name, number(value)) for name, value in rows if value or name in always]

    # ------------------------------------------------------------ made

    def _fill(self, rows: list[Row]) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        while self._form.rowCount():
            self._form.removeRow(0)
        for name, value in rows:
            label, shown = QLabel(name), QLabel(value)
            theme.set_kind(label, "secondary")
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setWordWrap(True)
            shown.setAccessibleName(f"{name}: {value}")
            shown.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self._form.addRow(label, shown)
        if not self.isVisible():
            self._fit()

    def _fit(self) -> None:
        """Be as high as what is shown, up to a limit."""
        width = theme.px(_WIDTH)
        needed = self._column.heightForWidth(width) + self._foot.sizeHint().height()
        self.resize(width, min(needed + theme.px(_SLACK), theme.px(_HIGHEST)))

    def _lay_out(self) -> None:
        name = QLabel(self.path.name or str(self.path))
        place = QLabel(str(self.path.parent))
        for label, kind in ((name, "strong"), (place, "secondary"), (self.outcome, "")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            theme.set_kind(label, kind)
        self.outcome.setAccessibleName(self.tr("How it stands"))
        self._form.setContentsMargins(16, 12, 16, 12)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setHorizontalSpacing(16)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        for button in (self.text, self.password, self.again):
            button.setAutoDefault(False)
            theme.set_kind(button, "quiet")
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(close)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(name)
        names.addWidget(place)
        head.addLayout(names, 1)
        inside = QWidget()
        theme.set_kind(inside, "page")
        column = self._column
        inside.setLayout(column)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.outcome)
        column.addWidget(self._card)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll, 1)
        self._foot.setContentsMargins(20, 8, 20, 16)
        self._foot.addLayout(buttons)
        outer.addLayout(self._foot)
