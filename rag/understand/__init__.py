"""Reads a question as it was meant: completed, in parts, and where it says to look."""

from __future__ import annotations

from rag.understand.complete import complete as completed
from rag.understand.complete import follows_up
from rag.understand.names import LibraryNames
from rag.understand.question import Understood, understand
from rag.understand.rewrite import MOST_TOKENS, rewrite_chat, rewritten

__all__ = [
    "MOST_TOKENS",
    "LibraryNames",
    "Understood",
    "completed",
    "follows_up",
    "rewrite_chat",
    "rewritten",
    "understand",
]
