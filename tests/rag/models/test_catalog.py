"""The list of models that ships with the program."""

from __future__ import annotations

import hashlib
import re

import pytest

from rag.models import catalog, discover
from rag.models.verify import check_gguf


def test_exactly_the_first_offer_is_the_default():
    assert [offer.default for offer in catalog.offers()] == [True] + [False] * 6
    assert catalog.offers()[0].name == "Phi-4-mini Q4_K_M"


@pytest.mark.parametrize("offer", catalog.offers(), ids=lambda offer: offer.id)
def test_an_offer_says_all_that_is_needed_to_get_and_check_it(offer):
    assert offer.file.endswith(".gguf")
    assert offer.page_url.startswith("https://")
    assert offer.licence
    assert offer.summary.endswith(".")
    assert offer.sha256 == "" or re.fullmatch("[0-9a-f]{64}", offer.sha256)
    assert offer.size_bytes / 1e9 < offer.memory_gb < offer.size_bytes / 1e9 + 1.2


def test_ids_and_sizes_tell_offers_apart():
    offers = catalog.offers()

    assert len({offer.id for offer in offers}) == len(offers)
    assert len({offer.size_bytes for offer in offers}) == len(offers)


def test_the_trial_model_is_the_file_that_the_catalog_describes():
    path = discover.trial_model()
    assert path is not None

    info = check_gguf(path)

    assert hashlib.sha256(path.read_bytes()).hexdigest() == catalog.trial().sha256
    assert (info.name, info.is_trial) == (catalog.trial().name, True)


@pytest.mark.parametrize("entry", catalog.rerankers(), ids=lambda entry: entry.id)
def test_a_reranking_model_says_all_that_is_needed_to_get_it(entry):
    assert entry.page_url == f"https://huggingface.co/cross-encoder/{entry.id}"
    assert re.fullmatch("[0-9a-f]{40}", entry.revision)
    assert entry.licence == "Apache-2.0"
    assert entry.languages == sorted(entry.languages)
    assert "en" in entry.languages
    assert entry.max_tokens >= 512
    assert entry.summary.endswith(".")


@pytest.mark.parametrize("entry", catalog.embedders(), ids=lambda entry: entry.id)
def test_a_search_model_says_all_that_is_needed_to_get_and_use_it(entry):
    assert re.fullmatch(r"[A-Za-z0-9.-]+", entry.id), "it names a folder"
    assert entry.page_url.endswith(f"/{entry.id}")
    assert entry.licence in {"Apache-2.0", "MIT"}
    assert entry.summary.endswith(".")
    assert entry.languages
    assert entry.dimension % 64 == 0
    assert entry.max_tokens >= 256
    assert entry.sha256 == "" or re.fullmatch("[0-9a-f]{64}", entry.sha256)
    assert bool(entry.distribution) or re.fullmatch("[0-9a-f]{40}", entry.revision)


def test_search_models_can_be_told_apart():
    ids = [entry.id for entry in catalog.embedders()]

    assert len({name.casefold() for name in ids}) == len(ids)
    assert ids[0] == "all-MiniLM-L6-v2"
