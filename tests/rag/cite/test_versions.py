"""When a document is from, what tells it, and which of several is the newest."""

from __future__ import annotations

from datetime import date

import pytest

from rag.cite.versions import Dated, dated, family, is_of_its_day, newest_first

CHANGED = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("minutes-2024-03-05.txt", date(2024, 3, 5)),
        ("minutes-20240305.txt", date(2024, 3, 5)),
        ("Vertrag 05.03.2024.docx", date(2024, 3, 5)),
        ("Price list March 2024.pdf", date(2024, 3, 31)),
        ("2023-05 prices.pdf", date(2023, 5, 31)),
        ("prices_2023.pdf", date(2023, 12, 31)),
        ("2022 Q3 LDG.pdf", date(2022, 9, 30)),
    ],
)
def test_a_name_tells_the_date_first(name: str, day: date) -> None:
    found = dated(name, "", "Dated 1 May 1999", CHANGED)

    assert (found.day, found.by) == (day, "its name")


@pytest.mark.parametrize(
    "text",
    [
        "LEASE AGREEMENT\nVersion 3, 1 March 2024\nBetween the parties …",
        "Terms of use\nEffective from 1 March 2024, the fees below apply.",
        "Allgemeine Bedingungen\nStand: 01.03.2024\n",
        "Gültig ab 1. März 2024. Alle Preise in Euro.",
        "Conditions générales\nEn vigueur le 1 mars 2024",
        "Minutes of the board\n1 March 2024\nPresent: four members",
        "Last updated: 2024-03-01\nThe war began on 5 May 1950.",
    ],
)
def test_a_text_tells_its_date_at_its_head(text: str) -> None:
    found = dated("lease.pdf", "", text, CHANGED)

    assert (found.day, found.by) == (date(2024, 3, 1), "its text")


@pytest.mark.parametrize(
    "text",
    ["The war began on 5 May 1950.", "Born on 3 May 1987, she grew up in Porto.", "", "v2"],
)
def test_a_date_that_a_text_only_speaks_of_is_not_its_own(text: str) -> None:
    found = dated("lease.pdf", "", text, CHANGED)

    assert (found.day, found.by) == (CHANGED, "its file")


def test_a_title_tells_the_date_before_the_text() -> None:
    found = dated("scan.pdf", "Price list of 1 March 2024", "Stand: 01.01.2020")

    assert (found.day, found.by) == (date(2024, 3, 1), "its title")


def test_where_nothing_tells_a_date_there_is_none() -> None:
    assert dated("lease.pdf") == Dated()


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("contract_v2.pdf", (2,)),
        ("Report (rev. 2.1).md", (2, 1)),
        ("Fassung 3.docx", (3,)),
        ("level7.txt", ()),
    ],
)
def test_a_name_tells_the_version(name: str, version: tuple[int, ...]) -> None:
    assert dated(name).version == version


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("contract_v2.pdf", "Contract v3 (final).docx"),
        ("price list 2023.pdf", "Price list March 2024.pdf"),
        ("Mietvertrag Entwurf.docx", "Mietvertrag.pdf"),
        ("minutes-2024-03-05.txt", "minutes-2024-05-07.txt"),
        ("manual.pdf", "manual (1).pdf"),
    ],
)
def test_versions_of_a_document_are_of_one_family(one: str, other: str) -> None:
    assert family(one)
    assert family(one) == family(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lease Kern.pdf", "lease Lopez.pdf"),
        ("invoice 1001.pdf", "invoice 1002.pdf"),
        ("lease.pdf", "membership.pdf"),
    ],
)
def test_other_documents_are_not(one: str, other: str) -> None:
    assert family(one) != family(other)


def test_names_without_words_are_of_no_family() -> None:
    assert family("20080102X00002.pdf") == family("2024.pdf") == ""


def test_the_newest_comes_first_and_the_undated_last() -> None:
    names = ["notes.pdf", "plan 2022.pdf", "offer 2024.pdf", "bill 2023.pdf"]

    order = newest_first([(name, dated(name)) for name in names])

    assert [names[at] for at in order] == [
        "offer 2024.pdf",
        "bill 2023.pdf",
        "plan 2022.pdf",
        "notes.pdf",
    ]


def test_within_a_family_the_version_beats_the_date() -> None:
    told = [
        ("contract_v2.pdf", dated("contract_v2.pdf", modified=date(2025, 1, 1))),
        ("contract_v10.pdf", dated("contract_v10.pdf", modified=date(2020, 1, 1))),
    ]

    assert newest_first(told) == [1, 0]


def test_reports_and_invoices_are_of_their_day_and_contracts_are_not() -> None:
    assert is_of_its_day("annual report 2022.pdf")
    assert is_of_its_day("Geschäftsbericht 2022.pdf")
    assert is_of_its_day("2022 Q3 LDG.pdf")
    assert not is_of_its_day("lease 2022.pdf")
