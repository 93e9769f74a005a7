"""Lets the model write an answer, and cites each of its sentences as it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from rag.cancel import CancelToken
from rag.cite import SentenceStream
from rag.errors import Cancelled
from rag.events import AnswerEvent, PrefillProgress, SentenceCited, SentenceForeseen, TextStreamed
from rag.prompt import FRAME, is_exact_refusal
from rag.protocols import ChatMessage, Generated, LanguageModel, TextHeld
from rag.records import GenerationStats, Sentence

Cite = Callable[[str, int], Sentence]
"""The proof of a finished sentence that begins at an offset of the answer."""


@dataclass(slots=True)
class Written:
    """What was written, as far as it is."""

    text: str = ""
    sentences: list[Sentence] = field(default_factory=list[Sentence])
    generated: Generated | None = None  # None where the user stopped it
    stopped: bool = False

    def stats(self, retrieval_s: float) -> GenerationStats | None:
        """What writing it cost."""
        made = self.generated
        return made and GenerationStats(
            prompt_tokens=made.prompt_tokens,
            reused_tokens=made.reused_tokens,
            prefill_s=made.prefill_s,
            first_token_s=made.first_token_s,
            answer_tokens=made.answer_tokens,
            decode_tokens_per_s=made.answer_tokens / made.decode_s if made.decode_s else 0.0,
            retrieval_s=retrieval_s,
        )


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is to go on from."""

    tokens: Sequence[int]
    heads: Sequence[str] = ()  # the lines that passages, or documents, begin with in it
    messages: tuple[ChatMessage, ...] = ()  # that the tokens are of


NOTHING = Prompt(())


def write(
    model: LanguageModel, prompt: Prompt, most_tokens: int, cite: Cite, cancel: CancelToken
) -> Generator[AnswerEvent, None, Written]:
    """Stream an answer to `prompt`; also where it is stopped, it ends in what there is.

    It also ends where the model begins to repeat its prompt line by line or to ask itself the next
    question, and behind the exact refusal, if it begins with that: what would follow is made up.
    """
    return (yield from _Writing(model, prompt, cite).run(most_tokens, cancel))


class _Writing:
    """One answer in the making."""

    def __init__(self, model: LanguageModel, prompt: Prompt, cite: Cite) -> None:
        self._model = model
        self._tokens = prompt.tokens
        self._cite = cite
        self._stream = SentenceStream()
        self._guard = FrameGuard((*FRAME, *prompt.heads))
        self._written = Written()
        self._early: Sentence | None = None
        self._begun = self._read_at = time.perf_counter()
        self._reused = 0

    def run(self, most_tokens: int, cancel: CancelToken) -> Generator[AnswerEvent, None, Written]:
        stream = self._model.generate(self._tokens, most_tokens, cancel)
        written = self._written
        try:
            while not self._is_over():
                event = next(stream)
                match event:
                    case TextStreamed(text):
                        yield from self._show(self._guard.feed(text))
                    case TextHeld(text):
                        yield from self._cited(self._stream.look_ahead(self._guard.held + text))
                    case _:
                        self._note(event)
                        yield event
            written.generated = self._generated()
        except StopIteration as end:
            written.generated = end.value
        except Cancelled:
            written.stopped = True
        finally:
            stream.close()
        if not self._is_over():
            yield from self._show(self._guard.finish())
        yield from self._cited(self._stream.close())
        written.text = self._stream.text
        return written

    def _is_over(self) -> bool:
        text = self._stream.text
        return self._guard.met or (not text[-1:].isalnum() and is_exact_refusal(text))

    def _show(self, text: str) -> Generator[AnswerEvent, None, None]:
        if text:
            yield TextStreamed(text)
            yield from self._cited(self._stream.feed(text))
            yield from self._foreseen()

    def _foreseen(self) -> Generator[AnswerEvent, None, None]:
        """The sentence in work with its proof, if it very likely ends here.

        That it does is known only when the next one begins, which takes a slow model too long.
        """
        span = self._stream.likely_end()
        if span:
            start, end = span
            self._early = self._cite(self._stream.text[start:end], start)
            yield SentenceForeseen(self._early)

    def _cited(self, spans: Sequence[tuple[int, int]]) -> Generator[AnswerEvent, None, None]:
        for start, end in spans:
            early, text = self._early, self._stream.text[start:end]
            known = early is not None and (early.start, early.text) == (start, text)
            sentence = early if early and known else self._cite(text, start)
            self._written.sentences.append(sentence)
            yield SentenceCited(sentence)

    def _note(self, progress: PrefillProgress) -> None:
        if self._read_at == self._begun:
            self._reused = progress.tokens_done
        self._read_at = time.perf_counter()

    def _generated(self) -> Generated:
        """What an answer cost that was ended here, and not by the model."""
        text = self._stream.text
        return Generated(
            text=text,
            prompt_tokens=len(self._tokens),
            reused_tokens=self._reused,
            prefill_s=self._read_at - self._begun,
            first_token_s=self._read_at - self._begun,
            answer_tokens=self._model.count_tokens(text),
            decode_s=time.perf_counter() - self._read_at,
            ended=True,
        )


class FrameGuard:
    """Holds back a line while it may turn out to be one that begins with one of `labels`.

    Only the prompt has such lines; a label's last word must be whole, as "A" is not in "At". `met`
    tells that it did; nothing is let through any more. Joined, what is let through is what came in
    up to there, but for white space at its end.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self.met = False
        self._labels = [label.casefold() for label in labels]
        self.held = ""
        """White space and the beginning of a line."""
        self._at_line_start = True

    def feed(self, piece: str) -> str:
        """Take the next piece and return what can be shown now."""
        shown = ""
        for char in piece:
            if self.met:
                break
            shown += self._take(char)
        return shown

    def finish(self) -> str:
        """What was held back, once nothing follows."""
        held, self.held = self.held, ""
        self.met = self.met or _line_in(f"{held}\n", self._labels)
        return "" if self.met else held

    def _take(self, char: str) -> str:
        if not self._at_line_start and char != "\n":
            return char
        self.held += char
        line = _last_line(self.held)
        self.met = _line_in(self.held, self._labels)
        self._at_line_start = char == "\n" or any(label.startswith(line) for label in self._labels)
        if self.met:
            self.held = ""
        if self.met or self._at_line_start:
            return ""
        held, self.held = self.held, ""
        return held


def _last_line(text: str) -> str:
    """The last line of `text`, as it is compared with labels; empty behind a line's end."""
    return text.rpartition("\n")[2].lstrip(" \t*#>").casefold()


def _line_in(text: str, labels: Sequence[str]) -> bool:
    """Whether the last line of `text`, with its end where that is there, begins with a label."""
    ended = text.endswith("\n")
    line = _last_line(text.removesuffix("\n")) + "\n" * ended
    return any(
        line.startswith(label)
        and (not label[-1].isalnum() or (len(line) > len(label) and not line[len(label)].isalnum()))
        for label in labels
    )
