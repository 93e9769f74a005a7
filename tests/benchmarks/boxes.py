"""How exactly the words of a quote are boxed: `python -m tests.benchmarks.boxes DATA`.

Every PDF below DATA is read as it is for a library. Quotes are drawn at random from the reading
texts, the same number from each file: sentences, clauses, runs of words, and what goes over the end
of a page. Their boxes are made as those of a citation are, and compared with what is found under
them in another way (`tests/rag/load/under_boxes.py`). "right": the text under the boxes is the
quote, white space and hyphens at line ends folded. "too much": characters under the boxes that are
not in the quote, per hundred of the quote. On scans what is under the boxes is recognised once
more, and right when nine of ten characters are the same. "ms" is the time that boxes took.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import UnreadableFile
from rag.footnotes import BoxedWords
from rag.index.catalog import Catalog
from rag.load.sandbox import ParserPool
from rag.options import Options
from rag.records import Box, DocumentInfo, DocumentText, Page
from tests.rag.load.scans import share_right
from tests.rag.load.under_boxes import extra, is_quote, recognised, under

MIN_WORDS, MAX_WORDS = 3, 40
RECOGNISED_SHARE = 0.9
KINDS = ("sentence", "clause", "words", "over a page")
WORST_OF_A_FILE = 2

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+")
_SENTENCE_END = re.compile(r"[.!?。](?=\s|$)|\n\n|\f")
_CLAUSE_END = re.compile(r"[.!?;:,。、](?=\s|$)|\n|\f")


@dataclass(frozen=True)
class Source:
    """A PDF that was read."""

    path: Path
    document_id: int
    text: DocumentText


@dataclass(frozen=True)
class Quote:
    """A stretch of a document's text."""

    source: Source
    kind: str
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text.text[self.start : self.end]

    @property
    def is_scanned(self) -> bool:
        """Whether any of it stands on a page whose text was recognised."""
        document = self.source.text
        pages = {document.page_at(self.start), document.page_at(self.end - 1)}
        return bool(pages & document.scanned_pages)


@dataclass(frozen=True)
class Outcome:
    """What was found under a quote's boxes."""

    quote: Quote
    boxes: tuple[Box, ...]
    shown: str
    is_right: bool
    extra_chars: int
    ms: float


def sources(folder: Path, catalog: Catalog, pool: ParserPool) -> Iterator[Source]:
    """The PDFs below `folder` that can be read and hold some words."""
    for path in sorted(folder.rglob("*.pdf")):
        try:
            items = list(pool.read(path, CancelToken()))
        except UnreadableFile as error:
            print(f"left out: {error}")
            continue
        info, pages = items[0], [item for item in items if isinstance(item, Page)]
        assert isinstance(info, DocumentInfo)
        text = DocumentText.from_pages(info, pages)
        if len(_WORD.findall(text.text)) < MIN_WORDS:
            print(f"left out: “{path.name}” has no words")
            continue
        document_id = catalog.start_document(sha256(str(path).encode()).hexdigest(), info)
        catalog.write_pages(document_id, pages)
        yield Source(path, document_id, text)


def quotes(found: Sequence[Source], count: int, seed: int) -> Iterator[Quote]:
    """About `count` quotes, as many from each file."""
    chance = random.Random(seed)
    for number in range(count):
        source = found[number % len(found)]
        kind = KINDS[number // len(found) % len(KINDS)]
        yield drawn(source, kind, chance)


def drawn(source: Source, kind: str, chance: random.Random) -> Quote:
    """A quote of `kind`, or a run of words where the text has none such."""
    text = source.text.text
    words = [found.span() for found in _WORD.finditer(text)]
    if kind == "over a page":
        breaks = [start for start in source.text.page_starts[1:] if text[:start].strip()]
        inner = [start for start in breaks if text[start:].strip()]
        if inner:
            start = chance.choice(inner)
            after = next(at for at, (first, _) in enumerate(words) if first >= start)
            first = max(0, after - chance.randint(1, MAX_WORDS // 2))
            last = min(len(words), after + chance.randint(2, MAX_WORDS // 2))
            return Quote(source, kind, words[first][0], words[last - 1][1])
    if kind in ("sentence", "clause"):
        ends = _SENTENCE_END if kind == "sentence" else _CLAUSE_END
        edges = [0, *(found.end() for found in ends.finditer(text)), len(text)]
        spans = [span for span in itertools.pairwise(edges) if _is_long_enough(text, *span)]
        if spans:
            return _trimmed(source, kind, *chance.choice(spans))
    length = min(len(words), chance.randint(MIN_WORDS, MAX_WORDS))
    first = chance.randrange(len(words) - length + 1)
    return Quote(source, "words", words[first][0], words[first + length - 1][1])


def _is_long_enough(text: str, start: int, end: int) -> bool:
    return MIN_WORDS <= len(_WORD.findall(text, start, end)) <= MAX_WORDS


def _trimmed(source: Source, kind: str, start: int, end: int) -> Quote:
    said = source.text.text[start:end]
    start += len(said) - len(said.lstrip())
    return Quote(source, kind, start, start + len(said.strip()))


def judged(quote: Quote, boxed: BoxedWords) -> Outcome:
    """What is found under the boxes of a quote."""
    source = quote.source
    began = time.perf_counter()
    boxes = boxed.over(source.document_id, source.path, source.text, quote.start, quote.end)
    ms = 1000 * (time.perf_counter() - began)
    if quote.is_scanned:
        shown = recognised(source.path, boxes)
        is_right = share_right("".join(shown.split()), "".join(quote.text.split()))
        return Outcome(quote, boxes, shown, is_right >= RECOGNISED_SHARE, 0, ms)
    pieces = under(source.path, boxes)
    shown = "|".join("".join(piece) for piece in pieces)
    return Outcome(quote, boxes, shown, is_quote(quote.text, pieces), extra(quote.text, pieces), ms)


def row(name: str, outcomes: Sequence[Outcome]) -> None:
    """Print a row of the table."""
    if not outcomes:
        return
    right = sum(outcome.is_right for outcome in outcomes)
    chars = sum(len(outcome.quote.text) for outcome in outcomes)
    more = sum(outcome.extra_chars for outcome in outcomes)
    ms = [outcome.ms for outcome in outcomes]
    print(
        f"| {name} | {len(outcomes)} | {right / len(outcomes):.1%} | {100 * more / chars:.2f}"
        f" | {statistics.median(ms):.0f} | {max(ms):.0f} |"
    )


def report(outcomes: Sequence[Outcome], data: Path) -> None:
    """Print the table and the worst quotes."""
    print("| quotes | number | right | too much | median ms | most ms |\n|---|---|---|---|---|---|")
    folders = dict.fromkeys(outcome.quote.source.path.parent for outcome in outcomes)
    for folder in folders:
        row(
            str(folder.relative_to(data)),
            [outcome for outcome in outcomes if outcome.quote.source.path.parent == folder],
        )
    for kind in KINDS:
        row(f"*{kind}*", [outcome for outcome in outcomes if outcome.quote.kind == kind])
    row("*on scans*", [outcome for outcome in outcomes if outcome.quote.is_scanned])
    row("**all**", outcomes)
    told = Counter[Path]()
    for outcome in outcomes:
        quote = outcome.quote
        told[quote.source.path] += not outcome.is_right
        if outcome.is_right or told[quote.source.path] > WORST_OF_A_FILE:
            continue
        page = quote.source.text.page_at(quote.start)
        print(f"\n{quote.source.path.name}, page {page}, {quote.kind}\n  quote {quote.text!r}")
        print(f"  shown {outcome.shown!r}")


def measured(data: Path, count: int, seed: int) -> list[Outcome]:
    """What becomes of `count` quotes of the PDFs below `data`."""
    options = Options()
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog.open(Path(folder))
        pool = ParserPool(1, options.parse_seconds, options.parse_memory_mb)
        try:
            found = list(sources(data, catalog, pool))
            boxed = BoxedWords(catalog, pool)
            return [judged(quote, boxed) for quote in quotes(found, count, seed)]
        finally:
            pool.close()
            catalog.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--quotes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    report(measured(wish.data, wish.quotes, wish.seed), wish.data)


if __name__ == "__main__":
    main()
