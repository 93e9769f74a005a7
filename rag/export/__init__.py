"""Lays conversations out with their footnotes and writes them to files."""

from rag.export.paper import lay_out
from rag.export.write import write

__all__ = ["lay_out", "write"]
