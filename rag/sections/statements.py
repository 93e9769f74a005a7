"""What is said of a text, with the words of the text that bear it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from rag.cite import Attributor, Passage, Span, split_sentences, states_something
from rag.cite.claims import bare_text
from rag.prompt import is_refusal
from rag.records import Support
from rag.sections.closeness import terms_of

LONGEST_CHARS = 600  # of a statement: a longer one states many things, if any
_FEW_TERMS = 5  # of so few words some are in any text as long as a section: nearly all must be
_OF_FEW_TERMS = 0.85
_ENDED = regex.compile(r"[.!?。！？…][\"'”’»)\]*_]*\s*$")
_PARAGRAPH = regex.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand: `stretch.text[start:end]` of one of the stretches looked at."""

    stretch: int  # its index
    start: int
    end: int
    score: float  # 0..1, how far they bear the statement out


@dataclass(frozen=True, slots=True)
class Proven:
    """A sentence that the text bears out."""

    text: str  # on one line
    places: tuple[Place, ...]  # at least one, best first
    by_model: bool  # False for the text's own sentence, chosen by code
    new_paragraph: bool = False


class Evidence:
    """Stretches of text that sentences are proven by; not for two threads at a time."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.passages = tuple(Passage(key, text) for key, text in enumerate(texts))
        self._attributor = Attributor(self.passages)

    def prove(self, text: str) -> list[Proven]:
        """The sentences of a model's `text` that the stretches bear out wholly, each once."""
        proven: dict[str, Proven] = {}
        before = 0
        spans = split_sentences(text)
        if len(spans) > 1 and not is_ended(text):  # it was cut off
            spans.pop()
        for start, end in spans:
            made = self.proven(text[start:end], new_paragraph=opens_paragraph(text[before:start]))
            if made is not None:
                proven.setdefault(made.text, made)
                before = end
        return list(proven.values())

    def proven(self, sentence: str, *, new_paragraph: bool = False) -> Proven | None:
        """A model's `sentence`, if it states something that the stretches bear out wholly."""
        text = " ".join(bare_text(sentence).split())
        if len(text) > LONGEST_CHARS or not states_something(sentence) or is_refusal(text):
            return None
        found = self._attributor.attribute(text)
        if found.support is not Support.SUPPORTED or not found.spans:
            return None
        if len(terms_of(text)) < _FEW_TERMS and found.score < _OF_FEW_TERMS:
            return None
        return Proven(text, tuple(map(_place, found.spans)), True, new_paragraph)

    def quoted(self, stretch: int, start: int, end: int) -> Proven:
        """The stretch's own words between two offsets."""
        text = " ".join(self.passages[stretch].text[start:end].split())
        return Proven(text, (Place(stretch, start, end, 1.0),), by_model=False)


def is_ended(text: str) -> bool:
    """Whether the last sentence of `text` came to its end."""
    return _ENDED.search(text) is not None


def opens_paragraph(gap: str) -> bool:
    """Whether what follows `gap` begins a paragraph."""
    return _PARAGRAPH.search(gap) is not None


def _place(span: Span) -> Place:
    return Place(span.key, span.start, span.end, span.score)
