"""Collects the pages of a file in work, and keeps those of a large file as they come."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from rag.disk.scan import FoundPath
from rag.index.drafts import DraftOf, Drafts
from rag.index.rows import clean
from rag.load.how import HowToRead
from rag.records import DocumentInfo, Page

KEPT_AFTER_S = 10.0  # of reading: what was read for so long is not read again
KEPT_EVERY_S = 5.0
KEPT_CHUNKS = 1000  # a document with more is embedded for minutes, and so becomes a draft too


class DraftedPages:
    """The pages of one file, from its draft where it has one.

    `document_id` is that of the draft, None while there is none. Used by one thread.
    """

    def __init__(
        self,
        drafts: Drafts,
        found: FoundPath,
        sha256: str,
        how: HowToRead,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` counts the seconds of reading, without pauses."""
        self._drafts = drafts
        self._of = DraftOf(
            found.path, found.size_bytes, found.modified_ns, sha256, how.what_it_changes
        )
        self._clock = clock
        self._kept_at = clock() + KEPT_AFTER_S - KEPT_EVERY_S
        draft = drafts.find(sha256, self._of.made)
        self.document_id = draft.document_id if draft else None
        self._known_info = draft is not None
        self.info = (
            draft.info if draft else DocumentInfo(clean(found.path.stem), 0, paged=False, format="")
        )
        self.pages: list[Page] = list(draft.pages) if draft else []
        self._kept = len(self.pages)

    @property
    def first_page(self) -> int:
        """The first page that is not known yet."""
        return len(self.pages) + 1

    @property
    def is_complete(self) -> bool:
        """Whether the draft holds every page, of a format that tells how many there are."""
        return self.info.paged and 0 < self.info.page_count <= len(self.pages)

    def add(self, item: DocumentInfo | Page) -> None:
        """Take what a reader yields; pages that are known already are passed over."""
        if isinstance(item, DocumentInfo):
            if not self._known_info:
                self.info = replace(item, title=clean(item.title))
        elif item.number >= self.first_page or not self._known_info:
            self.pages.append(storable(item))
            if self._clock() - self._kept_at > KEPT_EVERY_S:
                self.keep()

    def keep(self) -> None:
        """Let what was read so far be there after a kill."""
        if self.document_id is None:
            self.document_id = self._drafts.start(self._of, self.info)
        self._drafts.write_pages(self.document_id, self.pages[self._kept :])
        self._kept = len(self.pages)
        self._kept_at = self._clock()

    def finish(self, chunks: int) -> None:
        """All pages are there and made so many chunks."""
        if self.document_id is not None or chunks > KEPT_CHUNKS:
            self.keep()


def storable(page: Page) -> Page:
    """`page` with what UTF-8 cannot hold replaced, one code point by one."""
    return replace(
        page,
        label=clean(page.label),
        text=clean(page.text),
        headings=tuple(replace(heading, title=clean(heading.title)) for heading in page.headings),
        tables=tuple(
            replace(table, caption=clean(table.caption), heads=clean(table.heads))
            for table in page.tables
        ),
        marks=tuple(replace(mark, name=clean(mark.name)) for mark in page.marks),
        problem=clean(page.problem),
    )
