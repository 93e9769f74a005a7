"""What is written into each format is read back, word for word and in its order."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.load import FORMATS, format_of
from rag.load.sandbox import ParserPool
from rag.records import DocumentInfo, Page
from tests.roundtrip import bundles
from tests.roundtrip.content import intact, make
from tests.roundtrip.formats import WRITTEN, Written

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(300)]

SEEDS = range(3)
KEPT = 0.99
RECOGNISED = 0.98  # of the characters in a picture


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    pool = ParserPool(1, 60.0, 1024)
    yield pool
    pool.close()


def read(pool: ParserPool, path: Path) -> str:
    info, *pages = pool.read(path, CancelToken())
    assert isinstance(info, DocumentInfo)
    assert all(isinstance(page, Page) and not page.problem for page in pages)
    return "\n".join(page.text for page in pages if isinstance(page, Page))


def ways(*, pictures: bool) -> list[object]:
    return [pytest.param(way, id=way.name) for way in WRITTEN if way.pictures is pictures]


@pytest.mark.parametrize("way", ways(pictures=False))
def test_what_was_written_is_read_back(pool: ParserPool, tmp_path: Path, way: Written) -> None:
    if way.suffix in bundles.FROM_LIBREOFFICE and bundles.office_program() is None:
        pytest.skip("only LibreOffice writes the old formats of text and slides")
    for seed in SEEDS[: 1 if way.slow else None]:
        path = tmp_path / f"{seed}{way.suffix}"
        wanted = way.write(make(seed, way.scripts, spiced=way.spiced), path)

        kept, added = intact(wanted, read(pool, path))

        assert kept >= KEPT
        assert added <= way.added


@pytest.mark.parametrize("way", ways(pictures=True))
def test_the_text_of_a_picture_is_recognised(
    pool: ParserPool, tmp_path: Path, way: Written
) -> None:
    path = tmp_path / f"picture{way.suffix}"
    wanted = "".join(way.write(make(1, way.scripts, spiced=False), path).split())

    found = "".join(read(pool, path).split())

    same = sum(
        block.size for block in SequenceMatcher(None, wanted, found, False).get_matching_blocks()
    )
    assert same / len(wanted) >= RECOGNISED


def test_every_format_can_be_read_and_every_reader_is_tried_here() -> None:
    unread = [way.name for way in WRITTEN if format_of(Path(f"name{way.suffix}")) is None]
    written = {way.suffix for way in WRITTEN}
    untried = [known.name for known in FORMATS if written.isdisjoint(known.suffixes)]

    assert (unread, untried) == ([], [])
