"""Finds the few words of a passage that a question asks for."""

from rag.extract.likely import Likeliest, LikelyWords, likely_words
from rag.extract.sorts import Sort
from rag.extract.values import Extractor, Source, Value
from rag.extract.wanted import Wanted, field_wanted, wanted

__all__ = [
    "Extractor",
    "Likeliest",
    "LikelyWords",
    "Sort",
    "Source",
    "Value",
    "Wanted",
    "field_wanted",
    "likely_words",
    "wanted",
]
