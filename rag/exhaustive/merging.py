"""Makes one list of what was found: each thing once, with every place that tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import regex

from rag.exhaustive.aim import Aggregation, Aim, Mention
from rag.exhaustive.calling import rightly_called
from rag.exhaustive.folding import fold
from rag.exhaustive.judging import Proof
from rag.exhaustive.naming import SYNONYM_SCORE
from rag.exhaustive.phrases import is_role
from rag.exhaustive.told import Told
from rag.exhaustive.walk import Candidate, Compared, conditions_told

_BRACKETED = regex.compile(r"\s*[(<\[][^)>\]]*[)>\]]")
_MOST_PLACES = 3  # that are quoted for one number
_FEW, _MAINLY = 3, 0.75  # files, and their share, whose fields tell what sort of thing is listed
_COUNTED = regex.compile(r"\d+\s+\p{L}{2}")  # "1 Minor"
_NUMERIC = frozenset((Aggregation.SUM, Aggregation.MEAN))
_EXTREME = frozenset((Aggregation.HIGHEST, Aggregation.LOWEST))


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document that prove an item."""

    document_id: int
    path: Path
    start: int
    end: int


@dataclass(slots=True)
class Found:
    """A thing on the list."""

    text: str
    detail: str = ""  # what decided, as it stands there: "1,200 €"
    number: float | None = None
    unit: str = ""
    places: list[Place] = field(default_factory=list[Place])
    paths: tuple[Path, ...] = ()  # of its file, copies included


def resolved(
    aim: Aim, candidates: Sequence[Candidate], *, sure_only: bool = False
) -> list[Candidate]:
    """The candidates that stand up beside the others: the surest of their kind.

    `sure_only` leaves out those that may be of another kind, however few are left.
    """
    kept = list(candidates)
    if aim.kind is not None:
        named = [one for one in kept if one.kind >= 2]
        heads = {one.heads for one in named if one.heads}
        named = [one for one in kept if one.kind >= 2 or one.heads in heads]
        if sure_only:
            return named
        kept = named or [one for one in kept if one.kind == 1] or kept
    if sure_only:
        return kept
    for index, condition in enumerate(aim.conditions):
        if isinstance(condition, Mention) and not condition.negated:
            sure = [one for one in kept if one.verdicts[index].strength >= 2]
            kept = sure or kept
    if aim.wanted is not None and aim.aggregation in _NUMERIC | _EXTREME:
        right = set(rightly_called(aim.wanted, _all_told(kept)))
        kept = [
            replace(one, values=tuple(told for told in one.values if told in right)) for one in kept
        ]
    return kept


def _all_told(candidates: Sequence[Candidate]) -> list[Told]:
    return [told for one in candidates for told in one.values]


def listed(aim: Aim, candidates: Sequence[Candidate]) -> list[Found]:
    """The list of what `aim` asks for, each thing once."""
    if aim.aggregation in _NUMERIC | _EXTREME:
        found = [_measured(one, told) for one in candidates for told in one.values[:1]]
        return _extremes(aim, found) if aim.aggregation in _EXTREME else found
    if aim.wanted is None or (aim.conditions and not any(one.values for one in candidates)):
        return [_thing(one) for one in candidates]
    counts_files = aim.aggregation is Aggregation.COUNT and not is_role(aim.wanted)
    return _by_value(_of_one_sort(candidates), apart=counts_files)


def _of_one_sort(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without what sentences tell of another sort than many files' fields do."""
    fields = [
        (_sort_of(told), candidate.document_id)
        for candidate in candidates
        for told in candidate.values[:1]
        if told.label
    ]
    sort, _ = Counter(one for one, _ in fields).most_common(1)[0] if fields else ("", 0)
    files = {document_id for one, document_id in fields if one == sort}
    if len(files) < _FEW or len(files) < _MAINLY * len({document_id for _, document_id in fields}):
        return list(candidates)
    kept = (
        replace(one, values=tuple(t for t in one.values if t.label or _is_surely(sort, t)))
        for one in candidates
    )
    return [one for one in kept if one.values]


def _is_surely(sort: str, told: Told) -> bool:
    """Whether what a sentence tells is of that sort, and called by the word that was asked."""
    return _sort_of(told) == sort and told.score != SYNONYM_SCORE


def _sort_of(told: Told) -> str:
    """What sort of value it is: a date, a number, a count of something, a code, or words."""
    if told.first is not None:
        return "date"
    if told.is_number:
        return "number"
    if _COUNTED.match(told.text):
        return "counted"
    is_code = " " not in told.text.strip() and any(map(str.isdigit, told.text))
    return "code" if is_code else "words"


def compared(aim: Aim, sides: Sequence[Compared]) -> list[Found]:
    """The numbers of the two that are compared, in order; none where either is in doubt."""
    assert aim.pair is not None
    chosen = _of_one_document(sides) if aim.pair.years else list(sides)
    found: list[Found] = []
    for index, name in enumerate(aim.pair.names):
        mine = [one for one in chosen if one.side.index == index]
        surest = max((one.side.surely for one in mine), default=0)
        mine = [one for one in mine if one.side.surely == surest]
        best = max((one.side.told.score for one in mine), default=0.0)
        mine = [one for one in mine if one.side.told.score == best]
        if len({(one.side.told.number, one.side.told.unit) for one in mine}) != 1:
            return []
        told = mine[0].side.told
        places = [
            Place(one.document_id, one.paths[0], one.side.told.start, one.side.told.end)
            for one in mine[:_MOST_PLACES]
        ]
        found.append(Found(name, told.text, told.number, told.unit, places, mine[0].paths))
    return found if found[0].unit == found[1].unit else []


def _of_one_document(sides: Sequence[Compared]) -> list[Compared]:
    """The numbers of documents that tell both, where there are such."""
    both = {
        one.document_id
        for one in sides
        if {other.side.index for other in sides if other.document_id == one.document_id} == {0, 1}
    }
    return [one for one in sides if one.document_id in both] if both else list(sides)


def with_clear_names(found: Sequence[Found]) -> list[Found]:
    """`found`, with the folder before the names of files that several have in common."""
    counts = Counter(one.text for one in found)
    for one in found:
        if counts[one.text] > 1 and one.paths and one.text == one.paths[0].name:
            one.text = f"{one.paths[0].parent.name}/{one.text}"
    return list(found)


def name_of(candidate: Candidate) -> str:
    """What a thing is called on the list."""
    return candidate.name or candidate.paths[0].name


def _thing(candidate: Candidate) -> Found:
    told = conditions_told(candidate)
    return Found(
        name_of(candidate),
        ", ".join(dict.fromkeys(one.text for one in told)),
        told[0].number if len(told) == 1 and told[0].first is None else None,
        places=_places(candidate),
        paths=candidate.paths,
    )


def _places(candidate: Candidate) -> list[Place]:
    proofs = [proof for verdict in candidate.verdicts for proof in verdict.proofs[:2]]
    if not proofs:
        proofs = [Proof(*candidate.opening)]
    return [_place(candidate, proof.start, proof.end) for proof in dict.fromkeys(proofs)]


def _place(candidate: Candidate, start: int, end: int) -> Place:
    return Place(candidate.document_id, candidate.paths[0], start, end)


def _measured(candidate: Candidate, told: Told) -> Found:
    return Found(
        name_of(candidate), told.text, told.number, told.unit,
        [_place(candidate, told.start, told.end)], candidate.paths,
    )  # fmt: skip


def _extremes(aim: Aim, found: Sequence[Found]) -> list[Found]:
    if not found:
        return []
    numbers = [one.number or 0.0 for one in found]
    best = max(numbers) if aim.aggregation is Aggregation.HIGHEST else min(numbers)
    return [one for one in found if one.number == best]


def _by_value(candidates: Sequence[Candidate], *, apart: bool) -> list[Found]:
    """One item for each name that occurs, in each thing where `apart`, as numbers always are."""
    found: dict[tuple[str, int, int], Found] = {}
    for candidate in candidates:
        decided = [proof for verdict in candidate.verdicts for proof in verdict.proofs[:1]]
        proofs = [_place(candidate, proof.start, proof.end) for proof in decided]
        reasons = ", ".join(dict.fromkeys(one.text for one in conditions_told(candidate)))
        for told in candidate.values:
            is_number = told.is_number or told.first is not None
            row = (candidate.document_id, candidate.row) if apart or is_number else (0, 0)
            key = (_same(told.text), row[0], row[1])
            known = found.get(key)
            if known is None:
                number = told.number if told.is_number else None
                detail = name_of(candidate) if is_number else reasons
                known = Found(told.text, detail, number, told.unit, [], candidate.paths)
                found[key] = known
            places = [_place(candidate, told.start, told.end), *proofs]
            known.places += [place for place in places if place not in known.places]
    return list(found.values())


def _same(text: str) -> str:
    plain = _BRACKETED.sub("", text).strip(" .,;")
    return " ".join(fold(plain or text).split())
