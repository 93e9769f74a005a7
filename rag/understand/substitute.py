"""Puts another time or name into the question before: "and in 2023?"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.understand.dates import hangs_on_another, times_in
from rag.understand.follow_up import Asked, is_name, take_apart
from rag.understand.words import Word


def put_in(asked: Asked, before: str, today: date) -> tuple[str, bool]:
    """The question `before` asked of what `asked` names, and whether its role there is sure."""
    slot = _trimmed(asked)
    text = asked.text[slot[0].start : slot[-1].end]
    if hangs_on_another(asked.text):
        return f"{_open(before)} ({text})", False
    own, former = times_in(text, today), times_in(before, today)
    if len(own) == 1 and own[0].start == 0 and own[0].end == len(text):
        if len(former) == 1:
            return _replaced(before, former[0].start, former[0].end, text), True
        if not former:
            return f"{_open(before)} ({text})", True
        return f"{_open(_without(before, [(t.start, t.end) for t in former]))} ({text})", False
    spot = _spot(asked, slot, before)
    if spot is not None:
        return _replaced(before, *spot, text), True
    return f"{_open(before)} ({text})", False


def _trimmed(asked: Asked) -> Sequence[Word]:
    """The words to put in: without a leading preposition and a trailing possessive s."""
    words = list(asked.rest)
    empty = asked.language.prepositions
    while len(words) > 1 and words[0].key in empty and words[0].key not in asked.language.articles:
        words.pop(0)
    while len(words) > 1 and (words[-1].key in empty or words[-1].key == "s"):
        words.pop()
    return words


def _spot(asked: Asked, slot: Sequence[Word], before: str) -> tuple[int, int] | None:
    """Where in `before` stands what `slot` takes the place of; None where that is not sure."""
    apart = take_apart(before, asked.language)
    words, language = apart.words, apart.language
    content = {word.key for word in apart.content}
    head = slot[-1].key
    for index in range(1, len(words)):  # water damage → fire damage
        if words[index].key == head and words[index - 1].key in content and len(slot) > 1:
            return words[index - 1].start, words[index].end
    names = _name_runs(words, language.code, apart)
    led_by = asked.rest[0].key if asked.rest[0].key in language.prepositions else ""
    if slot[-1].is_capital and slot[-1].key not in language.closed:
        if led_by:
            same = [run for run in names if run[0] and words[run[0] - 1].key == led_by]
            names = same or names
        if len(names) == 1:
            first, last = names[0]
            first -= slot[0].key in language.articles and words[first - 1].key in language.articles
            return words[first].start, words[last].end
        return None
    return _after_same_preposition(asked, words, content)


def _after_same_preposition(
    asked: Asked, words: Sequence[Word], content: set[str]
) -> tuple[int, int] | None:
    """Lower-case words go where the same preposition led others: about pets → about parking."""
    led_by = {word.key for word in asked.words if word.key in asked.language.prepositions}
    last = len(words) - 1
    if last >= 1 and words[last - 1].key in led_by and words[last].key in content:
        return words[last].start, words[last].end
    return None


def _name_runs(words: Sequence[Word], code: str, apart: Asked) -> list[tuple[int, int]]:
    """First and last index of each name in `words`; in German, of nouns without an article."""
    language = apart.language
    runs: list[tuple[int, int]] = []
    for index, word in enumerate(words):
        if code == "de":
            led = words[index - 1].key if index else ""
            named = (
                index > 0
                and word.is_capital
                and word.key not in language.closed
                and led not in language.articles
                and not led.startswith("viel")
                and not led.startswith("welch")
                and word.key not in ("jahr", "jahre")
            )
        else:
            named = is_name(word, language, words[0])
        if named and runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        elif named:
            runs.append((index, index))
    return runs


def _replaced(text: str, start: int, end: int, other: str) -> str:
    return f"{text[:start]}{other}{text[end:]}"


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return " ".join(text.split())


def _open(question: str) -> str:
    return question.strip().rstrip("?？. ")
