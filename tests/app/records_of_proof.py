"""Sample records of what answers tell beyond their text: likely words, conflicts, lists, drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from rag.records import (
    Answer,
    Citation,
    Conflict,
    Coverage,
    Likely,
    Listed,
    Mode,
    PassOffer,
    Statement,
    Support,
)
from tests.app.records_for_show import (
    FIRST,
    FOLDER,
    HITS,
    LEASE_TEXT,
    SECOND,
    answer_of,
    citation,
)

V2 = FOLDER / "Notice policy v2.pdf"
V3 = FOLDER / "Notice policy v3.pdf"
_SAID = HITS[0].start + LEASE_TEXT.index("three months’ notice")
LIKELY = Likely(
    "three months’ notice",
    replace(FIRST, quote="three months’ notice", start=_SAID, end=_SAID + 20),
    0.9,
)
CONFLICT = Conflict(
    (
        Statement(
            "60 days",
            citation(1, V3, "p. 2", "Notice of termination has to be given 60 days ahead.", 2),
            date(2024, 3, 1),
            "its text",
        ),
        Statement(
            "30 days",
            citation(2, V2, "p. 2", "Notice of termination has to be given 30 days ahead.", 2),
            date(2021, 9, 15),
            "its name",
        ),
    )
)
OFFER = PassOffer(files=118, passages=412, seconds=40.0)
WHOLE = Coverage(8, 3, 118, 4, 412, 2)
ASKS_FOR_ALL = replace(
    answer_of(
        [
            ("Three leases allow pets.", Support.SUPPORTED, (FIRST,)),
            ("One of them names cats.", Support.SUPPORTED, (SECOND,)),
        ],
        "Which leases allow pets?",
    ),
    coverage=WHOLE,
    seconds=24.2,
    offer=OFFER,
)
CONFLICTED = replace(
    answer_of(
        [("The notice period is 60 days.", Support.SUPPORTED, (CONFLICT.statements[0].citation,))],
        "What is the notice period of the policy?",
    ),
    conflicts=(CONFLICT,),
    coverage=WHOLE,
    seconds=11.0,
)
REWRITTEN = replace(
    answer_of([("Notice takes three months.", Support.SUPPORTED, (FIRST,))]),
    draft="Notice takes three months. The tenant can waive the period in a side letter.",
)


def _reading(number: int, path: Path, value: str) -> Citation:
    return citation(number, path, "p. 4", f"The meter read {value} kWh in total.", 4)


FORMULA = answer_of(
    [
        ("The consumption fell by 11.7 %.", Support.SUPPORTED, ()),
        (
            "\n12,480 − 11,020 = 1,460 kWh",
            Support.SUPPORTED,
            (
                _reading(1, FOLDER / "Water report 2024.pdf", "12,480"),
                _reading(2, FOLDER / "Water report 2025.pdf", "11,020"),
            ),
        ),
    ],
    "By how much did the consumption fall from 2024 to 2025?",
)
FORMULA = replace(
    FORMULA,
    mode=Mode.EXHAUSTIVE,
    sentences=tuple(replace(one, is_computed=True) for one in FORMULA.sentences),
    coverage=Coverage(412, 2, 118, 0, 412),
)


def listing(count: int) -> Answer:
    """The answer to a question for all of something, with `count` items."""
    cited = [
        citation(
            number,
            FOLDER / f"Invoice {number:03}.pdf",
            "p. 1",
            f"Total due: {number * 17 % 900 + 40}.00 EUR by the end of the month.",
            1,
        )
        for number in range(1, count + 1)
    ]
    answer = answer_of(
        [
            (f"{count} invoices name an amount:", Support.SUPPORTED, ()),
            *(
                (f"\n- Invoice {one.number:03}: {one.quote[11:]}", Support.SUPPORTED, (one,))
                for one in cited
            ),
        ],
        "Which invoices name an amount?",
    )
    first, *rest = answer.sentences
    return replace(
        answer,
        mode=Mode.EXHAUSTIVE,
        sentences=(replace(first, is_computed=True, citations=tuple(cited)), *rest),
        coverage=Coverage(412, count, 118, 4, 412),
        listed=tuple(Listed(one.path.stem, (one,)) for one in cited),
        seconds=38.0,
    )
