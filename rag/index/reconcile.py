"""The vector index that sessions use: Chroma while it can be trusted, exact search whenever not."""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from rag.errors import FootnoteError
from rag.index import probe
from rag.index.catalog import Catalog
from rag.index.exact import ExactIndex, Ids
from rag.index.leftovers import Leftovers
from rag.index.seal import Condition, Seal
from rag.index.vectors import ChromaIndex, IndexBroken
from rag.protocols import ChunkSet, FloatMatrix, ScoredChunk

FOLDER_NAME = "chroma"
UNHURRIED_S = 3.0  # a program that asks one question and ends never needs Chroma
LAST_WORK_S = 5.0
PROBE_LIMIT_S = 120.0  # generous: a busy computer is not a damaged index
QUICK_SAMPLES = 5
THOROUGH_SAMPLES = 50
LOAD_BATCH = 10_000
REBUILD_BATCH = 250
BREATH_S = 0.02  # between batches, for those who wait for their turn
QUIET_S = 5.0  # without a deletion, before Chroma is made anew
REST_FACTOR = 30  # times as long as that took, until it is done again
CANDIDATES_MORE = 50  # than twice what is asked: Chroma proposes, the exact scores decide

_DAMAGED = (
    "The search index on the disk was damaged and is being rebuilt. "
    "Nothing was lost, and you can go on asking meanwhile."
)


class SafeIndex:
    """Vectors by chunk, in memory and in Chroma; whichever answers, the results are the same.

    Chunks of unfinished documents are never found. A vector never changes once it is in. Safe to
    use from any thread. Takes 77 MB of memory for 100,000 vectors of 384 numbers.
    """

    def __init__(self, catalog: Catalog, folder: Path, dimension: int) -> None:
        """`folder` is the library's; vectors have `dimension` numbers."""
        self._catalog = catalog
        self._folder = folder / FOLDER_NAME
        self._dimension = dimension
        self._exact = ExactIndex(dimension)
        self._chroma: ChromaIndex | None = None
        self._complete = False  # Chroma holds all that the exact index holds
        self._added = False  # something came in since it was opened
        self._turn = threading.RLock()  # held by whoever uses Chroma
        self._closing = threading.Event()
        self._wanted = threading.Event()
        self._settled = threading.Event()
        self._leftovers = Leftovers(self._folder)
        self._settler: threading.Thread | None = None
        self._seal = Seal(self._folder, catalog.identity, dimension)

    def open(self) -> str:
        """Load the vectors, so that searches work at once, and get Chroma ready in the background.

        Returns in plain words what was wrong, or "".
        """
        with ThreadPoolExecutor(1, "footnote-seal") as beside:  # the files of both are large
            looked = beside.submit(self._seal.condition)
            self._exact.make_room(self._catalog.count_vectors())
            for block in self._catalog.vector_blocks(LOAD_BATCH):
                self._exact.upsert(block.ids.tolist(), block.document_ids.tolist(), block.matrix)
            condition = looked.result()
        self._settler = threading.Thread(
            target=self._settle, args=(condition,), name="footnote-vectors"
        )
        self._settler.start()
        return _DAMAGED if condition is Condition.DAMAGED else ""

    def close(self) -> None:
        """Stop what is under way and release the files; nobody may be using the index any more.

        What came in while Chroma was not ready is given a few seconds to get there.
        """
        if self._added and not self._closing.is_set():
            self._settled.wait(LAST_WORK_S)
        self._closing.set()
        self._wanted.set()
        if self._settler is not None:
            self._settler.join()
        with self._turn:
            if self._chroma is not None:
                self._release(self._chroma)
            if self._leftovers.exist:
                with contextlib.suppress(OSError):  # the next start tries again
                    self._clear_folder()

    def wait_until_settled(self, timeout_s: float) -> bool:
        """Let the work of `open` go on now; whether Chroma answers within `timeout_s`."""
        self._wanted.set()
        return self._settled.wait(timeout_s) and self._complete

    def upsert(
        self, chunk_ids: Sequence[int], document_ids: Sequence[int], vectors: FloatMatrix
    ) -> None:
        """Add vectors, shape (len(chunk_ids), dimension), that the catalog holds already."""
        self._added = True
        self._wanted.set()
        with self._turn:
            self._exact.upsert(chunk_ids, document_ids, vectors)
            if self._chroma is not None:
                try:
                    self._chroma.upsert(chunk_ids, document_ids, vectors)
                except IndexBroken:
                    self._give_up(self._chroma)

    def delete(self, chunk_ids: Sequence[int]) -> None:
        """Forget vectors; unknown ids are ignored.

        Chroma keeps what it deletes, so it is made anew in the next quiet moment, at the latest
        when it is opened again.
        """
        if not chunk_ids:
            return
        with self._turn:
            self._exact.delete(chunk_ids)
            if self._folder.exists():
                with contextlib.suppress(OSError):
                    self._leftovers.declare()
            if self._chroma is not None:
                try:
                    self._chroma.delete(chunk_ids)
                except IndexBroken:
                    self._give_up(self._chroma)

    def query(self, vector: FloatMatrix, top_k: int, within: ChunkSet | None) -> list[ScoredChunk]:
        """The `top_k` most similar chunks of finished documents, best first, exactly scored."""
        asked = 2 * top_k + CANDIDATES_MORE
        while True:
            candidates = self._candidates(vector, asked, within)
            visible = self._catalog.complete_among([hit.chunk_id for hit in candidates])
            hits = [hit for hit in candidates if hit.chunk_id in visible]
            if len(hits) >= top_k or len(candidates) < asked:
                return hits[:top_k]
            asked *= 4

    def count(self) -> int:
        """How many vectors it holds."""
        return self._exact.count()

    # ------------------------------------------------------------ searching

    def _candidates(
        self, vector: FloatMatrix, asked: int, within: ChunkSet | None
    ) -> list[ScoredChunk]:
        # Within a scope all are compared: 26 ms for 100,000 chunks, where Chroma's filter takes 130
        # and more. That is also faster than waiting while someone else has the turn.
        if within is None and self._complete and self._turn.acquire(blocking=False):
            try:
                proposed = self._proposed(vector, asked)
            finally:
                self._turn.release()
            if proposed is not None:
                return self._exact.rescore(vector, proposed)
        return self._exact.query(vector, asked, within)

    def _proposed(self, vector: FloatMatrix, asked: int) -> list[int] | None:
        """What Chroma finds, or None when it fails or holds something back."""
        if self._chroma is None or not self._complete:
            return None
        try:
            proposed = [hit.chunk_id for hit in self._chroma.query(vector, asked, None)]
        except IndexBroken:
            self._give_up(self._chroma)
            return None
        return proposed if len(proposed) >= min(asked, self._exact.count()) else None

    # ------------------------------------------------------------ getting Chroma ready

    def _settle(self, condition: Condition) -> None:
        try:
            if condition is not Condition.EMPTY:
                self._wanted.wait(UNHURRIED_S)
            elif not self._exact.count():
                self._wanted.wait()
            if not self._closing.is_set():
                self._make_ready(condition)
        except (IndexBroken, FootnoteError, OSError):
            # without Chroma the exact index answers alone; the next start tries again
            with self._turn:
                if self._chroma is not None:
                    self._give_up(self._chroma)
        finally:
            self._settled.set()
        with contextlib.suppress(IndexBroken, FootnoteError, OSError):
            self._renew_when_quiet()

    def _renew_when_quiet(self) -> None:
        """Make Chroma anew whenever it still holds what was deleted."""
        while self._leftovers.wait(QUIET_S, self._closing):
            begun = time.monotonic()
            with self._turn:
                if self._chroma is None:
                    return
                chroma, self._chroma, self._complete = self._chroma, None, False
                chroma.close()
                self._clear_folder()
                self._chroma = ChromaIndex(self._folder, self._dimension, self._seal.origin)
            self._reconcile()
            self._closing.wait(REST_FACTOR * (time.monotonic() - begun))

    def _make_ready(self, condition: Condition) -> None:
        if condition in {Condition.SOUND, Condition.UNSURE} and not self._leftovers.exist:
            self._seal.lift()
            sound = probe.is_sound(
                self._folder,
                self._dimension,
                self._seal.origin,
                self._exact,
                samples=QUICK_SAMPLES if condition is Condition.SOUND else THOROUGH_SAMPLES,
                every_vector=condition is Condition.UNSURE,
                limit_s=PROBE_LIMIT_S,
                closing=self._closing,
            )
            if self._closing.is_set():
                return
            if not sound:
                self._clear_folder()
        elif condition is not Condition.EMPTY:
            self._clear_folder()
        with self._turn:
            self._seal.lift()
            self._chroma = ChromaIndex(self._folder, self._dimension, self._seal.origin)
        self._reconcile()

    def _reconcile(self) -> None:
        """Bring Chroma to what the exact index holds, a batch at a time, then let it answer."""
        extra_gone = False
        while not self._closing.is_set():
            with self._turn:
                if self._chroma is None:
                    return
                theirs = self._chroma.ids()
                ours = self._exact.ids()
                if not extra_gone:
                    self._chroma.delete(np.setdiff1d(theirs, ours, assume_unique=True).tolist())
                    extra_gone = True
                missing = np.setdiff1d(ours, theirs, assume_unique=True)
                if not len(missing):
                    self._complete = True
                    return
            for first in range(0, len(missing), REBUILD_BATCH):
                if self._closing.wait(BREATH_S):
                    return
                self._copy(missing[first : first + REBUILD_BATCH])

    def _copy(self, chunk_ids: Ids) -> None:
        with self._turn:
            if self._chroma is not None:
                ids, documents, vectors = self._exact.take(chunk_ids)
                self._chroma.upsert(ids.tolist(), documents.tolist(), vectors)

    def _clear_folder(self) -> None:
        """Empty the place of Chroma's folder; what cannot be deleted now is moved away."""
        aside = self._folder.with_name(f"{FOLDER_NAME}.damaged")
        shutil.rmtree(aside, ignore_errors=True)
        if self._folder.exists():
            self._folder.replace(aside)
        self._seal.lift()
        shutil.rmtree(aside, ignore_errors=True)
        self._leftovers.are_gone()

    def _give_up(self, chroma: ChromaIndex) -> None:
        """Let the exact index answer alone from now on, and the next start rebuild Chroma."""
        self._complete = False
        self._chroma = None
        with contextlib.suppress(IndexBroken):
            chroma.close()
        with contextlib.suppress(OSError):
            self._seal.declare_damaged()

    def _release(self, chroma: ChromaIndex) -> None:
        self._chroma = None
        self._complete = False
        with contextlib.suppress(IndexBroken, OSError):
            chroma.close()
            self._seal.apply()
