"""The saying that the passages hold no answer is recognised, and nothing else is."""

from __future__ import annotations

import json

import pytest

from rag import resources
from rag.prompt import is_exact_refusal, is_refusal, language_name, refusal

CODES = sorted(json.loads((resources.folder() / "prompts" / "languages.json").read_text("utf-8")))


@pytest.mark.parametrize("code", CODES)
def test_what_the_model_is_told_to_say_is_recognised_in_every_language(code: str):
    assert is_exact_refusal(refusal(code))
    assert is_refusal(refusal(code))
    assert is_exact_refusal(f"  “{refusal(code).rstrip('.。')}”")
    assert language_name(code)


def test_a_language_that_is_not_known_is_refused_in_english():
    assert refusal("xx") == refusal("en")
    assert language_name("xx") == ""


@pytest.mark.parametrize(
    "said",
    [
        "The passages don't answer the question about the pool.",
        "The given passages do not mention this.",
        "It is not mentioned in the passages.",
        "There is no information about that in the given passages.",
        "I could not find this in the documents.",
        "I don’t know.",
        "Das steht nicht in den Textstellen.",
        "Die Dokumente beantworten diese Frage nicht.",
        "In den Textstellen gibt es keine Angaben zum Preis.",
        "Le document ne mentionne pas le prix.",
        "Los fragmentos no responden a la pregunta.",
        "I passaggi non contengono la risposta alla domanda.",
        "Os documentos não respondem à pergunta.",
        "De documenten geven geen antwoord op de vraag.",
        "Texterna besvarar inte frågan.",
        "Te dokumenty nie odpowiadają na pytanie.",
        "В этих документах нет информации о цене.",
        "这些段落没有回答该问题。",
        "これらの文章は質問に答えていません。",
        "이 문서들은 이 질문에 답하지 않습니다.",
    ],
)
def test_a_refusal_in_other_words_is_recognised_but_is_not_exact(said: str):
    assert is_refusal(said)
    assert not is_exact_refusal(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "...",
        "The water from this source does not contain lead.",
        "The lease does not mention a deposit.",
        "Nobody answered the question of the council.",
        "The contract document must not mention the price.",
        "I don't know him, said the captain.",
        "There is no information desk in the library.",
        "Der Text der Verordnung wurde nicht geändert, teilte das Ministerium in der Antwort mit.",
        "Le pont ne répond pas aux normes de 2023.",
        "这座桥建于1934年。",
        "Das Wasser enthält kein Blei.",
        "The document was signed on 3 May, and the question of the rent was answered. " * 3,
    ],
)
def test_a_statement_is_no_refusal(said: str):
    assert not is_refusal(said)
