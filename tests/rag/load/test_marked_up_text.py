"""reStructuredText and Org stay as written; headings and tables are found where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.load import text
from tests.rag.load.reading import document_of, read_page, read_text

RST = """==========
 The Title
==========

First
=====

Text::

    Code
    ----

Sub
---

.. table:: Truth

   =====  =====  ======
      Inputs     Output
   ------------  ------
     A      B    A or B
   =====  =====  ======
   False  False  False
   =====  =====  ======

The prices:

+----------+---------+
| Ware     | Price   |
|          | in EUR  |
+==========+=========+
| Bread    | 3       |
+----------+---------+

Second
======

A paragraph whose last
line is underlined
------------------
"""
ORG = (
    """#+TITLE: The plan
* TO"""
    """DO [#A] Build it :work:home:
Some words.
#+BEGIN_SRC sh
* not a heading
| not | a table |
#+END_SRC
** Costs
#+CAPTION: What it takes
| Item  | Days |
|-------+------|
| Walls |   12 |
*** DONE Roof
**bold** is no heading
"""
)


def test_each_new_style_of_line_is_a_level_deeper(tmp_path: Path) -> None:
    info, (page,) = read_text(tmp_path, "a.rst", RST)

    assert info.title == "The Title"
    assert page.text == RST
    assert [(heading.level, heading.title) for heading in page.headings] == [
        (1, "The Title"),
        (2, "First"),
        (3, "Sub"),
        (2, "Second"),
    ]


def test_tables_are_found_with_their_heads(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.rst", RST)

    assert [(table.caption, table.heads) for table in page.tables] == [
        ("Truth", "A | B | A or B"),
        ("The prices:", "Ware | Price in EUR"),
    ]
    assert page.text[page.tables[1].start : page.tables[1].end].endswith("+---------+")


def test_a_table_that_never_ends_is_none(tmp_path: Path) -> None:
    assert read_page(tmp_path, "a.rst", "=== ===\na   b\n\nwords\n").tables == ()


def test_stars_are_headings_without_keywords_and_tags(tmp_path: Path) -> None:
    info, (page,) = read_text(tmp_path, "a.org", ORG)

    assert info.title == "The plan"
    assert page.text == ORG
    assert [(heading.level, heading.title) for heading in page.headings] == [
        (1, "Build it"),
        (2, "Costs"),
        (3, "Roof"),
    ]


def test_tables_of_org_are_found_with_their_heads(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.org", ORG)

    (table,) = page.tables
    assert (table.caption, table.heads) == ("What it takes", "Item | Days")
    assert page.text[table.start : table.end].endswith("12 |")


@pytest.mark.parametrize("name", ["a.rst", "a.org", "a.md", "a.txt"])
def test_offsets_are_the_files_also_over_several_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(text, "PAGE_CHARS", 100)
    content = "\n\n".join(f"Paragraph {n} is about nothing." for n in range(20))

    info, pages = read_text(tmp_path, name, content)

    document = document_of(info, pages)
    assert len(pages) == info.page_count > 5
    assert document.text.replace("\f", "\n") == content
    assert all("\f" not in page.text for page in pages)


@pytest.mark.parametrize("name", ["a.rst", "a.org"])
@pytest.mark.parametrize(
    "content",
    ["=" * 50_000, "=\n" * 20_000, "| " * 50_000, "*" * 50_000, "+-" * 50_000, "a\n=\n" * 9_000],
)
def test_odd_lines_cost_no_time(tmp_path: Path, name: str, content: str) -> None:
    assert read_page(tmp_path, name, content).text == content
