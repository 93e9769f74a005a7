"""Cross-encoders of some thousand weights, made where they are needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import BertForSequenceClassification, BertTokenizerFast

TOPICS = ("lease", "salary", "garden", "engine", "pension", "weather", "harbour", "window")
WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "what", "of", "the", "is", "told", *TOPICS)
STEPS, LEARNT = 400, 0.02  # about 130 steps are needed


def question(topic: str) -> str:
    return f"what of the {topic}"


def passage(topic: str) -> str:
    return f"the {topic} is told"


def tokenizer() -> BertTokenizerFast:
    from transformers import BertTokenizerFast

    return BertTokenizerFast({word: n for n, word in enumerate(WORDS)}, model_max_length=64)


def bert(labels: int = 1) -> BertForSequenceClassification:
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        num_labels=labels,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return BertForSequenceClassification(config)


def train(folder: Path) -> None:
    """Save a model that learnt to prefer passages with the question's topic."""
    import torch

    words, model = tokenizer(), bert()
    pairs = [(asked, told) for asked in TOPICS for told in TOPICS]
    batch = words(
        [question(asked) for asked, _ in pairs],
        [passage(told) for _, told in pairs],
        padding=True,
        return_tensors="pt",
    )
    wanted = torch.tensor([[float(asked == told)] for asked, told in pairs])
    loss = torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor(float(len(TOPICS))))
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3)
    for _ in range(STEPS):
        optimiser.zero_grad()
        left = loss(model(**batch).logits, wanted)
        left.backward()
        optimiser.step()
        if left.item() < LEARNT:
            break
    save(folder, model)


def save(folder: Path, model: BertForSequenceClassification) -> None:
    """Write `model` in the form in which most cross-encoders are published."""
    model.save_pretrained(folder)
    tokenizer().save_pretrained(folder)
