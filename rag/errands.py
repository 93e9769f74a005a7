"""Carries out the small commands: show a page, rename a conversation, write a file."""

from __future__ import annotations

from collections.abc import Callable

from rag import events
from rag.events import Command, Event
from rag.records import Conversation
from rag.session import Session


class Errands:
    """Runs what needs neither the reading nor the answering lane, one command at a time.

    `send` tells the window, with the id of the command that asked.
    """

    def __init__(self, session: Session, send: Callable[[int, Event], None]) -> None:
        self._session = session
        self._send = send

    def run(self, request_id: int, command: Command) -> None:
        """Carry out `command`; raises what the session raises."""
        session = self._session
        match command:
            case events.ShowPage(path, page, scale, words):
                picture = session.showing.page_picture(path, page, scale, words)
                self._send(request_id, events.PageShown(picture))
            case events.ShowText(path):
                self._send(request_id, session.showing.document_text(path))
            case events.SetOptions(options):
                session.set_options(options)
                self._send(request_id, events.OptionsChanged(options))
            case events.UseEmbedder(embedder_id):
                session.use_embedder(embedder_id)
                self._send(request_id, session.embedders())
            case events.OpenConversation(conversation_id):
                conversation = session.chats.conversation(conversation_id)
                self._send(request_id, events.ConversationOpened(conversation))
                self._check_sources(request_id, conversation)
            case events.CheckSources(conversation_id):
                self._check_sources(request_id, session.chats.conversation(conversation_id))
            case events.ExportConversation(conversation_id, to, kind, turn_id):
                session.papers.export(conversation_id, turn_id, to, kind)
                self._send(request_id, events.Exported(to))
            case events.LayOutConversation(conversation_id, turn_id):
                paper = session.papers.paper(conversation_id, turn_id)
                self._send(request_id, events.ConversationLaidOut(paper))
            case events.RateAnswer(turn_id, rating):
                session.chats.rate(turn_id, rating)
            case _:
                self._keep_conversations(request_id, command)

    def list_conversations(self, request_id: int) -> None:
        """Send the list of conversations."""
        listed = tuple(self._session.chats.conversations())
        self._send(request_id, events.ConversationsListed(listed))

    def _keep_conversations(self, request_id: int, command: Command) -> None:
        chats = self._session.chats
        match command:
            case events.RenameConversation(conversation_id, title):
                chats.rename(conversation_id, title)
            case events.DeleteConversation(conversation_id):
                chats.delete(conversation_id)
            case events.RestoreConversation(conversation_id):
                chats.restore(conversation_id)
            case events.ListConversations():
                pass
            case _:
                raise TypeError(command)
        self.list_conversations(request_id)

    def _check_sources(self, request_id: int, conversation: Conversation) -> None:
        changed = self._session.showing.changed_sources(conversation)
        self._send(request_id, events.SourcesChecked(conversation.info.id, changed))
