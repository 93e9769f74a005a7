"""The three panes side by side: resizable, hidden on demand, and sensible in a narrow window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app import theme

_LIBRARY = 264  # px, each before the user drags
_SOURCE = 440
_SOURCE_LEAST = 360  # where the conversation would otherwise get less than it reads well in
_SOURCE_MOST = 960  # a page is larger than life then
_READABLE = 520  # what the conversation reads well in
_MIDDLE_LEAST = 320
_COLUMN_MARGINS = 80  # both, of the conversation's column
_NARROW = 900  # px; below it the library makes room while a source is shown


class Panes(QSplitter):
    """Library, conversation and source.

    The conversation is always there and takes what is left; on a wide screen the source grows
    once the conversation's column is as wide as it gets. A width that the user drags stays.
    """

    shown_changed = Signal(str, bool)  # "library" or "source", and whether it is shown
    hidden_by_user = Signal(str, bool)  # to be remembered

    def __init__(
        self,
        library: QWidget,
        conversation: QWidget,
        source: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._side = {"library": library, "source": source}
        self._wanted = {"library": True, "source": False}
        for pane in (library, conversation, source):
            self.addWidget(pane)
            self.setCollapsible(self.indexOf(pane), False)
        self.setHandleWidth(1)
        self._library_width = _LIBRARY
        self._source_width = 0  # 0 until the user drags it
        self.splitterMoved.connect(self._take_drag)
        self._arrange()

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths to remember, with 0 for what the user leaves to us."""
        return (self._library_width, 0, self._source_width)

    def restore(self, widths: Sequence[int], *, library_hidden: bool) -> None:
        """Take up what was remembered."""
        if len(widths) == self.count():
            self._library_width = widths[0] or _LIBRARY
            self._source_width = widths[2]
        self._wanted["library"] = not library_hidden
        self._arrange()

    def is_shown(self, name: str) -> bool:
        """Whether the pane "library" or "source" is to be seen."""
        return not self._side[name].isHidden()

    def show_pane(self, name: str, *, shown: bool) -> None:
        """Show or hide a pane because there is, or is no more, something to see in it."""
        self._wanted[name] = shown
        if shown and name == "library" and self._is_narrow():
            self._wanted["source"] = False
        self._arrange()

    def toggle(self, name: str) -> None:
        """Show or hide a pane because the user wants it so."""
        shown = not self.is_shown(name)
        self.show_pane(name, shown=shown)
        self.hidden_by_user.emit(name, not shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Make room, or use it."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Share the width anew once a pane that was just shown has taken its place."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._share()
        return done

    def _is_narrow(self) -> bool:
        return self.width() < _NARROW

    def _arrange(self) -> None:
        for name, pane in self._side.items():
            makes_room = name == "library" and self._wanted["source"] and self._is_narrow()
            shown = self._wanted[name] and not makes_room
            if shown == pane.isHidden():
                pane.setVisible(shown)
                self.shown_changed.emit(name, shown)
        self._share()

    def _share(self) -> None:
        """Give each pane its part of the width."""
        rest = self.width() - self.handleWidth() * len(self._side)
        if self.is_shown("library"):
            rest -= self._library_width
        widest = theme.px(theme.COLUMN_WIDTH) + _COLUMN_MARGINS
        source = max(min(_SOURCE, rest - _READABLE), min(rest - widest, _SOURCE_MOST))
        source = self._source_width or max(source, _SOURCE_LEAST)
        source = max(0, min(source, rest - _MIDDLE_LEAST)) if self.is_shown("source") else 0
        self.setSizes([self._library_width, rest - source, source])

    def _take_drag(self, _position: int, handle: int) -> None:
        widths = self.sizes()
        if handle == 1:
            self._library_width = widths[0]
        else:
            self._source_width = widths[2]
