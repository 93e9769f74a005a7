"""Answers questions that ask for everything in scope, by a pass over all of it."""

from rag.exhaustive.aim import Aggregation, Aim
from rag.exhaustive.passing import Exhaustive

__all__ = ["Aggregation", "Aim", "Exhaustive"]
