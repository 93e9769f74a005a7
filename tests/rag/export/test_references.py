"""The cited files as CSL-JSON and BibTeX: all of them, none twice, nothing guessed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import NothingCited
from rag.export.bibtex import bibtex
from rag.export.csl import csl_json
from rag.export.plain import plain
from rag.export.references import references
from tests.rag.export.attacks import ATTACKS
from tests.rag.export.bibtex_reader import read
from tests.rag.export.told import (
    ASKED_AT,
    LEASE,
    RULES,
    answer,
    cited,
    conversation,
    declined,
    hit,
    proven,
)

TITLES = {LEASE: "Lease of the flat"}
SAID = (LEASE.name, TITLES[LEASE])
ASKED_ON = datetime.fromtimestamp(ASKED_AT + 60, UTC).astimezone().date()
TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast
    chapter classic collection dataset document entry entry-dictionary entry-encyclopedia
    event figure graphic hearing interview legal_case legislation manuscript map
    motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software
    song speech standard thesis treaty webpage
    """.split()  # noqa: SIM905 - a table
)


def check_csl(items: Any) -> None:
    """Hold a list of items to the shape of the CSL-JSON schema, as far as it is used."""
    assert isinstance(items, list)
    for item in items:
        assert set(item) <= {"id", "type", "title", "accessed", "issued", "note"}
        assert {"id", "type"} <= set(item)
        assert item["type"] in TYPES
        assert all(isinstance(item[name], str) for name in ("id", "title", "note"))
        for name in {"accessed", "issued"} & set(item):
            ((year, *rest),) = item[name]["date-parts"]
            month, day = (*rest, 1, 1)[:2]
            assert date(year, month, day)
    assert len({item["id"] for item in items}) == len(items)


def undated(_name: str, _title: str) -> None:
    """Tells no day."""


def cites(*paths: Path) -> Any:
    return conversation(answer(*(proven(f"{n}. ", cited(p)) for n, p in enumerate(paths)))).turns


def test_each_cited_file_is_an_item_with_its_places() -> None:
    rules = cited(RULES, "by the third", "§ 4")
    turns = conversation(
        answer(proven("A.", cited(), rules)), answer(proven("B.", cited(place="p. 9")))
    ).turns

    items = json.loads(csl_json(references(turns, TITLES, undated)))

    check_csl(items)
    parts = [ASKED_ON.year, ASKED_ON.month, ASKED_ON.day]
    assert items[0] == {
        "id": items[0]["id"],
        "type": "document",
        "title": "Lease of the flat",
        "accessed": {"date-parts": [parts]},
        "note": "File: Lease 2024.pdf; cited: p. 7, p. 9",
    }
    assert (items[1]["title"], items[1]["note"]) == (
        "House rules",
        "File: House rules.docx; cited: § 4",
    )
    assert re.fullmatch(r"lease-2024-[0-9a-f]{8}", items[0]["id"])


def test_bibtex_tells_the_same() -> None:
    found = references(cites(LEASE, RULES), TITLES, undated)

    entries = read(bibtex(found))

    assert list(entries) == [one.key for one in found]
    kind, fields = entries[found[0].key]
    assert kind == "misc"
    assert fields == {
        "title": "Lease of the flat",
        "note": "File: Lease 2024.pdf; cited: p. 7",
        "urldate": ASKED_ON.isoformat(),
    }


def test_a_key_is_the_same_whatever_else_is_cited() -> None:
    alone, among = (
        references(cites(LEASE), {}, undated),
        references(cites(RULES, LEASE), TITLES, undated),
    )

    assert alone[0].key == among[1].key


def test_files_of_one_name_have_keys_of_their_own() -> None:
    first, second = references(cites(Path("a/r.pdf"), Path("b/r.pdf")), {}, undated)

    assert first.key != second.key
    assert (first.file_name, second.file_name) == ("a/r.pdf", "b/r.pdf")


def test_no_folder_of_this_computer_is_told() -> None:
    path = Path("/somewhere/private/r.pdf")

    found = references(cites(path), {}, undated)

    assert "private" not in csl_json(found) + bibtex(found)


@pytest.mark.parametrize(
    ("day", "parts"),
    [
        (date(2024, 5, 3), [2024, 5, 3]),
        (date(2024, 2, 29), [2024, 2]),
        (date(2024, 12, 31), [2024]),
        (None, None),
    ],
)
def test_a_date_is_told_as_far_as_name_or_title_tell_it(
    day: date | None, parts: list[int] | None
) -> None:
    found = references(cites(LEASE), TITLES, lambda *said: day if said == SAID else None)

    (item,) = json.loads(csl_json(found))
    ((_, fields),) = read(bibtex(found)).values()
    assert item.get("issued") == (parts and {"date-parts": [parts]})
    told = [int(fields[name]) for name in ("year", "month") if name in fields]
    assert told == (parts or [])[:2]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.epub", "book"),
        ("a.CSV", "dataset"),
        ("a.eml", "personal_communication"),
        ("a.html", "webpage"),
        ("a.png", "graphic"),
        ("a.pdf", "document"),
        ("a", "document"),
    ],
)
def test_a_type_is_told_only_where_the_format_tells_it(name: str, kind: str) -> None:
    (item,) = json.loads(csl_json(references(cites(Path(name)), {}, undated)))

    assert item["type"] == kind


def test_the_title_is_what_it_was_where_the_file_left_the_library() -> None:
    gone = Path("gone.pdf")
    told = replace(
        answer(proven("A.", cited(gone))), evidence=(replace(hit(gone, "x"), title="Old"),)
    )

    (found,) = references(conversation(told).turns, {}, undated)

    assert found.title == "Old"


def test_answers_that_cite_nothing_have_no_list() -> None:
    with pytest.raises(NothingCited):
        references(conversation(declined(hit(LEASE, "Cats."))).turns, {}, undated)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_words_leave_their_field(attack: str) -> None:
    path = Path("folder", plain(attack).replace("/", "-").strip()[:80])
    found = references(cites(path, LEASE), {path: attack}, undated)

    items, entries = json.loads(csl_json(found)), read(bibtex(found))

    check_csl(items)
    title = plain(attack).strip()
    assert items[0]["title"] == title
    assert [fields["title"] for _, fields in entries.values()] == [title, LEASE.stem]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_title_and_place_stay_in_their_fields(title: str, place: str) -> None:
    turns = conversation(answer(proven("A.", cited(place=place)))).turns
    found = references(turns, {LEASE: title}, undated)

    (item,) = json.loads(csl_json(found))
    ((_, fields),) = read(bibtex(found)).values()
    assert item["title"] == fields["title"] == (plain(title).strip() or LEASE.stem)
    assert item["note"] == fields["note"]
