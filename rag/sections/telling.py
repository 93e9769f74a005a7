"""The sentences that tell most of a text, for want of a model that does: its own, word for word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import regex

from rag.cite import Passage
from rag.cite.lexicon import PRONOUNS, TAKING_UP
from rag.sections.closeness import Closeness, chosen
from rag.sections.statements import Evidence, Proven

_FEWEST_CHARS, _MOST_CHARS = 30, 400
_FEWEST_TERMS = 3  # words that state something
_ENOUGH_TERMS = 10  # with fewer, a sentence tells little however central its words are
_LETTERS = 0.6  # of the characters of a sentence, spaces apart; rows of tables have fewer
_MOST_TIMES = 2  # that a sentence is said: what pages begin or end with is said on each of them
_POSITION = 0.25  # how much more the first sentence counts than the last
_LEANING = 0.4  # of the worth of a sentence that needs the one before it
_SPEECH = 0.6  # the same of what somebody says
_ENDED = regex.compile(r"[.!。！…][\"'”’»)\]]*$")
_OPENED = regex.compile(r"[\"'“„«‘(\[¿¡]*[\p{Lu}\p{Lo}\p{N}]")
_SPOKEN = regex.compile(r"[\"“„«‘]|'\p{Lu}|^[–—-]\s")
_NUMBERS = regex.compile(r"\p{N}+")
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_LINES_APART = regex.compile(r"\n\s*\n|\t| {3}|\|")


@dataclass(frozen=True, slots=True)
class _Candidate:
    stretch: int
    start: int
    end: int
    terms: list[str]
    worth: float  # 0..1, but for what it speaks of


def most_telling(
    evidence: Evidence, most: int, asked: Collection[str] = (), *, within: int | None = None
) -> list[Proven]:
    """At most `most` sentences of the stretches, in order; where `asked` are, those close to them.

    Of the stretch `within` alone, unless None.

    They are whole sentences that can be read alone, central to the text (see `Closeness`), and the
    earlier the better (Edmundson, 1969). Where there are none, whatever states something.
    """
    passages = [p for p in evidence.passages if within in (None, p.key)]
    found = [*_candidates(passages, strict=True)] or [*_candidates(passages, strict=False)]
    closeness = Closeness([candidate.terms for candidate in found])
    about = closeness.to_question(asked) if asked else closeness.centralities()
    worth = [one.worth * central for one, central in zip(found, about, strict=True)]
    return [
        evidence.quoted(found[index].stretch, found[index].start, found[index].end)
        for index in chosen(closeness, worth, most, spread=not asked)
    ]


def _candidates(passages: Collection[Passage], *, strict: bool) -> Iterator[_Candidate]:
    said = Counter(
        _without_numbers(passage.text[start:end])
        for passage in passages
        for start, end in passage.sentence_spans
    )
    for passage in passages:
        count = len(passage.sentences)
        for index, ((start, end), (first, last)) in enumerate(
            zip(passage.sentence_spans, passage.sentences, strict=True)
        ):
            text = passage.text[start:end]
            items = passage.items[first:last]
            terms = [item.token.stem for item in items if item.is_content]
            if len(terms) < _FEWEST_TERMS or len(text) > _MOST_CHARS:
                continue
            if strict and (said[_without_numbers(text)] > _MOST_TIMES or not _reads_alone(text)):
                continue
            worth = 1 + _POSITION * (1 - index / count)
            worth *= min(1.0, len(terms) / _ENOUGH_TERMS)
            if _SPOKEN.search(text):
                worth *= _SPEECH
            if items[0].token.word in PRONOUNS or items[0].token.word in TAKING_UP:
                worth *= _LEANING
            yield _Candidate(passage.key, start, end, terms, worth)


def _without_numbers(text: str) -> str:
    return " ".join(_NUMBERS.sub("", text).split())


def _cuts_a_quotation(text: str) -> bool:
    """Whether a quotation begins in it that ends elsewhere, or the other way round."""
    german = "„" in text  # „so“: what ends a quotation here begins one elsewhere
    opening, closing = ("„", "“") if german else ("“", "”")
    return text.count('"') % 2 == 1 or text.count(opening) != text.count(closing)


def _reads_alone(text: str) -> bool:
    """Whether it is a whole sentence in running text: no heading, row, question or fragment."""
    letters = len(_LETTER.findall(text))
    return (
        len(text) >= _FEWEST_CHARS
        and _ENDED.search(text) is not None
        and _OPENED.match(text) is not None
        and not _LINES_APART.search(text)
        and not _cuts_a_quotation(text)
        and letters >= _LETTERS * len("".join(text.split()))
    )
