"""Prints what share of the words written into each format is read back.

`python -m tests.roundtrip --seeds 10`; the table is checked in beside this program.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from rag.cancel import CancelToken
from rag.errors import UnreadableFile
from rag.load.sandbox import ParserPool
from rag.records import Page
from tests.roundtrip import bundles
from tests.roundtrip.content import intact, make
from tests.roundtrip.formats import WRITTEN, Written


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.roundtrip", description=__doc__)
    arguments.add_argument("--seeds", type=int, default=10)
    wish = arguments.parse_args()
    sys.stdout.write("| format | files | words | % intact, worst | % added, most |\n")
    sys.stdout.write("|---|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as folder:
        for way in WRITTEN:
            pool = ParserPool(1, 60.0, 1024)
            try:
                sys.stdout.write(f"{_row(pool, way, Path(folder), wish.seeds)}\n")
            finally:
                pool.close()
            sys.stdout.flush()


def _row(pool: ParserPool, way: Written, folder: Path, seeds: int) -> str:
    name = f"{way.name} ({way.suffix})"
    if way.suffix in bundles.FROM_LIBREOFFICE and bundles.office_program() is None:
        return f"| {name} | – | – | skipped: only LibreOffice writes it, which is not here | |"
    kept, added, words = [], [], 0
    try:
        for seed in range(1 if way.slow else seeds):
            path = folder / f"{seed}{way.suffix}"
            wanted = way.write(make(seed, way.scripts, spiced=way.spiced), path)
            found = "\n".join(_texts(pool, path))
            words += len(wanted.split())
            share, more = _characters(wanted, found) if way.pictures else intact(wanted, found)
            kept.append(share)
            added.append(more)
    except UnreadableFile as error:
        return f"| {name} | – | – | failed: {error} | |"
    what = " of the characters" if way.pictures else ""
    return (
        f"| {name} | {len(kept)} | {words:,} | {100 * min(kept):.2f}{what} "
        f"| {100 * max(added):.1f} |"
    )


def _texts(pool: ParserPool, path: Path) -> Iterator[str]:
    for item in pool.read(path, CancelToken()):
        if isinstance(item, Page):
            yield item.text


def _characters(wanted: str, found: str) -> tuple[float, float]:
    before, after = "".join(wanted.split()), "".join(found.split())
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks)
    return same / len(before), (len(after) - same) / len(before)


if __name__ == "__main__":
    main()
