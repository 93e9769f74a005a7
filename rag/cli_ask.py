"""The verbs of the command line that search and ask."""

from __future__ import annotations

import argparse
import signal
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rag import output, output_answer, output_ending, output_whole
from rag.answering import Question
from rag.cancel import CancelToken
from rag.cli_ledger import INTERRUPTED, OK, SHOWN_S, WRONG_USE, say
from rag.errors import Cancelled, FootnoteError, PathNotFound
from rag.events import (
    AnswerEvent,
    ConversationStarted,
    EvidenceFound,
    PassProgress,
    PlanMade,
    PrefillProgress,
    RewriteStarted,
    SectionsProgress,
    SentenceCited,
    TextStreamed,
    WholeProgress,
)
from rag.outcome import Outcome
from rag.records import (
    Answer,
    Hit,
    Mode,
    Scope,
    Sentence,
    Support,
    Understanding,
)
from rag.scoping import read_scope
from rag.scores import QuestionItem, read_questions
from rag.session import Session

_COUNTED = 20  # questions between two lines of progress
READ = {
    None: None,
    "passages": Mode.PASSAGES,
    "everything": Mode.EXHAUSTIVE,
    "whole": Mode.WHOLE_DOCUMENT,
    "sections": Mode.SECTIONS,
}
_OWN = "From the model's own knowledge, not from your files:"


def use_model(session: Session, path: Path | None) -> None:
    """Answer with this model file, for now."""
    if path is not None:
        for _ in session.use_model(path, "", CancelToken(), remember=False):
            pass


# ---------------------------------------------------------------- searching


def search(session: Session, options: argparse.Namespace) -> int:
    """Find passages."""
    questions, scope = questions_asked(options), scope_asked(options)
    session.warm_up_search()
    for number, item in enumerate(questions, 1):
        _count(number, questions)
        begun = time.monotonic()
        found = session.find(item.question, scope, options.top, as_typed=options.as_typed)
        seconds = time.monotonic() - begun
        if options.json or options.questions:
            print(output.line(output_answer.search(item.id, seconds, found)), flush=True)
            continue
        _tell_narrowing(found.understood)
        for hit in found.hits:
            print(output_ending.passage(hit))
            if options.why:
                print(f"   {_why(hit)}")
        if not found.hits:
            print("Nothing was found.")
    return OK


def questions_asked(options: argparse.Namespace) -> list[QuestionItem]:
    """The question that was typed, or those of the file that was named."""
    if options.questions is not None:
        if not options.questions.is_file():
            raise PathNotFound(options.questions)
        return read_questions(options.questions)
    if not (options.question or "").strip():
        raise FootnoteError("Type a question, or name a file with --questions.")
    return [QuestionItem("1", options.question.strip())]


def scope_asked(options: argparse.Namespace) -> Scope:
    """What is to be asked, as it was typed."""
    return read_scope(options.scope, options.type, options.since, options.until, options.pages)


def _tell_narrowing(understood: Understanding) -> None:
    for words in understood.narrowed_by:
        say(
            f"Looked only in what “{words}” names, in your question or the one that it follows. "
            "--as-typed looks everywhere."
        )


def _why(hit: Hit) -> str:
    """Why a passage was found: its words that match, and what each way of searching gave it."""
    words = dict.fromkeys(hit.text[start:end].casefold() for start, end in hit.matches)
    return (
        f"meaning {hit.dense:.2f} · words {hit.lexical:.1f} · closer look {hit.rerank:.2f}"
        f" · matching: {', '.join(words) or 'none'}"
    )


def _count(number: int, questions: Sequence[QuestionItem]) -> None:
    if len(questions) > 1 and number % _COUNTED == 1:
        say(f"question {number} of {len(questions)}")


# ---------------------------------------------------------------- asking


def ask(session: Session, options: argparse.Namespace) -> int:
    """Answer questions, one after the other."""
    questions, scope = questions_asked(options), scope_asked(options)
    use_model(session, options.model)
    code = OK
    for number, item in enumerate(questions, 1):
        _count(number, questions)
        cancel = CancelToken()
        try:
            answer = _answered(session, item, scope, options, cancel)
        except Cancelled as stopped:  # while a model was loaded: nothing was written yet
            say(str(stopped))
            return INTERRUPTED
        except FootnoteError as error:
            if len(questions) == 1:
                raise
            say(f"question {item.id}: {error}")
            print(output.line(output_answer.unanswered(item.id, scope, str(error))), flush=True)
            code = WRONG_USE
            continue
        if _prints_lines(options):
            print(output.line(output_answer.answer(item.id, scope, answer)), flush=True)
        else:
            print(output_ending.ending(answer))
        if READ[options.read] is Mode.EXHAUSTIVE and answer.mode is not Mode.EXHAUSTIVE:
            say(
                f"question {item.id} asks for nothing to list or count: the best passages were read"
            )
        if cancel.cancelled:
            say("Stopped. What was written until then is above." if answer.text else "Stopped.")
            return INTERRUPTED
    return code


def _prints_lines(options: argparse.Namespace) -> bool:
    return options.json or options.questions is not None


def _answered(
    session: Session,
    item: QuestionItem,
    scope: Scope,
    options: argparse.Namespace,
    cancel: CancelToken,
) -> Answer:
    """The answer to a question, told of while it is made; the next goes on in its conversation."""
    question = Question(
        item.question,
        scope,
        own_knowledge=options.own_knowledge,
        plan_only=options.plan_only,
        as_typed=options.as_typed,
        read=READ[options.read],
    )
    if options.conversation is None:
        run = Outcome(session.ask(question, cancel))
    else:
        run = Outcome(session.converse(question, options.conversation or None, cancel))
    told = Telling(as_lines=_prints_lines(options))
    with stopped_by_hand(cancel):
        for event in run:
            if isinstance(event, ConversationStarted):
                options.conversation = event.conversation.id
            told.tell(event)
    return run.result


@contextmanager
def stopped_by_hand(cancel: CancelToken) -> Generator[None, None, None]:
    """Let the first Ctrl+C stop an answer, which then ends in what there is; the second ends all.

    Does nothing in other threads than the main one, which are never interrupted.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        if cancel.cancelled:
            raise KeyboardInterrupt
        cancel.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Telling:
    """Tells on stderr what takes time, and prints each sentence with its marks as it ends."""

    def __init__(self, *, as_lines: bool) -> None:
        self._as_lines = as_lines
        self._own = False
        self._text = ""
        self._printed_to = 0  # sentences that come again stand in the ending
        self._shown_at = 0.0

    def tell(self, event: AnswerEvent) -> None:
        """Tell of an event, where it is worth a line."""
        match event:
            case ConversationStarted():
                say(f"conversation {event.conversation.id}")
            case PassProgress() | WholeProgress() | SectionsProgress():
                self._progress(event)
            case _ if not self._as_lines:
                self._print(event)
            case _:
                pass

    def _print(self, event: AnswerEvent) -> None:
        match event:
            case EvidenceFound(understood=understood, likely=likely):
                if understood:
                    _tell_narrowing(understood)
                if likely:
                    where = output_ending.where(likely.citation)
                    say(f"Likely: {output.one_line(likely.text)} ({where})")
            case PlanMade():
                self._own = event.mode is Mode.OWN_KNOWLEDGE
                say(_OWN if self._own else event.reason)
            case PrefillProgress() if event.seconds_left > SHOWN_S:
                say(f"the model is reading, {event.seconds_left:.0f} s left")
            case RewriteStarted():
                print(f"\n({event.reason})")
                self._text, self._printed_to = "", 0
            case TextStreamed():
                self._text += event.text
            case SentenceCited(sentence) if sentence.start >= self._printed_to:
                space = self._text[self._printed_to : sentence.start]
                told = sentence.text if self._own else _marked(sentence)
                print(space + told, end="", flush=True)
                self._printed_to = sentence.end
            case _:
                pass

    def _progress(self, event: PassProgress | WholeProgress | SectionsProgress) -> None:
        now = time.monotonic()
        if now - self._shown_at >= SHOWN_S:
            self._shown_at = now
            say(_progress_line(event))


def _progress_line(event: PassProgress | WholeProgress | SectionsProgress) -> str:
    match event:
        case WholeProgress():
            return output_whole.progress(event)
        case SectionsProgress():
            return output_whole.sections_progress(event)
        case PassProgress():
            return (
                f"{event.passages_done:,} of {event.passages_total:,} passages, "
                f"{event.found:,} found, {event.seconds_left:.0f} s left"
            )


def _marked(sentence: Sentence) -> str:
    marks = "".join(f"[{citation.number}]" for citation in sentence.citations)
    if sentence.is_unproven:
        return f"{sentence.text} [not found in your files]"
    if sentence.is_computed:
        marks += " [calculated]"
    if sentence.support is Support.PARTLY:
        marks += " [partly found]"
    return sentence.text + marks
