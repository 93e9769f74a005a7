"""What is said of each section: by the model where it is proven, else by its own sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.prompt import Passage, is_refusal, section_chat
from rag.protocols import LanguageModel
from rag.sections.asking import Task
from rag.sections.cutting import Section
from rag.sections.focus import EVERYTHING, Focus
from rag.sections.keeping import Origin
from rag.sections.sources import Sources
from rag.sections.statements import Evidence, Proven
from rag.sections.telling import most_telling

SENTENCES = 6
ANSWER_TOKENS = 280
_QUESTION_TOKENS = 128  # what a question may have, so that sections are the same for all of them
_SPARE_TOKENS = 16
_LEAST_PROVEN = 2  # with fewer, a section's own sentences join them
_OWN_SENTENCES = 3
_MOST_UNTOLD = 12  # documents in a section of which only their own sentences tell
_LEAST_ROOM = 64


def room_for_text(model: LanguageModel) -> int:
    """How many tokens a section may have, with the lines above its stretches."""
    empty = model.encode_chat(section_chat([Passage("", "", "")], SENTENCES, "?"))
    taken = len(empty) + _QUESTION_TOKENS + ANSWER_TOKENS + _SPARE_TOKENS
    return max(_LEAST_ROOM, model.n_ctx - taken)


def head_tokens(model: LanguageModel, title: str) -> int:
    """What the line above a stretch of a document takes at most."""
    return model.count_tokens(f"[100] {title}, pp. 1000–1000\n\n") + 2


def fitting(question: str, model: LanguageModel) -> str:
    """`question`, without its last words if it is longer than a section leaves room for."""
    words = question.split()
    while words and model.count_tokens(" ".join(words)) > _QUESTION_TOKENS:
        words = words[: len(words) * 4 // 5]
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Summaries:
    """Makes the tasks of summarising sections; `model` is the name that results are kept under."""

    sources: Sources
    model: str

    def task(self, section: Section, focus: Focus) -> Task:
        """The task of saying what is in a section, or what of it helps with a question."""
        stretches = section.stretches
        texts = tuple(self.sources.text(stretch) for stretch in stretches)
        pieces = [
            Passage(self.sources.title(stretch), self.sources.place(stretch), text)
            for stretch, text in zip(stretches, texts, strict=True)
        ]
        hashes = self.sources.hashes(stretches)
        general = Task(
            tuple(section_chat(pieces, SENTENCES)),
            stretches,
            texts,
            Origin(hashes, self.model, section.tokens),
            _Completed(EVERYTHING),
        )
        general = replace(general, origin=replace(general.origin, section=general.key))
        if not focus.question:
            return general
        return replace(
            general,
            messages=tuple(section_chat(pieces, SENTENCES, focus.question)),
            origin=replace(general.origin, tokens=0),
            completed=_Completed(focus),
        )


@dataclass(frozen=True, slots=True)
class _Completed:
    """What stands for a section."""

    focus: Focus

    def __call__(self, evidence: Evidence, proven: list[Proven], text: str) -> list[Proven]:
        said = proven[:SENTENCES]
        if not said and self.focus.question and is_refusal(text):
            return []
        if len(said) < _LEAST_PROVEN:
            own = most_telling(evidence, _OWN_SENTENCES, self.focus.terms)
            said += [one for one in own if not _is_told(one, proven)]
        return said if self.focus.question else said + self._of_untold(evidence, said)

    @staticmethod
    def _of_untold(evidence: Evidence, said: Sequence[Proven]) -> list[Proven]:
        """A sentence of each of several short documents of which nothing is said."""
        told = {place.stretch for one in said for place in one.places}
        untold = [passage for passage in evidence.passages if passage.key not in told]
        return [
            sentence
            for passage in untold[:_MOST_UNTOLD]
            for sentence in most_telling(evidence, 1, within=passage.key)
        ]


def _is_told(one: Proven, by: Sequence[Proven]) -> bool:
    (place,) = one.places
    return any(
        place.stretch == other.stretch and place.start < other.end and other.start < place.end
        for proven in by
        for other in proven.places
    )
