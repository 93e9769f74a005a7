"""A library of texts that a test writes down, asked for everything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rag.cancel import CancelToken
from rag.events import AnswerEvent
from rag.exhaustive import Aim, Exhaustive
from rag.index.catalog import Catalog
from rag.index.exact import ExactIndex
from rag.library import Library
from rag.outcome import Outcome
from rag.records import Answer, Scope
from rag.searching import KeptNames, Search
from tests.fakes import DIMENSION, FakeEmbedder, FakeReader, NoBoxes


class Archive:
    """A catalog of files, and the pass over them."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "files"
        self.files.mkdir()
        self.catalog = Catalog.open(folder / "library")
        self._vectors, self._embedder = ExactIndex(DIMENSION), FakeEmbedder()

    def hold(self, texts: Mapping[str, str]) -> Archive:
        """Read these texts, by file name."""
        for name, text in texts.items():
            path = self.files / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        library = Library(self.catalog, self._vectors, FakeReader(), lambda: self._embedder, 1)
        for _ in library.add([self.files], CancelToken()):
            pass
        return self

    @property
    def exhaustive(self) -> Exhaustive:
        names = KeptNames(self.catalog)
        search = Search(self.catalog, self._vectors, self._embedder, names)
        return Exhaustive(search, NoBoxes(), lambda _: True)

    def aim(self, question: str, scope: Scope = Scope()) -> Aim | None:
        return self.exhaustive.aim(question, scope)

    def ask(self, question: str, scope: Scope = Scope()) -> Answer:
        """The answer of a pass, which the question has to ask for."""
        return self.run(question, CancelToken(), scope)[1]

    def run(
        self, question: str, cancel: CancelToken, scope: Scope = Scope()
    ) -> tuple[list[AnswerEvent], Answer]:
        aim = self.aim(question, scope)
        assert aim is not None, question
        run = Outcome(self.exhaustive.answer(aim, question, cancel))
        events = list(run)
        return events, run.result

    def listed(self, question: str) -> list[str]:
        """What the answer lists."""
        return [item.text for item in self.ask(question).listed]
