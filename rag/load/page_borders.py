"""What stands at the top and bottom of every page: told once, if it says anything."""

from __future__ import annotations

import re
from collections.abc import Iterable

# "Page 3 of 12", in the languages of most documents.
_COUNTS = re.compile(
    r"\b(?:page|pages|pg|p|of|seite|seiten|von|sur|página|pagina|pag|de|di|van|sida|av|side|af"
    r"|strona|z|стр|страница|из)\b\.?",
    re.IGNORECASE,
)
_FEWEST_LETTERS = 3


def told_once(texts: Iterable[str]) -> list[str]:
    """Each different text on one line, without those that only count the pages."""
    lines = dict.fromkeys(" ".join(text.split()) for text in texts)
    return [line for line in lines if _letters(_COUNTS.sub("", line)) >= _FEWEST_LETTERS]


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
