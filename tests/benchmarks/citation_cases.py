"""The sentences that citing is measured with; many templates are kept aside from who builds it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import citation_false as false_sentences
from tests.benchmarks import citation_true as true_sentences
from tests.benchmarks import citation_unseen as unseen_sentences
from tests.benchmarks.citation_documents import (
    SETS,
    Bench,
    Maker,
    Source,
    benches,
    sentences_of,
    usable,
)
from tests.benchmarks.citation_unseen_true import lowered


@dataclass(frozen=True)
class Case:
    """A sentence with the evidence it is offered and what should come of it."""

    dataset: str
    kind: str
    template: str
    unseen: bool
    sentence: str
    passages: tuple[str, ...]
    made_of: tuple[Source, ...]
    is_true: bool


TRUE: dict[str, tuple[Maker, ...]] = {
    "verbatim": (*(true_sentences.verbatim, true_sentences.with_mark, true_sentences.bold_item),),
    "paraphrase": (
        *(true_sentences.synonyms, true_sentences.according, true_sentences.year_first),
        *(true_sentences.digits, true_sentences.no_parenthesis, true_sentences.other_synonyms),
        *(true_sentences.told_by, true_sentences.adverbial_last, true_sentences.date_turned),
        *(true_sentences.no_aside, true_sentences.contracted),
    ),
}
FALSE: dict[str, tuple[Maker, ...]] = {
    "number": (
        *(false_sentences.number_shifted, false_sentences.number_word),
        false_sentences.number_borrowed,
    ),
    "date": (
        *(false_sentences.year_shifted, false_sentences.month_changed),
        *(false_sentences.year_borrowed, false_sentences.day_changed),
    ),
    "name": (
        *(false_sentences.name_borrowed, false_sentences.name_foreign, false_sentences.given_name),
    ),
    "negation": (
        *(false_sentences.not_inserted, false_sentences.not_removed),
        *(false_sentences.never_inserted, false_sentences.contracted_not),
    ),
    "unit": (false_sentences.unit_changed, false_sentences.other_unit_changed),
    "other document": (
        *(false_sentences.other_document, false_sentences.other_document_same_name),
    ),
}
_SEEN, _UNSEEN = (TRUE, FALSE), (unseen_sentences.TRUE, unseen_sentences.FALSE)


def cases(
    root: Path,
    *,
    per_set: int,
    seed: int,
    seen: bool,
    unseen: bool,
    sets: Sequence[str] = SETS,
) -> Iterator[Case]:
    """The cases of `sets`, of the templates that the matcher was built with, of those kept aside.

    The same seed makes the same cases of either kind, whether the other is asked for or not.
    """
    for dataset in sets:
        rng = random.Random(f"{seed}-{dataset}")
        for number, (bench, sources) in enumerate(benches(root, dataset, per_set, rng)):
            if seen and bench.language != "zh":
                bench.rng.seed(f"{seed}-{dataset}-{number}-seen")
                yield from _templated(bench, sources, _SEEN, unseen=False)
                yield from _seen_parts(bench, sources)
            if unseen:
                bench.rng.seed(f"{seed}-{dataset}-{number}-unseen")
                yield from _templated(bench, sources, _UNSEEN, unseen=True)
                yield from _unseen_parts(bench, sources)
            rng.seed(f"{seed}-{dataset}-{number}")


def cases_of(offers: Iterable[tuple[Bench, list[Source]]], seed: int) -> Iterator[Case]:
    """The cases of any offers of evidence, of all templates."""
    for number, (bench, sources) in enumerate(offers):
        for is_unseen, templates in ((False, _SEEN), (True, _UNSEEN)):
            bench.rng.seed(f"{seed}-{bench.dataset}-{number}-{is_unseen}")
            yield from _templated(bench, sources, templates, unseen=is_unseen)
            parts = _unseen_parts if is_unseen else _seen_parts
            yield from parts(bench, sources)


def _templated(
    bench: Bench,
    sources: list[Source],
    templates: tuple[dict[str, tuple[Maker, ...]], dict[str, tuple[Maker, ...]]],
    *,
    unseen: bool,
) -> Iterator[Case]:
    """One sentence of each template, where one of the bench's sentences fits it."""
    for kinds, is_true in zip(templates, (True, False), strict=True):
        for kind, makers in kinds.items():
            for make in makers:
                for source in bench.rng.sample(sources, len(sources)):
                    sentence = make(bench, source)
                    if sentence is not None:
                        yield Case(
                            bench.dataset,
                            kind,
                            make.__name__,
                            unseen,
                            sentence,
                            bench.passages,
                            (source,),
                            is_true,
                        )
                        break


def _seen_parts(bench: Bench, sources: list[Source]) -> Iterator[Case]:
    for source in sources:
        if found := true_sentences.clause(bench, source):
            yield _part(bench, source, "clause", *found, unseen=False)
            break
    for name, of_one, english, german in true_sentences.MERGES:
        if pair := _two(bench, sources, of_one=of_one):
            first, second = pair
            said = (german if bench.german else english).format(
                first.text[:-1], true_sentences.lower_first(second.text)
            )
            yield Case(bench.dataset, "merged", name, False, said, bench.passages, pair, True)


def _unseen_parts(bench: Bench, sources: list[Source]) -> Iterator[Case]:
    for make in unseen_sentences.PARTS:
        for source in sources:
            if found := make(bench, source):
                yield _part(bench, source, make.__name__, *found, unseen=True)
                break
    for name, of_one, *forms in unseen_sentences.MERGES:
        if pair := _two(bench, sources, of_one=of_one):
            first, second = pair
            form = forms[("en", "de", "zh").index(bench.language)]
            said = form.format(
                first.text[:-1], lowered(second.text), second.text, lowered(first.text[:-1])
            )
            yield Case(bench.dataset, "merged", name, True, said, bench.passages, pair, True)
    if bench.elsewhere:
        first, foreign = bench.rng.choice(sources), bench.rng.choice(bench.elsewhere)
        form = unseen_sentences.MERGES[0][2:][("en", "de", "zh").index(bench.language)]
        said = form.format(first.text[:-1], lowered(foreign))
        yield Case(
            bench.dataset, "half true", "moreover", True, said, bench.passages, (first,), False
        )


def _part(
    bench: Bench,
    source: Source,
    name: str,
    text: str,
    span: tuple[int, int],
    *,
    unseen: bool,
) -> Case:
    whole = bench.passages[source.passage]
    part = Source(source.passage, *span, whole[slice(*span)])
    return Case(bench.dataset, "clause", name, unseen, text, bench.passages, (part,), True)


def _two(bench: Bench, sources: list[Source], *, of_one: bool) -> tuple[Source, Source] | None:
    """Two sentences of one passage, or of two."""
    first = bench.rng.choice(sources)
    if of_one:
        others = [source for source in sources if source != first]
    else:
        others = [
            Source(number, a, b, passage[a:b])
            for number, passage in enumerate(bench.passages)
            for a, b in sentences_of(passage)
            if number != first.passage and usable(passage[a:b])
        ]
    return (first, bench.rng.choice(others)) if others else None
