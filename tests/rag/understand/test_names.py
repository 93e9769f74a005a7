"""Documents that a passage speaks of are found by their names and titles."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from rag.understand import LibraryNames
from tests.rag.understand.library import LIBRARY, paths

FILMS = LibraryNames(
    [
        (Path("Mezzanine _album_.txt"), "Mezzanine _album_"),
        (Path("01.txt"), "01"),
        (Path("notes.txt"), "Meeting of 3 May"),
        (Path("Rule of three (writing).txt"), ""),
        (Path("scan0017.pdf"), "Treaty of Aldern"),
    ]
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The French and Indian War began in 1754.", ["Wiki/French_and_Indian_War.md"]),
        ("Members of the Scottish Parliament sit.", ["Wiki/Scottish_Parliament.md"]),
        (
            "See the Annual report 2023, and the Annual report 2024.",
            ["Reports/Annual report 2023.pdf", "Reports/Annual report 2024.pdf"],
        ),
    ],
)
def test_a_file_is_mentioned_by_its_name(text: str, names: list[str]):
    mentioned = LIBRARY.mentioned_in(text)

    assert [path for path in paths(*names) if path not in mentioned] == []


def test_a_title_is_a_name_too():
    assert FILMS.mentioned_in("It was ended by the Treaty of Aldern.") == [Path("scan0017.pdf")]


def test_what_stands_in_brackets_after_a_name_need_not_be_said():
    text = "Their third album is Mezzanine. Rule of three is a principle."

    assert FILMS.mentioned_in(text) == [
        Path("Mezzanine _album_.txt"),
        Path("Rule of three (writing).txt"),
    ]


@pytest.mark.parametrize(
    "text", ["01 of 12", "Notes on the mezzanine floor", "a treaty was signed in Aldern", ""]
)
def test_ordinary_words_mention_no_file(text: str):
    assert FILMS.mentioned_in(text) == []


def test_a_name_that_many_files_share_mentions_none_of_them():
    reports = [
        (Path(f"{year}/Annual report.pdf"), f"Report of {year}") for year in range(2000, 2004)
    ]
    text = "It stands in the Annual Report, or in the Report of 2001."

    few, many = LibraryNames(reports[:3]), LibraryNames(reports)

    assert few.mentioned_in(text) == [path for path, _ in reports[:3]]
    assert many.mentioned_in(text) == [Path("2001/Annual report.pdf")]


def test_of_names_that_begin_alike_the_longest_is_the_first():
    library = LibraryNames([(Path("Annual report.pdf"), ""), (Path("Annual report 2024.pdf"), "")])

    assert library.mentioned_in("See the Annual report 2024.") == [
        Path("Annual report 2024.pdf"),
        Path("Annual report.pdf"),
    ]


ALIKE = {
    "numbered": [(f"Report {n}", f"The report of {n}") for n in range(20_000)],
    "dated": [(f"{date.fromordinal(720_000 + n)} notes", "Notes") for n in range(20_000)],
    "of people": [(f"Invoice {n} Smith", f"Invoice {n} Smith") for n in range(20_000)],
    "the same": [("Annual report", "Report of Smith")] * 20_000,
}


@pytest.mark.parametrize("alike", ALIKE)
def test_twenty_thousand_names_that_are_alike_cost_a_passage_a_few_milliseconds(alike: str):
    library = LibraryNames(
        [(Path(f"{n}/{name}.pdf"), title) for n, (name, title) in enumerate(ALIKE[alike])]
    )
    said = "Report 7, The report of 8, 2020-05-17 notes, Invoice 9 Smith, Annual report. "
    times: list[float] = []

    for number in range(9):
        begun = time.process_time()
        library.mentioned_in(f"{number} {said * 10}"[:800])
        times.append(time.process_time() - begun)

    assert sorted(times)[4] < 0.005


def test_a_library_without_files_knows_no_names():
    library = LibraryNames()

    assert library.mentioned_in("The Treaty of Aldern") == []
    assert library.types == frozenset()


@pytest.mark.parametrize(
    ("typed", "name"),
    [("leases", "Lease.pdf"), ("Verträgen", "Vertrag.pdf"), ("policies", "Policy.pdf")],
)
def test_endings_do_not_hide_a_name(typed: str, name: str):
    from rag.understand.names import name_keys, root_of

    assert [root_of(key) for key in name_keys(typed)] == [
        root_of(key) for key in name_keys(Path(name).stem)
    ]


def test_a_name_is_parted_where_case_and_digits_change():
    from rag.understand.names import name_keys

    assert name_keys("LeaseHarbour2024_v2") == ("lease", "harbour", "2024", "v", "2")
