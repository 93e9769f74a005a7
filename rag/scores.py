"""Scores searching and answering over a folder of documents with questions.

Hits count per evidence item as its file, page or text demands; nDCG is that of Järvelin and
Kekäläinen (2002) with binary gains, EM and F1 are SQuAD's (Rajpurkar et al., 2016).
"""

from __future__ import annotations

import collections
import json
import math
import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.errors import FootnoteError
from rag.records import Hit

CUTOFFS = (1, 3, 5, 10)
ALL_EVIDENCE_CUTOFF = 6
SPAN_BUDGET_TOKENS = 900
_SCORED_CHARS = 1000  # of a longer hit only so much counts
_LOOSE_ABOVE_CHARS = 60  # longer evidence texts may lack their outer characters
_LOOSE_CHARS = 20
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # written without spaces


class BadQuestions(FootnoteError):
    """A file of questions is not in the expected form."""

    def __init__(self, path: Path, line: int, detail: str) -> None:
        super().__init__(f"“{path.name}”, line {line}: {detail}. See the README for the form.")


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """What has to be found: a file, a page of it, or a text in it."""

    file: str  # relative to the folder of documents, with "/"
    page: int | None = None  # 1-based
    text: str | None = None
    start: int | None = None  # code points in the file
    end: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """A question with what is known of its answer."""

    id: str
    question: str
    answers: tuple[str, ...] = ()
    answerable: bool = True
    evidence: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchScores:
    """Means over the answerable questions, in percent but for `mrr` and `ndcg` (0..1)."""

    questions: int
    hit_at: dict[int, float]
    mrr: float
    ndcg: float
    all_evidence: float  # every item among the first `ALL_EVIDENCE_CUTOFF`
    span_recall: float | None  # of reference characters within the budget; None without spans


def read_questions(path: Path) -> list[QuestionItem]:
    """The questions of a JSON-lines file; raises `BadQuestions` naming the line."""
    items: list[QuestionItem] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestions(path, 0, str(error)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            items.append(
                QuestionItem(
                    id=str(row["id"]),
                    question=str(row["question"]),
                    answers=tuple(row.get("answers", ())),
                    answerable=bool(row.get("answerable", True)),
                    evidence=tuple(EvidenceItem(**item) for item in row.get("evidence", ())),
                )
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BadQuestions(path, number, f"{type(error).__name__}: {error}") from error
    return items


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def finds(hit: Hit, item: EvidenceItem, documents: Path) -> bool:
    """Whether `hit` holds `item`, whose file lies under the folder `documents`."""
    if hit.path != documents / item.file:
        return False
    if item.page is not None:
        return hit.pages is not None and hit.pages[0] <= item.page <= hit.pages[1]
    if item.text is not None:
        found, wanted = _folded(hit.text[:_SCORED_CHARS]), _folded(item.text)
        if wanted in found:
            return True
        return len(wanted) > _LOOSE_ABOVE_CHARS and wanted[_LOOSE_CHARS:-_LOOSE_CHARS] in found
    return True


def score_search(
    results: Sequence[tuple[QuestionItem, Sequence[Hit], Sequence[int]]], documents: Path
) -> SearchScores:
    """Scores of (question, its hits best first, the hits' lengths in embedder tokens)."""
    answerable = [result for result in results if result[0].answerable and result[0].evidence]
    count = max(1, len(answerable))
    hit_at = dict.fromkeys(CUTOFFS, 0)
    mrr = ndcg = 0.0
    complete = 0
    covered = referenced = 0
    for item, hits, tokens in answerable:
        ranks = _first_ranks(item, hits, documents)
        found = sorted(rank for rank in ranks if rank is not None)
        for cutoff in CUTOFFS:
            hit_at[cutoff] += bool(found and found[0] <= cutoff)
        mrr += 1 / found[0] if found and found[0] <= CUTOFFS[-1] else 0
        ndcg += _ndcg(set(found), len(item.evidence))
        complete += all(rank is not None and rank <= ALL_EVIDENCE_CUTOFF for rank in ranks)
        reached, wanted = _span_coverage(item, hits, tokens, documents)
        covered += reached
        referenced += wanted
    return SearchScores(
        questions=len(answerable),
        hit_at={cutoff: 100 * hits / count for cutoff, hits in hit_at.items()},
        mrr=mrr / count,
        ndcg=ndcg / count,
        all_evidence=100 * complete / count,
        span_recall=100 * covered / referenced if referenced else None,
    )


def _first_ranks(item: QuestionItem, hits: Sequence[Hit], documents: Path) -> list[int | None]:
    return [
        next((rank for rank, hit in enumerate(hits, 1) if finds(hit, wanted, documents)), None)
        for wanted in item.evidence
    ]


def _ndcg(ranks: set[int], items: int) -> float:
    """The nDCG of `ranks`, each the first to show some item that is wanted."""
    depth = CUTOFFS[-1]
    gained = sum(1 / math.log2(rank + 1) for rank in ranks if rank <= depth)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(depth, items) + 1))
    return gained / ideal


def _span_coverage(
    item: QuestionItem, hits: Sequence[Hit], tokens: Sequence[int], documents: Path
) -> tuple[int, int]:
    """(reference characters covered by the first hits that fit the budget, all of them)."""
    taken: list[Hit] = []
    budget = SPAN_BUDGET_TOKENS
    for hit, length in zip(hits, tokens, strict=True):
        budget -= length
        if budget < 0:
            break
        taken.append(hit)
    covered = wanted = 0
    for reference in item.evidence:
        if reference.start is None or reference.end is None:
            continue
        wanted += reference.end - reference.start
        positions: set[int] = set()
        for hit in taken:
            if hit.path == documents / reference.file:
                positions.update(
                    range(max(hit.start, reference.start), min(hit.end, reference.end))
                )
        covered += len(positions)
    return covered, wanted


def _normalised(answer: str) -> list[str]:
    """Words in lower case without articles and punctuation; of Chinese and Japanese, characters."""
    text = "".join(
        " " if unicodedata.category(c).startswith("P") and c not in string.punctuation else c
        for c in unicodedata.normalize("NFKC", answer).casefold()
        if c not in string.punctuation
    )
    return _SPACELESS.sub(r" \g<0> ", re.sub(r"\b(a|an|the)\b", " ", text)).split()


def exact_match(answer: str, references: Sequence[str]) -> bool:
    """Whether `answer` equals one of `references` but for case, punctuation and articles."""
    return any(_normalised(answer) == _normalised(reference) for reference in references)


def word_f1(answer: str, references: Sequence[str]) -> float:
    """The best F1 of shared words between `answer` and any of `references`, 0..1."""
    return max((_f1(_normalised(answer), _normalised(r)) for r in references), default=0.0)


def holds(answer: str, references: Sequence[str]) -> bool:
    """Whether the words of one of `references` stand in `answer`, in a row."""
    said = f" {' '.join(_normalised(answer))} "
    wanted = [" ".join(_normalised(reference)) for reference in references]
    return any(f" {words} " in said for words in wanted if words)


def _f1(answer: Sequence[str], reference: Sequence[str]) -> float:
    shared = sum((collections.Counter(answer) & collections.Counter(reference)).values())
    if not shared:
        return 0.0
    precision, recall = shared / len(answer), shared / len(reference)
    return 2 * precision * recall / (precision + recall)
