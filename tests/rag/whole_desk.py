"""A desk for whole documents over a catalog, with a model that says what it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.index.catalog import Catalog
from rag.options import Options
from rag.protocols import CacheIdentity
from rag.reading.counting import no_counter
from rag.records import SavedReading
from rag.whole.contents import ReadContents
from rag.whole.desk import WholeDesk
from rag.whole.facts import ModelFacts
from rag.whole.reading import WholeReader
from tests.fakes import FakeLongModel


class Shelf:
    """The readings that are kept, as the test says."""

    def __init__(self) -> None:
        self.kept: list[SavedReading] = []
        self.tokens = 0  # that are kept of whatever is asked for

    def readings(self) -> list[SavedReading]:
        return self.kept

    def saved(self, identity: CacheIdentity, tokens: Sequence[int]) -> int:
        return self.tokens


def whole_desk(
    catalog: Catalog, model: FakeLongModel, options: Callable[[], Options] = Options
) -> tuple[WholeDesk, Shelf]:
    """A desk whose documents the model reads, and what is kept; close its `reader` at the end."""
    shelf = Shelf()
    reader = WholeReader(None, lambda _: None, lambda: False)

    def facts() -> ModelFacts:
        return ModelFacts("fake", model.shape, "letters", model.curve, is_loaded=True)

    contents = ReadContents(catalog, shelf.readings)
    return WholeDesk(catalog, reader, shelf, contents, facts, no_counter, options), shelf
