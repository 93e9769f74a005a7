"""The encoding of a text is told by the letters that it gives, also where nothing declares it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.load.encoding import encoding_of, encoding_of_file
from rag.load.text import decode

TEXTS = {
    "de": "Die Straße über den Fluß führt zur größten Bäckerei im Städtchen.",
    "fr": "L’été dernier, la forêt brûla ; à Noël, le garçon rêvait déjà d’être élève.",
    "es": "¿Dónde está el niño? Mañana habrá lección según el señor Ibáñez.",
    "da": "Alle mennesker er født frie, og på øen går børnene i skole hver dag.",
    "pl": "Zażółć gęślą jaźń, a potem wróć do łóżka i śnij o źródłach.",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy ve stínu věže.",
    "hu": "Árvíztűrő tükörfúrógép; a hűvös őszi időben gőzölög a tó.",
    "tr": "Çocuklar ağaçların altında şarkı söylüyor, güneş ışığı düşüyor.",
    "lt": "Ąžuolų šakos žaliuoja, o vėjas neša pienių pūkus į pievą.",
    "ru": "Все люди рождаются свободными и равными в своём достоинстве.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.",
    "he": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
    "ar": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
    "ja": "すべての人間は、生まれながらにして自由であり、平等である。",
    "zh": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心。",
    "tw": "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心。",
    "ko": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
}
OLD = [
    *[(language, "cp1252") for language in ("de", "fr", "es", "da")],
    *[("de", "cp850"), ("de", "mac-roman"), ("fr", "mac-roman")],
    *[(language, "cp1250") for language in ("pl", "cs", "hu")],
    *[(language, "iso8859-2") for language in ("pl", "cs", "hu")],
    *[("tr", "cp1254"), ("lt", "cp1257"), ("th", "cp874")],
    *[("ru", encoding) for encoding in ("cp1251", "koi8-r", "cp866", "iso8859-5")],
    *[("el", "cp1253"), ("el", "iso8859-7"), ("he", "cp1255"), ("he", "iso8859-8")],
    *[("ar", "cp1256"), ("ar", "iso8859-6")],
    *[("ja", "shift_jis"), ("ja", "euc_jp"), ("ja", "iso2022_jp")],
    *[("zh", "gb2312"), ("zh", "gb18030"), ("tw", "big5"), ("ko", "euc_kr")],
]


@pytest.mark.parametrize(("language", "encoding"), OLD)
def test_a_sentence_is_enough_to_tell_an_old_encoding(language: str, encoding: str) -> None:
    text = TEXTS[language]

    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_unicode_is_told_with_and_without_its_mark(language: str, encoding: str) -> None:
    text = f"{TEXTS[language]} 1\n" * 3

    assert decode(text.encode(encoding)) == text


def test_data_with_zero_bytes_is_no_wide_text() -> None:
    assert not encoding_of(bytes(range(256)) * 16).startswith("utf-")


def test_a_broken_place_does_not_make_another_encoding() -> None:
    assert encoding_of("Köln ".encode() * 9 + b"\xff" + b"Bonn") == "utf-8"


@pytest.mark.parametrize("letters_before", [0, 1_000_000, 1_048_570, 2_500_000])
@pytest.mark.parametrize("language", ["de", "ru", "ja"])
def test_late_letters_tell_the_encoding_of_a_long_file(
    tmp_path: Path, letters_before: int, language: str
) -> None:
    encoding = {"de": "cp1252", "ru": "cp1251", "ja": "cp932"}[language]
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * letters_before + TEXTS[language].encode(encoding))

    assert encoding_of_file(path) == encoding


def test_a_letter_over_two_blocks_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * (2**20 - 1) + "ü".encode() * 3)

    assert encoding_of_file(path) == "utf-8"


@pytest.mark.fuzz
def test_real_paragraphs_survive_their_usual_encodings(test_data: Path) -> None:
    source = test_data / "mixed" / "txt" / "UDHR_first_article_all.txt"
    blocks = [b.strip().partition("\n") for b in source.read_text("utf-8-sig").split("\n\n")[3:]]
    wanted = {
        "German, Standard (1996)": "cp1252", "French": "cp1252", "Spanish": "cp1252",
        "Swedish": "cp1252", "Danish": "cp1252", "Finnish": "cp1252", "Italian": "cp1252",
        "Portuguese (Portugal)": "cp1252", "Czech": "iso8859-2", "Polish": "cp1250",
        "Hungarian": "iso8859-2", "Slovak": "cp1250", "Russian": "koi8-r", "Ukrainian": "cp1251",
        "Bulgarian": "cp1251", "Turkish": "cp1254", "Greek (monotonic)": "iso8859-7",
        "Japanese": "shift_jis", "Korean": "euc_kr", "Thai": "cp874",
        "Chinese, Mandarin (Simplified)": "gb18030", "Chinese, Mandarin (Traditional)": "big5",
    }  # fmt: skip

    read = {
        name: decode(text.encode(wanted[name])) == text
        for name, _, text in blocks
        if name in wanted
    }

    assert len(read) == len(wanted)
    assert all(read.values()), [name for name, right in read.items() if not right]
