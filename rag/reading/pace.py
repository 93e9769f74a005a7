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
_MOST_FILES = 30.0  # that count of one kind in the next reading,
_REMEMBERED_FILES = 4.0  # and these as much as so many new ones
_UNSEEN = 0.5  # files that the usual cost counts for
_RECENT_CHUNKS = 600.0
_EMBED_S = 0.02  # per chunk, before any was embedded


@dataclass(frozen=True, slots=True)
class _Cost:
    """What files cost: to be parsed, and to be embedded."""

    parse_s: float
    chunks: float


@dataclass(frozen=True, slots=True)
class _Usual:
    """What a format costs before one of its files was read: measured once, on two cores."""

    parse_s: float
    parse_s_per_mb: float
    chunks: float
    chunks_per_mb: float
    chunks_per_page: float = 0.0  # where its pages are alike

    def of(self, files: float, size_bytes: float) -> _Cost:
        megabytes = size_bytes / 1e6
        return _Cost(
            self.parse_s * files + self.parse_s_per_mb * megabytes,
            self.chunks * files + self.chunks_per_mb * megabytes,
        )


_TEXT = _Usual(0.02, 1.0, 0.5, 1400)
_PACKED = _Usual(0.1, 4.0, 5, 800)
_PICTURE = _Usual(3.0, 0.1, 2, 0)
_USUAL = {
    ".pdf": _Usual(0.1, 3.0, 1, 250, chunks_per_page=4),
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


@dataclass(slots=True)
class _Factor:
    """By what the usual cost is to be multiplied, as far as files of one format have told."""

    files: float = 0.0
    truth: float = 0.0
    usual: float = 0.0
    near_truth: float = 0.0
    near_usual: float = 0.0

    def add(self, near: float, files: float, truth: float, usual: float) -> None:
        """Take note of some files; `near` is how much like those in question they are, to 1."""
        self.files += files
        self.truth += truth
        self.usual += usual
        self.near_truth += near * truth
        self.near_usual += near * usual

    def value(self, one: float) -> float:
        """For files that usually cost `one` each."""
        if not self.usual:
            return 1.0
        unseen = _UNSEEN * self.usual / self.files
        general = (self.truth + unseen) / (self.usual + unseen)
        return (self.near_truth + one * general) / (self.near_usual + one)


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

    @property
    def knows_embedder(self) -> bool:
        """Whether it knows how long embedding takes here."""
        return self._embed_chunks > 0

    def timed(self, chunks: int, seconds: float) -> None:
        """It took so long to embed some chunks."""
        fade = max(0.0, 1.0 - chunks / _RECENT_CHUNKS)
        self._embed_s = self._embed_s * fade + seconds
        self._embed_chunks = self._embed_chunks * fade + chunks

    def embedded(self, chunks: int, pages: float, now_s: float) -> None:
        """Some of those have their vectors; `pages` is their share of their files' pages."""
        self._ready_chunks = max(0, self._ready_chunks - chunks)
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
        by_class: dict[int, tuple[_Cost, int]] = {}  # formats alternate among files of one class
        for (size_class, suffix), group in sorted(groups.items()):
            cost = self._predicted(suffix, size_class, group.size_bytes, group.files)
            other, files = by_class.get(size_class, (_Cost(0.0, 0.0), 0))
            both = _Cost(other.parse_s + cost.parse_s, other.chunks + cost.chunks)
            by_class[size_class] = (both, files + group.files)
        steps += by_class.values()
        return _overlapped(steps, self._ready_chunks, chunk_s, self.threads)

    def _rest_of(self, one: Begun) -> _Cost:
        """What is left of a file whose pages are being read."""
        file = one.file
        whole = self._predicted(file.suffix, file.size_class, file.size_bytes, 1)
        if not one.pages or one.page >= one.pages:
            return _Cost(max(0.0, whole.parse_s - one.seconds), whole.chunks)
        usual = _USUAL.get(file.suffix, _TEXT)
        seen = [seen for (suffix, _), seen in self._seen.items() if suffix == file.suffix]
        pages = sum(known.pages for known in seen)
        page_s, chunks = whole.parse_s / one.pages, whole.chunks
        if usual.chunks_per_page:
            page_s = (sum(known.parse_s for known in seen) + page_s) / (pages + 1)
            known_chunks = sum(known.chunks for known in seen) + usual.chunks_per_page
            chunks = known_chunks / (pages + 1) * one.pages
        page_s = (one.seconds + page_s) / (one.page + 1)
        return _Cost(page_s * (one.pages - one.page), chunks)

    def _predicted(self, suffix: str, size_class: int, size_bytes: int, files: int) -> _Cost:
        """What files of one kind cost together: the usual, times what it proved wrong by.

        That is told by all files of the format, and by those of like size most.
        """
        usual = _USUAL.get(suffix, _TEXT)
        expected = usual.of(files, size_bytes)
        parse, chunks = _Factor(), _Factor()
        for (known_suffix, known_class), seen in self._seen.items():
            if known_suffix == suffix and seen.files:
                near = _NEAR ** abs(known_class - size_class)
                cost = usual.of(seen.files, seen.size_bytes)
                parse.add(near, seen.files, seen.parse_s, cost.parse_s)
                chunks.add(near, seen.files, seen.chunks, cost.chunks)
        return _Cost(
            expected.parse_s * parse.value(expected.parse_s / max(1, files)),
            expected.chunks * chunks.value(expected.chunks / max(1, files)),
        )

    # ------------------------------------------------------------ from reading to reading

    def learnt(self) -> str:
        """What is worth remembering, as JSON without a word of any file."""
        kinds = {
            f"{suffix}|{size_class}": [
                round(value, 4) for value in _values(seen.scaled(_MOST_FILES))
            ]
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
