"""Finds the types and pages that a question says to look in."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from rag.understand.filter import Filter
from rag.understand.lexicon import documents as table
from rag.understand.words import Word, leading

_LAST_PAGE = 20_000
_PAGES = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?:{table.PAGE})\.?\s*(?<first>\d{{1,5}})(?![\p{{N}}%]|[.,]\d)"
    rf"(?:\s*(?:{table.PAGE_TO})\s*(?:(?:{table.PAGE})\.?\s*)?(?<last>\d{{1,5}})(?![\p{{N}}%]))?"
    rf"|第?\s?(?<first>\d{{1,5}})\s?(?:[-–—~～至到]\s?第?\s?(?<last>\d{{1,5}})\s?)?(?:{table.PAGE_AFTER})"
    rf"|(?<opening>{table.FIRST_PAGE})",
    regex.IGNORECASE,
)
_WHICH = frozenset(("which", "what", "welche", "welchen", "quels", "que", "quali", "quais"))
_LEADING = regex.compile(
    r"(?:\b(?:on|in|from|auf|von|der|sur|à|la|en|el|las|a|alla|nella|na|no|op|på|w|v|на|of|the)\s+)+$",
    regex.IGNORECASE,
)
_OF_A_NAME = regex.compile(r"\s+(?:of|in|from)\s+(?:the\s+|a\s+)?(?=[\p{Lu}\"“])")


def pages_named(text: str, files: Sequence[Filter] | None = None) -> list[Filter]:
    """The pages that `text` names: "on page 7", "pages 3 to 5", "第7页".

    With `files`, the files that it names, not those of something else: page 1 of the Times.
    """
    found: list[Filter] = []
    for m in _PAGES.finditer(text):
        pages = _pages(m)
        of = _OF_A_NAME.match(text, m.end())
        of_file = of and any(file.start <= of.end() < file.end for file in files or ())
        if pages is None or (of and files is not None and not of_file):
            continue
        led = _LEADING.search(text[: m.start()])
        start = led.start() if led and not m["opening"] else m.start()
        found.append(Filter(start, m.end(), pages=(pages,)))
    return found


def _pages(m: regex.Match[str]) -> tuple[int, int] | None:
    if m["opening"]:
        return 1, 1
    first = int(m["first"])
    last = int(m["last"] or first)
    return (first, last) if 1 <= first <= last <= _LAST_PAGE else None


def types_named(words: Sequence[Word], available: frozenset[str]) -> list[Filter]:
    """The file types that `words` say to look in, of those that are `available`: "in my PDFs"."""
    for index, word in enumerate(words):
        for nouns, types in table.TYPES:
            if word.key not in nouns:
                continue
            after = words[index + 1].key if index + 1 < len(words) else ""
            has_noun = after in table.ANY_DOCUMENT
            if not has_noun and word.key not in table.TYPE_NOUNS:
                continue
            if word.key in table.ALSO_AN_ACT and after in table.OF:
                continue
            led = _led_at(words, index, is_plural=has_noun or word.key in table.WITHOUT_ARTICLE)
            if led is not None and types & available:
                last = words[index + has_noun]
                return [Filter(words[led].start, last.end, types=types & available)]
    return []


def _led_at(words: Sequence[Word], index: int, *, is_plural: bool) -> int | None:
    """Where the words begin that lead to a type at `index`; None where none say to look there."""
    at = index
    while at > 0 and words[at - 1].key in table.DETERMINERS | table.ONLY:
        at -= 1
    is_determined = at < index or words[at - 1].key in table.LEADS_WITH_ARTICLE
    for lead in table.LEADS:
        before = words[max(0, at - len(lead)) : at]
        if len(before) == len(lead) and leading(before, (lead,)):
            return at - len(lead) if is_determined or is_plural else None
    says = any(word.key in table.SAYS for word in words[index + 1 : index + 3])
    chosen = words[max(0, at - 1) : index]  # which PDFs, only PDFs
    is_chosen = any(word.key in table.ONLY | _WHICH for word in chosen)
    return at if is_plural and (is_chosen or (is_determined and says)) else None
