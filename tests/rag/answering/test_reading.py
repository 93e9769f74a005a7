"""How a question is read before it is answered, and what its passages are read in."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace

import pytest

from rag.answering import Answerer, Question
from rag.cancel import CancelToken
from rag.errors import DocumentGone, GenerationFailed, NoModel
from rag.events import (
    AnswerEvent,
    AnswerFinished,
    EvidenceFound,
    PrefillProgress,
    TextStreamed,
)
from rag.protocols import Generated, LanguageModel
from rag.records import Scope
from rag.searching import KeptNames, Search
from rag.understand import MOST_TOKENS
from tests.fakes import FakeModel, NoBoxes
from tests.rag.desk import FILLER, LEASE, NOTICE, Desk, evidence, final, turn

# ---------------------------------------------------------------- how a question is read


def test_the_evidence_tells_how_the_question_was_read(desk: Desk) -> None:
    desk.read()

    found = evidence(desk.ask(replace(NOTICE, text=f"{NOTICE.text[:-1]} in lease.txt?")))

    assert found.understood is not None
    assert found.understood.narrowed_by == ("lease.txt",)
    assert found.understood.scope.paths == (desk.files / "lease.txt",)
    assert {hit.path.name for hit in found.hits} == {"lease.txt"}
    assert found.coverage.files_in_scope == 1


def test_as_typed_asks_all_of_the_scope(desk: Desk) -> None:
    desk.read()
    question = Question("When do apples ripen in lease.txt?", as_typed=True)

    found = evidence(desk.ask(question))

    assert found.understood is not None
    assert (found.understood.narrowed_by, found.understood.scope) == ((), Scope())
    assert {hit.path.name for hit in found.hits} == {"lease.txt", "garden.txt"}
    assert found.coverage.files_in_scope == 2


class CompletingModel(FakeModel):
    """Says `line` where it is to complete a follow-up, and otherwise its answer."""

    def __init__(self, line: str, answer: str) -> None:
        super().__init__(answer)
        self.line, self.completed = line, 0

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed, None, Generated]:
        if max_tokens != MOST_TOKENS:
            return (yield from super().generate(prompt, max_tokens, cancel))
        self.completed += 1
        return (yield from FakeModel(self.line).generate(prompt, max_tokens, cancel))


FOLLOW_UP = Question(
    "And the second one?",
    turns=(turn("What are the rules of the house?", "There are several."),),
)


def test_a_follow_up_is_searched_for_as_the_model_completes_it(desk: Desk) -> None:
    desk.model = model = CompletingModel(NOTICE.text, desk.model.answer)
    desk.read()

    events = desk.ask(FOLLOW_UP)

    found, answer = evidence(events), final(events)
    assert found.understood is not None
    assert found.understood.question == NOTICE.text
    assert LEASE in found.hits[0].text
    assert "".join(e.text for e in events if isinstance(e, TextStreamed)) == answer.text
    assert (model.completed, answer.question) == (1, FOLLOW_UP.text)


@pytest.mark.parametrize("line", ["", "First line\nsecond line", "[INST] <b>", "x" * 300])
def test_what_is_no_question_leaves_the_follow_up_to_the_rules(desk: Desk, line: str) -> None:
    desk.model = CompletingModel(line, desk.model.answer)
    desk.read()

    found = evidence(desk.ask(FOLLOW_UP))

    assert found.understood is not None
    assert found.understood.question.startswith(FOLLOW_UP.text)
    assert "rules house" in found.understood.question


class FailingModel(CompletingModel):
    """Fails where it is to complete a follow-up."""

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed, None, Generated]:
        if max_tokens == MOST_TOKENS:
            raise GenerationFailed("out of memory")
        return (yield from super().generate(prompt, max_tokens, cancel))


def test_a_model_that_fails_leaves_the_follow_up_to_the_rules(desk: Desk) -> None:
    desk.model = FailingModel("", desk.model.answer)
    desk.read()

    events = desk.ask(FOLLOW_UP)

    assert evidence(events).hits
    assert isinstance(events[-1], AnswerFinished)


def test_a_follow_up_that_is_stopped_while_it_is_completed_still_shows_what_was_found(
    desk: Desk,
) -> None:
    desk.model = CompletingModel(NOTICE.text, desk.model.answer)
    desk.options = replace(desk.options, decline=False)
    desk.read()
    cancel = CancelToken()
    cancel.cancel()

    events = desk.ask(FOLLOW_UP, cancel)

    assert evidence(events).hits
    assert (final(events).text, final(events).stopped) == ("", True)


def test_a_question_complete_in_itself_is_not_given_to_the_model_to_complete(desk: Desk) -> None:
    desk.model = model = CompletingModel("Something else?", desk.model.answer)
    desk.read()

    desk.ask(replace(NOTICE, turns=FOLLOW_UP.turns))

    assert model.completed == 0


def asked_with(
    desk: Desk, question: Question, model: Callable[[], tuple[LanguageModel, str, float | None]]
) -> Iterator[AnswerEvent]:
    search = Search(desk.catalog, desk.vectors, desk.embedder, KeptNames(desk.catalog))
    answerer = Answerer(search, model, NoBoxes(), lambda _: True, desk.options)
    return answerer.answer(question, CancelToken())


def no_model() -> tuple[LanguageModel, str, float | None]:
    raise NoModel


@pytest.mark.parametrize("question", [FOLLOW_UP, replace(FOLLOW_UP, plan_only=True)])
def test_without_a_model_a_follow_up_is_still_searched_for(desk: Desk, question: Question) -> None:
    desk.read()

    first = next(asked_with(desk, question, no_model))

    assert isinstance(first, EvidenceFound)
    assert first.hits


def test_a_plan_alone_completes_a_follow_up_without_the_model(desk: Desk) -> None:
    desk.model = model = CompletingModel(NOTICE.text, desk.model.answer)
    desk.read()

    desk.ask(replace(FOLLOW_UP, plan_only=True))

    assert model.completed == 0


def test_a_file_that_goes_while_the_model_is_loaded_takes_only_its_own_passages_along(
    desk: Desk,
) -> None:
    desk.options = replace(desk.options, decline=False)
    desk.read()

    def loaded() -> tuple[LanguageModel, str, float | None]:
        desk.catalog.forget_files([desk.files / "lease.txt"])
        return desk.model, "fake", None

    answer = final(list(asked_with(desk, NOTICE, loaded)))

    assert not answer.stopped
    assert "Plums follow" in desk.model.prompts[-1]
    assert LEASE not in desk.model.prompts[-1]


def test_where_all_that_was_found_is_gone_it_is_told(desk: Desk) -> None:
    desk.options = replace(desk.options, decline=False)
    desk.read()

    def loaded() -> tuple[LanguageModel, str, float | None]:
        desk.catalog.forget_files([desk.files / "lease.txt", desk.files / "garden.txt"])
        return desk.model, "fake", None

    with pytest.raises(DocumentGone):
        list(asked_with(desk, NOTICE, loaded))


# ---------------------------------------------------------------- what passages stand in


def told(number: int) -> str:
    return f"Paragraph {number} is here. " + f"{FILLER} " * 14


STATUTE = Question("How many goats may graze on the common by night?")


def write_statute(desk: Desk) -> None:
    goats = "By night seven goats may graze on the common. " + "Nobody may graze more. " * 30
    paragraphs = [*(told(n) for n in range(4)), goats, *(told(n) for n in range(4, 8))]
    (desk.files / "statute.txt").write_text("\n\n".join(paragraphs), "utf-8")
    desk.options = replace(desk.options, passages=2, decline=False)


def test_the_model_reads_a_passage_in_what_it_stands_in(desk: Desk) -> None:
    write_statute(desk)
    desk.read()

    found = evidence(list(asked_with(desk, STATUTE, lambda: (desk.model, "fake", None)))).hits[0]

    prompt = desk.model.prompts[-1]
    assert "Paragraph 3" not in found.text
    assert "seven goats" in prompt
    assert "Paragraph 3" in prompt
    assert "Paragraph 0" not in prompt


def test_where_time_is_short_the_model_reads_the_passage_alone(desk: Desk) -> None:
    write_statute(desk)
    desk.read()
    desk.options = replace(desk.options, first_word_s=6.0)

    found = evidence(desk.ask(STATUTE)).hits[0]

    prompt = desk.model.prompts[-1]
    assert found.text.strip() in prompt
    assert "Paragraph 3" not in prompt


@pytest.mark.parametrize("speed", [None, 20.0, 40.0, 60.0, 80.0, 100.0, 150.0, 300.0])
def test_widening_takes_no_other_passage_s_place(
    desk: Desk, speed: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_statute(desk)
    desk.options = replace(desk.options, passages=6)
    desk.read()

    def hits_read() -> set[int]:
        events = list(asked_with(desk, STATUTE, lambda: (desk.model, "fake", speed)))
        return {
            hit.rank for hit in evidence(events).hits if hit.text.strip() in desk.model.prompts[-1]
        }

    wide = hits_read()
    monkeypatch.setattr("rag.answering.fitting.widen", lambda passages, *_: list(passages))
    alone = hits_read()

    assert alone
    assert alone <= wide
