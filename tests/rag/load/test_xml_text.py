"""XML is read as what it is: prose under headings, data as records, and no trap is sprung."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import CorruptFile
from rag.load import lined_text
from rag.records import PageKind
from tests.rag.load.reading import document_of, place_of, read_page, read_text

CATALOG = """<?xml version="1.0" encoding="utf-8"?>
<catalog xmlns="urn:x"><book id="bk1" class="new"><author>Gambardella, Matthew</author>
<title>XML Guide</title><price currency="EUR">44.95</price><pub><city>Köln</city></pub></book>
<book id="bk2"><title>Rain &amp; Sun</title></book></catalog>"""
ARTICLE = """<!DOCTYPE article [<!ENTITY firm "Acme">]>
<article xmlns="http://docbook.org/ns/docbook"><title>My <emphasis>great</emphasis> article</title>
<section><title>Intro</title><para>Some <link>linked</link> text of &firm;.</para>
<itemizedlist><listitem><para>Item one</para></listitem></itemizedlist>
<section><title>Deeper</title><programlisting>
def f():
    return 1
</programlisting></section></section>
<section><title>End</title>
<note>A note with <emphasis>weight</emphasis>.</note></section></article>"""
FEED = """<rss version="2.0"><channel><title>News</title><item><title>Cats win</title>
<description>&lt;p&gt;The cats &lt;b&gt;won&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title>Dogs lose</title><description>Sad.</description></item></channel></rss>"""
SETTINGS = """<plist version="1.0"><dict><key>Name</key><string>Footnote</string><key>On</key>
<true/><key>Home</key><dict><key>City</key><string>Bonn</string></dict>
<key>Tags</key><array><string>a</string><string>b</string></array></dict></plist>"""
POEM = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div><head>Canto I</head>
<lg><l>Midway upon the <hi>journey</hi> of our life</l>
<l>I found myself</l></lg></div></body></text></TEI>"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg"><title>Sales</title><g id="x"><path d="M0 0"/>
<text x="1">Year <tspan>2023</tspan></text></g><style>.a{}</style></svg>"""


def test_data_is_read_as_records_of_named_values(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.xml", CATALOG)

    assert page.text == (
        "id: bk1\nauthor: Gambardella, Matthew\ntitle: XML Guide\nprice (currency: EUR): 44.95\n"
        "pub.city: Köln\n\nid: bk2\ntitle: Rain & Sun"
    )


def test_a_place_in_data_is_a_record(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.xml", CATALOG)

    assert place_of(page, "Köln") == "book 1"
    assert place_of(page, "Rain") == "book 2"


def test_rows_that_are_all_attributes_are_records(tmp_path: Path) -> None:
    first = '<row Id="1" Title="Why?" Body="&lt;p&gt;I &lt;i&gt;ask&lt;/i&gt;.&lt;/p&gt;"/>'
    rows = f'<posts>{first}<row Id="2"/></posts>'

    page = read_page(tmp_path, "a.xml", rows)

    assert page.text == "Id: 1\nTitle: Why?\nBody: I ask.\n\nId: 2"


def test_prose_is_read_in_paragraphs_under_its_headings(tmp_path: Path) -> None:
    info, (page,) = read_text(tmp_path, "a.xml", ARTICLE)

    assert info.title == "My great article"
    assert [(heading.level, heading.title) for heading in page.headings] == [
        (1, "My great article"),
        (2, "Intro"),
        (3, "Deeper"),
        (2, "End"),
    ]
    for said in ("Some linked text of Acme.", "Item one", "def f():\n    return 1"):
        assert f"\n\n{said}\n\n" in page.text
    assert page.text.endswith("\n\nA note with weight.")


def test_each_item_of_a_feed_has_its_heading(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.rss", FEED)

    assert [(h.level, h.title) for h in page.headings] == [
        (1, "News"),
        (2, "Cats win"),
        (2, "Dogs lose"),
    ]
    assert "description: The cats won." in page.text
    assert place_of(page, "Sad") == "item 2"


def test_a_property_list_is_read_by_its_keys(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.plist", SETTINGS)

    assert page.text == "Name: Footnote\nOn: true\nHome.City: Bonn\nTags: a\nTags: b"


def test_lines_of_a_poem_stay_lines(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.xml", POEM)

    assert page.text.split("\n\n") == [
        "Canto I",
        "Midway upon the journey of our life",
        "I found myself",
    ]


def test_of_a_drawing_only_its_words_are_read(tmp_path: Path) -> None:
    assert read_page(tmp_path, "a.svg", DRAWING).text == "Sales\n\nYear 2023"


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0" encoding="iso-8859-1"?><a><b>Crème brûlée</b></a>'.encode("latin-1"),
        '<?xml version="1.0" encoding="utf-16"?><a><b>Crème brûlée</b></a>'.encode("utf-16"),
        "<a><b>Crème brûlée</b></a>".encode("cp1252"),
        '<?xml version="1.0" encoding="no-such"?><a><b>Crème brûlée</b></a>'.encode(),
    ],
)
def test_the_encoding_is_the_declared_one_or_found(tmp_path: Path, content: bytes) -> None:
    assert read_page(tmp_path, "a.xml", content).text == "b: Crème brûlée"


@pytest.mark.parametrize(
    "content", ["<a><b>one</b> <c>two & three < four</c><d>more</d>", "one two & three < four more"]
)
def test_of_what_is_no_xml_the_text_is_read(tmp_path: Path, content: str) -> None:
    assert read_page(tmp_path, "a.xml", content).text == "one two & three < four more"


def test_a_late_break_costs_only_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lined_text, "PAGE_CHARS", 1000)
    good = "".join(f"<r><n>number {n}</n></r>\n" for n in range(9000))

    info, pages = read_text(tmp_path, "a.xml", f"<list>{good}<r></list>")

    assert "number 8999" in document_of(info, pages).text
    assert pages[-1].kind is PageKind.FAILED
    assert pages[-1].problem == "The XML is broken at line 9001: the rest was not read."


def bomb(levels: int) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE a [<!ENTITY l0 "lol">{entities}]><a>&l{levels - 1};</a>'


@pytest.mark.parametrize(
    "content",
    [bomb(10), f'<!DOCTYPE a [<!ENTITY x "{"y" * 99_999}">]><a>{"&x;" * 5000}</a>'],
)
def test_entities_that_unfold_without_end_are_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(CorruptFile, match="unfold without end"):
        read_page(tmp_path, "a.xml", content)


def test_no_other_file_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", "utf-8")

    page = read_page(
        tmp_path,
        "a.xml",
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a><b>v &x; w</b></a>',
    )

    assert page.text == "b: v w"


def test_any_depth_is_read(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.xml", "<a>" * 20_000 + "deep" + "</a>" * 20_000)

    assert page.text.endswith(": deep")
    assert len(page.text) < 200


@pytest.mark.parametrize("content", ["", "<a/>", "<a><b/></a>"])
def test_a_file_that_says_nothing_is_empty(tmp_path: Path, content: str) -> None:
    assert read_page(tmp_path, "a.xml", content).kind is PageKind.EMPTY


def test_records_are_found_below_what_holds_them_together(tmp_path: Path) -> None:
    people = "".join(f"<person><name>N{n}</name><age>{n}</age></person>" for n in range(3))

    page = read_page(
        tmp_path, "a.xml", f"<export><date>today</date><people>{people}</people></export>"
    )

    assert page.text == "date: today\n\nname: N0\nage: 0\n\nname: N1\nage: 1\n\nname: N2\nage: 2"
    assert place_of(page, "N1") == "person 2"


@pytest.mark.parametrize("name", ["rot13", "zlib", "undefined", "base64"])
def test_a_declared_encoding_that_is_none_is_passed_over(tmp_path: Path, name: str) -> None:
    content = f'<?xml version="1.0" encoding="{name}"?><a><b>Crème</b></a>'.encode("cp1252")

    assert read_page(tmp_path, "a.xml", content).text == "b: Crème"


def test_angle_brackets_that_the_text_is_about_stay(tmp_path: Path):
    text = "<article><para>Write &lt;tag&gt; and &amp;amp; here.</para></article>"

    page = read_page(tmp_path, "a.xml", text)

    assert page.text == "Write <tag> and &amp; here."
