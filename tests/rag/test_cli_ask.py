"""How the command line tells of an answer while it comes, and what it prints below it."""

from __future__ import annotations

import argparse
import json
import signal
from collections import defaultdict
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from rag.answering import Question
from rag.cancel import CancelToken
from rag.cli_arguments import parser
from rag.cli_ask import Telling, ask, stopped_by_hand
from rag.cli_ledger import INTERRUPTED
from rag.events import (
    AnswerEvent,
    EvidenceFound,
    PassProgress,
    PlanMade,
    RewriteStarted,
    SentenceCited,
    TextStreamed,
)
from rag.output_ending import covered, ending
from rag.records import Answer, Coverage, Likely, Mode, Sentence, Support
from rag.session import Session
from tests.rag.test_answer_json import ANSWER, CITATION, PROVEN

SEEN = Coverage(8, 3, 118, 4, passages_in_scope=412, passages_left_out=2)


@pytest.mark.parametrize(
    ("coverage", "line"),
    [
        (
            SEEN,
            (
                "Read the 8 best of 412 passages, from 3 of 118 files; 4 files are not read yet; "
                "2 passages left out for lack of room or time."
            ),
        ),
        (Coverage(1, 1, 1, 0, 1, 0), "Read the 1 best of 1 passage, from 1 of 1 file."),
        (
            Coverage(2, 1, 2, 1, 1204, 1),
            (
                "Read the 2 best of 1,204 passages, from 1 of 2 files; 1 file is not read yet; "
                "1 passage left out for lack of room or time."
            ),
        ),
    ],
)
def test_the_line_tells_what_was_read_and_what_was_not(coverage: Coverage, line: str) -> None:
    assert covered(coverage) == line


def test_a_pass_tells_that_it_went_through_everything() -> None:
    coverage = Coverage(412, 118, 118, 0, passages_in_scope=412)

    assert covered(coverage, exhaustive=True) == (
        "Went through 412 of 412 passages, from 118 of 118 files."
    )


def sentence(text: str, start: int, support: Support = Support.SUPPORTED) -> Sentence:
    cited = (CITATION,) if support is Support.SUPPORTED else ()
    return Sentence(text, start, start + len(text), support, cited)


def test_sentences_are_printed_with_their_marks_and_lines_as_they_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    telling = Telling(as_lines=False)

    telling.tell(TextStreamed("It rose.\n\n- By much."))
    telling.tell(SentenceCited(sentence("It rose.", 0)))
    telling.tell(SentenceCited(sentence("- By much.", 10, Support.NOT_FOUND)))
    telling.tell(SentenceCited(replace(sentence("- By much.", 10), found_later=True)))

    assert capsys.readouterr().out == "It rose.[1]\n\n- By much. [not found in your files]"


def test_what_was_calculated_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    telling = Telling(as_lines=False)
    telling.tell(TextStreamed("Three."))

    telling.tell(SentenceCited(replace(sentence("Three.", 0), is_computed=True)))

    assert capsys.readouterr().out == "Three.[1] [calculated]"


def test_an_answer_that_is_written_again_stands_below_the_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    telling = Telling(as_lines=False)
    telling.tell(TextStreamed("It rose."))
    telling.tell(SentenceCited(sentence("It rose.", 0, Support.NOT_FOUND)))

    telling.tell(RewriteStarted("Once more."))
    telling.tell(TextStreamed("It fell."))
    telling.tell(SentenceCited(sentence("It fell.", 0)))

    assert capsys.readouterr().out.endswith("\n(Once more.)\nIt fell.[1]")


def test_what_takes_time_and_what_is_likely_is_told_beside_the_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    telling = Telling(as_lines=False)
    likely = Likely("4%", CITATION, 0.8)

    telling.tell(EvidenceFound((), SEEN, 0.1, likely=likely))
    telling.tell(PlanMade(Mode.OWN_KNOWLEDGE, "why", 0, 0, None))
    telling.tell(PassProgress(1200, 4000, 7, 3.2))
    telling.tell(PassProgress(1300, 4000, 7, 3.0))

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "Likely: 4% (Ünïcode 😀.pdf, p. iii)",
        "From the model's own knowledge, not from your files:",
        "1,200 of 4,000 passages, 7 found, 3 s left",
    ]


def test_what_the_model_knows_by_itself_has_no_marks(capsys: pytest.CaptureFixture[str]) -> None:
    telling = Telling(as_lines=False)

    telling.tell(PlanMade(Mode.OWN_KNOWLEDGE, "why", 0, 0, None))
    telling.tell(TextStreamed("It rose."))
    telling.tell(SentenceCited(sentence("It rose.", 0, Support.NOT_FOUND)))

    assert capsys.readouterr().out == "It rose."


def test_as_lines_only_the_progress_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    telling = Telling(as_lines=True)

    telling.tell(TextStreamed("It rose."))
    telling.tell(SentenceCited(sentence("It rose.", 0)))
    telling.tell(PlanMade(Mode.PASSAGES, "why", 0, 0, None))
    telling.tell(PassProgress(1, 2, 0, 1.0))

    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "1 of 2 passages, 0 found, 1 s left\n")


def test_below_an_answer_stand_its_sources_conflicts_offer_and_coverage() -> None:
    later = replace(PROVEN.sentences[0], found_later=True)
    below = ending(replace(PROVEN, sentences=(later,)))

    assert "[1] Ünïcode 😀.pdf, p. iii: “Net sales rose by 4%.”" in below
    assert "Found on a second look: “They rose by 4% [1].” [1]" in below
    conflict = below[below.index("Your files contradict") :]
    assert conflict.index("5% [1] (2024-02-29, by its name)") < conflict.index("4% [1]")
    assert "(about 2 s), ask again with --read everything." in below
    assert below.splitlines()[-1].startswith("Read the 2 best of 900 passages")


def test_below_a_declined_question_stand_the_closest_passages() -> None:
    below = ending(replace(ANSWER, declined=True, mode=Mode.DECLINE, text="", sentences=()))

    assert "Your files don't seem to answer this.\nThe closest passages:\n1. " in below
    assert "Net sales rose by 4%." in below


@pytest.mark.parametrize("is_declined", [True, False])
def test_below_what_says_nothing_no_passages_are_told_of_where_there_are_none(
    is_declined: bool,  # noqa: FBT001 - a case
) -> None:
    silent = replace(ANSWER, declined=is_declined, text="", sentences=(), evidence=())

    assert "The closest passages" not in ending(silent)
    assert "The closest passages" in ending(replace(silent, evidence=ANSWER.evidence))


def test_an_answer_stopped_before_all_was_read_tells_of_no_passages_that_were_read() -> None:
    why = "Stopped while “Lease” was read. What was read is kept: asking again goes on there."
    stopped = replace(
        ANSWER, mode=Mode.WHOLE_DOCUMENT, text="", sentences=(), stopped=True, plan=why
    )

    below = ending(stopped)

    assert why in below
    assert "Read the" in ending(replace(stopped, mode=Mode.PASSAGES))
    assert "Read the" not in below


def test_below_an_answer_from_own_knowledge_stands_nothing() -> None:
    assert ending(replace(ANSWER, mode=Mode.OWN_KNOWLEDGE, declined=True)) == ""


def test_the_first_interruption_stops_the_answer_and_the_second_ends_all() -> None:
    cancel, before = CancelToken(), signal.getsignal(signal.SIGINT)

    with stopped_by_hand(cancel):
        signal.raise_signal(signal.SIGINT)
        assert cancel.cancelled
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    assert signal.getsignal(signal.SIGINT) is before


def read(*typed: str) -> argparse.Namespace:
    return parser(defaultdict(lambda: ask), lambda _: 0).parse_args(typed)


class StoppedSession:
    """Counts what it is asked; each question is stopped while its model is loaded."""

    def __init__(self) -> None:
        self.asked = 0

    def ask(self, question: Question, cancel: CancelToken) -> Generator[AnswerEvent, None, Answer]:
        self.asked += 1
        yield PlanMade(Mode.PASSAGES, question.text, 1, 1, None)
        cancel.cancel()
        cancel.check()
        return ANSWER


def test_who_stops_while_a_model_is_loaded_is_asked_no_further_questions(tmp_path: Path) -> None:
    session, questions = StoppedSession(), tmp_path / "questions.jsonl"
    items = [{"id": name, "question": f"{name}?"} for name in ("one", "two")]
    questions.write_text("\n".join(map(json.dumps, items)), "utf-8")
    typed = ("ask", "--questions", str(questions))

    code = ask(cast("Session", session), read(*typed))

    assert (code, session.asked) == (INTERRUPTED, 1)


@pytest.mark.parametrize("typed", ["old", "0", "-1", "1.5"])
def test_a_conversation_is_a_number_or_new(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read("ask", "?", f"--conversation={typed}")

    assert f"{typed} is not a whole number from 1 on" in capsys.readouterr().err
    assert read("ask", "?", "--conversation", "new").conversation == 0
    assert read("ask", "?", "--conversation", "12").conversation == 12
