"""What can be typed after `footnote`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from rag.session import Session

Verb = Callable[[Session, argparse.Namespace], int]
"""Carries out a verb and returns the exit code."""

LoneVerb = Callable[[argparse.Namespace], int]
"""The same for a verb that needs no library."""


class _AddVerb(Protocol):
    """Adds a verb with what it does, and with the arguments of `parents`."""

    def __call__(
        self, name: str, text: str, parents: Sequence[argparse.ArgumentParser] = ()
    ) -> argparse.ArgumentParser: ...


def parser(verbs: Mapping[str, Verb], cite: LoneVerb) -> argparse.ArgumentParser:
    """The parser, which sets `run` to what `verbs` holds for the verb that was typed.

    For the verb that needs no library it sets `run_alone` to `cite` instead.
    """
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--library", type=Path, metavar="DIR", help="the library's folder")
    common.add_argument("--json", action="store_true", help="print compact JSON lines")
    asking = argparse.ArgumentParser(add_help=False)
    asking.add_argument(
        "--as-typed", action="store_true", help="search all of the scope, whatever is named"
    )
    asking.add_argument("question", nargs="?")
    asking.add_argument("--questions", type=Path, metavar="FILE.jsonl", help="ask all of these")
    _add_scope(asking)

    whole = argparse.ArgumentParser(
        prog="footnote", description="Answers from your own documents, with a source behind each."
    )
    adding = whole.add_subparsers(required=True, metavar="VERB")

    def verb(
        name: str, text: str, parents: Sequence[argparse.ArgumentParser] = ()
    ) -> argparse.ArgumentParser:
        added = adding.add_parser(name, help=text, description=text, parents=[common, *parents])
        added.set_defaults(run=verbs[name])
        return added

    _add_ledger_verbs(verb)
    search = verb("search", "Find passages.", [asking])
    search.add_argument("--top", type=int, default=10)
    search.add_argument("--why", action="store_true", help="tell why each passage was found")
    _add_ask(verb, asking)
    _add_plan(verb, asking)
    _add_prepare(verb)
    _add_export_verbs(verb)
    measure = verb("evaluate", "Score FOLDER/docs with FOLDER/questions.jsonl.")
    measure.add_argument("folder", type=Path)
    measure.add_argument("--answers", action="store_true", help="score answers too (slow)")
    measure.add_argument(
        "--limit", type=_count, metavar="N", help="ask N of the questions, drawn from all over"
    )
    measure.add_argument("--model", type=Path, metavar="FILE.gguf", help="answer with this model")
    model = verb("model", "Show the model that answers, or choose another.")
    model.add_argument("file", nargs="?", type=Path)
    embedder = verb("embedder", "Show the library's search model, or change it.")
    embedder.add_argument("id", nargs="?", metavar="ID", help="embed the library anew with this")
    _add_cite(adding.add_parser("cite", help=_CITE, description=_CITE), cite)
    return whole


_CITE = "Find the words of the evidence that bear out each sentence, or tell that none do."


def _count(typed: str) -> int:
    """A whole number from 1 on."""
    if not typed.isdecimal() or not int(typed):
        raise argparse.ArgumentTypeError(f"{typed} is not a whole number from 1 on")
    return int(typed)


def _add_cite(added: argparse.ArgumentParser, cite: LoneVerb) -> None:
    added.set_defaults(run_alone=cite)
    added.add_argument(
        "--evidence",
        type=Path,
        required=True,
        metavar="E.jsonl",
        help='lines {"id", "text"}, with "document" and "page" where known',
    )
    added.add_argument(
        "--sentences",
        type=Path,
        required=True,
        metavar="S.jsonl",
        help='lines {"id", "text"}, with "evidence": [ids] where not all is offered',
    )
    added.add_argument("--json", action="store_true", help="print compact JSON lines")


def _conversation(typed: str) -> int:
    """A conversation's id, 0 for a new one."""
    return 0 if typed == "new" else _count(typed)


def _add_export_verbs(verb: _AddVerb) -> None:
    listed = verb("conversations", "List the conversations, or the questions of one.")
    listed.add_argument("id", nargs="?", type=int, metavar="ID")
    export = verb("export", "Write a conversation with its footnotes to a file.")
    export.add_argument("id", type=int, metavar="ID", help="of a conversation")
    export.add_argument("--turn", type=int, metavar="ID", help="this question alone")
    export.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="FILE",
        help="its ending tells the format: .md, .docx, or for the cited files .json (CSL), .bib",
    )


def _add_ask(verb: _AddVerb, asking: argparse.ArgumentParser) -> None:
    ask = verb("ask", "Answer a question, every sentence with its source.", [asking])
    ask.add_argument(
        "--conversation",
        type=_conversation,
        metavar="ID",
        help="go on in a conversation; “new” starts one that is kept",
    )
    ask.add_argument("--model", type=Path, metavar="FILE.gguf", help="answer with this model")
    ask.add_argument("--plan-only", action="store_true", help="retrieve and decide, no answer")
    _add_read(ask)
    ask.add_argument(
        "--own-knowledge",
        action="store_true",
        help="let the model answer without your files; such an answer has no footnotes",
    )


def _add_read(added: argparse.ArgumentParser) -> None:
    added.add_argument(
        "--read",
        choices=("passages", "everything", "whole", "sections"),
        help="read the best passages, go through everything in scope for a list, read documents "
        "whole, or section by section; else the plan decides",
    )


def _add_plan(verb: _AddVerb, asking: argparse.ArgumentParser) -> None:
    plan = verb("plan", "Tell how a question would be answered, and what that takes.", [asking])
    _add_read(plan)
    plan.add_argument("--model", type=Path, metavar="FILE.gguf", help="… with this model")
    plan.add_argument(
        "--memory",
        type=_amount,
        metavar="GB",
        help="… with so much memory free before Footnote is started",
    )
    plan.add_argument(
        "--prefill",
        type=_amount,
        metavar="TPS",
        help="… where the model reads so many tokens in a second; it is not loaded then",
    )


def _amount(typed: str) -> float:
    """A number above 0."""
    try:
        amount = float(typed)
    except ValueError:
        amount = 0.0
    if not 0 < amount < float("inf"):
        raise argparse.ArgumentTypeError(f"{typed} is not a number above 0")
    return amount


def _add_prepare(verb: _AddVerb) -> None:
    prepare = verb("prepare", "Read documents whole and keep that: questions then need not wait.")
    prepare.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    prepare.add_argument("--model", type=Path, metavar="FILE.gguf", help="read with this model")


def _add_ledger_verbs(verb: _AddVerb) -> None:
    """Add the verbs that read files, and that tell what became of them."""
    reading = argparse.ArgumentParser(add_help=False)
    reading.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="try each line as a password of locked files; they are not kept",
    )
    verb("index", "Add files and folders and read them.", [reading]).add_argument(
        "paths", nargs="+", type=Path
    )
    verb("refresh", "Read what changed.", [reading]).add_argument("paths", nargs="*", type=Path)
    verb("watch", "Read changes as they come, until Ctrl+C.")
    verb("remove", "Forget files and folders; the files themselves stay.").add_argument(
        "paths", nargs="+", type=Path
    )
    status = verb("status", "Show how each folder stands, and the files that need a look.")
    status.add_argument("--all", action="store_true", help="list all files, as --json does")
    show = verb("show", "Show the text of a file as Footnote read it.")
    show.add_argument("path", type=Path)
    show.add_argument("--page", type=int, metavar="N", help="this page only")
    settings = verb("settings", "Show the settings, or change one.")
    settings.add_argument("name", nargs="?", metavar="NAME")
    settings.add_argument("value", nargs="?", metavar="VALUE")


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
