"""Puts passages and a question into words for the model; the words lie in `resources/prompts`."""

from rag.prompt.chat import (
    FRAME,
    Passage,
    again_chat,
    chat,
    own_knowledge_chat,
    passage_head,
    passage_text,
    quoted,
)
from rag.prompt.languages import language_name, refusal
from rag.prompt.refusing import is_exact_refusal, is_refusal
from rag.prompt.sections import join_chat, page_chat, section_chat
from rag.prompt.whole import WholeText, document_heads, documents_text, whole_chat

__all__ = [
    "FRAME",
    "Passage",
    "WholeText",
    "again_chat",
    "chat",
    "document_heads",
    "documents_text",
    "is_exact_refusal",
    "is_refusal",
    "join_chat",
    "language_name",
    "own_knowledge_chat",
    "page_chat",
    "passage_head",
    "passage_text",
    "quoted",
    "refusal",
    "section_chat",
    "whole_chat",
]
