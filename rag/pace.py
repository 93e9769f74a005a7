"""How fast reading goes, and how long it will take: a model of two stages that overlap.

Files are parsed in their order and embedded behind that. What a waiting file will cost is predicted
from its format and size, by what files of its like have cost in this reading and earlier ones.
Nothing here looks at a clock: times are seconds of reading, without pauses.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

_WINDOW_S = 60.0  # that "lately" means
_KNOWN_AFTER_S = 5.0  # before that nothing is told
_NEAR = 0.35  # what a file tells of one that is four times as large, or a quarter
_MOST_FILES = 30  # that count of one kind: later ones tell as much as early ones
_REMEMBERED_FILES = 4  # of an earlier reading
_DEFAULT_FILES = 0.5
_RECENT_CHUNKS = 600.0
_EMBED_S = 0.02  # per chunk, before any was embedded


@dataclass(frozen=True, slots=True)
class _Usual:
    """What a format costs before one of its files was read: measured once, on two cores."""

    chunks_per_mb: float
    parse_s_per_mb: float
    parse_s: float = 0.05


_TEXT = _Usual(chunks_per_mb=1600, parse_s_per_mb=1.0)
_PACKED = _Usual(chunks_per_mb=800, parse_s_per_mb=4.0, parse_s=0.1)
_PICTURE = _Usual(chunks_per_mb=1, parse_s_per_mb=0.5, parse_s=4.0)
_USUAL = {
    ".pdf": _Usual(chunks_per_mb=500, parse_s_per_mb=3.0, parse_s=0.1),
    **dict.fromkeys((".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".epub", ".zip"), _PACKED),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"), _PICTURE),
}


@dataclass(frozen=True, slots=True)
class FileSize:
    """What is known of a file before it is read."""

    suffix: str  # lower case, with the dot
    size_bytes: int

    @property
    def size_class(self) -> int:
        """Files of one class are alike within a factor of four; larger ones have larger classes."""
        return max(0, self.size_bytes.bit_length() - 1) // 2


@dataclass(frozen=True, slots=True)
class Begun:
    """A file that is being parsed."""

    file: FileSize
    page: int
    pages: int  # 0 where it does not say
    seconds: float  # so far


@dataclass(slots=True)
class _Seen:
    """The sums over files of one format and size class."""

    files: float = 0.0
    size_bytes: float = 0.0
    pages: float = 0.0
    chunks: float = 0.0
    parse_s: float = 0.0

    def add(self, size_bytes: int, pages: int, chunks: int, parse_s: float) -> None:
        self.files += 1
        self.size_bytes += size_bytes
        self.pages += pages
        self.chunks += chunks
        self.parse_s += parse_s

    def scaled(self, most_files: float) -> _Seen:
        share = min(1.0, most_files / self.files) if self.files else 0.0
        return _Seen(
            self.files * share,
            self.size_bytes * share,
            self.pages * share,
            self.chunks * share,
            self.parse_s * share,
        )


@dataclass(slots=True)
class _Group:
    """Waiting files of one format and size class."""

    files: int = 0
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class _Cost:
    parse_s: float
    chunks: float


@dataclass(slots=True)
class Pace:
    """What one reading has cost so far and will still cost. Used by one thread."""

    threads: int = 1  # that parse at the same time
    _seen: defaultdict[tuple[str, int], _Seen] = field(default_factory=lambda: defaultdict(_Seen))
    _waiting: defaultdict[tuple[int, str], _Group] = field(
        default_factory=lambda: defaultdict(_Group)
    )
    _embed_s: float = 0.0
    _embed_chunks: float = 0.0
    _ready_chunks: int = 0  # parsed, not embedded
    _pages: float = 0.0
    _steps: deque[tuple[float, float]] = field(default_factory=lambda: deque([(0.0, 0.0)]))

    # ------------------------------------------------------------ what happens

    def expect(self, files: Iterable[FileSize]) -> None:
        """These files wait to be read."""
        for file in files:
            group = self._waiting[file.size_class, file.suffix]
            group.files += 1
            group.size_bytes += file.size_bytes

    def left_queue(self, file: FileSize) -> None:
        """A file is not waiting any more: it was parsed, or needs no parsing."""
        group = self._waiting[file.size_class, file.suffix]
        group.files = max(0, group.files - 1)
        group.size_bytes = max(0, group.size_bytes - file.size_bytes)

    def parsed(self, file: FileSize, pages: int, chunks: int, seconds: float) -> None:
        """A file was parsed within `seconds`, and its chunks are to be embedded."""
        self._seen[file.suffix, file.size_class].add(file.size_bytes, pages, chunks, seconds)
        self._ready_chunks += chunks

    def embedded(self, chunks: int, pages: float, seconds: float, now_s: float) -> None:
        """Some of those were embedded; `pages` is their share of their files' pages."""
        self._ready_chunks = max(0, self._ready_chunks - chunks)
        fade = max(0.0, 1.0 - chunks / _RECENT_CHUNKS)
        self._embed_s = self._embed_s * fade + seconds
        self._embed_chunks = self._embed_chunks * fade + chunks
        self._pages += pages
        self._steps.append((now_s, self._pages))
        while len(self._steps) > 2 and self._steps[1][0] < now_s - _WINDOW_S:
            self._steps.popleft()

    # ------------------------------------------------------------ what follows

    def pages_per_minute(self, now_s: float) -> float | None:
        """How many pages became searchable in the last minute; None until that can be told."""
        since_s, before = self._steps[0]
        if now_s < _KNOWN_AFTER_S or not self._pages:
            return None
        return 60.0 * (self._pages - before) / max(1.0, now_s - since_s)

    def seconds_left(self, now_s: float, begun: Sequence[Begun] = ()) -> float | None:
        """How long the rest takes if nothing pauses it; None until that can be told."""
        if now_s < _KNOWN_AFTER_S:
            return None
        chunk_s = self._embed_s / self._embed_chunks if self._embed_chunks else _EMBED_S
        steps: list[tuple[_Cost, int]] = []
        groups = dict(self._waiting)
        for one in begun:
            key = (one.file.size_class, one.file.suffix)
            group = groups.get(key, _Group())
            groups[key] = _Group(
                max(0, group.files - 1), max(0, group.size_bytes - one.file.size_bytes)
            )
            steps.append((self._rest_of(one), 1))
        steps += [
            (self._predicted(suffix, size_class, group.size_bytes, group.files), group.files)
            for (size_class, suffix), group in sorted(groups.items())
            if group.files
        ]
        return _overlapped(steps, self._ready_chunks, chunk_s, self.threads)

    def _rest_of(self, one: Begun) -> _Cost:
        """What is left of a file whose pages are being read."""
        whole = self._predicted(one.file.suffix, one.file.size_class, one.file.size_bytes, 1)
        if not one.pages or one.page >= one.pages:
            return _Cost(max(0.0, whole.parse_s - one.seconds), whole.chunks)
        chunks, unread = whole.chunks, one.pages - one.page
        seen = [seen for (suffix, _), seen in self._seen.items() if suffix == one.file.suffix]
        pages = sum(known.pages for known in seen)
        if pages:
            chunks = one.pages * sum(known.chunks for known in seen) / pages
        expected = whole.parse_s / one.pages
        page_s = (one.seconds + expected) / (one.page + 1)
        return _Cost(page_s * unread, chunks)

    def _predicted(self, suffix: str, size_class: int, size_bytes: int, files: int) -> _Cost:
        """What files of one kind cost together."""
        usual = _USUAL.get(suffix, _TEXT)
        megabytes = size_bytes / 1e6
        weight = _DEFAULT_FILES
        parse_s = weight * (usual.parse_s * files + usual.parse_s_per_mb * megabytes)
        chunks = weight * usual.chunks_per_mb * megabytes
        for (known_suffix, known_class), seen in self._seen.items():
            if known_suffix != suffix or not seen.files:
                continue
            share = min(_MOST_FILES, seen.files) * _NEAR ** abs(known_class - size_class)
            weight += share
            chunks += share * seen.chunks / max(1.0, seen.size_bytes) * size_bytes
            # opening a file costs as much as it does, reading it grows with its size
            by_size = seen.parse_s / max(1.0, seen.size_bytes) * size_bytes
            by_file = seen.parse_s / seen.files * files
            parse_s += share * (by_size if known_class <= size_class else max(by_size, by_file / 4))
        return _Cost(parse_s / weight, chunks / weight)

    # ------------------------------------------------------------ from reading to reading

    def learnt(self) -> str:
        """What is worth remembering, as JSON without a word of any file."""
        kinds = {
            f"{suffix}|{size_class}": [round(value, 4) for value in _values(seen.scaled(20))]
            for (suffix, size_class), seen in self._seen.items()
            if seen.files
        }
        chunk_s = self._embed_s / self._embed_chunks if self._embed_chunks else _EMBED_S
        return json.dumps({"kinds": kinds, "chunk_s": round(chunk_s, 6)})

    def remember(self, learnt: str) -> None:
        """Begin with what `learnt` told; whatever is wrong with it is passed over."""
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            stored = cast("dict[str, dict[str, list[float]]]", json.loads(learnt))
            chunk_s = float(cast("float", cast("object", stored["chunk_s"])))
            if 0 < chunk_s < 60:
                self._embed_chunks = _RECENT_CHUNKS / 10
                self._embed_s = chunk_s * self._embed_chunks
            for kind, values in stored["kinds"].items():
                suffix, _, size_class = kind.rpartition("|")
                seen = _Seen(*(max(0.0, float(value)) for value in values))
                self._seen[suffix, int(size_class)] = seen.scaled(_REMEMBERED_FILES)


def _values(seen: _Seen) -> tuple[float, ...]:
    return seen.files, seen.size_bytes, seen.pages, seen.chunks, seen.parse_s


def _overlapped(
    steps: Sequence[tuple[_Cost, int]], ready_chunks: float, chunk_s: float, threads: int
) -> float:
    """The time of two stages, when each file is embedded after it was parsed.

    `steps` are groups of files alike, in their order. The end comes when parsing up to some file,
    then embedding that and all after it, is done: for whichever file that is the latest.
    """
    embed_after = chunk_s * sum(cost.chunks for cost, _ in steps)
    latest, parsed_s = embed_after + chunk_s * ready_chunks, 0.0
    for cost, files in steps:
        embed_s = chunk_s * cost.chunks
        parsed_s += cost.parse_s / threads
        embed_after -= embed_s
        latest = max(latest, parsed_s + embed_after + embed_s / max(1, files))
    return latest
