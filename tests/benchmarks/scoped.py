"""How much longer a search of a part of a big library takes than one of all of it.

Run by hand: `python -m tests.benchmarks.scoped DATA LIBRARY`, with a library that
`tests.benchmarks.big_library` made. Each question is asked of the whole library and of each part in
turn, so that a busy computer slows them alike. What the vectors and the words find in a part is
compared with what is left of all that they find when everything is compared.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rag.index.reconcile import SafeIndex
from rag.protocols import ChunkSet, ScoredChunk
from rag.records import Scope
from rag.session import Session
from tests.benchmarks.searching import questions_of

SETTLED_WITHIN_S = 600
WHOLE = "all of it"
DEPTH = 100
Spent = tuple[float, float]  # seconds by the clock, and of processor
CHECKED = 3  # questions whose complete results are compared


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("library", type=Path)
    arguments.add_argument("--questions", type=int, default=100)
    options = arguments.parse_args()
    questions = questions_of(options.data, options.questions)
    with Session(options.library.absolute()) as session:
        index = session.searching()
        assert isinstance(index.vectors, SafeIndex)
        chroma = index.vectors.wait_until_settled(SETTLED_WITHIN_S)
        parts = parts_of([record.path for record in session.files()])
        first = {name: search(session, questions[0], scope) for name, scope in parts.items()}
        print(f"{index.catalog.count_chunks()} chunks, Chroma answers: {chroma}")
        measure(session, questions, parts, first)
        wrong = [name for name, scope in parts.items() if differs(session, questions, scope)]
        print(f"results that are not what is left of all: {wrong or 'none'}")


def parts_of(files: Sequence[Path]) -> dict[str, Scope]:
    """All of the library and parts of it, from one file to all but one."""
    left_out = files[len(files) // 3]
    return {
        WHOLE: Scope(),
        "one file": Scope((left_out,)),
        "one folder": Scope((left_out.parent,)),
        "every second file": Scope(tuple(files[::2])),
        "all but one file": Scope(tuple(path for path in files if path != left_out)),
        "the folder of all": Scope((Path(os.path.commonpath(files)),)),
        "PDFs": Scope(types=("pdf",)),
        "since 2020": Scope(since=date(2020, 1, 1)),
        "pages 2 to 5": Scope(pages=((2, 5),)),
    }


def measure(
    session: Session, questions: Sequence[str], parts: dict[str, Scope], first: dict[str, Spent]
) -> None:
    """Print what the parts' searches take."""
    spent: dict[str, list[Spent]] = {name: [] for name in parts}
    for question in questions:
        for name, scope in parts.items():
            spent[name].append(search(session, question, scope))
    print(
        "\n| asked of | chunks | first, ms | median, ms | p95, ms | × all | processor, ms | × all |"
        "\n|---|---|---|---|---|---|---|---|"
    )
    catalog = session.searching().catalog
    whole_wall, whole_work = (
        statistics.median(column) for column in zip(*spent[WHOLE], strict=True)
    )
    for name, both in spent.items():
        within = catalog.chunks_in(parts[name])
        chunks = catalog.count_chunks() if within is None else len(within)
        wall, work = (sorted(column) for column in zip(*both, strict=True))
        median, busy = statistics.median(wall), statistics.median(work)
        print(
            f"| {name} | {chunks} | {1000 * first[name][0]:.0f} | {1000 * median:.0f} "
            f"| {1000 * wall[int(0.95 * len(wall))]:.0f} | {median / whole_wall:.2f} "
            f"| {1000 * busy:.0f} | {busy / whole_work:.2f} |"
        )


def search(session: Session, question: str, scope: Scope) -> Spent:
    """What a search takes, by the clock and of the processor."""
    begun, work = time.perf_counter(), time.process_time()
    session.search(question, scope)
    return time.perf_counter() - begun, time.process_time() - work


def differs(session: Session, questions: Sequence[str], scope: Scope) -> bool:
    """Whether a search of a part finds anything but what a search of all leaves of it."""
    index = session.searching()
    within, chunks = index.catalog.chunks_in(scope), index.catalog.count_chunks()
    if within is None:
        return False
    everything = ChunkSet.of(index.catalog.vectors().ids)
    for question in questions[:CHECKED]:
        vector = index.embedder.embed_question(question).vector
        near = index.vectors.query(vector, chunks, everything)
        worded = index.catalog.search_words(question, chunks, None)
        if index.vectors.query(vector, DEPTH, within) != left_of(near, within):
            return True
        if index.catalog.search_words(question, DEPTH, within) != left_of(worded, within):
            return True
    return False


def left_of(found: Sequence[ScoredChunk], within: ChunkSet) -> list[ScoredChunk]:
    held = {int(chunk_id) for chunk_id in within.marks.nonzero()[0]}
    return [hit for hit in found if hit.chunk_id in held][:DEPTH]


if __name__ == "__main__":
    main()
