"""Finds what is told by the way it is written: addresses, telephone numbers, times, codes."""

from __future__ import annotations

import regex

from rag.extract.sorts import Sort

_FLAGS = regex.IGNORECASE | regex.VERBOSE
WRITTEN: dict[Sort, regex.Pattern[str]] = {
    Sort.MAIL: regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    Sort.WEB: regex.compile(
        r"""(?:https?://|www\.)[^\s<>"'|]*[\w/]
        | \b(?<!@)[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|de|fr|es|eu|io|gov|edu|uk|info)\b(?!@)""",
        _FLAGS,
    ),
    Sort.PHONE: regex.compile(
        r"""(?<![\w.,-])(?:\+\d{1,3}[\s./-]?)?(?:\(\d{1,5}\)[\s./-]?)?
        \d{2,5}(?:[\s./-]?\d{2,5}){1,4}(?![\w,]|\.\d)""",
        _FLAGS,
    ),
    Sort.TIME: regex.compile(
        r"""\b\d{1,2}(?::\d{2}){1,2}
            (?:\s?[ap]\.?\s?m\b\.?|\s?Uhr\b|\s?(?:UTC|GMT|[ECMP][SD]T)\b)?
        | \b\d{1,2}(?:\.\d{2})?\s?(?:[ap]\.?\s?m\b\.?|Uhr\b|o['’]clock\b|heures?\b|h\s?\d{2}\b)
        | \d{1,2}[点時](?:\d{1,2}分)?""",
        _FLAGS,
    ),
    Sort.CODE: regex.compile(
        r"""(?<![\w@.])(?=[\p{L}\d/._-]*\d)
        (?:(?-i:\p{Lu}{2})\d{2}(?:\s\w{4}){3,7}(?:\s\w{1,3})?|[\p{L}\d]+(?:[-/._][\p{L}\d]+)*)
        (?![\w@])""",
        _FLAGS,
    ),
}


def code_fit(written: str) -> float:
    """How much `written` is like a code: letters with digits are, years and short numbers not."""
    letters = sum(char.isalpha() for char in written)
    digits = sum(char.isdigit() for char in written)
    if letters and digits:
        return 1.0
    if regex.fullmatch(r"(?:1[5-9]|20)\d\d", written) or digits < 3:
        return -0.8
    return 0.3 if digits >= 5 or "-" in written or "/" in written else -0.2
