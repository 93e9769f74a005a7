"""RTF is read in its order, with headings, lists, tables and notes, in any encoding."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rag.errors import CorruptFile
from rag.load import rtf
from rag.records import DocumentInfo, Page

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0"
    r"{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 Mincho;}}"
)


def read(folder: Path, body: str | bytes, head: str = HEAD) -> tuple[DocumentInfo, Page]:
    path = folder / "letter.rtf"
    content = body if isinstance(body, bytes) else body.encode("ascii")
    path.write_bytes(head.encode("ascii") + b"\n" + content + b"}")
    info, page = rtf.read(path)
    assert isinstance(info, DocumentInfo)
    assert isinstance(page, Page)
    return info, page


def text_of(folder: Path, body: str | bytes) -> str:
    return read(folder, body)[1].text


def test_paragraphs_and_lines_are_kept_apart(tmp_path: Path) -> None:
    body = r"\pard One\line two\par\pard Three \{x\} \\ \~four\par"

    assert text_of(tmp_path, body) == "One\ntwo\n\nThree {x} \\ four"


def test_headings_are_told_by_level_or_style(tmp_path: Path) -> None:
    body = (
        r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2\outlinelevel1 Mine;}{\s3 Title;}}"
        r"\pard\s3 Lease\par\pard\s1 Rent\par\pard\s2 When\par\pard\outlinelevel2 Deep\par"
        r"\pard\s1\outlinelevel9 no heading\par"
    )

    info, page = read(tmp_path, body)

    found = [(h.level, h.title) for h in page.headings]
    assert found == [(1, "Lease"), (1, "Rent"), (2, "When"), (3, "Deep")]
    assert info == DocumentInfo("Lease", 1, paged=False, format="RTF")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"Caf\'e9 \'80", "Café €"),
        (r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\f2 \'93\'fa\'96\'7b}", "日本"),
        (r"{\f2 \'83e}", "テ"),  # the second byte of a character is written as a letter
        (r"\u228 ?rger \u8364\'80!", "ärger €!"),
        (r"\uc0\u228rger", "ärger"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u-10179? alone", "alone"),
        (r"{\uc2\u228 ab}c", "äc"),
    ],
)
def test_characters_of_every_encoding_are_read(tmp_path: Path, body: str, expected: str) -> None:
    assert text_of(tmp_path, body) == expected


def test_bytes_that_are_not_escaped_are_read_in_the_encoding(tmp_path: Path) -> None:
    assert text_of(tmp_path, "Größe".encode("cp1252")) == "Größe"


def test_tables_have_rows_and_heads(tmp_path: Path) -> None:
    body = (
        r"\trowd\trhdr\cellx1\cellx2\pard\intbl What\cell How much\cell\row"
        r"\trowd\cellx1\cellx2\intbl Rent\cell 1,250\par per month\cell\row\pard After\par"
    )

    _, page = read(tmp_path, body)

    assert page.text == "What | How much\nRent | 1,250 per month\n\nAfter"
    assert page.tables[0].heads == "What | How much"


def test_a_table_in_a_table_does_not_tear_it_apart(tmp_path: Path) -> None:
    body = (
        r"\trowd\cellx1\cellx2\pard\intbl A\cell\pard\intbl\itap2 in\nestcell side\nestcell"
        r"{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl\cell\row"
    )

    assert text_of(tmp_path, body) == "A | in side"


def test_lists_keep_their_marks(tmp_path: Path) -> None:
    body = r"\pard{\listtext\f3\'b7\tab}one\par{\pntext 1.\tab}first\par plain\par"

    assert text_of(tmp_path, body) == "• one\n1. first\n\nplain"


def test_notes_stand_at_the_end_and_comments_behind_their_paragraph(tmp_path: Path) -> None:
    body = (
        r"\pard Rent{\footnote \chftn  Without tax.} is due."
        r"{\*\atnid AB}{\*\atnauthor Ann Bee}\chatn{\*\annotation \chatn Since when?}\par"
        r" The end.\par"
    )

    assert text_of(tmp_path, body) == (
        "Rent[1] is due.\n\n[Comment by Ann Bee: Since when?]\n\nThe end.\n\n[1] Without tax."
    )


def test_what_stands_on_every_page_is_told_once(tmp_path: Path) -> None:
    body = (
        r"{\headerl Nordwind GmbH\par}{\headerr Nordwind GmbH\par}"
        r"{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 3}}\par}\pard Text.\par"
    )

    assert text_of(tmp_path, body) == "Text.\n\nNordwind GmbH"


@pytest.mark.parametrize(
    "hidden",
    [
        r"{\v hidden}",
        r"{\deleted gone}",
        r"{\*\unknown secret}",
        r"{\pict\wmetafile8 0123456789abcdef}",
        r"{\info{\author Ann}}",
        r"{\*\listtable{\list{\listname x;}}}",
    ],
)
def test_what_no_reader_sees_is_left_out(tmp_path: Path, hidden: str) -> None:
    assert text_of(tmp_path, rf"\pard a {hidden}b\par") == "a b"


def test_pictures_as_bytes_end_where_they_say(tmp_path: Path) -> None:
    assert text_of(tmp_path, b"\\pard a {\\pict\\bin6 }}\\{{{}b\\par") == "a b"


def test_links_and_text_boxes_are_read(tmp_path: Path) -> None:
    body = (
        r'\pard See {\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt here}}\par'
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Boxed\par}}{\shprslt old}}"
    )

    assert text_of(tmp_path, body) == "See here\n\nBoxed"


def test_the_title_is_what_the_document_says(tmp_path: Path) -> None:
    info, _ = read(tmp_path, r"{\info{\title My \'fcber title}{\author X}}Text")

    assert info.title == "My über title"


def test_what_follows_the_document_is_not_of_it(tmp_path: Path) -> None:
    assert text_of(tmp_path, r"Text}trailing {\b more") == "Text"


@pytest.mark.parametrize("content", [b"", b"plain text", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_rtf_is_told_as_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(content)

    with pytest.raises(CorruptFile):
        list(rtf.read(path))


def test_groups_in_groups_without_end_are_told_as_damage(tmp_path: Path) -> None:
    with pytest.raises(CorruptFile, match="too deep"):
        read(tmp_path, "{" * 100_000)


@pytest.mark.parametrize("body", ["{\\pict " + "{" * 200_000, "\\'" * 100_000, "\\u1" * 50_000])
def test_hostile_repetition_costs_no_more_than_its_length(tmp_path: Path, body: str) -> None:
    started = time.monotonic()

    read(tmp_path, body)

    assert time.monotonic() - started < 2


@pytest.mark.parametrize("length", range(0, 400, 7))
def test_a_file_cut_anywhere_is_read_as_far_as_it_goes(tmp_path: Path, length: int) -> None:
    whole = (
        HEAD
        + r"{\stylesheet{\s1 heading 1;}}\pard\s1 Head\par\trowd\intbl a\cell\row {\footnote x}"
    )
    path = tmp_path / "a.rtf"
    path.write_bytes(whole[: 6 + length].encode("ascii"))

    assert len(list(rtf.read(path))) == 2
