"""A web page is read as its reader sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.load import web
from rag.records import DocumentInfo, Page

SAMPLE = """<!doctype html><html><head><title>House  rules</title><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav><script>var a = "hidden";</script>
<h1>House <em>rules</em></h1>
<p>Quiet hours are
from <b>ten</b> to&nbsp;six.<br>Always.</p><p hidden>not shown</p>
<h2>Fees</h2>
<ol><li>Rent<ul><li>due on the first</li></ul></li><li>Heating</li></ol>
<table><caption>Per month</caption><tr><th>What</th><th>How much</th></tr>
<tr><td>Rent</td><td>1,250 <i>EUR</i></td></tr></table>
<pre>kept
   as it is</pre></body></html>"""

EXPECTED = """House rules

Quiet hours are from ten to six.
Always.

Fees

1. Rent
• due on the first
2. Heating

Per month
What | How much
Rent | 1,250 EUR

kept
   as it is"""


def read(path: Path) -> tuple[DocumentInfo, Page]:
    info, page = web.read(path)
    assert isinstance(info, DocumentInfo)
    assert isinstance(page, Page)
    return info, page


def test_what_is_shown_is_read_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(SAMPLE, "utf-8")

    info, page = read(path)

    assert info.title == "House rules"
    assert page.text == EXPECTED
    assert [(h.level, h.title) for h in page.headings] == [(1, "House rules"), (2, "Fees")]
    assert all(page.text[h.start : h.end] == h.title for h in page.headings)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="iso-8859-1">', "iso-8859-1"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">', "shift_jis"),
        ("", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_the_encoding_is_the_declared_or_the_found_one(
    tmp_path: Path, declared: str, encoding: str
) -> None:
    word = "日本語" if encoding == "shift_jis" else "Grüße"
    path = tmp_path / "a.html"
    path.write_bytes(f"<html><head>{declared}</head><body><p>{word}</p></body>".encode(encoding))

    assert read(path)[1].text == word


def test_a_page_without_a_title_is_called_by_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<h2>Fees</h2><p>none</p>", "utf-8")

    assert read(path)[0].title == "Fees"


def test_deep_nesting_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<div>" * 3_000 + "<p>deep</p>", "utf-8")

    assert read(path)[1].text == "deep"
