"""How complete, and how right, the lists are that questions for everything get.

Run by hand: `python -m tests.benchmarks.exhaustive [--seeds 1 2 3] [--data FOLDER] [--seen]`. For
each seed a company of 300 files and a harbour of 80 are invented, whose facts are known, and asked
about. FOLDER/reports holds accident reports, which are held against a table written by hand.
`--seen` shows of the questions that are kept aside while the pass is built only the figures.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from rag.options import Options
from rag.session import Session
from tests.exhaustive.asking import (
    HARBOUR_QUESTIONS,
    KEPT_ASIDE,
    QUESTIONS,
    REPORT_QUESTIONS,
    grade_known,
    grade_paper,
    grade_report,
    read_into,
)
from tests.exhaustive.grading import Score, table
from tests.exhaustive.library import write_library
from tests.exhaustive.reports import FOLDER
from tests.exhaustive.unseen_harbour import write_harbour

PATIENT = replace(Options(), pass_at_once_s=600.0)
SHOWN = 6  # of what is wrong or missed, for each question


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3])
    arguments.add_argument("--data", type=Path, metavar="FOLDER")
    arguments.add_argument("--seen", action="store_true")
    options = arguments.parse_args()
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as scratch:
            library = write_library(Path(scratch, "company"), seed)
            papers = write_harbour(Path(scratch, "harbour"), seed)
            measure(
                f"company {seed}",
                library.folder,
                QUESTIONS,
                lambda session, key, it=library: grade_known(session, it, key)[0],
                seen=options.seen,
            )
            measure(
                f"harbour {seed}",
                Path(scratch, "harbour"),
                HARBOUR_QUESTIONS,
                lambda session, key, it=papers: grade_paper(session, it, key)[0],
                seen=options.seen,
            )
    if options.data:
        folder = options.data.absolute() / FOLDER
        measure(
            "reports",
            folder,
            REPORT_QUESTIONS,
            lambda session, key: grade_report(session, folder, key)[0],
            seen=options.seen,
        )


def measure(
    name: str, files: Path, keys: Iterable[str], graded: Callable[..., Score], *, seen: bool
) -> None:
    """Read `files` into a new library, ask all questions and print the figures."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        Session(Path(scratch), options=PATIENT) as session,
    ):
        read_into(session, [files])
        begun = time.process_time()
        scores = {key: graded(session, key) for key in keys}
        tell(name, scores, time.process_time() - begun, seen=seen)


def tell(name: str, scores: Mapping[str, Score], seconds: float, *, seen: bool) -> None:
    """Print the figures of a library; `seconds` is what all answers took of the processor."""
    print(f"\n{name}: {len(scores)} questions, {seconds / len(scores):.2f} s each")
    shown = {key: score for key, score in scores.items() if not seen or key not in KEPT_ASIDE}
    print(table(shown))
    for key, score in shown.items():
        if score.wrong:
            print(f"{key} does not belong there: {'; '.join(score.wrong[:SHOWN])}")
        if score.missed:
            names = sorted(Path(one).name for one in score.missed)
            print(f"{key} is missing: {'; '.join(names[:SHOWN])}")
        if not score.told:
            print(f"{key} is told so: {' '.join(score.text.split())[-300:]}")
    for label, keys in (("all", set(scores)), ("kept aside", set(scores) & KEPT_ASIDE)):
        chosen = [scores[key] for key in keys]
        items, wrong = sum(s.items for s in chosen), sum(len(s.wrong) for s in chosen)
        right, missed = sum(len(s.right) for s in chosen), sum(len(s.missed) for s in chosen)
        print(
            f"{label}: precision {100 * (items - wrong) / max(1, items):.1f} %, recall "
            f"{100 * right / max(1, right + missed):.1f} %, totals told "
            f"{sum(s.told for s in chosen)} of {len(chosen)}"
        )


if __name__ == "__main__":
    main()
