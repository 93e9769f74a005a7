"""Passages per second of each precision, in one run: `python -m tests.benchmarks.embedding FOLDER`.

FOLDER holds texts (.md, .txt). The precisions take turns in small rounds, so that whatever else
the machine does slows all of them alike: trust the ratios more than the rates.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import numpy as np

from rag.chunk import chunk_document
from rag.embed import precision
from rag.embed.onnx import OnnxEmbedder
from rag.embed.sentence import SentenceEmbedder
from rag.models.discover import embedder_folder, fast_copies
from rag.protocols import Embedder
from rag.records import DocumentInfo, DocumentText, Page

MODEL = "all-MiniLM-L6-v2"
QUESTION = "How long before the end of the lease must notice be given?"


def passages(folder: Path, count: int) -> list[str]:
    """`count` chunks of the texts in `folder` as they are embedded, from all over them."""
    found: list[str] = []
    for path in sorted([*folder.rglob("*.md"), *folder.rglob("*.txt")]):
        info = DocumentInfo(path.stem, 1, paged=False, format="text")
        page = Page(1, "1", path.read_text("utf-8").replace("\f", " "))
        chunks = chunk_document(DocumentText.from_pages(info, [page]))
        found += [f"{chunk.context}\n{chunk.text}" for chunk in chunks]
    chosen = np.random.default_rng(0).permutation(len(found))[:count]
    return [found[index] for index in chosen]


def embedders() -> dict[str, Embedder]:
    """One of each precision that this machine has, the reference first."""
    folder = embedder_folder()
    assert folder is not None, "the search model's package is not installed"
    made: dict[str, Embedder] = {
        "torch float32": SentenceEmbedder(folder),
        "onnxruntime int8": OnnxEmbedder(fast_copies(MODEL)[-1]),
    }
    if precision.multiplies_bfloat16():
        made["torch bfloat16"] = SentenceEmbedder(folder, precision="bfloat16")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chunks", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=10)
    wish = parser.parse_args()
    texts, known = passages(wish.folder, wish.chunks), embedders()
    rounds = [texts[begin :: wish.rounds] for begin in range(wish.rounds)]
    seconds: dict[str, list[float]] = {name: [] for name in known}
    questions: dict[str, list[float]] = {name: [] for name in known}
    vectors: dict[str, list[np.ndarray]] = {name: [] for name in known}
    for embedder in known.values():
        embedder.embed_passages(texts[:4])  # warm
    for texts_now in rounds:
        for name, embedder in known.items():
            begin = time.perf_counter()
            vectors[name].append(embedder.embed_passages(texts_now).vectors)
            middle = time.perf_counter()
            embedder.embed_question(QUESTION)
            seconds[name].append(middle - begin)
            questions[name].append(time.perf_counter() - middle)
    print(f"{len(texts)} passages, {np.mean([len(text) for text in texts]):.0f} characters each\n")
    print("| precision | passages/s | × float32 (median) | a question | least, mean cosine |")
    print("|---|---|---|---|---|")
    reference = next(iter(known))
    truth = np.concatenate(vectors[reference])
    for name in known:
        paired = zip(seconds[reference], seconds[name], strict=True)
        ratio = statistics.median(theirs / ours for theirs, ours in paired)
        cosines = (truth * np.concatenate(vectors[name])).sum(axis=1)
        print(
            f"| {name} | {len(texts) / sum(seconds[name]):.1f} | {ratio:.2f} "
            f"| {1000 * statistics.median(questions[name]):.0f} ms "
            f"| {cosines.min():.4f}, {cosines.mean():.4f} |"
        )


if __name__ == "__main__":
    main()
