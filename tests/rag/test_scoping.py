"""What a person types about a scope."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rag.errors import BadScope
from rag.load import FORMATS
from rag.records import Scope
from rag.scoping import read_scope, suffixes


def test_nothing_typed_sets_no_limit():
    assert read_scope() == Scope()
    assert read_scope(since=" ", until="") == Scope()


def test_paths_are_known_from_the_root_and_counted_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    scope = read_scope([Path("a.pdf"), Path("b/../a.pdf"), tmp_path / "c"])

    assert scope == Scope((tmp_path / "a.pdf", tmp_path / "c"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pdf", ["pdf"]),
        (".PDF", ["pdf"]),
        ("*.pdf", ["pdf"]),
        ("docx", ["docx"]),
        ("Word", ["docx"]),
        ("htm", ["html", "htm", "xhtml"]),
        ("HTML", ["html", "htm", "xhtml"]),
        ("web page", ["html", "htm", "xhtml"]),
        ("web-page", ["html", "htm", "xhtml"]),
        ("markdown", ["md", "markdown"]),
        (" md ", ["md", "markdown"]),
        ("text", ["txt", "text", "log"]),
    ],
)
def test_a_type_is_known_by_its_name_and_by_each_suffix(typed, meant):
    assert set(read_scope(types=[typed]).types) >= set(meant)
    assert read_scope(types=[typed]) == read_scope(types=[meant[0]])


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_that_can_be_read_can_be_asked_for(known):
    for typed in (known.name, known.name.upper(), *known.suffixes):
        assert suffixes(typed) == tuple(suffix[1:] for suffix in known.suffixes)


def test_types_come_one_by_one_or_with_commas_and_count_once():
    assert read_scope(types=["pdf,md", "markdown"]).types == ("pdf", "md", "markdown")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-06", date(2023, 6, 1), date(2023, 6, 30)),
        ("2024-2", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-01-31", date(2023, 1, 31), date(2023, 1, 31)),
        (" 2023-1-5 ", date(2023, 1, 5), date(2023, 1, 5)),
    ],
)
def test_a_year_or_month_begins_with_its_first_day_and_ends_with_its_last(typed, first, last):
    assert read_scope(since=typed).since == first
    assert read_scope(until=typed).until == last
    assert read_scope(since=typed, until=typed) == Scope(since=first, until=last)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["3"], ((3, 3),)),
        (["2-5,9"], ((2, 5), (9, 9))),
        (["9", "2–5"], ((2, 5), (9, 9))),
        ([" 1 - 1 , 7 ", "7"], ((1, 1), (7, 7))),
        (["1-999999999"], ((1, 999_999_999),)),
    ],
)
def test_pages_are_numbers_and_ranges(typed, meant):
    assert read_scope(pages=typed).pages == meant


@pytest.mark.parametrize(
    "typed", ["0", "5-2", "0-3", "-3", "3-", "ii", "", "2,,3", "1.5", "9" * 99]
)
def test_what_names_no_pages_is_told_how_to_type_them(typed):
    with pytest.raises(BadScope, match=r"names no pages. Type numbers from 1 on .* 3 or 2-5,9"):
        read_scope(pages=[typed])


@pytest.mark.parametrize(
    "typed",
    ["yesterday", "23", "2023-13", "2023-02-30", "2023-6-31", "2023/06", "0000", "31.1.2023"],
)
@pytest.mark.parametrize("bound", ["since", "until"])
def test_what_is_no_date_is_told_how_to_type_one(bound, typed):
    with pytest.raises(BadScope) as told:
        read_scope(**{bound: typed})

    assert str(told.value) == (
        f"“{typed}” is no date. Type “{bound}” as 2023, 2023-06 or 2023-06-30."
    )


def test_an_end_before_the_beginning_is_refused():
    with pytest.raises(BadScope, match=r"since 2023-06-01 and until 2022-12-31.*the earlier date"):
        read_scope(since="2023-06", until="2022")


@pytest.mark.parametrize("typed", ["exe", "", "pdf;docx"])
def test_an_unknown_type_is_told_the_known_ones(typed):
    with pytest.raises(BadScope) as told:
        read_scope(types=[typed])

    assert f"type “{typed}”" in str(told.value)
    assert all(known.suffixes[0][1:] in str(told.value) for known in FORMATS)
