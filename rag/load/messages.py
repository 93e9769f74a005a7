"""What crosses the pipe between a parser process and its pool."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import UnreadableFile
from rag.load.how import PLAINLY, HowToRead
from rag.records import Box, DocumentInfo, Page, PagePicture

# ---------------------------------------------------------------- to the worker


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Read `path` with the module `reader`; answered by `Batch`es."""

    path: Path
    reader: str
    how: HowToRead = PLAINLY


@dataclass(frozen=True, slots=True)
class GoOn:
    """Read the next batch."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Leave the rest of the file; there is no answer."""


@dataclass(frozen=True, slots=True)
class DrawPage:
    """Draw a page of a PDF, or a picture; answered by a `PagePicture`."""

    path: Path
    page: int  # 1-based
    scale: float  # pixels per PDF point
    passwords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class FindBoxes:
    """Find where characters of a PDF page are; answered by `Boxes`."""

    path: Path
    page: int  # 1-based
    glyphs: tuple[int, ...]
    passwords: tuple[str, ...] = field(default=(), repr=False)


Request = ReadFile | GoOn | GiveUp | DrawPage | FindBoxes

# ---------------------------------------------------------------- to the pool


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started; sent once, before anything else."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read since the last go-ahead; the worker now waits unless `last`."""

    items: tuple[DocumentInfo | Page, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Boxes:
    """Rectangles on a page."""

    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request could not be met. An exception does not survive the pipe, its words do."""

    kind: type[UnreadableFile]
    message: str

    def error(self) -> UnreadableFile:
        """The exception that the worker met."""
        return self.kind.__new__(self.kind, self.message)


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The request needed more memory than the worker may have."""


Reply = Ready | Batch | PagePicture | Boxes | Failure | OutOfMemory
