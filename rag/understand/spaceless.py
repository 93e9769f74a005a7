"""Follow-ups in scripts without spaces, told by how they open, close and point back."""

from __future__ import annotations

from datetime import date

import regex

from rag.understand.dates import times_in
from rag.understand.lexicon.spaceless import ASKING, CLOSERS, OPENERS, POINTING

_END = "?？。.!！ 　"
_SLOT_CHARS = 12
_BARE_CHARS = 5  # 是谁签的
_POINTING_CHARS = 9
_ASKING = regex.compile("|".join(sorted(map(regex.escape, ASKING.split()), key=len, reverse=True)))
_LATIN = regex.compile(r"[A-Za-z]{2}")


def complete(question: str, before: str, today: date) -> tuple[str, bool] | None:
    """`question` with what it leans on in the question `before`, and whether that is sure.

    None where it stands alone.
    """
    own = question.strip().rstrip(_END)
    slot = _slot(own)
    if slot is not None:
        return _put_in(slot, before.strip(), today)
    left = _ASKING.sub("", own)
    points = any(word in own for word in POINTING.split()) and len(own) <= _POINTING_CHARS
    is_bare = len(own) <= _BARE_CHARS and len(left) <= 2 and left != own
    if _LATIN.search(own) or not (points or is_bare):
        return None
    return f"{question.strip()} ({_subject(before)})", False


def _slot(own: str) -> str | None:
    """What the same is asked of: 2023年 in 那2023年呢."""
    opener = next((word for word in OPENERS.split() if own.startswith(word)), "")
    closer = next((word for word in CLOSERS.split() if own.endswith(word)), "")
    slot = own[len(opener) : len(own) - len(closer)]
    if not closer or not slot or len(slot) > _SLOT_CHARS or _ASKING.search(slot.replace("の", "")):
        return None
    return slot


def _put_in(slot: str, before: str, today: date) -> tuple[str, bool]:
    own, former = times_in(slot, today), times_in(before, today)
    if len(own) == 1 and len(former) == 1:
        return before[: former[0].start] + slot + before[former[0].end :], True
    return f"{before.rstrip(_END)} ({slot})", False


def _subject(before: str) -> str:
    """The question before without what only asks."""
    parts = _ASKING.split(before.rstrip(_END))
    return " ".join(part.strip() for part in parts if part.strip())
