"""The search models that there are, as a choice in the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from rag.events import EmbedderChanged
from rag.records import EmbedderInfo

_INDENT = 5  # px; what is said of a model begins where its button does


class SearchModelList(QWidget):
    """A row for every search model, the one in use or coming chosen."""

    page_wanted = Signal(str)  # the page from which a model can be had
    folder_wanted = Signal(str)  # the id of the model whose folder is to be opened

    def __init__(self, state: EmbedderChanged | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[SearchModelRow] = []
        self._group = QButtonGroup(self)
        title = QLabel(self.tr("Search model"))
        theme.set_kind(title, "strong")
        sentence = QLabel()
        sentence.setWordWrap(True)
        theme.set_kind(sentence, "secondary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 10)
        layout.setSpacing(6)
        layout.addWidget(title)
        layout.addWidget(sentence)
        if state is None:
            sentence.setText(self.tr("Can be chosen once the library is open."))
            return
        sentence.setText(
            self.tr(
                "It finds the passages that mean what you ask. After a change the library is made "
                "searchable with the new one in the background; until then the old one is used."
            )
        )
        chosen = state.coming or state.current
        for info in state.choices:
            row = SearchModelRow(info, state)
            row.button.setChecked(info.id == chosen.id)
            row.page_wanted.connect(self.page_wanted)
            row.folder_wanted.connect(self.folder_wanted)
            self._group.addButton(row.button)
            self.rows.append(row)
            layout.addWidget(row)

    @property
    def chosen_id(self) -> str:
        """The id of the model that is ticked; empty where there is none."""
        return next((row.info.id for row in self.rows if row.button.isChecked()), "")


class SearchModelRow(QFrame):
    """One model: its name and state, what it is for, its licence, and where to get it."""

    page_wanted = Signal(str)
    folder_wanted = Signal(str)

    def __init__(self, info: EmbedderInfo, state: EmbedderChanged) -> None:
        super().__init__()
        theme.set_kind(self, "card")
        self.info = info
        self.button = QRadioButton(info.name)
        self.button.setEnabled(info.installed)
        self.status = QLabel(self._status_words(state))
        theme.set_kind(self.status, "secondary")
        about = QLabel(self._about())
        about.setIndent(_INDENT)
        about.setTextFormat(Qt.TextFormat.PlainText)
        about.setWordWrap(True)
        theme.set_kind(about, "secondary")
        self.button.setAccessibleDescription(f"{self.status.text()}. {about.text()}")
        layout = QGridLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.addWidget(self.button, 0, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.status, 0, 1, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(about, 1, 0, 1, 3)
        layout.setColumnStretch(0, 1)
        self.get = QPushButton(self.tr("Get it"))
        self.get.setAutoDefault(False)
        theme.set_kind(self.get, "link")
        self.get.setToolTip(self.tr("Opens {0} in your browser").format(info.page_url))
        self.get.setAccessibleName(self.tr("Get {0} in your browser").format(info.name))
        self.get.clicked.connect(self._get)
        self.get.setVisible(not info.installed and bool(info.page_url))
        self.hint = QLabel(
            self.tr(
                "Footnote downloads nothing by itself. Save all files of that page into the "
                "model’s own folder, then start Footnote again and choose it here."
            )
        )
        self.hint.setWordWrap(True)
        self.hint.setIndent(_INDENT)
        theme.set_kind(self.hint, "secondary")
        self.folder = QPushButton(self.tr("Open its folder"))
        self.folder.setAutoDefault(False)
        theme.set_kind(self.folder, "link")
        self.folder.clicked.connect(lambda: self.folder_wanted.emit(info.id))
        for part in (self.hint, self.folder):
            part.hide()
        layout.addWidget(self.get, 0, 2)
        layout.addWidget(self.hint, 2, 0, 1, 3)
        layout.addWidget(self.folder, 3, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)

    def _get(self) -> None:
        self.hint.show()
        self.folder.show()
        self.page_wanted.emit(self.info.page_url)

    def _status_words(self, state: EmbedderChanged) -> str:
        if state.coming is not None and self.info.id == state.coming.id:
            return self.tr("on its way")
        if self.info.id == state.current.id:
            return self.tr("in use")
        return self.tr("installed") if self.info.installed else self.tr("not installed")

    def _about(self) -> str:
        return self.tr("{0} Licence: {1}").format(self.info.summary, self.info.licence)
