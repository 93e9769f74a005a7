"""The path of a question: retrieve, plan, generate, cite."""

from rag.answering.answerer import Answerer
from rag.answering.planning import Elsewhere, Planned, planned
from rag.answering.question import Question

__all__ = ["Answerer", "Elsewhere", "Planned", "Question", "planned"]
