"""Looks once more, in all that was asked of, for what the passages did not bear out."""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from rag.answering.coverage import holds
from rag.answering.fitting import surroundings
from rag.cancel import CancelToken
from rag.cite.claims import bare_text
from rag.cite.lexicon import PRONOUNS
from rag.errors import DocumentGone, NothingInScope, NotInLibrary
from rag.events import EvidenceAdded, SentenceCited
from rag.footnotes import Footnotes
from rag.records import Hit, Scope, Sentence, Support
from rag.retrieve.join import join, widen
from rag.searching import Search

BUDGET_S = 2.0
"""How long it may hold up the end of an answer; a search that began is finished."""

_HITS = 4  # of each search
_MOST_SENTENCES = 8
_SURE = 0.8  # of a sentence's content must be found: in a whole library much looks alike
_FOREVER = 2**31
_WORD = re.compile(r"\w+")
_ARTICLES = frozenset(("der", "die", "das"))  # which German also uses as pronouns


@dataclass(slots=True)
class SecondLook:
    """Searches with the sentences that nothing bears out; `evidence` grows by what proves one."""

    search: Search
    scope: Scope
    footnotes: Footnotes
    evidence: list[Hit]

    def look(
        self, sentences: Sequence[Sentence], cancel: CancelToken
    ) -> Generator[EvidenceAdded | SentenceCited, None, list[Sentence]]:
        """The same sentences, with the footnotes that were found in the time there is.

        What is found stands beside the passages that the sentence was first held to: where these
        speak against it, a passage of something alike proves nothing. Nor does one of another
        document, where the sentence itself does not name what it is about: "It costs 90 euros."
        """
        deadline = time.monotonic() + BUDGET_S
        seen: list[Sentence] = []
        searched = 0
        for sentence in sentences:
            is_wanted = sentence.is_unproven and searched < _MOST_SENTENCES
            if not is_wanted or cancel.cancelled or time.monotonic() > deadline:
                seen.append(sentence)
                continue
            searched += 1
            proven = self._proven(sentence)
            if proven is None:
                seen.append(sentence)
                continue
            found, added = proven
            self.evidence += added
            if added:
                yield EvidenceAdded(tuple(added))
            yield SentenceCited(found)
            seen.append(found)
        return seen

    def _proven(self, sentence: Sentence) -> tuple[Sentence, list[Hit]] | None:
        """The sentence with its footnotes and the hits that they are in; None without any."""
        catalog = self.search.catalog
        try:
            said = bare_text(sentence.text).strip()
            found = self.search.find(said, self.scope, _HITS, as_typed=True).hits
            read = {passage.hit.document_id for passage in self.footnotes.passages}
            may_prove = read if _takes_up(said) else {hit.document_id for hit in found}
            hits = [h for h in found if h.document_id in may_prove and not self._is_known(h)]
            if not hits:
                return None
            passages = widen(join(hits), lambda hit: surroundings(catalog, hit), _FOREVER)
            wider = self.footnotes.with_more(passages)
        except (NothingInScope, NotInLibrary, DocumentGone):  # its files were just removed
            return None
        support, spans = wider.proof(sentence.text)
        score = sum(span.score for span in spans) / max(1, len(spans))
        if support is not Support.SUPPORTED or score < _SURE:
            return None
        cited = wider.cite(sentence.text, sentence.start)
        used = {span.key for span in spans}
        added = [
            hit
            for key, passage in enumerate(wider.passages)
            if key in used and key >= len(self.footnotes.passages)
            for hit in hits
            if holds(passage, hit)
        ]
        self.footnotes = wider
        numbered = [
            replace(hit, rank=rank) for rank, hit in enumerate(added, len(self.evidence) + 1)
        ]
        return cited, numbered

    def _is_known(self, hit: Hit) -> bool:
        return any(holds(passage, hit) for passage in self.footnotes.passages)


def _takes_up(said: str) -> bool:
    """Whether a sentence begins with a word for what was named before it."""
    first = _WORD.search(said.casefold())
    return first is not None and first[0] in PRONOUNS - _ARTICLES
