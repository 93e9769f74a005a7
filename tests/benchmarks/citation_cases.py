"""The sentences that citing is measured with; a third of the templates is kept aside."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import citation_false as false_sentences
from tests.benchmarks import citation_true as true_sentences
from tests.benchmarks.citation_documents import (
    SETS,
    Bench,
    Maker,
    Source,
    benches,
    sentences_of,
    usable,
)


@dataclass(frozen=True)
class Case:
    """A sentence with the evidence it is offered and what should come of it."""

    dataset: str
    kind: str
    template: str
    unseen: bool
    sentence: str
    passages: tuple[str, ...]
    sources: tuple[Source, ...]  # empty for a false sentence

    @property
    def is_true(self) -> bool:
        return bool(self.sources)


TRUE: tuple[tuple[str, Maker, bool], ...] = (
    ("verbatim", true_sentences.verbatim, False),
    ("verbatim", true_sentences.with_mark, False),
    ("verbatim", true_sentences.bold_item, True),
    ("paraphrase", true_sentences.synonyms, False),
    ("paraphrase", true_sentences.according, False),
    ("paraphrase", true_sentences.year_first, False),
    ("paraphrase", true_sentences.digits, False),
    ("paraphrase", true_sentences.no_parenthesis, False),
    ("paraphrase", true_sentences.other_synonyms, True),
    ("paraphrase", true_sentences.told_by, True),
    ("paraphrase", true_sentences.adverbial_last, True),
    ("paraphrase", true_sentences.date_turned, True),
    ("paraphrase", true_sentences.no_aside, True),
    ("paraphrase", true_sentences.contracted, False),
)
FALSE: tuple[tuple[str, Maker, bool], ...] = (
    ("number", false_sentences.number_shifted, False),
    ("number", false_sentences.number_word, False),
    ("number", false_sentences.number_borrowed, True),
    ("date", false_sentences.year_shifted, False),
    ("date", false_sentences.month_changed, False),
    ("date", false_sentences.year_borrowed, True),
    ("date", false_sentences.day_changed, True),
    ("name", false_sentences.name_borrowed, False),
    ("name", false_sentences.name_foreign, True),
    ("name", false_sentences.given_name, True),
    ("negation", false_sentences.not_inserted, False),
    ("negation", false_sentences.not_removed, False),
    ("negation", false_sentences.never_inserted, True),
    ("negation", false_sentences.contracted_not, True),
    ("unit", false_sentences.unit_changed, False),
    ("unit", false_sentences.other_unit_changed, True),
    ("other document", false_sentences.other_document, False),
    ("other document", false_sentences.other_document_same_name, True),
)


def cases(root: Path, *, per_set: int, seed: int, unseen: bool) -> Iterator[Case]:
    """The cases of all sets; those of unseen templates only when asked for."""
    for dataset in SETS:
        rng = random.Random(f"{seed}-{dataset}")
        for bench, sources in benches(root, dataset, per_set, rng):
            yield from _cases_of(bench, sources, unseen=unseen)


def _cases_of(bench: Bench, sources: list[Source], *, unseen: bool) -> Iterator[Case]:
    for kind, make, is_unseen in (*TRUE, *FALSE):
        if is_unseen and not unseen:
            continue
        for source in bench.rng.sample(sources, len(sources)):
            sentence = make(bench, source)
            if sentence is not None:
                truth = (source,) if (kind, make, is_unseen) in TRUE else ()
                yield Case(
                    bench.dataset, kind, make.__name__, is_unseen, sentence, bench.passages, truth
                )
                break
    for source in sources:
        if found := true_sentences.clause(bench, source):
            text, (start, end) = found
            part = Source(source.passage, start, end, text)
            yield Case(bench.dataset, "clause", "clause", False, text, bench.passages, (part,))
            break
    yield from _merged(bench, sources, unseen=unseen)


def _merged(bench: Bench, sources: list[Source], *, unseen: bool) -> Iterator[Case]:
    others = [
        Source(number, a, b, passage[a:b])
        for number, passage in enumerate(bench.passages)
        for a, b in sentences_of(passage)
        if number != sources[0].passage and usable(passage[a:b])
    ]
    for name, is_unseen, english, german in true_sentences.MERGES:
        if (is_unseen and not unseen) or not others:
            continue
        first = bench.rng.choice(sources)
        second = bench.rng.choice(
            others
            if name != "semicolon" or len(sources) < 2
            else [s for s in sources if s != first]
        )
        sentence = (german if bench.german else english).format(
            first.text[:-1], true_sentences.lower_first(second.text)
        )
        yield Case(
            bench.dataset, "merged", name, is_unseen, sentence, bench.passages, (first, second)
        )
