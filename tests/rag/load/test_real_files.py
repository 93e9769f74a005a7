"""Real, odd and broken files: each is read, or left out for a true reason, and boxed exactly."""

from __future__ import annotations

import ctypes
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from rag.cancel import CancelToken
from rag.chunk import chunk_document
from rag.errors import CorruptFile, EncryptedFile, UnreadableFile
from rag.load import format_of, glyphs, pdf
from rag.load.pdf.characters import open_text_page
from rag.load.pdf.document import open_pdf
from rag.load.pdf.placement import Placement
from rag.load.sandbox import ParserPool
from rag.records import Box, DocumentInfo, DocumentText, Page, PageKind

LIMIT_S = 30.0

REASONS: dict[str, type[UnreadableFile]] = {
    "issue15893_reduced.pdf": EncryptedFile,
    "password.pdf": EncryptedFile,
    "r4-aes-user-password.pdf": EncryptedFile,
    "r6-both-passwords.pdf": EncryptedFile,
    "bug1020226.pdf": CorruptFile,
    "REDHAT-1531897-0.pdf": CorruptFile,
}
SAYS = {
    "tracemonkey.pdf": "compile than statically typed ones. Since no concrete type information is",
    "multi-column-2p.pdf": "relies on efficient passage retrieval to select candidate contexts",
    "r6-empty-password.pdf": "pdf encryption test",
    "german-umlaut-r.pdf": "ö",
    "noembed-eucjp.pdf": "あいうえお",
    "copy_paste_ligatures.pdf": "abcdeffffifl",
    "ArabicCIDTrueType.pdf": "الخطوط العربية",
    "SPARSE-2024-INV-1234_borderless_table.pdf": "SKU-4563 D-22 156 CRITICAL\n",
    "Seige_of_Vicksburg_Sample_OCR.pdf": "too conspicuous and dangerous for use.",
    "invisible_text_layer.pdf": "Invisible OCR text layer",
    "rotated-page-90.pdf": "Second line of text here",
}


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    pool = ParserPool(1, LIMIT_S, 1024)
    yield pool
    pool.close()


@pytest.mark.fuzz
def test_every_odd_file_is_read_or_left_out_for_a_true_reason(
    pool: ParserPool, test_data: Path
) -> None:
    read: dict[str, list[Page]] = {}
    reasons: dict[str, type[Exception]] = {}
    for path in sorted((test_data / "pdf_edge").rglob("*.pdf")):
        started = time.monotonic()
        try:
            info, *pages = pool.read(path, CancelToken())
            assert isinstance(info, DocumentInfo)
            read[path.name] = [page for page in pages if isinstance(page, Page)]
            assert len(read[path.name]) == info.page_count
        except UnreadableFile as error:
            reasons[path.name] = type(error)
        assert time.monotonic() - started < LIMIT_S

    assert {name: reasons.get(name) for name in REASONS} == REASONS
    for name, said in SAYS.items():
        assert said in read[name][0].text
    assert read["scan-bad.pdf"][0].kind is PageKind.SCANNED
    assert read["empty#hash.pdf"][0].kind is PageKind.EMPTY


@pytest.mark.fuzz
def test_files_cut_or_scrambled_anywhere_never_stop_the_next_one(
    pool: ParserPool, test_data: Path, tmp_path: Path
) -> None:
    chance = random.Random(7)
    sources = [
        test_data / "pdf_edge/layout_columns_tables_rotation/multi-column-2p.pdf",
        test_data / "mixed/docx/markitdown_test.docx",
        test_data / "mixed/html/paul_graham_superlinear.html",
    ]
    for source in sources:
        whole = source.read_bytes()
        for turn in range(8):
            broken = bytearray(whole[: chance.randrange(len(whole))] if turn % 2 else whole)
            for _ in range(50):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            path = tmp_path / f"{turn}{source.suffix}"
            path.write_bytes(broken)
            try:
                list(pool.read(path, CancelToken()))
            except UnreadableFile:
                continue
        assert list(pool.read(source, CancelToken()))


@pytest.mark.fuzz
@pytest.mark.parametrize("folder", ["mixed/docx", "mixed/html", "mixed/md", "mixed/txt"])
def test_every_other_document_is_read(pool: ParserPool, test_data: Path, folder: str) -> None:
    for path in (test_data / folder).iterdir():
        if format_of(path):
            _, page = pool.read(path, CancelToken())
            assert isinstance(page, Page)
            assert page.kind is PageKind.TEXT
            assert all(page.text[h.start : h.end] == h.title for h in page.headings)


@pytest.mark.fuzz
@pytest.mark.parametrize("folder", ["filings", "reports", "long"])
def test_the_boxes_of_a_quote_hold_its_words_and_no_others(
    pool: ParserPool, test_data: Path, folder: str
) -> None:
    chance = random.Random(11)
    exact = total = 0
    for path in sorted((test_data / folder).glob("*.pdf"))[:8]:
        pages = [p for p in pool.read(path, CancelToken()) if isinstance(p, Page) and p.text]
        for page in chance.sample(pages, min(5, len(pages))):
            words = [found.span() for found in re.finditer(r"\S+", page.text)]
            first = chance.randrange(len(words))
            last = min(len(words) - 1, first + chance.randrange(25))
            wanted = glyphs.unpack(page.glyphs)[words[first][0] : words[last][1]]
            boxes = pool.boxes(path, page.number, wanted.tolist())
            under = characters_under(path, page.number, boxes)
            exact += len(under & {index for index in wanted.tolist() if index >= 0})
            total += len(under | {index for index in wanted.tolist() if index >= 0})

    assert exact / total > 0.99


def characters_under(path: Path, page: int, boxes: tuple[Box, ...]) -> set[int]:
    """The characters whose middle is inside one of the boxes, asked one by one."""
    under: set[int] = set()
    with open_pdf(path) as document, open_text_page(document.handle, page - 1) as text:
        place = Placement(text, page)
        for index, code in enumerate(text.codes):
            left, right, bottom, top = (ctypes.c_double() for _ in range(4))
            pdfium.FPDFText_GetCharBox(text.text, index, left, right, bottom, top)
            shown = place.shown(left.value, top.value, right.value, bottom.value)
            x, y = (shown.x0 + shown.x1) / 2, (shown.y0 + shown.y1) / 2
            if code > 32 and any(b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 for b in boxes):
                under.add(index)
    return under


@pytest.mark.fuzz
def test_table_rows_of_a_report_stay_whole(pool: ParserPool, test_data: Path) -> None:
    pages = [
        page
        for page in pool.read(test_data / "filings/2023 Q3 AAPL.pdf", CancelToken())
        if isinstance(page, Page)
    ]

    assert "\nProducts $ 60,584 $ 63,355 $ 230,901 $ 245,241\n" in pages[3].text
    assert "\nJuly 1, 2023 June 25, 2022 July 1, 2023 June 25, 2022\n" in pages[3].text


_TWO_LINES = "Total change in unrealized gains/losses on marketable debt securities"
_AAPL_PERIODS = (
    "Three Months Ended: June 25, 2022 | June 26, 2021; Nine Months Ended: June 25, 2022"
)
_AMZN_PERIODS = "March 31, 2022 | March 31, 2023; Twelve Months Ended: March 31, 2022 |"
_AMZN_LEASES = "December 31, 2022: Operating Leases | Finance Leases | Total"
_INTC_PERIODS = "Three Months Ended: Jul 1, 2023 | Jul 2, 2022; Six Months Ended: Jul 1, 2023 |"
# A row of a table in public filings, and what the chunk that holds it must tell of its columns.
ROWS = [
    ("2022 Q3 AAPL.pdf", "Net income $ 19,442 $ 21,744 $ 79,082 $ 74,129", _AAPL_PERIODS),
    ("2022 Q3 AAPL.pdf", "Total assets $ 336,309 $ 351,002", "June 25, 2022 | September 25, 2021"),
    ("2022 Q3 AAPL.pdf", f"{_TWO_LINES} (3,055) 163 (9,819) (792)", _AAPL_PERIODS),
    ("2022 Q3 MSFT.pdf", "Intelligent Cloud 20,325 16,912 20%", "; Percentage Change"),
    (
        "2022 Q3 MSFT.pdf",
        "Interest and dividends income $ 641 $ 520",
        "income (expense), net were as",
    ),
    ("2023 Q1 AMZN.pdf", "Stock-based compensation 3,250 4,748 13,701 21,119", _AMZN_PERIODS),
    ("2023 Q1 AMZN.pdf", "Gross lease liabilities $ 81,273 $ 18,019 $ 99,292", _AMZN_LEASES),
    ("2023 Q1 NVDA.pdf", "Inventories 4,611 5,159", "(In millions) (Unaudited) | April 30, 2023 |"),
    ("2023 Q2 INTC.pdf", "Restructuring and other charges 200 87 264 (1,124)", _INTC_PERIODS),
]
# What runs along on the pages of each, and how often it may stand in the text.
RUNNING = {
    "filings/2022 Q3 AAPL.pdf": ("Apple Inc. | Q3 2022 Form 10-Q |", 1),
    "filings/2022 Q3 MSFT.pdf": ("\nItem 1A\n", 1),
    "filings/2023 Q1 AMZN.pdf": ("Table of Contents\n", 2),
    "filings/2023 Q2 INTC.pdf": ("\nMD&A 2", 1),
    "reports/20080108X00029.pdf": ("Page 3 of 3", 0),
    "long/freeculture-352p.pdf": ("PASS PAGES", 0),
}


@pytest.mark.fuzz
@pytest.mark.parametrize("name", sorted({name for name, _, _ in ROWS}))
def test_figures_stay_with_their_labels_and_column_heads(test_data: Path, name: str) -> None:
    info, *pages = pdf.read(test_data / "filings" / name)
    assert isinstance(info, DocumentInfo)
    chunks = chunk_document(
        DocumentText.from_pages(info, [page for page in pages if isinstance(page, Page)])
    )

    for _, row, heads in (fact for fact in ROWS if fact[0] == name):
        holding = [chunk for chunk in chunks if f"\n{row}" in f"\n{chunk.text}"]
        assert any(heads in chunk.context for chunk in holding), row


@pytest.mark.fuzz
@pytest.mark.parametrize("name", RUNNING)
def test_what_runs_along_is_left_out_of_real_files(test_data: Path, name: str) -> None:
    running, most = RUNNING[name]

    _, *pages = pdf.read(test_data / name)

    text = "\n".join(page.text for page in pages if isinstance(page, Page))
    assert text.count(running) <= most


@pytest.mark.fuzz
def test_the_labels_of_a_form_stay_with_their_values(test_data: Path) -> None:
    _, *pages = pdf.read(test_data / "reports" / "20080117X00064.pdf")

    text = "\n".join(page.text for page in pages if isinstance(page, Page))

    for said in (
        "Location: Charlestown, St Kitts And Nevis Accident Number: NYC08WA076",
        "Date & Time: 12/12/2007, 0826 EST Registration: N50DS",
        "Aircraft Make: Bombardier, Inc. Registration: N50DS",
        "Operator: Operating Certificate(s) Held: On-demand Air Taxi (135)",
    ):
        assert f"\n{said}\n" in text
