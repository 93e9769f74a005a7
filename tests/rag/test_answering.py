"""A question's path: what is found is shown, read, and proves each sentence, or it is declined."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering import Answerer, Question
from rag.cancel import CancelToken
from rag.errors import NoModel, NothingIndexed, NotInLibrary
from rag.events import (
    AnswerEvent,
    AnswerFinished,
    EvidenceFound,
    PlanMade,
    PrefillProgress,
    SentenceCited,
    TextStreamed,
)
from rag.index.catalog import Catalog
from rag.index.exact import ExactIndex
from rag.library import Library
from rag.options import Options
from rag.protocols import Generated, LanguageModel
from rag.records import Answer, Mode, Scope, Support
from rag.searching import KeptNames, Search
from rag.understand import MOST_TOKENS
from tests.fakes import DIMENSION, FakeEmbedder, FakeModel, FakeReader, NoBoxes

LEASE = "The lease may be ended by either party with three months' notice in writing."
FILLER = "Apples ripen in September when the nights turn cold."


class Desk:
    """An answerer over two files, with a model that says what it is told."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "files"
        self.files.mkdir()
        (self.files / "lease.txt").write_text(f"{FILLER}\f{LEASE}", "utf-8")
        (self.files / "garden.txt").write_text(f"{FILLER} Plums follow.", "utf-8")
        self.catalog = Catalog.open(folder / "library")
        self.vectors, self.embedder = ExactIndex(DIMENSION), FakeEmbedder()
        self.model = FakeModel(
            "The lease may be ended with three months' notice. It costs 90 euros."
        )
        self.options = Options()
        self.as_read = True

    def read(self) -> None:
        library = Library(self.catalog, self.vectors, FakeReader(), lambda: self.embedder, 1)
        for _ in library.add([self.files], CancelToken()):
            pass

    def ask(self, question: Question, cancel: CancelToken | None = None) -> list[AnswerEvent]:
        answerer = Answerer(
            Search(self.catalog, self.vectors, self.embedder, KeptNames(self.catalog)),
            lambda: (self.model, "fake", 100.0),
            NoBoxes(),
            lambda _: self.as_read,
            self.options,
        )
        return list(answerer.answer(question, cancel or CancelToken()))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.catalog.close()


def final(events: list[AnswerEvent]) -> Answer:
    last = events[-1]
    assert isinstance(last, AnswerFinished)
    return last.answer


NOTICE = Question("With how many months' notice may the lease be ended by either party?")


def test_the_evidence_shows_before_anything_is_generated(desk: Desk) -> None:
    desk.read()

    kinds = [type(event) for event in desk.ask(NOTICE)]

    assert kinds[:2] == [EvidenceFound, PlanMade]
    assert kinds.index(TextStreamed) > 1
    assert kinds[-1] is AnswerFinished


def test_found_by_words_alone_a_question_is_not_declined(desk: Desk) -> None:
    desk.read()
    desk.vectors = ExactIndex(DIMENSION)  # its search model is gone

    answer = final(desk.ask(NOTICE))

    assert not answer.declined
    assert answer.evidence[0].lexical > 0


def test_each_sentence_is_cited_as_soon_as_it_ends(desk: Desk) -> None:
    desk.read()

    events = desk.ask(NOTICE)

    first = next(n for n, event in enumerate(events) if isinstance(event, SentenceCited))
    assert any(isinstance(event, TextStreamed) for event in events[first:])


def test_a_supported_sentence_is_cited_to_its_words_and_the_other_marked(desk: Desk) -> None:
    desk.read()

    supported, invented = final(desk.ask(NOTICE)).sentences

    citation = supported.citations[0]
    assert supported.support is Support.SUPPORTED
    assert (citation.number, citation.page, citation.place) == (1, 2, "p. 2")
    assert "three months' notice" in citation.quote
    document = desk.catalog.document_text(citation.document_id)
    assert document.text[citation.start : citation.end] == citation.quote
    assert (invented.support, invented.citations) == (Support.NOT_FOUND, ())


def test_sentences_are_the_answer_s_text_between_their_offsets(desk: Desk) -> None:
    desk.read()

    answer = final(desk.ask(NOTICE))

    assert answer.text == desk.model.answer
    assert all(answer.text[s.start : s.end] == s.text for s in answer.sentences)


def test_the_best_passage_stands_last_before_the_question(desk: Desk) -> None:
    desk.read()

    desk.ask(NOTICE)

    prompt = desk.model.prompts[-1]
    assert prompt.rindex("three months'") > prompt.rindex("Plums")
    assert prompt.rindex(NOTICE.text) > prompt.rindex("three months'")


def test_a_question_that_no_file_answers_is_declined_without_the_model(desk: Desk) -> None:
    desk.read()

    answer = final(desk.ask(Question("Who painted the Sistine Chapel's ceiling?")))

    assert (answer.mode, answer.declined, answer.stats) == (Mode.DECLINE, True, None)
    assert answer.evidence
    assert desk.model.prompts == []


def test_with_declining_turned_off_the_model_always_tries(desk: Desk) -> None:
    desk.read()
    desk.options = replace(desk.options, decline=False)

    answer = final(desk.ask(Question("Who painted the Sistine Chapel's ceiling?")))

    assert answer.mode is Mode.PASSAGES
    assert answer.text == desk.model.answer


def test_an_answer_that_states_nothing_counts_as_declined(desk: Desk) -> None:
    desk.read()
    desk.model.answer = "The documents do not say."

    assert final(desk.ask(NOTICE)).declined


def test_plan_only_decides_and_generates_nothing(desk: Desk) -> None:
    desk.read()

    answer = final(desk.ask(replace(NOTICE, plan_only=True)))

    assert (answer.mode, answer.declined, answer.text) == (Mode.PASSAGES, False, "")
    assert desk.model.prompts == []


def test_a_scope_without_the_answer_does_not_see_it(desk: Desk) -> None:
    desk.read()

    answer = final(desk.ask(replace(NOTICE, scope=Scope((desk.files / "garden.txt",)))))

    assert {hit.path.name for hit in answer.evidence} == {"garden.txt"}
    assert answer.coverage.files_in_scope == 1


def test_the_coverage_tells_what_was_looked_at(desk: Desk) -> None:
    desk.read()

    coverage = final(desk.ask(NOTICE)).coverage

    assert coverage.files_in_scope == 2
    assert 1 <= coverage.files <= 2
    assert coverage.passages >= coverage.files


def test_only_passages_that_the_model_read_count_as_read(desk: Desk) -> None:
    for number in range(6):
        text = f"{LEASE} Flat {number} has its own lease. " + f"{FILLER} " * 6
        (desk.files / f"{number}.txt").write_text(text, "utf-8")
    desk.read()
    desk.options = replace(desk.options, first_word_s=2.0)

    events = desk.ask(NOTICE)

    plan = next(event for event in events if isinstance(event, PlanMade))
    assert plan.passages < len(final(events).evidence)
    assert final(events).coverage.passages == plan.passages


def test_a_stopped_answer_keeps_what_was_written(desk: Desk) -> None:
    desk.read()
    cancel = CancelToken()
    events: list[AnswerEvent] = []
    answerer = Answerer(
        Search(desk.catalog, desk.vectors, desk.embedder, KeptNames(desk.catalog)),
        lambda: (desk.model, "fake", 100.0),
        NoBoxes(),
        lambda _: True,
        desk.options,
    )

    for event in answerer.answer(NOTICE, cancel):
        events.append(event)
        if isinstance(event, TextStreamed):
            cancel.cancel()

    answer = final(events)
    assert answer.stopped
    assert answer.text == "The "
    assert [s.text for s in answer.sentences] == ["The"]


def test_own_knowledge_has_no_footnotes_and_no_evidence(desk: Desk) -> None:
    answer = final(desk.ask(replace(NOTICE, own_knowledge=True)))

    assert answer.mode is Mode.OWN_KNOWLEDGE
    assert answer.declined
    assert answer.evidence == ()
    assert not any(sentence.citations for sentence in answer.sentences)


def test_an_earlier_turn_is_shown_to_the_model(desk: Desk) -> None:
    desk.read()

    desk.ask(replace(NOTICE, history=(("Who owns the house?", "Mr Miller owns it."),)))

    assert "Mr Miller owns it." in desk.model.prompts[-1]


def test_a_history_that_leaves_no_room_is_cut_from_its_beginning(desk: Desk) -> None:
    desk.read()
    long = tuple((f"Question {n}?", "word " * 2000) for n in range(4))

    answer = final(desk.ask(replace(NOTICE, history=long)))

    assert answer.mode is Mode.PASSAGES
    assert answer.stats is not None
    assert answer.stats.prompt_tokens + desk.options.answer_tokens <= desk.model.n_ctx
    assert "Question 0?" not in desk.model.prompts[-1]


def test_an_empty_library_and_an_unknown_scope_are_told(desk: Desk) -> None:
    with pytest.raises(NothingIndexed):
        desk.ask(NOTICE)
    desk.read()
    with pytest.raises(NotInLibrary):
        desk.ask(replace(NOTICE, scope=Scope((desk.files / "gone",))))


# ---------------------------------------------------------------- how a question is read


def evidence(events: list[AnswerEvent]) -> EvidenceFound:
    return next(event for event in events if isinstance(event, EvidenceFound))


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
    history=(("What are the rules of the house?", "There are several."),),
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


def test_a_question_complete_in_itself_is_not_given_to_the_model_to_complete(desk: Desk) -> None:
    desk.model = model = CompletingModel("Something else?", desk.model.answer)
    desk.read()

    desk.ask(replace(NOTICE, history=FOLLOW_UP.history))

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


# ---------------------------------------------------------------- what passages stand in


def told(number: int) -> str:
    return f"Paragraph {number} is here. " + f"{FILLER} " * 14


STATUTE = Question("How many goats may graze on the common by night?")


def write_statute(desk: Desk) -> None:
    goats = "By night seven goats may graze on the common. " + "Nobody may graze more. " * 30
    paragraphs = [*(told(n) for n in range(4)), goats, *(told(n) for n in range(4, 8))]
    (desk.files / "statute.txt").write_text("\n\n".join(paragraphs), "utf-8")
    desk.options = replace(desk.options, passages=2)


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
    desk.options = replace(desk.options, passages=6, decline=False)
    desk.read()

    def hits_read() -> set[int]:
        events = list(asked_with(desk, STATUTE, lambda: (desk.model, "fake", speed)))
        return {
            hit.rank for hit in evidence(events).hits if hit.text.strip() in desk.model.prompts[-1]
        }

    wide = hits_read()
    monkeypatch.setattr("rag.answering.widen", lambda passages, *_: list(passages))
    alone = hits_read()

    assert alone
    assert alone <= wide
