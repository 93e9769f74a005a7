"""Settings are typed, shown and kept as what they are."""

from __future__ import annotations

import pytest

from rag.errors import BadOption
from rag.options import Options, describe, from_mapping, parse

INFOS = {info.name: info for info in describe()}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("ocr", "no", False),
        ("ocr", "ON", True),
        ("passages", "8", 8),
        ("first_word_s", "7.5", 7.5),
        ("leave_out", "*.bak; 7", "*.bak; 7"),
        ("ocr_language", "", ""),
    ],
)
def test_what_is_typed_becomes_the_option_s_kind(name: str, typed: str, value: object) -> None:
    found = parse(INFOS[name], typed)

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("ocr", "maybe", "“Read scanned pages” must be yes or no."),
        ("passages", "many", "must be a number"),
        ("passages", "7.5", "must be a number"),
    ],
)
def test_what_cannot_be_meant_is_told(name: str, typed: str, words: str) -> None:
    with pytest.raises(BadOption, match=words):
        parse(INFOS[name], typed)


def test_what_is_out_of_range_or_no_choice_is_told() -> None:
    with pytest.raises(BadOption, match="from 2 to 20"):
        Options(passages=21)
    with pytest.raises(BadOption, match="must be one of"):
        Options(ocr_language="klingon")


def test_of_stored_settings_the_bad_ones_are_the_default_again() -> None:
    stored = {"passages": 99, "ocr": False, "leave_out": 3, "gone": 1}

    assert from_mapping(stored) == Options(ocr=False)
