"""Picks the part of a passage that has the question's words, and where they are in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_SENTENCE_ENDS = '.!?:;…。！？؟۔।)”"'
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FUNCTION_WORDS = frozenset(
    """
    aber about all also and any are auch been but can con could cual dans das del dem den der
    des did die does ein eine einen einer est for from für had has have how into ist its las
    les los may mit more most much nicht not oder our over para por pour que quel quelle qui
    shall should sich sind such sur than that the their them then there these they this those
    una und une von wann warum was welche welcher welches wer were what when where which who
    whom whose why wie will wird with would you your zu
    """.split()  # noqa: SIM905 - a list is unreadable
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a passage on one line; `marks` are (start, end) of the question's words."""

    text: str
    marks: tuple[tuple[int, int], ...]


def asked_words(question: str) -> frozenset[str]:
    """The words of a question that are worth marking, casefolded; two characters each in CJK."""
    words: set[str] = set()
    for match in _WORD.finditer(question):
        word = match[0].casefold()
        if _CJK.search(word):
            words.update(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        elif (len(word) >= 3 or word.isdigit()) and word not in _FUNCTION_WORDS:
            words.add(word)
    return frozenset(words)


def snippet(text: str, words: frozenset[str], max_chars: int = 180) -> Snippet:
    """At most about `max_chars` of `text` where the most different `words` are, cut at words."""
    flat = _SPACE.sub(" ", text).strip()
    marks = find_words(flat, words)
    start, end = _best_window(flat, marks, max_chars)
    lead, tail = "…" if start else "", "…" if end < len(flat) else ""
    end -= len(flat[start:end]) - len(flat[start:end].rstrip(" ,;:.")) if tail else 0
    shift = len(lead) - start
    return Snippet(
        f"{lead}{flat[start:end]}{tail}",
        tuple((a + shift, b + shift) for a, b in marks if start <= a and b <= end),
    )


def shorten(text: str, max_chars: int) -> str:
    """`text` on one line, cut at a word with “…” where it is longer than `max_chars`."""
    flat = _SPACE.sub(" ", text).strip()
    if len(flat) <= max_chars:
        return flat
    cut = flat.rfind(" ", max_chars // 2, max_chars)
    return flat[: cut if cut > 0 else max_chars].rstrip(" ,;:.") + "…"


def quoted(text: str, max_chars: int) -> str:
    """`text` in quotation marks, with “…” where it begins or ends within a sentence."""
    flat = _SPACE.sub(" ", text).strip()
    short = shorten(flat, max_chars)
    lead = "…" if flat[:1].islower() else ""
    tail = "" if short.endswith("…") or flat[-1:] in _SENTENCE_ENDS else "…"
    return f"“{lead}{short}{tail}”"


def find_words(text: str, words: frozenset[str]) -> list[tuple[int, int]]:
    """Where `words` are in `text`, also with another ending."""
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        folded = match[0].casefold()
        if _CJK.search(folded):
            for i in range(len(folded) - 1):
                if folded[i : i + 2] in words:
                    at = match.start() + i
                    if found and found[-1][1] >= at:
                        found[-1] = (found[-1][0], at + 2)
                    else:
                        found.append((at, at + 2))
        elif any(_same(folded, word) for word in words):
            found.append(match.span())
    return found


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    stem = max(4, shorter - 2)
    return shorter >= 4 and abs(len(one) - len(other)) <= 3 and one[:stem] == other[:stem]


def _best_window(text: str, marks: list[tuple[int, int]], max_chars: int) -> tuple[int, int]:
    if len(text) <= max_chars:
        return 0, len(text)
    best, best_count = 0, 0
    for start, _ in marks:
        inside = {text[a:b].casefold() for a, b in marks if start <= a and b <= start + max_chars}
        if len(inside) > best_count:
            best, best_count = start, len(inside)
    start = max(0, min(best - max_chars // 5, len(text) - max_chars))
    if start:
        space = text.find(" ", start, start + 24)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + max_chars)
    if end < len(text):
        space = text.rfind(" ", start + max_chars // 2, end)
        end = space if space > 0 else end
    return start, end
