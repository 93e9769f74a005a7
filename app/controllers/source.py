"""The source's side of the window: pictures of pages and texts of documents, as they are wanted."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from app.engine import Engine
from rag.errors import SourceChanged
from rag.events import Failed, FilesChanged, PageShown, ShowPage, ShowText, TextShown
from rag.records import PagePicture

_CACHE_BYTES = 48 * 1024 * 1024

_Key = tuple[Path, int, int, tuple[int, int] | None]  # thousandths of the scale; the words


class SourceController(QObject):
    """Fetches what is to be seen; an answer to a wish that was replaced by another is dropped."""

    picture_shown = Signal(object)  # PagePicture
    text_shown = Signal(object)  # TextShown
    failed = Signal(str)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._wanted: tuple[int, _Key | None] | None = None  # request, and the picture's key
        self._pictures: OrderedDict[_Key, PagePicture] = OrderedDict()
        self._bytes = 0
        engine.restarted.connect(self._ask_again)
        engine.replied.connect(self._take)

    @Slot(Path, int, float, object)
    def show_page(
        self, path: Path, page: int, scale: float, words: tuple[int, int] | None = None
    ) -> None:
        """Show a page as a picture of `scale` pixels per point, with `words` of it boxed."""
        key = (path, page, round(scale * 1000), words)
        known = self._pictures.get(key)
        if known is not None:
            self._pictures.move_to_end(key)
            self._wanted = None
            self.picture_shown.emit(known)
            return
        self._wanted = (self._engine.send(ShowPage(path, page, scale, words)), key)

    @Slot(Path)
    def show_text(self, path: Path) -> None:
        """Show a document's reading text."""
        self._wanted = (self._engine.send(ShowText(path)), None)

    @Slot(Path)
    def open_file(self, path: Path) -> None:
        """Open a file in the program that the system uses for it."""
        if not path.exists():
            self.failed.emit(str(SourceChanged(path)))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.failed.emit(self.tr("No program opens “{}” on this computer.").format(path.name))

    @Slot(Path)
    def reveal(self, path: Path) -> None:
        """Open the folder that holds `path`."""
        folder = path if path.is_dir() else path.parent
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.failed.emit(self.tr("“{}” cannot be opened.").format(folder))

    def _ask_again(self) -> None:
        """Ask the next engine for what a dead one was asked for."""
        if self._wanted is not None and self._wanted[1] is not None:
            path, page, scale, words = key = self._wanted[1]
            self._wanted = (self._engine.send(ShowPage(path, page, scale / 1000, words)), key)

    def _take(self, number: int, event: object) -> None:
        if isinstance(event, FilesChanged):
            if self._pictures:
                self._forget({record.path for record in event.files} | set(event.removed))
            return
        if self._wanted is None or number != self._wanted[0]:
            return
        key = self._wanted[1]
        if isinstance(event, PageShown) and key is not None:
            self._wanted = None
            self._keep(key, event.picture)
            self.picture_shown.emit(event.picture)
        elif isinstance(event, TextShown):
            self._wanted = None
            self.text_shown.emit(event)
        elif isinstance(event, Failed):
            self._wanted = None
            self.failed.emit(event.message)

    def _keep(self, key: _Key, picture: PagePicture) -> None:
        self._pictures[key] = picture
        self._bytes += len(picture.pixels)
        while self._bytes > _CACHE_BYTES and len(self._pictures) > 1:
            _, oldest = self._pictures.popitem(last=False)
            self._bytes -= len(oldest.pixels)

    def _forget(self, paths: set[Path]) -> None:
        for key in [key for key in self._pictures if key[0] in paths]:
            self._bytes -= len(self._pictures.pop(key).pixels)
