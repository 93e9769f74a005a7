from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from app.models.scope_parts import day_words, joined, pages_words, parts_of, scope_words
from rag.records import Scope

CONTRACTS = Path("/documents/Contracts")
LEASE = CONTRACTS / "Lease 2024.pdf"
ALL = Scope((CONTRACTS,), ("pdf", "html", "htm"), date(2024, 1, 1), date(2024, 3, 9), ((3, 5),))


def plain(words):
    return words.replace("\u2068", "").replace("\u2069", "")


@pytest.fixture
def in_locale():
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


def test_every_limit_is_a_part():
    assert [part.words for part in parts_of(ALL)] == [
        "Contracts",
        "PDF",
        "Web page",
        "Changed since 1 Jan 2024",
        "Changed until 9 Mar 2024",
        "Pages 3–5",
    ]


def test_a_part_that_is_removed_leaves_the_others():
    left = ALL
    for _ in parts_of(ALL):
        first, *others = parts_of(left)
        left = first.without
        assert [part.words for part in parts_of(left)] == [part.words for part in others]

    assert left == Scope()


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope(), "the whole library"),
        (Scope((LEASE,)), "Lease 2024.pdf"),
        (Scope((CONTRACTS,), ("pdf",)), "PDFs in Contracts"),
        (Scope(types=("pdf", "docx")), "PDFs and Word files"),
        (Scope(since=date(2024, 1, 1)), "files changed since 1 Jan 2024"),
        (Scope(until=date(2024, 1, 1)), "files changed until 1 Jan 2024"),
        (Scope((LEASE,), pages=((3, 5), (9, 9))), "Lease 2024.pdf, pages 3–5 and 9"),
        (
            ALL,
            "PDFs and web pages in Contracts changed from 1 Jan 2024 to 9 Mar 2024, pages 3–5",
        ),
    ],
)
def test_a_scope_is_said_in_a_sentence(scope, words):
    assert plain(scope_words(scope)) == words


def test_many_places_are_counted():
    scope = Scope(tuple(CONTRACTS / f"{number}.pdf" for number in range(9)))

    assert plain(scope_words(scope)) == "0.pdf, 1.pdf, 2.pdf and 6 others"


def test_one_more_than_is_named_is_named_too():
    assert joined(["a", "b", "c", "d"], 3) == "a, b, c and d"


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en_US", "Jan 9, 2024"), ("en_GB", "9 Jan 2024"), ("zh_CN", "2024年1月9日")],
)
def test_a_day_is_written_as_the_locale_writes_it(in_locale, locale, words):
    in_locale(locale)

    assert day_words(date(2024, 1, 9)) == words


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([(7, 7)], "page 7"),
        ([(3, 5)], "pages 3–5"),
        ([(1, 1), (3, 3), (5, 9)], "pages 1, 3 and 5–9"),
    ],
)
def test_pages_in_words(pages, words):
    assert pages_words(pages) == words
