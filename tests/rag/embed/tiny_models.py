"""Search models of a few hundred kilobytes with random weights, made in the test."""

from __future__ import annotations

import json
from pathlib import Path

WORDS = [
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "is",
    "it",
    "lease",
    "notice",
    "period",
    "months",
    "three",
    "ends",
    "may",
    "rent",
    "house",
    "garden",
    "oil",
    "filter",
    "hour",
    "query",
    "passage",
    ":",
    ".",
    ",",
    "?",
    "what",
    "how",
    "long",
    "when",
    "who",
    "1",
    "2",
    "3",
    "4",
    "5",
    "##s",
    "##ing",
    "##ed",
]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def tiny_model(
    folder: Path,
    pooling: str = "mean",
    *,
    prompts: dict[str, str] | None = None,
    max_tokens: int = 32,
    dense: int = 0,
) -> Path:
    """A sentence-transformers folder: a small BERT, pooled, with `dense` more dimensions if any."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import (
        Dense,
        Normalize,
        Pooling,
        Transformer,
    )
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    vocabulary = {word: number for number, word in enumerate([*SPECIAL, *WORDS])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        max_position_embeddings=64,
        initializer_range=0.2,  # so that different texts have different vectors
    )
    bare = folder / "bare"
    BertModel(config).save_pretrained(bare)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", mask_token="[MASK]",
    ).save_pretrained(bare)  # fmt: skip
    modules = [Transformer(str(bare), max_seq_length=max_tokens), Pooling(64, pooling)]
    if dense:
        modules.append(Dense(64, dense, activation_function=torch.nn.Identity()))
    made = folder / f"tiny-{pooling}"
    SentenceTransformer(modules=[*modules, Normalize()], device="cpu").save(
        str(made), create_model_card=False
    )
    if prompts:
        path = made / "config_sentence_transformers.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), "prompts": prompts}))
    return made
