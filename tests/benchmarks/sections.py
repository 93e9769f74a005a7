"""What summarising long documents takes of our own time, and what a real model brings.

Run by hand: `python -m tests.benchmarks.sections FILE...` with writers that copy, and that write
nonsense, whose own time is left out; `--model FILE.gguf` with a real one; `--show` prints the
summaries. Time is the processor's, of all threads.
"""

from __future__ import annotations

import argparse
import importlib
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.cancel import CancelToken
from rag.events import SectionsProgress
from rag.generate.llama import LlamaModel
from rag.load import format_of
from rag.load.how import PLAINLY
from rag.outcome import Outcome
from rag.plan.sections import pace_of
from rag.protocols import LanguageModel
from rag.records import DocumentInfo, DocumentText, Page, PrefillCurve
from rag.sections import (
    Asking,
    Joining,
    Original,
    Source,
    Sources,
    Statement,
    Summaries,
    Summarising,
    cut,
    head_tokens,
    page_tokens_for,
    room_for_text,
    settled,
)
from rag.sections.focus import EVERYTHING
from tests.rag.sections.writers import ManyWriter, copied, nonsense

_SENTENCE = re.compile(r"(?<=[.!?] )[A-Z][^.!?\"]{40,200}\.")
_ROW = "{:32} {:10} {:>6} {:>8} {:>9} {:>8} {:>7} {:>9} {:>8} {:>9} {:>9}"
_HEADS = (
    "document", "writer", "pages", "sections", "estimate", "took", "own s", "by model", "words",
    "citations", "pages cited",
)  # fmt: skip


class Reciter(ManyWriter):
    """Says some of the sentences that it is shown; four characters are a token."""

    n_ctx = 4096

    def __init__(self, words: Callable[[str], str]) -> None:
        super().__init__(words)
        self.seconds = 0.0  # that it took itself

    def count_tokens(self, text: str) -> int:
        return len(text) // 4 + 1

    def said_of(self, prompt: Sequence[int]) -> str:
        begun = time.process_time()
        shown = " ".join(self._encoded[prompt[0]][-1].content.rpartition("\n\n")[0].split())
        found = _SENTENCE.findall(shown)
        said = " ".join(map(self.words, found[:: max(1, len(found) // 6)][:6]))
        self.seconds += time.process_time() - begun
        return said


@dataclass(frozen=True)
class Measured:
    """What one summary took."""

    sections: int
    estimated_s: float
    took_s: float
    processor_s: float
    quoted: int  # sections for which their own sentences stand
    statements: list[Statement]


def read(path: Path) -> DocumentText:
    """A file's text, read in this process."""
    known = format_of(path)
    assert known is not None, path
    items = list(importlib.import_module(known.reader).read(path, PLAINLY))
    (info,) = (item for item in items if isinstance(item, DocumentInfo))
    return DocumentText.from_pages(info, [item for item in items if isinstance(item, Page)])


def measure(document: DocumentText, model: LanguageModel, reads: float, writes: float) -> Measured:
    """Summarise a document with nothing kept."""
    begun, worked = time.perf_counter(), time.process_time()
    cancel = CancelToken()
    original = Original(1, document, 0, len(document.text), head_tokens(model, document.title))
    sections = cut([original], model.count_tokens, room_for_text(model), cancel)
    sources = Sources({1: Source(document, "")})
    asking = Asking(model, None, cancel)
    work = settled(sections, Summaries(sources, ""), asking, EVERYTHING, ())
    page = page_tokens_for(sum(section.tokens for section in sections))
    joining = Joining(sources, model, "", EVERYTHING, "", page)
    pace = pace_of(PrefillCurve(reads), writes)
    making = Summarising(work, asking, sources, joining, pace)
    estimated = making.seconds() or 0.0
    run = Outcome(making.run())
    statements = [event for event in run if not isinstance(event, SectionsProgress)]
    return Measured(
        len(sections),
        estimated,
        time.perf_counter() - begun,
        time.process_time() - worked,
        run.result.quoted,
        statements,
    )


def told(path: Path, document: DocumentText, writer: str, made: Measured, own_s: float) -> None:
    """Print the row of a summary."""
    cited = [words for one in made.statements for words in one.words]
    by_model = sum(one.by_model for one in made.statements)
    pages = {document.page_at(words.start) for words in cited}
    print(
        _ROW.format(
            path.name[:32],
            writer[:10],
            len(document.page_starts),
            made.sections,
            f"{made.estimated_s:.0f} s",
            f"{made.took_s:.0f} s",
            f"{own_s:.1f}",
            f"{by_model}/{len(made.statements)}",
            sum(len(one.text.split()) for one in made.statements),
            len(cited),
            len(pages),
        ),
        flush=True,
    )
    print(f"    sections in the model's words: {made.sections - made.quoted} of {made.sections}")


def main() -> None:
    """Summarise the files that are named, and print a row for each."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--model", type=Path)
    arguments.add_argument("--show", action="store_true")
    given = arguments.parse_args()
    print(_ROW.format(*_HEADS))
    for path in given.files:
        document = read(path)
        if given.model:
            model = LlamaModel(given.model)
            reads = model.prefill_tokens_per_s or 1.0
            made = measure(document, model, reads, model.decode_tokens_per_s or 1.0)
            told(path, document, given.model.stem, made, 0.0)
            model.close()
            results = [made]
        else:
            results = []
            for words in (copied, nonsense):
                writer = Reciter(words)
                made = measure(document, writer, 30.0, 4.6)
                told(path, document, words.__name__, made, made.processor_s - writer.seconds)
                results.append(made)
        for made in results if given.show else []:
            for one in made.statements:
                place = document.place_at(one.words[0].start)
                print(f"    {'model' if one.by_model else 'text '} {place:8} {one.text}")


if __name__ == "__main__":
    main()
