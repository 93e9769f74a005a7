"""Compares what a scan found with the ledger: what is to be read, kept, or let go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rag.disk.rules import CLOUD
from rag.disk.scan import FoundPath
from rag.disk.vanished import Vanished
from rag.records import FileRecord, FileState

READ = frozenset({FileState.READY, FileState.PARTIAL})
_ONLY_IN_CLOUD = (
    "It is in the cloud only now, and is not downloaded by itself. What was read of it is kept."
)


@dataclass(slots=True)
class Differences:
    """What became of the paths of a scan and of the ledger's lines for the same folders."""

    unchanged: int = 0
    waiting: list[FoundPath] = field(default_factory=list[FoundPath])  # to be read
    settled: list[FileRecord] = field(default_factory=list[FileRecord])  # new lines; no text
    missing: list[FileRecord] = field(default_factory=list[FileRecord])  # out of reach; text kept
    renewed: list[FileRecord] = field(default_factory=list[FileRecord])  # same for the user
    deleted: list[Path] = field(default_factory=list[Path])


def is_new(before: FileRecord | None) -> bool:
    """Whether a file was never read, as far as its line before tells."""
    return before is None or before.state is FileState.WAITING


def expected_moves(
    differences: Differences, known: Mapping[Path, FileRecord]
) -> tuple[list[Path], list[FoundPath], list[FoundPath]]:
    """Which deleted files may have moved, the new files that may be them, and the other files.

    Until the new ones are read the text of the others stays, so that a move costs no embedding,
    and an edit with it little.
    """
    new = [item for item in differences.waiting if is_new(known.get(item.path))]
    names = {item.path.name for item in new}
    sizes = {item.size_bytes for item in new}
    places = {(item.path.parent, item.path.suffix) for item in new}
    moved = [
        line
        for path in differences.deleted
        if (line := known[path]).chunks
        and (path.name in names or line.size_bytes in sizes or (path.parent, path.suffix) in places)
    ]
    names = {line.path.name for line in moved}
    sizes = {line.size_bytes for line in moved}
    places = {(line.path.parent, line.path.suffix) for line in moved}
    heirs = [
        item
        for item in new
        if item.path.name in names
        or item.size_bytes in sizes
        or (item.path.parent, item.path.suffix) in places
    ]
    chosen = {item.path for item in heirs}
    others = [item for item in differences.waiting if item.path not in chosen]
    return [line.path for line in moved], heirs, others


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a scan's paths are held against the ledger.

    `now` is the time of the scan. `retry` also tries again what could not be read. `document_of`
    tells the document that a path shows, `last_seen` when a line's file was there for sure.
    """

    now: float
    retry: bool
    document_of: Callable[[Path], int | None]
    last_seen: Callable[[FileRecord], float]

    def of(
        self,
        found: Mapping[Path, FoundPath],
        known: Mapping[Path, FileRecord],
        within: Iterable[FileRecord],
    ) -> Differences:
        """`known` is the ledger, `within` its lines at and below the paths that were scanned."""
        differences = Differences()
        for item in found.values():
            self._place(item, known.get(item.path), differences)
        judge = Vanished(
            renumbered={
                (before.device, item.device)
                for item in found.values()
                if (before := known.get(item.path)) is not None and _looks_same(before, item)
            },
            closed=[item.path for item in found.values() if item.state is FileState.FAILED],
        )
        self._let_go((line for line in within if line.path not in found), judge, differences)
        return differences

    def _place(self, item: FoundPath, before: FileRecord | None, differences: Differences) -> None:
        if before is None:
            self._take(replace(item, first_seen=self.now, last_seen=self.now), differences)
            return
        kept = self._kept(item, before)
        if kept == before.reason and before.state is FileState.MISSING:
            differences.unchanged += 1
        elif kept:
            differences.missing.append(self._missing(before, kept))
        elif _is_unchanged(before, item, retry=self.retry):
            differences.unchanged += 1
            if not before.first_seen or (before.device, before.root) != (item.device, item.root):
                differences.renewed.append(
                    replace(
                        before,
                        device=item.device,
                        root=item.root,
                        first_seen=before.first_seen or self.now,
                        last_seen=self.now,
                    )
                )
        else:
            seen = replace(item, first_seen=before.first_seen or self.now, last_seen=self.now)
            self._take(self._with_known(seen, before), differences)

    def _take(self, item: FoundPath, differences: Differences) -> None:
        if item.state is FileState.WAITING:
            differences.waiting.append(item)
        else:
            differences.settled.append(item.as_file())

    def _with_known(self, item: FoundPath, before: FileRecord) -> FoundPath:
        """With what still holds of a file that has not changed but is to be read."""
        if item.state is not FileState.WAITING or not _looks_same(before, item):
            return item
        if before.state is FileState.MISSING:
            return replace(item, document_id=self.document_of(item.path))
        if before.failures:
            return replace(item, failures=before.failures, reason=before.reason)
        return item

    def _kept(self, item: FoundPath, before: FileRecord) -> str:
        """Why the text of a file is kept that cannot be opened now; empty where it is not."""
        if item.rule is CLOUD:
            reason = _ONLY_IN_CLOUD
        elif item.state is FileState.FAILED:
            reason = item.reason if item.is_refused else Vanished().reason_to_keep(before)
        else:
            return ""
        return reason if self.document_of(item.path) is not None else ""

    def _let_go(
        self, vanished: Iterable[FileRecord], judge: Vanished, differences: Differences
    ) -> None:
        for line in vanished:
            reason = judge.reason_to_keep(line)
            if not reason:
                differences.deleted.append(line.path)
            elif line.state is not FileState.MISSING or line.reason != reason:
                differences.missing.append(self._missing(line, reason))

    def _missing(self, line: FileRecord, reason: str) -> FileRecord:
        """Its line while it is out of reach; once it is back a `stat` tells whether it changed."""
        missing = replace(
            line, state=FileState.MISSING, reason=reason, last_seen=self.last_seen(line)
        )
        if line.state in READ or line.state is FileState.MISSING:
            return missing
        return replace(missing, size_bytes=0, modified_ns=0)


def _looks_same(before: FileRecord, now: FoundPath) -> bool:
    return (before.size_bytes, before.modified_ns) == (now.size_bytes, now.modified_ns)


def _is_unchanged(before: FileRecord, now: FoundPath, *, retry: bool) -> bool:
    """Whether a `stat` shows that there is nothing new about a file."""
    if now.state is not FileState.WAITING:
        return before.state is now.state and before.reason == now.reason
    given_up = (
        before.state is FileState.FAILED
        and not retry
        and (before.failures == 0 or before.quarantined)  # after one crash it is tried once more
    )
    return (before.state in READ or given_up) and _looks_same(before, now)
