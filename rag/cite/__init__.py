"""Cites the sentences of an answer to the words of the evidence that bear them out."""

from rag.cite.attribute import Attributor
from rag.cite.attribution import Attribution, Evidence, Span
from rag.cite.claims import states_something
from rag.cite.prepared import Passage
from rag.cite.sentences import SentenceStream, split_sentences
from rag.cite.whole import pieces_of

__all__ = [
    "Attribution",
    "Attributor",
    "Evidence",
    "Passage",
    "SentenceStream",
    "Span",
    "pieces_of",
    "split_sentences",
    "states_something",
]
