"""The way from a question to passages: understood, searched for, and looked at again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from rag.errors import NothingInScope, NotInLibrary, RerankerBroken
from rag.index.catalog import Catalog, StoredChunk
from rag.protocols import (
    Candidate,
    ChunkSet,
    EmbeddedQuestion,
    Embedder,
    Reranker,
    VectorIndex,
)
from rag.records import Hit, Scope, Understanding
from rag.retrieve import answerable
from rag.retrieve.closeness import TokenReranker, WeighedQuestion
from rag.retrieve.fuse import DENSE_WEIGHT, FusedChunk, best_of, fuse
from rag.retrieve.join import without_copies
from rag.retrieve.rank import RERANK_WEIGHT, Ranked, follow, raise_named, rank, shares_of
from rag.understand import LibraryNames, understand

_CANDIDATES = 100  # taken from each list, and looked at again of both together
_READ_CLOSELY = 30  # candidates for a reranking model, which is slow
_FOLLOWED = 2  # of the best passages: what they name is brought up
_MOST_FOLLOWED = 4  # documents
_REST = 20  # names are made anew after so many times as long as making them took

History = Sequence[tuple[str, str]]  # questions with their answers, oldest first
Rewriter = Callable[[str, History], str]  # the question complete in itself; empty if it cannot be


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts of the search are used: all of them, but for measuring what each brings."""

    dense: bool = True
    lexical: bool = True
    familiarity: bool = True  # the embedder counts less in languages that it was not made for
    rerank: bool = True
    follow: bool = True  # documents that the question or the best passages name are brought up
    understand: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought."""

    hits: list[Hit]
    understood: Understanding
    signals: answerable.Signals

    @property
    def chance(self) -> float:
        """How likely it is that the hits hold the answer, 0..1."""
        return answerable.probability(self.signals)


class KeptNames:
    """What the library's files are called, made anew when that may have changed.

    Safe to use from any thread. While files are read it may be a moment behind.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._turn = threading.Lock()
        self._names = LibraryNames()
        self._changes = -1
        self._made_at = self._cost_s = 0.0

    def __call__(self) -> LibraryNames:
        """The names as they are now."""
        with self._turn:
            begun, changes = time.monotonic(), self._catalog.changes
            if changes != self._changes and begun - self._made_at >= _REST * self._cost_s:
                self._names = LibraryNames(self._catalog.titles(), self._catalog.roots())
                self._changes, self._made_at = changes, time.monotonic()
                self._cost_s = self._made_at - begun
            return self._names


@dataclass(frozen=True, slots=True)
class Search:
    """Finds hits in a catalog; needs no language model."""

    catalog: Catalog
    vectors: VectorIndex
    embedder: Embedder
    names: Callable[[], LibraryNames]
    reranker: Reranker | None = None  # an installed model, which looks last
    rewrite: Rewriter | None = None  # completes the follow-ups that rules cannot complete
    parts: Parts = field(default_factory=Parts)

    def hits(self, question: str, scope: Scope, top_k: int) -> list[Hit]:
        """At most `top_k` hits, best first; raises as `find`."""
        return self.find(question, scope, top_k).hits

    def find(
        self,
        question: str,
        scope: Scope,
        top_k: int,
        history: History = (),
        *,
        as_typed: bool = False,
    ) -> Found:
        """At most `top_k` hits, best first, and how the question was read.

        `as_typed` searches all of `scope`, whatever the question names. Raises `NotInLibrary`,
        `NothingInScope`.
        """
        question = question.encode(errors="replace").decode()  # lone surrogates are no characters
        understood, within = self._understood(question, scope, history, as_typed=as_typed)
        if within is not None and not within:
            return Found([], understood, answerable.signals(0.0, 0.0, 1.0, {}, ()))
        texts = (understood.question, *understood.parts)
        run = _Run(self, understood.scope, within, [self._embedded(text) for text in texts])
        hits = without_copies(run.hits(run.ranked()), top_k)
        marked = self.catalog.matches(understood.question, [hit.text for hit in hits])
        hits = [replace(hit, matches=places) for hit, places in zip(hits, marked, strict=True)]
        seen = self._signals(run, understood.question, hits)
        return Found(hits, understood, seen)

    def _understood(
        self, question: str, scope: Scope, history: History, *, as_typed: bool
    ) -> tuple[Understanding, ChunkSet | None]:
        """How the question is read, and the chunks that it is asked of."""
        if not self.parts.understand:
            return Understanding(question, scope=scope), self.catalog.chunks_in(scope)
        if not as_typed:
            read = self._read(question, scope, history, narrow=True)
            with suppress(NothingInScope, NotInLibrary):
                within = self.catalog.chunks_in(read.scope)
                if within is None or within:
                    return read, within
        # asked for, or what the question names leaves nothing: it must have meant something else
        read = self._read(question, scope, history, narrow=False)
        return read, self.catalog.chunks_in(scope)

    def _read(
        self, question: str, scope: Scope, history: History, *, narrow: bool
    ) -> Understanding:
        today, names = datetime.now().astimezone().date(), self.names()
        read = understand(question, history, scope, names, today, narrow=narrow)
        if read.needs_model and self.rewrite is not None:
            complete = self.rewrite(question, history)
            read = understand(
                question, history, scope, names, today, rewritten=complete, narrow=narrow
            )
        return read.understanding

    def _embedded(self, text: str) -> tuple[str, EmbeddedQuestion]:
        return text, self.embedder.embed_question(text)

    def _signals(self, run: _Run, question: str, hits: Sequence[Hit]) -> answerable.Signals:
        """What `hits` tell about the chances that they answer the question."""
        words = self.catalog.indexed_words(question)
        frequencies, chunks = self.catalog.document_frequency(words)
        rarity = {
            word: answerable.rarity(frequency, chunks)
            for word, frequency in zip(words, frequencies, strict=True)
        }
        held = [set(self.catalog.indexed_words(f"{hit.title} {hit.text}")) for hit in hits]
        similarity = max((hit.dense for hit in hits), default=0.0)
        return answerable.signals(similarity, run.closest, run.familiarity, rarity, held)


class _Run:
    """One search on its way."""

    def __init__(
        self,
        search: Search,
        scope: Scope,
        within: ChunkSet | None,
        texts: Sequence[tuple[str, EmbeddedQuestion]],
    ) -> None:
        self.closest = 0.0  # how close the closest candidate comes, 0..1
        self.familiarity = texts[0][1].familiarity if search.parts.familiarity else 1.0
        self._search = search
        self._scope = scope
        self._within = within
        self._texts = texts
        self._stored: dict[int, StoredChunk] = {}

    def ranked(self) -> list[Ranked]:
        """The candidates, best first."""
        fused = self._fused(self._within)[:_CANDIDATES]
        self._store([chunk.chunk_id for chunk in fused])
        fused = [chunk for chunk in fused if chunk.chunk_id in self._stored]
        ranked = self._looked_at_again(fused)
        if self._search.parts.follow:
            ranked = self._with_named(ranked)
        return self._read_closely(ranked)

    def hits(self, ranked: Sequence[Ranked]) -> list[Hit]:
        """`ranked` as hits."""
        hits: list[Hit] = []
        for found in ranked:
            stored = self._stored[found.chunk_id]
            chunk = stored.chunk
            hits.append(
                Hit(
                    rank=len(hits) + 1,
                    score=found.score,
                    dense=found.dense,
                    lexical=found.lexical,
                    rerank=found.rerank,
                    chunk_id=stored.chunk_id,
                    document_id=stored.document_id,
                    path=stored.path,
                    title=stored.title,
                    start=chunk.start,
                    end=chunk.end,
                    text=chunk.text,
                    heading=chunk.heading,
                    place=chunk.place,
                    table=chunk.table,
                    pages=(chunk.first_page, chunk.last_page) if stored.paged else None,
                )
            )
        return hits

    def _fused(self, within: ChunkSet | None) -> list[FusedChunk]:
        search, parts = self._search, self._search.parts
        lists: list[list[FusedChunk]] = []
        for text, question in self._texts:
            trust = question.familiarity if parts.familiarity else 1.0
            weight = DENSE_WEIGHT * trust if parts.lexical else 1.0
            dense = search.vectors.query(question.vector, _CANDIDATES, within)
            lexical = search.catalog.search_words(text, _CANDIDATES, within)
            lists.append(
                fuse(
                    dense if parts.dense else [],
                    lexical if parts.lexical else [],
                    _CANDIDATES,
                    weight if parts.dense else 0.0,
                )
            )
        return best_of(lists)

    def _looked_at_again(self, fused: Sequence[FusedChunk]) -> list[Ranked]:
        """`fused` in the order that a closer look at each gives."""
        if not self._search.parts.rerank:
            return rank(fused, [0.0] * len(fused))
        candidates = [self._candidate(chunk) for chunk in fused]
        made_by = self._search.embedder.identity.fingerprint
        found = self._search.catalog.traces([chunk.chunk_id for chunk in fused], made_by)
        seen = [
            TokenReranker(self._weighed(text, question), found).rerank(text, candidates)
            for text, question in self._texts
        ]
        self.closest = max((max(scores, default=0.0) for scores in seen), default=0.0)
        # each part of a question has a best passage of its own
        best = [max(shares) for shares in zip(*map(shares_of, seen), strict=True)]
        return rank(fused, best, RERANK_WEIGHT * self.familiarity)

    def _read_closely(self, ranked: list[Ranked]) -> list[Ranked]:
        """The first of `ranked` as an installed model orders them, if there is one."""
        reranker, first = self._search.reranker, ranked[:_READ_CLOSELY]
        if reranker is None or not first:
            return ranked
        fused = [FusedChunk(r.chunk_id, r.score, r.dense, r.lexical) for r in first]
        question = self._texts[0][0]
        try:
            read = reranker.rerank(question, [self._candidate(chunk) for chunk in fused])
        except RerankerBroken:
            return ranked
        rest = ranked[_READ_CLOSELY:]
        floor = rest[0].score if rest else 0.0
        return [
            *(replace(r, score=floor + (1 - floor) * r.score) for r in rank(fused, read)),
            *rest,
        ]

    def _with_named(self, ranked: list[Ranked]) -> list[Ranked]:
        """`ranked` with the documents that the question and its best passages name."""
        catalog, names = self._search.catalog, self._search.names()
        documents = {chunk_id: stored.document_id for chunk_id, stored in self._stored.items()}
        ranked = raise_named(ranked, documents, self._documents_named(self._texts[0][0], names))
        links: list[tuple[Ranked, frozenset[int]]] = []
        for passage in ranked[:_FOLLOWED]:
            own = documents[passage.chunk_id]
            named = self._documents_named(self._stored[passage.chunk_id].chunk.text, names)
            links.append((passage, named - {own}))
        missing = {one for _, named in links for one in named} - set(documents.values())
        unseen: dict[int, int] = {}
        if missing:
            chunks = catalog.chunks_of(missing)
            if self._within is not None:
                chunks = chunks.shared_with(self._within)
            found = [chunk.chunk_id for chunk in self._fused(chunks)]
            self._store(found)
            for chunk_id in found:
                if chunk_id in self._stored:
                    unseen.setdefault(self._stored[chunk_id].document_id, chunk_id)
        return follow(ranked, documents, links, unseen)

    def _documents_named(self, text: str, names: LibraryNames) -> frozenset[int]:
        paths = names.mentioned_in(text)[:_MOST_FOLLOWED]
        found = (self._search.catalog.document_of(path) for path in paths)
        return frozenset(document for document in found if document is not None)

    def _store(self, chunk_ids: Sequence[int]) -> None:
        for stored in self._search.catalog.chunks(chunk_ids, self._scope):
            self._stored[stored.chunk_id] = stored

    def _candidate(self, chunk: FusedChunk) -> Candidate:
        stored = self._stored[chunk.chunk_id]
        return Candidate(
            chunk_id=chunk.chunk_id,
            document_id=stored.document_id,
            title=stored.title,
            heading=stored.chunk.heading,
            text=stored.chunk.text,
            dense=chunk.dense,
            lexical=chunk.lexical,
            fused=chunk.score,
        )

    def _weighed(self, text: str, question: EmbeddedQuestion) -> WeighedQuestion:
        catalog = self._search.catalog
        places, chunks = catalog.word_places(text)
        words = [
            (start, end, answerable.rarity(frequency, chunks)) for start, end, frequency in places
        ]
        return WeighedQuestion.of(question, words)
