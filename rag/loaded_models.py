"""The models that are loaded: embedders, a reranker, and the language model that was chosen."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from rag.cancel import CancelToken
from rag.chats import Chats
from rag.embed import making, precision
from rag.embed.cross_encoder import CrossEncoderReranker
from rag.embed.onnx import OnnxEmbedder
from rag.embed.sentence import SentenceEmbedder
from rag.embed.source import Prefixes
from rag.errors import (
    DiskFull,
    FootnoteError,
    ModelMissing,
    NoEmbedder,
    NoModel,
    RerankerBroken,
)
from rag.generate.llama import LlamaModel
from rag.generate.pace import Pace, PaceSample
from rag.generate.vocabulary import Vocabulary
from rag.models import catalog, discover, verify
from rag.models.fingerprint import sha256_of
from rag.models.shape import shape_of
from rag.protocols import Embedder, LongModel, Reranker, TokenCounter
from rag.records import EmbedderInfo, KvType, ModelInfo, ModelShape
from rag.whole.facts import ModelFacts
from rag.whole.pace import samples_of, samples_text

_POLL_S = 0.1
_EMBEDDERS_AT_ONCE = 2  # the one that is searched with, and one that is to take over
_INT8, _FLOAT32, _BFLOAT16 = "int8", "float32", "bfloat16"
_PRECISIONS = {
    _INT8: ("fast", "Fast on every computer."),
    _FLOAT32: ("exact", "Computed in full precision, which takes longer."),
    _BFLOAT16: ("fast on this processor", "The fastest on this computer's processor."),
}
_CHOICE = "model"  # the setting that keeps the chosen file; empty for the trial model
_SUMS = "models.sha256.json"  # in the library's folder: the sums of model files
_log = logging.getLogger(__name__)


class _Place:
    """Where one embedder is loaded, by one thread at a time."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.embedder: Embedder | None = None


class LoadedModels:
    """Loads each model when it is first needed, and only one language model at a time.

    Safe to use from any thread. `folder` may hold models of the user's own.
    """

    def __init__(self, folder: Path, chats: Chats) -> None:
        self._folder = folder
        self._chats = chats
        self._places_turn = threading.Lock()
        self._places: OrderedDict[str, _Place] = OrderedDict()  # the last used one last
        self._reranker_turn = threading.Lock()
        self._reranker: Reranker | None = None
        self._broken_reranker: Path | None = None
        self._model_turn = threading.Lock()
        self._model: LlamaModel | None = None
        self._known_shape: tuple[str, ModelShape] | None = None
        self.when_closed: Callable[[], object] = bool
        """Called when another model takes the place of the one in use, whose contexts are gone."""

    def close(self) -> None:
        """Free the language model's memory."""
        if self._model is not None:
            self._model.close()

    def embedder_choices(self) -> tuple[EmbedderInfo, ...]:
        """The search models that are here, in each precision that makes sense, then the others.

        The default comes first.
        """
        here = discover.embedder_names(self._folder)
        names = [entry.id for entry in catalog.embedders()]
        names += [name for name in here if name not in names]
        return tuple(info for name in names for info in self._infos(name))

    def embedder(
        self, embedder_id: str | None = None, cancel: CancelToken | None = None
    ) -> Embedder:
        """An embedder by the id of its `EmbedderInfo`, the default without.

        Takes seconds the first time, and the two used last stay loaded. Raises `NoEmbedder`,
        `Cancelled`.
        """
        wanted = embedder_id or f"{catalog.embedders()[0].id}@{_INT8}"
        with self._places_turn:
            place = self._places.setdefault(wanted, _Place())
            self._places.move_to_end(wanted)
            while len(self._places) > _EMBEDDERS_AT_ONCE:
                self._places.popitem(last=False)
        with _turn(place.turn, cancel):
            if place.embedder is None:
                place.embedder = self._load_embedder(wanted, cancel)
            return place.embedder

    def _infos(self, name: str) -> list[EmbedderInfo]:
        """A search model in every precision that it can be had in here; one that cannot, once."""
        folder = discover.embedder_folder(self._folder, name)
        kinds: list[str] = []
        places = discover.fast_copies(name, self._folder)
        if making.usable_copy(places, folder) or (folder and making.can_make()):
            kinds.append(_INT8)
        if folder and precision.has_torch():
            kinds += [_FLOAT32, _BFLOAT16] if precision.multiplies_bfloat16() else [_FLOAT32]
        if not kinds:
            return [_info(name, _INT8, installed=False)]
        return [_info(name, kind, installed=True) for kind in kinds]

    def _load_embedder(self, embedder_id: str, cancel: CancelToken | None) -> Embedder:
        name, _, kind = embedder_id.rpartition("@")
        folder = discover.embedder_folder(self._folder, name)
        prefixes = _prefixes(name)
        if kind == _INT8:
            fast = self._fast_embedder(embedder_id, name, folder, prefixes, cancel)
            if fast is not None:
                return fast
            _log.warning("%s is not to be had; %s@%s takes its place", embedder_id, name, _FLOAT32)
            embedder_id, kind = f"{name}@{_FLOAT32}", _FLOAT32
        if folder is None:
            raise NoEmbedder
        if kind == _FLOAT32:
            return SentenceEmbedder(folder, prefixes, "float32", embedder_id)
        if kind == _BFLOAT16:
            return SentenceEmbedder(folder, prefixes, "bfloat16", embedder_id)
        raise NoEmbedder

    def reranker(self, cancel: CancelToken | None = None) -> Reranker | None:
        """The reranking model that is here; None without one, and nothing is then imported.

        Takes seconds the first time. A folder that cannot be loaded raises `RerankerBroken` once,
        to be told while the search goes on, and is then as good as not there. Raises `Cancelled`.
        """
        with _turn(self._reranker_turn, cancel):
            if self._reranker is None:
                folder = discover.reranker_folder(self._folder)
                if folder is None or folder == self._broken_reranker:
                    return None
                try:
                    self._reranker = CrossEncoderReranker(
                        folder,
                        precision=_BFLOAT16 if precision.multiplies_bfloat16() else _FLOAT32,
                    )
                except RerankerBroken:
                    self._broken_reranker = folder
                    raise
            return self._reranker

    def _fast_embedder(
        self,
        embedder_id: str,
        name: str,
        folder: Path | None,
        prefixes: Prefixes | None,
        cancel: CancelToken | None,
    ) -> Embedder | None:
        """The fast copy of `folder`, made first where there is none that can be loaded."""
        places = discover.fast_copies(name, self._folder)
        copy = making.usable_copy(places, folder)
        if copy is not None:
            with suppress(NoEmbedder):
                return OnnxEmbedder(copy, prefixes, embedder_id)
        if folder is not None and making.make_copy(folder, places[0], cancel):
            return OnnxEmbedder(places[0], prefixes, embedder_id)
        return None

    def info(self) -> ModelInfo:
        """The model that answers, loaded or not; see `model` for what it raises."""
        chosen = self._chats.setting(_CHOICE)
        if chosen:
            return verify.check_gguf(Path(chosen))
        return self._trial()

    def token_counter(self) -> TokenCounter:
        """Counts tokens as the model that answers does, without loading it; see `model`."""
        info = self.info()
        return Vocabulary(info.path, info.vocabulary)

    def facts(self, threads: int) -> ModelFacts:
        """What is known of the model that answers, loaded or not; see `model`.

        Takes a second the first time for one that is not loaded.
        """
        model = self._model
        if model is not None:
            info = model.info
            return ModelFacts(
                info.name,
                model.shape,
                info.vocabulary,
                model.curve_of(KvType.F16, flash_attention=False),
                is_loaded=True,
                writes_tokens_per_s=model.decode_tokens_per_s,
            )
        info = self.info()
        curve = Pace(self._kept_pace(info, threads)).curve(flash_attention=False)
        return ModelFacts(info.name, self._shape(info), info.vocabulary, curve, is_loaded=False)

    def keep_pace(self, model: LongModel, threads: int) -> None:
        """Remember over restarts how fast the model in use reads."""
        loaded = self._model
        if loaded is not None and loaded is model and loaded.pace.samples:
            key = _pace_key(loaded.info, threads)
            with suppress(DiskFull):  # measured again then
                self._chats.set_setting(key, samples_text(loaded.pace.samples))

    def _kept_pace(self, info: ModelInfo, threads: int) -> tuple[PaceSample, ...]:
        return samples_of(self._chats.setting(_pace_key(info, threads)))

    def _shape(self, info: ModelInfo) -> ModelShape:
        key = _pace_key(info, 0)
        if self._known_shape is None or self._known_shape[0] != key:
            self._known_shape = key, shape_of(info.path)
        return self._known_shape[1]

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
                self.when_closed()
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
            self.when_closed()
        try:
            self._model = self._opened(info, threads)
        except FootnoteError:
            if before is not None and before.info.path.is_file():
                self._model = self._opened(before.info, threads)
            raise
        return self._model

    def _opened(self, info: ModelInfo, threads: int) -> LlamaModel:
        def sha256() -> str:
            return sha256_of(info.path, self._folder.parent / _SUMS)

        model = LlamaModel(info.path, threads=threads, info=info, sha256=sha256)
        model.learn(self._kept_pace(info, threads))
        return model


def _pace_key(info: ModelInfo, threads: int) -> str:
    """The setting that keeps how fast a model's file is read with so many threads."""
    try:
        changed = info.path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return f"pace {threads} {info.size_bytes} {changed} {info.path}"


def _info(name: str, kind: str, *, installed: bool) -> EmbedderInfo:
    shown, speed = _PRECISIONS[kind]
    for entry in catalog.embedders():
        if entry.id == name:
            return EmbedderInfo(
                id=f"{name}@{kind}",
                name=f"{entry.name}, {shown}",
                summary=f"{entry.summary} {speed}",
                dimension=entry.dimension,
                licence=entry.licence,
                page_url=entry.page_url,
                installed=installed,
            )
    return EmbedderInfo(
        id=f"{name}@{kind}",
        name=f"{name}, {shown}",
        summary=f"Your own model. {speed}",
        dimension=0,
        licence="",
        page_url="",
        installed=installed,
    )


def _prefixes(name: str) -> Prefixes | None:
    """What the catalog says a model wants before its texts; None for one that it does not list."""
    for entry in catalog.embedders():
        if entry.id == name:
            return Prefixes(entry.question_prefix, entry.passage_prefix)
    return None


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
