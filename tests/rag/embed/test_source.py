"""What a model folder says of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.embed.source import Prefixes, fingerprint, prefixes


def write(folder: Path, settings: object) -> Path:
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings))
    return folder


@pytest.mark.parametrize("name", ["document", "passage", "corpus"])
def test_prefixes_are_read_under_each_of_their_names(tmp_path: Path, name: str):
    write(tmp_path, {"prompts": {"query": "q: ", name: "p: ", "other": "o: "}})

    assert prefixes(tmp_path) == Prefixes("q: ", "p: ")


@pytest.mark.parametrize("settings", [{}, {"prompts": None}, {"prompts": {"query": 1}}, []])
def test_a_folder_that_names_no_prefixes_has_none(tmp_path: Path, settings: object):
    assert prefixes(write(tmp_path, settings)) == Prefixes()


def test_a_folder_without_settings_has_no_prefixes(tmp_path: Path):
    assert prefixes(tmp_path) == Prefixes()


def test_weights_precision_and_prefixes_tell_vectors_apart():
    made = [
        fingerprint(weights, precision, words)
        for weights in ("aa", "bb")
        for precision in ("int8", "float32")
        for words in (Prefixes(), Prefixes("q: ", ""), Prefixes("", "q: "))
    ]

    assert len(set(made)) == len(made)
    assert fingerprint("aa", "float32", Prefixes()) == "aa-float32-traced"
