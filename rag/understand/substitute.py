"""Puts another time or name into the question before: "and in 2023?"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.understand.dates import (
    Time,
    hangs_on_another,
    is_part_of_year,
    times_in,
    years_from_another,
)
from rag.understand.follow_up import Asked, is_name, take_apart
from rag.understand.lexicon.documents import is_document
from rag.understand.lexicon.language import Language
from rag.understand.places import pages_named
from rag.understand.words import Word, key_set, year_of

_QUANTITIES = key_set("viel viele vielen mehr einige alle")
_YEARS = key_set("jahr jahre jahren")


def put_in(asked: Asked, before: str, today: date) -> tuple[str, bool]:
    """The question `before` asked of what `asked` names, and whether its role there is sure."""
    if paged := _page_put_in(asked, before):
        return paged, True
    slot = _trimmed(asked.rest, asked.language)
    former = times_in(before, today)
    if hangs_on_another(asked.text):
        return _on_another(asked, before, former)
    time, named = _time_and_rest(asked, slot, former, today)
    if not time:
        return _put_name(asked, slot, before)
    if len(former) > 1:
        return _with(_without(before, former), _led(asked, slot)), False
    dated = _replaced(before, former[0].start, former[0].end, time) if former else before
    if named:
        dated, is_sure = _put_name(asked, _trimmed(named, asked.language), dated)
        return (dated, is_sure) if former else (_with(dated, time), is_sure)
    return (dated, True) if former else (_with(before, _led(asked, slot)), True)


def _page_put_in(asked: Asked, before: str) -> str:
    """And on page 8? Empty where it is no page that is asked for."""
    own, former = pages_named(asked.text), pages_named(before)
    if len(own) != 1 or asked.text[own[0].end :].strip(" ?.!"):
        return ""
    page = asked.text[own[0].start : own[0].end]
    if len(former) == 1:
        return _replaced(before, former[0].start, former[0].end, page)
    return _with(before, page)


def _led(asked: Asked, slot: Sequence[Word]) -> str:
    """`slot` as typed, with the preposition before it: since 2023."""
    ahead = [word for word in asked.rest if word.end <= slot[0].start]
    return asked.text[(ahead or slot)[0].start : slot[-1].end]


def _on_another(asked: Asked, before: str, former: Sequence[Time]) -> tuple[str, bool]:
    """And the year before? Counted from the year that was asked of."""
    years = years_from_another(asked.text)
    time = former[0] if len(former) == 1 else None
    if years and time and before[time.start : time.end].isdecimal():
        return _replaced(before, time.start, time.end, str(time.first.year + years)), True
    return _with(before, asked.text[asked.rest[0].start :].rstrip("?？. ")), False


def _time_and_rest(
    asked: Asked, slot: Sequence[Word], former: Sequence[Time], today: date
) -> tuple[str, Sequence[Word]]:
    """The time that `slot` ends in, as it is to be put in, and the words before it."""
    text, language = asked.text, asked.language
    start, end = slot[0].start, slot[-1].end
    own = [time for time in times_in(text, today) if start <= time.start < end]
    after = [word for word in slot if own and word.start >= own[0].end]  # 2023 году
    if len(own) == 1 and all(word.key in language.closed for word in after):
        named = [word for word in slot if word.end <= own[0].start]
        is_empty = all(word.key in language.closed for word in named)
        return text[own[0].start : own[0].end], () if is_empty else named
    if len(slot) == 1 and len(former) == 1 and is_part_of_year(slot[0].key):
        return f"{slot[0].text} {former[0].first.year}", ()
    return "", slot


def _put_name(asked: Asked, slot: Sequence[Word], before: str) -> tuple[str, bool]:
    """The question `before` with `slot` in the place of what has the same role."""
    text = asked.text[slot[0].start : slot[-1].end]
    ahead = [word for word in asked.rest if word.end <= slot[0].start]
    led_by = ahead[-1].key if ahead and ahead[-1].key in asked.language.prepositions else ""
    spot = _spot(slot, led_by, take_apart(before, asked.language))
    if spot is not None:
        # In German a noun and a name look alike.
        return _replaced(before, *spot, text), asked.language.code != "de" or bool(led_by)
    if led_by and slot[-1].is_capital:
        return _with(before, asked.text[ahead[-1].start : slot[-1].end]), True
    # A name beside the one it should replace misleads; other words only widen the search.
    return _with(before, text), not slot[-1].is_capital


def _spot(slot: Sequence[Word], led_by: str, former: Asked) -> tuple[int, int] | None:
    """Where the question before names what `slot` takes the place of; None where that is unsure."""
    words, language = list(former.words), former.language
    content = {word.key for word in former.content if not year_of(word)}
    for index in range(1, len(words)):  # water damage → fire damage
        is_head = words[index].key == slot[-1].key and len(slot) > 1
        if is_head and words[index - 1].key in content:
            return words[index - 1].start, words[index].end
    if any(is_document(word.key) for word in slot):
        return _document(former, with_article=slot[0].key in language.articles)
    if not slot[-1].is_capital or slot[-1].key in language.closed:
        is_last = len(words) > 1 and words[-2].key == led_by and words[-1].key in content
        return (words[-1].start, words[-1].end) if is_last else None  # about pets → about parking
    if language.code == "de":
        runs = _german_names(former, led_by) if slot[0].key not in language.articles else []
    else:
        runs = _runs([is_name(word, language, words[0]) for word in words])
    if led_by:
        runs = [run for run in runs if run[0] and words[run[0] - 1].key == led_by]
    if len(runs) != 1:
        return None
    first, last = runs[0]
    first -= slot[0].key in language.articles and words[first - 1].key in language.articles
    return words[first].start, words[last].end


def _document(former: Asked, *, with_article: bool) -> tuple[int, int] | None:
    """What the lease says → what the handbook says."""
    words, language = former.words, former.language
    kinds = [index for index, word in enumerate(words) if is_document(word.key)]
    if len(kinds) != 1:
        return None
    first = last = kinds[0]
    while first > 1 and words[first - 1].key not in language.closed:
        first -= 1
    if with_article and words[first - 1].key in language.articles:
        first -= 1
    while last + 1 < len(words) and (
        year_of(words[last + 1]) or former.text[words[last].end : words[last + 1].start] == "."
    ):
        last += 1  # Lease 2024.pdf
    return words[first].start, words[last].end


def _german_names(former: Asked, led_by: str) -> list[tuple[int, int]]:
    """The nouns that may be names, since nothing determines them."""
    words, language = former.words, former.language
    determined = language.articles | language.questions | _QUANTITIES
    return _runs(
        [
            index > 0
            and word.is_capital
            and word.key not in language.closed | _YEARS
            and words[index - 1].key not in determined
            and (bool(led_by) or not is_document(word.key))
            for index, word in enumerate(words)
        ]
    )


def _runs(named: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of each run of words that are names."""
    runs: list[tuple[int, int]] = []
    for index, is_named in enumerate(named):
        if is_named and runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        elif is_named:
            runs.append((index, index))
    return runs


def _trimmed(words: Sequence[Word], language: Language) -> Sequence[Word]:
    """The words to put in: no leading preposition or "its", no trailing possessive s."""
    kept = list(words)
    empty = (language.prepositions | language.pronouns) - language.articles
    small = empty | language.articles
    while len(kept) > 1 and (kept[0].key in empty or all(w.key in small for w in kept[:2])):
        kept.pop(0)
    while len(kept) > 1 and (kept[-1].key in small or kept[-1].key == "s"):
        kept.pop()
    return kept


def _replaced(text: str, start: int, end: int, other: str) -> str:
    return f"{text[:start]}{other}{text[end:]}"


def _without(text: str, times: Sequence[Time]) -> str:
    for time in reversed(times):
        text = text[: time.start] + text[time.end :]
    return " ".join(text.split())


def _with(question: str, more: str) -> str:
    return f"{question.strip().rstrip('?？. ')} ({more})?"
