"""The bars above and below a source: its name, page and zoom; its place among the footnotes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app import theme
from app.widgets.elided_label import ElidedLabel
from app.widgets.wording import number

_WIDE = 320  # px, before the text's scale; narrower bars show less
_NARROW = 200


class _Bar(QFrame):
    """A bar with a line at its inner edge."""

    def __init__(self, parent: QWidget, *, line_above: bool) -> None:
        super().__init__(parent)
        self._line_above = line_above
        self.setProperty("kind", "bar")
        self.setFixedHeight(theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        painter = QPainter(self)
        y = 0 if self._line_above else self.height() - 1
        painter.fillRect(0, y, self.width(), 1, theme.current().line)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if theme.is_change(event):
            self.setFixedHeight(theme.px(44))


def _tool(parent: QWidget, icon: str, name: str, tip: str) -> QToolButton:
    button = QToolButton(parent)
    button.setIcon(theme.icon(icon))
    side = theme.px(theme.ICON_SIZE)
    button.setIconSize(QSize(side, side))
    button.setAccessibleName(name)
    button.setToolTip(tip)
    return button


class SourceHeader(_Bar):
    """Names the file, its page and the zoom."""

    page_chosen = Signal(int)  # 1-based
    zoom_step_wanted = Signal(int)  # +1 larger, -1 smaller
    fit_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, line_above=False)
        self._paged = False
        self._name = ElidedLabel("", self)
        self._name.setProperty("kind", "strong")
        self._place = ElidedLabel("", self)
        self._before = QLabel(self.tr("page"), self)
        self._page = QLineEdit(self)
        self._after = QLabel(self)
        self._page.setProperty("kind", "page")
        self._page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._page.setAccessibleName(self.tr("Page number"))
        self._page.setToolTip(self.tr("Go to a page (Page Up, Page Down)"))
        self._page.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._page.editingFinished.connect(self._choose_page)
        smaller, larger = self.tr("Smaller"), self.tr("Larger")
        self._minus = _tool(self, "minus", smaller, self.tr("Smaller (Ctrl and wheel)"))
        self._plus = _tool(self, "plus", larger, self.tr("Larger (Ctrl and wheel)"))
        self._zoom = QPushButton(self)
        self._zoom.setProperty("kind", "quiet")
        self._zoom.setToolTip(self.tr("As wide as the pane"))
        self._minus.clicked.connect(lambda: self.zoom_step_wanted.emit(-1))
        self._plus.clicked.connect(lambda: self.zoom_step_wanted.emit(1))
        self._zoom.clicked.connect(self.fit_wanted)
        for label in (self._place, self._before, self._after):
            label.setProperty("kind", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(2)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self._name)
        row.addSpacing(6)
        for part in (self._before, self._page, self._after):
            row.addWidget(part)
        row.addSpacing(4)
        row.addWidget(self._place)
        row.addStretch(1)
        for part in (self._minus, self._zoom, self._plus):
            row.addWidget(part)

    def show_nothing(self) -> None:
        """Leave only the pane's name."""
        self._name.show_text(self.tr("Source"))
        self.show_place("")
        self._show_paged(paged=False)

    def show_file(self, path: Path, *, paged: bool) -> None:
        """Name the file; page and zoom only where it has pages."""
        self._name.show_text(path.name)
        self._show_paged(paged=paged)

    def show_place(self, place: str) -> None:
        """What the place in view is called: "slide 4"; empty where the page says it all."""
        self._place.show_text(place)
        self._place.setVisible(bool(place))

    def show_page(self, page: int, count: int) -> None:
        """The page that is shown, of `count` (0: not known yet)."""
        self._page.setText(str(page))
        self._page.setValidator(QIntValidator(1, max(1, count), self._page))
        digits = "0" * max(len(str(count)), len(str(page)))
        width = self._page.fontMetrics().horizontalAdvance(digits) + theme.px(8)
        self._page.setFixedWidth(width)
        self._after.setText(self.tr("of {0}").format(number(count)) if count else "")

    def show_zoom(self, zoom: float) -> None:
        """The size of the page; 1.0 is 100 %."""
        percent = QLocale().toString(round(100 * zoom))
        self._zoom.setText(self.tr("{0}%").format(percent))
        self._zoom.setAccessibleName(self.tr("Zoom {0}%, fit to width").format(percent))

    def _show_paged(self, *, paged: bool) -> None:
        self._paged = paged
        wide = self.width() >= theme.px(_WIDE)
        for part in (self._page, self._after, self._minus, self._plus):
            part.setVisible(paged)
        for part in (self._before, self._zoom):
            part.setVisible(paged and wide)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the name and the page."""
        return QSize(theme.px(_NARROW), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give the room to the file's name when there is little."""
        super().resizeEvent(event)
        self._show_paged(paged=self._paged)

    def _choose_page(self) -> None:
        if self._page.isModified() and self._page.text():
            self._page.setModified(False)
            self.page_chosen.emit(int(self._page.text()))


class SourceFooter(_Bar):
    """Says which footnote is shown, walks to the others, opens the file."""

    source_step_wanted = Signal(int)  # +1 the next footnote, -1 the one before
    open_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, line_above=True)
        before, after = self.tr("Previous footnote"), self.tr("Next footnote")
        self._before = _tool(self, "chevron-left", before, self.tr("Previous footnote (←)"))
        self._after = _tool(self, "chevron-right", after, self.tr("Next footnote (→)"))
        self._place = QLabel(self)
        self._place.setProperty("kind", "strong")
        self._open = QPushButton(self.tr("Open file"), self)
        self._open.setProperty("kind", "quiet")
        self._open.setToolTip(self.tr("Open the file in its own program"))
        self._before.clicked.connect(lambda: self.source_step_wanted.emit(-1))
        self._after.clicked.connect(lambda: self.source_step_wanted.emit(1))
        self._open.clicked.connect(self.open_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        row.addStretch(1)
        for part in (self._before, self._place, self._after, self._open):
            row.addWidget(part)
        row.addStretch(1)

    def show_nothing(self) -> None:
        """There is no source."""
        self.hide()

    def show_passage(self) -> None:
        """A passage is shown, outside of any footnote."""
        self._show_alone(self.tr("Passage"))

    def show_whole(self) -> None:
        """All that was read from a file is shown."""
        self._show_alone(self.tr("All of its text"))

    def _show_alone(self, words: str) -> None:
        self._place.setText(words)
        self._before.hide()
        self._after.hide()
        self.show()

    def show_place(self, footnote: int, index: int, count: int) -> None:
        """Footnote number `footnote`, at `index`, 0-based, of `count`, is shown."""
        self._place.setText(self.tr("Footnote {0} of {1}").format(number(footnote), number(count)))
        self._before.show()
        self._after.show()
        self._before.setEnabled(index > 0)
        self._after.setEnabled(index < count - 1)
        self.show()
