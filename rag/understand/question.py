"""Reads one question: completes it, narrows its scope, and parts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.records import Scope, Understanding
from rag.understand.complete import complete
from rag.understand.file_times import times_named
from rag.understand.filter import Filter, narrowed
from rag.understand.lexicon.documents import PAGED_TYPES
from rag.understand.named_files import files_named
from rag.understand.named_folders import folders_named
from rag.understand.names import LibraryNames
from rag.understand.parts import parts_of
from rag.understand.places import pages_named, types_named
from rag.understand.unsaid import without
from rag.understand.words import words_of

_MOST_CHARS = 2_000  # longer ones are texts, not questions: they are searched for as they are


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was read."""

    understanding: Understanding
    needs_model: bool = False  # the rules cannot complete it well; `rewrite_chat` asks the model


def understand(
    question: str,
    history: Sequence[tuple[str, str]],
    asked: Scope,
    library: LibraryNames,
    today: date,
    *,
    rewritten: str = "",
    narrow: bool = True,
) -> Understood:
    """How `question` is to be searched for after `history` (questions with answers, oldest first).

    `rewritten` is the question as the model completed it, used instead of what the rules make.
    The scope is never wider than `asked`; words that would leave nothing of it are not heeded.
    Without `narrow` it stays `asked`, and all words stay in the question.
    """
    if len(question) > _MOST_CHARS:
        return Understood(Understanding(question, scope=asked))
    completed = complete(question, history, today)
    searched = rewritten or completed.text
    narrowing = _Narrowing(asked, library, today)
    if narrow:
        narrowing.heed(question)
    if narrow and completed.stays:
        narrowing.heed(completed.carried)
    if narrowing.words:
        searched = without(searched, narrowing.only_told_in(searched))
    return Understood(
        Understanding(searched, parts_of(searched), narrowing.scope, tuple(narrowing.words)),
        needs_model=completed.needs_model and not rewritten,
    )


class _Narrowing:
    """A scope that gets narrower with each text that is heeded; the first of a kind counts."""

    def __init__(self, asked: Scope, library: LibraryNames, today: date) -> None:
        self.scope = asked
        self.words: list[str] = []  # that narrowed it, as typed
        self._library = library
        self._today = today
        self._kinds: set[str] = set()

    def heed(self, text: str) -> None:
        """Narrow the scope to what `text` names, but for kinds that an earlier text named."""
        if "paths" in self._kinds:
            return  # pages and times of another file mean nothing in this one
        heeded = set(self._kinds)
        for found in _found_in(text, self._library, self._today):
            if found.kind in self._kinds or not self._has_pages(found):
                continue
            scope = narrowed(self.scope, found)
            if scope is None:
                continue
            self.scope = scope
            heeded.add(found.kind)
            self.words.append(text[found.start : found.end])
        self._kinds = heeded

    def only_told_in(self, text: str) -> list[Filter]:
        """The filters in `text` whose words tell nothing of what is asked about."""
        found = _found_in(text, self._library, self._today)
        return [f for f in found if not f.is_name and f.kind in self._kinds]

    def _has_pages(self, found: Filter) -> bool:
        """Whether what is left has pages, if it is pages that are asked for."""
        if not found.pages:
            return True
        files = [path.suffix.lower().lstrip(".") for path in self.scope.paths if path.suffix]
        types = set(files) or set(self.scope.types) or self._library.types
        return bool(PAGED_TYPES.intersection(types))


def _found_in(text: str, library: LibraryNames, today: date) -> list[Filter]:
    """What `text` names, files before pages and times, and no words twice."""
    words = words_of(text)
    files = files_named(text, words, library)
    every = (
        *files,
        *folders_named(text, words, library),
        *types_named(words, library.types),
        *pages_named(text, files),
        *times_named(text, words, today),
    )
    found: list[Filter] = []
    for one in every:
        if all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    return found
