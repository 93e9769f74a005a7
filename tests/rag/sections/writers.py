"""Language models that summarise in ways that are known beforehand, and a document for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence

from rag.cancel import CancelToken
from rag.events import PrefillProgress, TextStreamed
from rag.protocols import ChatMessage, Generated
from rag.records import DocumentInfo, DocumentText, Page

PEOPLE = ("Anna Berg", "Tomas Lindt", "Clara Voss", "Henrik Moor", "Ida Falk", "Oskar Rehn")
THINGS = ("mill", "bridge", "school", "chapel", "granary", "harbour", "library", "tower")
PLACES = ("Aldern", "Bruckfeld", "Corvey", "Drossen", "Elmbach", "Farnau", "Gerswald")
_BUILT = re.compile(r"The (\w+) of (\w+) was built by (\w+ \w+) in (\d{4})\.")


def fact(number: int) -> str:
    """One of many facts, no two of them alike."""
    thing, place = THINGS[number % 8], PLACES[number // 8 % 7]
    person = PEOPLE[number // 56 % 6]
    return f"The {thing} of {place} was built by {person} in {1400 + number}."


def page(first: int, facts: int = 12) -> str:
    """A page of facts from one on, with a sentence beside each that states little."""
    lines = [
        f"{fact(n)} Few visitors ever came there to look at it."
        for n in range(first, first + facts)
    ]
    return "\n\n".join(lines)


def book(pages: int) -> DocumentText:
    """A document of so many pages, twelve facts on each."""
    made = [Page(n + 1, str(n + 1), page(12 * n)) for n in range(pages)]
    return DocumentText.from_pages(DocumentInfo("A survey", pages, True, "PDF"), made)


def copied(sentence: str) -> str:
    """The sentence word for word."""
    return sentence


def paraphrased(sentence: str) -> str:
    """The sentence in other words."""
    return _BUILT.sub(r"In \4 \3 built the \1 of \2.", sentence)


def nonsense(_sentence: str) -> str:
    """Nothing that any text says."""
    return "Purple giraffes of Saturn sing forgotten operas in Portuguese."


class Writer:
    """Says something of the facts that its prompt holds; a token is a word."""

    n_ctx = 1400

    def __init__(self, words: Callable[[str], str] = copied, facts: int = 4) -> None:
        self.words, self.facts = words, facts
        self.prompts: list[list[ChatMessage]] = []  # all that were answered
        self.before_answer: Callable[[], None] = lambda: None
        self._encoded: list[list[ChatMessage]] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def encode_chat(self, messages: Sequence[ChatMessage]) -> list[int]:
        self._encoded.append(list(messages))
        length = sum(self.count_tokens(message.content) for message in messages)
        return [len(self._encoded) - 1] + [0] * (length - 1)

    def said_of(self, prompt: Sequence[int]) -> str:
        self.before_answer()
        messages = self._encoded[prompt[0]]
        self.prompts.append(messages)
        shown = messages[-1].content.rpartition("\n\n")[0]
        found = [m[0] for m in re.finditer(_BUILT.pattern + r"|In \d{4} [^.]+\.", shown)]
        step = max(1, len(found) // self.facts)
        return " ".join(dict.fromkeys(self.words(one) for one in found[::step][: self.facts]))

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed, None, Generated]:
        cancel.check()
        assert len(prompt) + max_tokens <= self.n_ctx
        yield PrefillProgress(len(prompt), len(prompt), 0.0)
        text = self.said_of(prompt)
        for word in re.findall(r"\S+\s*", text):
            cancel.check()
            yield TextStreamed(word)
        return Generated(text, len(prompt), 0, 0.1, 0.1, len(text.split()), 0.1, ended=True)


class ManyWriter(Writer):
    """Answers several prompts side by side: the last of three is finished first."""

    def generate_many(
        self, prompts: Sequence[Sequence[int]], max_tokens: int, cancel: CancelToken
    ) -> Generator[tuple[int, str], None, None]:
        for first in range(0, len(prompts), 3):
            for index in range(min(first + 3, len(prompts)) - 1, first - 1, -1):
                cancel.check()
                assert len(prompts[index]) + max_tokens <= self.n_ctx
                yield index, self.said_of(prompts[index])
