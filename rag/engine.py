"""The engine's process: a session behind a pipe, so that nothing it does can break the window."""

from __future__ import annotations

import os
import threading
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from rag import events, load
from rag.answering import Question
from rag.cancel import CancelToken
from rag.errands import Errands
from rag.errors import Cancelled, FootnoteError, NotInLibrary
from rag.events import Command, Event, Reply, Request
from rag.lane import Lane
from rag.models import catalog as model_catalog
from rag.outcome import Outcome
from rag.records import IngestSummary, Scope
from rag.samples import sample_questions, samples_folder
from rag.session import Session
from rag.whole_lane import WholeLane

_SAMPLES_ADDED = "samples_added"
_ACQUIT_S = 0.3
_END_S = 1.0  # how long the work in hand may take to stop
_POLL_S = 0.1
_FEW_FILES = 20  # are worth waiting for
_PATIENCE_S = 15.0


def serve(
    connection: Connection,
    library: Path | None,
    samples: bool,  # noqa: FBT001 - the arguments of a process
) -> None:
    """Answer the window's requests until it says `Quit` or is gone; then end the process.

    `samples` adds the sample library, once in a library's life.
    """
    try:
        session = Session(library)
    except FootnoteError as error:
        connection.send(Reply(0, events.Failed(str(error))))
        connection.close()
        return
    Engine(connection, session).run(samples=samples)


def _unexpected(error: Exception) -> events.Failed:
    message = "Footnote met an unexpected problem. Try again; if it stays, restart it."
    return events.Failed(message, "".join(traceback.format_exception(error)))


class Engine:
    """Takes commands off the pipe and runs each in the lane that it belongs to."""

    def __init__(self, connection: Connection, session: Session) -> None:
        self._connection = connection
        self._session = session
        self._sending = threading.Lock()
        self._errands = Errands(session, self._send)
        self._reading = Lane("reading")
        self._answering = Lane("answering")
        self._loading = Lane("loading")
        self._showing = Lane("showing")
        self._whole = WholeLane(session, self._send)
        self._embedding_waits = False  # in the reading lane, for its turn
        self._hurried = 0  # jobs in the reading lane for which a reading in hand makes room
        self._changed: set[Path] | None = None  # what the next catching up is for
        self._changed_turn = threading.Lock()
        self._given_up = False  # reading, by the user, who has asked for none since

    def run(self, *, samples: bool) -> None:
        """Serve until `Quit`; when the pipe breaks end the process, so that nothing delays it."""
        try:
            self._start(samples=samples)
            while True:
                request: Request = self._connection.recv()
                if isinstance(request.command, events.Quit):
                    break
                self._dispatch(request.id, request.command)
        except (EOFError, OSError):
            self._leave()
        except Exception as error:  # noqa: BLE001 - the border of the process
            self._send(0, _unexpected(error))
            self._leave(1)
        if not self._closed():
            self._leave()

    def _leave(self, code: int = 0) -> NoReturn:
        """End the process at once; no file is to blame for that."""
        acquitting = threading.Thread(target=self._session.acquit, daemon=True)
        acquitting.start()
        acquitting.join(_ACQUIT_S)  # what writes just now may be in its way
        os._exit(code)

    def _closed(self) -> bool:
        """Close the library in good order, unless something cannot be stopped in time."""
        lanes = (self._reading, self._answering, self._loading, self._showing, self._whole.lane)
        self._session.resume_reading()
        self._whole.obey(events.ResumeWhole())
        for lane in lanes:
            lane.cancel()
        ended = [lane.end(_END_S) for lane in lanes]
        if all(ended):
            self._session.close()
        return all(ended)

    def _start(self, *, samples: bool) -> None:
        self._send(0, self._started(samples=samples))
        self._send(0, events.FilesChanged(tuple(self._session.files())))
        self._whole.list_readings(0)
        self._submit(self._loading, 0, lambda _: self._warm_up())
        if samples and self._wants_samples():
            self._submit(self._reading, 0, self._add_samples)
        session = self._session
        session.watch(self._hear_of_changes, lambda why: self._send(0, events.Failed(why)))
        self._notice_changes(())

    def _started(self, *, samples: bool) -> events.EngineStarted:
        session = self._session
        has_samples = (samples and self._wants_samples()) or samples_folder() in session.roots()
        return events.EngineStarted(
            options=session.options,
            offers=model_catalog.offers(),
            formats=tuple(known.name for known in load.FORMATS),
            suffixes=tuple(s for known in load.FORMATS for s in known.suffixes),
            names=tuple(n for known in load.FORMATS for n in known.names),
            drawn=tuple(s for known in load.FORMATS if known.drawn for s in known.suffixes),
            sample_questions=sample_questions() if has_samples else (),
            notices=session.notices,
        )

    def _wants_samples(self) -> bool:
        return self._session.setting(_SAMPLES_ADDED) is None and samples_folder().is_dir()

    def _add_samples(self, cancel: CancelToken) -> None:
        self._read(0, (samples_folder(),), cancel, add=True)
        self._session.set_setting(_SAMPLES_ADDED, "yes")

    def _hear_of_changes(self, paths: tuple[Path, ...]) -> None:
        """Follow the watch, but take up nothing by the clock that the user gave up."""
        if paths or not self._given_up:
            self._notice_changes(paths)

    def _notice_changes(self, paths: tuple[Path, ...]) -> None:
        """Let the reading lane catch up with changes at or below `paths`; all without any."""
        with self._changed_turn:
            waits = self._changed is not None
            self._changed = (self._changed or set()) | set(paths or self._session.roots())
        self._session.notice(paths)
        if not waits:
            self._submit(self._reading, 0, self._catch_up)

    def _catch_up(self, cancel: CancelToken) -> None:
        with self._changed_turn:
            paths, self._changed = self._changed or set(), None
        if cancel.cancelled:  # before it began: what was given up is the reading before it
            if single := paths.difference(self._session.roots()):
                self._notice_changes(tuple(single))
            return
        inner = [path for path in paths if not paths.isdisjoint(path.parents)]
        self._follow(0, self._session.catch_up(sorted(paths.difference(inner)), cancel))

    def _warm_up(self) -> None:
        session = self._session
        session.warm_up_search()
        self._send(0, events.SearchReady())
        self._send(0, session.embedders())
        self._go_on_embedding(0)
        try:
            session.warm_up_reranker()
        except FootnoteError as error:  # the search goes on without it
            self._send(0, events.Failed(str(error)))
        try:
            self._send(0, events.ModelLoading(session.model_info().name))
            self._send(0, events.ModelChanged(session.warm_up_model()))
        except FootnoteError:
            self._send(0, events.ModelChanged(None))
            raise

    # ------------------------------------------------------------ lanes

    def _send(self, request_id: int, event: Event) -> None:
        with self._sending:
            try:
                self._connection.send(Reply(request_id, event))
            except OSError:  # the window is gone, and so is the reason to go on
                self._leave()

    def _submit(self, lane: Lane, request_id: int, job: Callable[[CancelToken], None]) -> None:
        def guarded(cancel: CancelToken) -> None:
            try:
                job(cancel)
            except Cancelled as error:
                if lane is self._answering:  # whoever asked waits for an end
                    self._send(request_id, events.Failed(str(error)))
            except FootnoteError as error:
                self._send(request_id, events.Failed(str(error)))
            except Exception as error:  # noqa: BLE001 - the border of the process
                self._send(request_id, _unexpected(error))

        lane.put(guarded)

    # ------------------------------------------------------------ commands

    def _dispatch(self, request_id: int, command: Command) -> None:
        """Obey at once what needs no waiting, and put the rest into its lane."""
        match command:
            case events.PauseReading():
                self._session.pause_reading()
            case events.ResumeReading():
                self._session.resume_reading()
            case events.CancelReading():
                self._given_up = True
                self._reading.cancel()
                self._session.resume_reading()  # a pause was of what is now given up
            case events.StopAnswer():
                self._answering.cancel()
            case events.PauseWhole() | events.ResumeWhole() | events.CancelWhole():
                self._whole.obey(command)
            case events.ReadWhole(scope):
                self._submit(
                    self._whole.lane,
                    request_id,
                    lambda cancel: self._whole.read(request_id, scope, cancel),
                )
            case events.RemovePaths():
                self._reading.cancel()
                self._submit(
                    self._reading, request_id, lambda _: self._remove(request_id, command.paths)
                )
            case events.AddPaths() | events.Refresh() | events.Unlock():
                self._given_up = False
                self._hurried += 1
                self._submit(
                    self._reading,
                    request_id,
                    lambda cancel: self._change(request_id, command, cancel),
                )
            case events.Ask() | events.UseModel() | events.UseTrialModel():
                self._submit(
                    self._answering,
                    request_id,
                    lambda cancel: self._answer(request_id, command, cancel),
                )
            case _:
                self._submit(self._showing, request_id, lambda _: self._run(request_id, command))

    def _remove(self, request_id: int, paths: tuple[Path, ...]) -> None:
        self._send(request_id, self._session.remove(paths))
        self._whole.tell_what_went()
        self._notice_changes(())  # goes on with what was interrupted
        self._go_on_embedding(0)

    def _change(
        self,
        request_id: int,
        command: events.AddPaths | events.Refresh | events.Unlock,
        cancel: CancelToken,
    ) -> None:
        self._hurried -= 1
        paths = command.paths
        if isinstance(command, events.Unlock):
            self._session.offer_passwords([command.password])
            paths = paths or tuple(file.path for file in self._session.files() if file.locked)
            if not paths:
                self._send(request_id, events.ReadingFinished(IngestSummary(0, 0, 0, 0, 0.0)))
                return
        self._read(request_id, paths, cancel, add=isinstance(command, events.AddPaths))
        self._go_on_embedding(0)

    def _read(
        self, request_id: int, paths: tuple[Path, ...], cancel: CancelToken, *, add: bool
    ) -> None:
        run = self._session.add if add else self._session.refresh
        self._follow(request_id, run(paths, cancel))

    def _follow(
        self, request_id: int, reading: Generator[events.IngestEvent, None, IngestSummary]
    ) -> None:
        """Tell of a reading; where the user wants another one first, it goes on after that."""
        summary = IngestSummary(0, 0, 0, 0, 0.0, cancelled=True)
        run = Outcome(reading)
        goes_on = False
        try:
            with closing(reading):
                for event in run:
                    self._send(request_id, event)
                    goes_on = self._hurried > 0
                    if goes_on:
                        break
                else:
                    summary = run.result
        finally:
            if not goes_on:
                self._send(request_id, events.ReadingFinished(summary))
                self._whole.tell_what_went()
        if goes_on:
            self._submit(
                self._reading,
                request_id,
                lambda cancel: self._follow(request_id, self._session.catch_up((), cancel)),
            )

    def _go_on_embedding(self, request_id: int) -> None:
        """Let a change of the search model go on once nothing is to be read."""
        if not self._embedding_waits:
            self._embedding_waits = True
            self._submit(self._reading, request_id, lambda cancel: self._embed(request_id, cancel))

    def _embed(self, request_id: int, cancel: CancelToken) -> None:
        self._embedding_waits = False
        with closing(self._session.reembed(cancel)) as change:
            for state in change:
                self._send(request_id, state)
                if self._reading.is_wanted:  # new files are found at once, the change can wait
                    self._go_on_embedding(request_id)
                    return
        if not self._reading.is_wanted:
            self._session.keep_copies(cancel)
        with closing(self._session.count_tokens(cancel)) as counting:
            for _ in counting:
                if self._reading.is_wanted:
                    return

    def _answer(
        self,
        request_id: int,
        command: events.Ask | events.UseModel | events.UseTrialModel,
        cancel: CancelToken,
    ) -> None:
        session = self._session
        match command:
            case events.Ask():
                asked = Question(
                    command.question,
                    command.scope,
                    own_knowledge=command.own_knowledge,
                    as_typed=command.as_typed,
                    read=command.read,
                )
                try:
                    for event in session.converse(asked, command.conversation_id, cancel):
                        self._whole.tell(request_id, event)
                        if (
                            isinstance(event, events.ConversationStarted)
                            and not asked.own_knowledge
                        ):
                            self._wait_for_new_library(asked.scope, cancel)
                finally:
                    self._whole.forget(request_id)
                self._errands.list_conversations(request_id)
                self._whole.list_readings(0)
            case events.UseModel(path, expected_id):
                self._send(request_id, events.ModelLoading(path.name))
                for share in session.use_model(path, expected_id, cancel):
                    self._send(request_id, events.ModelLoading(path.name, share))
                self._send(request_id, events.ModelChanged(session.model_info()))
                self._go_on_embedding(0)  # and counting for the new model
            case events.UseTrialModel():
                session.use_trial_model()
                self._send(request_id, events.ModelChanged(session.warm_up_model()))
                self._go_on_embedding(0)

    def _wait_for_new_library(self, scope: Scope, cancel: CancelToken) -> None:
        """Let a first reading come far enough that an answer is worth having."""
        deadline = time.monotonic() + _PATIENCE_S
        while self._reading.is_busy and time.monotonic() < deadline:
            if cancel.cancelled or self._session.is_paused:
                return
            with suppress(NotInLibrary):  # its folder may only just be added
                read, unread = self._session.coverage(scope)
                if read and (not unread or read + unread > _FEW_FILES):
                    return
            time.sleep(_POLL_S)

    def _run(self, request_id: int, command: Command) -> None:
        if self._whole.run(request_id, command):
            return
        self._errands.run(request_id, command)
        if isinstance(command, events.SetOptions):
            self._notice_changes(())
        elif isinstance(command, events.UseEmbedder):
            self._go_on_embedding(request_id)
