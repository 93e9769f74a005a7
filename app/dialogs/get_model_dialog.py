"""How to get the recommended model: what to download, from where, and the check of what came."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from rag.records import ModelInfo, ModelOffer

_GIGABYTE = 1_000_000_000


class GetModelDialog(QDialog):
    """Shows a `ModelOffer`; Footnote itself never goes to the network, the user's browser does."""

    chosen = Signal(Path, str)  # the file that was downloaded, and the offer's id it must equal

    def __init__(self, offer: ModelOffer, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = offer
        self._folder = folder
        self.setWindowTitle(self.tr("Get {}").format(offer.name))
        self.setMinimumWidth(theme.px(560))
        self.choose = QPushButton(self.tr("Choose the file I downloaded…"))
        self.page = QPushButton(self.tr("Open its page"))
        self.bar = QProgressBar()
        self.outcome = QLabel()
        self._lay_out()
        self.choose.clicked.connect(self._choose)
        self.page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(offer.page_url)))

    # ------------------------------------------------------------ shown

    def show_loading(self, name: str, share: float | None) -> None:
        """Show how far the check or the loading is."""
        self.choose.setEnabled(False)
        self.bar.setRange(0, 0 if share is None else 1000)
        self.bar.setValue(round((share or 0.0) * 1000))
        self.bar.show()
        if share is None:
            self._say(self.tr("Checking {}…").format(name), "secondary")
        else:
            percent = QLocale().toString(round(share * 100))
            self._say(self.tr("Checking and loading {}: {}%").format(name, percent), "secondary")

    def show_used(self, model: ModelInfo) -> None:
        """Say that it answers now."""
        self.bar.hide()
        self.choose.setEnabled(True)
        self._say(self.tr("{} answers from now on.").format(model.name), "strong")

    def show_failure(self, message: str) -> None:
        """Say why the file cannot be used."""
        self.bar.hide()
        self.choose.setEnabled(True)
        self._say(message, "error")

    def use(self, path: Path) -> None:
        """Take `path` as the file that was downloaded."""
        self.show_loading(path.name, None)
        self.chosen.emit(path, self._offer.id)

    # ------------------------------------------------------------ made

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Get {}").format(self._offer.name))
        theme.set_kind(title, "question")
        lead = QLabel(
            self.tr(
                "{} Footnote downloads nothing by itself: fetch the file in your browser, "
                "then choose it here. It is checked before it is used."
            ).format(self._offer.summary)
        )
        lead.setWordWrap(True)
        theme.set_kind(lead, "secondary")
        self.outcome.setWordWrap(True)
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.setAccessibleName(self.tr("What came of it"))
        self.bar.setTextVisible(False)
        self.bar.hide()
        theme.set_kind(self.page, "primary")
        self.page.setToolTip(self._offer.page_url)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        for button in (self.page, self.choose, close):
            button.setAutoDefault(False)

        steps = QHBoxLayout()
        steps.addWidget(self.page)
        steps.addWidget(self.choose)
        steps.addStretch()
        steps.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(lead)
        layout.addWidget(self._facts())
        layout.addWidget(self.bar)
        layout.addWidget(self.outcome)
        layout.addLayout(steps)

    def _facts(self) -> QFrame:
        card = QFrame()
        theme.set_kind(card, "card")
        form = QFormLayout(card)
        form.setContentsMargins(16, 12, 16, 12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        offer = self._offer
        size = QLocale().toString(offer.size_bytes / _GIGABYTE, "f", 1)
        exact = QLocale().toString(offer.size_bytes)
        for name, value in (
            (self.tr("File"), offer.file),
            (self.tr("Size"), self.tr("{} GB ({} bytes)").format(size, exact)),
            (self.tr("Memory"), self.tr("about {} GB").format(QLocale().toString(offer.memory_gb))),
            (self.tr("Licence"), offer.licence),
            (self.tr("Page"), offer.page_url),
        ):
            form.addRow(_name(name), _value(value))
        if offer.sha256:
            form.addRow(_name("SHA-256"), self._checksum())
        return card

    def _checksum(self) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        half = len(self._offer.sha256) // 2
        text = _value(f"{self._offer.sha256[:half]}\n{self._offer.sha256[half:]}")
        text.setAccessibleName(self._offer.sha256)
        copy = QPushButton(self.tr("Copy"))
        copy.setAutoDefault(False)
        theme.set_kind(copy, "quiet")
        copy.setAccessibleName(self.tr("Copy the checksum"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._offer.sha256))
        line.addWidget(text, 1)
        line.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    # ------------------------------------------------------------ inside

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.choose.text(), self._folder, self.tr("Models (*.gguf)")
        )
        if name:
            self.use(Path(name))

    def _say(self, words: str, kind: str) -> None:
        theme.set_kind(self.outcome, kind)
        self.outcome.setText(words)


def _name(text: str) -> QLabel:
    label = QLabel(text)
    theme.set_kind(label, "secondary")
    return label


def _value(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
