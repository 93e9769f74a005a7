"""What the model writes is cited as it ends, and what only the prompt may say ends it."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence

import pytest

from rag.answering.writing import FrameGuard, Prompt, Written, write
from rag.cancel import CancelToken
from rag.events import AnswerEvent, PrefillProgress, SentenceCited, SentenceForeseen, TextStreamed
from rag.outcome import Outcome
from rag.prompt import FRAME, refusal
from rag.protocols import Generated, TextHeld
from rag.records import Sentence, Support
from tests.fakes import FakeModel

HEADS = ("[1] Lease, p. 7", "[2] Rules")


class CountingModel(FakeModel):
    """Tells how many words of its answer were asked for."""

    words = 0

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed, None, Generated]:
        self.words = 0
        yield PrefillProgress(7, len(prompt), 1.0)
        for word in re.findall(r"\S+\s*", self.answer)[:max_tokens]:
            self.words += 1
            yield TextStreamed(word)
        return Generated(self.answer, len(prompt), 7, 0.1, 0.1, self.words, 0.1, ended=True)


def plain(text: str, start: int) -> Sentence:
    return Sentence(text, start, start + len(text), Support.NOT_FOUND)


def written(model: FakeModel) -> tuple[Written, list[AnswerEvent]]:
    run = Outcome(write(model, Prompt(range(20), HEADS), 100, plain, CancelToken()))
    events = list(run)
    return run.result, events


def texts(events: Sequence[AnswerEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextStreamed))


def test_what_is_streamed_is_the_text_and_its_sentences():
    made, events = written(FakeModel("The lease ends. It may be renewed.\n\n- In May\n- In June"))

    assert texts(events) == made.text == "The lease ends. It may be renewed.\n\n- In May\n- In June"
    assert [sentence.text for sentence in made.sentences] == [
        "The lease ends.", "It may be renewed.", "- In May", "- In June",
    ]  # fmt: skip
    assert [e.sentence for e in events if isinstance(e, SentenceCited)] == made.sentences
    assert all(made.text[s.start : s.end] == s.text for s in made.sentences)


@pytest.mark.parametrize(
    "label", ["Question: And now?", "\nquestion: And?", "**Question:** And?", "[2] Rules, again"]
)
def test_the_model_does_not_go_on_to_ask_itself(label: str):
    model = CountingModel(f"The lease ends in May.\n{label} Answer: Never. And so on and on.")

    made, events = written(model)

    assert texts(events) == made.text == "The lease ends in May."
    assert model.words < 10
    assert made.generated is not None
    assert made.generated.prompt_tokens == 20
    assert made.generated.reused_tokens == 7


def test_an_answer_that_begins_with_the_exact_refusal_ends_there():
    model = CountingModel(f"{refusal('de')} Der Preis war aber 90 Euro. Und noch mehr davon.")

    made, _ = written(model)

    assert made.text.strip() == refusal("de")
    assert model.words == len(refusal("de").split())
    assert len(made.sentences) == 1
    assert made.generated is not None


def test_a_refusal_in_the_midst_ends_nothing():
    text = f"The rent is 90 euros. {refusal()} The deposit is 100 euros."

    made, _ = written(FakeModel(text))

    assert made.text == text


def test_a_stopped_answer_keeps_what_was_written_and_tells_no_cost():
    cancel = CancelToken()
    run = Outcome(write(FakeModel("One two three."), Prompt([1]), 100, plain, cancel))
    for event in run:
        if isinstance(event, TextStreamed):
            cancel.cancel()

    assert (run.result.text, run.result.stopped) == ("One ", True)
    assert run.result.stats(0.0) is None


class HoldingModel(FakeModel):
    """Holds back the second sentence until it is whole."""

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed | TextHeld, None, Generated]:
        yield TextStreamed("The lease ends in May.")
        yield TextHeld(" The")
        yield TextHeld(" The lease")
        yield TextStreamed(" The lease goes on.")
        return Generated("", 1, 0, 0.1, 0.1, 1, 0.1, ended=True)


def test_a_sentence_is_cited_while_the_next_one_is_held_back() -> None:
    made, events = written(HoldingModel(""))

    assert [type(event) for event in events if not isinstance(event, SentenceForeseen)] == [
        TextStreamed, SentenceCited, TextStreamed, SentenceCited,
    ]  # fmt: skip
    assert made.text == "The lease ends in May. The lease goes on."
    assert [s.text for s in made.sentences] == ["The lease ends in May.", "The lease goes on."]


# ---------------------------------------------------------------- lines that only the prompt begins


def pieces(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))


@pytest.mark.parametrize("size", [1, 2, 3, 50])
@pytest.mark.parametrize(
    "text",
    [
        "Questions remain.\nThe question: who pays?\n\n* Quite so\n",
        "Question marks are rare. A Question: no.",
        "\n\nQuest",
        "",
        "| a | b |\n| c | d |",
        "[1] Le",
        "[2] says so.\n[12] Rules",
    ],
)
def test_other_lines_are_let_through_as_they_are(text: str, size: int):
    guard = FrameGuard((*FRAME, *HEADS))

    assert "".join(guard.feed(piece) for piece in pieces(text, size)) + guard.finish() == text
    assert not guard.met


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_nothing_of_the_line_and_nothing_after_it_is_let_through(size: int):
    guard = FrameGuard((*FRAME, *HEADS))
    text = "It ends.\n\n  Question: why?\nMore."

    assert "".join(guard.feed(piece) for piece in pieces(text, size)) == "It ends."
    assert guard.met
    assert guard.finish() == ""


@pytest.mark.parametrize("size", [1, 3, 50])
@pytest.mark.parametrize("head", ["[1] A", "[1] A\n", "[1] A, p. 2\nx", "**[1] a** (t)\nx"])
def test_a_title_is_met_as_whole_words_alone(head: str, size: int):
    for text, shown in (
        (f"So.\n{head}", "So."),
        ("So.\n[1] At noon.\n[1] A4 is", "So.\n[1] At noon.\n[1] A4 is"),
    ):
        guard = FrameGuard((*FRAME, "[1] A"))

        told = "".join(guard.feed(piece) for piece in pieces(text, size)) + guard.finish()

        assert (told, guard.met) == (shown, shown != text)


# ---------------------------------------------------------------- ends that are not sure yet


def test_a_sentence_is_proven_while_its_end_is_only_likely() -> None:
    _, events = written(FakeModel("The lease ends in May. It goes ahead."))

    kinds = [type(event) for event in events if not isinstance(event, PrefillProgress)]
    first = kinds.index(SentenceForeseen)
    assert kinds[first - 1 : first + 3] == [
        TextStreamed, SentenceForeseen, TextStreamed, SentenceCited,
    ]  # fmt: skip
    foreseen = [e.sentence for e in events if isinstance(e, SentenceForeseen)]
    assert foreseen == [e.sentence for e in events if isinstance(e, SentenceCited)]


class QuotingModel(FakeModel):
    """Ends a quote in a token of its own."""

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed, None, Generated]:
        yield TextStreamed("He said “wait for Anna.")
        yield TextStreamed("” Then he left.")
        return Generated("", 1, 0, 0.1, 0.1, 1, 0.1, ended=True)


def test_a_sentence_that_goes_on_is_proven_anew() -> None:
    made, events = written(QuotingModel(""))

    foreseen = [e.sentence.text for e in events if isinstance(e, SentenceForeseen)]
    assert foreseen[0] == "He said “wait for Anna."
    assert [s.text for s in made.sentences] == ["He said “wait for Anna.”", "Then he left."]
