"""Cuts real documents into passages and offers of evidence to measure citing with."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SETS = ("squad", "chunking_eval", "two_hop", "xquad_de")
SKIPPED = ("chatlogs.md",)  # one long Python literal, no prose


@dataclass(frozen=True)
class Source:
    """A sentence of a passage: `passages[passage][start:end] == text`."""

    passage: int
    start: int
    end: int
    text: str


Maker = Callable[["Bench", Source], str | None]


@dataclass(frozen=True)
class Bench:
    """One offer of evidence: 8 passages, and what may be borrowed from elsewhere."""

    dataset: str
    passages: tuple[str, ...]
    german: bool
    elsewhere: tuple[str, ...]  # sentences of other documents
    rng: random.Random


# ---------------------------------------------------------------- documents

_END = re.compile(r"(?<=[a-zäöüß)\d\"”“])[.](?:\s+)(?=[A-ZÄÖÜ\"„“])")
_NOT_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Dr|St|vs|No|Jr|Inc|Corp|Ltd|Co|bzw|ca|etc|Nr|Abs|\d{1,2}|[A-Z])\.)\s$"
)


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Spans of plain sentences, by a rule far simpler than the product's."""
    spans = []
    for block in re.finditer(r"[^\n]+", text):
        start = block.start()
        for found in _END.finditer(block.group()):
            end = block.start() + found.end()
            if _NOT_END.search(text[start:end]):
                continue
            spans.append((start, end))
            start = end
        spans.append((start, block.end()))
    trimmed = []
    for start, end in spans:
        piece = text[start:end]
        if piece.strip():
            trimmed.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return trimmed


def passages_of(text: str, size: int = 900) -> list[str]:
    """Cut at sentence ends into passages of about `size` characters."""
    cuts, begun = [], 0
    for _, end in sentences_of(text):
        if end - begun >= size * 0.75:
            cuts.append(text[begun:end].strip())
            begun = end
    if text[begun:].strip():
        cuts.append(text[begun:].strip())
    return [cut[:1200] for cut in cuts if len(cut) > 60]


def usable(text: str) -> bool:
    """Whether a sentence is plain prose worth asking about."""
    return (
        45 <= len(text) <= 320
        and text[0].isupper()
        and text.endswith(".")
        and len(text.split()) >= 8
        and text.count('"') % 2 == 0
        and text.count("(") == text.count(")")
        and not re.search(r"https?:|@|\\|\||…|\.\.\.", text)
    )


def benches(
    root: Path, dataset: str, count: int, rng: random.Random
) -> Iterator[tuple[Bench, list[Source]]]:
    """Offers of evidence built around the gold passages of a set's questions."""
    docs = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((root / dataset / "docs").iterdir())
        if path.name not in SKIPPED
    }
    cut = {name: passages_of(text) for name, text in docs.items()}
    questions = [
        json.loads(line)
        for line in (root / dataset / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    gold = [
        item for q in questions if q["answerable"] for item in q["evidence"] if item["file"] in docs
    ]
    rng.shuffle(gold)
    names = sorted(docs)
    for item in gold[:count]:
        own = cut[item["file"]]
        text = item.get("text", "")
        at = next((i for i, p in enumerate(own) if text and text.strip()[10:40] in p), 0)
        if not own:
            continue
        offered = [own[at]] + [
            own[i] for i in sorted(range(len(own)), key=lambda i: abs(i - at))[1:5]
        ]
        while len(offered) < 8:
            other = cut[rng.choice(names)]
            if other and (extra := rng.choice(other)) not in offered:
                offered.append(extra)
        offered = offered[:8]
        first = offered[0]
        rng.shuffle(offered)
        elsewhere = []
        while len(elsewhere) < 6:
            name = rng.choice(names)
            if name != item["file"] and cut[name]:
                far = rng.choice(cut[name])
                if far not in offered:
                    elsewhere += [far[a:b] for a, b in sentences_of(far) if usable(far[a:b])][:2]
        bench = Bench(dataset, tuple(offered), dataset.endswith("_de"), tuple(elsewhere), rng)
        number = offered.index(first)
        found = [
            Source(number, a, b, first[a:b]) for a, b in sentences_of(first) if usable(first[a:b])
        ]
        if found:
            yield bench, found
