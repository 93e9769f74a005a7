"""The chips that say what a question is asked of, and the menu that adds to them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QSizePolicy, QWidget

from app import theme
from app.models.file_types import FileType, types_of
from app.models.scope_parts import ScopePart, parts_of
from app.widgets.chips import Chip
from app.widgets.day_popup import DayPopup
from app.widgets.flow_layout import FlowLayout
from app.widgets.pages_popup import Pages, PagesPopup, joined_pages
from app.widgets.place_picker import PlacePicker
from app.widgets.popups import place_above
from rag.records import Scope

_MOST_LINES = 3  # of chips, before they scroll
_LEAST_LINES = 2  # before they scroll, in a low window
_SPACING = 6


class ScopeChips(QScrollArea):
    """Shows a scope as chips that can be removed; many of them scroll in a few lines."""

    changed = Signal(object)  # Scope, by the user
    place_chosen = Signal(object)  # Path, of the list of files and folders
    left = Signal()  # the keyboard has nothing more to do here
    rearranged = Signal()  # `tab_order` changed
    picker_opened = Signal()  # the list of files and folders

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = Scope()
        self._places: tuple[Path, ...] = ()
        self._types: tuple[FileType, ...] = ()
        self._chips: list[Chip] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What the question is asked of"))
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._flow = FlowLayout(inside, spacing=_SPACING)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # `setWidget` turned it on
        self.add = Chip(self.tr("file, type, date"), inside, icon="plus", end=False, dashed=True)
        self.add.setToolTip(
            self.tr("Ask only about some files, types, dates or pages (@ for a name)")
        )
        self.add.setAccessibleName(self.tr("Ask only about some files, types, dates or pages"))
        self._whole = Chip(self.tr("Whole library"), inside)
        self.picker = PlacePicker(self)
        self.days = DayPopup(self)
        self.pages = PagesPopup(self)
        self._wants_until = False
        self._scrolls = False
        self.add.clicked.connect(self._open_menu)
        self.add.moved.connect(self._move_focus)
        self.picker.chosen.connect(self._take_place)
        self.days.chosen.connect(self._take_day)
        self.pages.chosen.connect(self._take_pages)
        self._show()

    # ------------------------------------------------------------ shown

    @property
    def scope(self) -> Scope:
        """What is shown."""
        return self._scope

    def show_scope(self, scope: Scope) -> None:
        """Show `scope`; emits nothing."""
        self._scope = scope
        self._show()

    def show_places(self, places: Sequence[Path]) -> None:
        """The folders and files that can be asked about."""
        self._places = tuple(places)
        if self.picker.isVisible():
            self.picker.show_places(self._places)

    def show_suffixes(self, suffixes: Iterable[str]) -> None:
        """The types that can be asked about, by the suffixes of what can be read."""
        self._types = types_of(suffixes)

    def chips(self) -> tuple[Chip, ...]:
        """What limits the scope, in the order it is shown."""
        return tuple(self._chips)

    def focus_last(self) -> None:
        """Go to the last chip that can be removed, if there is one."""
        if self._chips:
            self._chips[-1].setFocus(Qt.FocusReason.TabFocusReason)

    def open_picker(self) -> None:
        """Let the user choose a file or folder."""
        self.picker_opened.emit()
        self.picker.show_places(self._places)
        self.picker.open_above(self.add)

    def tab_order(self) -> tuple[QWidget, ...]:
        """What the Tab key should go through here."""
        return (self.add, *self._chips) if self._scrolls else (*self._chips, self.add)

    # ------------------------------------------------------------ the menu

    def menu(self) -> QMenu:
        """What the scope can be limited by."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(theme.icon("file"), self.tr("File or folder…") + "\t@", self.open_picker)
        types = menu.addMenu(theme.icon("text"), self.tr("Type"))
        types.setEnabled(bool(self._types))
        for kind in self._types:
            action = types.addAction(kind.name)
            action.setCheckable(True)
            action.setChecked(not set(kind.suffixes).isdisjoint(self._scope.types))
            action.toggled.connect(lambda on, kind=kind: self._take_type(kind, on=on))
        today = date.today()  # noqa: DTZ011  the user's own calendar is meant
        changed = menu.addMenu(theme.icon("calendar"), self.tr("Changed"))
        for words, since in (
            (self.tr("In the last week"), today - timedelta(days=7)),
            (self.tr("In the last month"), today - timedelta(days=30)),
            (self.tr("This year"), date(today.year, 1, 1)),
        ):
            changed.addAction(words, lambda since=since: self._take_since(since))
        changed.addSeparator()
        changed.addAction(self.tr("Since a day…"), lambda: self._open_days(until=False))
        changed.addAction(self.tr("Until a day…"), lambda: self._open_days(until=True))
        pages = menu.addAction(
            theme.icon("pages"), self.tr("Pages…"), lambda: self.pages.open_above(self.add)
        )
        if not self._has_pages():
            pages.setEnabled(False)
            pages.setText(self.tr("Pages (none of these files has any)"))
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.popup(place_above(menu.sizeHint(), self.add))
        if self.add.pressed_by_key:
            menu.setActiveAction(menu.actions()[0])

    def _has_pages(self) -> bool:
        """Whether a file that is asked about is of a type with pages."""
        paged = {f".{s}" for kind in self._types if kind.paged for s in kind.suffixes}
        if self._scope.types:
            paged &= {f".{suffix}" for suffix in self._scope.types}
        chosen = tuple(str(path) for path in self._scope.paths)
        inside = tuple(f"{path}{os.sep}" for path in chosen)
        for place in self._places:
            name = str(place)
            asked = not chosen or name in chosen or name.startswith(inside)
            if asked and place.suffix.lower() in paged:
                return True
        return False

    def _open_days(self, *, until: bool) -> None:
        self._wants_until = until
        title = self.tr("Changed until") if until else self.tr("Changed since")
        day = self._scope.until if until else self._scope.since
        today = date.today()  # noqa: DTZ011  the user's own calendar is meant
        self.days.open_above(self.add, title, day or today)

    # ------------------------------------------------------------ what was chosen

    def add_places(self, places: Sequence[Path]) -> None:
        """Ask about `places` too, each once."""
        paths = tuple(dict.fromkeys((*self._scope.paths, *places)))
        self._change(replace(self._scope, paths=paths))

    def _take_place(self, place: Path) -> None:
        self.place_chosen.emit(place)
        self.add_places([place])
        self.left.emit()

    def _take_type(self, kind: FileType, *, on: bool) -> None:
        types = tuple(suffix for suffix in self._scope.types if suffix not in kind.suffixes)
        self._change(replace(self._scope, types=(*types, *kind.suffixes) if on else types))
        self.left.emit()

    def _take_since(self, day: date) -> None:
        until = self._scope.until
        self._change(
            replace(self._scope, since=day, until=until if until and until >= day else None)
        )
        self.left.emit()

    def _take_day(self, day: date) -> None:
        if not self._wants_until:
            self._take_since(day)
            return
        since = self._scope.since
        self._change(
            replace(self._scope, until=day, since=since if since and since <= day else None)
        )
        self.left.emit()

    def _take_pages(self, pages: Pages) -> None:
        self._change(replace(self._scope, pages=joined_pages([*self._scope.pages, *pages])))
        self.left.emit()

    def _remove(self, chip: Chip, part: ScopePart) -> None:
        at = self._chips.index(chip)
        by_key = chip.pressed_by_key
        self._change(part.without)
        if by_key and self._chips:
            self._chips[min(at, len(self._chips) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()

    def _change(self, scope: Scope) -> None:
        if scope != self._scope:
            self.show_scope(scope)
            self.changed.emit(scope)

    # ------------------------------------------------------------ inside

    def _show(self) -> None:
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip_of(part) for part in parts_of(self._scope)]
        self._whole.setVisible(not self._chips)
        self._fill()
        self._fit()

    def _fill(self) -> None:
        """Set the chips in lines; what adds to them comes first where they scroll."""
        while self._flow.takeAt(0) is not None:
            pass
        shown = self._chips or [self._whole]
        for chip in (self.add, *shown) if self._scrolls else (*shown, self.add):
            self._flow.addWidget(chip)
            chip.show()
        self._flow.update()
        self.rearranged.emit()

    def _chip_of(self, part: ScopePart) -> Chip:
        chip = Chip(part.words, self.widget(), icon="close")
        chip.setToolTip(self.tr("{0}\nPress to remove").format(part.tip))
        chip.setAccessibleName(self.tr("Asks only about: {0}. Press to remove.").format(part.words))
        chip.clicked.connect(lambda: self._remove(chip, part))
        chip.moved.connect(self._move_focus)
        return chip

    def _move_focus(self, step: int) -> None:
        row = self.tab_order()
        focused = [at for at, chip in enumerate(row) if chip.hasFocus()]
        if not focused:
            return
        at = focused[0] + step
        if 0 <= at < len(row):
            row[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(row[at])

    def _fit(self) -> None:
        """Be as high as the chips, up to a few lines, fewer in a low window."""
        line = self.add.sizeHint().height() + _SPACING
        lines = max(_LEAST_LINES, min(_MOST_LINES, self.window().height() // 6 // line))
        most = lines * line - _SPACING
        wanted = self._flow.heightForWidth(max(1, self.width()))
        policy = Qt.ScrollBarPolicy
        over = wanted > most
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if over else policy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(min(wanted, most))
        if over != self._scrolls:
            self._scrolls = over
            self._fill()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """No width of its own."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Count the lines anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the new look's sizes."""
        super().changeEvent(event)
        if theme.is_change(event):
            self._fit()
