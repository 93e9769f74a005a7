"""One language model is loaded at a time, and a bad one never takes a good one's place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.chats import Chats
from rag.errors import Cancelled, ModelBroken, ModelMismatch, ModelMissing
from rag.loaded_models import LoadedModels
from rag.models import catalog

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
