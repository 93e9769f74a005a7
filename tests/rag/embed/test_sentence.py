"""What the reference embedder does beyond the contract."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.embed import precision, sentence
from rag.embed.sentence import SentenceEmbedder, batches
from rag.embed.source import Prefixes
from rag.errors import NoEmbedder
from rag.models import catalog
from rag.models.discover import embedder_folder
from tests.rag.embed.tiny_models import tiny_model

PROMPTS = {"query": "query: ", "document": "passage: "}


def test_texts_of_like_length_are_batched_within_the_limit():
    sizes = [10, 100, 12, 90, 11, 300, 0]

    groups = batches(sizes, 200)

    assert groups == [[5], [1, 3], [2, 4, 0, 6]]
    assert batches([], 200) == []


def test_an_incomplete_folder_is_no_search_model(tmp_path: Path):
    with pytest.raises(NoEmbedder):
        SentenceEmbedder(tmp_path)


@pytest.mark.models
def test_the_identity_is_the_catalogs():
    entry, folder = catalog.embedders()[0], embedder_folder()
    assert folder is not None

    identity = SentenceEmbedder(folder, name="mine").identity

    assert identity.name == "mine"
    assert identity.dimension == entry.dimension
    assert identity.max_tokens == entry.max_tokens
    assert identity.fingerprint == f"{entry.sha256}-float32-traced"


@pytest.mark.models
def test_the_models_own_prefixes_go_before_its_texts(tmp_path: Path):
    plain = SentenceEmbedder(tiny_model(tmp_path / "plain"))
    prefixed = SentenceEmbedder(tiny_model(tmp_path / "prefixed", prompts=PROMPTS))

    passages = prefixed.embed_passages(["notice"]).vectors
    question = prefixed.embed_question("notice").vector

    assert np.allclose(passages, plain.embed_passages(["passage: notice"]).vectors, atol=1e-5)
    assert np.allclose(question, plain.embed_question("query: notice").vector, atol=1e-5)
    assert prefixed.identity.fingerprint != plain.identity.fingerprint


@pytest.mark.models
def test_told_prefixes_take_the_place_of_the_models_own(tmp_path: Path):
    folder = tiny_model(tmp_path, prompts=PROMPTS)

    told = SentenceEmbedder(folder, Prefixes("what : ", ""))

    plain = SentenceEmbedder(folder, Prefixes())
    assert np.allclose(
        told.embed_question("oil").vector, plain.embed_question("what : oil").vector, atol=1e-5
    )
    assert np.allclose(
        told.embed_passages(["oil"]).vectors, plain.embed_passages(["oil"]).vectors, atol=1e-5
    )


@pytest.mark.models
def test_a_processor_not_made_for_a_precision_does_not_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import torch

    if torch.cuda.is_available():
        pytest.skip("a graphics card computes in bfloat16 itself")
    monkeypatch.setattr(sentence, "multiplies_bfloat16", lambda: False)

    with pytest.raises(NoEmbedder):
        SentenceEmbedder(tiny_model(tmp_path), precision="bfloat16")


@pytest.mark.models
@pytest.mark.skipif(not precision.multiplies_bfloat16(), reason="needs a processor with AMX")
def test_what_the_processor_is_said_to_do_torch_says_too():
    import torch

    assert torch.cpu._is_amx_tile_supported()
