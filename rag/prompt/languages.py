"""The languages that a model can be told to answer in, and how it refuses in each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import cast

from rag import resources

ENGLISH = "en"


def language_name(code: str) -> str:
    """What a model knows the language `code` (ISO 639-1) by; empty for one that is not known."""
    return _languages()[code]["name"] if code in _languages() else ""


def refusal(code: str = ENGLISH) -> str:
    """What the model is told to say when the passages hold no answer, in English by default."""
    return _languages().get(code, _languages()[ENGLISH])["refusal"]


@cache
def refusals() -> tuple[str, ...]:
    """The refusal in every language."""
    return tuple(language["refusal"] for language in _languages().values())


@cache
def _languages() -> Mapping[str, Mapping[str, str]]:
    stored = (resources.folder() / "prompts" / "languages.json").read_text("utf-8")
    return cast("dict[str, dict[str, str]]", json.loads(stored))
