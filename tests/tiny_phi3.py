"""Writes a phi3 model small enough to read 131,072 tokens in a test, and made to find needles.

It has Phi-4-mini's architecture: position factors for short and for long contexts, a part of each
head that knows no positions, shared keys and values, its chat template. A byte is a token, so a
text has about as many tokens as letters. Its weights are seeded noise, but for one head: the last
token looks for a *needle*, a word that the model says when it stands anywhere before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

CONTEXT, ORIGINAL_CONTEXT = 131_072, 4096
HIDDEN, HEADS, HEAD_SIZE, FEED_FORWARD = 64, 2, 32, 64
ROTATED = 16  # of a head's numbers: those that know positions
KEYS, VALUES = 16, 8
CONTROL = (
    "<|endoftext|>", "<|assistant|>", "<|end|>", "<|user|>", "<|system|>", "<|tool|>", "<|/tool|>",
)  # fmt: skip
TEMPLATE = (
    "{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>'"
    " }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% else %}{{ eos_token }}"
    "{% endif %}"
)
# What a token's state says, in numbers of the state: noise, the needle that it is, the one wanted.
_NOISE = slice(0, HIDDEN - 2 * KEYS - VALUES)
_KEY = slice(_NOISE.stop, _NOISE.stop + KEYS)
_VALUE = slice(_KEY.stop, _KEY.stop + VALUES)
_WANTED = slice(_VALUE.stop, HIDDEN)
_MATCH = 30.0  # how far a needle stands out: e to the 30 against 131,072 other tokens

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens: bytes, beginnings of the words below, and control tokens."""

    tokens: tuple[str, ...]  # as byte-pair vocabularies write them
    merges: tuple[str, ...]

    def id(self, text: str) -> int:
        """The token of a word with a blank before it, or of a control token."""
        return self.tokens.index(text.replace(" ", "Ġ"))


def needle(key: int, value: int) -> str:
    """The word that is found by its `key`, 0 to 15, and said with its `value`, 0 to 7."""
    return f" q{'bdfghjklmnprstvz'[key]}{'aeiouwxy'[value]}q"


def question(key: int) -> str:
    """The word after which the model says the needle of `key`; a prompt's end is that of key 0."""
    return f" w{'bdfghjklmnprstvz'[key]}q"


def vocabulary() -> Vocabulary:
    """Every token of the model, in the order of their ids."""
    words = [needle(key, value) for key in range(KEYS) for value in range(VALUES)]
    words += [question(key) for key in range(KEYS)]
    tokens, merges = list(_byte_letters()), dict[str, None]()
    for word in words:
        written = word.replace(" ", "Ġ")
        merges.update((f"{written[:end]} {written[end]}", None) for end in range(1, len(written)))
    tokens += [merge.replace(" ", "") for merge in merges]
    return Vocabulary((*tokens, *CONTROL), tuple(merges))


def write(path: Path, *, layers: int = 1, seed: int = 0) -> Path:
    """Write the model to `path`, some 400 KB, always the same for the same `seed`."""
    words = vocabulary()
    writer = gguf.GGUFWriter(path, "phi3")
    # A name with "phi3" in it would have llama.cpp look for tokens of the first Phi-3.
    writer.add_name(f"Tiny model, {layers} layers")
    writer.add_context_length(CONTEXT)
    writer.add_rope_scaling_orig_ctx_len(ORIGINAL_CONTEXT)
    writer.add_embedding_length(HIDDEN)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_block_count(layers)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(ROTATED)
    writer.add_rope_freq_base(10000.0)
    writer.add_sliding_window(2 * CONTEXT)
    growth = math.log(CONTEXT / ORIGINAL_CONTEXT) / math.log(ORIGINAL_CONTEXT)
    writer.add_rope_scaling_attn_factors(math.sqrt(1 + growth))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    _add_vocabulary(writer, words)
    for name, tensor in _tensors(words, layers, np.random.default_rng(seed)).items():
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _add_vocabulary(writer: gguf.GGUFWriter, words: Vocabulary) -> None:
    plain = len(words.tokens) - len(CONTROL)
    types = [gguf.TokenType.NORMAL] * plain + [gguf.TokenType.CONTROL] * len(CONTROL)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-4o")
    writer.add_token_list(words.tokens)
    writer.add_token_types(types)
    writer.add_token_merges(words.merges)
    writer.add_bos_token_id(words.id("<|endoftext|>"))
    writer.add_eos_token_id(words.id("<|end|>"))
    writer.add_pad_token_id(words.id("<|endoftext|>"))
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)


def _tensors(words: Vocabulary, layers: int, rng: np.random.Generator) -> dict[str, Matrix]:
    embedding, output = _embedding(words, rng)
    ones = np.ones(HIDDEN, np.float32)
    tensors = {
        "token_embd.weight": embedding,
        "output.weight": output,
        "output_norm.weight": ones,
        "rope_factors_long.weight": np.geomspace(1, 48, ROTATED // 2).astype(np.float32),
        "rope_factors_short.weight": np.ones(ROTATED // 2, np.float32),
    }
    for layer in range(layers):
        queries_keys_values, attention_output = _attention(rng)
        tensors |= {
            f"blk.{layer}.attn_norm.weight": ones,
            f"blk.{layer}.attn_qkv.weight": queries_keys_values,
            f"blk.{layer}.attn_output.weight": attention_output,
            f"blk.{layer}.ffn_norm.weight": ones,
            f"blk.{layer}.ffn_up.weight": _noise(rng, 2 * FEED_FORWARD, HIDDEN) * 0.05,
            f"blk.{layer}.ffn_down.weight": _noise(rng, HIDDEN, FEED_FORWARD) * 0.05,
        }
    return tensors


def _embedding(words: Vocabulary, rng: np.random.Generator) -> tuple[Matrix, Matrix]:
    """What a token brings along, and what a state must say for it to be the next one."""
    embedding = np.zeros((len(words.tokens), HIDDEN), np.float32)
    embedding[:, _NOISE] = _noise(rng, len(embedding), _NOISE.stop)
    output = np.zeros_like(embedding)
    output[:, _NOISE] = _noise(rng, len(output), _NOISE.stop) * 0.1
    for key in range(KEYS):
        embedding[words.id(question(key)), _WANTED.start + key] = 4.0
        for value in range(VALUES):
            token = words.id(needle(key, value))
            for number in (_KEY.start + key, _VALUE.start + value):
                embedding[token, number] = output[token, number] = 4.0
    # After a needle, which wants none, the model says no more.
    output[words.id("<|end|>"), _KEY.start : _VALUE.stop] = 4.4
    output[words.id("<|end|>"), _WANTED] = -10.0
    embedding[words.id("<|assistant|>"), _WANTED.start] = 4.0
    return embedding / np.sqrt(np.mean(embedding**2, axis=1, keepdims=True)), output


def _attention(rng: np.random.Generator) -> tuple[Matrix, Matrix]:
    """A head that finds needles whatever their position, and one of noise that knows positions."""
    finder, other = np.zeros((2, HEAD_SIZE, HIDDEN), np.float32)
    keys, values = np.zeros((2, HEAD_SIZE, HIDDEN), np.float32)
    strength = math.sqrt(_MATCH * math.sqrt(HEAD_SIZE)) / 2.5
    finder[ROTATED:, _WANTED] = keys[ROTATED:, _KEY] = np.eye(KEYS) * strength
    other[:ROTATED, _NOISE] = _noise(rng, ROTATED, _NOISE.stop)
    keys[:ROTATED, _NOISE] = _noise(rng, ROTATED, _NOISE.stop)
    said = slice(HEAD_SIZE - KEYS - VALUES, HEAD_SIZE)
    values[said, slice(_KEY.start, _VALUE.stop)] = np.eye(KEYS + VALUES)
    values[: said.start, _NOISE] = _noise(rng, said.start, _NOISE.stop)
    output = np.zeros((HIDDEN, HEADS * HEAD_SIZE), np.float32)
    output[_KEY.start : _VALUE.stop, said] = np.eye(KEYS + VALUES) * 4.0
    output[_NOISE, HEAD_SIZE : HEAD_SIZE + said.start] = _noise(rng, _NOISE.stop, said.start) * 4.0
    return np.concatenate([finder, other, keys, values]), output


def _noise(rng: np.random.Generator, rows: int, columns: int) -> Matrix:
    return (rng.standard_normal((rows, columns)) / math.sqrt(columns)).astype(np.float32)


def _byte_letters() -> list[str]:
    """The letter that stands for each byte in byte-pair vocabularies."""
    shown = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    return [chr(byte if byte in shown else next(others)) for byte in range(256)]
