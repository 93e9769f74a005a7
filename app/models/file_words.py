"""What the library's tree says of files and folders: an icon, a few words, a sentence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QIcon

from app import theme
from app.models.file_node import Node
from app.models.plain_text import tip
from app.models.scope_parts import moment_words
from rag.records import FileRecord, FileState, FolderHealth

_ICONS = {
    FileState.WAITING: ("waiting", "secondary"),
    FileState.READING: ("reading", "accent"),
    FileState.READY: ("check", "accent"),
    FileState.PARTIAL: ("warning", "warning"),
    FileState.FAILED: ("warning", "warning"),
    FileState.SKIPPED: ("skipped", "secondary"),
    FileState.MISSING: ("missing", "warning"),
}
_LOCKED = ("lock", "warning")
_QUARANTINED = ("quarantine", "warning")
_COPY = ("copy", "secondary")
_THOUSAND = 1000


class FileWords(QObject):
    """Words for nodes in the window's language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.read_whole: dict[Path, float] = {}  # the share of it (0..1) that is kept
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._states = {
            FileState.WAITING: self.tr("waiting"),
            FileState.READING: self.tr("reading"),
            FileState.PARTIAL: self.tr("in part"),
            FileState.FAILED: self.tr("not read"),
            FileState.SKIPPED: self.tr("left out"),
            FileState.MISSING: self.tr("missing"),
        }

    # ------------------------------------------------------------ of a row

    def icon(self, node: Node) -> QIcon | None:
        """The sign of a file's state; none for a folder."""
        return None if node.record is None else self.sign(node.record)

    def sign(self, record: FileRecord) -> QIcon:
        """The sign of a state: words beside it say the same."""
        look = _ICONS[record.state]
        if record.locked:
            look = _LOCKED
        elif record.quarantined:
            look = _QUARANTINED
        elif record.same_as is not None and record.state is FileState.READY:
            look = _COPY
        if look not in self._icons:
            self._icons[look] = theme.icon(look[0], look[1], look[1])
        return self._icons[look]

    def detail(self, node: Node) -> str:
        """The few words beside a name: a folder's files, a file's pages or state."""
        record = node.record
        if record is None:
            return _number(node.files)
        if record.state is FileState.READY and record.same_as is None and record.scanned_pages:
            return self._with_scans(record)
        return self.short(node)

    def short(self, node: Node) -> str:
        """The same where there is less room."""
        record = node.record
        if record is None:
            return _number(node.files)
        if record.state is FileState.READY:
            return self._of_ready(record)
        if record.state is FileState.PARTIAL and record.paged and record.unread_pages:
            whole = record.pages - record.unread_pages
            return self.tr("{} of {} p").format(_number(whole), _number(record.pages))
        return self.state(record)

    def tip(self, node: Node) -> str:
        """All that is known, line by line, for a tooltip."""
        lines = [str(node.path), self.sentence(node)]
        if node.record is not None:
            lines += [like for like in (self.likeness(node.record),) if like]
            lines += [seen for seen in (self.seen(node.record),) if seen]
        return tip("\n".join(lines))

    def sentence(self, node: Node) -> str:
        """What is known in a sentence, for a screen reader."""
        if node.record is None:
            return self.health(node.health())
        return " ".join(filter(None, (self.outcome(node.record), self.whole(node))))

    def whole_share(self, node: Node) -> float:
        """How much of a file was read whole and is kept, 0..1; 0 for a folder."""
        return 0.0 if node.record is None else self.read_whole.get(node.path, 0.0)

    def whole(self, node: Node) -> str:
        """How much of a file was read whole, in a sentence; empty where none of it was."""
        share = self.whole_share(node)
        if share >= 1:
            return self.tr("Read whole: questions about all of it are answered at once.")
        if share > 0:
            percent = _number(max(1, min(99, round(share * 100))))
            return self.tr("Read whole up to {}%: the rest is read when it is needed.").format(
                percent
            )
        return ""

    # ------------------------------------------------------------ of a file

    def state(self, record: FileRecord) -> str:
        """How a file stands, in a word or two."""
        if record.locked:
            return self.tr("locked")
        if record.quarantined:
            return self.tr("set aside")
        if record.state is FileState.READY:
            return self.tr("read")
        return self._states[record.state]

    def outcome(self, record: FileRecord) -> str:
        """How a file stands, why, and what to do."""
        if record.quarantined:
            said = self.tr(
                "Set aside after {} tries. {} "
                "It is tried again when it changes, or when you choose “Read again”."
            )
            return said.format(_number(record.failures), record.reason)
        said = self.state(record)
        if record.state in {FileState.READY, FileState.PARTIAL}:
            said = f"{said}: {self.figures(record)}"
        reason = record.reason
        if record.locked:
            reason = self.tr("Choose “Enter password…”, or add a copy without a password.")
        return f"{said[0].upper()}{said[1:]}. {reason}".strip()

    def figures(self, record: FileRecord) -> str:
        """What was read of a file: "31 pages, 4 scanned, 2 empty, 9,120 words"."""
        parts: list[str] = []
        if record.paged:
            count = _number(record.pages)
            parts.append(
                self.tr("1 page") if record.pages == 1 else self.tr("{} pages").format(count)
            )
            for pages, words in (
                (record.scanned_pages, self.tr("{} scanned")),
                (record.empty_pages, self.tr("{} empty")),
                (record.unread_pages, self.tr("{} unread")),
            ):
                if pages:
                    parts.append(words.format(_number(pages)))
        count = _number(record.words)
        parts.append(self.tr("1 word") if record.words == 1 else self.tr("{} words").format(count))
        return ", ".join(parts)

    def likeness(self, record: FileRecord) -> str:
        """Which other file has the same, or nearly the same text; empty where none has."""
        if record.same_as is not None:
            return self.tr("The same as {}").format(record.same_as.name)
        if record.like is not None:
            return self.tr("Nearly the same as {}").format(record.like.name)
        return ""

    def seen(self, record: FileRecord) -> str:
        """Since when a file is known, and when it was last looked at; empty where not known."""
        if not record.first_seen:
            return ""
        return self.tr("First seen {}, last seen {}").format(
            moment_words(record.first_seen), moment_words(record.last_seen or record.first_seen)
        )

    def _of_ready(self, record: FileRecord) -> str:
        if record.same_as is not None:
            return self.tr("a copy")
        if record.paged:
            return self.tr("{} p").format(_number(record.pages))
        if record.words >= _THOUSAND:
            return self.tr("{}k words").format(QLocale().toString(record.words / _THOUSAND, "f", 1))
        count = _number(record.words)
        return self.tr("1 word") if record.words == 1 else self.tr("{} words").format(count)

    def _with_scans(self, record: FileRecord) -> str:
        if record.scanned_pages >= record.pages:
            return self.tr("{}, scanned").format(self._of_ready(record))
        scanned = _number(record.scanned_pages)
        return self.tr("{} · {} scanned").format(self._of_ready(record), scanned)

    # ------------------------------------------------------------ of a folder

    def health(self, health: FolderHealth) -> str:
        """How a folder stands: "118 files · 112 read · 4 need a look · 2 left out · …"."""
        return " · ".join([*self.health_of_files(health), *self.health_of_pages(health)])

    def health_of_files(self, health: FolderHealth, *, in_short: bool = False) -> list[str]:
        """How many files there are, and in which states; `in_short` the good ones alone."""
        count = health.count
        needy = count(FileState.FAILED) + count(FileState.PARTIAL) + count(FileState.MISSING)
        waiting = count(FileState.WAITING) + count(FileState.READING)
        files = _number(health.files)
        parts = [self.tr("1 file") if health.files == 1 else self.tr("{} files").format(files)]
        states = [(count(FileState.READY), self.tr("{} read")), (waiting, self.tr("{} waiting"))]
        if not in_short:
            look = self.tr("1 needs a look") if needy == 1 else self.tr("{} need a look")
            states += [(needy, look), (count(FileState.SKIPPED), self.tr("{} left out"))]
        return parts + [words.format(_number(number)) for number, words in states if number]

    def health_of_pages(self, health: FolderHealth) -> list[str]:
        """How many pages they have; nothing where they have none."""
        if not health.pages:
            return []
        pages = _number(health.pages)
        said = self.tr("1 page") if health.pages == 1 else self.tr("{} pages").format(pages)
        if health.scanned_pages:
            said = self.tr("{}, {} scanned").format(said, _number(health.scanned_pages))
        return [said]


def _number(value: int) -> str:
    return QLocale().toString(value)
