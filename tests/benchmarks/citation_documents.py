"""Cuts real documents into passages and offers of evidence to measure citing with."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.load import pdf
from rag.records import Page

PLAIN_SETS = ("squad", "chunking_eval", "two_hop", "xquad_de", "xquad_zh")
PDF_SETS = ("filings", "reports")
SETS = PLAIN_SETS + PDF_SETS
LANGUAGES = {"xquad_de": "de", "xquad_zh": "zh"}  # the others are English
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
    language: str
    elsewhere: tuple[str, ...]  # sentences of other documents, or of pages that are not offered
    rng: random.Random

    @property
    def german(self) -> bool:
        return self.language == "de"


# ---------------------------------------------------------------- documents

_END = re.compile(r"(?<=[a-zäöüß)\d\"”“])[.](?:\s+)(?=[A-ZÄÖÜ\"„“])|[。！？]\s*")
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
    if text.endswith("。"):
        return 16 <= len(text) <= 110 and text.count("(") == text.count(")") and "“" not in text
    return (
        45 <= len(text) <= 320
        and text[0].isupper()
        and text.endswith(".")
        and len(text.split()) >= 8
        and text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
        and text.count("(") == text.count(")")
        and not re.search(r"https?:|@|\\|\||…|\.\.\.|\.{3}|\$ \d.*\$ \d", text)
    )


def _texts(root: Path, dataset: str) -> dict[str, str]:
    if dataset not in PDF_SETS:
        return {
            path.name: path.read_text(encoding="utf-8")
            for path in sorted((root / dataset / "docs").iterdir())
            if path.name not in SKIPPED
        }
    return {
        path.name: "\n\n".join(part.text for part in pdf.read(path) if isinstance(part, Page))
        for path in sorted((root / dataset).glob("*.pdf"))
    }


def _gold(root: Path, dataset: str, cut: dict[str, list[str]]) -> list[tuple[str, int]]:
    """The passages to make sentences of: those that answer questions, of PDFs some with prose."""
    if dataset in PDF_SETS:
        return [
            (name, at)
            for name, passages in cut.items()
            for at, passage in enumerate(passages)
            if sum(usable(passage[a:b]) for a, b in sentences_of(passage)) >= 2
        ]
    file = root / dataset / "questions.jsonl"
    questions = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
    gold = []
    for item in (item for q in questions if q["answerable"] for item in q["evidence"]):
        own = cut.get(item["file"])
        if own:
            text = item.get("text", "").strip()[10:40]
            at = next((i for i, passage in enumerate(own) if text and text in passage), 0)
            gold.append((item["file"], at))
    return gold


def benches(
    root: Path, dataset: str, count: int, rng: random.Random
) -> Iterator[tuple[Bench, list[Source]]]:
    """Offers of evidence built around the gold passages of a set's questions."""
    cut = {name: passages_of(text) for name, text in _texts(root, dataset).items()}
    gold = _gold(root, dataset, cut)
    rng.shuffle(gold)
    for name, at in gold[:count]:
        first = cut[name][at]
        found = [(a, b) for a, b in sentences_of(first) if usable(first[a:b])]
        if not found:
            continue
        offered, elsewhere = _offer(cut, name, at, rng)
        bench = Bench(dataset, offered, LANGUAGES.get(dataset, "en"), elsewhere, rng)
        number = offered.index(first)
        yield bench, [Source(number, a, b, first[a:b]) for a, b in found]


def _says(passage: str, sentence: str) -> bool:
    """Whether a passage holds most words of a sentence: a sibling document may say the same."""
    wanted = set(re.findall(r"\w{4,}|[\u4e00-\u9fff]{2}", sentence.lower()))
    held = set(re.findall(r"\w{4,}|[\u4e00-\u9fff]{2}", passage.lower()))
    return len(wanted & held) > 0.7 * len(wanted)


def _offer(
    cut: dict[str, list[str]], name: str, at: int, rng: random.Random
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """8 passages, the one at `at` of document `name` among them, and sentences of others."""
    own, names = cut[name], sorted(name for name, passages in cut.items() if passages)
    near = sorted(range(len(own)), key=lambda i: abs(i - at))[1:5]
    offered = [own[at], *(own[i] for i in near)]
    while len(offered) < 8:
        if (extra := rng.choice(cut[rng.choice(names)])) not in offered:
            offered.append(extra)
    rng.shuffle(offered)
    elsewhere: list[str] = []
    for other in rng.sample(names, len(names)) * 3:
        far = rng.choice(cut[other])
        if other != name and far not in offered and len(elsewhere) < 8:
            told = [far[a:b] for a, b in sentences_of(far) if usable(far[a:b])]
            elsewhere += [one for one in told if not any(_says(p, one) for p in offered)][:2]
    return tuple(offered), tuple(elsewhere)
