"""Feeds broken files of every format to parser processes: each is read, or refused for a reason."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import Cancelled, UnreadableFile
from rag.load import format_of
from rag.load.how import HowToRead
from rag.load.sandbox import ParserPool
from rag.records import DocumentInfo, Page
from tests.faults.mutate import broken
from tests.faults.tally import Tally
from tests.roundtrip.bundles import FROM_LIBREOFFICE
from tests.roundtrip.content import make
from tests.roundtrip.formats import WRITTEN

WORKERS = 2
IDLE_S = 10.0
MEMORY_MB = 512
LONGEST_S = 90.0  # for one file, though it makes progress all the time
SMALL_BYTES = 60_000  # of real files
RECOGNISED = 0.03  # of the files with pictures: it takes seconds
SAMPLES_SEED = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """A sound file to be broken."""

    name: str
    suffix: str
    data: bytes


def samples(folder: Path, real: Path | None) -> list[Sample]:
    """A small file of each format, and the small ones of `real` documents."""
    folder.mkdir(parents=True)
    made: list[Sample] = []
    for way in WRITTEN:
        if way.suffix in FROM_LIBREOFFICE or format_of(Path(f"x{way.suffix}")) is None:
            continue
        path = folder / f"sample{way.suffix}"
        content = make(SAMPLES_SEED, way.scripts, spiced=way.spiced, paragraphs=1)
        way.write(content, path)
        made.append(Sample(way.name, way.suffix, path.read_bytes()))
    for part in ("mixed", "pdf_edge") if real else ():
        for path in sorted((real or folder).joinpath(part).rglob("*")):
            known = format_of(path)
            is_small = path.is_file() and path.stat().st_size <= SMALL_BYTES
            if known and is_small and path.suffix not in FROM_LIBREOFFICE:
                made.append(Sample(path.name, path.suffix, path.read_bytes()))
    return made


class _Fuzzing:
    """Broken files on their way through one pool."""

    def __init__(self, folder: Path, sound: list[Sample], seed: int) -> None:
        self._folder = folder
        self._sound = sound
        self._seed = seed
        self._pool = ParserPool(WORKERS, IDLE_S, MEMORY_MB, scratch_folder=folder / "scratch")
        self._turn = threading.Lock()
        self.tallies: dict[str, Tally] = {}

    def close(self) -> None:
        self._pool.close()

    def feed(self, number: int) -> None:
        """Break one sample and read it."""
        chance = random.Random(f"{self._seed} {number}")
        sample = self._sound[number % len(self._sound)]
        path = self._folder / f"{number}{sample.suffix}"
        path.write_bytes(broken(sample.data, chance))
        how = HowToRead(ocr=chance.random() < RECOGNISED)
        begun = time.monotonic()
        problem, outcome = self._read(path, how)
        seconds = time.monotonic() - begun
        if seconds > LONGEST_S:
            problem = f"took {seconds:.0f} s"
        if problem:
            problem = f"{path.name}, of {sample.name}: {problem}"
        else:
            path.unlink()
        with self._turn:
            known = format_of(path)
            kind = f"broken files: {known.name if known else '?'}"
            tally = self.tallies.setdefault(kind, Tally(kind))
            tally.rounds += 1
            tally.seconds += seconds
            tally.counted[outcome] += 1
            if problem:
                tally.problems.append(problem)

    def _read(self, path: Path, how: HowToRead) -> tuple[str, str]:
        """What is wrong, and how it ended."""
        cancel = CancelToken()
        limit = threading.Timer(LONGEST_S + IDLE_S, cancel.cancel)
        limit.start()
        try:
            info, *pages = self._pool.read(path, cancel, how=how)
        except UnreadableFile as error:
            return ("" if str(error) else "no reason is given"), type(error).__name__
        except Cancelled:
            return "it never ended", "hung"
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            return f"{type(error).__name__}: {error}", "not foreseen"
        finally:
            limit.cancel()
        if not isinstance(info, DocumentInfo) or not all(isinstance(p, Page) for p in pages):
            return "it is not made of pages", "read"
        return "", "read"


def run(folder: Path, mutations: int, seed: int, real: Path | None) -> Iterator[Tally]:
    """So many broken files; those that are a problem stay in `folder`."""
    fuzzing = _Fuzzing(folder, samples(folder / "sound", real), seed)
    try:
        with ThreadPoolExecutor(WORKERS) as threads:
            for _ in threads.map(fuzzing.feed, range(mutations)):
                pass
    finally:
        fuzzing.close()
    yield from sorted(fuzzing.tallies.values(), key=lambda tally: tally.kind)


def together(tallies: list[Tally]) -> Tally:
    """All formats in one line; what was wrong is told in theirs."""
    whole = Tally("broken files, all formats")
    for tally in tallies:
        whole.rounds += tally.rounds
        whole.seconds += tally.seconds
        whole.counted += tally.counted
    return whole


def real_documents() -> Path | None:
    """The folder that FOOTNOTE_TEST_DATA names, if any."""
    named = os.environ.get("FOOTNOTE_TEST_DATA")
    return Path(named) if named else None
