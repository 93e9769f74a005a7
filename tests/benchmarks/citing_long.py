"""Measures citing over whole documents: as good as over passages, and how fast.

Run by hand: `python -m tests.benchmarks.citing_long DATA`. The sentences are those of the citation
benchmark, made of passages drawn from all over each document. Each is judged twice: before 8
passages of the document, as for an ordinary question, and before all of it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.cite import Attribution, Attributor, Evidence
from rag.cite.whole import pieces_of
from rag.load import pdf
from rag.records import Page, Support
from tests.benchmarks.citation_cases import Case, cases_of
from tests.benchmarks.citation_documents import Bench, Source, passages_of, sentences_of, usable

MOST_CHARS = 420_000  # about 100,000 tokens
PASSAGES = 8


@dataclass(frozen=True)
class Document:
    """A long text, with where each of its pages begins."""

    name: str
    text: str
    page_starts: tuple[int, ...]

    def page_of(self, offset: int) -> int:
        return sum(start <= offset for start in self.page_starts)


@dataclass(frozen=True)
class Result:
    """What came of a case over passages and over the whole document."""

    case: Case
    passages: Attribution
    whole: Attribution
    is_place_right: bool  # of a true sentence over the whole: a page that says it is cited
    seconds: float  # of the processor, over the whole document


def documents(root: Path) -> Iterator[Document]:
    """The long documents, and the quarterly reports one behind the other."""
    book = (root / "long" / "book-war-and-peace-1225p.txt").read_text("utf-8", "replace")
    size = 2_600
    for name, begin in (("war and peace", 100_000), ("war and peace, later", 1_500_000)):
        text = book[begin : begin + MOST_CHARS]
        yield Document(name, text, tuple(range(0, len(text), size)))
    for name, files in (
        ("free culture", sorted((root / "long").glob("*.pdf"))),
        ("filings", sorted((root / "filings").glob("*.pdf"))),
        ("accident reports", sorted((root / "reports").glob("*.pdf"))),
    ):
        starts: list[int] = []
        pages: list[str] = []
        length = 0
        for page in (part for file in files for part in pdf.read(file) if isinstance(part, Page)):
            if length + len(page.text) > MOST_CHARS:
                break
            starts.append(length)
            pages.append(page.text)
            length += len(page.text) + 1
        yield Document(name, "\f".join(pages), tuple(starts))


def offers(
    document: Document, elsewhere: list[str], count: int, rng: random.Random
) -> Iterator[tuple[Bench, list[Source]]]:
    """8 passages of a document around one that the sentences are made of."""
    cut = [piece for piece in passages_of(document.text) if document.text.count(piece) == 1]
    telling = [
        at
        for at, piece in enumerate(cut)
        if sum(usable(piece[a:b]) for a, b in sentences_of(piece)) >= 2
    ]
    for at in rng.sample(telling, min(count, len(telling))):
        near = sorted(range(len(cut)), key=lambda i: abs(i - at))[1:5]
        far = rng.sample([i for i in range(len(cut)) if i != at and i not in near], PASSAGES - 5)
        chosen = [at, *near, *far]
        rng.shuffle(chosen)
        first = cut[at]
        found = [(a, b) for a, b in sentences_of(first) if usable(first[a:b])]
        number = chosen.index(at)
        told = tuple(rng.sample(elsewhere, 8))
        bench = Bench(document.name, tuple(cut[i] for i in chosen), "en", told, rng)
        yield bench, [Source(number, a, b, first[a:b]) for a, b in found]


def measure(document: Document, cases: list[Case], attributor: Attributor) -> Iterator[Result]:
    """Every case before its passages and before the whole document."""
    starts = [start for start, _ in pieces_of(document.text)]
    for case in cases:
        local = Attributor([Evidence(key, text) for key, text in enumerate(case.passages)])
        over_passages = local.attribute(case.sentence)
        begun = time.process_time()
        over_whole = attributor.attribute(case.sentence)
        seconds = time.process_time() - begun
        cited = {
            page
            for span in over_whole.spans
            for page in range(
                document.page_of(starts[span.key] + span.start),
                document.page_of(starts[span.key] + span.end - 1) + 1,
            )
        }
        is_right = all(cited & _pages(document, case, source) for source in case.made_of)
        yield Result(case, over_passages, over_whole, is_right, seconds)


def _pages(document: Document, case: Case, source: Source) -> set[int]:
    """The pages on which a source stands; any copy of the same sentence will do."""
    at = document.text.find(case.passages[source.passage]) + source.start
    pages = {document.page_of(at), document.page_of(at + len(source.text) - 1)}
    at = document.text.find(source.text)
    while at >= 0:
        pages.add(document.page_of(at))
        at = document.text.find(source.text, at + 1)
    return pages


def report(results: list[Result]) -> list[str]:
    """Of each kind how many are judged rightly over passages and over the whole."""
    lines = [f"{'':18}{'n':>6} {'passages':>9} {'whole':>7} {'right page':>10}"]
    groups: dict[tuple[bool, str], list[Result]] = defaultdict(list)
    for one in results:
        groups[not one.case.is_true, one.case.kind].append(one)
    for (is_false, kind), group in sorted(groups.items()):
        right = [
            sum((made.support is Support.SUPPORTED) is not is_false for made in judged)
            for judged in ([r.passages for r in group], [r.whole for r in group])
        ]
        page = "" if is_false else f"{_share(sum(r.is_place_right for r in group), group):10.1f}"
        lines.append(
            f"{kind:18}{len(group):6} {_share(right[0], group):9.1f} "
            f"{_share(right[1], group):7.1f} {page}"
        )
    for name, is_true in (("true", True), ("false", False)):
        group = [r for r in results if r.case.is_true is is_true]
        told = [[getattr(r, side).support for r in group] for side in ("passages", "whole")]
        shares = [
            f"{side} " + ", ".join(f"{s.value} {_share(row.count(s), group):.1f}" for s in Support)
            for side, row in zip(("passages:", "whole:"), told, strict=True)
        ]
        lines.append(f"all {name} ({len(group)}): " + "; ".join(shares))
    return lines


def _share(count: int, group: list[Result]) -> float:
    return 100 * count / max(1, len(group))


def _ready(document: Document) -> Attributor:
    evidence = [
        Evidence(key, document.text[start:end])
        for key, (start, end) in enumerate(pieces_of(document.text))
    ]
    attributor = Attributor(evidence)
    attributor.attribute("It makes all that is evidence ready once, at 12 places.")
    return attributor


def _mebibytes(document: Document) -> float:
    """What a document that is ready takes."""
    tracemalloc.start()
    kept = _ready(document)
    taken = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    del kept
    return taken


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--offers", type=int, default=12, help="places in each document")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--worst", action="store_true", help="show false sentences borne out")
    arguments = parser.parse_args()
    every = list(documents(arguments.data))
    results: list[Result] = []
    for document in every:
        rng = random.Random(f"{arguments.seed}-{document.name}")
        others = [
            other.text[a:b]
            for other in every
            if other.name.split(",")[0] != document.name.split(",")[0]
            for a, b in rng.sample(sentences_of(other.text), 200)
            if usable(other.text[a:b])
        ]
        given = cases_of(offers(document, others, arguments.offers, rng), arguments.seed)
        begun = time.process_time()
        attributor = _ready(document)
        ready_s = time.process_time() - begun
        mine = list(measure(document, list(given), attributor))
        results += mine
        times = sorted(1000 * r.seconds for r in mine)
        print(
            f"{document.name}: {len(document.text):,} characters, ready in {ready_s:.1f} s, "
            f"{_mebibytes(document):.0f} MiB; a sentence takes "
            f"{statistics.median(times):.0f} ms, 99% {times[int(0.99 * len(times))]:.0f}, at most "
            f"{times[-1]:.0f} ms of processor",
            flush=True,
        )
    print("\n".join(report(results)))
    for one in results if arguments.worst else ():
        is_worse = one.whole.support is Support.SUPPORTED is not one.passages.support
        if not one.case.is_true and is_worse:
            print(f"\n{one.case.kind}/{one.case.template} [{one.case.dataset}]")
            print(f"  said:  {one.case.sentence}")
            for span in one.whole.spans:
                print(f"  cited: {span.quote!r}")


if __name__ == "__main__":
    main()
