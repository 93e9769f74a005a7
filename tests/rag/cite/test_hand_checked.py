"""Real answers of a real model, judged by a person, are judged alike by the matcher."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rag.cite import Attribution
from rag.cli_cite import Citer, EvidenceLine
from rag.records import Support

FILE = Path(__file__).parents[2] / "data" / "hand_checked.jsonl"


@dataclass(frozen=True)
class Judged:
    """A sentence with what a person found and what the matcher finds."""

    id: int
    verdict: Support
    carried_by: list[dict[str, Any]]
    found: Attribution

    @property
    def cited_rightly(self) -> bool:
        """Whether the cited words hold half of those of an excerpt that carries it, or more."""
        shares = []
        for words in self.carried_by:
            start, key = words["start"], words["evidence"]
            wanted = range(start, start + len(words["quote"]))
            cited = {at for s in self.found.spans if s.key == key for at in range(s.start, s.end)}
            shares.append(sum(at in cited for at in wanted) / len(wanted))
        allowed = {words["evidence"] for words in self.carried_by}
        return max(shares, default=0) >= 0.5 and {s.key for s in self.found.spans} <= allowed


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    sample = []
    for line in FILE.read_text("utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        texts = [excerpt["text"] for excerpt in row["evidence"]]
        citer = Citer([EvidenceLine(at, text, "") for at, text in enumerate(texts)])
        for words in row["carried_by"]:
            words["start"] = texts[words["evidence"]].index(words["quote"])
        found = citer.cite(row["sentence"], tuple(range(len(texts))))
        sample.append(Judged(row["id"], Support(row["verdict"]), row["carried_by"], found))
    return sample


def test_the_sample_holds_right_wrong_and_half_right_sentences(judged: list[Judged]) -> None:
    assert len(judged) == 50
    for verdict in Support:
        assert sum(item.verdict is verdict for item in judged) >= 10


def test_what_a_person_finds_in_the_excerpts_is_found(judged: list[Judged]) -> None:
    true = [i for i in judged if i.verdict is Support.SUPPORTED]

    missed = [i.id for i in true if i.found.support is not Support.SUPPORTED]

    assert len(missed) <= 0.1 * len(true), missed


def test_what_a_person_does_not_find_is_not_called_supported(judged: list[Judged]) -> None:
    told = [i for i in judged if i.found.support is Support.SUPPORTED]
    unfounded = [i.id for i in told if i.verdict is Support.NOT_FOUND]
    half_true = [i.id for i in told if i.verdict is Support.PARTLY]

    assert not unfounded
    assert len(half_true) <= 0.2 * len(told), half_true


def test_the_words_that_are_cited_are_those_that_a_person_chose(judged: list[Judged]) -> None:
    cited = [i for i in judged if i.carried_by and i.found.spans]

    right = [i for i in cited if i.cited_rightly]

    assert len(right) >= 0.9 * len(cited), [i.id for i in cited if i not in right]
