"""Phrases, numbers, codes and names are found as they are written."""

from __future__ import annotations

import pytest

from rag.index.catalog import Catalog
from tests.rag.index.filling import add


def found(catalog: Catalog, question: str) -> list[str]:
    hits = catalog.search_words(question, 10, None)
    return [stored.chunk.text for stored in catalog.chunks([hit.chunk_id for hit in hits])]


@pytest.mark.parametrize(
    "question",
    [
        'who said "the market of tomorrow"',
        "who said “the market of tomorrow”",
        "who said „the market of tomorrow“",
        "who said «the market of tomorrow»",
        "who said 'the market of tomorrow'",
    ],
)
def test_a_quoted_phrase_comes_before_everything_else(catalog: Catalog, tmp_path, question):
    scattered = "tomorrow the market said who market of who said tomorrow"
    phrase = "so the market of tomorrow, of which much more could be told here at some length"
    add(catalog, tmp_path / "a.txt", f"{scattered}\n{scattered} of\n{phrase}\nother\nmore")

    assert found(catalog, question)[0] == phrase


def test_a_quoted_phrase_in_chinese_is_found_as_a_phrase(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "和国共和 法律律法\n这是共和国法律\n别的\n还有别的")

    assert found(catalog, "「共和国法律」")[0] == "这是共和国法律"


def test_a_quotation_that_nothing_holds_leaves_the_words(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", "red apples\ngreen pears")

    assert found(catalog, '"apples red"') == ["red apples"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("1,234.5", "costs 1.234,5 in all"),
        ("1234.5", "costs 1 234,5 in all"),
        ("1 234 567", "about 1,234,567 people"),
        ("34229", "sales of $34,229"),
        ("$34,229", "sales of 34229"),
        ("12%", "it rose by 12 %"),
        ("ISO-9001", "certified by ISO 9001"),
        ("ISO9001", "certified by ISO9001"),
        ("v2.3.1", "since v2.3.1 it works"),
        ("2.3.1", "since v2.3.1 it works"),
        ("AB-12/34", "see AB-12/34 there"),
        ("mary.jones@mail.example", "write to mary.jones@mail.example"),
        ("annual_report.pdf", "in annual_report.pdf it says"),
        ("user name", "call getUserName() first"),
        ("getUserName", "call getUserName() first"),
        ("max_value", "set max_value to 3"),
        ("12.3.2021", "signed on 2021-03-12"),
        ("2021-03-12", "signed on 12.03.2021"),
        ("e-mail", "an email came"),
        ("J. K. Rowling", "by J.K. Rowling, of course"),
        ("don't", "they don't"),
        ("l'avion", "un avion"),
    ],
)
def test_what_is_asked_for_exactly_is_found(catalog: Catalog, tmp_path, question, text):
    others = "1 and 2 and 3 of 12 in 34 or 234 by 5\nsome 9001 things\nmail from 2021\na name and I"
    add(catalog, tmp_path / "a.txt", f"{others}\n{text}\n{others}\nand 03 more\nwith 229")

    assert found(catalog, question)[0] == text
