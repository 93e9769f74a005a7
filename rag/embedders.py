"""Which embedder the library is searched with, which is to take over, and how that comes about.

A change goes on in the background for as long as it takes, and over restarts: every batch of new
vectors is kept. Until the last one is there the old vectors are searched by the old embedder.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.cancel import CancelToken
from rag.errors import EmbedderMissing, NoEmbedder
from rag.events import EmbedderChanged
from rag.index.catalog import Catalog
from rag.index.current import CurrentIndex, OpenableIndex
from rag.index.embedders import KnownEmbedder
from rag.index.exact import ExactIndex
from rag.protocols import Embedder, VectorIndex
from rag.reading.embedding_batches import EmbeddedText, embed_in_batches
from rag.reading.gate import ReadingGate
from rag.records import EmbedderInfo

_WISH = "embedder"  # the setting that keeps what the user chose
_GROUP_CHUNKS = 256  # looked up together, so that batches are of one length
_RATE_KNOWN_S = 2.0


class EmbedderSource(Protocol):
    """Where embedders come from."""

    def embedder_choices(self) -> Sequence[EmbedderInfo]:
        """The embedders that there are, the default first; quick."""
        ...

    def embedder(
        self, embedder_id: str | None = None, cancel: CancelToken | None = None
    ) -> Embedder:
        """The embedder, loaded; raises `NoEmbedder` where it is not installed, `Cancelled`."""
        ...


@dataclass(frozen=True, slots=True)
class _InUse:
    """The embedder that made the vectors, loaded, with the index of these vectors."""

    embedder: Embedder
    vectors: VectorIndex


class LibraryEmbedders:
    """The embedder in use and the coming one. Safe to use from any thread, but for `change`."""

    def __init__(
        self, catalog: Catalog, make_index: Callable[[int], OpenableIndex], source: EmbedderSource
    ) -> None:
        """`make_index` gives an index for vectors of so many numbers, not yet opened."""
        self.vectors = CurrentIndex(catalog, make_index)
        self._catalog = catalog
        self._source = source
        self._turn = threading.Lock()
        self._in_use: _InUse | None = None
        self._is_another = False  # what has the name of the one in use is not what made its vectors

    def open(self) -> tuple[str, ...]:
        """Open the vector index; in plain words what is wrong with it or with the embedders."""
        notices = [self.vectors.open()]
        known, wish = self._catalog.embedders.in_use(), self._wish()
        if known is not None:
            gone, stand_in = not self._is_installed(known.name), self._default()
            if gone and stand_in is not None:
                notices.append(
                    f"The search model “{self._info(known).name}” is not on this computer any "
                    "more. Until everything is embedded with "
                    f"“{stand_in.name}”, your files are found by their words alone."
                )
            elif wish and wish != known.name and not self._is_installed(wish):
                notices.append(
                    f"The search model “{_short(wish)}” is not on this computer any more. "
                    f"Your library goes on being searched with “{self._info(known).name}”."
                )
        return tuple(notice for notice in notices if notice)

    def close(self) -> None:
        """Release the index's files; nobody may be using it any more."""
        self.vectors.close()

    # ------------------------------------------------------------ the one in use

    def searching(self, cancel: CancelToken | None = None) -> tuple[Embedder, VectorIndex]:
        """The embedder in use with its vectors; loading it takes seconds the first time.

        Where it is not to be had any more, one that is, and no vectors: words alone are found.
        Raises `NoEmbedder`, `Cancelled`.
        """
        in_use = self._loaded(cancel)
        if in_use is not None:
            return in_use.embedder, in_use.vectors
        other = self._stand_in(cancel)
        return other, ExactIndex(other.identity.dimension)

    def reading(self, cancel: CancelToken | None = None) -> Embedder:
        """The embedder that what is read now is made searchable with; raises as `searching`."""
        return self.searching(cancel)[0]

    def state(self) -> EmbedderChanged:
        """What the library is searched with; loads nothing."""
        embedders = self._catalog.embedders
        choices = tuple(self._source.embedder_choices())
        known, begun = embedders.in_use(), embedders.coming()
        if known is None:
            return EmbedderChanged(self._first() or choices[0], choices)
        target = self._target(known, usable=self._is_installed(known.name) and not self._is_another)
        if begun is not None and (target.id == begun.name if target else not self._wish()):
            return self._told(known, begun)
        total = self._catalog.count_chunks() if target else 0
        return EmbedderChanged(self._info(known), choices, target, 0, total)

    def _told(self, known: KnownEmbedder, coming: KnownEmbedder) -> EmbedderChanged:
        total = self._catalog.count_chunks()
        return EmbedderChanged(
            self._info(known),
            tuple(self._source.embedder_choices()),
            self._info(coming),
            total - self._catalog.embedders.count_unembedded(coming),
            total,
        )

    def _loaded(self, cancel: CancelToken | None) -> _InUse | None:
        """The embedder in use, None where it is not to be had; a new library gets one."""
        if self._in_use is not None:
            return self._in_use
        known = self._catalog.embedders.in_use()
        if known is None:
            known = self._adopted(cancel)
        if not self._is_installed(known.name):
            return None
        try:
            embedder = self._source.embedder(known.name, cancel)
        except NoEmbedder:
            return None
        if not self._made_by(known, embedder):
            self._is_another = True
            return None
        with self._turn:
            now = self._catalog.embedders.in_use()
            if self._in_use is None and now is not None and now.row == known.row:
                self._in_use = _InUse(embedder, self.vectors.now)
            return self._in_use

    def _adopted(self, cancel: CancelToken | None) -> KnownEmbedder:
        """Give a new library the embedder that was wished for, or the default."""
        chosen = self._first()
        if chosen is None:
            raise NoEmbedder
        identity = self._source.embedder(chosen.id, cancel).identity
        with self._turn:
            known = self._catalog.embedders.adopt(identity.name, identity)
            self.vectors.open()
        return known

    def _made_by(self, known: KnownEmbedder, embedder: Embedder) -> bool:
        """Whether `embedder` is the one that made the vectors of `known`."""
        identity = embedder.identity
        if known.dimension != identity.dimension:
            return False
        if known.fingerprint:
            return known.fingerprint == identity.fingerprint
        for key, context, text in self._catalog.embedders.some_keys(known):
            if key != EmbeddedText(context, text).key(identity.fingerprint):
                return False
        self._catalog.embedders.identify(identity.fingerprint)
        return True

    def _stand_in(self, cancel: CancelToken | None) -> Embedder:
        known = self._catalog.embedders.in_use()
        target = self._target(known, usable=False)
        if target is None:
            raise NoEmbedder
        return self._source.embedder(target.id, cancel)

    # ------------------------------------------------------------ the coming one

    def use(self, embedder_id: str) -> None:
        """Wish for another embedder, or to keep the one in use; `change` brings it about.

        Raises `EmbedderMissing`.
        """
        if not self._is_installed(embedder_id):
            raise EmbedderMissing(_short(embedder_id))
        self._catalog.set_setting(_WISH, embedder_id)

    def change(
        self, gate: ReadingGate, cancel: CancelToken
    ) -> Generator[EmbedderChanged, None, None]:
        """Embed what the coming embedder has not embedded yet, then let it take over.

        Yields nothing when there is nothing to change. Waits at `gate` between batches. May be
        closed at any time, and called again later to go on; nothing else may change the library
        meanwhile. Raises `NoEmbedder`, `DiskFull`, `Cancelled`.
        """
        embedders = self._catalog.embedders
        embedders.drop_past()
        while self._may_be_due():
            usable = self._loaded(cancel) is not None
            known = embedders.in_use()
            target = self._target(known, usable=usable)
            if known is None or target is None:
                break
            embedder = self._coming(target, known, cancel)
            if embedder.identity.fingerprint == known.fingerprint:
                self._catalog.set_setting(_WISH, known.name)  # it is the same in another dress
                continue
            coming = embedders.expect(embedder.identity.name, embedder.identity)
            done = yield from self._embed(known, coming, embedder, gate, cancel)
            if done and embedders.take_over():
                with self._turn:
                    self.vectors.renew()
                    self._in_use = _InUse(embedder, self.vectors.now)
                    self._is_another = False
                yield self.state()
                embedders.drop_past()
        if embedders.coming() is not None and self._is_kept():
            embedders.expect_none()
            yield self.state()
            embedders.drop_past()

    def _may_be_due(self) -> bool:
        """Whether a change can be due, as far as can be told without loading an embedder."""
        known, wish = self._catalog.embedders.in_use(), self._wish()
        return known is not None and (
            self._is_another
            or not known.fingerprint
            or not self._is_installed(known.name)
            or wish not in {"", known.name}
            or self._catalog.embedders.coming() is not None
        )

    def _coming(self, target: EmbedderInfo, known: KnownEmbedder, cancel: CancelToken) -> Embedder:
        """Load what is to take over; where that fails the wish for it is given up."""
        try:
            return self._source.embedder(target.id, cancel)
        except NoEmbedder as error:
            if target.id == known.name:
                raise
            self._catalog.set_setting(_WISH, "")
            raise EmbedderMissing(target.name) from error

    def _embed(
        self,
        known: KnownEmbedder,
        coming: KnownEmbedder,
        embedder: Embedder,
        gate: ReadingGate,
        cancel: CancelToken,
    ) -> Generator[EmbedderChanged, None, bool]:
        """Whether all is embedded; False when the user wished for something else meanwhile."""
        embedders, wish = self._catalog.embedders, self._wish()
        progress = _Progress(self._told(known, coming))
        yield progress.told(paused=gate.paused)
        while chunks := embedders.unembedded(coming, _GROUP_CHUNKS):
            texts = [EmbeddedText(chunk.context, chunk.text) for chunk in chunks]
            keys = [text.key(coming.fingerprint) for text in texts]
            if gate.paused:
                yield progress.told(paused=True)
            progress.wait(gate, cancel)
            for batch in embed_in_batches(self._catalog, embedder, texts, keys):
                made = [chunks[place] for place in batch.places]
                named = [keys[place] for place in batch.places]
                embedders.write_vectors(coming, made, named, batch.vectors)
                progress.add(len(made))
                yield progress.told(paused=gate.paused)
                progress.wait(gate, cancel)
                if self._wish() != wish:
                    return False
        return True

    def _target(self, known: KnownEmbedder | None, *, usable: bool) -> EmbedderInfo | None:
        """What is to take over from `known`, which cannot be used any more unless `usable`."""
        if known is None:
            return None
        wish = self._wish()
        if wish and (wish != known.name or not usable) and self._is_installed(wish):
            return self._choice(wish)
        if usable:
            return None
        return self._choice(known.name) if self._is_installed(known.name) else self._default()

    def _is_kept(self) -> bool:
        """Whether the user wants the embedder in use, and not one that is only missing now."""
        known, wish = self._catalog.embedders.in_use(), self._wish()
        return known is not None and wish in ("", known.name)

    # ------------------------------------------------------------ choices

    def _wish(self) -> str:
        return self._catalog.setting(_WISH) or ""

    def _first(self) -> EmbedderInfo | None:
        """What a new library is searched with."""
        wish = self._wish()
        return self._choice(wish) if self._is_installed(wish) else self._default()

    def _default(self) -> EmbedderInfo | None:
        return next((info for info in self._source.embedder_choices() if info.installed), None)

    def _choice(self, embedder_id: str) -> EmbedderInfo | None:
        choices = self._source.embedder_choices()
        return next((info for info in choices if info.id == embedder_id), None)

    def _is_installed(self, embedder_id: str) -> bool:
        choice = self._choice(embedder_id)
        return choice is not None and choice.installed

    def _info(self, known: KnownEmbedder) -> EmbedderInfo:
        """An embedder as it is shown, also one that is not among the choices any more."""
        unlisted = EmbedderInfo(
            known.name, _short(known.name), "", known.dimension, "", "", installed=False
        )
        return self._choice(known.name) or unlisted


class _Progress:
    """How far a change is, and how long it will take at the speed so far."""

    def __init__(self, begun: EmbedderChanged) -> None:
        self._state = begun
        self._done = 0
        self._since = time.monotonic()
        self._waited_s = 0.0

    def wait(self, gate: ReadingGate, cancel: CancelToken) -> None:
        """Pass the gate; the time spent there does not count."""
        begun = time.monotonic()
        gate.wait(cancel)
        self._waited_s += time.monotonic() - begun

    def add(self, chunks: int) -> None:
        self._done += chunks

    def told(self, *, paused: bool) -> EmbedderChanged:
        state = self._state
        done = min(state.chunks_done + self._done, state.chunks_total)
        spent = time.monotonic() - self._since - self._waited_s
        left = None
        if spent > _RATE_KNOWN_S and self._done:
            left = spent / self._done * (state.chunks_total - done)
        return EmbedderChanged(
            state.current, state.choices, state.coming, done, state.chunks_total, left, paused
        )


def _short(embedder_id: str) -> str:
    """The name without the precision: "all-MiniLM-L6-v2" of "all-MiniLM-L6-v2@int8"."""
    return embedder_id.partition("@")[0]
