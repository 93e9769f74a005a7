"""Decides how many of the passages found are read, or that none answers the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.records import Mode

FEWEST_PASSAGES = 2
"""Read also on a slow computer: one passage alone is too often the wrong one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question is answered, and why in words for the person who asked."""

    mode: Mode
    reason: str
    passages: int  # how many to read, the best first
    prompt_tokens_limit: int  # what the whole prompt may have
    first_token_s: float | None  # None where the model's speed is not known


def plan(
    passage_tokens: Sequence[int],
    overhead_tokens: int,
    answerable: bool,  # noqa: FBT001 - a fact among others, always passed by name
    n_ctx: int,
    answer_tokens: int,
    prefill_tokens_per_s: float | None,
    first_word_s: float,
    max_passages: int,
    decline_allowed: bool,  # noqa: FBT001 - the same
) -> Plan:
    """Read the best passages that fit in the context and in the time, or decline.

    `passage_tokens` are the sizes of the passages found, the best first; `overhead_tokens` the size
    of the prompt without them. At least two passages are read where two exist and fit.
    """
    limit = n_ctx - answer_tokens
    if not passage_tokens:
        reason = "Nothing in your files matches the question."
        return Plan(Mode.DECLINE, reason, 0, limit, None)
    if not answerable and decline_allowed:
        reason = "The passages found do not seem to answer the question."
        return Plan(Mode.DECLINE, reason, 0, limit, None)
    wanted = passage_tokens[:max_passages]
    in_context = _fitting(wanted, limit - overhead_tokens)
    if in_context == 0:
        reason = "The passages found are too long for the model."
        return Plan(Mode.DECLINE, reason, 0, limit, None)
    count = in_context
    if prefill_tokens_per_s:
        in_time = _fitting(wanted, prefill_tokens_per_s * first_word_s - overhead_tokens)
        count = min(in_context, max(in_time, FEWEST_PASSAGES))
    wait = None
    if prefill_tokens_per_s:
        wait = (overhead_tokens + sum(wanted[:count])) / prefill_tokens_per_s
    return Plan(Mode.PASSAGES, _why(count, in_context, len(wanted)), count, limit, wait)


def _fitting(sizes: Sequence[int], budget: float) -> int:
    """How many of the first `sizes` fit together in `budget`."""
    total = 0
    for count, size in enumerate(sizes):
        total += size
        if total > budget:
            return count
    return len(sizes)


def _why(count: int, in_context: int, wanted: int) -> str:
    read = "Reading the best passages" if count > 1 else "Reading the best passage"
    if count < in_context:
        return f"{read}, so that the answer starts soon."
    if count < wanted:
        return f"{read}: more do not fit in the model's memory."
    return f"{read}."
