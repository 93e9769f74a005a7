"""What becomes of every file of the test documents, written down by hand from the files alone.

Pages and words were counted with other programs (zip and XML tools, pypdf, LibreOffice), or read
off the pages as they are drawn; words are a lower bound. `why` says what was seen of files that
cannot be read, or not wholly.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.errors import (
    CorruptFile,
    EncryptedFile,
    NoTextInFile,
    NoTextLayer,
    UnknownFormat,
    UnreadableFile,
)
from rag.records import FileState

READY, PARTIAL = FileState.READY, FileState.PARTIAL
FAILED, SKIPPED = FileState.FAILED, FileState.SKIPPED
# What each reason says, whatever else it tells.
SAYS: dict[type[UnreadableFile], str] = {
    CorruptFile: "is damaged",
    EncryptedFile: "locked",
    NoTextInFile: "holds no text",
    NoTextLayer: "is a scan",
    UnknownFormat: "cannot read",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file by its name, the states that are true of it, and what it holds at least."""

    name: str
    states: tuple[FileState, ...] = (READY,)
    pages: int = 1
    words: int = 0
    errors: tuple[type[UnreadableFile], ...] = ()  # any of them is a true reason
    why: str = ""


def ready(name: str, words: int, pages: int = 1, why: str = "") -> Outcome:
    """Read as a whole."""
    return Outcome(name, (READY,), pages, words, why=why)


def failed(name: str, why: str, *errors: type[UnreadableFile]) -> Outcome:
    """Nothing of it can be read."""
    return Outcome(name, (FAILED,), 0, 0, errors, why)


OFFICE_MISSING = "LibreOffice"  # what the reason names where an old format wants it

MIXED = (
    ready("csv_tsv/csv-with-escaped-commas.csv", 15),
    ready("csv_tsv/stanley-cups-utf-16.csv", 13, why="UTF-16, big end first"),
    ready("csv_tsv/test_mskanji.csv", 12, why="code page 932: 髙 is none of Shift JIS"),
    ready("docx/Strict.docx", 2, why="strict OOXML: the other names of its elements"),
    ready("docx/docx-hdrftr.docx", 2, why="“Main document”, the rest in header and footer"),
    ready("docx/markitdown_test.docx", 600),
    ready("docx/simple.docx", 30),
    failed("eml/empty.eml", "13 bytes of white space", NoTextInFile, CorruptFile),
    ready("eml/fake-email-b64.eml", 16),
    ready("eml/fake-email.eml", 16),
    Outcome(
        "eml/fake-encrypted.eml",
        (PARTIAL, FAILED),
        errors=(EncryptedFile,),
        why="PGP: only who wrote to whom can be read",
    ),
    ready("eml/mime-word-encoded-subject.eml", 16),
    ready("epub/epub_purvis_poetry.epub", 2385, why="its own metadata count the words"),
    ready("epub/idpf_epub30-spec.epub", 40_000),
    ready("epub/idpf_moby-dick.epub", 200_000, why="144 parts in its spine"),
    ready("epub/idpf_wasteland.epub", 4_000),
    ready("html/example-with-scripts.html", 1_500),
    ready("html/paul_graham_superlinear.html", 4_000),
    ready("html/wiki_duck.html", 2_000),
    ready("legacy_binary/fake-email.msg", 16),
    ready("legacy_binary/markitdown_test.xls", 110, why="24 rows of 4, and 5 of 4"),
    Outcome(
        "legacy_binary/simple.doc",
        (READY, FAILED),
        words=30,
        errors=(UnreadableFile,),
        why="only LibreOffice reads it: failed with that reason where there is none",
    ),
    ready("legacy_binary/tests-example.xls", 100, why="three sheets of 7, 19 and 19 rows"),
    ready("md/codeblock.md", 25),
    ready("md/umlauts-utf8.md", 3),
    ready("other/README.org", 80),
    Outcome(
        "other/random.bin", (SKIPPED,), 0, 0, (UnknownFormat,), "noise, of a type nobody reads"
    ),
    ready("pptx/fake-power-point-malformed.pptx", 2, why="a placeholder of a kind that is none"),
    ready("pptx/fake-power-point-many-pages.pptx", 4, 2),
    ready("rtf_odt_ods/eng_spa_mult.odt", 500),
    ready("rtf_odt_ods/fake-doc.rtf", 20),
    ready("rtf_odt_ods/fake.odt", 21),
    ready("rtf_odt_ods/odf_table_with_title_01.ods", 21),
    ready("rtf_odt_ods/text_document_01.odt", 270),
    ready("txt/UDHR_first_article_all.txt", 14_000),
    ready("txt/norwich-city.txt", 6_600),
    ready("xlsx/emoji.xlsx", 1),
    ready("xlsx/markitdown_test.xlsx", 110, why="24 rows of 4, and 5 of 4"),
    ready("xlsx/vodafone.xlsx", 60),
)

_BROKEN = "fuzzed_or_broken_structure/"
PDF_EDGE = (
    ready("bomb_or_huge/bigboundingbox.pdf", 70),
    failed("empty_or_image_only/empty#hash.pdf", "one blank page", NoTextInFile),
    ready("encoding_rtl_cjk_vertical/ArabicCIDTrueType.pdf", 12),
    ready("encoding_rtl_cjk_vertical/copy_paste_ligatures.pdf", 1),
    ready("encoding_rtl_cjk_vertical/embedded-cmap-cidfont.pdf", 13),
    ready("encoding_rtl_cjk_vertical/german-umlaut-r.pdf", 1),
    ready("encoding_rtl_cjk_vertical/habibi.pdf", 2),
    ready("encoding_rtl_cjk_vertical/noembed-eucjp.pdf", 1),
    failed("encrypted/issue15893_reduced.pdf", "a user's password", EncryptedFile),
    failed("encrypted/password.pdf", "a user's password", EncryptedFile),
    failed("encrypted/r4-aes-user-password.pdf", "a user's password", EncryptedFile),
    failed("encrypted/r6-both-passwords.pdf", "a user's password", EncryptedFile),
    ready("encrypted/r6-empty-password.pdf", 5, why="opens with the empty password"),
    failed(
        "encrypted/secHandler.pdf",
        "opens with the empty password; its outline calls it “Blank Page”, and it is",
        NoTextInFile,
    ),
    ready("features_forms_attachments_outlines/160F-2019.pdf", 300),
    failed(
        "features_forms_attachments_outlines/Brotli-Prototype-FileA.pdf",
        "its streams are packed with BrotliDecode, which is in no standard; it has no /Encrypt",
        CorruptFile,
    ),
    ready("features_forms_attachments_outlines/attachment.pdf", 160),
    ready("features_forms_attachments_outlines/fake-memo-with-duplicate-page.pdf", 70, 2),
    ready("features_forms_attachments_outlines/nested_outline.pdf", 40, 9),
    ready("features_forms_attachments_outlines/outlines-with-invalid-destinations.pdf", 1_300, 4),
    failed(
        f"{_BROKEN}PDFBOX-3148-2-fuzzed.pdf",
        "a form, drawn blank; its streams are cut by stray bytes",
        NoTextInFile,
        CorruptFile,
    ),
    failed(
        f"{_BROKEN}PDFBOX-4352-0.pdf",
        "enciphered, and the object that says how is broken (“E<” for “<<”)",
        CorruptFile,
        EncryptedFile,
        NoTextInFile,
    ),
    Outcome(
        f"{_BROKEN}Pages-tree-refs.pdf",
        (READY, PARTIAL),
        words=3,
        errors=(UnreadableFile,),
        why="a page that says 'Pages loop', and a branch of the page tree that holds itself",
    ),
    failed(f"{_BROKEN}REDHAT-1531897-0.pdf", "column widths of 10²⁶ bytes", CorruptFile),
    failed(f"{_BROKEN}bug1020226.pdf", "184 bytes, cut in the middle of a picture", CorruptFile),
    failed(
        f"{_BROKEN}issue15590.pdf",
        "/Pages is a script that opens a box: there is no page",
        CorruptFile,
        NoTextInFile,
    ),
    ready(f"{_BROKEN}issue7872.pdf", 6),
    ready(f"{_BROKEN}issue9105_reduced.pdf", 2),
    Outcome(
        f"{_BROKEN}issue9418.pdf",
        (READY, PARTIAL, FAILED),
        errors=(UnreadableFile,),
        why="shows سلام by a font without letters: nobody can tell them but by their shape",
    ),
    ready(f"{_BROKEN}missing_info.pdf", 14),
    ready(f"{_BROKEN}multiple-filters-length-zero.pdf", 1, why="a picture of “pdf.js”"),
    ready(f"{_BROKEN}pdfjsbad1586.pdf", 2),
    ready(f"{_BROKEN}poppler-67295-0.pdf", 1, why="says “TestString123”"),
    failed(
        f"{_BROKEN}poppler-85140-0.pdf",
        "213,804,087 pages by its own count, the one there is empty",
        CorruptFile,
        NoTextInFile,
    ),
    ready(f"{_BROKEN}scan-bad.pdf", 1, why="a picture of “pdf.js”"),
    Outcome(
        f"{_BROKEN}truncated_half_tracemonkey.pdf",
        (PARTIAL, FAILED),
        errors=(CorruptFile,),
        why="the first half of a file: no table of its objects, though some pages are whole",
    ),
    ready("hidden_or_ocr_text/Seige_of_Vicksburg_Sample_OCR.pdf", 2_200, 6),
    ready("hidden_or_ocr_text/invisible_text_layer.pdf", 7),
    ready("layout_columns_tables_rotation/SPARSE-2024-INV-1234_borderless_table.pdf", 200, 2),
    ready("layout_columns_tables_rotation/multi-column-2p.pdf", 1_300, 2),
    ready("layout_columns_tables_rotation/rotated-page-90.pdf", 12),
    ready("layout_columns_tables_rotation/rotated.pdf", 7),
    ready("layout_columns_tables_rotation/tracemonkey.pdf", 12_000, 14),
)

OUTCOMES: dict[str, Outcome] = {
    f"{folder}/{outcome.name}": outcome
    for folder, outcomes in (("mixed", MIXED), ("pdf_edge", PDF_EDGE))
    for outcome in outcomes
}
