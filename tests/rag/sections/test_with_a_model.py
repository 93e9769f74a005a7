"""A real model's summary, through the session: proven, kept, and the same after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answering import Question
from rag.cancel import CancelToken
from rag.events import SectionsProgress
from rag.plan.sections import summaries_of
from rag.records import Answer, Mode, Scope, Support
from rag.sections.keeping import FILE_NAME
from rag.session import Session
from rag.whole.facts import Wish
from tests.rag.sections.writers import page

pytestmark = [pytest.mark.models, pytest.mark.timeout(900)]

PAGES = 12
ASKED = Question("Summarise the survey.", read=Mode.SECTIONS)


def summarised(session: Session, stop_after: int | None = None) -> tuple[Answer, list[int]]:
    """The answer, and how many sections were done at each step."""
    cancel, done = CancelToken(), list[int]()
    asked = session.ask(ASKED, cancel)
    try:
        while True:
            event = next(asked)
            if isinstance(event, SectionsProgress):
                done.append(event.sections_done)
                if stop_after is not None and event.sections_done >= stop_after:
                    cancel.cancel()
    except StopIteration as end:
        return end.value, done


def test_a_summary_is_proven_kept_over_a_restart_and_gone_with_its_document(
    tmp_path: Path,
) -> None:
    files, library = tmp_path / "files", tmp_path / "library"
    files.mkdir()
    text = "\n\n".join(page(12 * n) for n in range(PAGES))
    (files / "survey.md").write_text(f"# Survey\n\n{text}", "utf-8")
    with Session(library) as session:
        for _ in session.add([files], CancelToken()):
            pass
        stopped, _ = summarised(session, stop_after=0)
        first, steps = summarised(session)
        shown = session.showing.document_text(files / "survey.md").text
    with Session(library) as session:
        planned = session.whole.desk.plan(Wish(Scope(), read=Mode.SECTIONS))
        model = session.whole.desk.facts()  # which is not loaded yet
        kept = session.whole.desk.kept_in_sections(
            [document.id for document in planned.documents],
            summaries_of(model.name, model.shape),
        )
        again, steps_again = summarised(session)
        session.remove([files])
        left = (library / FILE_NAME).read_bytes()

    assert (stopped.stopped, stopped.text) == (True, "")
    assert (first.mode, first.declined, first.stopped) == (Mode.SECTIONS, False, False)
    assert first.sentences
    for sentence in first.sentences:
        assert sentence.support is Support.SUPPORTED
        assert sentence.citations
        for citation in sentence.citations:
            assert shown[citation.start : citation.end] == citation.quote
    assert steps[0] == 0
    assert max(steps) >= 2
    assert set(steps_again) == {max(steps)}
    assert kept >= 0.95 * sum(document.tokens for document in planned.documents)
    assert (again.text, again.sentences) == (first.text, first.sentences)
    assert b"was built by" not in left
