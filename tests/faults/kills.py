"""Kills the engine, a parser, or the whole app at random moments while many files are read."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from rag.events import AddPaths, FilesChanged, ReadingFinished, ReadingProgress
from tests.faults import examining
from tests.faults.collection import Collection
from tests.faults.examining import Chats, Expected
from tests.faults.processes import (
    DRAFTS,
    EngineAtWork,
    ProcessDied,
    apart,
    outlived,
    show_window,
    without_way_out,
)
from tests.faults.tally import Tally

FRESH_EVERY = 4  # rounds a library starts from nothing, so that each kind of kill meets both
PATIENCE_S = 240.0
READINGS = 2  # the look for changes at the start, then what was asked for
EARLY = 0.15  # of the kills come while the engine starts
APP_STARTS_S = 20.0  # on a busy computer, until its parsers read


class Killing:
    """A library and its files, over the rounds."""

    def __init__(self, folder: Path, files: int, seed: int) -> None:
        self._chance = random.Random(seed)
        self._library = folder / "library"
        self._settings = folder / "settings"
        self.collection = Collection(folder / "files")
        self.collection.fill(files)
        self._rounds = 0
        self._chats: Chats = ()

    def run(self, rounds: int) -> Iterator[Tally]:
        """So many rounds, each kind in its turn."""
        tallies = [Tally(f"kill -9 of {what}") for what in ("the engine", "a parser", "the app")]
        kills = (self._kill_engine, self._kill_parsers, self._kill_app)
        for number in range(rounds):
            tally, kill = tallies[number % 3], kills[number % 3]
            begun = time.monotonic()
            self._prepare()
            try:
                kill(tally)
                self._look(tally)
            except ProcessDied as error:
                tally.problems.append(f"round {number}: {error}")
            tally.rounds += 1
            tally.seconds += time.monotonic() - begun
        os.environ.pop(DRAFTS, None)
        yield from tallies

    def _prepare(self) -> None:
        """A new library, or one whose files changed since it was read."""
        if self._rounds % FRESH_EVERY == 0:
            shutil.rmtree(self._library, ignore_errors=True)
            self._chats = apart(examining.start_chat, self._library)
        else:
            self.collection.change(self._chance)
        os.environ[DRAFTS] = "yes" if self._rounds % 2 else ""
        self._rounds += 1

    def _look(self, tally: Tally) -> None:
        files = self.collection
        settle = self._rounds % 5 == 0
        expected = Expected(files.folder, files.now, files.past, chats=self._chats, settle=settle)
        found = apart(examining.examine, self._library, expected)
        tally.problems += [f"round {self._rounds}: {problem}" for problem in found.problems]
        tally.counted["files read after it"] += found.read_again
        tally.counted["libraries mended"] += bool(found.notices)

    def _kill_engine(self, tally: Tally) -> None:
        engine = EngineAtWork(self._library)
        engine.send(AddPaths((self.collection.folder,)))
        if self._chance.random() < EARLY:
            moments, then_s = 0, self._chance.uniform(0, 2.5)
        else:
            moments, then_s = self._chance.randint(1, len(self.collection.now)), 0.0
        finished = 0
        for event in engine.heard(PATIENCE_S if moments else then_s):
            if trace := without_way_out(event):
                tally.problems.append(trace)
            moments -= isinstance(event, (FilesChanged, ReadingProgress))
            finished += isinstance(event, ReadingFinished)
            if moments == 0 or finished == READINGS:
                break
        time.sleep(self._chance.uniform(0, 0.1))  # the moment itself is what is tried
        tally.problems += engine.kill()

    def _kill_parsers(self, tally: Tally) -> None:
        """Kill several in one reading, which goes on to its end."""
        engine = EngineAtWork(self._library)
        engine.send(AddPaths((self.collection.folder,)))
        next_kill = self._chance.randint(1, 30)
        finished = 0
        for event in engine.heard(PATIENCE_S):
            if trace := without_way_out(event):
                tally.problems.append(trace)
            finished += isinstance(event, ReadingFinished)
            if finished == READINGS:
                break
            next_kill -= isinstance(event, (FilesChanged, ReadingProgress))
            if next_kill == 0:
                next_kill = self._chance.randint(20, 120)
                parsers = _workers(psutil.Process(engine.process.pid))[1:]
                if parsers:
                    with suppress(psutil.Error):
                        self._chance.choice(parsers).kill()
                        tally.counted["parsers killed"] += 1
        if finished < READINGS:
            tally.problems.append(f"round {self._rounds}: the reading did not end")
        tally.problems += engine.kill()

    def _kill_app(self, tally: Tally) -> None:
        """The window, its engine and its parsers, in any order."""
        context = multiprocessing.get_context("spawn")
        arguments = (self._library, self.collection.folder, self._settings)
        app = context.Process(target=show_window, args=arguments)
        app.start()
        root = psutil.Process(app.pid)
        wanted = 0 if self._chance.random() < EARLY else 3  # with an engine and a parser
        deadline = time.monotonic() + APP_STARTS_S
        while len(_workers(root)) < wanted and time.monotonic() < deadline:
            app.join(0.05)
        app.join(self._chance.uniform(0, 2.0))
        if app.exitcode is not None:
            tally.problems.append(f"the app ended by itself: {app.exitcode}")
            return
        family = [root, *root.children(recursive=True)]
        tally.counted["processes killed"] += len(family)
        self._chance.shuffle(family)
        for process in family:
            with suppress(psutil.Error):
                process.kill()
        app.join()
        tally.problems += outlived(family)


def _workers(process: psutil.Process) -> list[psutil.Process]:
    """It and all below it, but for what only keeps books."""
    with suppress(psutil.Error):
        family = [process, *process.children(recursive=True)]
        return [p for p in family if "resource_tracker" not in " ".join(p.cmdline())]
    return []
