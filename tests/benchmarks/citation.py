"""Measures citing: true sentences cited to the right words, false ones flagged, per class.

Run by hand: `python -m tests.benchmarks.citation DATA`. All sentences go through `footnote cite`,
as a user's would; `--direct` calls the matcher itself, to profile it. Who builds the matcher looks
at nothing of the unseen templates but the figures of classes (`--unseen --worst 0 --classes`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from rag.cite import Attribution, Attributor, Evidence, Span
from rag.records import Support
from tests.benchmarks.citation_cases import Case, cases

TARGETS = {
    "verbatim": 0.97,
    "paraphrase": 0.90,
    "clause": 0.90,
    "merged": 0.90,
    "number": 0.95,
    "date": 0.95,
    "name": 0.95,
    "negation": 0.85,
    "unit": 0.85,
    "other document": 0.85,
}
KINDS = (*TARGETS, "other word", "half true")
IOU_TARGET = 0.8
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """A case with what came of it."""

    case: Case
    attribution: Attribution
    right: bool  # cited to the right passages, or of a false sentence: not supported
    iou: float | None  # of the spans with the words that the sentence was made from


def measure_directly(all_cases: Iterable[Case]) -> tuple[list[Outcome], float]:
    """Every case with its outcome, and the processor seconds spent in citing."""
    outcomes, seconds = [], 0.0
    prepared: tuple[tuple[str, ...], Attributor] | None = None
    for case in all_cases:
        begun = time.process_time()
        if prepared is None or prepared[0] != case.passages:
            evidence = [Evidence(key, text) for key, text in enumerate(case.passages)]
            prepared = (case.passages, Attributor(evidence))
        attribution = prepared[1].attribute(case.sentence)
        seconds += time.process_time() - begun
        outcomes.append(_outcome(case, attribution))
    return outcomes, seconds


def measure_by_command(all_cases: Iterable[Case]) -> tuple[list[Outcome], float]:
    """The same through `footnote cite`; the seconds include the start of the program."""
    given = list(all_cases)
    numbers: dict[str, int] = {}
    for case in given:
        for text in case.passages:
            numbers.setdefault(text, len(numbers))
    sentences = [
        {"id": at, "text": case.sentence, "evidence": [numbers[text] for text in case.passages]}
        for at, case in enumerate(given)
    ]
    with tempfile.TemporaryDirectory() as folder:
        evidence_file, sentences_file = Path(folder, "evidence.jsonl"), Path(folder, "said.jsonl")
        _write(evidence_file, [{"id": at, "text": text} for text, at in numbers.items()])
        _write(sentences_file, sentences)
        files = ["--evidence", str(evidence_file), "--sentences", str(sentences_file)]
        before = _used_by_children()
        done = subprocess.run(
            [sys.executable, "-m", "app", "cite", *files, "--json"],
            stdout=subprocess.PIPE,
            check=True,
            cwd=ROOT,
        )
        used = _used_by_children() - before
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    outcomes = []
    for at, (case, row) in enumerate(zip(given, rows, strict=True)):
        assert row["id"] == at
        keys = {numbers[text]: key for key, text in enumerate(case.passages)}
        spans = [
            Span(keys[found["evidence"]], found["start"], found["end"], found["quote"], 1.0)
            for found in row["citations"]
        ]
        for span in spans:
            assert case.passages[span.key][span.start : span.end] == span.quote
        support = Support(row["support"])
        outcomes.append(_outcome(case, Attribution(support, row["score"], tuple(spans))))
    return outcomes, used


def _used_by_children() -> float:
    """Processor seconds of ended child processes; Windows does not tell them."""
    times = psutil.Process().cpu_times()
    return times.children_user + times.children_system


def _write(path: Path, rows: Sequence[dict[str, object]]) -> None:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")


def _outcome(case: Case, attribution: Attribution) -> Outcome:
    supported = attribution.support is Support.SUPPORTED
    if not case.is_true:
        return Outcome(case, attribution, not supported, None)
    cited = {span.key for span in attribution.spans}
    found = all(
        any(source.text.rstrip(".。") in case.passages[key] for key in cited)
        for source in case.made_of
    )
    return Outcome(case, attribution, supported and found, _iou(case, attribution))


def _iou(case: Case, attribution: Attribution) -> float | None:
    """Of the cited words with the true ones; a passage that says the same is as good as another."""
    if not attribution.spans:
        return None
    cited = {span.key for span in attribution.spans}
    truth: set[tuple[int, int]] = set()
    for source in case.made_of:
        key, start = source.passage, source.start
        for other in cited if key not in cited else ():
            at = case.passages[other].find(source.text)
            key, start = (other, at) if at >= 0 else (key, start)
        truth |= {(key, at) for at in range(start, start + len(source.text))}
    found = {(s.key, at) for s in attribution.spans for at in range(s.start, s.end)}
    return len(truth & found) / len(truth | found)


# ---------------------------------------------------------------- reporting


def report(outcomes: Sequence[Outcome], seconds: float, worst: int, *, classes: bool) -> str:
    """The table per class (with templates and sets unless only `classes`) and the worst cases."""
    lines = [
        f"{len(outcomes)} sentences, {1000 * seconds / len(outcomes):.2f} ms of processor each"
    ]
    for unseen in (False, True):
        told = [outcome for outcome in outcomes if outcome.case.unseen is unseen]
        if told:
            lines.append(f"\n{'Unseen' if unseen else 'Seen'} templates, {len(told)} sentences")
            lines += _table(told, classes=classes)
            lines += _precision_and_recall(told)
    for kind in KINDS if worst else ():
        lines += _worst([o for o in outcomes if o.case.kind == kind], worst)
    return "\n".join(lines)


def _table(outcomes: Sequence[Outcome], *, classes: bool) -> list[str]:
    lines = [
        f"{'':34}{'n':>5} {'right':>6} {'supported':>9} {'partly':>6} {'not found':>9} {'IoU':>6}"
    ]
    for kind in KINDS:
        group = [o for o in outcomes if o.case.kind == kind]
        if not group:
            continue
        goal = f"  target {100 * TARGETS[kind]:.0f}" if kind in TARGETS else ""
        lines.append(_line(f"{kind}", group) + goal)
        if classes:
            continue
        for part, told in (
            (lambda o: o.case.template, "  {}"),
            (lambda o: o.case.dataset, "    in {}"),
        ):
            lines += [_line(told.format(name), some) for name, some in _grouped(group, part)]
    return lines


def _grouped(
    outcomes: Iterable[Outcome], part: Callable[[Outcome], str]
) -> list[tuple[str, list[Outcome]]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[part(outcome)].append(outcome)
    return sorted(groups.items())


def _line(name: str, group: Sequence[Outcome]) -> str:
    def share(count: int) -> float:
        return 100 * count / len(group)

    supports = Counter(outcome.attribution.support for outcome in group)
    ious = [outcome.iou for outcome in group if outcome.iou is not None]
    iou = f"{sum(ious) / len(ious):6.3f}" if ious else "     –"
    return (
        f"{name:34}{len(group):5} {share(sum(o.right for o in group)):6.1f} "
        f"{share(supports[Support.SUPPORTED]):9.1f} {share(supports[Support.PARTLY]):6.1f} "
        f"{share(supports[Support.NOT_FOUND]):9.1f} {iou}"
    )


def _precision_and_recall(outcomes: Sequence[Outcome]) -> list[str]:
    """Of both verdicts; `flagged` reads everything that is not supported as a warning."""
    lines = []
    for name, verdicts, wanted in (
        ("supported", {Support.SUPPORTED}, True),
        ("not found", {Support.NOT_FOUND}, False),
        ("flagged: partly or not found", {Support.PARTLY, Support.NOT_FOUND}, False),
    ):
        told = [o for o in outcomes if o.attribution.support in verdicts]
        true = [o for o in outcomes if o.case.is_true is wanted]
        hits = sum(o.case.is_true is wanted for o in told)
        precision, recall = 100 * hits / max(1, len(told)), 100 * hits / max(1, len(true))
        lines.append(f"{name:34}precision {precision:5.1f} recall {recall:5.1f}")
    return lines


def _worst(outcomes: Sequence[Outcome], count: int) -> list[str]:
    """Some of the wrong ones, spread over the templates, and some with bad spans."""
    lines: list[str] = []
    wrong = [o for o in outcomes if not o.right or (o.iou is not None and o.iou < 0.5)]
    for _, group in _grouped(wrong, lambda o: o.case.template):
        for outcome in group[:: max(1, len(group) // count)][:count]:
            case = outcome.case
            lines.append(
                f"\n{case.kind}/{case.template} [{case.dataset}] {outcome.attribution.support}"
                f" iou={outcome.iou}\n  said:  {case.sentence}"
            )
            lines += [f"  from:  {source.text}" for source in case.made_of]
            lines += [f"  cited: {s.key} {s.quote!r}" for s in outcome.attribution.spans]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--unseen", action="store_true", help="the templates kept aside, too")
    parser.add_argument("--only-unseen", action="store_true")
    parser.add_argument("--worst", type=int, default=3, help="wrong ones shown of each template")
    parser.add_argument("--classes", action="store_true", help="no figures of templates and sets")
    parser.add_argument("--per-set", type=int, default=60, help="passages that are taken of a set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--direct", action="store_true", help="call the matcher, not the command")
    told = parser.parse_args()
    unseen = told.unseen or told.only_unseen
    seen = not told.only_unseen
    made = cases(told.data, per_set=told.per_set, seed=told.seed, seen=seen, unseen=unseen)
    measure = measure_directly if told.direct else measure_by_command
    print(report(*measure(made), told.worst, classes=told.classes))


if __name__ == "__main__":
    main()
