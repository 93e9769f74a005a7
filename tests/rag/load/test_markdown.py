"""Markdown stays as it was written; its headings are found where they stand."""

from __future__ import annotations

from pathlib import Path

from rag.load import markdown
from rag.load.markdown import find_headings
from rag.records import DocumentInfo, Page

SAMPLE = """\
# House rules #

Some words.

```sh
# not a heading
```

Quiet hours
-----------

- an item
---

### Pets
####no heading
"""


def test_headings_are_found_with_their_levels() -> None:
    found = [(heading.level, heading.title) for heading in find_headings(SAMPLE)]

    assert found == [(1, "House rules"), (2, "Quiet hours"), (3, "Pets")]


def test_headings_stand_where_they_say() -> None:
    assert all(SAMPLE[h.start : h.end] == h.title for h in find_headings(SAMPLE))


def test_the_text_is_the_files_own(tmp_path: Path) -> None:
    path = tmp_path / "rules.md"
    path.write_text(SAMPLE, "utf-8")

    info, page = markdown.read(path)

    assert isinstance(info, DocumentInfo)
    assert isinstance(page, Page)
    assert info.title == "House rules"
    assert page.text == SAMPLE


def test_the_front_matter_names_the_title_and_holds_no_heading(tmp_path: Path) -> None:
    path = tmp_path / "rules.md"
    path.write_text('---\ntitle: "The rules"\n---\n# Quiet hours\n', "utf-8")

    info, page = markdown.read(path)

    assert isinstance(info, DocumentInfo)
    assert isinstance(page, Page)
    assert info.title == "The rules"
    assert [heading.title for heading in page.headings] == ["Quiet hours"]


def test_a_file_without_headings_is_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("just words", "utf-8")

    info, _ = markdown.read(path)

    assert isinstance(info, DocumentInfo)
    assert info.title == "notes"
