"""The models that are loaded: the embedder, and the language model that the user chose."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from rag.cancel import CancelToken
from rag.chats import Chats
from rag.embed.sentence import SentenceEmbedder
from rag.errors import FootnoteError, ModelMissing, NoEmbedder, NoModel
from rag.generate.llama import LlamaModel
from rag.models import catalog, discover, verify
from rag.records import ModelInfo

_POLL_S = 0.1
_CHOICE = "model"  # the setting that keeps the chosen file; empty for the trial model


class LoadedModels:
    """Loads each model when it is first needed, and only one language model at a time.

    Safe to use from any thread. `folder` may hold models of the user's own.
    """

    def __init__(self, folder: Path, chats: Chats) -> None:
        self._folder = folder
        self._chats = chats
        self._embedder_turn = threading.Lock()
        self._embedder: SentenceEmbedder | None = None
        self._model_turn = threading.Lock()
        self._model: LlamaModel | None = None

    def close(self) -> None:
        """Free the language model's memory."""
        if self._model is not None:
            self._model.close()

    def embedder(self, cancel: CancelToken | None = None) -> SentenceEmbedder:
        """The embedder; takes seconds the first time. Raises `NoEmbedder`, `Cancelled`."""
        with _turn(self._embedder_turn, cancel):
            if self._embedder is None:
                folder = discover.embedder_folder(self._folder)
                if folder is None:
                    raise NoEmbedder
                self._embedder = SentenceEmbedder(folder)
            return self._embedder

    def info(self) -> ModelInfo:
        """The model that answers, loaded or not; see `model` for what it raises."""
        chosen = self._chats.setting(_CHOICE)
        if chosen:
            return verify.check_gguf(Path(chosen))
        return self._trial()

    def model(self, threads: int, cancel: CancelToken | None = None) -> LlamaModel:
        """The model that answers; takes seconds the first time.

        Raises `NoModel`, `ModelMissing`, `ModelBroken`, `ModelTooBig`, `Cancelled`.
        """
        with _turn(self._model_turn, cancel):
            if self._model is None:
                return self._load(self.info(), threads)
            if not self._model.info.path.is_file():
                raise ModelMissing(self._model.info.path)
            return self._model

    def use(
        self,
        path: Path,
        expected_id: str,
        threads: int,
        cancel: CancelToken,
        *,
        remember: bool,
    ) -> Generator[float, None, ModelInfo]:
        """Check a model file, load it, and answer with it from now on; yields the share checked.

        `expected_id` names the offer that it must equal, if any. The model in use stays when this
        fails: `ModelMissing`, `ModelBroken`, `ModelMismatch`, `ModelTooBig`, `Cancelled`.
        """
        path = path.expanduser().absolute()
        info = verify.check_gguf(path)
        for offer in catalog.offers():
            if offer.id == expected_id:
                yield from verify.check_download(path, offer, cancel)
        with self._model_turn:
            self._load(info, threads)
            if remember:
                self._chats.set_setting(_CHOICE, str(path))
        return info

    def use_trial(self) -> ModelInfo:
        """Answer with the trial model again; raises `NoModel`."""
        trial = self._trial()
        with self._model_turn:
            self._chats.set_setting(_CHOICE, "")
            if self._model is not None:
                self._model.close()
                self._model = None
        return trial

    def _trial(self) -> ModelInfo:
        path = discover.trial_model(self._folder)
        if path is None:
            raise NoModel
        return verify.check_gguf(path)

    def _load(self, info: ModelInfo, threads: int) -> LlamaModel:
        """Load a model in the other's place, whose memory it may need; `_model_turn` is held."""
        before = self._model
        if before is not None:
            if before.info.path == info.path:
                return before
            before.close()
            self._model = None
        try:
            self._model = LlamaModel(info.path, threads=threads, info=info)
        except FootnoteError:
            if before is not None and before.info.path.is_file():
                self._model = LlamaModel(before.info.path, threads=threads, info=before.info)
            raise
        return self._model


@contextmanager
def _turn(lock: threading.Lock, cancel: CancelToken | None) -> Generator[None, None, None]:
    """Hold `lock`; while another thread loads a model under it the wait can be cancelled."""
    while not lock.acquire(timeout=_POLL_S):
        if cancel is not None:
            cancel.check()
    try:
        yield
    finally:
        lock.release()
