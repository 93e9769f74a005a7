"""What the conversation's place shows before the first question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.widgets.dashes import DashedFrame
from rag.records import ModelInfo, ModelOffer

_MARGIN = 40  # px; that of the question box, so that both share their edges
_NARROW_MARGIN = 20
_BYTES_PER_GB = 1_000_000_000


class _Invitation(DashedFrame):
    """The large frame that a click, like a drop, fills the library with."""

    pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()  # or the release would go elsewhere

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()


class Welcome(QScrollArea):
    """Invites to add files or try the sample questions, and says what is still missing."""

    add_folder_wanted = Signal()
    sample_chosen = Signal(str)  # the question
    get_model_wanted = Signal()
    use_model_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: ModelOffer | None = None
        self._model: ModelInfo | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Welcome"))
        page = QWidget(self)
        page.setProperty("kind", "page")
        self._column = QWidget(page)
        self._formats = self._label("", "secondary", centred=True)
        self._samples_title = self._label(self.tr("Or try it on the sample library"), "secondary")
        self._samples = QVBoxLayout()
        self._samples.setSpacing(8)
        self._model_line = QLabel(self._column)
        self._model_card = QFrame(self._column)
        self._lay_out(page)
        self.setWidget(page)
        self.show_formats(())
        self.show_samples(())
        self._model_card.hide()  # until it is known which model answers

    def show_formats(self, formats: Sequence[str]) -> None:
        """Name the kinds of files that can be read."""
        self._formats.setText(", ".join(formats))
        self._formats.setVisible(bool(formats))

    def show_samples(self, questions: Sequence[str]) -> None:
        """Offer `questions` on the sample library; none when it is not there."""
        while (item := self._samples.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for question in questions:
            row = QPushButton(question, self._column)
            row.setProperty("kind", "row")
            row.setCursor(Qt.CursorShape.PointingHandCursor)
            row.setToolTip(self.tr("Ask this of the sample library"))
            row.clicked.connect(lambda _=False, asked=question: self.sample_chosen.emit(asked))
            self._samples.addWidget(row)
        self._samples_title.setVisible(bool(questions))

    def show_model(self, model: ModelInfo | None) -> None:
        """Say so while only the trial model, or none at all, answers."""
        self._model = model
        self._model_card.setVisible(model is None or model.is_trial)
        self._say_model()

    def show_offer(self, offer: ModelOffer | None) -> None:
        """The model to get instead."""
        self._offer = offer
        self._say_model()

    def _say_model(self) -> None:
        accent = theme.current().accent.name()
        name = self._offer.name if self._offer else "Phi-4-mini"
        get, use = self.tr("Get {0}").format(name), self.tr("Use a model I have")
        style = f"text-decoration:none; font-weight:600; color:{accent}"
        size = ""
        if self._offer:
            size = QLocale().toString(self._offer.size_bytes / _BYTES_PER_GB, "f", 1)
            size = " " + self.tr("({0} GB)").format(size)
        if self._model is None:
            now = self.tr("No model answers yet.")
        else:
            now = self.tr("A small trial model answers for now.")
        self._model_line.setText(
            f"<span style='color:{accent}'>{now} "
            f"<a href='get' style='{style}'>{get}</a>{size} · "
            f"<a href='use' style='{style}'>{use}</a></span>"
        )

    def _follow(self, link: str) -> None:
        (self.get_model_wanted if link == "get" else self.use_model_wanted).emit()

    def _lay_out(self, page: QWidget) -> None:
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._label(self.tr("Ask your own files."), "title"))
        column.addSpacing(8)
        lead = self.tr(
            "Everything stays on this computer. Every sentence shows where it comes from."
        )
        column.addWidget(self._label(lead, "lead"))
        column.addSpacing(24)
        column.addWidget(self._invitation())
        column.addSpacing(24)
        column.addWidget(self._samples_title)
        column.addSpacing(8)
        column.addLayout(self._samples)
        column.addSpacing(22)
        column.addWidget(self._model_card)
        self._model_card.setProperty("kind", "notice")
        self._model_line.setProperty("kind", "secondary")
        self._model_line.setWordWrap(True)
        self._model_line.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._model_line.linkActivated.connect(self._follow)
        inside = QVBoxLayout(self._model_card)
        inside.setContentsMargins(12, 9, 12, 9)
        inside.addWidget(self._model_line)
        self._around = QVBoxLayout(page)
        self._around.addWidget(self._column)
        self._around.addStretch(1)
        self._set_margins()

    def _invitation(self) -> QFrame:
        frame = _Invitation(self._column)
        frame.setProperty("kind", "invite")
        frame.setCursor(Qt.CursorShape.PointingHandCursor)
        frame.pressed.connect(self.add_folder_wanted)
        add = QPushButton(self.tr("Add folder…"), frame)
        add.setProperty("kind", "link")
        add.setToolTip(self.tr("Choose a folder to read (Ctrl+O)"))
        add.clicked.connect(self.add_folder_wanted)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(24, 36, 24, 28)
        inside.setSpacing(4)
        drop = self.tr("Drop folders or files anywhere in this window")
        inside.addWidget(self._label(drop, "lead", centred=True))
        inside.addWidget(self._formats)
        inside.addSpacing(12)
        inside.addWidget(add, 0, Qt.AlignmentFlag.AlignHCenter)
        return frame

    def _label(self, words: str, kind: str, *, centred: bool = False) -> QLabel:
        label = QLabel(words, self._column)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("kind", kind)
        label.setWordWrap(True)
        if centred:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _set_margins(self) -> None:
        width = self.width()
        side = _NARROW_MARGIN if width < theme.px(420) else _MARGIN
        side = max(side, (width - theme.px(theme.COLUMN_WIDTH)) // 2)
        bar = width - self.viewport().width()
        self._around.setContentsMargins(side, 56, side - bar, 24)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep to the conversation's column."""
        super().resizeEvent(event)
        self._set_margins()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the new look's colours and sizes."""
        super().changeEvent(event)
        if theme.is_change(event):
            self._set_margins()
            self._say_model()
