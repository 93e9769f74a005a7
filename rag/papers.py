"""Lays kept conversations out as papers, and writes them to files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rag import export
from rag.chats import Chats
from rag.cite.versions import dated
from rag.index.catalog import Catalog
from rag.records import ExportFormat, Paper


@dataclass(frozen=True, slots=True)
class Papers:
    """What can be printed of a library's conversations."""

    chats: Chats
    catalog: Catalog

    def paper(self, conversation_id: int, turn_id: int | None = None) -> Paper:
        """A conversation, or one turn of it, as it is printed; raises as `export`."""
        return export.lay_out(self.chats.conversation(conversation_id), turn_id)

    def export(
        self, conversation_id: int, turn_id: int | None, to: Path, kind: ExportFormat
    ) -> None:
        """Write a conversation, or one turn of it, to a file; see `rag.export.write`.

        Raises `NoConversation`, `NoTurn`, `NothingCited`, `NotExported`.
        """
        conversation = self.chats.conversation(conversation_id)
        titles = dict(self.catalog.titles())
        export.write(
            conversation, turn_id, to, kind, titles, lambda name, title: dated(name, title).day
        )
