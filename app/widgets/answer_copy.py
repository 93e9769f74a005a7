"""An answer as plain text for the clipboard, with its footnotes in brackets."""

from __future__ import annotations

from collections.abc import Sequence

from rag.records import Answer, Citation, Sentence, Support


def numbered_citations(sentences: Sequence[Sentence]) -> tuple[Citation, ...]:
    """The footnotes of an answer's sentences in the order of their numbers, each number once."""
    first: dict[int, Citation] = {}
    for sentence in sentences:
        for citation in sentence.citations:
            first.setdefault(citation.number, citation)
    return tuple(first[number] for number in sorted(first))


def with_footnotes(answer: Answer, not_found: str, partly: str) -> str:
    """The answer's text with "[1]" after each sentence and the list of sources below.

    `not_found` and `partly` are the words that stand after sentences without full support.
    """
    parts: list[str] = []
    at = 0
    for sentence in answer.sentences:
        parts.append(answer.text[at : sentence.end].rstrip())
        numbers = sorted({citation.number for citation in sentence.citations})
        parts += [f"[{number}]" for number in numbers]
        if sentence.is_unproven:
            parts.append(f" [{not_found}]")
        elif sentence.support is Support.PARTLY:
            parts.append(f" [{partly}]")
        at = sentence.end
    parts.append(answer.text[at:].rstrip())
    return "".join(parts).strip() + _sources(numbered_citations(answer.sentences))


def _sources(citations: Sequence[Citation]) -> str:
    if not citations:
        return ""
    lines = [
        f"[{citation.number}] {', '.join(filter(None, (citation.path.name, citation.place)))}: "
        f"“{' '.join(citation.quote.split())}”"
        for citation in citations
    ]
    return "\n\n" + "\n".join(lines)
