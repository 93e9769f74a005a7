"""What one passage bears out, and what it does not: a table of sentences by phenomenon."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.cite import Attributor, Evidence
from rag.records import Support

OTHERS = (
    "The lighthouse keeper kept bees and sold the honey in glass jars at the Sunday market.",
    "Basalt columns form when thick lava cools slowly and cracks from its surface inwards.",
)
VERDICTS = {"+": Support.SUPPORTED, "-": Support.NOT_FOUND, "~": Support.PARTLY}


@dataclass(frozen=True)
class Row:
    """A sentence with its passage and what should come of it."""

    phenomenon: str
    passage: str
    sentence: str
    verdict: Support


def rows() -> list[Row]:
    """The table `verdicts.txt`; a passage of several lines goes on with " | "."""
    found: list[Row] = []
    phenomenon, passage = "", ""
    for line in Path(__file__).with_name("verdicts.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            phenomenon = line[3:]
        elif line.startswith(" | "):
            passage += "\n" + line[3:]
        elif line[:2] in ("+ ", "- ", "~ "):
            found.append(Row(phenomenon, passage, line[2:], VERDICTS[line[0]]))
        elif line and not line.startswith("# "):
            passage = line
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.phenomenon}: {row.sentence}")
def test_a_sentence_gets_the_verdict_that_its_passage_gives_it(row: Row) -> None:
    attributor = Attributor(
        [Evidence(key, text) for key, text in enumerate((OTHERS[0], row.passage, OTHERS[1]))]
    )

    attribution = attributor.attribute(row.sentence)

    assert attribution.support is row.verdict
    assert {span.key for span in attribution.spans} <= {1}
