"""The command line: its verbs for asking and models; those for files are in `rag.cli_ledger`."""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rag import cli_arguments, cli_cite, cli_export, cli_ledger, evaluate, output
from rag.answering import Question
from rag.cancel import CancelToken
from rag.cli_ledger import (
    INTERRUPTED,
    OK,
    SHOWN_S,
    WRONG_USE,
    embedded_share,
    follow_change,
    say,
    tell_unread,
)
from rag.disk.scan import absolute
from rag.errors import FootnoteError, PathNotFound
from rag.events import (
    AnswerEvent,
    ConversationStarted,
    EvidenceFound,
    PlanMade,
    PrefillProgress,
    SentenceCited,
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code: 0 all well, 1 some files unread, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = cli_arguments.parser(_VERBS, cli_cite.cite).parse_args(arguments)
    try:
        if "run_alone" in options:
            return options.run_alone(options)
        with Session(options.library) as session:
            for notice in session.notices:
                say(notice)
            code = options.run(session, options)
            sys.stdout.flush()
            return code
    except FootnoteError as error:
        say(str(error))
        return WRONG_USE
    except KeyboardInterrupt:
        say("Stopped. What was finished is kept.")
        return INTERRUPTED
    except BrokenPipeError:  # whoever reads what is printed has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


# ---------------------------------------------------------------- asking


def _questions(options: argparse.Namespace) -> list[QuestionItem]:
    if options.questions is not None:
        if not options.questions.is_file():
            raise PathNotFound(options.questions)
        return read_questions(options.questions)
    if not (options.question or "").strip():
        raise FootnoteError("Type a question, or name a file with --questions.")
    return [QuestionItem("1", options.question.strip())]


def _scope(options: argparse.Namespace) -> Scope:
    return read_scope(options.scope, options.type, options.since, options.until, options.pages)


def _search(session: Session, options: argparse.Namespace) -> int:
    questions, scope = _questions(options), _scope(options)
    session.warm_up_search()
    for number, item in enumerate(questions, 1):
        _count(number, questions)
        begun = time.monotonic()
        found = session.find(item.question, scope, options.top, as_typed=options.as_typed)
        seconds = time.monotonic() - begun
        if options.json or options.questions:
            print(output.line(output.search(item.id, seconds, found)), flush=True)
            continue
        _tell_narrowing(found.understood)
        for hit in found.hits:
            print(_hit_text(hit))
            if options.why:
                print(f"   {_why(hit)}")
        if not found.hits:
            print("Nothing was found.")
    return OK


def _tell_narrowing(understood: Understanding) -> None:
    for words in understood.narrowed_by:
        say(f"Looked only where your question says: “{words}”. --as-typed looks everywhere.")


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


def _hit_text(hit: Hit) -> str:
    text = " ".join(hit.text.split())
    place = f", {hit.place}" if hit.place else ""
    return f"{hit.rank}. {hit.path}{place}\n   {text[:300]}"


def _use_model(session: Session, path: Path | None) -> None:
    if path is not None:
        for _ in session.use_model(path, "", CancelToken(), remember=False):
            pass


def _ask(session: Session, options: argparse.Namespace) -> int:
    questions, scope = _questions(options), _scope(options)
    _use_model(session, options.model)
    as_lines = options.json or options.questions is not None
    code = OK
    for number, item in enumerate(questions, 1):
        _count(number, questions)
        question = Question(
            item.question, scope, plan_only=options.plan_only, as_typed=options.as_typed
        )
        if options.conversation is None:
            run = Outcome(session.ask(question, CancelToken()))
        else:
            kept_in = options.conversation or None
            run = Outcome(session.converse(question, kept_in, CancelToken()))
        try:
            for event in run:
                if isinstance(event, ConversationStarted):
                    options.conversation = event.conversation.id
                _show(event, as_lines=as_lines)
        except FootnoteError as error:
            if len(questions) == 1:
                raise
            say(f"question {item.id}: {error}")
            print(output.line(output.unanswered(item.id, scope, str(error))), flush=True)
            code = WRONG_USE
            continue
        if as_lines:
            print(output.line(output.answer(item.id, scope, run.result)), flush=True)
        else:
            print(_sources(run.result))
    return code


def _show(event: AnswerEvent, *, as_lines: bool) -> None:
    """Tell on stderr what takes time, and print each sentence with its marks as it ends."""
    if isinstance(event, ConversationStarted):
        say(f"conversation {event.conversation.id}")
    elif isinstance(event, EvidenceFound) and event.understood and not as_lines:
        _tell_narrowing(event.understood)
    elif isinstance(event, PlanMade) and not as_lines:
        say(event.reason)
    elif isinstance(event, PrefillProgress) and event.seconds_left > SHOWN_S and not as_lines:
        say(f"the model is reading, {event.seconds_left:.0f} s left")
    elif isinstance(event, SentenceCited) and not as_lines:
        print(_marked(event.sentence), end=" ", flush=True)


def _marked(sentence: Sentence) -> str:
    marks = "".join(f"[{citation.number}]" for citation in sentence.citations)
    if sentence.is_unproven:
        marks = " [not found in your files]"
    elif sentence.support is Support.PARTLY:
        marks += " [partly found]"
    return sentence.text + marks


def _sources(answer: Answer) -> str:
    lines = [""]
    if answer.mode is Mode.DECLINE:
        lines.append("Your files don't seem to answer this. The closest passages:")
    if answer.mode is Mode.DECLINE or not answer.text:
        lines += [_hit_text(hit) for hit in answer.evidence[:3]]
    citations = {c.number: c for sentence in answer.sentences for c in sentence.citations}
    for number, citation in sorted(citations.items()):
        place = f", {citation.place}" if citation.place else ""
        quote = " ".join(citation.quote.split())
        lines.append(f"[{number}] {citation.path.name}{place}: “{quote}”")
    return "\n".join(lines)


def _evaluate(session: Session, options: argparse.Namespace) -> int:
    _use_model(session, options.model)
    folder = absolute(options.folder)
    run = Outcome(evaluate.run(session, folder, answers=options.answers))
    for line in run:
        say(line)
    values = output.evaluation(run.result)
    if options.json:
        print(output.line({"folder": str(options.folder), **values}))
    else:
        print("\n".join(f"{name:28} {value}" for name, value in values.items()))
    return tell_unread(session, [folder])


def _model(session: Session, options: argparse.Namespace) -> int:
    if options.file is not None:
        for _ in session.use_model(options.file, "", CancelToken()):
            pass
    info = session.model_info()
    if options.json:
        print(output.line({"name": info.name, "path": str(info.path), "size": info.size_bytes}))
    else:
        print(f"{info.name}  {info.path}")
    return OK


def _embedder(session: Session, options: argparse.Namespace) -> int:
    if options.id is not None:
        session.use_embedder(options.id)
        follow_change(session)
    state = session.embedders()
    if options.json:
        print(output.line(output.embedders(state)))
        return OK
    for choice in state.choices:
        mark = "*" if choice.id == state.current.id else " "
        missing = "" if choice.installed else "  (not on this computer)"
        print(f"{mark} {choice.id:32} {choice.name}{missing}")
    if state.current not in state.choices:
        print(f"* {state.current.id}  (not on this computer any more)")
    if state.coming is not None:
        print(f"{state.coming.id} takes over: {embedded_share(state)}")
    return OK


_VERBS = {
    "index": cli_ledger.index,
    "refresh": cli_ledger.refresh,
    "remove": cli_ledger.remove,
    "watch": cli_ledger.watch,
    "status": cli_ledger.status,
    "show": cli_ledger.show,
    "settings": cli_ledger.settings,
    "search": _search,
    "ask": _ask,
    "conversations": cli_export.conversations,
    "export": cli_export.export,
    "evaluate": _evaluate,
    "model": _model,
    "embedder": _embedder,
}
