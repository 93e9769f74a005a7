"""Puts passages and a question into words for the model; the words lie in `resources/prompts`."""

from rag.prompt.chat import (
    FRAME,
    Passage,
    again_chat,
    chat,
    own_knowledge_chat,
    passage_head,
    passage_text,
)
from rag.prompt.languages import language_name, refusal
from rag.prompt.refusing import is_exact_refusal, is_refusal

__all__ = [
    "FRAME",
    "Passage",
    "again_chat",
    "chat",
    "is_exact_refusal",
    "is_refusal",
    "language_name",
    "own_knowledge_chat",
    "passage_head",
    "passage_text",
    "refusal",
]
