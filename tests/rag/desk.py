"""Two files, an answerer over them, and a model that says what it is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rag.answering import Answerer, Question
from rag.cancel import CancelToken
from rag.events import AnswerEvent, AnswerFinished, EvidenceFound
from rag.index.catalog import Catalog
from rag.index.exact import ExactIndex
from rag.library import Library
from rag.options import Options
from rag.records import Answer, Coverage, Mode, Scope, Sentence, Support, Turn
from rag.searching import KeptNames, Search
from tests.fakes import DIMENSION, FakeEmbedder, FakeModel, FakeReader, NoBoxes

LEASE = "The lease may be ended by either party with three months' notice in writing."
FILLER = "Apples ripen in September when the nights turn cold."


class Desk:
    """An answerer over two files, with a model that says what it is told."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "files"
        self.files.mkdir()
        (self.files / "lease.txt").write_text(f"{FILLER}\f{LEASE}", "utf-8")
        (self.files / "garden.txt").write_text(f"{FILLER} Plums follow.", "utf-8")
        self.catalog = Catalog.open(folder / "library")
        self.vectors, self.embedder = ExactIndex(DIMENSION), FakeEmbedder()
        self.model = FakeModel(
            "The lease may be ended with three months' notice. It costs 90 euros."
        )
        self.options = Options()
        self.as_read = True

    def read(self) -> None:
        library = Library(self.catalog, self.vectors, FakeReader(), lambda: self.embedder, 1)
        for _ in library.add([self.files], CancelToken()):
            pass

    def answerer(self) -> Answerer:
        return Answerer(
            Search(self.catalog, self.vectors, self.embedder, KeptNames(self.catalog)),
            lambda: (self.model, "fake", 100.0),
            NoBoxes(),
            lambda _: self.as_read,
            self.options,
        )

    def ask(self, question: Question, cancel: CancelToken | None = None) -> list[AnswerEvent]:
        return list(self.answerer().answer(question, cancel or CancelToken()))


def final(events: list[AnswerEvent]) -> Answer:
    last = events[-1]
    assert isinstance(last, AnswerFinished)
    return last.answer


NOTICE = Question("With how many months' notice may the lease be ended by either party?")


def evidence(events: list[AnswerEvent]) -> EvidenceFound:
    return next(event for event in events if isinstance(event, EvidenceFound))


def turn(question: str, text: str, scope: Scope = Scope(), **fields: object) -> Turn:
    """An earlier turn whose answer, `text`, nothing was cited for unless `fields` say so."""
    sentence = Sentence(text, 0, len(text), Support.NOT_FOUND)
    answer = Answer(question, Mode.PASSAGES, False, text, (sentence,), (), Coverage(0, 0, 0, 0))
    return Turn(1, question, scope, 0.0, replace(answer, **fields))
