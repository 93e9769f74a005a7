"""The command line: its start, and its verbs for models."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from rag import (
    cli_arguments,
    cli_ask,
    cli_cite,
    cli_export,
    cli_ledger,
    cli_letters,
    cli_plan,
    cli_whole,
    evaluate,
    output,
)
from rag.cancel import CancelToken
from rag.cli_ledger import (
    INTERRUPTED,
    OK,
    WRONG_USE,
    embedded_share,
    follow_change,
    say,
    tell_unread,
)
from rag.disk.scan import absolute
from rag.errors import FootnoteError
from rag.outcome import Outcome
from rag.session import Session


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code: 0 all well, 1 some files unread, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = cli_arguments.parser(_VERBS, cli_cite.cite).parse_args(arguments)
    with cli_letters.printing_letters(as_json=bool(getattr(options, "json", False))):
        return _run(options)


def _run(options: argparse.Namespace) -> int:
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


def _evaluate(session: Session, options: argparse.Namespace) -> int:
    cli_ask.use_model(session, options.model)
    folder = absolute(options.folder)
    run = Outcome(evaluate.run(session, folder, answers=options.answers, limit=options.limit))
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
    "search": cli_ask.search,
    "ask": cli_ask.ask,
    "plan": cli_plan.plan,
    "prepare": cli_whole.prepare,
    "conversations": cli_export.conversations,
    "export": cli_export.export,
    "evaluate": _evaluate,
    "model": _model,
    "embedder": _embedder,
}
