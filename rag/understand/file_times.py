"""Finds the time that a question gives for documents, not for what they tell of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from rag.understand.dates import Time, times_in
from rag.understand.filter import Filter
from rag.understand.lexicon import documents as table
from rag.understand.lexicon.languages import LANGUAGES
from rag.understand.words import Word, key_set, leading

_FIRST_YEAR = 1990  # before that no file was changed that is still read
_BETWEEN_WORDS = 5  # "files that I changed since": from the document to the time
_ONE_DAY = timedelta(days=1)
_DOCUMENTS = table.ANY_DOCUMENT | table.KIND_OF_DOCUMENT | key_set("pdfs emails")
_SMALL = frozenset[str]().union(*(lang.prepositions | lang.articles for lang in LANGUAGES[:9]))
_CLOSED = frozenset[str]().union(*(lang.closed for lang in LANGUAGES[:9]))
_GENITIVES = key_set("of de del della du des von van av")
_HOW = key_set("how wie comment cómo como come hoe hur hvordan")
_Span = tuple[date | None, date | None]


def _since(time: Time) -> _Span:
    return time.first, None


def _after(time: Time) -> _Span:
    return time.last + _ONE_DAY, None


def _until(time: Time) -> _Span:
    return None, time.last


def _before(time: Time) -> _Span:
    return None, time.first - _ONE_DAY


def _during(time: Time) -> _Span:
    return time.first, time.last


_CUES: tuple[tuple[tuple[tuple[str, ...], ...], Callable[[Time], _Span]], ...] = (
    (table.SINCE, _since),
    (table.UNTIL, _until),
    (table.AFTER, _after),
    (table.BEFORE, _before),
    (table.OF_TIME, _during),
)
_CUE_KEYS = frozenset(
    key for cues in (*(cues for cues, _ in _CUES), table.BETWEEN) for cue in cues for key in cue
)


def times_named(text: str, words: Sequence[Word], today: date) -> list[Filter]:
    """The time of change that `text` asks of documents: "files since 2022", "…, since May 2023"."""
    times = [t for t in times_in(text, today) if _FIRST_YEAR <= t.first.year <= today.year]
    for index, time in enumerate(times):
        before = [word for word in words if word.end <= time.start]
        while before and before[-1].key in _SMALL - _CUE_KEYS:
            before.pop()  # the day's article: since the 3rd of May
        after = times[index + 1] if index + 1 < len(times) else None
        found = _stretch(words, before, time, after) or _cued(text, before, time)
        if found is not None:
            return [found]
    return []


def _cued(text: str, before: Sequence[Word], time: Time) -> Filter | None:
    """Files since May, reports from March 2023; or said after all: "…, since 2022"."""
    for cues, span in _CUES:
        for cue in cues:
            if len(before) < len(cue) or not leading(before[-len(cue) :], (cue,)):
                continue
            led, start = before[: -len(cue)], before[-len(cue)].start
            is_of = cues is table.OF_TIME
            is_appended = not is_of and _is_appended(text, led, start, time.end)
            if is_appended or _speaks_of_documents(led):
                since, until = span(time)
                return Filter(start, time.end, since=since, until=until)
    return None


def _stretch(
    words: Sequence[Word], before: Sequence[Word], time: Time, after: Time | None
) -> Filter | None:
    """Files between May and July, letters from 2019 to 2021."""
    if after is None or not before or not _speaks_of_documents(before[:-1]):
        return None
    joined = [word for word in words if time.end <= word.start < after.start]
    is_joined = len(joined) == 1 and joined[0].key in table.UP_TO
    if not is_joined or (before[-1].key,) not in (*table.OF_TIME, *table.BETWEEN):
        return None
    return Filter(before[-1].start, after.end, since=time.first, until=after.last)


def _speaks_of_documents(led: Sequence[Word]) -> bool:
    """Whether the words before a time end in some for documents: "which reports were changed"."""
    at = len(led)
    while at > 0 and len(led) - at < _BETWEEN_WORDS and led[at - 1].key in table.CHANGED:
        at -= 1
    if at == 0 or led[at - 1].key not in _DOCUMENTS or not _is_plural(led[at - 1].key):
        return False
    if at < len(led) and any(word.key in _HOW for word in led):
        return False  # how the contracts have changed since is told in them
    # "forward contracts" are no files, "the contracts" and "annual reports" are.
    adjectives = 1 if led[at - 1].key in table.ANY_DOCUMENT else 0
    return any(
        first < 0 or led[first].key in _CLOSED - _GENITIVES
        for first in range(at - 2, at - 3 - adjectives, -1)
    )


def _is_plural(key: str) -> bool:
    """Whether a word means several documents; "the agreement of 1998" is one, and told of."""
    return key.endswith(("s", "en", "i", "ы", "r")) or key in table.PLURALS


def _is_appended(text: str, led: Sequence[Word], start: int, end: int) -> bool:
    """Whether the time is said after all: "…, since 2022", "only since 2022"."""
    if text[end:].strip(" ?.!)"):
        return False
    before = text[:start].rstrip()
    if all(word.key in table.ONLY for word in led):
        return not text.rstrip().endswith("?")
    return before.endswith(",")
