"""The reference embedder with its real model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.embed.sentence import SentenceEmbedder, batches
from rag.errors import NoEmbedder
from rag.models import catalog
from rag.models.discover import embedder_folder

TEXTS = ["A short one.", "The lease ends in May. " * 30, "", "Notice is three months.", "東京 🎉"]


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    folder = embedder_folder()
    assert folder is not None, "the search model's package is not installed"
    return SentenceEmbedder(folder)


def test_texts_of_like_length_are_batched_within_the_limit():
    sizes = [10, 100, 12, 90, 11, 300, 0]

    groups = batches(sizes, 200)

    assert groups == [[5], [1, 3], [2, 4, 0, 6]]
    assert batches([], 200) == []


@pytest.mark.models
def test_vectors_are_unit_rows_in_the_order_of_the_texts(embedder: SentenceEmbedder):
    together = embedder.embed_passages(TEXTS)
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])

    assert together.shape == (len(TEXTS), 384)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.abs(together - alone).max() < 1e-5


@pytest.mark.models
def test_no_texts_are_no_vectors(embedder: SentenceEmbedder):
    assert embedder.embed_passages([]).shape == (0, 384)


@pytest.mark.models
def test_a_question_is_nearest_to_the_passage_that_answers_it(embedder: SentenceEmbedder):
    question = embedder.embed_question("How long is the notice period?")

    assert question.shape == (384,)
    assert question.dtype == np.float32
    assert int((embedder.embed_passages(TEXTS) @ question).argmax()) == 3


@pytest.mark.models
def test_tokens_are_located_in_code_points(embedder: SentenceEmbedder):
    text = "Grüße 🎉 from the\n\nlighthouse"

    starts = list(embedder.token_starts(text))

    assert starts == sorted(starts)
    assert starts[0] == 0
    assert {text.index("from"), text.index("the"), text.index("light")} <= set(starts)


@pytest.mark.models
def test_a_long_text_is_located_to_its_end(embedder: SentenceEmbedder):
    text = "word " * 5000

    assert list(embedder.token_starts(text)) == [5 * n for n in range(5000)]


@pytest.mark.models
def test_the_identity_is_the_catalogs(embedder: SentenceEmbedder):
    entry = catalog.embedders()[0]

    assert embedder.identity.dimension == entry.dimension
    assert embedder.identity.max_tokens == entry.max_tokens
    assert embedder.identity.fingerprint == f"{entry.sha256}-float32"


def test_an_incomplete_folder_is_no_search_model(tmp_path: Path):
    with pytest.raises(NoEmbedder):
        SentenceEmbedder(tmp_path)
