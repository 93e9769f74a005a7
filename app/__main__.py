"""`footnote`: the window without a verb, the command line with one."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

# Nothing heavy up here: every process that the engine starts imports this module again.

VERBS = frozenset(
    (
        *("index", "refresh", "watch", "remove", "search", "ask", "show", "status"),
        *("cite", "conversations", "export", "evaluate", "model", "embedder", "settings"),
        *("plan", "prepare"),
    )
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    multiprocessing.freeze_support()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and _is_verb(given[0]):
        try:
            from rag.cli import main as cli  # noqa: PLC0415  loads engines, which the window must not

            return cli(given)
        except KeyboardInterrupt:  # while the engines load: nothing was begun yet
            return 130
    return _window(given)


def _is_verb(argument: str) -> bool:
    """Whether it is a verb, known or mistyped; a file named like a verb needs its folder."""
    looks_like_path = os.sep in argument or "/" in argument or Path(argument).exists()
    return argument in VERBS or not (argument.startswith("-") or looks_like_path)


def _window(given: Sequence[str]) -> int:
    from app.folders import library_folder  # noqa: PLC0415

    parser = argparse.ArgumentParser(
        prog="footnote",
        description="Opens the window of Footnote, which answers questions about your own files.",
        epilog="With a verb (index, search, ask, status, …) it works in the terminal: "
        "see “footnote ask --help”.",
    )
    parser.add_argument("paths", nargs="*", type=Path, help="folders and files to add")
    parser.add_argument("--library", type=Path, metavar="DIR", help="where the library is kept")
    parser.add_argument("--log", action="store_true", help="also write the log to the terminal")
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    told = parser.parse_args(given)
    if told.version:
        from app.dialogs.about_dialog import version  # noqa: PLC0415

        sys.stdout.write(f"Footnote {version()}\n")
        return 0
    missing = [path for path in told.paths if not path.exists()]
    if missing:
        parser.error(f"“{missing[0]}” does not exist")
    from app.main import run  # noqa: PLC0415

    library = told.library or library_folder()
    paths = [path.absolute() for path in told.paths]
    return run(library.absolute(), paths, to_terminal=told.log)


if __name__ == "__main__":
    sys.exit(main())
