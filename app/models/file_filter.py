"""Which files of the library are shown: those with words in their name, or of one kind alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from app.models.file_node import Node, needs_attention
from rag.records import FileRecord, FileState


class Only(Enum):
    """The kinds of files that can be shown alone."""

    ALL = auto()
    ATTENTION = auto()
    LEFT_OUT = auto()


@dataclass(frozen=True, slots=True)
class FileFilter:
    """Lets a file through whose path below its root has all `words`, and that is of the kind."""

    words: tuple[str, ...] = ()  # folded
    only: Only = Only.ALL
    reason: str = ""  # of what is left out: this rule alone

    @property
    def active(self) -> bool:
        """Whether some files may be hidden."""
        return bool(self.words) or self.only is not Only.ALL

    def passes(self, node: Node) -> bool:
        """Whether a file's node is to be shown."""
        record = node.record
        if record is None or not self._is_kind(record):
            return False
        if not self.words:
            return True
        if not node.folded:
            node.folded = str(record.path)[len(str(record.root.parent)) :].casefold()
        return all(word in node.folded for word in self.words)

    def _is_kind(self, record: FileRecord) -> bool:
        if self.only is Only.ATTENTION:
            return needs_attention(record)
        if self.only is Only.LEFT_OUT:
            return record.state is FileState.SKIPPED and self.reason in {"", record.reason}
        return True
