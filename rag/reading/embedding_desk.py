"""Where parsed files lie while their chunks are embedded, portion by portion.

Small files share a portion and always come first; a large one is embedded between them, and what
was embedded of it is kept at once, so that nothing is embedded twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from rag.index.catalog import Catalog
from rag.protocols import ChunkVectors, Embedder, EmbedderIdentity, FloatMatrix
from rag.reading.embedding_batches import EmbeddedText, embed_in_batches
from rag.reading.read_ahead import ParsedFile
from rag.reading.writer import EmbeddedFile

_PORTION_CHUNKS = 256  # embedded together, so that batches are of one length
_ROOM_CHUNKS = 512  # of small files: enough that none is waited for


@dataclass(frozen=True, slots=True)
class Share:
    """What one batch brought."""

    chunks: int
    pages: float  # of their files, in proportion
    was_known: bool  # it was embedded before


@dataclass(slots=True)
class _File:
    """A file in work; `vectors` and `traces` fill up, for a draft they are kept in the catalog."""

    parsed: ParsedFile
    keys: list[str]
    matrix: FloatMatrix | None
    traces: list[bytes]
    embedded: int = 0
    begun: int = 0  # chunks that are in a portion, or were

    @property
    def is_finished(self) -> bool:
        return self.embedded == len(self.keys)


@dataclass(frozen=True, slots=True)
class _Place:
    """A chunk of a file."""

    file: _File
    row: int


@dataclass(slots=True)
class Desk:
    """The files that are being embedded; `embedder` is None where words alone are searched."""

    catalog: Catalog
    embedder: Embedder | None
    identity: EmbedderIdentity
    _small: deque[_File] = field(default_factory=deque["_File"])
    _large: deque[_File] = field(default_factory=deque["_File"])
    _finished: list[EmbeddedFile] = field(default_factory=list[EmbeddedFile])

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits to be embedded or to be taken."""
        return not (self._small or self._large or self._finished)

    @property
    def has_room(self) -> bool:
        """Whether another file should be put."""
        return sum(len(file.keys) - file.begun for file in self._small) < _ROOM_CHUNKS

    def put(self, parsed: ParsedFile) -> None:
        """Lay a file down; it is finished at once where there is nothing to embed."""
        fingerprint = self.identity.fingerprint
        keys = [EmbeddedText(c.context, c.text).key(fingerprint) for c in parsed.chunks]
        if not keys or self.embedder is None:
            self._finished.append(EmbeddedFile(parsed, keys, None))
            return
        is_draft = parsed.draft_id is not None
        matrix = None if is_draft else np.zeros((len(keys), self.identity.dimension), np.float32)
        file = _File(parsed, keys, matrix, [] if is_draft else [b""] * len(keys))
        (self._large if is_draft else self._small).append(file)

    def embed_portion(self) -> Iterator[Share]:
        """Embed what comes next, and tell of each batch; files may be finished then."""
        places = self._next_places()
        if not places or self.embedder is None:
            return
        texts = [_text(place) for place in places]
        keys = [place.file.keys[place.row] for place in places]
        for made in embed_in_batches(self.catalog, self.embedder, texts, keys):
            batch = [places[row] for row in made.places]
            self._keep(batch, made.vectors)
            pages = sum(_pages_of_chunk(place) for place in batch)
            yield Share(len(batch), pages, made.was_known)
        for files in (self._small, self._large):
            done = [file for file in files if file.is_finished]
            self._finished += [_embedded(file) for file in done]
            for file in done:
                files.remove(file)

    def take_finished(self) -> list[EmbeddedFile]:
        """The files that can be written now."""
        taken, self._finished = self._finished, []
        return taken

    def _next_places(self) -> list[_Place]:
        """Chunks of the small files; of the first large one where there are none."""
        places: list[_Place] = []
        for file in self._small or list(self._large)[:1]:
            room = _PORTION_CHUNKS - len(places)
            rows = range(file.begun, min(len(file.keys), file.begun + room))
            file.begun = rows.stop
            places += [_Place(file, row) for row in rows]
            if len(places) == _PORTION_CHUNKS:
                break
        return places

    def _keep(self, batch: Sequence[_Place], made: ChunkVectors) -> None:
        drafted: dict[int, list[int]] = {}
        for at, place in enumerate(batch):
            file = place.file
            file.embedded += 1
            if file.matrix is not None:
                file.matrix[place.row] = made.matrix[at]
                file.traces[place.row] = made.traces[at]
            elif file.parsed.draft_id is not None:
                drafted.setdefault(file.parsed.draft_id, []).append(at)
        for draft_id, places in drafted.items():
            keys = [batch[at].file.keys[batch[at].row] for at in places]
            self.catalog.drafts.keep_vectors(draft_id, keys, made.rows(places))


def _text(place: _Place) -> EmbeddedText:
    chunk = place.file.parsed.chunks[place.row]
    return EmbeddedText(chunk.context, chunk.text)


def _pages_of_chunk(place: _Place) -> float:
    return len(place.file.parsed.pages) / len(place.file.keys)


def _embedded(file: _File) -> EmbeddedFile:
    if file.matrix is None:
        return EmbeddedFile(file.parsed, file.keys, None, draft_holds_vectors=True)
    return EmbeddedFile(file.parsed, file.keys, ChunkVectors(file.matrix, tuple(file.traces)))
