"""Numbers the places that prove a list and finds their boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import DocumentGone
from rag.exhaustive.merging import Place
from rag.footnotes import BoxedWords, BoxFinder
from rag.index.catalog import Catalog
from rag.records import Citation, DocumentText

_MOST_QUOTED = 400  # of a place: longer statements are cut at their end


class PlaceNotes:
    """The footnotes of one list, numbered in the order of their first use.

    Once it is cancelled they come without boxes, which may take long to find.
    """

    def __init__(
        self,
        catalog: Catalog,
        boxes: BoxFinder,
        is_as_read: Callable[[Path], bool],
        cancel: CancelToken,
    ) -> None:
        self._catalog = catalog
        self._boxed = BoxedWords(catalog, boxes)
        self._is_as_read = is_as_read
        self._cancel = cancel
        self._numbered: dict[tuple[int, int, int], Citation] = {}
        self._open: tuple[int, DocumentText] | None = None

    def cite(self, places: Iterable[Place]) -> tuple[Citation, ...]:
        """The footnotes of `places`; those whose document is gone are left out."""
        found = (self._citation(place) for place in places)
        return tuple(one for one in found if one is not None)

    def _citation(self, place: Place) -> Citation | None:
        key = (place.document_id, place.start, place.end)
        known = self._numbered.get(key)
        if known is None:
            try:
                document = self._document(place.document_id)
            except DocumentGone:
                return None
            start, end = _tight(document.text, place.start, place.end)
            known = Citation(
                number=len(self._numbered) + 1,
                document_id=place.document_id,
                path=place.path,
                page=document.page_at(start) if document.paged else None,
                place=document.place_at(start, end),
                start=start,
                end=end,
                quote=document.text[start:end],
                score=1.0,
                boxes=self._boxed.over(place.document_id, place.path, document, start, end)
                if not self._cancel.cancelled and self._is_as_read(place.path)
                else (),
            )
            self._numbered[key] = known
        return known

    def _document(self, document_id: int) -> DocumentText:
        """A document's text; the last one is kept, so that its places cost one reading."""
        if self._open is None or self._open[0] != document_id:
            self._open = document_id, self._catalog.document_text(document_id)
        return self._open[1]


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without space around it, and of bearable length."""
    end = min(end, start + _MOST_QUOTED)
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start + 1, end - (len(piece) - len(piece.rstrip())))
