"""What is read for a question: by what was found, what fits and what there is time for."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from rag.plan import plan
from rag.records import Mode


@dataclass(frozen=True)
class Case:
    what: str
    sizes: tuple[int, ...]
    passages: int
    mode: Mode = Mode.PASSAGES
    overhead: int = 100
    answerable: bool = True
    rate: float | None = 1000.0
    first_word_s: float = 20.0
    most: int = 8
    decline_allowed: bool = True
    first_token_s: float | None = None
    says: str = ""


CASES = [
    Case("all that was found fits", (200,) * 5, 5, first_token_s=1.1, says="best passages"),
    Case("no more than asked for", (100,) * 20, 8, first_token_s=0.9),
    Case("the context ends before", (1000,) * 8, 3, rate=None, says="do not fit"),
    Case("to the token", (1798, 1798), 2, rate=None),
    Case("one token too many", (1798, 1799), 1, rate=None, says="best passage:"),
    Case("a slow computer reads fewer", (200,) * 8, 4, rate=50, first_token_s=18, says="soon"),
    Case("but never under two", (400,) * 8, 2, rate=10, first_token_s=90, says="soon"),
    Case("one where only one exists", (400,), 1, rate=10, first_token_s=50),
    Case("one where two do not fit", (3000, 3000), 1, rate=10, first_token_s=310),
    Case("an unknown speed limits nothing", (200,) * 8, 8, rate=None),
    Case("more time, more passages", (200,) * 8, 8, rate=50, first_word_s=60, first_token_s=34),
    Case("nothing found", (), 0, Mode.DECLINE, says="Nothing in your files"),
    Case("no answer in sight", (200,) * 8, 0, Mode.DECLINE, answerable=False, says="do not seem"),
    Case("told to try", (200,) * 8, 8, answerable=False, decline_allowed=False, first_token_s=1.7),
    Case("nothing found, told to try", (), 0, Mode.DECLINE, decline_allowed=False),
    Case("a passage larger than the context", (9000,), 0, Mode.DECLINE, says="too long"),
    Case("no room beside the question", (10, 10), 0, Mode.DECLINE, overhead=3700),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_the_plan_reads_as_much_as_context_and_time_allow(case: Case):
    made = plan(
        passage_tokens=case.sizes,
        overhead_tokens=case.overhead,
        answerable=case.answerable,
        n_ctx=4096,
        answer_tokens=400,
        prefill_tokens_per_s=case.rate,
        first_word_s=case.first_word_s,
        max_passages=case.most,
        decline_allowed=case.decline_allowed,
    )

    assert (made.mode, made.passages) == (case.mode, case.passages)
    assert made.prompt_tokens_limit == 3696
    assert made.first_token_s == (
        None if case.first_token_s is None else pytest.approx(case.first_token_s)
    )
    assert case.says in made.reason
    assert made.reason.endswith(".")
