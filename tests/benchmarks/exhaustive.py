"""How complete, and how right, the lists are that questions for everything get.

Run by hand: `python -m tests.benchmarks.exhaustive [--seeds 1 2 3] [--data FOLDER] [--seen]`. For
each seed a company of 300 files is invented, whose facts are known, and asked about; FOLDER/reports
holds accident reports, which are held against a table written by hand. `--seen` leaves out the
questions that are kept aside while the pass is built, but for their figures.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rag.options import Options
from rag.session import Session
from tests.exhaustive.asking import (
    KEPT_ASIDE,
    QUESTIONS,
    REPORT_QUESTIONS,
    grade_known,
    grade_report,
    read_into,
)
from tests.exhaustive.grading import Score, table
from tests.exhaustive.library import write_library
from tests.exhaustive.reports import FOLDER

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
            library = write_library(Path(scratch, "files"), seed)
            with Session(Path(scratch, "library"), options=PATIENT) as session:
                read_into(session, [library.folder])
                begun = time.process_time()
                scores = {key: grade_known(session, library, key)[0] for key in QUESTIONS}
                tell(f"seed {seed}", scores, time.process_time() - begun, seen=options.seen)
    if options.data:
        with tempfile.TemporaryDirectory() as scratch:
            folder = options.data.absolute() / FOLDER
            with Session(Path(scratch), options=PATIENT) as session:
                read_into(session, [folder])
                begun = time.process_time()
                scores = {key: grade_report(session, folder, key)[0] for key in REPORT_QUESTIONS}
                tell("reports", scores, time.process_time() - begun, seen=options.seen)


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
