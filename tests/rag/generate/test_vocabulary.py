"""Tokens are counted with the vocabulary alone, as the model itself makes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import GenerationFailed, ModelBroken, ModelMissing
from rag.generate.llama import LlamaModel
from rag.generate.vocabulary import Vocabulary
from rag.models.discover import trial_model
from rag.models.verify import check_gguf
from rag.reading.counting import portions

pytestmark = pytest.mark.models

TEXTS = ("", "The tenant pays on the 1st.\n\n  § 4 — Müller & Söhne\n", "<|im_end|> 国 😀" * 50)


@pytest.fixture(scope="module")
def vocabulary() -> Iterator[Vocabulary]:
    path = trial_model()
    assert path is not None
    vocabulary = Vocabulary(path, check_gguf(path).vocabulary)
    yield vocabulary
    vocabulary.close()


def test_it_counts_what_the_model_makes(vocabulary: Vocabulary):
    path = trial_model()
    assert path is not None
    model = LlamaModel(path, n_ctx=256)

    counted = [vocabulary.count_tokens(text) for text in TEXTS]

    assert counted == [model.count_tokens(text) for text in TEXTS]
    assert counted[0] == 0 < counted[1] < counted[2]
    model.close()


def test_a_closed_one_counts_no_more():
    path = trial_model()
    assert path is not None
    vocabulary = Vocabulary(path, "")

    vocabulary.close()
    vocabulary.close()

    with pytest.raises(GenerationFailed):
        vocabulary.count_tokens("a")


def test_a_file_that_is_none_is_told(tmp_path: Path):
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(100))

    with pytest.raises(ModelMissing):
        Vocabulary(tmp_path / "none.gguf", "").count_tokens("a")
    with pytest.raises(ModelBroken):
        Vocabulary(tmp_path / "broken.gguf", "").count_tokens("a")


def test_a_long_book_counted_in_portions_has_as_many_tokens_as_in_one(
    shape_model: Path, test_data: Path
):
    text = (test_data / "long" / "book-war-and-peace-1225p.txt").read_text("utf-8")[:400_000]
    vocabulary = Vocabulary(shape_model, "")

    counted = sum(map(vocabulary.count_tokens, portions(text)))

    assert counted == vocabulary.count_tokens(text.replace("\f", "\n"))
    vocabulary.close()
