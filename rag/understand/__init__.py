"""Reads a question as it was meant: completed, in parts, and where it says to look."""

from __future__ import annotations

from rag.understand.names import LibraryNames
from rag.understand.question import Understood, understand
from rag.understand.rewrite import MOST_TOKENS, rewrite_chat, rewritten

__all__ = ["MOST_TOKENS", "LibraryNames", "Understood", "rewrite_chat", "rewritten", "understand"]
