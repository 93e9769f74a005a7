"""A reader that comes to no end in the way that its file says."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rag.load import Format
from rag.load.how import PLAINLY, HowToRead
from rag.records import DocumentInfo, Page

BOUNDLESS = Format("boundless", (".boundless",), "tests.rag.load.boundless")
_HOG = "import time; hoard = bytearray(250 * 2**20); time.sleep(60)"


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """Pages for as long as somebody takes them, or a few."""
    does, *amount = path.read_text("utf-8").split()
    announced = 3 if does == "announced" else 0
    yield DocumentInfo(path.stem, announced, paged=True, format="boundless")
    if does == "hogs":
        hogs = [subprocess.Popen([sys.executable, "-c", _HOG]) for _ in range(2)]
        yield Page(1, "1", "")
        for hog in hogs:
            hog.wait()
    elif does == "behave":
        yield Page(1, "1", "")
    else:
        for number in itertools.count(1):
            if amount:
                time.sleep(float(amount[0]))
            yield replace(_PAGES[does], number=number)


_PAGES = {
    "announced": Page(1, "1", ""),
    "drip": Page(1, "1", "a drop"),
    "text": Page(1, "1", "endless " * 250_000),
}
