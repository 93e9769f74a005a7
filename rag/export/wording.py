"""What a paper says of its answers in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rag.records import Answer, Coverage, Mode, Scope, Turn

NOT_FOUND = "[not found in your files]"
PARTLY_FOUND = "[partly found]"
CALCULATED = "[calculated]"
OWN_KNOWLEDGE = "From the model’s own knowledge, not from your files:"
DECLINED = "Your files don’t seem to answer this."
NOTHING_WRITTEN = "Stopped before anything was written."
UNANSWERED = "This question was not answered."
CLOSEST = "The closest passages"
LIKELY = "Likely: "
CONFLICT = "Your files say different things"
CONFLICT_HEADS = ("What it says", "Dated", "Where")
FOUND_TOO = "Also on the list"


def moment(seconds: float) -> str:
    """A time by the local clock: "2024-05-03, 14:07"."""
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone():%Y-%m-%d, %H:%M}"


def asked(turn: Turn) -> str:
    """When, and of what, a question was asked, and how it was read."""
    said = [f"Asked {moment(turn.asked_at)}", f"of {scope_words(turn.scope)}"]
    understood = turn.answer.understood if turn.answer else None
    if understood is not None:
        if understood.question.strip() != turn.question.strip():
            said.append(f"searched as “{understood.question}”")
        said += [f"narrowed by “{words}”" for words in understood.narrowed_by]
    return " · ".join(said)


def looked_at(answer: Answer) -> str:
    """What an answer was made from, by which model, and whether it is all of it."""
    said = ["Stopped before its end"] if answer.stopped else []
    if answer.mode is Mode.OWN_KNOWLEDGE:
        said.append("Read nothing from your files")
    else:
        said += _covered(answer.coverage, answer)
    if answer.offer is not None:
        said.append("the question asks for everything, but only the best passages were read")
    if answer.draft:
        said.append("written again without what your files do not bear out")
    if answer.model:
        said.append(f"answered by {answer.model}")
    return " · ".join([*said, f"{max(1, round(answer.seconds)):,} s"])


def _covered(coverage: Coverage, answer: Answer) -> list[str]:
    read = counted(coverage.passages, "passage")
    if coverage.passages_in_scope:
        whole = counted(coverage.passages_in_scope, "passage")
        best = f"the {coverage.passages:,} best of {whole}"
        read = f"{coverage.passages:,} of {whole}" if answer.mode is Mode.EXHAUSTIVE else best
    files = counted(coverage.files_in_scope, "file")
    if answer.declined:
        said = [f"Looked at {read} in {files}"]
    else:
        did = "Went through" if answer.mode is Mode.EXHAUSTIVE else "Read"
        said = [f"{did} {read} from {coverage.files:,} of {files}"]
    if coverage.passages_left_out:
        said.append(f"{counted(coverage.passages_left_out, 'passage')} left out")
    if coverage.files_unread:
        said.append(f"{counted(coverage.files_unread, 'file')} not yet read")
    return said


def scope_words(scope: Scope) -> str:
    """A scope within a sentence: "Contracts, pdf, changed since 2024-01-01, pages 3–5"."""
    if not scope.limits_files:
        return "the whole library"
    said = [path.name or str(path) for path in scope.paths] or ["files"]
    if scope.types:
        said.append(f"of type {', '.join(scope.types)}")
    if scope.since:
        said.append(f"changed since {scope.since}")
    if scope.until:
        said.append(f"changed until {scope.until}")
    if scope.pages:
        said.append(f"pages {_pages(scope.pages)}")
    return ", ".join(said)


def _pages(ranges: Sequence[tuple[int, int]]) -> str:
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)


def counted(count: int, noun: str) -> str:
    """As in "1 page" and "1,204 pages"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
