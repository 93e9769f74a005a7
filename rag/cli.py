"""The command line: `footnote index|refresh|remove|search|ask|status|evaluate|model|embedder`."""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from collections.abc import Generator, Sequence
from pathlib import Path

from rag import cli_arguments, evaluate, output
from rag.answering import Question
from rag.cancel import CancelToken
from rag.errors import FootnoteError, PathNotFound
from rag.events import (
    AnswerEvent,
    EmbedderChanged,
    EvidenceFound,
    IngestEvent,
    PlanMade,
    PrefillProgress,
    ReadingProgress,
    SentenceCited,
)
from rag.outcome import Outcome
from rag.records import (
    Answer,
    FileState,
    Hit,
    IngestSummary,
    Mode,
    Scope,
    Sentence,
    Support,
    Understanding,
)
from rag.scan import absolute
from rag.scoping import read_scope
from rag.scores import QuestionItem, read_questions
from rag.session import Session

_SHOWN_S = 1.0
_COUNTED = 20  # questions between two lines of progress
OK, SOME_UNREAD, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code: 0 all well, 1 some files unread, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = cli_arguments.parser(_VERBS).parse_args(arguments)
    try:
        with Session(options.library) as session:
            for notice in session.notices:
                _say(notice)
            code = options.run(session, options)
            sys.stdout.flush()
            return code
    except FootnoteError as error:
        _say(str(error))
        return WRONG_USE
    except KeyboardInterrupt:
        _say("Stopped. What was finished is kept.")
        return INTERRUPTED
    except BrokenPipeError:  # whoever reads what is printed has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- reading


def _index(session: Session, options: argparse.Namespace) -> int:
    paths = [absolute(path) for path in options.paths]
    return _follow(session.add(paths, CancelToken()), paths, session, options)


def _refresh(session: Session, options: argparse.Namespace) -> int:
    paths = [absolute(path) for path in options.paths]
    return _follow(session.refresh(paths, CancelToken()), paths, session, options)


def _follow(
    reading: Generator[IngestEvent, None, IngestSummary],
    paths: Sequence[Path],
    session: Session,
    options: argparse.Namespace,
) -> int:
    """Show the progress of a reading on stderr and its summary on stdout."""
    run = Outcome(reading)
    shown = 0.0
    for event in run:
        if isinstance(event, ReadingProgress) and time.monotonic() - shown > _SHOWN_S:
            shown = time.monotonic()
            left = "" if event.seconds_left is None else f", {event.seconds_left:.0f} s left"
            _say(f"reading {event.files_done} of {event.files_total} files{left}")
    summary = run.result
    if options.json:
        print(output.line(output.summary(summary, session.files())))
    else:
        print(
            f"{summary.read} read, {summary.unchanged} unchanged, {summary.failed} not readable, "
            f"{summary.removed} removed, in {summary.seconds:.1f} s"
        )
    _follow_change(session)
    return _tell_unread(session, paths)


def _tell_unread(session: Session, paths: Sequence[Path]) -> int:
    """List the files under `paths` that could not be read; the exit code."""
    unread = [
        file
        for file in session.files()
        if file.state is FileState.FAILED
        and (not paths or any(file.path.is_relative_to(path) for path in paths))
    ]
    for file in unread:
        _say(f"{file.path}: {file.reason}")
    return SOME_UNREAD if unread else OK


def _remove(session: Session, options: argparse.Namespace) -> int:
    changed = session.remove(options.paths)
    if options.json:
        print(output.line({"removed": [str(path) for path in changed.removed]}))
    else:
        print(f"{len(changed.removed)} files forgotten")
    return OK


def _status(session: Session, options: argparse.Namespace) -> int:
    files = session.files()
    if options.json:
        print(output.line(output.status(files, session.embedders())))
        return OK
    for file in files:
        facts = file.reason or f"{file.pages} pages, {file.words} words"
        print(f"{file.state.value:8} {file.path}  {facts}")
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
        _say(f"Looked only where your question says: “{words}”. --as-typed looks everywhere.")


def _why(hit: Hit) -> str:
    """Why a passage was found: its words that match, and what each way of searching gave it."""
    words = dict.fromkeys(hit.text[start:end].casefold() for start, end in hit.matches)
    return (
        f"meaning {hit.dense:.2f} · words {hit.lexical:.1f} · closer look {hit.rerank:.2f}"
        f" · matching: {', '.join(words) or 'none'}"
    )


def _count(number: int, questions: Sequence[QuestionItem]) -> None:
    if len(questions) > 1 and number % _COUNTED == 1:
        _say(f"question {number} of {len(questions)}")


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
            run = Outcome(session.converse(question, options.conversation, CancelToken()))
        try:
            for event in run:
                _show(event, as_lines=as_lines)
        except FootnoteError as error:
            if len(questions) == 1:
                raise
            _say(f"question {item.id}: {error}")
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
    if isinstance(event, EvidenceFound) and event.understood and not as_lines:
        _tell_narrowing(event.understood)
    elif isinstance(event, PlanMade) and not as_lines:
        _say(event.reason)
    elif isinstance(event, PrefillProgress) and event.seconds_left > _SHOWN_S and not as_lines:
        _say(f"the model is reading, {event.seconds_left:.0f} s left")
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
        _say(line)
    values = output.evaluation(run.result)
    if options.json:
        print(output.line({"folder": str(options.folder), **values}))
    else:
        print("\n".join(f"{name:28} {value}" for name, value in values.items()))
    return _tell_unread(session, [folder])


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
        _follow_change(session)
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
        print(f"{state.coming.id} takes over: {_share(state)}")
    return OK


def _follow_change(session: Session) -> None:
    """Go on with a change of the search model, if one is due, and show its progress."""
    shown = 0.0
    for state in session.reembed(CancelToken()):
        if state.coming is not None and time.monotonic() - shown > _SHOWN_S:
            shown = time.monotonic()
            left = "" if state.seconds_left is None else f", {state.seconds_left:.0f} s left"
            _say(f"embedding with {state.coming.id}: {_share(state)}{left}")


def _share(state: EmbedderChanged) -> str:
    return f"{state.chunks_done} of {state.chunks_total} passages embedded"


_VERBS = {
    "index": _index,
    "refresh": _refresh,
    "remove": _remove,
    "search": _search,
    "ask": _ask,
    "status": _status,
    "evaluate": _evaluate,
    "model": _model,
    "embedder": _embedder,
}
