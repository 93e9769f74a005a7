"""Whether a file is a language model, and the one that was meant."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled, ModelBroken, ModelMismatch, ModelMissing
from rag.models import catalog, verify
from rag.models.verify import check_download, check_gguf
from rag.records import ModelInfo, ModelOffer
from tests.rag.models.gguf_files import write_gguf


def offer_of(path: Path, **changes: str) -> ModelOffer:
    return dataclasses.replace(
        catalog.offers()[0],
        size_bytes=path.stat().st_size,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        **changes,
    )


def test_a_language_model_is_described_by_its_header(tmp_path: Path):
    path = write_gguf(tmp_path / "My Model.Q4.gguf", context=8192)

    info = check_gguf(path)

    size = path.stat().st_size
    assert info == ModelInfo("My Model.Q4", path, size, 8192, False, vocabulary=info.vocabulary)


def test_a_file_of_a_catalog_models_size_is_called_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = write_gguf(tmp_path / "download(1).gguf")
    offer = offer_of(path)
    monkeypatch.setattr(catalog, "offers", lambda: (offer,))

    assert check_gguf(path).name == "Phi-4-mini Q4_K_M"


@pytest.mark.parametrize("missing", [1, 500, 4000, 8000])
def test_a_truncated_download_is_refused(tmp_path: Path, missing: int):
    path = write_gguf(tmp_path / "m.gguf")
    path.write_bytes(path.read_bytes()[:-missing])

    with pytest.raises(ModelBroken, match="download is not complete"):
        check_gguf(path)


def test_a_download_that_ends_in_its_header_is_refused(tmp_path: Path):
    path = write_gguf(tmp_path / "m.gguf")
    path.write_bytes(path.read_bytes()[:200])

    with pytest.raises(ModelBroken, match="ends too early"):
        check_gguf(path)


@pytest.mark.parametrize(
    ("reason", "options"),
    [
        ("not a model that writes answers", {"architecture": "bert"}),
        ("not a model that writes answers", {"extra": {"llama.pooling_type": 3}}),
        ("a part of a model: adapter", {"extra": {"general.type": "adapter"}}),
        ("no vocabulary", {"vocabulary": False}),
        ("holds no model", {"tensors": 0}),
        ("how long its context is", {"context": 0}),
        ("choose the first part", {"extra": {"split.no": 1}}),
    ],
)
def test_what_writes_no_answers_is_refused_with_its_reason(
    tmp_path: Path, reason: str, options: dict[str, object]
):
    path = write_gguf(tmp_path / "m.gguf", **options)  # type: ignore[arg-type]

    with pytest.raises(ModelBroken, match=reason):
        check_gguf(path)


@pytest.mark.parametrize(
    "content", [b"", b"GG", b"%PDF-1.7 and more text", b"GGUF" + b"\xff" * 100]
)
def test_what_is_no_gguf_file_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "m.gguf"
    path.write_bytes(content)

    with pytest.raises(ModelBroken, match=r"m\.gguf"):
        check_gguf(path)


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path):
    with pytest.raises(ModelBroken, match="directory"):
        check_gguf(tmp_path)
    with pytest.raises(ModelMissing):
        check_gguf(tmp_path / "gone.gguf")


def test_the_right_download_passes_with_rising_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(verify, "_HASH_BYTES", 1000)
    path = write_gguf(tmp_path / "m.gguf")

    shares = list(check_download(path, offer_of(path), CancelToken()))

    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(shares) > 5


def test_without_a_known_hash_the_size_decides(tmp_path: Path):
    path = write_gguf(tmp_path / "m.gguf")
    offer = dataclasses.replace(offer_of(path), sha256="")

    assert list(check_download(path, offer, CancelToken())) == [0.0, 1.0]


def test_a_download_of_another_size_is_refused(tmp_path: Path):
    path = write_gguf(tmp_path / "m.gguf")

    with pytest.raises(ModelMismatch, match="instead of 2,491,874,272"):
        next(check_download(path, catalog.offers()[0], CancelToken()))


def test_a_download_with_one_changed_byte_is_refused(tmp_path: Path):
    path = write_gguf(tmp_path / "m.gguf")
    offer = offer_of(path)
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)

    with pytest.raises(ModelMismatch, match="SHA-256"):
        list(check_download(path, offer, CancelToken()))


def test_checking_can_be_cancelled(tmp_path: Path):
    path = write_gguf(tmp_path / "m.gguf")
    cancel = CancelToken()
    run = check_download(path, offer_of(path), cancel)
    next(run)

    cancel.cancel()

    with pytest.raises(Cancelled):
        next(run)


def test_a_download_that_is_gone_is_named(tmp_path: Path):
    with pytest.raises(ModelMissing):
        next(check_download(tmp_path / "gone.gguf", catalog.offers()[0], CancelToken()))
