"""Search models are chosen by name and precision; the default needs no torch."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.chats import Chats
from rag.embed import making, precision
from rag.embed.fast_copy import DESCRIPTION, GRAPH
from rag.embed.onnx import OnnxEmbedder
from rag.embed.sentence import SentenceEmbedder
from rag.errors import Cancelled, NoEmbedder
from rag.loaded_models import LoadedModels
from rag.models import discover
from tests.rag.embed.tiny_models import tiny_model

DEFAULT = "all-MiniLM-L6-v2"


@pytest.fixture
def models(tmp_path: Path) -> Iterator[LoadedModels]:
    chats = Chats.open(tmp_path)
    (tmp_path / "models").mkdir()
    yield LoadedModels(tmp_path / "models", chats)
    chats.close()


@pytest.fixture
def own(tmp_path: Path, models: LoadedModels) -> Path:
    """A model of the user's own, called "own"."""
    made = tiny_model(tmp_path)
    return made.rename(tmp_path / "models" / "own")


def no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "has_torch", lambda: False)
    monkeypatch.setattr(making, "can_make", lambda: False)


def ids(models: LoadedModels, *, installed: bool = True) -> list[str]:
    return [info.id for info in models.embedder_choices() if info.installed == installed]


def test_the_default_is_the_first_choice_and_others_are_to_be_had(models: LoadedModels):
    choices = models.embedder_choices()

    assert choices[0].id == f"{DEFAULT}@int8"
    assert choices[0].installed
    assert f"{DEFAULT}@float32" in ids(models)
    assert ids(models, installed=False) == [
        "mdbr-leaf-ir@int8",
        "multilingual-e5-small@int8",
        "bekko-embedding-v1-a8m@int8",
    ]
    assert len({info.name for info in choices}) == len(choices)


@pytest.mark.parametrize("able", [True, False])
def test_bfloat16_is_a_choice_only_where_the_processor_can(
    models: LoadedModels, monkeypatch: pytest.MonkeyPatch, *, able: bool
):
    monkeypatch.setattr(precision, "multiplies_bfloat16", lambda: able)

    assert (f"{DEFAULT}@bfloat16" in ids(models)) == able


def test_without_torch_only_fast_copies_can_be_chosen(
    models: LoadedModels, monkeypatch: pytest.MonkeyPatch
):
    no_torch(monkeypatch)

    assert ids(models) == [f"{DEFAULT}@int8"]


def test_an_unknown_model_is_no_search_model(models: LoadedModels):
    for name in ("unknown@int8", "unknown@float32", f"{DEFAULT}@int4", "nonsense"):
        with pytest.raises(NoEmbedder):
            models.embedder(name)


def test_the_default_is_fast_and_loaded_once(models: LoadedModels):
    embedder = models.embedder()

    assert isinstance(embedder, OnnxEmbedder)
    assert embedder.identity.name == f"{DEFAULT}@int8"
    assert models.embedder(f"{DEFAULT}@int8") is embedder


def test_waiting_for_an_embedder_that_loads_can_be_cancelled(models: LoadedModels):
    cancel = CancelToken()
    cancel.cancel()
    models.embedder()

    with models._places[f"{DEFAULT}@int8"].turn, pytest.raises(Cancelled):
        models.embedder(cancel=cancel)


@pytest.mark.models
def test_a_model_of_the_users_own_is_made_fast_when_it_is_first_used(
    models: LoadedModels, own: Path
):
    assert {"own@int8", "own@float32"} <= set(ids(models))

    fast = models.embedder("own@int8")

    assert isinstance(fast, OnnxEmbedder)
    assert fast.identity.name == "own@int8"
    assert (own.parent / "own-int8" / GRAPH).is_file()


@pytest.mark.models
def test_two_embedders_stay_loaded_at_once(models: LoadedModels, own: Path):
    default, exact = models.embedder(), models.embedder("own@float32")

    assert isinstance(exact, SentenceEmbedder)
    assert models.embedder() is default
    assert models.embedder("own@float32") is exact


@pytest.mark.models
def test_a_model_that_cannot_be_made_fast_is_used_in_full_precision(
    models: LoadedModels,
    own: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    monkeypatch.setattr(making, "can_make", lambda: False)

    with caplog.at_level(logging.WARNING):
        embedder = models.embedder("own@int8")

    assert embedder.identity.name == "own@float32"
    assert embedder.identity.fingerprint.endswith("-float32-traced")
    assert "own@float32 takes its place" in caplog.text


@pytest.mark.models
def test_a_damaged_fast_copy_is_made_again(models: LoadedModels, own: Path):
    copy = discover.fast_copies("own", own.parent)[0]
    shutil.copytree(discover.fast_copies(DEFAULT)[-1], copy)
    before = models.embedder("own@float32").identity
    facts = (copy / DESCRIPTION).read_text()
    graph = copy / GRAPH
    graph.write_bytes(b"\0" * graph.stat().st_size)

    fast = models.embedder("own@int8")

    assert fast.identity.dimension == before.dimension
    assert (copy / DESCRIPTION).read_text() != facts
