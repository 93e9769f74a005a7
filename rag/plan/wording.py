"""What the plan for long documents says, for somebody who has never heard of tokens."""

from __future__ import annotations

from collections.abc import Sequence

from rag.plan.asked import LongDocument

PASSAGES = "Reading the best passages."
PASSAGES_WISHED = "Reading the best passages, as you asked."
PASSAGES_OF_A_PART = "Reading the best passages: only a part of the text is asked for."
PASSAGES_OF_ALL = (
    "Reading the best passages: all of your files are too much for one answer. Ask about one "
    "document or folder to have all of it read."
)
NOTHING_TO_READ = "There is no text to read whole. Choose documents that have been read."
SECTIONS = "Reading {} section by section"
SECTIONS_OF_LONG = "Reading {} section by section, which is more reliable for texts this long"
SECTIONS_OF_TOO_LONG = (
    "Reading {} section by section, since this model cannot take so much in one piece"
)

_GB = 1e9
_TITLE_CHARS = 60
_AT_ONCE_S = 10.0
_DOUBTFUL_TOKENS, _VERY_DOUBTFUL_TOKENS = 32_768, 65_536
# Of a like model's answers about texts of 64K and 128K tokens 78 and 64 of 100 are right (RULER).
_DOUBTFUL = "Answers about texts this long are less reliable: in tests 4 of 5 are right."
_VERY_DOUBTFUL = (
    "Answers about texts this long are much less reliable: in tests 2 of 3 are right. "
    "Reading section by section is safer."
)


def reading_whole(
    documents: Sequence[LongDocument],
    tokens_saved: int,
    seconds: float | None,
    *,
    will_be_kept: bool,
) -> str:
    """Why documents are read whole, and when the answer starts."""
    names = named(documents)
    if tokens_saved >= sum(document.tokens for document in documents):
        start = "at once" if seconds is None or seconds < _AT_ONCE_S else f"in {duration(seconds)}"
        were = "was" if len(documents) == 1 else "were"
        return f"{names} {were} read before: the answer starts {start}."
    what = f"Reading the rest of {names}" if tokens_saved else f"Reading all of {names}"
    told = what if seconds is None else f"{what}, {duration(seconds)}"
    return f"{told}; later questions start at once." if will_be_kept else f"{told}."


def reading_sections(why: str, documents: Sequence[LongDocument], seconds: float | None) -> str:
    """Why documents are read in sections, and how long that takes."""
    told = why.format(named(documents))
    return f"{told}." if seconds is None else f"{told}: {duration(seconds)}."


def whole_instead(documents: Sequence[LongDocument], seconds: float | None) -> str:
    """What reading in one piece would take."""
    it = "it" if len(documents) == 1 else "they"
    if seconds is None:
        return f"If you ask for it, {it} can be read in one piece too."
    return f"If you ask for it, {it} can be read in one piece too: {duration(seconds)}."


def reliability(tokens: int) -> str:
    """What is to be known of answers about a text of this length; empty where nothing is."""
    if tokens > _VERY_DOUBTFUL_TOKENS:
        return _VERY_DOUBTFUL
    return _DOUBTFUL if tokens > _DOUBTFUL_TOKENS else ""


def shorter_or_larger(documents: Sequence[LongDocument]) -> str:
    """What would help where a model cannot take a text."""
    part, them = ("fewer documents", "them") if len(documents) > 1 else ("a part of it", "it")
    return f"Choose {part}, or a model that takes longer texts, to have {them} read in one piece."


def memory_lacks(documents: Sequence[LongDocument], needed: int, budget: int) -> str:
    """What would help where there is not enough memory for reading in one piece."""
    them = "it" if len(documents) == 1 else "them"
    return (
        f"Close other programs to have {them} read in one piece: that needs {gigabytes(needed)} "
        f"of memory, and {gigabytes(budget)} can be had now."
    )


def no_memory(needed: int, free: int) -> str:
    """What would help where the model itself does not fit."""
    return (
        f"Close other programs, or choose a smaller model: this one needs {gigabytes(needed)} of "
        f"memory, and {gigabytes(free)} are free."
    )


def duration(seconds: float) -> str:
    """About how long something takes, as in “about 4 minutes”."""
    if seconds < _AT_ONCE_S:
        return "a few seconds"
    if seconds < 55:
        return f"about {round(seconds, -1):.0f} seconds"
    minutes = round(seconds / 60)
    if minutes < 55:
        minutes = minutes if minutes < 20 else 5 * round(minutes / 5)
        return f"about {minutes} minutes" if minutes > 1 else "about a minute"
    halves = round(seconds / 1800)
    if halves < 12:
        half = "½" if halves % 2 else ""
        return f"about {halves // 2}{half} hours" if halves > 2 else "about an hour"
    hours = round(seconds / 3600)
    return f"about {hours} hours" if hours < 36 else f"about {round(hours / 24)} days"


def gigabytes(size_bytes: float) -> str:
    """An amount of memory, as in “5.2 GB”."""
    return f"{max(size_bytes, 0) / _GB:.1f} GB"


def named(documents: Sequence[LongDocument]) -> str:
    """The documents, at least one, as in “Lease 2024 (31 pages)”."""
    if len(documents) > 2:
        names = f"{len(documents):,} documents"
    else:
        names = " and ".join(_title(document) for document in documents)
    pages = [document.pages for document in documents if document.pages]
    if len(pages) < len(documents):
        return names
    return f"{names} ({sum(pages):,} {'page' if sum(pages) == 1 else 'pages'})"


def _title(document: LongDocument) -> str:
    title = " ".join((document.title or document.path.name).split())
    return title if len(title) <= _TITLE_CHARS else f"{title[: _TITLE_CHARS - 1].rstrip()}…"
