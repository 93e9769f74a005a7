"""The command line: `footnote index|refresh|remove|search|ask|status|evaluate|model`."""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from rag import evaluate, output
from rag.answering import Question
from rag.cancel import CancelToken
from rag.errors import FootnoteError, PathNotFound
from rag.events import (
    AnswerEvent,
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
)
from rag.scan import absolute
from rag.scoping import read_scope
from rag.scores import QuestionItem, read_questions
from rag.session import Session

_SHOWN_S = 1.0
_COUNTED = 20  # questions between two lines of progress
OK, SOME_UNREAD, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

_Verb = Callable[[Session, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code: 0 all well, 1 some files unread, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        with Session(options.library) as session:
            for notice in session.notices:
                _say(notice)
            return options.run(session, options)
    except FootnoteError as error:
        _say(str(error))
        return WRONG_USE
    except KeyboardInterrupt:
        _say("Stopped. What was finished is kept.")
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--library", type=Path, metavar="DIR", help="the library's folder")
    common.add_argument("--json", action="store_true", help="print compact JSON lines")
    asking = argparse.ArgumentParser(add_help=False)
    asking.add_argument("question", nargs="?")
    asking.add_argument("--questions", type=Path, metavar="FILE.jsonl", help="ask all of these")
    _add_scope(asking)

    parser = argparse.ArgumentParser(prog="footnote", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def verb(
        name: str, run: _Verb, text: str, parents: Sequence[argparse.ArgumentParser] = ()
    ) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=text, description=text, parents=[common, *parents])
        added.set_defaults(run=run)
        return added

    verb("index", _index, "Add files and folders and read them.").add_argument(
        "paths", nargs="+", type=Path
    )
    verb("refresh", _refresh, "Read what changed.").add_argument("paths", nargs="*", type=Path)
    verb("remove", _remove, "Forget files and folders; the files themselves stay.").add_argument(
        "paths", nargs="+", type=Path
    )
    verb("search", _search, "Find passages.", [asking]).add_argument("--top", type=int, default=10)
    ask = verb("ask", _ask, "Answer a question, every sentence with its source.", [asking])
    ask.add_argument("--conversation", type=int, metavar="ID", help="go on in a conversation")
    ask.add_argument("--model", type=Path, metavar="FILE.gguf", help="answer with this model")
    ask.add_argument("--plan-only", action="store_true", help="retrieve and decide, no answer")
    verb("status", _status, "Show every file and what became of it.")
    measure = verb("evaluate", _evaluate, "Score FOLDER/docs with FOLDER/questions.jsonl.")
    measure.add_argument("folder", type=Path)
    measure.add_argument("--answers", action="store_true", help="score answers too (slow)")
    measure.add_argument("--model", type=Path, metavar="FILE.gguf", help="answer with this model")
    model = verb("model", _model, "Show the model that answers, or choose another.")
    model.add_argument("file", nargs="?", type=Path)
    return parser


def _add_scope(asking: argparse.ArgumentParser) -> None:
    def several(name: str, kind: type[Path | str], metavar: str, text: str) -> None:
        asking.add_argument(
            name, type=kind, action="append", default=[], metavar=metavar, help=text
        )

    several("--scope", Path, "PATH", "ask only of this folder or file; can be given again")
    several("--type", str, "TYPES", "ask only of files of these types, as in pdf,docx")
    asking.add_argument(
        "--since", default="", metavar="DATE", help="… changed since 2023, 2023-06 or 2023-06-30"
    )
    asking.add_argument("--until", default="", metavar="DATE", help="… changed until then")
    several("--pages", str, "PAGES", "ask only of these pages, as in 3 or 2-5,9")


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
        print(output.line(output.status(files)))
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
        hits = session.search(item.question, scope, options.top)
        seconds = time.monotonic() - begun
        if options.json or options.questions:
            print(output.line(output.search(item.id, scope, seconds, hits)), flush=True)
        else:
            print("\n".join(_hit_text(hit) for hit in hits) or "Nothing was found.")
    return OK


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
        question = Question(item.question, scope, plan_only=options.plan_only)
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
    if isinstance(event, PlanMade) and not as_lines:
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
