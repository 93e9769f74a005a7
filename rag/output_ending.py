"""What the command line prints under an answer: its sources, offers, and what it looked at."""

from __future__ import annotations

from collections.abc import Sequence

from rag import output, output_whole
from rag.records import (
    Answer,
    Citation,
    Conflict,
    Coverage,
    Hit,
    Mode,
    PassOffer,
    WholeDocument,
    WholeEstimate,
)

_CLOSEST = 3  # passages shown under what was declined
_AT_LENGTH = (Mode.WHOLE_DOCUMENT, Mode.SECTIONS)  # stopped early, these have read no passage


def ending(answer: Answer) -> str:
    """What is printed below an answer."""
    lines = [""]
    if answer.mode is Mode.OWN_KNOWLEDGE:
        return ""
    if (answer.declined or answer.stopped) and answer.plan and not answer.text:
        lines.append(answer.plan)
    elif answer.declined:
        lines.append("Your files don't seem to answer this.")
    if answer.evidence and (answer.declined or not answer.text):
        lines.append("The closest passages:")
        lines += [passage(hit) for hit in answer.evidence[:_CLOSEST]]
    for sentence in answer.sentences:
        if sentence.found_later:
            marks = "".join(f"[{citation.number}]" for citation in sentence.citations)
            lines.append(f"Found on a second look: “{output.one_line(sentence.text)}” {marks}")
    cited = {c.number: c for c in _citations(answer)}
    lines += [
        f"[{number}] {where(citation)}: “{output.one_line(citation.quote)}”"
        for number, citation in sorted(cited.items())
    ]
    for conflict in answer.conflicts:
        lines += _conflict_lines(conflict)
    lines += _offers(answer)
    if answer.mode not in _AT_LENGTH or answer.text or answer.coverage.whole:
        lines.append(covered(answer.coverage, exhaustive=answer.mode is Mode.EXHAUSTIVE))
    return "\n".join(lines)


def _citations(answer: Answer) -> list[Citation]:
    return [
        *(c for sentence in answer.sentences for c in sentence.citations),
        *(c for listed in answer.listed for c in listed.citations),
        *(s.citation for conflict in answer.conflicts for s in conflict.statements),
    ]


def _conflict_lines(conflict: Conflict) -> list[str]:
    lines = ["Your files contradict each other:"]
    for statement in conflict.statements:
        dated = f" ({statement.dated}, by {statement.dated_by})" if statement.dated else ""
        lines.append(f"   {statement.value} [{statement.citation.number}]{dated}")
    return lines


def _offers(answer: Answer) -> list[str]:
    lines = [_offered(answer.offer)] if answer.offer else []
    return [*lines, _whole_offered(answer.whole)] if answer.whole else lines


def _offered(offer: PassOffer) -> str:
    """The offer of a pass, with what to type for it."""
    passages, files = output.counted(offer.passages, "passage"), output.counted(offer.files, "file")
    seconds = max(1, round(offer.seconds))
    return (
        f"This asks for everything. To go through all {passages} of {files} "
        f"(about {seconds} s), ask again with --read everything."
    )


def _whole_offered(offer: WholeEstimate) -> str:
    """The offer to read documents whole or in sections, with what to type for it."""
    names = ", ".join(path.name for path in offer.paths)
    if offer.is_ready:
        return f"{names} was read whole before. To have all of it answer, add --read whole."
    how = "whole" if offer.mode is Mode.WHOLE_DOCUMENT else "sections"
    took = "" if offer.seconds is None else f" takes {output_whole.duration(offer.seconds)} once"
    return f"Reading all of {names}{took}: ask again with --read {how}."


def _read_whole(documents: Sequence[WholeDocument]) -> str:
    told = [
        f"all {output.counted(one.pages, 'page')} of {one.path.name}"
        if one.pages
        else f"all of {one.path.name}"
        for one in documents
    ]
    return f"Read {' and '.join(told)}"


def covered(coverage: Coverage, *, exhaustive: bool = False) -> str:
    """What an answer looked at, in a line."""
    passages = output.counted(coverage.passages_in_scope, "passage")
    files = output.counted(coverage.files_in_scope, "file")
    if exhaustive:
        parts = [
            f"Went through {coverage.passages:,} of {passages}, from {coverage.files:,} of {files}"
        ]
    elif coverage.whole:
        parts = [_read_whole(coverage.whole)]
    else:
        parts = [
            f"Read the {coverage.passages:,} best of {passages}, from {coverage.files:,} of {files}"
        ]
    if coverage.files_unread:
        are = "is" if coverage.files_unread == 1 else "are"
        parts.append(f"{output.counted(coverage.files_unread, 'file')} {are} not read yet")
    if coverage.passages_left_out:
        left_out = output.counted(coverage.passages_left_out, "passage")
        parts.append(f"{left_out} left out for lack of room or time")
    return "; ".join(parts) + "."


def where(citation: Citation) -> str:
    """The place of a citation, for people."""
    return f"{citation.path.name}, {citation.place}" if citation.place else citation.path.name


def passage(hit: Hit) -> str:
    """A passage that was found, in two lines."""
    place = f", {hit.place}" if hit.place else ""
    return f"{hit.rank}. {hit.path}{place}\n   {output.one_line(hit.text)[:300]}"
