"""What the recogniser sees becomes text of the document's language, each character in its place."""

from __future__ import annotations

import numpy as np
import pytest

from rag.load.ocr.alphabets import Alphabet, Document, Language
from rag.load.ocr.decoding import decode

CHARACTERS = ["a", "b", "O", "○", "，", ",", "一", "ー", "カ", "力", "の", "国", "🌀", "é", " "]
ALPHABET = Alphabet(CHARACTERS)


def chances(*steps: str | dict[str, float]) -> np.ndarray:
    """Steps that show a character, none ("-"), or several with their chances."""
    table = np.full((len(steps), len(CHARACTERS) + 1), 0.001, dtype=np.float32)
    for step, shown in zip(table, steps, strict=True):
        for character, chance in ({shown: 0.9} if isinstance(shown, str) else shown).items():
            step[0 if character == "-" else CHARACTERS.index(character) + 1] = chance
    return table


def text(language: Language, *steps: str | dict[str, float]) -> str:
    return decode(chances(*steps), ALPHABET, language).text


def test_a_character_that_goes_on_is_one_and_one_after_a_pause_another() -> None:
    assert text(Language.ANY, "a", "a", "-", "a", "b", "-") == "aab"


def test_nothing_seen_is_no_text() -> None:
    found = decode(chances("-", "-"), ALPHABET, Language.ANY)

    assert (found.text, found.score) == ("", 0.0)


def test_characters_stand_in_the_middle_of_where_they_were_seen() -> None:
    found = decode(chances("-", "a", "a", "-", "b", "-", "-", "-"), ALPHABET, Language.ANY)

    assert found.places.tolist() == [2 / 8, 4.5 / 8]


def test_a_line_is_as_sure_as_its_characters() -> None:
    found = decode(chances({"a": 0.8}, {"a": 0.6}, "-", {"b": 0.5}), ALPHABET, Language.ANY)

    assert found.scores.tolist() == pytest.approx([0.7, 0.5])
    assert found.score == pytest.approx(0.6)


def test_in_latin_letters_a_wide_comma_is_a_comma() -> None:
    assert text(Language.LATIN, "a", "，", "b") == "a,b"


def test_what_cannot_stand_in_a_language_gives_way_to_the_next_best() -> None:
    assert text(Language.LATIN, {"国": 0.6, "é": 0.3}) == "é"
    assert text(Language.CHINESE, {"ー": 0.6, "一": 0.3}) == "一"
    assert text(Language.CHINESE, {"カ": 0.6, "力": 0.3}) == "力"
    assert text(Language.ANY, {"🌀": 0.6, "○": 0.3}) == "○"


def test_what_gives_way_makes_a_line_less_sure() -> None:
    found = decode(chances({"国": 0.9, "é": 0.05}), ALPHABET, Language.LATIN)

    assert found.score == pytest.approx(0.05)


def test_japanese_keeps_its_syllables() -> None:
    assert text(Language.JAPANESE, "カ", "ー", "の", "国") == "カーの国"


def test_a_line_in_latin_letters_is_read_so_in_any_document() -> None:
    document = Document(Language.ANY)
    document.learn(["日本国民は、正当に選挙された国会における代表者を通じて行動し"])

    assert document.language_of("Article 12 of the law") is Language.LATIN


def test_a_document_with_syllables_is_japanese() -> None:
    document = Document(Language.ANY)
    document.learn(["日本国民は、正当に選挙された国会における代表者を通じて行動し"])

    assert document.language_of("日本国民") is Language.JAPANESE


def test_a_document_with_characters_alone_is_chinese() -> None:
    document = Document(Language.ANY)
    document.learn(["黑豹队的防守只丢了分在联赛中排名第六同时也以次拦截领先国家橄榄球"])

    assert document.language_of("黑豹队") is Language.CHINESE


def test_before_a_document_is_known_all_may_stand_in_it() -> None:
    assert Document(Language.ANY).language_of("黑豹队") is Language.ANY


def test_a_language_that_was_chosen_holds_for_all() -> None:
    assert Document(Language.JAPANESE).language_of("plain English") is Language.JAPANESE
