"""Finds the words of the evidence that bear out a sentence of an answer, or says that none do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.cite.attribution import NOT_FOUND, Attribution, Evidence
from rag.cite.claims import bare_text, states_something
from rag.cite.frames import denying_frame, unframed
from rag.cite.judgement import Judgement, clauses_of
from rag.cite.library import Library
from rag.cite.prepared import Passage, Prepared
from rag.cite.verbatim import attributed_verbatim


class Attributor:
    """Cites sentences to `evidence`, which is prepared once; not for use by two threads at a time.

    A `Passage` is evidence made ready, which many attributors may share.
    `idf` gives a word in lower case its inverse document frequency (natural logarithm, 0 or more).
    """

    def __init__(
        self,
        evidence: Sequence[Evidence | Passage],
        idf: Callable[[str], float] | None = None,
    ) -> None:
        passages = [e if isinstance(e, Passage) else Passage(e.key, e.text) for e in evidence]
        self._library = Library(passages, idf)

    def attribute(self, sentence: str) -> Attribution:
        """The evidence for `sentence`, whose own citation marks prove nothing and are ignored."""
        if not states_something(sentence) or not self._library.windows:
            return NOT_FOUND
        text = bare_text(sentence)
        whole = Prepared(text)
        if told := attributed_verbatim(whole, [(0, len(whole.items))], self._library):
            return told
        if (denial := denying_frame(text)) and not self._library.says(denial):
            return NOT_FOUND
        prepared = Prepared(unframed(text))
        prepared.german |= self._library.german
        told = attributed_verbatim(prepared, clauses_of(prepared), self._library)
        return told or Judgement(prepared, self._library).attribution()
