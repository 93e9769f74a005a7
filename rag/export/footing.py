"""Numbers the footnotes of a paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rag.export.plain import plain
from rag.records import Citation, PaperNote, PaperRun


class Notes:
    """The footnotes of a paper, numbered in the order in which they are first marked."""

    def __init__(self, names: Mapping[Path, str]) -> None:
        self.made: list[PaperNote] = []
        self._names = names
        self._numbers: dict[tuple[Path, int, int, str], int] = {}

    def begin_turn(self) -> None:
        """Let equal citations share a note with those after this call only."""
        self._numbers.clear()

    def marks(self, citations: Iterable[Citation]) -> list[PaperRun]:
        """The marks of `citations`, rising, each note once."""
        numbers = {self._number(citation) for citation in citations}
        return [PaperRun(str(number), note=number) for number in sorted(numbers)]

    def is_marked(self, citation: Citation) -> bool:
        """Whether the turn has marked it already."""
        return _key(citation) in self._numbers

    def source(self, path: Path, place: str) -> str:
        """A place in a file: "Lease 2024.pdf, p. 7"."""
        return ", ".join(filter(None, (self._names[path], plain(place).strip())))

    def _number(self, citation: Citation) -> int:
        number = self._numbers.get(_key(citation))
        if number is None:
            number = len(self.made) + 1
            self._numbers[_key(citation)] = number
            source = self.source(citation.path, citation.place)
            self.made.append(PaperNote(number, plain(citation.quote).strip(), source))
        return number


def _key(citation: Citation) -> tuple[Path, int, int, str]:
    return citation.path, citation.start, citation.end, citation.quote
