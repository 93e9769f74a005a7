"""What a model folder says of itself without being loaded: its weights, its prefixes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tokenizers import Tokenizer

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
_KEPT = "traced"  # what is kept of a passage beside its vector; another word embeds all anew
_QUESTION_PROMPTS = ("query",)
_PASSAGE_PROMPTS = ("document", "passage", "corpus")  # the order in which the library looks


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What a model wants before each text; part of what makes its vectors comparable."""

    question: str = ""
    passage: str = ""


def prefixes(folder: Path) -> Prefixes:
    """The prefixes that the folder itself names; none where it names none, or cannot be read."""
    try:
        settings: object = json.loads(
            (folder / "config_sentence_transformers.json").read_text("utf-8")
        )
    except (OSError, ValueError):
        return Prefixes()
    prompts = _mapping(_mapping(settings).get("prompts"))
    return Prefixes(_first(prompts, _QUESTION_PROMPTS), _first(prompts, _PASSAGE_PROMPTS))


def tokenizer(folder: Path) -> Tokenizer:
    """The folder's tokenizer, which neither cuts nor pads; raises what its library raises."""
    loaded = Tokenizer.from_file(str(folder / TOKENIZER))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def weights_sha256(folder: Path) -> str:
    """The hash of the folder's weights; raises `OSError`."""
    with (folder / WEIGHTS).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(sha256: str, precision: str, prefixes: Prefixes) -> str:
    """Equal for vectors that may be compared, and for no others."""
    if prefixes == Prefixes():
        return f"{sha256}-{precision}-{_KEPT}"
    words = f"{prefixes.question}\0{prefixes.passage}".encode()
    return f"{sha256}-{precision}-{_KEPT}-{hashlib.sha256(words).hexdigest()[:12]}"


def _mapping(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _first(prompts: dict[str, object], names: tuple[str, ...]) -> str:
    found = (prompts.get(name) for name in names)
    return next((text for text in found if isinstance(text, str) and text), "")
