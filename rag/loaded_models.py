"""The models that are loaded: the embedder, and the language model that the user chose."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path

from rag.cancel import CancelToken
from rag.chats import Chats
from rag.embed.sentence import SentenceEmbedder
from rag.errors import FootnoteError, ModelMissing, NoEmbedder, NoModel
from rag.generate.llama import LlamaModel
from rag.models import catalog, discover, verify
from rag.records import ModelInfo

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

    def embedder(self) -> SentenceEmbedder:
        """The embedder; takes seconds the first time. Raises `NoEmbedder`."""
        with self._embedder_turn:
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
        trial = discover.trial_model(self._folder)
        if trial is None:
            raise NoModel
        return verify.check_gguf(trial)

    def model(self, threads: int) -> LlamaModel:
        """The model that answers; takes seconds the first time.

        Raises `NoModel`, `ModelMissing`, `ModelBroken`, `ModelTooBig`.
        """
        with self._model_turn:
            model = self._model
        if model is None:
            return self._load(self.info(), threads)
        if not model.info.path.is_file():
            raise ModelMissing(model.info.path)
        return model

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
        self._load(info, threads)
        if remember:
            self._chats.set_setting(_CHOICE, str(path))
        return info

    def use_trial(self) -> ModelInfo:
        """Answer with the trial model again; raises `NoModel`."""
        self._chats.set_setting(_CHOICE, "")
        with self._model_turn:
            if self._model is not None:
                self._model.close()
                self._model = None
        return self.info()

    def _load(self, info: ModelInfo, threads: int) -> LlamaModel:
        with self._model_turn:
            if self._model is not None and self._model.info.path == info.path:
                return self._model
            before = self._model
            if before is not None:
                before.close()
                self._model = None
            try:
                self._model = LlamaModel(info.path, threads=threads, info=info)
            except FootnoteError:
                if before is not None and before.info.path.is_file():
                    self._model = LlamaModel(before.info.path, threads=threads, info=before.info)
                raise
            return self._model
