"""How questions would be answered, as the command line tells of it in words and in JSON."""

from __future__ import annotations

from rag import output_whole
from rag.answering import Planned
from rag.output import JsonValue
from rag.plan import PASSAGES_CONTEXT, shares_kept

_GB = 1e9


def plan(question_id: str, made: Planned) -> JsonValue:
    """A plan.

    Null: the times where the speed is not known, the memory without a model, `offer` unless
    passages are read and reading all is worth an offer.
    """
    long, curve = made.long, made.model and made.model.curve
    context = (long and long.shape) or PASSAGES_CONTEXT
    documents = long.documents if long else ()
    shares = shares_kept(documents, long.tokens_saved if long else 0)
    return {
        "id": question_id,
        "mode": made.mode.value,
        "reason": _reason(made),
        "note": long.note if long else "",
        "documents": [
            {"path": str(document.path), "tokens": document.tokens, "tokens_saved": saved}
            for document, saved in zip(documents, shares, strict=True)
        ],
        "tokens": sum(document.tokens for document in documents),
        "tokens_saved": sum(shares),
        "passages": made.passages,
        "n_ctx": context.n_ctx,
        "kv_type": context.kv_type.value,
        "n_ubatch": context.n_ubatch,
        "flash_attention": context.flash_attention,
        "memory_bytes": long.memory_bytes if long else None,
        "free_bytes": long.free_bytes if long else None,
        "prefill_tokens_per_s": round(curve.tokens_per_s, 2) if curve else None,
        "seconds": None if made.seconds is None else round(made.seconds, 1),
        "answer_tokens": made.answer_tokens,
        "model": made.model.name if made.model else None,
        "offer": output_whole.estimate(long.offer) if long and long.offer else None,
    }


def plan_text(made: Planned) -> str:
    """A plan in a few lines."""
    lines, long = [_reason(made)], made.long
    if long is None:
        return made.reason
    lines += [long.note] if long.note else []
    if long.offer:
        lines.append(f"Or: {long.offer.reason}")
    needs, free = long.memory_bytes / _GB, long.free_bytes / _GB
    lines.append(f"Memory: {needs:.1f} GB at most, {free:.1f} GB are free.")
    return "\n".join(lines)


def _reason(made: Planned) -> str:
    """The reason without the note, which may be told with it."""
    note = made.long.note if made.long else ""
    return made.reason.removesuffix(note).rstrip()
