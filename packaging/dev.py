#!/usr/bin/env python3
"""Sets Footnote up in this checkout, runs it, or tests it: `python3 packaging/dev.py --help`."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

PYTHONS = ((3, 14), (3, 13), (3, 12), (3, 11))  # those that all pinned packages have wheels for


def find_python() -> None:
    """Go on only under a Python that Footnote supports: this one, another one here, or none."""
    if sys.version_info[:2] in PYTHONS:
        return
    names = [f"python{major}.{minor}" for major, minor in PYTHONS]
    for name in names:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            sys.exit(subprocess.call([path, *sys.argv]))
    major, minor = sys.version_info[:2]
    sys.exit(
        f"Footnote needs Python 3.11, 3.12, 3.13 or 3.14, and this is Python {major}.{minor}.\n"
        "Install one of them, then run this again with it: python3.12 packaging/dev.py"
    )


if __name__ == "__main__":
    find_python()  # before the imports that an older Python cannot read

from dev_console import CommandFailed, Console, clock  # noqa: E402
from dev_install import Setup  # noqa: E402
from dev_system import Missing, explain  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent

# What `test` runs, in this order; the marked suites apart, so that each can be seen to pass.
CHECKS = (
    ("style", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types", ("-m", "basedpyright")),
    ("layers", ("-c", "from importlinter.cli import lint_imports_command as lint; lint()")),
    ("tests", ("-m", "pytest", "-q")),
    ("models", ("-m", "pytest", "-q", "-m", "models")),
    ("windows", ("-m", "pytest", "-q", "-m", "windows and not models")),
    ("faults", ("-m", "pytest", "-q", "-m", "faults and not models and not windows")),
    ("fuzz", ("-m", "pytest", "-q", "-m", "fuzz and not models and not windows and not faults")),
)


def main(arguments: list[str]) -> int:
    """Do what the command line asks; returns the exit status."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, allow_abbrev=False)
    verbs = parser.add_subparsers(dest="verb", required=True)
    setup = verbs.add_parser("setup", help="install everything into .venv")
    setup.add_argument("--dev", action="store_true", help="with the linters and test tools")
    verbs.add_parser("run", help="set up, then open Footnote; more arguments go to Footnote")
    verbs.add_parser("test", help="set up, then run all checks; with arguments only pytest on them")
    wish, rest = parser.parse_known_args(arguments)
    if wish.verb == "setup" and rest:
        parser.error(f"unknown arguments: {' '.join(rest)}")
    console = Console()
    python = set_up(console, dev=wish.verb == "test" or (wish.verb == "setup" and wish.dev))
    if python is None:
        return 1
    if wish.verb == "run":
        return subprocess.call([python, "-m", "app", *rest], cwd=ROOT)
    if wish.verb == "test":
        return run_pytest(python, rest) if rest else run_checks(console, python)
    return 0


def set_up(console: Console, *, dev: bool) -> Path | None:
    """Install what is missing; returns .venv's interpreter, or None after saying why not."""
    setup = Setup(ROOT, console, PYTHONS, dev=dev)
    try:
        return setup.run().python
    except Missing as missing:
        console.say(f"\n{missing}")
    except CommandFailed as failure:
        reason = explain(failure.output)
        if reason is None:
            console.say("\n".join(failure.output.splitlines()[-25:]))
            reason = f"This step failed ({failure}). All it said is in {setup.log}."
        console.say(f"\n{reason}")
    except OSError as error:
        console.say(f"\n{explain(str(error)) or f'Set-up cannot go on: {error}.'}")
    except (KeyboardInterrupt, Stopped):
        console.say("\nStopped. Run the same command again: it goes on where it stopped.")
        sys.exit(130)
    return None


def run_pytest(python: Path, arguments: list[str]) -> int:
    """Run pytest alone, with the caller's arguments."""
    return subprocess.call([python, "-m", "pytest", *arguments], cwd=ROOT)


def run_checks(console: Console, python: Path) -> int:
    """Run every check, also after one failed; returns 1 if any did."""
    results: list[tuple[str, int, float]] = []
    for name, command in CHECKS:
        console.say(f"\n== {name}")
        start = time.monotonic()
        status = subprocess.call([python, *command], cwd=ROOT)
        results.append((name, status, time.monotonic() - start))
        console.say(f"== {name}: {verdict(status)} in {clock(results[-1][2])}")
    console.say("\nSummary")
    for name, status, seconds in results:
        console.say(f"  {name:<8} {verdict(status):<8} {clock(seconds):>9}")
    total = sum(seconds for _, _, seconds in results)
    failed = sum(1 for _, status, _ in results if status != 0)
    console.say(f"  in all   {clock(total)}")
    console.say(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


def verdict(status: int) -> str:
    """A check's exit status in a word."""
    return "passed" if status == 0 else f"FAILED ({status})"


class Stopped(BaseException):
    """The process was asked to end."""


def stop(*_: object) -> None:
    """End like Ctrl+C does, so that no pip is left behind."""
    raise Stopped


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # consoles that cannot print “…”
    signal.signal(signal.SIGTERM, stop)
    os.chdir(ROOT)
    try:
        sys.exit(main(sys.argv[1:]))
    except (KeyboardInterrupt, Stopped):
        sys.exit(130)
