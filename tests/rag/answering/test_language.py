"""The language of a question, where it can be told for sure."""

from __future__ import annotations

import pytest

from rag.answering.language import language_in, language_of


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("What does the repair of the bridge cost?", "en"),
        ("Wann beginnt die Reparatur der Brücke?", "de"),
        ("Combien coûte la réparation du pont et quand est-ce fini ?", "fr"),
        ("¿Cuánto cuesta la reparación del puente?", "es"),
        ("Quanto costa la riparazione del ponte e chi la paga?", "it"),
        ("Hoeveel kost de reparatie van de brug en wie betaalt het?", "nl"),
        ("Сколько стоит ремонт моста и когда он начнётся?", "ru"),
        ("桥的维修费用是多少？", "zh"),
        ("橋の修理費はいくらですか？", "ja"),
        ("다리 수리비는 얼마입니까?", "ko"),
        ("ค่าซ่อมสะพานเท่าไหร่", "th"),
        ("כמה עולה תיקון הגשר?", "he"),
    ],
)
def test_it_is_told_where_it_is_sure(question: str, code: str):
    assert language_of(question) == code


@pytest.mark.parametrize(
    "question", ["", "?", "42", "Larkspur 12", "Deposit?", "Mill Lane bridge", "E4", "Wer 東京?"]
)
def test_it_is_not_told_where_it_may_be_another(question: str):
    assert language_of(question) == ""


@pytest.mark.parametrize("name", ["東京", "トヨタ", "さくら市", "서울"])
def test_a_name_in_another_script_does_not_count(name: str):
    assert language_of(f"What does the word {name} in the guide mean?") == "en"


def test_a_short_follow_up_is_in_the_language_of_the_question_before():
    german = "Wann beginnt die Reparatur der Brücke?"

    assert language_in("2024?", ["What does it cost?", german]) == "de"
    assert language_in("And what does it cost in 2024?", [german]) == "en"
    assert language_in("2024?", ["Larkspur?"]) == ""
