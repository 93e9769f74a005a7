"""Fits what was found into what the model can read, and in the time that it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag import prompt
from rag.answering.writing import NOTHING, Prompt
from rag.footnotes import Footnotes
from rag.index.catalog import Catalog
from rag.options import Options
from rag.plan import Plan, plan
from rag.protocols import LanguageModel
from rag.records import Hit, Mode
from rag.retrieve.join import Passage, widen

_CHARS_PER_TOKEN = 4  # of running text, where no model is at hand to count
_FRAME_TOKENS = 12  # a passage's number, title and line breaks in the prompt
_FRAME_CHARS, _PROMPT_TOKENS = 80, 400  # the same, and the prompt without passages, at most
_SURE = 0.75  # of what fits by estimate: passages are widened, never at others' cost
_UNKNOWN_CONTEXT = 4096


@dataclass(frozen=True, slots=True)
class Fitted:
    """The plan, and the prompt that it makes; without any where it declines."""

    plan: Plan
    prompt: Prompt = NOTHING


def plan_without_model(
    passages: Sequence[Passage], options: Options, speed: float | None = None, *, answerable: bool
) -> Plan:
    """The plan as far as it can be told before a model is loaded, which reads with this `speed`."""
    sizes = [(p.end - p.start) // _CHARS_PER_TOKEN for p in passages]
    return _plan(sizes, _PROMPT_TOKENS, _UNKNOWN_CONTEXT, speed, options, answerable=answerable)


@dataclass(frozen=True, slots=True)
class Fitter:
    """Makes room for a question's passages in the prompt of a model; `speed` is its prefill's."""

    model: LanguageModel
    speed: float | None  # tokens per second
    options: Options
    history: Sequence[tuple[str, str]]  # as the model is shown it, oldest first

    def widened(self, passages: Sequence[Passage], catalog: Catalog) -> list[Passage]:
        """The passages in what they stand in, as far as the context and the time allow."""
        model, options = self.model, self.options
        tokens = model.n_ctx - options.answer_tokens - _PROMPT_TOKENS
        if self.speed:
            tokens = min(tokens, int(self.speed * options.first_word_s) - _PROMPT_TOKENS)
        sample = "\n".join(passage.hit.text for passage in passages)
        chars_per_token = len(sample) / max(1, model.count_tokens(sample))
        read = sum(p.end - p.start + _FRAME_CHARS for p in passages)
        said = sum(len(question) + len(answer) for question, answer in self.history)
        spare = int(_SURE * tokens * chars_per_token) - read - said
        return widen(passages, lambda hit: surroundings(catalog, hit), spare)

    def fit(
        self, question: str, passages: Sequence[Passage], footnotes: Footnotes, language: str
    ) -> Fitted:
        """The plan for `passages`, best first, and its prompt, which leaves room for the answer.

        Where earlier turns leave no room for two passages, they go first, the oldest before others.
        """
        model = self.model
        shown = [
            prompt.Passage(p.hit.title, p.hit.place, footnotes.text_of(p), p.hit.table)
            for p in passages
        ]
        sizes = [
            model.count_tokens(p.text)
            + model.count_tokens(p.title + p.place + p.table)
            + _FRAME_TOKENS
            for p in shown
        ]
        history = list(self.history)
        while True:
            empty = model.encode_chat(prompt.chat(question, (), history, language))
            made = _plan(sizes, len(empty), model.n_ctx, self.speed, self.options, answerable=True)
            if made.passages >= min(2, len(sizes)) or not history:
                break
            history.pop(0)
        for count in range(made.passages, 0, -1):
            messages = prompt.chat(question, shown[:count], history, language)
            tokens = model.encode_chat(messages)
            if len(tokens) <= made.prompt_tokens_limit:
                titled = [(n, p) for n, p in enumerate(shown[:count], 1) if p.title.strip()]
                heads = [prompt.passage_head(number, passage) for number, passage in titled]
                made = replace(made, passages=count)
                return Fitted(made, Prompt(tokens, heads, tuple(messages)))
        reason = "The passages found are too long for the model."
        return Fitted(replace(made, mode=Mode.DECLINE, reason=reason, passages=0))


def surroundings(catalog: Catalog, hit: Hit) -> tuple[int, int]:
    """Where the chunks around a hit begin and end, as far as they are of its section."""
    near = catalog.neighbours(hit.chunk_id, 1, 1)  # none if the file was just removed
    same = [stored.chunk for stored in near if stored.chunk.heading == hit.heading]
    start = min((chunk.start for chunk in same), default=hit.start)
    return start, max((chunk.end for chunk in same), default=hit.end)


def _plan(
    sizes: Sequence[int],
    overhead_tokens: int,
    n_ctx: int,
    speed: float | None,
    options: Options,
    *,
    answerable: bool,
) -> Plan:
    return plan(
        passage_tokens=sizes,
        overhead_tokens=overhead_tokens,
        answerable=answerable,
        n_ctx=n_ctx,
        answer_tokens=options.answer_tokens,
        prefill_tokens_per_s=speed,
        first_word_s=options.first_word_s,
        max_passages=options.passages,
        decline_allowed=options.decline,
    )
