"""Counts the tokens of documents, as the language model that answers makes them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator

import regex

from rag.cancel import CancelToken
from rag.errors import (
    DocumentGone,
    FootnoteError,
    GenerationFailed,
    ModelBroken,
    ModelMissing,
)
from rag.index.catalog import Catalog
from rag.index.token_counts import CountedDocument
from rag.protocols import TokenCounter
from rag.records import Scope

OpenCounter = Callable[[], TokenCounter | None]
"""Gives the counter of the model that answers; None, or a `FootnoteError`, where there is none."""

_PORTION_CHARS = 50_000  # a tenth of a second, so that counting can be cancelled
_AT_ONCE = 50  # documents
# Where tokens end in the vocabularies that split text into words first.
_LINE_END = regex.compile(r"\n(?=\S)")


def no_counter() -> None:
    """Where no model is to be counted for."""


def portions(text: str) -> Iterator[str]:
    """A document's reading text as models are shown it, in portions that count as they join."""
    text = text.replace("\f", "\n")
    start = 0
    while len(text) - start > _PORTION_CHARS:
        found = _LINE_END.search(text, start + _PORTION_CHARS, start + 2 * _PORTION_CHARS)
        end = found.end() if found else start + 2 * _PORTION_CHARS
        yield text[start:end]
        start = end
    yield text[start:]


class TokenDesk:
    """Counts with a vocabulary that is loaded when first needed, for one thread at a time."""

    def __init__(self, catalog: Catalog, open_counter: OpenCounter) -> None:
        self._catalog = catalog
        self._open = open_counter
        self._counter: TokenCounter | None = None
        self._is_open = False

    def close(self) -> None:
        """Free the vocabulary."""
        if self._counter is not None:
            self._counter.close()
        self._counter, self._is_open = None, False

    def count(self, document_id: int, cancel: CancelToken) -> int | None:
        """Count a document and keep that; None where it, or any model, is not there.

        Raises `Cancelled`, `DiskFull`.
        """
        counter = self._loaded()
        if counter is None:
            return None
        tokens = 0
        try:
            for portion in portions(self._catalog.document_text(document_id).text):
                cancel.check()
                tokens += counter.count_tokens(portion)
        except (DocumentGone, GenerationFailed, ModelBroken, ModelMissing):
            return None
        self._catalog.token_counts.keep(document_id, counter.vocabulary, tokens)
        return tokens

    def count_missing(self, cancel: CancelToken) -> Generator[int, None, None]:
        """Count all documents that were not, the newest first; yields the id of each before it.

        Raises `Cancelled`, `DiskFull`.
        """
        tried: set[int] = set()
        while (counter := self._loaded()) is not None:
            waiting = self._catalog.token_counts.uncounted(
                counter.vocabulary, _AT_ONCE + len(tried)
            )
            waiting = [number for number in waiting if number not in tried]
            if not waiting:
                return
            for number in waiting:
                tried.add(number)
                yield number
                self.count(number, cancel)

    def counted(self, scope: Scope, cancel: CancelToken) -> list[CountedDocument]:
        """The documents in `scope` with their tokens, counted now where they were not before.

        Raises as `Catalog.documents_in`, and `Cancelled`, `DiskFull`.
        """
        counter = self._loaded()
        counts = self._catalog.token_counts
        vocabulary = counter.vocabulary if counter else ""
        missing = [one for one in counts.of(scope, vocabulary) if one.tokens is None]
        for one in missing:
            self.count(one.document_id, cancel)
        return counts.of(scope, vocabulary)

    def _loaded(self) -> TokenCounter | None:
        if not self._is_open:
            self._is_open = True
            try:
                self._counter = self._open()
            except FootnoteError:  # told where the model is asked for
                self._counter = None
        return self._counter
