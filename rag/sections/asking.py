"""Lets a model write about stretches of text; what it wrote and was proven is kept at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import cast

from rag.cancel import CancelToken
from rag.cite import SentenceStream
from rag.errors import Cancelled
from rag.events import PrefillProgress, TextStreamed
from rag.outcome import Outcome
from rag.protocols import ChatMessage, LanguageModel, LongModel
from rag.sections.cutting import Stretch
from rag.sections.keeping import KeptSections, Origin
from rag.sections.statements import Evidence, Proven, is_ended, opens_paragraph

_AT_ONCE = 16  # prompts are made ready together
_TELLING_S = 10.0  # within which it is told how far the work is
_BESIDE = 3  # where a model answers several prompts side by side
_PROVEN_AS = "1"  # rises when the same words would be proven otherwise


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a model is to write, and what proves it."""

    messages: tuple[ChatMessage, ...]
    stretches: tuple[Stretch, ...]
    texts: tuple[str, ...]  # of the stretches
    origin: Origin
    completed: Callable[[Evidence, list[Proven], str], list[Proven]]
    """What stands for the stretches, from what was proven of the model's text, and that text."""

    most_sentences: int = 0  # of the model's, where they are told one by one

    @property
    def key(self) -> str:
        """What decides what comes of it: the model, all that it is told, and what proves it."""
        told = [f"{message.role}\0{message.content}" for message in self.messages]
        parts = [_PROVEN_AS, self.origin.model, *told, *self.texts]
        digest = hashlib.sha256()
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "little") + data)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Asking:
    """A model with what is kept of its work; `kept` is None where nothing is to be kept."""

    model: LanguageModel
    kept: KeptSections | None
    cancel: CancelToken

    @property
    def beside(self) -> int:
        """How many others are mostly in work when one is finished."""
        return _BESIDE if hasattr(self.model, "generate_many") else 0

    def known(self, task: Task) -> tuple[Proven, ...] | None:
        """What is kept of a task; None where it has to be done."""
        return self.kept.get(task.key) if self.kept else None

    def known_otherwise(self, task: Task) -> tuple[Proven, ...] | None:
        """What is kept of a task's section for whatever else was asked of it; None for nothing."""
        return self.kept.of_section(task.origin.section) if self.kept else None

    def done(
        self, tasks: Sequence[Task], most_tokens: int
    ) -> Generator[tuple[int, tuple[Proven, ...]] | None, None, None]:
        """Do `tasks`, several side by side; yields (index, what was proven), each when it is there.

        Yields None every few seconds in which none is. Each answer has at most `most_tokens`.
        Raises `Cancelled`, `GenerationFailed`.
        """
        for first in range(0, len(tasks), _AT_ONCE):
            prompts: list[list[int]] = []
            numbers: list[int] = []
            for number, task in enumerate(tasks[first : first + _AT_ONCE], first):
                self.cancel.check()
                prompt = self.model.encode_chat(task.messages)
                if len(prompt) + most_tokens > self.model.n_ctx:  # only code can read it
                    yield number, self.finished(task, "")
                    continue
                prompts.append(prompt)
                numbers.append(number)
            for answer in written(self.model, prompts, most_tokens, self.cancel):
                if answer is None:
                    yield None
                    continue
                number = numbers[answer[0]]
                yield number, self.finished(tasks[number], answer[1])

    def streamed(
        self, task: Task, most_tokens: int
    ) -> Generator[Proven | PrefillProgress, None, tuple[Proven, ...]]:
        """Do one task; yields its sentences in order, each when it is proven; ends in all of them.

        How far its prompt is read comes before them. When cancelled it ends in what there is, which
        is not kept.
        """
        evidence, proven, stream = Evidence(task.texts), list[Proven](), SentenceStream()
        prompt = self.model.encode_chat(task.messages)
        stopped = len(prompt) + most_tokens > self.model.n_ctx
        run = self.model.generate(prompt, most_tokens, self.cancel)
        before = 0
        try:
            while not stopped and len(proven) < task.most_sentences:
                event = next(run, None)
                spans = stream.close() if event is None else []
                if isinstance(event, PrefillProgress):
                    yield event
                elif isinstance(event, TextStreamed):
                    spans = stream.feed(event.text)
                elif event is None and not is_ended(stream.text):
                    spans = spans[:-1]  # it was cut off
                for start, end in spans[: task.most_sentences - len(proven)]:
                    opens = opens_paragraph(stream.text[before:start])
                    made = evidence.proven(stream.text[start:end], new_paragraph=opens)
                    if made and all(made.text != other.text for other in proven):
                        proven.append(made)
                        before = end
                        yield made
                if event is None:
                    break
        except Cancelled:
            stopped = True
        finally:
            run.close()
        said = tuple(task.completed(evidence, proven, stream.text))
        yield from said[len(proven) :]
        if not stopped:
            self.keep(task, said)
        return said

    def finished(self, task: Task, text: str) -> tuple[Proven, ...]:
        """What the model's `text` is worth, which is kept."""
        evidence = Evidence(task.texts)
        said = tuple(task.completed(evidence, evidence.prove(text), text))
        self.keep(task, said)
        return said

    def keep(self, task: Task, said: Sequence[Proven]) -> None:
        """Remember what came of a task."""
        if self.kept:
            self.kept.keep(task.key, task.origin, said)


def written(
    model: LanguageModel, prompts: Sequence[list[int]], most_tokens: int, cancel: CancelToken
) -> Generator[tuple[int, str] | None, None, None]:
    """What a model answers to `prompts`: side by side where it can, else one after the other.

    Yields None every few seconds in which nothing is finished. Raises as `Asking.done`.
    """
    stopped = _Stopped(cancel)
    if hasattr(model, "generate_many"):
        answers = cast("LongModel", model).generate_many(prompts, most_tokens, stopped)
    else:
        answers = _one_by_one(model, prompts, most_tokens, stopped)
    with ThreadPoolExecutor(1, thread_name_prefix="sections") as waiting:
        try:
            while True:
                coming = waiting.submit(next, answers, None)
                while not coming.done():
                    wait([coming], _TELLING_S)
                    if not coming.done():
                        yield None
                answer = coming.result()
                if answer is None:
                    return
                yield answer
        finally:
            stopped.cancel()
            waiting.submit(answers.close).result()


def _one_by_one(
    model: LanguageModel, prompts: Sequence[list[int]], most_tokens: int, cancel: CancelToken
) -> Generator[tuple[int, str], None, None]:
    for index, prompt in enumerate(prompts):
        run = Outcome(model.generate(prompt, most_tokens, cancel))
        for _ in run:
            pass
        yield index, run.result.text


class _Stopped(CancelToken):
    """Is set with the user's token, and also where nobody waits for the answers any more."""

    def __init__(self, users: CancelToken) -> None:
        super().__init__()
        self._users = users

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._users.cancelled or super().cancelled

    def check(self) -> None:
        """Raise `Cancelled` once the work was asked to stop."""
        self._users.check()
        super().check()
