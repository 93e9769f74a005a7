"""A session reads documents whole with the real trial model: once, over questions and restarts."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rag import cli
from rag.answering import Question
from rag.cancel import CancelToken
from rag.database import Database
from rag.errors import DiskFull
from rag.events import WholeProgress
from rag.outcome import Outcome
from rag.records import Answer, Mode, Scope
from rag.session import Session

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

LEASE = (
    "The flat in Lime Street is let from May on.\n\n"
    "The lease may be ended by either party with three months' notice in writing.\n\n"
    "The rent is 900 euros a month, to be paid on the third day of each month.\n\n"
    "Bicycles stand in the yard. Dogs need the consent of the owner.\n\n"
)
ALL = "Summarise the lease."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a lease of which nothing was read whole yet."""
    folder = tmp_path_factory.mktemp("lease")
    (folder / "lease.txt").write_text(LEASE, "utf-8")
    with Session(folder / "library") as session:
        for _ in session.add([folder / "lease.txt"], CancelToken()):
            pass
    return folder / "library"


@pytest.fixture
def fresh(library: Path, tmp_path: Path) -> Path:
    return shutil.copytree(library, tmp_path / "library")


def ask(
    session: Session, question: str, conversation: int | None = None
) -> tuple[Answer, list[WholeProgress]]:
    asked = Question(question, read=Mode.WHOLE_DOCUMENT)
    if conversation is None:
        run = Outcome(session.ask(asked, CancelToken()))
    else:
        run = Outcome(session.converse(asked, conversation, CancelToken()))
    told = [event for event in run if isinstance(event, WholeProgress)]
    return run.result, told


def test_a_document_is_read_once_for_all_questions_and_restarts(fresh: Path) -> None:
    with Session(fresh) as session:
        first, told = ask(session, ALL)
        second, _ = ask(session, "What does the lease say of dogs?")
    with Session(fresh) as session:
        again, told_again = ask(session, ALL)

    total = told[-1].tokens_total
    assert told[0].tokens_done == 0
    assert second.stats is not None
    assert second.stats.reused_tokens >= total
    assert told_again[0].tokens_done == total
    assert again.stats is not None
    assert again.stats.reused_tokens >= total
    assert (again.text, again.sentences) == (first.text, first.sentences)


def test_on_a_full_disk_the_answer_is_the_same(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def full(database: Database) -> Generator[sqlite3.Connection, None, None]:
        raise DiskFull(fresh)
        yield

    with Session(fresh) as session:
        expected, _ = ask(session, ALL)
    shutil.rmtree(fresh / "states")
    with Session(fresh) as session:
        monkeypatch.setattr(Database, "writing", full)
        answer, told = ask(session, ALL)
        monkeypatch.undo()

    assert told[0].tokens_done == 0
    assert (answer.text, answer.mode) == (expected.text, Mode.WHOLE_DOCUMENT)


def test_a_follow_up_costs_only_its_own_tokens(fresh: Path) -> None:
    with Session(fresh) as session:
        conversation = session.chats.start("Lease").id
        _, told = ask(session, ALL, conversation)
        follow_up, _ = ask(session, "And when is the rent to be paid?", conversation)

    stats = follow_up.stats
    assert stats is not None
    assert stats.reused_tokens >= told[-1].tokens_total
    assert stats.prompt_tokens - told[-1].tokens_total < 250  # the conversation and the question


def test_what_was_prepared_is_kept_and_told(fresh: Path) -> None:
    scope = Scope()
    with Session(fresh) as session:
        run = Outcome(session.prepare(scope, CancelToken()))
        last = list(run)[-1]
        kept = session.whole.readings()
        estimate = session.whole.estimate(scope)
        session.whole.delete([reading.id for reading in kept.readings])
        after = session.whole.readings()

    assert last == run.result
    assert run.result.complete
    (reading,) = kept.readings
    assert reading.is_complete
    assert 0 < kept.size_bytes <= kept.budget_bytes
    assert estimate is not None
    assert estimate.is_ready
    assert (after.readings, after.size_bytes) == ((), 0)


def test_the_speed_is_remembered_for_the_next_start(fresh: Path) -> None:
    with Session(fresh) as session:
        list(session.prepare(Scope(), CancelToken()))
    with Session(fresh) as session:
        estimate = session.whole.estimate(Scope())
        facts = session.whole.desk.facts()

    assert estimate is not None
    assert not facts.is_loaded
    assert facts.curve is not None


def test_the_command_line_prepares_files_and_asks_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lease = tmp_path / "lease.txt"
    lease.write_text(LEASE, "utf-8")
    library = ["--library", str(tmp_path / "library"), "--json"]

    assert cli.main(["prepare", *library, str(lease)]) == 0
    prepared = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert cli.main(["ask", *library, "--read", "whole", ALL]) == 0
    answer = json.loads(capsys.readouterr().out)

    assert prepared["complete"]
    assert prepared["tokens_before"] == 0
    assert prepared["tokens"] == prepared["tokens_total"] > 100
    assert answer["mode"] == "whole_document"
    assert answer["plan"]
    assert answer["coverage"]["whole"][0]["document"] == str(lease)
    assert answer["stats"]["reused_tokens"] >= prepared["tokens"]


def test_the_command_line_says_that_a_folder_held_nothing_to_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()

    code = cli.main(["prepare", str(tmp_path / "empty"), "--library", str(tmp_path / "library")])

    assert code == 1
    assert "Nothing was read whole" in capsys.readouterr().err
