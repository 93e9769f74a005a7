"""How long a search takes in a big library, stage by stage, and what it costs in memory.

Run by hand: `python -m tests.benchmarks.searching DATA LIBRARY`, with a library that
`tests.benchmarks.big_library` made. Questions of several sets go through `Session.search`, of the
whole library and of parts of it; on a busy machine compare processor times. The memory of the index
is what the process holds more than one with an empty library. `--reading` reads DATA/filings and
DATA/reports into a new library instead, and gives time and size for 1,000 pages, embedding
included.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path

import psutil

from rag.cancel import CancelToken
from rag.index.catalog import Catalog
from rag.index.reconcile import SafeIndex
from rag.records import Scope
from rag.scores import read_questions
from rag.session import Session

SETS = ("squad", "chunking_eval", "two_hop", "xquad_de", "xquad_zh")
SETTLED_WITHIN_S = 600
STAGES = {
    "dense": (SafeIndex, "query"),
    "lexical": (Catalog, "search_words"),
    "scope": (Catalog, "chunks_in"),
    "texts": (Catalog, "chunks"),
}


Spent = tuple[float, float]  # seconds by the clock, and of the processor


class Stopwatch:
    """What each stage of each question takes."""

    def __init__(self) -> None:
        self.questions: list[dict[str, Spent]] = []

    def count(self, owner: type, method: str, stage: str) -> None:
        """Count every call of a class's method to `stage` of the question that is asked."""
        original: Callable[..., object] = getattr(owner, method)

        @wraps(original)
        def measured(*arguments: object, **named: object) -> object:
            if not self.questions:
                return original(*arguments, **named)
            begun = now()
            try:
                return original(*arguments, **named)
            finally:
                self._add(stage, since(begun))

        setattr(owner, method, measured)

    @contextmanager
    def question(self) -> Iterator[None]:
        """Time a whole search."""
        self.questions.append({})
        begun = now()
        yield
        spent, stages = since(begun), self.questions[-1].values()
        self._add(
            "rest", (spent[0] - sum(s for s, _ in stages), spent[1] - sum(c for _, c in stages))
        )
        self._add("all", spent)

    def print(self, name: str) -> None:
        """Print the stages of the questions so far, and forget them."""
        stages = dict.fromkeys(stage for spent in self.questions for stage in spent)
        print(f"\n{name}: {len(self.questions)} questions; ms by the clock, and of the processor\n")
        print(
            "| stage      | median |    p95 |    max | median |    p95 |\n|---|---|---|---|---|---|"
        )
        for stage in stages:
            spent = [question.get(stage, (0.0, 0.0)) for question in self.questions]
            clock, processor = (sorted(kind) for kind in zip(*spent, strict=True))
            high = int(0.95 * len(spent))
            shown = (statistics.median(clock), clock[high], clock[-1])
            shown += (statistics.median(processor), processor[high])
            print(f"| {stage:<10} | {' | '.join(f'{1000 * s:6.1f}' for s in shown)} |")
        self.questions.clear()

    def _add(self, stage: str, spent: Spent) -> None:
        so_far = self.questions[-1].get(stage, (0.0, 0.0))
        self.questions[-1][stage] = (so_far[0] + spent[0], so_far[1] + spent[1])


def now() -> Spent:
    """The clock and this process's processor time."""
    return time.perf_counter(), time.process_time()


def since(begun: Spent) -> Spent:
    """What was spent since `begun`."""
    clock, processor = now()
    return clock - begun[0], processor - begun[1]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("library", type=Path, nargs="?")
    arguments.add_argument("--questions", type=int, default=200)
    arguments.add_argument("--reading", action="store_true")
    arguments.add_argument("--empty", action="store_true", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.empty:
        print(memory_without_library())
    elif options.reading:
        measure_reading(options.data)
    else:
        measure_searching(options.data, options.library.absolute(), options.questions)


def measure_searching(data: Path, library: Path, wanted: int) -> None:
    """Print what searching in `library` takes."""
    command = [sys.executable, "-m", "tests.benchmarks.searching", str(data), "--empty"]
    empty_mb = float(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    questions = questions_of(data, wanted)
    watch = Stopwatch()
    for stage, (owner, method) in STAGES.items():
        watch.count(owner, method, stage)
    begun = time.perf_counter()
    with Session(library) as session:
        opened_s = time.perf_counter() - begun
        watch.count(type(session.searching().embedder), "embed_question", "embed")
        session.search(questions[0])
        first_s = time.perf_counter() - begun
        vectors = session.searching().vectors
        assert isinstance(vectors, SafeIndex), "the library's vectors are not the embedder's"
        chroma = vectors.wait_until_settled(SETTLED_WITHIN_S)
        watch.questions.clear()
        for name, scope in scopes(session).items():
            for question in questions:
                with watch.question():
                    session.search(question, scope)
            watch.print(name)
        held_mb = memory_mb()
    print(
        f"\nopened in {opened_s:.2f} s, first hits after {first_s:.1f} s, Chroma answers: {chroma}"
        f"\nmemory {held_mb:.0f} MB, without a library {empty_mb:.0f} MB: "
        f"the index holds {held_mb - empty_mb:.0f} MB"
        f"\non the disk {size_mb(library):.0f} MB: "
        + ", ".join(f"{part.name} {size_mb(part):.0f}" for part in sorted(library.iterdir()))
    )


def scopes(session: Session) -> dict[str, Scope]:
    """The whole library, and parts of it that hold from a hundredth to half of it."""
    (root,) = session.roots()
    folders = sorted({record.path.parent for record in session.files()})
    return {
        "whole library": Scope(),
        "one folder": Scope(paths=(folders[len(folders) // 2],)),
        "half of the folders": Scope(paths=tuple(folders[::2])),
        "PDFs of five years": Scope(
            paths=(root,), types=("pdf",), since=date(2016, 1, 1), until=date(2020, 12, 31)
        ),
        "first pages": Scope(pages=((1, 1),)),
    }


def questions_of(data: Path, wanted: int) -> list[str]:
    """`wanted` questions, as many of each set, mixed; always the same."""
    drawn = random.Random(0)
    questions: list[str] = []
    for name in SETS:
        items = read_questions(data / name / "questions.jsonl")
        questions += [item.question for item in drawn.sample(items, -(-wanted // len(SETS)))]
    drawn.shuffle(questions)
    return questions[:wanted]


def memory_without_library() -> float:
    """Megabytes of a process whose library is empty, once it has searched."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Session(Path(folder)) as session,
    ):
        session.warm_up_search()
        session.search("nothing")
        return memory_mb()


def measure_reading(data: Path) -> None:
    """Print what 1,000 pages take to read, and how large they are then."""
    roots = [data / "filings", data / "reports"]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with Session(Path(folder)) as session:
            session.warm_up_search()
            begun, used = time.perf_counter(), processor_s()
            for _ in session.add(roots, CancelToken()):
                pass
            took, used = time.perf_counter() - begun, processor_s() - used
            pages = sum(record.pages for record in session.files())
            chunks = sum(record.chunks for record in session.files())
            name = session.searching().embedder.identity.name
        size = size_mb(Path(folder))
    share = 1000 / pages
    print(
        f"{pages} pages, {chunks} chunks with {name}: {took:.0f} s ({used:.0f} s of processor), "
        f"{size:.1f} MB\nper 1,000 pages: {share * chunks:.0f} chunks, {share * took:.0f} s "
        f"({share * used:.0f} s of processor), {share * size:.0f} MB"
    )


def processor_s() -> float:
    """Processor time of this process and of those it started, in seconds."""
    me = psutil.Process()
    spent = [process.cpu_times() for process in (me, *me.children(recursive=True))]
    return sum(times.user + times.system for times in spent)


def memory_mb() -> float:
    """What this process holds, in megabytes."""
    return psutil.Process().memory_info().rss / 1e6


def size_mb(path: Path) -> float:
    """A file or folder's size, in megabytes."""
    files: Sequence[Path] = (
        [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    )
    return sum(file.stat().st_size for file in files) / 1e6


if __name__ == "__main__":
    main()
