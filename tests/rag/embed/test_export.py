"""A fast copy gives the vectors of its source, and is whole or not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rag.cancel import CancelToken
from rag.embed import making
from rag.embed.export import NotExported, export
from rag.embed.fast_copy import DESCRIPTION, GRAPH, FastCopy
from rag.embed.onnx import OnnxEmbedder
from rag.embed.sentence import SentenceEmbedder
from rag.embed.source import Prefixes
from rag.errors import Cancelled, NoEmbedder
from rag.models.discover import embedder_folder, fast_copies
from rag.samples import samples_folder
from tests.rag.embed.tiny_models import tiny_model

pytestmark = pytest.mark.models

TEXTS = ["how long is the notice period ?", "the lease ends in may .", "oil " * 50, "garden", ""]
PROMPTS = {"query": "query: ", "passage": "passage: "}


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (one * other).sum(axis=1)


@pytest.mark.parametrize("pooling", ["mean", "cls", "max"])
def test_every_way_of_pooling_is_in_the_graph(tmp_path: Path, pooling: str):
    folder = tiny_model(tmp_path, pooling)

    export(folder, tmp_path / "fast")

    reference, fast = SentenceEmbedder(folder), OnnxEmbedder(tmp_path / "fast")
    assert (
        cosines(reference.embed_passages(TEXTS).vectors, fast.embed_passages(TEXTS).vectors).min()
        > 0.995
    )
    assert reference.identity.max_tokens == fast.identity.max_tokens == 32
    assert reference.identity.fingerprint != fast.identity.fingerprint


def test_modules_after_the_pooling_are_in_the_graph(tmp_path: Path):
    folder = tiny_model(tmp_path, dense=96)

    export(folder, tmp_path / "fast")

    fast = OnnxEmbedder(tmp_path / "fast")
    assert fast.identity.dimension == 96
    found = fast.embed_passages(TEXTS).vectors
    assert cosines(SentenceEmbedder(folder).embed_passages(TEXTS).vectors, found).min() > 0.995


def test_the_models_own_prefixes_go_before_its_texts(tmp_path: Path):
    export(tiny_model(tmp_path, prompts=PROMPTS), tmp_path / "fast")

    own, none = OnnxEmbedder(tmp_path / "fast"), OnnxEmbedder(tmp_path / "fast", Prefixes())

    assert (own.embed_question("oil").vector == none.embed_question("query: oil").vector).all()
    assert (
        own.embed_passages(["oil"]).vectors == none.embed_passages(["passage: oil"]).vectors
    ).all()
    assert own.identity.fingerprint != none.identity.fingerprint


def test_a_copy_that_would_give_other_vectors_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tiny_model(tmp_path)
    monkeypatch.setattr("rag.embed.export._LIKE_COSINE", 1.1)

    with pytest.raises(NotExported, match="tiny-mean"):
        export(folder, tmp_path / "copies" / "fast")

    assert list((tmp_path / "copies").iterdir()) == []


def test_a_copy_takes_the_place_of_the_one_before(tmp_path: Path):
    target = tmp_path / "copies" / "fast"
    target.mkdir(parents=True)
    (target / "old").touch()

    export(tiny_model(tmp_path), target)

    assert not (target / "old").exists()
    assert list(target.parent.iterdir()) == [target]
    assert OnnxEmbedder(target).identity.dimension == 64


def test_the_engine_makes_a_copy_without_importing_torch(tmp_path: Path):
    folder = tiny_model(tmp_path)
    program = (
        "import sys; from pathlib import Path; from rag.embed.making import make_copy\n"
        "if __name__ == '__main__':\n"
        f"    assert make_copy(Path({str(folder)!r}), Path({str(tmp_path / 'fast')!r}))\n"
        "    print(sorted({'torch', 'transformers', 'onnx'} & set(sys.modules)))"
    )
    script = tmp_path / "program.py"
    script.write_text(program)

    done = subprocess.run(
        [sys.executable, script],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
    assert making.usable_copy([tmp_path / "fast"], folder) == tmp_path / "fast"


def test_making_a_copy_stops_when_told(tmp_path: Path):
    folder, cancel = tiny_model(tmp_path), CancelToken()
    cancel.cancel()

    with pytest.raises(Cancelled):
        making.make_copy(folder, tmp_path / "fast", cancel)

    assert not (tmp_path / "fast").exists()


def test_a_model_that_cannot_be_exported_is_told_in_words(tmp_path: Path):
    command = [sys.executable, "-m", "rag.embed.export", str(tmp_path), str(tmp_path / "fast")]

    done = subprocess.run(
        command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr.strip() == str(NoEmbedder())


def test_a_copy_of_other_weights_is_not_used(tmp_path: Path):
    folder = tiny_model(tmp_path)
    export(folder, tmp_path / "fast")
    assert making.usable_copy([tmp_path / "fast"], folder) == tmp_path / "fast"

    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\1")

    assert making.usable_copy([tmp_path / "fast"], folder) is None
    assert making.usable_copy([tmp_path / "fast"], None) == tmp_path / "fast"


@pytest.mark.parametrize("damage", ["shorter", "no graph", "other format", "no json"])
def test_a_copy_that_is_not_whole_is_not_used(tmp_path: Path, damage: str):
    copy = tmp_path / "fast"
    export(tiny_model(tmp_path), copy)
    facts = json.loads((copy / DESCRIPTION).read_text())

    match damage:
        case "shorter":
            (copy / GRAPH).write_bytes(b"")
        case "no graph":
            (copy / GRAPH).unlink()
        case "other format":
            (copy / DESCRIPTION).write_text(json.dumps({**facts, "format": 0}))
        case _:
            (copy / DESCRIPTION).write_text("{")

    assert making.usable_copy([copy], None) is None
    with pytest.raises(NoEmbedder):
        OnnxEmbedder(copy)


def test_eight_bits_are_as_near_to_the_reference_as_is_said():
    folder, copy = embedder_folder(), fast_copies("all-MiniLM-L6-v2")[-1]
    assert folder is not None
    samples = [*samples_folder().glob("*.md"), *samples_folder().glob("*.txt")]
    texts = [path.read_text("utf-8") for path in samples]
    passages = [text[at : at + 400] for text in texts for at in range(0, len(text), 400)]

    reference, fast = SentenceEmbedder(folder), OnnxEmbedder(copy)
    near = cosines(
        reference.embed_passages(passages).vectors, fast.embed_passages(passages).vectors
    )

    assert FastCopy.read(copy).precision == "int8"
    assert near.min() > 0.98
    assert near.mean() > 0.99
