"""Measures the processor time of citing an answer of 200 words against 8 passages, all included.

Run by hand: `python -m tests.benchmarks.citing_speed DATA`. Each answer has fresh evidence, so
that making the evidence ready counts too; the first answer, which also compiles the patterns and
reads the word lists, is told apart.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.cite import Attributor, Evidence
from tests.benchmarks.citation_documents import passages_of, sentences_of

ANSWER_WORDS = 200
PASSAGES = 8
LINKS = ("In short, ", "", "Also, ", "", "However, ")


@dataclass(frozen=True)
class Speed:
    """The milliseconds of processor time that answers took, each with its own evidence."""

    first_ms: float
    median_ms: float
    slowest_ms: float
    answers: int


def answers(folder: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Answers, as sentences that are not quite those of the evidence, with their 8 passages."""
    for path in sorted(folder.iterdir()):
        passages = passages_of(path.read_text(encoding="utf-8"))
        for at in range(0, len(passages) - PASSAGES + 1, PASSAGES):
            offered = passages[at : at + PASSAGES]
            said: list[str] = []
            words = 0
            for number, passage in enumerate(offered * 2):
                spans = sentences_of(passage)
                start, end = spans[(number // PASSAGES) % len(spans)]
                text = passage[start:end]
                if words < ANSWER_WORDS:
                    said.append(LINKS[number % len(LINKS)] + text.replace(" the ", " this ", 1))
                    words += len(text.split())
            if words >= ANSWER_WORDS:
                yield said, offered


def measure(folder: Path, most: int = 60) -> Speed:
    """The speed over at most `most` answers made from the texts in `folder`."""
    taken: list[float] = []
    for (said, offered), _ in zip(answers(folder), range(most), strict=False):
        begun = time.process_time()
        attributor = Attributor([Evidence(key, text) for key, text in enumerate(offered)])
        for sentence in said:
            attributor.attribute(sentence)
        taken.append(1000 * (time.process_time() - begun))
    rest = taken[1:] or taken
    return Speed(taken[0], statistics.median(rest), max(rest), len(taken))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    arguments = parser.parse_args()
    for name in ("squad", "chunking_eval", "xquad_de"):
        speed = measure(arguments.data / name / "docs")
        print(
            f"{name:14} {speed.answers:3} answers: first {speed.first_ms:6.1f} ms, then median "
            f"{speed.median_ms:6.1f}, slowest {speed.slowest_ms:6.1f} ms of processor"
        )


if __name__ == "__main__":
    main()
