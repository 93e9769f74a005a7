"""What stands in real files, seen by looking at them, is in the text, with its place and heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.chunk import chunk_document
from rag.load.sandbox import ParserPool
from rag.records import Chunk, DocumentInfo, DocumentText, Page

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(300)]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader of `name` sees in it."""

    name: str
    in_order: tuple[str, ...] = ()  # white space apart, each after the one before
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...], str], ...] = ()  # of a table; heads; part of its place
    places: tuple[tuple[str, str], ...] = ()  # words, and how the place of their first one begins


_WEEK = ("Mon", "Wed", "Fri")
_SHEET = "'09060124-b5e7-4717-9d07-3c046eb'"
_STOCK = ("Product Code", "Location", "Expected", "Actual", "Variance", "Status")
_PDF = "pdf_edge/layout_columns_tables_rotation/"
_COLUMNS = "pdf_edge/encoding_rtl_cjk_vertical/"
FACTS = (
    Facts(
        f"{_PDF}multi-column-2p.pdf",
        in_order=(
            "Vladimir Karpukhin",
            "state-of-the-art on multiple open-domain QA benchmarks.",
            "Introduction",
            "indicating the needs of improving retrieval.",
            "Retrieval in open-domain QA is usually implemented using TF-IDF",
            "However, it is generally believed that learning a good dense vector",
        ),
        places=(("Sala Baker is best known", "p. 1"),),
    ),
    Facts(
        f"{_PDF}tracemonkey.pdf",
        in_order=(
            "a naïve implementation",
            "We validate our tracing techniques in an implementation based",
            "The remainder of this paper is organized as follows.",
            "In Section 7 we evaluate our dynamic compiler based on",
            "Overview: Example Tracing Run",
            "Here is the sequence of events broken down by outer loop iteration:",
        ),
        places=(("Here is the sequence of events broken", "p. 2"),),
    ),
    Facts(
        f"{_PDF}SPARSE-2024-INV-1234_borderless_table.pdf",
        rows=(
            ("SKU-4563 D-22 156 CRITICAL", _STOCK, "p. 1"),
            ("SKU-7728 A-08 920", _STOCK, "p. 1"),
        ),
    ),
    Facts(
        "pdf_edge/hidden_or_ocr_text/Seige_of_Vicksburg_Sample_OCR.pdf",
        in_order=(
            "fell on top of the hill and rolled down, crashing through a tent.",
            "These shells are",
            "itors we do not care to see in camp",
            "We expect to be paid off soon",
        ),
        places=(("We expect to be paid off soon", "p. "),),
    ),
    Facts(
        f"{_COLUMNS}ArabicCIDTrueType.pdf",
        in_order=("الخطوط العربية",),
    ),
    Facts(f"{_COLUMNS}noembed-eucjp.pdf", in_order=("あいうえお",)),
    Facts(
        "pdf_edge/features_forms_attachments_outlines/nested_outline.pdf",
        in_order=("Content for Introduction", "Content for Background", "Content for Motivation"),
        places=(("Content for Background", "p. 2"), ("Content for Motivation", "p. 3")),
    ),
    Facts(
        "mixed/docx/markitdown_test.docx",
        in_order=(
            "AutoGen: Enabling Next-Gen LLM Applications via Multi-Agent Conversation",
            "Qingyun Wu",
            "Here is a random table for .docx parsing test purposes:",
            "49e168b7-d2ae-407f-a055-2167576f39a1",
        ),
        headings=("Abstract", "Introduction"),
        rows=(
            (
                "13 14 49e168b7-d2ae-407f-a055-2167576f39a1 15 16 17",
                ("1", "2", "3", "4", "5", "6"),
                "",
            ),
        ),
    ),
    Facts(
        "mixed/docx/simple.docx",
        in_order=("These are a few of my favorite things:", "Parrots", "Hockey", "Analysis"),
    ),
    Facts(
        "mixed/pptx/fake-power-point-many-pages.pptx",
        in_order=("Page 1", "Page 2"),
        places=(("Page 1", "slide 1"), ("Page 2", "slide 2")),
    ),
    Facts(
        "mixed/xlsx/markitdown_test.xlsx",
        rows=(
            ("13 14 15 affc7dad-52dc-4b98-9b5d-51e65d8a8ad0", ("ColA", "ColD"), f"{_SHEET}!A5:D5"),
            ("89 82 100 12", ("Alpha", "Beta", "Gamma", "Delta"), "Sheet1!A2:D2"),
        ),
    ),
    Facts(
        "mixed/xlsx/vodafone.xlsx",
        rows=(
            (
                "Group financial performance FY 22 FY 23 2",
                ("Topic", "Period", "Page"),
                "Index!B6:F6",
            ),
        ),
    ),
    Facts(
        "mixed/rtf_odt_ods/odf_table_with_title_01.ods",
        in_order=("Number of freshwater ducks per year", "2019"),
        rows=(("2022 170", ("Year", "Freshwater Ducks"), "Sheet1!B8:C8"),),
    ),
    Facts(
        "mixed/legacy_binary/tests-example.xls",
        in_order=("Bagpipes are awesome.", "λ Λ α γ Γ φ Φ", "Question Format Abbreviations"),
        places=(("TF Bagpipes are awesome.", "'Example Test'!A3"),),
    ),
    Facts(
        "mixed/rtf_odt_ods/fake.odt",
        in_order=("Lorem ipsum dolor sit amet.",),
        rows=(("Leader Sarah Mark Ryan", _WEEK, ""), ("Color Blue Red Green", _WEEK, "")),
    ),
    Facts(
        "mixed/rtf_odt_ods/text_document_01.odt",
        in_order=("numbered list 2", "bullet list 2.1", "bullet list 2.2.1", "bullet list 2.3"),
        headings=("heading level 1.0", "Heading level 2: A", "Heading level 2: B"),
        places=(("Contrary to popular belief, Lorem", "Heading level 2: A"),),
    ),
    Facts(
        "mixed/rtf_odt_ods/eng_spa_mult.odt",
        in_order=("All human beings are born free", "dotados como están de razón y conciencia"),
    ),
    Facts(
        "mixed/rtf_odt_ods/fake-doc.rtf",
        in_order=("My First Heading", "My first paragraph.", "Table Example:"),
        headings=("My First Heading",),
        rows=(("Row 2, Cell 1 Row 2, Cell 2", ("Column 1", "Column 2"), ""),),
    ),
    Facts(
        "mixed/other/README.org",
        in_order=("layout-parser-paper.pdf", "factbook.xml", "curl -O"),
        headings=("Example Docs", "XBRL 10-K"),
        places=(("You can get an example 10-K", "XBRL 10-K"),),
    ),
    Facts(
        "mixed/csv_tsv/stanley-cups-utf-16.csv",
        rows=(("Maple Leafs TOR 13", ("Team", "Location", "Stanley Cups"), "row 5"),),
    ),
    Facts(
        "mixed/csv_tsv/test_mskanji.csv",
        rows=(("髙橋淳 35 名古屋", ("名前", "年齢", "住所"), "row 4"),),
    ),
    Facts(
        "mixed/eml/fake-email.eml",
        in_order=("Test Email", "Important points:", "Roses are red", "Violets are blue"),
        places=(("Roses are red", "message of 16 December 2022"),),
    ),
    Facts(
        "mixed/legacy_binary/fake-email.msg",
        in_order=("Test Email", "Important points:", "Roses are red"),
        places=(("Roses are red", "message of 16 December 2022"),),
    ),
    Facts(
        "mixed/eml/mime-word-encoded-subject.eml",
        in_order=("Simple email with ☸☿ Unicode subject", "This is a simple email message"),
    ),
    Facts(
        "mixed/epub/idpf_moby-dick.epub",
        in_order=("What the white whale was to Ahab", "whiteness of the bird chiefly lurks"),
        headings=("Chapter 42. The Whiteness of The Whale.",),
        places=(("What the white whale was to Ahab", "Chapter 42. The Whiteness of The Whale."),),
    ),
    Facts(
        "mixed/epub/idpf_wasteland.epub",
        in_order=("April is the cruellest month", "IV. DEATH BY WATER"),
        headings=("I. THE BURIAL OF THE DEAD", "III. THE FIRE SERMON"),
    ),
    Facts(
        "mixed/html/wiki_duck.html",
        headings=("Duck", "Etymology", "Taxonomy"),
        places=(("The word duck comes from Old English", "Etymology"),),
    ),
    Facts("mixed/md/umlauts-utf8.md", in_order=("können", "äöüß"), headings=("können",)),
    Facts(
        "mixed/txt/UDHR_first_article_all.txt",
        in_order=("Novdiex nongv liex", "(Jinan)", "是人都生而自由，在尊严和权利上一律平等。"),
    ),
    Facts(
        "mixed/txt/norwich-city.txt",
        in_order=("Iwan Wyn Roberts (born 26 June 1968)", "Barmouth, on the west coast of Wales"),
    ),
)


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    pool = ParserPool(1, 30.0, 1024)
    yield pool
    pool.close()


def read(pool: ParserPool, path: Path) -> tuple[DocumentText, list[Chunk]]:
    info, *pages = pool.read(path, CancelToken())
    assert isinstance(info, DocumentInfo)
    text = DocumentText.from_pages(info, [page for page in pages if isinstance(page, Page)])
    return text, chunk_document(text)


def plain(text: str) -> str:
    """`text` with one space between words, and none of the signs that part a table's cells."""
    return " ".join(text.replace("|", " ").replace("\t", " ").split())


def place_of(document: DocumentText, words: str) -> str:
    """Where `words` are, which may stand in two lines."""
    start = document.text.find(words.split(maxsplit=1)[0])
    while start >= 0:
        if plain(document.text[start : start + 3 * len(words)]).startswith(plain(words)):
            return document.place_at(start)
        start = document.text.find(words.split(maxsplit=1)[0], start + 1)
    return f"“{words}” is nowhere"


def problems_of(facts: Facts, document: DocumentText, chunks: list[Chunk]) -> Iterator[str]:
    said, at = plain(document.text), 0
    for words in facts.in_order:
        found = said.find(words, at)
        if found < 0:
            yield f"“{words}” is {'elsewhere' if words in said else 'nowhere'}"
        at = max(at, found)
    titles = [heading.title for heading in document.headings]
    yield from (f"“{title}” is no heading" for title in facts.headings if title not in titles)
    for row, heads, place in facts.rows:
        holding = [chunk for chunk in chunks if row in plain(chunk.text)]
        if not any(all(head in c.context or head in c.text for head in heads) for c in holding):
            contexts = [chunk.context for chunk in holding]
            yield f"the row “{row}” does not stand under {heads}: {contexts}"
        if place and not (found := place_of(document, row)).startswith(place):
            yield f"the row “{row}” is at {found}, not {place}"
    for words, place in facts.places:
        if not (found := place_of(document, words)).startswith(place):
            yield f"“{words}” is at {found}, not {place}"


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.name)
def test_what_is_seen_in_a_file_is_in_its_text(
    pool: ParserPool, test_data: Path, facts: Facts
) -> None:
    document, chunks = read(pool, test_data / facts.name)

    assert not list(problems_of(facts, document, chunks))
