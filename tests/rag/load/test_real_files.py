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
from rag.errors import CorruptFile, EncryptedFile, UnreadableFile
from rag.load import format_of, glyphs
from rag.load.pdf import view
from rag.load.pdf.characters import open_text_page
from rag.load.pdf.document import open_pdf
from rag.load.sandbox import ParserPool
from rag.records import Box, DocumentInfo, Page, PageKind

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
        place = view._Placement(text, page)
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
