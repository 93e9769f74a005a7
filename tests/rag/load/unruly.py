"""A reader that does what its file says, so that the pool's limits can be tested for real."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rag.load import Format
from rag.load.how import PLAINLY, HowToRead
from rag.records import DocumentInfo, Page

UNRULY = Format("unruly", (".unruly",), "tests.rag.load.unruly")


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """Three pages; before the third it does what the file says."""
    _take_out(how)
    yield DocumentInfo(path.stem, 3, paged=True, format="unruly")
    for number in (1, 2):
        yield Page(number, str(number), f"process {os.getpid()}")
    for number in range(16):  # fills the first batch, so that it is sent
        yield Page(number, str(number), "")
    match path.read_text("utf-8"):
        case "hang":
            while True:
                pass
        case "hang and keep the interpreter":
            re.match(r"(a|aa)+$", "a" * 60 + "b")
        case "hog":
            hoard = [bytearray(os.urandom(2**20) * 8) for _ in range(10_000)]
            del hoard
        case "die":
            os._exit(9)
        case "stumble" | "seek" as how_it_fails:
            _fail(path, how_it_fails)
        case "shout":
            os.write(1, b"noise on stdout\n")
            os.write(2, b"noise on stderr\n")
            sys.stderr.write("noise by Python\n")
    yield Page(3, "3", "the end")


def _take_out(how: HowToRead) -> None:
    if how.scratch is not None:
        (how.scratch / "taken out").write_text("a secret", "utf-8")


def _fail(path: Path, how: str) -> None:
    if how == "stumble":
        raise ZeroDivisionError
    with path.open("rb") as file:
        file.seek(-1)  # where a damaged file sends a library
