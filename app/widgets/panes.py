"""The three panes side by side: resizable, hidden on demand, and sensible in a narrow window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_USUAL = (264, 612, 404)
_NARROW = 900  # px; below it the library makes room while a source is shown


class Panes(QSplitter):
    """Library, conversation and source; the conversation is always there and takes what is left."""

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
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setStretchFactor(2, 0)
        self.setSizes(list(_USUAL))
        self._arrange()

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths to remember: those of hidden panes as they were."""
        return tuple(self.sizes())

    def restore(self, widths: Sequence[int], *, library_hidden: bool) -> None:
        """Take up what was remembered."""
        if len(widths) == len(_USUAL):
            usual = zip(widths, _USUAL, strict=True)
            self.setSizes([width or default for width, default in usual])
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

    def _is_narrow(self) -> bool:
        return self.width() < _NARROW

    def _arrange(self) -> None:
        for name, pane in self._side.items():
            makes_room = name == "library" and self._wanted["source"] and self._is_narrow()
            shown = self._wanted[name] and not makes_room
            if shown == pane.isHidden():
                pane.setVisible(shown)
                self.shown_changed.emit(name, shown)
