"""Makes a fast copy of a search model: `python -m rag.embed.export MODEL_FOLDER OUT_FOLDER`.

The copy is one graph from a text's token ids to its unit vector, whatever modules the model has,
with weights of 8 bits. It is made with torch, once, and used with onnxruntime alone.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import torch
from tokenizers import Tokenizer

from rag.embed import source
from rag.embed.fast_copy import FORMAT, GRAPH, INPUT, OUTPUT, TOKENS, FastCopy
from rag.embed.onnx import OnnxEmbedder
from rag.embed.quantise import quantise
from rag.embed.sentence import SentenceEmbedder, load_model
from rag.errors import FootnoteError
from rag.protocols import Embedder, EmbedderIdentity

_OPSET = 17
_PRECISION = "int8"
_TRACED_TOKENS = 24
_SAME_COSINE, _LIKE_COSINE = 0.9999, 0.95  # of the graph before and after rounding
# What documents and questions look like: each channel should be seen at its largest.
_SAMPLES = tuple(
    """
How long is the notice period?

Net sales

who signed the lease in 2019

Lease agreement
The lease ends on 31 May unless either side gives notice in writing three months before. The tenant
pays 1,250 euros a month, due on the third working day, and a deposit of two months' rent. Repairs
below 100 euros are the tenant's; everything else is the landlord's, who must be told at once.

Quarterly report > Results of operations, page 14
Net sales $ 34,229 $ 35,355 $ 32,184. Operating income fell by 12.5% to $1,204 million, mainly due
to higher costs of raw materials and unfavourable exchange rates; see Note 7 to the statements.

Wie lange ist die Kündigungsfrist? 通知期限为三个月。 Срок — три месяца. 通知期間は三か月です。

Aviation accident report > Analysis
The pilot reported that, during the descent to land, the engine lost partial power. He checked for
carburettor ice, but could not restore it, and landed in a field. Examination of the wreckage found
no sign of mechanical failure that would have kept the engine from working normally.

History of Normandy > The conquest
In 1204 the king's army crossed the river, and the city of Rouen surrendered after forty days. The
barons who held lands on both sides of the Channel had to choose which of the two they would keep;
most of them stayed in England, where their families came to think of themselves as English.

Abstract
Mitochondria are known to induce programmed cell death. We examined 214 patients (median age 61)
and found no association (odds ratio 1.9, 95% CI 0.8-4.1, p = 0.12) with the outcome after surgery.

Installation
Run `python3 setup.py install --user`, then open http://localhost:8080 and log in as "admin". Set
`max_connections = 100` in server.conf (see §4.2). E-mail: support@example.org, tel. +49 30 123456.

"What do you mean?" she asked, turning pale. "I never said so." He laughed, rather bitterly, she
thought, and walked over to the window, where the rain had begun to fall upon the empty garden.

1. Preheat the oven to 180 °C. 2. Mix 250 g flour, 1 tsp salt and 3 eggs. 3. Bake for 35 minutes.
""".strip().split("\n\n")
)


class NotExported(FootnoteError):
    """A model cannot be turned into a graph that gives the same vectors."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"“{name}” has no fast copy ({detail}). It can be used in full precision.")


def export(folder: Path, target: Path) -> None:
    """Put a fast copy of the model in `folder` at `target`, in the place of what is there.

    Takes some seconds. Nothing half made is ever at `target`. Raises `NotExported`, `NoEmbedder`,
    `OSError`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    work = target.with_name(f".{target.name}-{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    try:
        exact, fast = work / "exact", work / "fast"
        exact.mkdir(parents=True)
        fast.mkdir()
        reference = SentenceEmbedder(folder)
        _write_graph(folder, exact / GRAPH)
        _describe(folder, exact, reference.identity, "float32")
        _compare(folder.name, reference, OnnxEmbedder(exact), _SAME_COSINE)
        quantise(exact / GRAPH, fast / GRAPH, _sample_tokens(folder, reference.identity.max_tokens))
        _describe(folder, fast, reference.identity, _PRECISION)
        _compare(folder.name, reference, OnnxEmbedder(fast), _LIKE_COSINE)
        if target.exists():
            target.rename(work / "before")
        fast.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Graph(torch.nn.Module):
    """All modules of a model as one function of token ids."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self._model = model

    def forward(self, tokens: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The unit vectors of `tokens`, which hold no padding, and the vector of each token."""
        features = {"input_ids": tokens, "attention_mask": torch.ones_like(tokens)}
        found = cast("Mapping[str, torch.Tensor]", self._model(features))
        vectors = torch.nn.functional.normalize(found["sentence_embedding"], dim=1)
        return vectors, found["token_embeddings"]


def _write_graph(folder: Path, path: Path) -> None:
    # The newer exporter needs packages of its own.
    model = cast("torch.nn.Module", cast("object", load_model(folder, plain_attention=True)))
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # of tracing; what they warn of is compared afterwards
        torch.onnx.export(  # pyright: ignore[reportUnknownMemberType]
            _Graph(model.cpu()),
            (torch.arange(_TRACED_TOKENS).unsqueeze(0),),
            str(path),
            dynamo=False,
            opset_version=_OPSET,
            input_names=[INPUT],
            output_names=[OUTPUT, TOKENS],
            dynamic_axes={INPUT: {1: "tokens"}, TOKENS: {1: "tokens"}},
        )


def _sample_tokens(folder: Path, max_tokens: int) -> list[list[int]]:
    tokenizer = Tokenizer.from_file(str(folder / source.TOKENIZER))
    tokenizer.enable_truncation(max_tokens)  # pyright: ignore[reportUnknownMemberType]
    tokenizer.no_padding()
    return [encoding.ids for encoding in tokenizer.encode_batch_fast(list(_SAMPLES))]


def _describe(folder: Path, copy: Path, identity: EmbedderIdentity, precision: str) -> None:
    shutil.copyfile(folder / source.TOKENIZER, copy / source.TOKENIZER)
    weights = (folder / source.WEIGHTS).stat()
    prefixes = source.prefixes(folder)
    FastCopy(
        format=FORMAT,
        precision=precision,
        graph_bytes=(copy / GRAPH).stat().st_size,
        source_sha256=source.weights_sha256(folder),
        source_bytes=weights.st_size,
        source_modified_ns=weights.st_mtime_ns,
        dimension=identity.dimension,
        max_tokens=identity.max_tokens,
        question_prefix=prefixes.question,
        passage_prefix=prefixes.passage,
    ).write(copy)


def _compare(name: str, reference: Embedder, copy: Embedder, least: float) -> None:
    one, other = reference.embed_passages(_SAMPLES), copy.embed_passages(_SAMPLES)
    cosines = (one.vectors * other.vectors).sum(axis=1)
    if not cosines.min() >= least:  # also when it is not a number
        raise NotExported(name, f"its vectors agree by {cosines.min():.3f} only")


def main() -> int:
    """Export as the command line asks; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m rag.embed.export")
    parser.add_argument("folder", type=Path, help="a sentence-transformers folder")
    parser.add_argument("target", type=Path, help="where the fast copy goes")
    wish = parser.parse_args()
    quieten()
    try:
        export(wish.folder, wish.target)
    except (FootnoteError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def quieten() -> None:
    """Let nobody hear what the libraries say of their own; for a process that only exports."""
    logging.disable(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main())
