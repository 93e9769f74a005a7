"""Looks whether a library is whole: opens it, brings it in line, and holds it to its files."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import FootnoteError
from rag.index.reconcile import SafeIndex
from rag.outcome import Outcome
from rag.records import FileRecord, FileState, Scope
from rag.session import Session
from tests.faults.collection import Said

READ = {FileState.READY, FileState.PARTIAL}
SETTLE_S = 60.0
SEARCHES = 8
WORD_SEARCHES = 60
QUESTION = "When was the bridge repaired?"


Chats = tuple[tuple[str, tuple[str, ...]], ...]  # titles, each with its questions


@dataclass(frozen=True, slots=True)
class Expected:
    """What lies on the disk now, what ever lay there, and what need not be readable."""

    root: Path
    now: Mapping[Path, Said]
    past: Mapping[Path, Sequence[Said]]
    unsure: frozenset[Path] = frozenset()  # there, but cut off: read or not, only once
    unreadable: frozenset[Path] = frozenset()  # there, but nothing that could be read
    chats: Chats = ()
    settle: bool = False  # wait for Chroma, and compare what it holds


@dataclass(slots=True)
class Found:
    """What is wrong, and what the library told of itself."""

    problems: list[str] = field(default_factory=list)
    notices: tuple[str, ...] = ()
    read_again: int = 0
    added_again: bool = False


def start_chat(library: Path) -> Chats:
    """Keep a conversation in `library`; what there is now."""
    with Session(library) as session:
        conversation = session.chats.start("About bridges")
        turn = session.chats.add_turn(conversation.id, QUESTION, Scope())
        session.chats.fail_turn(turn.id, "No model is installed yet.")
        return _chats(session)


def read_all(library: Path, folder: Path) -> None:
    """Read `folder` into `library`, keep the copies for bad days, and close it in good order."""
    with Session(library) as session:
        for _ in session.add([folder], CancelToken()):
            pass
        _settle(session)
        session.keep_copies(CancelToken())


def examine(library: Path, expected: Expected) -> Found:
    """Open `library`, look at it, refresh it, and look closer."""
    found = Found()
    try:
        with Session(library) as session:
            found.notices = session.notices
            _check_complete(session, expected, found, "as it was left")
            if not session.roots():
                found.added_again = True
                run = Outcome(session.add([expected.root], CancelToken()))
            else:
                run = Outcome(session.refresh((), CancelToken()))
            for _ in run:
                pass
            found.read_again = run.result.read
            _check_complete(session, expected, found, "refreshed")
            _check_whole(session, expected, found)
            if expected.settle:
                _settle(session)
                _check_vectors(session, found)
            if _chats(session) != expected.chats:
                found.problems.append(f"the conversations changed: {_chats(session)}")
    except FootnoteError as error:
        found.problems.append(f"{type(error).__name__}: {error}")
    return found


def _chats(session: Session) -> Chats:
    conversations = (session.chats.conversation(c.id) for c in session.chats.conversations())
    return tuple((c.info.title, tuple(turn.question for turn in c.turns)) for c in conversations)


def _settle(session: Session) -> None:
    index = session._embedders.vectors.now
    assert isinstance(index, SafeIndex)
    index.wait_until_settled(SETTLE_S)


def _text(session: Session, path: Path) -> str:
    return session.showing.document_text(path).text


def _check_complete(session: Session, expected: Expected, found: Found, when: str) -> None:
    """Only whole documents answer, each as it once lay on the disk."""
    catalog, lines = session._catalog, session.files()
    if len({line.path for line in lines}) != len(lines):
        found.problems.append(f"{when}: a path has two lines")
    shown = {line.path for line in lines if catalog.document_of(line.path) is not None}
    for path in sorted(shown - expected.unsure):
        words = set(re.findall(r"[a-z]{12}", _text(session, path)))
        if not any({said.first, said.last} <= words for said in expected.past.get(path, ())):
            found.problems.append(f"{when}: {path.name} is shown, but not whole")
    if catalog.count_chunks() != session._embedders.vectors.count():
        found.problems.append(f"{when}: not every chunk has one vector")
    chance = random.Random(len(lines))
    for path in chance.sample(sorted(expected.now), min(SEARCHES, len(expected.now))):
        for hit in session.search(expected.now[path].first):
            if hit.path not in shown:
                found.problems.append(f"{when}: {hit.path.name} answers, but is not complete")


def _check_whole(session: Session, expected: Expected, found: Found) -> None:
    """Every file has its one line and is found by its own words, nothing else is."""
    lines: dict[Path, FileRecord] = {line.path: line for line in session.files()}
    there = set(expected.now) | expected.unsure | expected.unreadable
    found.problems += [f"{path.name} has no line" for path in sorted(there - set(lines))]
    strangers = sorted(path for path in set(lines) - there if lines[path].state in READ)
    found.problems += [f"{path.name} has a line, but is not there" for path in strangers]
    for path, line in lines.items():
        if line.state not in READ and not line.reason:
            found.problems.append(f"{path.name} is {line.state} without a reason")
    where = _where_words_are(session)
    for path, versions in expected.past.items():
        current = expected.now.get(path)
        for said in versions:
            for word in (said.first, said.last):
                if path in expected.unsure:
                    wrong = where.get(word, set()) - {path}
                else:
                    wrong = where.get(word, set()) != ({path} if said == current else set())
                if wrong:
                    names = sorted(other.name for other in where.get(word, ()))
                    kind = "a word" if said == current else "a word of an earlier version"
                    state = f"{lines[path].state} {lines[path].reason}" if path in lines else "gone"
                    found.problems.append(f"{kind} of {path.name} ({state}) is in {names}")
    _check_searches(session, expected, where, found)
    for path, said in expected.now.items():
        line = lines.get(path)
        if line and line.state in READ and _text(session, path).count(said.first) != 1:
            found.problems.append(f"{path.name} holds its words twice")


def _where_words_are(session: Session) -> dict[str, set[Path]]:
    """The paths in whose passages each of the unlikely words stands."""
    where: dict[str, set[Path]] = {}
    for stored in session._catalog.chunks(session._catalog.vectors().ids.tolist()):
        for word in re.findall(r"[a-z]{12}", stored.chunk.text):
            where.setdefault(word, set()).add(stored.path)
    return where


def _check_searches(
    session: Session, expected: Expected, where: Mapping[str, set[Path]], found: Found
) -> None:
    """The search for a word finds the passages in which it stands, also none."""
    words = sorted(said.first for versions in expected.past.values() for said in versions)
    chance = random.Random(len(words))
    for word in chance.sample(words, min(WORD_SEARCHES, len(words))):
        hits = session._catalog.search_words(word, 20, None)
        chunks = session._catalog.chunks([hit.chunk_id for hit in hits])
        if {c.path for c in chunks if word in c.chunk.text} != where.get(word, set()):
            found.problems.append(f"the search does not find “{word}” where it stands")


def _check_vectors(session: Session, found: Found) -> None:
    """The vector index answers for every seventeenth chunk with that chunk."""
    stored = session._catalog.vectors()
    index = session._embedders.vectors
    for number in range(0, len(stored.ids), 17):
        vector = stored.matrix[number].astype("f4")
        best = index.query(vector, 3, None)
        if not best or best[0].score < 0.99:
            found.problems.append("a chunk is not found by its own vector")
            return
