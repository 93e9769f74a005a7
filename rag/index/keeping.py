"""Keeps a copy of the catalog for bad days, and nothing of what was removed from it."""

from __future__ import annotations

import time
from contextlib import suppress

from rag.cancel import CancelToken
from rag.database import Database
from rag.errors import DiskFull, LibraryUnwritable
from rag.index import lexical

COPY_AFTER_S = 600.0
COPY_AFTER_S_PER_MB = 10.0  # a gigabyte is copied every three hours at most
# Documents are never changed, and a file that shows another one is linked anew.
_CONTENT = """
    SELECT identity.name, (SELECT count(*) FROM root), (SELECT max(id) FROM document),
        (SELECT count(*) FROM document), (SELECT count(*) FROM file), (SELECT max(linked) FROM file)
    FROM identity
"""


class Keeper:
    """What is kept of the catalog besides itself; see `Catalog`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._copied_changes: int | None = None  # None: not looked at since the start

    def keep_copy(self, changes: int, cancel: CancelToken) -> None:
        """Keep a copy of the catalog, if there is none or much time went by since it changed.

        `changes` rises with the catalog's. For quiet moments: a large one takes seconds. Without
        room on the disk there is none. Raises `Cancelled`.
        """
        if self._copied_changes is None:
            is_current = self._database.copy_agrees(_CONTENT)
            self._copied_changes = changes if is_current else -1
        made_at = self._database.copied_at
        if made_at is not None:
            size_mb = self._database.path.stat().st_size / 1e6
            age_s = time.time() - made_at.timestamp()
            is_due = age_s > COPY_AFTER_S + size_mb * COPY_AFTER_S_PER_MB
            if changes == self._copied_changes or not is_due:
                return
        with suppress(DiskFull, LibraryUnwritable):
            self._database.keep_copy(cancel)
            self._copied_changes = changes

    def erase_leftovers(self) -> None:
        """See `Catalog.erase_leftovers`."""
        with self._database.reading() as connection:
            if not lexical.has_leftovers(connection):
                return
        with suppress(DiskFull):
            with self._database.writing() as connection:
                lexical.erase_leftovers(connection)
            self.empty_log()

    def empty_log(self) -> None:
        """The last step of erasing; what was cut short before it is done again some day."""
        if self._database.checkpoint():
            with self._database.writing() as connection:
                lexical.declare_erased(connection)
