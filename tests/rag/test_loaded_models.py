"""One language model is loaded at a time, and a bad one never takes a good one's place."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.chats import Chats
from rag.errors import Cancelled, ModelBroken, ModelMismatch, ModelMissing, RerankerBroken
from rag.loaded_models import LoadedModels
from rag.models import catalog
from rag.protocols import Candidate
from tests.rag.embed.tiny_cross_encoder import TOPICS, bert, passage, question, save

pytestmark = pytest.mark.models


@pytest.fixture
def chats(tmp_path: Path) -> Iterator[Chats]:
    chats = Chats.open(tmp_path)
    yield chats
    chats.close()


@pytest.fixture
def models(tmp_path: Path, chats: Chats) -> Iterator[LoadedModels]:
    models = LoadedModels(tmp_path / "models", chats)
    yield models
    models.close()


def use(models: LoadedModels, path: Path, expected_id: str = "", *, remember: bool = True) -> None:
    for _ in models.use(path, expected_id, 0, CancelToken(), remember=remember):
        pass


def test_without_a_choice_the_trial_model_answers(models: LoadedModels) -> None:
    assert models.model(0).info.is_trial


def test_a_chosen_model_answers_and_is_remembered(
    models: LoadedModels, chats: Chats, tmp_path: Path, shape_model: Path
) -> None:
    models.model(0)

    use(models, shape_model)

    assert models.model(0).info.path == shape_model
    assert LoadedModels(tmp_path, chats).info().path == shape_model
    assert models.use_trial().is_trial
    assert models.model(0).info.is_trial


def test_a_model_for_one_run_is_not_remembered(models: LoadedModels, shape_model: Path) -> None:
    use(models, shape_model, remember=False)

    assert models.model(0).info.path == shape_model
    assert models.info().is_trial


def test_a_broken_file_leaves_the_model_in_use(models: LoadedModels, tmp_path: Path) -> None:
    before = models.model(0)
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF and nothing more")

    with pytest.raises(ModelBroken):
        use(models, broken)

    assert models.model(0) is before
    assert before.count_tokens("still at work") > 0


def test_another_file_is_not_taken_for_the_one_that_was_offered(
    models: LoadedModels, shape_model: Path
) -> None:
    with pytest.raises(ModelMismatch):
        use(models, shape_model, catalog.offers()[0].id)


def test_a_model_whose_file_went_away_is_told(models: LoadedModels, tmp_path: Path) -> None:
    source = models.info().path
    copy = tmp_path / "copy.gguf"
    copy.write_bytes(source.read_bytes())
    use(models, copy)
    models.close()

    copy.unlink()

    with pytest.raises(ModelMissing):
        models.model(0)


def test_waiting_for_a_model_that_loads_can_be_cancelled(models: LoadedModels) -> None:
    cancel = CancelToken()
    cancel.cancel()

    with models._model_turn, pytest.raises(Cancelled):
        models.model(0, cancel)


def test_without_a_reranking_model_nothing_is_imported_for_one(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from rag.chats import Chats\n"
        "from rag.loaded_models import LoadedModels\n"
        f"folder = Path({str(tmp_path)!r}); chats = Chats.open(folder)\n"
        "assert LoadedModels(folder / 'models', chats).reranker() is None; chats.close()\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_a_reranking_model_that_is_put_there_is_loaded_once(
    models: LoadedModels, tmp_path: Path
) -> None:
    assert models.reranker() is None
    save(tmp_path / "models" / catalog.rerankers()[0].id, bert())
    found = [Candidate(n, 1, "", "", passage(topic), 0, 0, 0.5) for n, topic in enumerate(TOPICS)]

    reranker = models.reranker()

    assert reranker is not None
    assert models.reranker() is reranker
    assert all(0 < score < 1 for score in reranker.rerank(question(TOPICS[0]), found))


def test_a_broken_reranking_model_is_told_once_and_passed_over_after(
    models: LoadedModels, tmp_path: Path
) -> None:
    folder = tmp_path / "models" / catalog.rerankers()[0].id
    folder.mkdir(parents=True)
    (folder / "config.json").write_text('{"architectures": ["BertForSequenceClassification"]}')
    for name in ("model.safetensors", "tokenizer.json"):
        (folder / name).write_bytes(b"not what it should be")

    with pytest.raises(RerankerBroken, match=folder.name):
        models.reranker()

    assert models.reranker() is None


def test_waiting_for_a_reranking_model_that_loads_can_be_cancelled(models: LoadedModels) -> None:
    cancel = CancelToken()
    cancel.cancel()

    with models._reranker_turn, pytest.raises(Cancelled):
        models.reranker(cancel)
