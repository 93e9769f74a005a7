"""The one public door: a library that can be read into, searched and asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import platformdirs
import psutil

from rag.answering import Answerer, Question
from rag.cancel import CancelToken
from rag.chats import Chats
from rag.conversing import converse
from rag.disk.rules import Rules, RuleUse, uses
from rag.disk.watching import Watch
from rag.embedders import LibraryEmbedders
from rag.errors import (
    RerankerBroken,
)
from rag.events import (
    AnswerEvent,
    EmbedderChanged,
    FilesChanged,
    IngestEvent,
    WholeEvent,
    WholeFinished,
)
from rag.folder_lock import locked
from rag.index.catalog import Catalog
from rag.index.reconcile import SafeIndex
from rag.library import Library
from rag.load.sandbox import ParserPool
from rag.loaded_models import LoadedModels
from rag.options import Options
from rag.papers import Papers
from rag.protocols import LongModel
from rag.reading.holds import battery_hold
from rag.reading.patience import Patience, Start, how_to_read, tidy_up
from rag.records import (
    Answer,
    FileRecord,
    Hit,
    IngestSummary,
    ModelInfo,
    Scope,
)
from rag.searching import Found, KeptNames, Search
from rag.sections import KeptSections
from rag.showing import Showing
from rag.whole.ahead import files_hold
from rag.whole.documents import WholeDocuments


def default_folder() -> Path:
    """Where a user's library lies unless told otherwise."""
    return Path(platformdirs.user_data_dir("Footnote", appauthor=False))


class Session:
    """A library folder with everything that works on it; one at a time may be open on a folder.

    Opening is quick: models are loaded when first needed, or by `warm_up`. Reading and answering
    may run side by side in two threads; a question makes reading wait at its next batch.
    """

    def __init__(self, folder: Path | None = None, *, options: Options | None = None) -> None:
        """Raises `LibraryLocked`, `LibraryUnwritable`, `LibraryFromTheFuture`, `DiskFull`."""
        self.folder = (folder or default_folder()).expanduser().absolute()
        self._lock = locked(self.folder)
        try:
            self._catalog = Catalog.open(self.folder)
            self.chats = Chats.open(self.folder)
        except BaseException:
            self._lock.release()
            raise
        self._options = options or self.chats.options()
        self._files_read = 0  # readings into the library in work
        tidy_up(self._catalog)
        self.chats.purge_deleted()
        self.papers = Papers(self.chats, self._catalog)
        self._models = LoadedModels(self.folder / "models", self.chats)
        self._embedders = LibraryEmbedders(
            self._catalog,
            lambda dimension: SafeIndex(self._catalog, self.folder, dimension),
            self._models,
        )
        self._names = KeptNames(self._catalog)
        notices = [self._catalog.notice, self.chats.notice, *self._embedders.open()]
        self.notices = tuple(notice for notice in notices if notice)
        """What had to be repaired, in plain words."""
        cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
        parsers = max(1, cores // 2)
        self._pool = ParserPool(
            parsers,
            self._options.parse_seconds,
            self._options.parse_memory_mb,
            scratch_folder=self.folder / "scratch",
        )
        self.showing = Showing(self._catalog, self._pool)
        """What can be seen of the documents: pages as pictures, and their text."""
        self._library = Library(
            self._catalog, self._embedders.vectors, self._pool, self._embedders.reading, parsers
        )
        self._library.rules = Rules(self._options, self.folder)
        self._library.how = how_to_read(self._options)
        self._library.open_counter = self._models.token_counter
        self._patience = Patience(
            self._library.gate, self.folder, lambda: self._options.read_on_battery
        )
        self.whole = WholeDocuments(
            self.folder / "states",
            self._catalog,
            lambda: self._models.facts(self._options.threads),
            self._models.token_counter,
            lambda cancel: self._models.model(self._options.threads, cancel),
            lambda model: self._models.keep_pace(model, self._options.threads),
            self._options,
        )
        """What is read whole: planned, read ahead of questions, and kept."""
        self._sections = KeptSections.open(self.folder)
        self.whole.desk.kept_in_sections = self._sections.counter(self._catalog.content_of)
        self._models.when_closed = lambda: self.whole.reader.close_idle(0.0)
        gate = self.whole.reader.gate
        gate.hold_while(battery_hold(lambda: self._options.read_on_battery))
        gate.hold_while(files_hold(lambda: self._files_read > 0 and not self.is_paused))

    def close(self) -> None:
        """Release everything; nothing may be running any more."""
        self._library.stop_watching()
        self._pool.close()
        self.whole.close()
        self._sections.close()
        self._models.close()
        self._embedders.close()
        self._catalog.close()
        self.chats.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------ the library

    def add(
        self, paths: Sequence[Path], cancel: CancelToken
    ) -> Generator[IngestEvent, None, IngestSummary]:
        """Add or refresh `paths`, never drop others; when cancelled the finished documents stay.

        Waits on a full disk, and goes on. Raises `PathNotFound`, `NoEmbedder`.
        """
        return self._bringing_in(lambda: self._library.add(paths, cancel), cancel)

    def refresh(
        self, paths: Sequence[Path], cancel: CancelToken, *, retry: bool = True
    ) -> Generator[IngestEvent, None, IngestSummary]:
        """Read what changed under `paths`, in the whole library without any; see `add`.

        `retry` also tries again what could not be read before. Raises `NotInLibrary`.
        """
        return self._bringing_in(lambda: self._library.refresh(paths, cancel, retry=retry), cancel)

    def watch(
        self, changed: Callable[[tuple[Path, ...]], None], failed: Callable[[str], None]
    ) -> None:
        """Tell from now on, in another thread, what `catch_up` is due for; see `Watch`."""
        self._library.begin_watching(Watch(changed, failed))

    def catch_up(
        self, paths: Sequence[Path], cancel: CancelToken
    ) -> Generator[IngestEvent, None, IngestSummary]:
        """Read what changed by itself at or below `paths`, in the whole library without any."""
        return self._bringing_in(lambda: self._library.catch_up(paths, cancel), cancel)

    def notice(self, paths: Sequence[Path]) -> None:
        """Let a reading in hand forget at once what was deleted at or below `paths`."""
        self._library.notice(paths)

    def remove(self, paths: Sequence[Path]) -> FilesChanged:
        """Forget `paths`, never the files themselves; raises `NotInLibrary`."""
        gone = self._library.remove(paths)
        self._forget_changed()
        return gone

    def keep_copies(self, cancel: CancelToken) -> None:
        """Copy catalog and conversations if it is time to; for quiet moments. `Cancelled`.

        Before that goes what a kill left of files that were removed.
        """
        self._forget_changed()
        self._catalog.keep_copy(cancel)
        self.chats.keep_copy(cancel)

    def count_tokens(self, cancel: CancelToken) -> Generator[None, None, None]:
        """Count the tokens of documents for the model in use, one with each `next`.

        For quiet moments. Raises `Cancelled`, `DiskFull`.
        """
        return self._library.count_tokens(cancel)

    def offer_passwords(self, passwords: Sequence[str]) -> None:
        """Try these on locked files; they are kept in memory until the end, and nowhere else."""
        self._pool.offer_passwords(passwords)

    def acquit(self) -> None:
        """Blame no file for the end that comes now, though one may be in work."""
        self._catalog.drafts.note_all_done()

    def _bringing_in(
        self, start: Start, cancel: CancelToken
    ) -> Generator[IngestEvent, None, IngestSummary]:
        """Let the library read; what is kept of files that changed goes after that."""
        self._files_read += 1
        try:
            summary = yield from self._patience.going_on(start, cancel)
        finally:
            self._files_read -= 1
            self.whole.reader.gate.ask_again()
        if not summary.cancelled:
            self._forget_changed()
        return summary

    def _forget_changed(self) -> None:
        """Delete what models made of files that are no longer in the library as they were."""
        self.whole.forget_changed()
        self._sections.forget_unless(lambda sha: self._catalog.find_document(sha) is not None)

    def pause_reading(self) -> None:
        """Hold reading at its next batch."""
        self._library.gate.pause()

    def resume_reading(self) -> None:
        """Let reading go on."""
        self._library.gate.resume()

    @property
    def is_paused(self) -> bool:
        """Whether the user paused reading."""
        return self._library.gate.paused

    def files(self) -> list[FileRecord]:
        """The ledger: a line for every path met, by path."""
        return self._library.files()

    def rules(self) -> tuple[RuleUse, ...]:
        """What is left out of the library, and how many paths each rule concerns."""
        return uses(self._options, self._catalog.files())

    def coverage(self, scope: Scope) -> tuple[int, int]:
        """How many files in `scope` are read, and how many still wait for it."""
        return self._catalog.coverage(scope)

    def roots(self) -> list[Path]:
        """What the user added."""
        return self._catalog.roots()

    def setting(self, key: str) -> str | None:
        """A value kept for this library."""
        return self._catalog.setting(key)

    def set_setting(self, key: str, value: str) -> None:
        """Keep a value for this library."""
        self._catalog.set_setting(key, value)

    # ------------------------------------------------------------ questions

    def search(self, question: str, scope: Scope = Scope(), top_k: int = 10) -> list[Hit]:
        """The best passages, best first; raises as `find`."""
        return self.find(question, scope, top_k).hits

    def find(
        self, question: str, scope: Scope = Scope(), top_k: int = 10, *, as_typed: bool = False
    ) -> Found:
        """The best passages, and how the question was read; see `rag.searching.Search.find`.

        Raises `NotInLibrary`, `NothingInScope`, `NoEmbedder`.
        """
        with self.asking():
            return self.searching().find(question, scope, top_k, as_typed=as_typed)

    def ask(self, question: Question, cancel: CancelToken) -> Generator[AnswerEvent, None, Answer]:
        """Answer a question; see `rag.answering.Answerer.answer`."""
        with self.asking():
            return (yield from self.answerer(cancel).answer(question, cancel))

    def answerer(self, cancel: CancelToken) -> Answerer:
        """What answers questions, while `asking`."""
        return Answerer(
            self.searching(cancel),
            lambda: self._model_in_use(cancel),
            self._pool,
            self.showing.is_as_read,
            self._options,
            self.whole.desk,
            self._sections,
        )

    def converse(
        self, question: Question, conversation_id: int | None, cancel: CancelToken
    ) -> Generator[AnswerEvent, None, Answer]:
        """`ask` within a conversation, a new one for None; may also raise `NoConversation`."""
        return converse(self.chats, self.ask, question, conversation_id, cancel)

    @contextmanager
    def asking(self) -> Generator[None, None, None]:
        """Let all reading rest while a question is in work."""
        with self._library.gate.question(), self.whole.reader.gate.question():
            yield

    def tokens(self, text: str) -> int:
        """The length of `text` in the embedder's tokens."""
        return len(self._embedders.reading().token_starts(text))

    def searching(self, cancel: CancelToken | None = None) -> Search:
        """What finds passages, for those who want to look closer than `search`."""
        embedder, vectors = self._embedders.searching(cancel)
        reranker = None
        if self._options.rerank:
            with suppress(RerankerBroken):  # told by `warm_up_search`
                reranker = self._models.reranker(cancel)
        return Search(self._catalog, vectors, embedder, self._names, reranker)

    def prepare(
        self, scope: Scope, cancel: CancelToken
    ) -> Generator[WholeEvent, None, WholeFinished]:
        """Read all of `scope` ahead of any question; see `rag.whole.ahead.read_ahead`."""
        return self.whole.prepare(scope, cancel)

    # ------------------------------------------------------------ models and settings

    @property
    def options(self) -> Options:
        """The settings in force."""
        return self._options

    def set_options(self, options: Options) -> None:
        """Use and remember settings; those of the parser hold from the next start.

        What is left out is so from the next `refresh`.
        """
        self._options = options
        self._library.rules = Rules(options, self.folder)
        self._library.how = how_to_read(options)
        self._library.gate.ask_again()
        self.whole.use(options)
        self.chats.save_options(options)

    def warm_up_search(self) -> None:
        """Load the embedder, so that the first search is quick; raises `NoEmbedder`."""
        self._embedders.reading().embed_question("warm")
        self._names()

    def warm_up_reranker(self) -> None:
        """Load the reranking model, if one is installed; raises `RerankerBroken` the first time."""
        if self._options.rerank:
            self._models.reranker()

    def embedders(self) -> EmbedderChanged:
        """What the library is searched with, what is to take over, and the choices."""
        return self._embedders.state()

    def use_embedder(self, embedder_id: str) -> None:
        """Choose the library's embedder; `reembed` brings it about. Raises `EmbedderMissing`."""
        self._embedders.use(embedder_id)

    def reembed(self, cancel: CancelToken) -> Generator[EmbedderChanged, None, None]:
        """Go on with a change of the embedder, if one is due; see `LibraryEmbedders.change`.

        A question, and `pause_reading`, make it wait at its next batch.
        """
        return self._embedders.change(self._library.gate, cancel)

    def model_info(self) -> ModelInfo:
        """The model that answers; raises `NoModel`, `ModelMissing`, `ModelBroken`."""
        return self._models.info()

    def warm_up_model(self) -> ModelInfo:
        """Load the model that answers; raises as `model_info`, and `ModelTooBig`."""
        return self._models.model(self._options.threads).info

    def use_model(
        self, path: Path, expected_id: str, cancel: CancelToken, *, remember: bool = True
    ) -> Generator[float, None, ModelInfo]:
        """Answer with another model from now on; see `LoadedModels.use`."""
        return self._models.use(path, expected_id, self._options.threads, cancel, remember=remember)

    def use_trial_model(self) -> ModelInfo:
        """Answer with the trial model again; raises `NoModel`."""
        return self._models.use_trial()

    def _model_in_use(self, cancel: CancelToken) -> tuple[LongModel, str, float | None]:
        model = self._models.model(self._options.threads, cancel)
        return model, model.info.name, model.prefill_tokens_per_s
