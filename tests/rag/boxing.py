"""Papers as they lie in a catalog, and whether the boxes of their words show the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rag.footnotes import BoxedWords
from rag.index.catalog import Catalog
from rag.load.pdf import view
from rag.records import Box, DocumentText
from tests.rag.load.papers import read_pdf
from tests.rag.load.under_boxes import extra, folded, is_quote, under


class Finder:
    """Finds boxes in this process."""

    def boxes(self, path: Path, page: int, glyphs: Sequence[int]) -> tuple[Box, ...]:
        return view.find_boxes(path, page, [int(glyph) for glyph in glyphs if glyph >= 0])


@dataclass(frozen=True)
class Boxing:
    """A PDF that was read into a catalog."""

    path: Path
    document: DocumentText
    boxed: BoxedWords
    document_id: int

    @classmethod
    def of(cls, path: Path, catalog: Catalog) -> Boxing:
        info, pages = read_pdf(path)
        document_id = catalog.start_document(path.name, info)
        catalog.write_pages(document_id, pages)
        document = DocumentText.from_pages(info, pages)
        return cls(path, document, BoxedWords(catalog, Finder()), document_id)

    @property
    def text(self) -> str:
        return self.document.text

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        return self.boxed.over(self.document_id, self.path, self.document, start, end)

    def boxes_of(self, quote: str) -> tuple[Box, ...]:
        start = self.text.index(quote)
        return self.boxes(start, start + len(quote))

    def wrong(self, *lengths: int) -> list[tuple[str, str]]:
        """Runs of so many words whose boxes show something else, with what they show."""
        return [
            (quote, "|".join("".join(box) for box in shown))
            for length in lengths
            for start, end in self._runs(length)
            for quote, shown in [(self.text[start:end], under(self.path, self.boxes(start, end)))]
            if not is_quote(quote, shown) or extra(quote, shown)
        ]

    def _runs(self, length: int) -> Iterator[tuple[int, int]]:
        starts, ends = [0], list[int]()
        for at, (char, after) in enumerate(pairwise(self.text), 1):
            if char.isspace() and not after.isspace():
                starts.append(at)
            elif after.isspace() and not char.isspace():
                ends.append(at)
        ends.append(len(self.text))
        for first in range(len(starts) - length + 1):
            yield starts[first], ends[first + length - 1]


def says(path: Path, boxes: Sequence[Box]) -> list[str]:
    """What stands under each box, folded."""
    return [folded("".join(box)) for box in under(path, boxes)]
