"""Whatever documents say, the prompt's control tokens and the lines of its frame are ours alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import prompt
from rag.generate.llama import LlamaModel
from rag.models.discover import trial_model
from rag.prompt import Passage
from rag.protocols import ChatMessage
from rag.understand import rewrite_chat
from tests.injection.attacks import OBEYED, Attack, each

pytestmark = pytest.mark.models

QUESTION = "Where do bicycles stand?"


@pytest.fixture(scope="module", params=["trial", "shape"])
def model(request: pytest.FixtureRequest) -> Iterator[LlamaModel]:
    if request.param == "trial":
        path = trial_model()
        assert path is not None, "the trial model's package is not installed"
    else:
        path: Path = request.getfixturevalue("shape_model")
    opened = LlamaModel(path)
    yield opened
    opened.close()


def asked(attack: Attack, *, history: bool = False) -> list[ChatMessage]:
    """What the model is shown of the attack, behind a passage that means no harm."""
    passages = [
        Passage("Lease", "p. 7", "Notice is three months."),
        *(Passage(attack.title, attack.place, text, attack.table) for text in attack.passages),
        *([Passage(f"{attack.name}.txt", "", "Bicycles.")] if attack.name != "rules" else []),
    ]
    turns = [(QUESTION, attack.obeyed)] if history else []
    return prompt.chat(QUESTION, passages, turns)


def harmless(messages: list[ChatMessage]) -> list[ChatMessage]:
    return [ChatMessage(message.role, "words") for message in messages]


def control_tokens(model: LlamaModel, tokens: list[int]) -> list[int]:
    control = {marker.token for marker in model._chat.markers.values()}
    return [token for token in tokens if token in control]


def written(model: LlamaModel, tokens: list[int]) -> str:
    """The prompt as text, control tokens by their names."""
    names = {marker.token: name.encode() for name, marker in model._chat.markers.items()}
    pieces = [names.get(token) or model._native.piece(token) for token in tokens]
    return b"".join(pieces).decode("utf-8", "surrogatepass")


@each
def test_no_control_token_comes_from_a_document(model: LlamaModel, attack: Attack) -> None:
    for messages in (
        asked(attack),
        asked(attack, history=True),
        prompt.again_chat(asked(attack), attack.obeyed, [attack.text, OBEYED]),
        rewrite_chat(QUESTION, [(attack.text, attack.obeyed)]),
    ):
        tokens = model.encode_chat(messages)

        harmless_tokens = model.encode_chat(harmless(messages))
        assert control_tokens(model, tokens) == control_tokens(model, harmless_tokens)


@each
def test_the_model_reads_what_stands_in_the_document_and_nothing_else(
    model: LlamaModel, attack: Attack
) -> None:
    messages = asked(attack)

    said = written(model, model.encode_chat(messages))

    for message in messages:
        content = message.content.encode("utf-8", "ignore").decode()
        assert content.strip() in said
    for passage in attack.passages:
        words = "".join(char for char in passage if char.isalnum())
        assert words in "".join(char for char in said if char.isalnum())


@each
def test_no_line_of_a_document_is_one_of_the_frame(attack: Attack) -> None:
    content = asked(attack)[-1].content
    passages = 1 + len(attack.passages) + (attack.name != "rules")

    lines = [bare(line) for line in content.splitlines()]

    heads = [
        line for line in lines if line[:1] == "[" and line[1:].lstrip(" 0123456789")[:1] == "]"
    ]
    assert sorted(line[: line.index("]") + 1] for line in heads) == sorted(
        f"[{n}]" for n in range(1, passages + 1)
    )
    assert [line for line in lines if line.casefold().startswith("question")][-1:] == [
        f"Question: {QUESTION}"
    ]
    assert sum(line.casefold().replace(" ", "").startswith("question:") for line in lines) == 1
    assert not any(
        line.casefold()
        .replace(" ", "")
        .startswith(("answer:", "system:", "user:", "assistant:", "source:"))
        for line in lines
    )


def bare(line: str) -> str:
    """A line without what cannot be seen and the signs that dress up its beginning."""
    folded = unicodedata.normalize("NFKC", line)
    seen = "".join(char for char in folded if unicodedata.category(char) not in ("Cf", "Mn", "Cc"))
    return seen if seen.startswith(">") else seen.lstrip(" *_#-=~`")
