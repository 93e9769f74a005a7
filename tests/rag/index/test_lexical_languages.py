"""Words are found in their other forms in every language that the model speaks."""

from __future__ import annotations

import pytest

from rag.index.catalog import Catalog
from tests.rag.index.filling import add

OTHERS = "something else altogether\nnoch etwas ganz anderes\nи совсем другое дело\nweather 1999"


def found(catalog: Catalog, question: str) -> list[str]:
    hits = catalog.search_words(question, 10, None)
    return [stored.chunk.text for stored in catalog.chunks([hit.chunk_id for hit in hits])]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("ما هي المدرسة", "مدرسة كبيرة"),
        ("والمدارس", "المدارس كثيرة"),
        ("Co je v městech?", "Staré město"),
        ("Hvad er der i husene?", "Et gammelt hus"),
        ("Welche Häuser sind das?", "Ein altes Haus"),
        ("Welche Gehälter gibt es?", "Das Gehalt war hoch"),
        ("Who runs it?", "She was running home"),
        ("¿Qué ciudades son las más grandes?", "La ciudad vieja"),
        ("Mitä on taloissa?", "Vanha talo"),
        ("Que disent les journaux ?", "Un journal du soir"),
        ("Qui a vu l'avion ?", "Des avions dans le ciel"),
        ("מה יש בבית?", "הבית הגדול"),
        ("Mi van a házakban?", "Egy régi ház"),
        ("Quali sono gli amici di lui?", "Un vecchio amico"),
        ("東京の人口は何ですか", "人口が多い都市"),
        ("문장을 무엇입니까", "한국어 문장입니다"),
        ("Wat zijn de huizen?", "Een oud huis"),
        ("Hva er det i skolene?", "En gammel skole"),
        ("Co jest w miastach?", "Stare miasto"),
        ("Quais são as informações?", "Uma informação nova"),
        ("Что написано в книгах?", "Старая книга"),
        ("Vad gör flickorna?", "En glad flicka"),
        ("ราคาน้ำมันคืออะไร", "น้ำมันแพง"),
        ("evlerinden ne var?", "Eski bir ev"),
        ("Що є у містах?", "Старе місто"),
        ("共和国的法律是什么？", "法律已经通过"),
        ("पुरानी किताबें", "एक किताब"),
    ],
)
def test_an_inflected_word_is_found(catalog: Catalog, tmp_path, question, text):
    add(catalog, tmp_path / "a.txt", f"{OTHERS}\n{text}\n{OTHERS}")

    assert found(catalog, question)[:1] == [text]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Muenchen", "In München"),
        ("München", "In Muenchen"),
        ("Strasse", "Die Straße"),
        ("İzmir", "izmir şehri"),
        ("DIYARBAKIR", "diyarbakır"),
        ("ёлка", "Елка стоит"),
        ("ΑΘΗΝΑ", "Η Αθήνα"),
        ("ＡＢＣ", "abc"),
        ("٢٠٢٣", "in 2023"),
        ("2023", "۲۰۲۳"),
        ("Lodz", "Łódź"),
    ],
)
def test_other_spellings_and_digits_are_found(catalog: Catalog, tmp_path, question, text):
    add(catalog, tmp_path / "a.txt", f"{OTHERS}\n{text}\n{OTHERS}")

    assert found(catalog, question)[:1] == [text]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wie hoch ist der Sauerstoff?", "Der Sauerstoffgehalt steigt"),
        ("Welcher Gehalt?", "Der Sauerstoffgehalt steigt"),
        ("Was ist die Messfehlerquelle?", "Die Quelle ist bekannt"),
    ],
)
def test_compounds_and_their_parts_find_each_other(catalog: Catalog, tmp_path, question, text):
    add(catalog, tmp_path / "a.txt", f"{OTHERS}\n{text}\nein Messfehler\n{OTHERS}")

    assert text in found(catalog, question)


def test_a_word_that_names_nothing_weighs_little(catalog: Catalog, tmp_path):
    add(catalog, tmp_path / "a.txt", f"{OTHERS}\nwas der das den\ndie Struktur der Zelle\nZelle")

    assert found(catalog, "Was ist das, der Aufbau den eine Struktur hat?")[0].startswith("die Str")
