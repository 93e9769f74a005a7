"""What was said of sections is kept at once, for its owner alone, and gone with the documents."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import DocumentGone
from rag.sections.keeping import FILE_NAME, KeptSections, Origin
from rag.sections.statements import Place, Proven

SAID = (
    Proven("Ännchen pays 900 €.", (Place(0, 3, 21, 0.75), Place(1, 0, 4, 0.5)), True, True),
    Proven("Nobody else does.", (Place(0, 30, 47, 1.0),), False),
)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptSections]:
    kept = KeptSections.open(tmp_path)
    yield kept
    kept.close()


def origin(*documents: str, model: str = "m", tokens: int = 100) -> Origin:
    return Origin(documents, model, tokens)


def test_what_was_said_comes_back_as_it_was_also_in_the_next_session(tmp_path: Path) -> None:
    first = KeptSections.open(tmp_path)
    first.keep("key", origin("a"), SAID)
    first.keep("nothing said", origin("a"), ())
    first.close()

    again = KeptSections.open(tmp_path)

    assert again.get("key") == SAID
    assert again.get("nothing said") == ()
    assert again.get("another") is None
    again.close()


def test_what_was_made_of_a_removed_document_is_nowhere_in_the_files(
    kept: KeptSections, tmp_path: Path
) -> None:
    kept.keep("of both", origin("gone", "stays"), SAID)
    kept.keep("of one", origin("gone"), SAID)
    other = Proven("The mill stands.", (Place(0, 0, 16, 1.0),), True)
    kept.keep("of the other", origin("stays"), (other,))

    kept.forget_unless(lambda document: document == "stays")

    assert (kept.get("of both"), kept.get("of one")) == (None, None)
    assert kept.get("of the other") == (other,)
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"pays 900" not in left
    assert b"mill stands" in left


def test_it_tells_how_much_of_a_document_a_model_has_read(kept: KeptSections) -> None:
    kept.keep("1", origin("a", tokens=300), SAID)
    kept.keep("2", origin("a", "b", tokens=50), SAID)
    kept.keep("3", origin("a", model="other", tokens=999), SAID)

    assert (kept.tokens("a", "m"), kept.tokens("b", "m"), kept.tokens("c", "m")) == (350, 50, 0)


def test_documents_that_are_gone_count_for_nothing(kept: KeptSections) -> None:
    def content_of(document_id: int) -> str:
        if document_id == 2:
            raise DocumentGone
        return "a"

    kept.keep("1", origin("a", tokens=300), SAID)

    assert kept.counter(content_of)([1, 2], "m") == 300


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_can_read_the_file(kept: KeptSections, tmp_path: Path) -> None:
    for path in tmp_path.glob(f"{FILE_NAME}*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_damaged_file_is_as_good_as_none_and_leaves_no_copy(tmp_path: Path) -> None:
    first = KeptSections.open(tmp_path)
    first.keep("key", origin("a"), SAID)
    first.close()
    file = tmp_path / FILE_NAME
    file.write_bytes(b"x" * 4096 + file.read_bytes()[4096:])

    again = KeptSections.open(tmp_path)

    assert again.get("key") is None
    again.keep("key", origin("a"), SAID)
    assert again.get("key") == SAID
    assert not list(tmp_path.glob("*damaged*"))
    again.close()


def test_a_file_of_a_later_version_is_made_anew(tmp_path: Path) -> None:
    KeptSections.open(tmp_path).close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    again = KeptSections.open(tmp_path)

    again.keep("key", origin("a"), SAID)
    assert again.get("key") == SAID
    again.close()


def test_what_no_version_of_ours_wrote_is_not_known(kept: KeptSections, tmp_path: Path) -> None:
    kept.keep("key", origin("a"), SAID)
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("UPDATE summary SET said = '[[1, 2]]'")
    connection.commit()
    connection.close()

    assert kept.get("key") is None
