"""Turns a conversation into a prompt's tokens with the chat template that a model brings along."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rag.protocols import ChatMessage

PLAIN_TEMPLATE = (
    "{% for message in messages %}{% if message.role == 'assistant' %}Answer: {% endif %}"
    "{{ message.content }}\n\n{% endfor %}Answer:"
)
"""For models that bring none, or one that cannot be rendered."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the rendered prompt: a message's words, or the template's text around them."""

    text: str
    is_content: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """A control or user-defined token of a vocabulary, which stands for itself in a template."""

    token: int
    strips_before: bool = False  # white space before it is not read
    strips_after: bool = False


_TEMPLATE_ERRORS = (  # a template is a program by a stranger
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class _RefusedError(Exception):
    """The template does not show all messages, or says that it cannot."""


class ChatTemplate:
    """A Jinja chat template, run in a sandbox and never shown the messages' contents."""

    def __init__(self, source: str | None, bos: str = "", eos: str = "") -> None:
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        environment.globals.update(  # pyright: ignore[reportUnknownMemberType]
            raise_exception=_refuse, strftime_now=_strftime_now, bos_token=bos, eos_token=eos
        )
        self._plain = environment.from_string(PLAIN_TEMPLATE)
        try:
            self._template = environment.from_string(source or PLAIN_TEMPLATE)
        except jinja2.TemplateError:
            self._template = self._plain

    def parts(self, messages: Sequence[ChatMessage]) -> list[Part]:
        """The prompt up to where the answer begins.

        Where the template has no place for a system message, it opens the first user message.
        """
        shown = [(message.role, [message.content]) for message in messages]
        for template, conversation in (
            (self._template, shown),
            (self._template, _without_system(shown)),
            (self._plain, shown),
        ):
            try:
                return _render(template, conversation)
            except (_RefusedError, *_TEMPLATE_ERRORS):
                continue
        raise AssertionError("the plain template shows every conversation")


def encode(
    parts: Sequence[Part], markers: Mapping[str, Marker], tokenize: Callable[[str], list[int]]
) -> list[int]:
    """The tokens of `parts`, equal to those of the joined text where no content names a marker.

    A marker is recognised in the template's own text alone. `tokenize` must treat control tokens
    as plain text; user-defined ones, which it does not, are torn apart where a content names one.
    """
    names = sorted((re.escape(name) for name in markers), key=len, reverse=True)
    pattern = re.compile("|".join(names) or r"(?!)")
    tokens: list[int] = []
    run = ""  # text to be tokenised together
    strip_next = False
    for part in parts:
        position = 0
        for match in pattern.finditer(part.text):
            if part.is_content:
                tear = match.start() + 1
                run += part.text[position:tear]
                tokens += tokenize(run.lstrip() if strip_next else run)
                run, strip_next, position = "", False, tear
                continue
            marker = markers[match.group()]
            run += part.text[position : match.start()]
            run = run.lstrip() if strip_next else run
            tokens += tokenize(run.rstrip() if marker.strips_before else run)
            tokens.append(marker.token)
            run, strip_next, position = "", marker.strips_after, match.end()
        run += part.text[position:]
    return tokens + tokenize(run.lstrip() if strip_next else run)


def _render(
    template: jinja2.Template, conversation: Sequence[tuple[str, Sequence[str]]]
) -> list[Part]:
    contents = [text for _, texts in conversation for text in texts]
    places = [f"\ue000{number}\ue001" for number in range(len(contents))]  # private-use characters
    free = iter(places)
    messages = [
        {"role": role, "content": "\n\n".join(next(free) for _ in texts)}
        for role, texts in conversation
    ]
    text = template.render(messages=messages, add_generation_prompt=True, enable_thinking=False)
    starts = [text.find(place) for place in places]
    if -1 in starts or any(second < first for first, second in pairwise(starts)):
        raise _RefusedError
    parts: list[Part] = []
    end = 0
    for place, start, content in zip(places, starts, contents, strict=True):
        parts += [Part(text[end:start], is_content=False), Part(content, is_content=True)]
        end = start + len(place)
    return [*parts, Part(text[end:], is_content=False)]


def _without_system(
    conversation: Sequence[tuple[str, Sequence[str]]],
) -> list[tuple[str, Sequence[str]]]:
    system = [text for role, texts in conversation if role == "system" for text in texts]
    folded: list[tuple[str, Sequence[str]]] = []
    for role, texts in conversation:
        if role == "user" and system:
            folded.append((role, [*system, *texts]))
            system = []
        elif role != "system":
            folded.append((role, texts))
    return folded


def _refuse(reason: str) -> str:
    raise _RefusedError(reason)


def _strftime_now(pattern: str) -> str:
    return datetime.now().astimezone().strftime(pattern)
