"""Several prompts answered side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.cancel import CancelToken
from rag.errors import Cancelled, GenerationFailed, QuestionTooLong
from rag.generate import context as contexts
from rag.generate import llama
from rag.generate.context import NativeContext
from rag.generate.llama import LlamaModel
from rag.generate.many import SideBySide, tokens_each
from rag.models.discover import trial_model
from rag.protocols import ChatMessage
from rag.records import ContextShape
from tests import tiny_phi3
from tests.rag.generate.long_texts import THREADS, result_of, text

pytestmark = pytest.mark.models

STORY = "The harbour of Arden was built in 1871 by Mara Lind. It has two piers and a lighthouse. "
QUESTIONS = [
    "Who built the harbour?",
    "In which year was it built?",
    "How many piers has it?",
    "What is the capital of France?",
    "What stands in the harbour?",
]


@pytest.fixture(scope="module")
def trial() -> Iterator[LlamaModel]:
    path = trial_model()
    assert path is not None
    model = LlamaModel(path)
    yield model
    model.close()


def prompts(model: LlamaModel) -> list[list[int]]:
    return [
        model.encode_chat([ChatMessage("system", STORY * 8), ChatMessage("user", question)])
        for question in QUESTIONS
    ]


def needles(model: LlamaModel, count: int) -> list[list[int]]:
    """Prompts of different lengths that are answered by one word each."""
    return [
        model.encode_chat(
            [
                ChatMessage("system", "the same beginning " * 20),
                ChatMessage("user", "x " * (40 * number) + tiny_phi3.needle(0, number % 8)),
            ]
        )
        for number in range(count)
    ]


def test_answers_are_those_of_one_after_the_other(trial: LlamaModel):
    alone = [result_of(trial.generate(prompt, 24, CancelToken())).text for prompt in prompts(trial)]

    together = dict(trial.generate_many(prompts(trial), 24, CancelToken()))

    assert [together[index] for index in range(len(QUESTIONS))] == alone
    assert "Mara Lind" in together[0]


def test_each_prompt_is_answered_once_however_few_places_there_are(
    tiny: LlamaModel, monkeypatch: pytest.MonkeyPatch
):
    expected = {number: tiny_phi3.needle(0, number % 8).strip() for number in range(7)}

    for most in (1, 2, 3, 4):
        monkeypatch.setattr(llama, "MOST_SIDE_BY_SIDE", most)
        answers = list(tiny.generate_many(needles(tiny, 7), 10, CancelToken()))

        assert len(answers) == 7
        assert dict(answers) == expected


def test_without_memory_for_more_it_answers_one_after_the_other(
    tiny: LlamaModel, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(contexts, "free_bytes", lambda _: 0)

    answers = dict(tiny.generate_many(needles(tiny, 3), 10, CancelToken()))

    assert answers == {number: tiny_phi3.needle(0, number).strip() for number in range(3)}


def test_the_common_beginning_is_read_once(tiny: LlamaModel):
    asked = needles(tiny, 4)
    kind = ContextShape(2048, n_ubatch=64, flash_attention=True)
    context = NativeContext(tiny._native, kind, THREADS, texts=4)
    read: list[int] = []
    decode = context.decode_rows
    context.decode_rows = lambda rows: (read.append(len(rows)), decode(rows))[1]  # type: ignore[method-assign]
    side_by_side = SideBySide(tiny._native, context, 4, asked, 1)

    answers: list[tuple[int, str]] = []
    while not side_by_side.is_finished:
        answers += side_by_side.go_on()
    context.close()

    shared = 320  # of 382 tokens, what is whole slices
    assert len(answers) == 4
    assert sum(read) == shared + sum(len(prompt) - shared for prompt in asked)


def test_answers_end_at_their_cap(trial: LlamaModel):
    asked = [
        trial.encode_chat([ChatMessage("user", f"Write a long story about a {animal}.")])
        for animal in ("bear", "fox")
    ]

    answers = dict(trial.generate_many(asked, 6, CancelToken()))

    assert sorted(answers) == [0, 1]
    assert all(0 < trial.count_tokens(answer) <= 6 for answer in answers.values())


def test_nothing_asked_is_nothing_answered(tiny: LlamaModel):
    assert list(tiny.generate_many([], 10, CancelToken())) == []


def test_a_prompt_that_leaves_no_room_is_refused(tiny: LlamaModel):
    with pytest.raises(QuestionTooLong):
        list(tiny.generate_many([[5], [5] * 4096], 10, CancelToken()))


def test_a_question_is_answered_in_between(tiny: LlamaModel):
    run = tiny.generate_many(needles(tiny, 6), 10, CancelToken())
    first = next(run)

    answer = result_of(tiny.generate(needles(tiny, 8)[7], 10, CancelToken()))
    rest = dict([first, *run])

    assert answer.text == tiny_phi3.needle(0, 7).strip()
    assert rest == {number: tiny_phi3.needle(0, number).strip() for number in range(6)}


def test_cancelled_or_closed_it_gives_its_memory_back(tiny: LlamaModel):
    cancel = CancelToken()
    cancelled = tiny.generate_many(needles(tiny, 6), 10, cancel)
    next(cancelled)
    closed = tiny.generate_many(needles(tiny, 6), 10, CancelToken())
    next(closed)

    cancel.cancel()
    with pytest.raises(Cancelled):
        list(cancelled)  # those that are there already, and no more
    closed.close()

    assert tiny._contexts == {tiny._context}


def test_a_model_closed_meanwhile_says_so(tiny: LlamaModel):
    run = tiny.generate_many(needles(tiny, 6), 10, CancelToken())
    next(run)

    tiny.close()

    with pytest.raises(GenerationFailed):
        list(run)


def test_no_text_has_more_room_than_it_needs_nor_than_there_is(tiny: LlamaModel):
    asked = [text(tiny._native, 300), text(tiny._native, 700)]

    assert tokens_each(asked, 100, 4096) == 1024
    assert tokens_each(asked, 68, 4096) == 768
    assert tokens_each(asked, 9000, 4096) == 4096
