"""What each part of the search brings: the same questions in several configurations.

Run by hand: `python -m tests.benchmarks.retrieval DATA --library DIR SET…`. Each DATA/SET/docs is
read once, into DIR/SET; the answerable questions go through every configuration in turn, so that a
busy machine slows them alike. Prints Markdown: quality, what is lost without each part, time.
Ctrl-C ends a set early: its scores are those of the questions so far, which come in random order.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from rag.cancel import CancelToken
from rag.protocols import ScoredChunk
from rag.records import Hit, Scope
from rag.retrieve.fuse import fuse
from rag.retrieve.join import without_copies
from rag.scores import QuestionItem, SearchScores, read_questions, score_search
from rag.searching import Parts, Search
from rag.session import Session
from tests.benchmarks.plain_hybrid import PlainHybrid

TOP_K = 20  # as `rag.evaluate` looks at
DEPTH = 100
WARMING = 5  # questions asked before the clock runs
TOLD_AFTER = 20  # questions
PRODUCT = {
    "all of it": Parts(),
    "without vectors": Parts(dense=False),
    "without words": Parts(lexical=False),
    "without looking again": Parts(rerank=False),
    "without following names": Parts(follow=False),
    "without telling languages": Parts(familiarity=False),
    "without understanding": Parts(understand=False),
}
FULL = next(iter(PRODUCT))
Fusion = Callable[[Sequence[ScoredChunk], Sequence[ScoredChunk]], list[int]]
Asked = Callable[[str], list[Hit]]


@dataclass
class Run:
    """What one configuration found, and how long it took."""

    results: list[tuple[QuestionItem, list[Hit], list[int]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """The scores of a configuration on one set."""

    scores: SearchScores
    median_ms: float
    high_ms: float  # the 95th percentile


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--library", type=Path, required=True)
    arguments.add_argument("sets", nargs="+")
    options = arguments.parse_args()
    found: dict[str, dict[str, Row]] = {}
    for name in options.sets:
        found[name] = measured(options.data.absolute() / name, options.library / name)
        print(f"{name}: {found[name][FULL].scores}", flush=True)
    print_quality(found)
    print_losses(found)
    print_times(found)


def measured(folder: Path, library: Path) -> dict[str, Row]:
    """The scores of every configuration on the questions of `folder`."""
    documents = folder / "docs"
    items = [item for item in read_questions(folder / "questions.jsonl") if item.answerable]
    random.Random(0).shuffle(items)
    with Session(library) as session:
        for _ in session.add([documents], CancelToken()):
            pass
        ways = configurations(session, Scope((documents,)))
        runs = {name: Run() for name in ways}
        for ask in ways.values():
            for item in items[:WARMING]:
                ask(item.question)
        try:
            for number, item in enumerate(items):
                if number % TOLD_AFTER == 0:
                    print(f"{folder.name}: {number} of {len(items)}", file=sys.stderr, flush=True)
                ask_all(session, item, ways, runs)
        except KeyboardInterrupt:
            print(f"{folder.name}: ended early", file=sys.stderr, flush=True)
    return {
        name: Row(
            score_search(run.results, documents),
            statistics.median(run.times),
            sorted(run.times)[int(0.95 * len(run.times))],
        )
        for name, run in runs.items()
    }


def ask_all(
    session: Session, item: QuestionItem, ways: dict[str, Asked], runs: dict[str, Run]
) -> None:
    """Ask a question in every way; what each finds goes to its run."""
    lengths: dict[str, int] = {}
    found: list[tuple[Run, list[Hit], float]] = []
    for name, ask in ways.items():
        begun = time.perf_counter()
        hits = ask(item.question)
        found.append((runs[name], hits, 1000 * (time.perf_counter() - begun)))
    for run, hits, took in found:
        for hit in hits:
            if hit.text not in lengths:
                lengths[hit.text] = session.tokens(hit.text)
        run.results.append((item, hits, [lengths[hit.text] for hit in hits]))
        run.times.append(took)


def configurations(session: Session, scope: Scope) -> dict[str, Asked]:
    """The ways to ask: the product with and without its parts, plain fusions, a plain hybrid."""
    search = session.searching()
    ways: dict[str, Asked] = {
        name: partial(_by_product, replace(search, parts=parts), scope)
        for name, parts in PRODUCT.items()
    }
    ways |= {
        name: partial(_by_fusion, search, fusion)
        for name, fusion in {
            "vectors alone": partial(_convex, 1.0),
            "words alone": partial(_convex, 0.0),
            "convex, vectors 0.3": partial(_convex, 0.3),
            "convex, vectors 0.5": partial(_convex, 0.5),
            "convex, vectors 0.7": partial(_convex, 0.7),
            "reciprocal ranks, k = 10": partial(_reciprocal, 10),
            "reciprocal ranks, k = 60": partial(_reciprocal, 60),
        }.items()
    }
    texts = []
    for record in session.files():
        document_id = search.catalog.document_of(record.path)
        if document_id is not None:
            texts.append((record.path, search.catalog.document_text(document_id)))
    plain = PlainHybrid(texts, search.embedder)
    return ways | {"plain hybrid": lambda question: plain.hits(question, TOP_K)}


def _by_product(search: Search, scope: Scope, question: str) -> list[Hit]:
    return search.hits(question, scope, TOP_K)


def _by_fusion(search: Search, fusion: Fusion, question: str) -> list[Hit]:
    vector = search.embedder.embed_question(question).vector
    dense = search.vectors.query(vector, DEPTH, None)
    ordered = fusion(dense, search.catalog.search_words(question, DEPTH, None))
    hits = [
        Hit(
            rank=0,
            score=0.0,
            dense=0.0,
            lexical=0.0,
            chunk_id=stored.chunk_id,
            document_id=stored.document_id,
            path=stored.path,
            title=stored.title,
            start=stored.chunk.start,
            end=stored.chunk.end,
            text=stored.chunk.text,
            heading=stored.chunk.heading,
            place=stored.chunk.place,
            pages=(stored.chunk.first_page, stored.chunk.last_page) if stored.paged else None,
        )
        for stored in search.catalog.chunks(ordered[: 2 * TOP_K])
    ]
    return without_copies(hits, TOP_K)


def _convex(
    weight: float, dense: Sequence[ScoredChunk], lexical: Sequence[ScoredChunk]
) -> list[int]:
    """A convex combination, `weight` of it from the vectors."""
    fused = fuse(dense if weight else (), lexical if weight < 1 else (), DEPTH, weight)
    return [chunk.chunk_id for chunk in fused]


def _reciprocal(k: int, dense: Sequence[ScoredChunk], lexical: Sequence[ScoredChunk]) -> list[int]:
    """Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""
    scores: dict[int, float] = {}
    for found in (dense, lexical):
        for rank, chunk in enumerate(found, 1):
            scores[chunk.chunk_id] = scores.get(chunk.chunk_id, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda chunk_id: -scores[chunk_id])


def print_quality(found: dict[str, dict[str, Row]]) -> None:
    """Print every score, a column per set."""
    measures = {f"hit@{cutoff}": partial(_hit_at, cutoff) for cutoff in (1, 3, 5, 10)}
    measures |= {"MRR": _mrr, "nDCG@10": _ndcg, "both@6": _all_evidence}
    for title, measure in measures.items():
        print_table(title, found, lambda row, measure=measure: f"{measure(row):.1f}")
    spans = {name: rows for name, rows in found.items() if rows[FULL].scores.span_recall}
    if spans:
        print_table("span recall in 900 tokens", spans, lambda row: f"{_spans(row):.1f}")


def print_losses(found: dict[str, dict[str, Row]]) -> None:
    """Print what is lost, in points, without each part."""
    measures = {"hit@1": partial(_hit_at, 1), "hit@10": partial(_hit_at, 10)}
    measures |= {"nDCG@10": _ndcg, "both@6": _all_evidence}
    spans = {name for name, rows in found.items() if rows[FULL].scores.span_recall}
    head = [f"{name} {title}" for name in found for title in measures]
    print("\n| points |", " | ".join(head), "| span recall |" if spans else "|")
    print("|---" * (len(head) + 1 + bool(spans)) + "|")
    for way in list(PRODUCT)[1:]:
        cells = [
            f"{measure(rows[way]) - measure(rows[FULL]):+.1f}"
            for rows in found.values()
            for measure in measures.values()
        ]
        cells += [f"{_spans(found[n][way]) - _spans(found[n][FULL]):+.1f}" for n in spans]
        print(f"| {way} |", " | ".join(cells), "|")


def print_times(found: dict[str, dict[str, Row]]) -> None:
    """Print the median and the 95th percentile, a column per set."""
    print_table("ms", found, lambda row: f"{row.median_ms:.0f} / {row.high_ms:.0f}")


def print_table(title: str, found: dict[str, dict[str, Row]], shown: Callable[[Row], str]) -> None:
    """Print one row per configuration, one column per set."""
    print(f"\n| {title} |", " | ".join(found), "|")
    print("|---" * (len(found) + 1) + "|")
    for way in next(iter(found.values())):
        print(f"| {way} |", " | ".join(shown(rows[way]) for rows in found.values()), "|")


def _hit_at(cutoff: int, row: Row) -> float:
    return row.scores.hit_at[cutoff]


def _mrr(row: Row) -> float:
    return 100 * row.scores.mrr


def _ndcg(row: Row) -> float:
    return 100 * row.scores.ndcg


def _all_evidence(row: Row) -> float:
    return row.scores.all_evidence


def _spans(row: Row) -> float:
    return row.scores.span_recall or 0.0


if __name__ == "__main__":
    main()
