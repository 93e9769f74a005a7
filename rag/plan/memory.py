"""How much memory a model and its contexts take, as llama.cpp lays them out."""

from __future__ import annotations

from collections.abc import Sequence

from rag.plan.asked import Machine
from rag.records import ContextShape, KvType, ModelShape, PrefillCurve

PASSAGES_CONTEXT = ContextShape(n_ctx=4096, n_ubatch=128, flash_attention=True)
"""The context that is always open beside a long one."""

_CACHE_BYTES = {KvType.F16: 2.0, KvType.Q8_0: 34 / 32}  # of a number; q8_0 adds a scale to each 32
_FLOAT = 4
_OUTPUTS = 2  # tokens of a step whose logits are kept
_CELL_BYTES = 140  # for each token of a context: itself, its position, the texts it belongs to
_GRAPH_BYTES = 2 * 2**20  # the description of a step's work
_WORD_BYTES = 330  # of a vocabulary's token: its text and its merge, in tables to find them by
_LIBRARY_BYTES = 11 * 2**20  # llama.cpp's code, and what it needs to start


def context_bytes(model: ModelShape, shape: ContextShape) -> int:
    """What a context takes at most: when its cache is full and it reads one step more."""
    outputs = _OUTPUTS * model.vocabulary * _FLOAT
    computed = int(_compute_bytes(model, shape)) + _GRAPH_BYTES
    return cache_bytes(model, shape) + shape.n_ctx * _CELL_BYTES + outputs + computed


def cache_bytes(model: ModelShape, shape: ContextShape) -> int:
    """What the keys and values of a full context take, in memory as in files."""
    numbers = 2 * model.layers * model.kv_heads * model.head_size * shape.n_ctx
    return int(numbers * _CACHE_BYTES[shape.kv_type])


def _compute_bytes(model: ModelShape, shape: ContextShape) -> float:
    """The room in which a step is computed: what is widest of a layer, for each of its tokens.

    A layer holds its input, the sum so far and the state in work; then either queries, keys and
    values, without flash attention with the scores of every head for every token of the context,
    or the two halves of the feed-forward network and their product. The mask that hides later
    tokens stands beside all layers. What is multiplied with the weights is rounded into a copy.
    """
    attention = (model.heads + 2 * model.kv_heads) * model.head_size
    mask = shape.n_ctx * 2
    copied = model.feed_forward * 1.2
    if not shape.flash_attention:
        attention += model.heads * shape.n_ctx
        mask = shape.n_ctx * _FLOAT
        copied = max(copied, model.heads * shape.n_ctx * 2)
    widest = 3 * model.hidden + max(3 * model.feed_forward, attention)
    step = max(shape.n_ubatch * widest, _OUTPUTS * model.vocabulary) * _FLOAT
    return step + shape.n_ubatch * (mask + copied)


def model_bytes(model: ModelShape) -> int:
    """What a model takes without any context: its weights, all of them in use, and vocabulary."""
    return model.weights_bytes + model.vocabulary * _WORD_BYTES + _LIBRARY_BYTES


def peak_bytes(model: ModelShape, contexts: Sequence[ContextShape], base_bytes: int) -> int:
    """What the program takes at most with these contexts open, `base_bytes` of it without them."""
    return base_bytes + model_bytes(model) + sum(context_bytes(model, one) for one in contexts)


def machine_now(
    model: ModelShape,
    free_bytes: int,
    resident_bytes: int,
    curve: PrefillCurve | None,
    *,
    loaded: bool,
    open_context: ContextShape | None = None,
) -> Machine:
    """The computer as it is, with the program's `resident_bytes` (RSS) in it.

    Of `free_bytes` the weights of a `loaded` model are a part, and so is what an open long context
    takes, which makes room for another.
    """
    opened = context_bytes(model, open_context) if open_context else 0
    own = context_bytes(model, PASSAGES_CONTEXT) + model_bytes(model) if loaded else 0
    base = max(0, resident_bytes - own - opened)
    return Machine(
        free_bytes=free_bytes + opened,
        taken_bytes=base + max(0, own - model.weights_bytes),
        base_bytes=base,
        curve=curve,
        open=open_context,
    )
