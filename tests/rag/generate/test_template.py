"""Prompts from the chat templates that models bring along."""

from __future__ import annotations

import re

import pytest

from rag.generate.template import ChatTemplate, Marker, Part, encode
from rag.protocols import ChatMessage

CHATML = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>' }}"
    "\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
NO_SYSTEM = (
    "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system role') }}"
    "{% endif %}[{{ m.role }}]{{ m.content }}{% endfor %}[model]"
)
SILENT = "{% for m in messages if m.role != 'system' %}[{{ m.role }}]{{ m.content }}{% endfor %}"
TALK = [ChatMessage("system", "Be brief."), ChatMessage("user", "Why?")]
LONGER = [*TALK, ChatMessage("assistant", "So."), ChatMessage("user", "Why {{ x }}?")]


def text(source: str | None, messages: list[ChatMessage]) -> str:
    return "".join(part.text for part in ChatTemplate(source).parts(messages))


def letters(value: str) -> list[int]:
    return [ord(char) for char in value]


def test_the_template_of_the_model_is_rendered_up_to_the_answer():
    assert text(CHATML, TALK).splitlines() == [
        "<|im_start|>system",
        "Be brief.<|im_end|>",
        "<|im_start|>user",
        "Why?<|im_end|>",
        "<|im_start|>assistant",
    ]


def test_contents_are_told_apart_and_never_rendered():
    parts = ChatTemplate(CHATML).parts(LONGER)

    assert [part.text for part in parts if part.is_content] == [
        "Be brief.", "Why?", "So.", "Why {{ x }}?",
    ]  # fmt: skip


@pytest.mark.parametrize("source", [NO_SYSTEM, SILENT])
def test_a_system_message_opens_the_first_question_where_the_template_has_no_place(source: str):
    rendered = text(source, LONGER)

    assert rendered.startswith("[user]Be brief.\n\nWhy?[assistant]So.[user]")
    assert rendered.count("Be brief.") == 1


@pytest.mark.parametrize(
    "source", [None, "", "{% if %}", "{{ raise_exception('never') }}", "{{ 1 / 0 }}"]
)
def test_a_model_without_a_usable_template_is_shown_plain_text(source: str | None):
    assert text(source, LONGER) == "Be brief.\n\nWhy?\n\nAnswer: So.\n\nWhy {{ x }}?\n\nAnswer:"


def test_a_template_cannot_reach_into_python():
    source = "{{ messages.__class__.__mro__ }}{% for m in messages %}{{ m.content }}{% endfor %}"

    assert "class" not in text(source, TALK)


def test_a_marker_is_a_token_in_the_template_and_text_in_a_content():
    parts = [Part("<|user|>", False), Part("say <|user|>", True), Part("<|end|>\n", False)]
    markers = {"<|user|>": Marker(9001), "<|end|>": Marker(9002)}

    tokens = encode(parts, markers, letters)

    assert tokens == [9001, *letters("say <|user|>"), 9002, *letters("\n")]


def test_a_user_defined_token_in_a_content_is_torn_apart():
    def parse(value: str) -> list[int]:  # llama.cpp makes such tokens in plain text, too
        return [
            n
            for part in re.split("(<tool>)", value)
            for n in ([7] if part == "<tool>" else letters(part))
        ]

    parts = [Part("<tool>", False), Part("a<tool>b", True)]

    tokens = encode(parts, {"<tool>": Marker(7)}, parse)

    assert tokens == [7, *letters("a<tool>b")]


def test_text_between_markers_is_tokenised_in_one_piece():
    seen: list[str] = []

    def note(value: str) -> list[int]:
        seen.append(value)
        return []

    encode([Part("<s>user\n", False), Part("Why?", True), Part("\n<e>", False)],
           {"<s>": Marker(1), "<e>": Marker(2)}, note)  # fmt: skip

    assert [text for text in seen if text] == ["user\nWhy?\n"]


def test_white_space_is_not_read_where_a_marker_takes_it():
    markers = {"<a>": Marker(1, strips_after=True), "<b>": Marker(2, strips_before=True)}

    tokens = encode(
        [Part("<a>\n", False), Part("x", True), Part(" <b> y", False)], markers, letters
    )

    assert tokens == [1, ord("x"), 2, *letters(" y")]
