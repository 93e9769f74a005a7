"""What a conversation's earlier turns bring to a question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering.memory import cited_before, remembered, said, scope_test
from rag.answering.question import Question
from rag.records import (
    Answer,
    Citation,
    Coverage,
    Mode,
    Scope,
    Sentence,
    Support,
    Turn,
    Understanding,
)
from tests.rag.desk import NOTICE, Desk, evidence, final, turn


def citation(
    path: Path = Path("lease.txt"), document_id: int = 1, page: int | None = 1
) -> Citation:
    return Citation(1, document_id, path, page, "", 0, 5, "quote", 1.0)


def proven(question: str, *texts: str, cited: Citation | None = None, **fields: object) -> Turn:
    """A turn whose answer is `texts`, all of them supported."""
    sentences = tuple(
        Sentence(text, 0, len(text), Support.SUPPORTED, (cited or citation(),)) for text in texts
    )
    answer = Answer(
        question, Mode.PASSAGES, False, " ".join(texts), sentences, (), Coverage(0, 0, 0, 0)
    )
    return Turn(1, question, Scope(), 0.0, replace(answer, **fields))


def shown(*turns: Turn, n_ctx: int = 8000) -> list[tuple[str, str]]:
    """As a model sees it whose tokens are words; an eighth of `n_ctx` is for memory."""
    return remembered(turns, lambda _: True, n_ctx, lambda text: len(text.split()))


def test_only_what_was_proven_is_remembered():
    first = proven("What is due?", "The rent is due in May.", "It is 90 euros.")
    assert first.answer
    invented = Sentence("Pay the king.", 0, 13, Support.NOT_FOUND)
    partly = Sentence("And more.", 0, 9, Support.PARTLY, (citation(),))
    answer = replace(first.answer, sentences=(*first.answer.sentences, invented, partly))

    assert shown(replace(first, answer=answer)) == [
        ("What is due?", "The rent is due in May. It is 90 euros.")
    ]


def test_a_turn_is_remembered_by_its_question_as_it_was_understood():
    first = proven("And its deposit?", "It is 90.", understood=Understanding("The flat's deposit?"))

    assert shown(first)[0][0] == "The flat's deposit?"


@pytest.mark.parametrize(
    "fields", [{"declined": True}, {"mode": Mode.OWN_KNOWLEDGE}, {"sentences": ()}]
)
def test_what_was_declined_or_of_the_model_s_own_knowledge_is_not_remembered(
    fields: dict[str, object],
):
    assert shown(proven("Why?", "Because.", **fields)) == []
    assert shown(Turn(1, "Why?", Scope(), 0.0, None, "It failed.")) == []


def test_the_oldest_turns_are_cut_to_their_first_sentence_and_then_dropped():
    turns = [proven(f"Q{n}?", f"First {n}.", f"Then much {n} more.") for n in range(3)]

    assert shown(*turns, n_ctx=8 * 21)[0] == ("Q0?", "First 0. Then much 0 more.")
    assert shown(*turns, n_ctx=8 * 20) == [
        ("Q0?", "First 0."),
        ("Q1?", "First 1. Then much 1 more."),
        ("Q2?", "First 2. Then much 2 more."),
    ]
    assert [said for _, said in shown(*turns, n_ctx=8 * 9)] == ["First 0.", "First 1.", "First 2."]
    assert [asked for asked, _ in shown(*turns, n_ctx=8 * 8)] == ["Q1?", "Q2?"]
    assert shown(*turns, n_ctx=8) == []


def test_questions_that_were_declined_still_complete_a_follow_up():
    turns = [
        proven("Who owns the house?", "Mr Miller owns it."),
        proven("What is the deposit?", "Something.", declined=True),
        Turn(3, "Why?", Scope(), 0.0, None, "It failed."),
    ]

    assert said(turns) == (
        ("Who owns the house?", "Mr Miller owns it."),
        ("What is the deposit?", ""),
        ("Why?", ""),
    )


# ---------------------------------------------------------------- in a library


def test_what_was_proven_is_shown_to_the_model_and_what_was_not_is_not(desk: Desk) -> None:
    desk.read()
    before = final(desk.ask(NOTICE))

    desk.ask(replace(NOTICE, text="When do apples ripen?", turns=(of(before),)))

    prompt = desk.model.prompts[-1]
    assert "<assistant>The lease may be ended with three months' notice.<" in prompt
    assert "It costs 90 euros." not in prompt


def of(answer: Answer, scope: Scope = Scope()) -> Turn:
    return Turn(1, answer.question, scope, 0.0, answer)


def test_what_other_files_said_does_not_reach_an_answer_about_these(desk: Desk) -> None:
    desk.read()
    before = of(final(desk.ask(NOTICE)))
    scope = Scope((desk.files / "garden.txt",))
    question = Question("When do apples ripen in September?", scope, turns=(before,))
    desk.options = replace(desk.options, decline=False)

    desk.ask(question)

    assert question.text in desk.model.prompts[-1]
    assert "three months" not in desk.model.prompts[-1]


def test_a_scope_of_pages_leaves_out_what_other_pages_said(desk: Desk) -> None:
    desk.read()
    lease = desk.files / "lease.txt"
    document = desk.catalog.document_of(lease)
    assert document
    is_in_scope = scope_test(desk.catalog, Scope((lease,), pages=((2, 2),)))

    assert is_in_scope(citation(lease, document, 2))
    assert not is_in_scope(citation(lease, document, 1))
    assert not is_in_scope(citation(lease, document + 1, 2))


def test_a_history_that_leaves_no_room_is_cut_from_its_beginning(desk: Desk) -> None:
    desk.read()
    document = desk.catalog.document_of(desk.files / "lease.txt")
    assert document
    long = tuple(
        proven(f"Question {n}?", "word " * 700, cited=citation(document_id=document))
        for n in range(4)
    )

    answer = final(desk.ask(replace(NOTICE, turns=long)))

    assert answer.mode is Mode.PASSAGES
    assert answer.stats is not None
    assert answer.stats.prompt_tokens + desk.options.answer_tokens <= desk.model.n_ctx
    assert "Question 0?" not in desk.model.prompts[-1]


# ---------------------------------------------------------------- evidence of earlier turns


def test_a_follow_up_keeps_the_passages_that_were_cited_before(desk: Desk) -> None:
    for number in range(8):
        (desk.files / f"{number}.txt").write_text(f"A deposit of {number} is due now.", "utf-8")
    desk.read()
    before = of(final(desk.ask(NOTICE)))
    cited = {c.path for s in before.answer.sentences for c in s.citations} if before.answer else ()

    alone = evidence(desk.ask(Question("And what about its deposit?")))
    after = evidence(desk.ask(Question("And what about its deposit?", turns=(before,))))

    assert cited == {desk.files / "lease.txt"}
    assert cited.isdisjoint({hit.path for hit in alone.hits})
    assert cited <= {hit.path for hit in after.hits}
    assert len(after.hits) <= desk.options.passages
    assert [hit.rank for hit in after.hits] == list(range(1, len(after.hits) + 1))
    assert len({hit.chunk_id for hit in after.hits}) == len(after.hits)


def test_a_question_of_its_own_takes_nothing_over(desk: Desk) -> None:
    desk.read()
    before = of(final(desk.ask(NOTICE)))
    other = Question("When do apples ripen in September nights?", turns=(before,))

    found = evidence(desk.ask(other))

    assert found.hits == evidence(desk.ask(replace(other, turns=()))).hits


def test_only_passages_that_still_stand_there_and_in_scope_are_taken_over(desk: Desk) -> None:
    desk.read()
    answer = final(desk.ask(NOTICE))
    cited = [s.citations[0] for s in answer.sentences if s.citations]

    def again(scope: Scope = Scope(), found: tuple[int, ...] = ()) -> list[Path]:
        return [hit.path for hit in cited_before([of(answer)], desk.catalog, scope, found)]

    lease, garden = desk.files / "lease.txt", desk.files / "garden.txt"
    known = tuple(hit.chunk_id for hit in answer.evidence)
    assert cited
    assert again() == [lease]
    assert again(Scope((garden,))) == []
    assert again(found=known) == []
    desk.catalog.forget_files([lease])
    assert again() == []


def test_a_turn_that_cites_nothing_brings_no_passages(desk: Desk) -> None:
    desk.read()

    assert cited_before([turn("Why?", "Because.")], desk.catalog, Scope(), ()) == []
