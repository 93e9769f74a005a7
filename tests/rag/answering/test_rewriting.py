"""An answer is written again without what nothing bears out, where the user wants that."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.errors import GenerationFailed
from rag.events import AnswerEvent, PrefillProgress, RewriteStarted, SentenceCited, TextStreamed
from rag.protocols import Generated
from rag.records import Mode, Support
from tests.fakes import FakeModel
from tests.rag.desk import FILLER, LEASE, NOTICE, Desk, final

INVENTED = "The castle was sold to a circus in 1931."


class TwiceModel(FakeModel):
    """Says `answer` first, and `again` where it is to write it again."""

    def __init__(self, answer: str, again: str) -> None:
        super().__init__(answer)
        self.again = again

    def generate(
        self, prompt: Sequence[int], max_tokens: int, cancel: CancelToken
    ) -> Generator[PrefillProgress | TextStreamed, None, Generated]:
        said = self.again if "Write your answer again" in self.prompts[-1] else self.answer
        if said == "BROKEN":
            raise GenerationFailed("it broke")
        return (yield from FakeModel(said).generate(prompt, max_tokens, cancel))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.read()
    desk.options = replace(desk.options, only_supported=True)
    yield desk
    desk.catalog.close()


def shown(events: Sequence[AnswerEvent]) -> str:
    """What stands on the screen in the end."""
    text = ""
    for event in events:
        if isinstance(event, RewriteStarted):
            text = ""
        elif isinstance(event, TextStreamed):
            text += event.text
    return text


def test_the_model_writes_it_again_and_the_first_text_is_kept(desk: Desk) -> None:
    desk.model = TwiceModel(f"{INVENTED} {LEASE}", LEASE)

    events = desk.ask(NOTICE)

    answer = final(events)
    assert (answer.text, answer.draft) == (LEASE, f"{INVENTED} {LEASE}")
    assert shown(events) == answer.text
    assert [s.support for s in answer.sentences] == [Support.SUPPORTED]
    assert answer.sentences[0].citations[0].number == 1
    again = desk.model.prompts[-1]
    assert again.index(desk.model.prompts[-2].split("<user>")[1][:200]) < again.index(INVENTED)
    assert f"\n- {INVENTED}\n" in again
    begun = next(n for n, event in enumerate(events) if isinstance(event, RewriteStarted))
    assert any(isinstance(event, SentenceCited) for event in events[begun:])


@pytest.mark.parametrize(
    "again",
    [
        "",
        INVENTED,
        f"{LEASE} {INVENTED}",
        "The passages do not answer this question.",
        f"{LEASE} {FILLER} Plums follow. {FILLER[:-1]} and so on. " * 2,
        "BROKEN",
    ],
)
def test_where_the_model_fails_its_proven_sentences_stay_as_they_were(
    desk: Desk, again: str
) -> None:
    desk.model = TwiceModel(f"{INVENTED} {LEASE}", again)

    events = desk.ask(NOTICE)

    answer = final(events)
    assert answer.text == shown(events) == LEASE
    assert [s.text for s in answer.sentences] == [LEASE]
    assert answer.sentences[0].citations[0].number == 1
    assert [e.reason for e in events if isinstance(e, RewriteStarted)][-1].endswith("left out.")
    assert (answer.draft, answer.declined) == (f"{INVENTED} {LEASE}", False)


def test_what_only_led_up_to_what_was_left_out_goes_too_and_lines_stay_lines(desk: Desk) -> None:
    draft = (
        f"Here is the rule:\n\n- {LEASE}\n- {INVENTED}\n\nSome more details:\n- {INVENTED[:-1]}!"
    )
    desk.model = TwiceModel(draft, "")

    answer = final(desk.ask(NOTICE))

    assert answer.text == f"Here is the rule:\n\n- {LEASE}"
    assert all(answer.text[s.start : s.end] == s.text for s in answer.sentences)


def test_an_answer_of_which_nothing_is_borne_out_is_declined(desk: Desk) -> None:
    desk.model = TwiceModel(INVENTED, LEASE)

    events = desk.ask(NOTICE)

    answer = final(events)
    assert (answer.text, answer.draft, shown(events)) == ("", INVENTED, "")
    assert (answer.mode, answer.declined) == (Mode.DECLINE, True)
    assert len(desk.model.prompts) == len(set(desk.model.prompts))


def test_an_answer_that_stands_is_not_written_again(desk: Desk) -> None:
    desk.model = TwiceModel(LEASE, INVENTED)

    events = desk.ask(NOTICE)

    assert (final(events).text, final(events).draft) == (LEASE, "")
    assert not any(isinstance(event, RewriteStarted) for event in events)


def test_it_is_not_done_unless_it_is_wanted(desk: Desk) -> None:
    desk.options = replace(desk.options, only_supported=False)
    desk.model = TwiceModel(f"{INVENTED} {LEASE}", LEASE)

    assert final(desk.ask(NOTICE)).text == f"{INVENTED} {LEASE}"


def test_without_room_for_it_the_sentences_are_left_out(desk: Desk) -> None:
    desk.model = TwiceModel(f"{INVENTED} {LEASE}", LEASE)
    desk.model.n_ctx = 900

    events = desk.ask(NOTICE)

    assert final(events).text == LEASE
    assert not any("Write your answer again" in p for p in desk.model.prompts[:-1])
    assert len([e for e in events if isinstance(e, RewriteStarted)]) == 1


def test_who_stops_the_rewriting_keeps_what_was_proven(desk: Desk) -> None:
    desk.model = TwiceModel(f"{INVENTED} {LEASE}", LEASE)
    cancel = CancelToken()
    events: list[AnswerEvent] = []
    for event in desk.answerer().answer(NOTICE, cancel):
        events.append(event)
        if isinstance(event, RewriteStarted):
            cancel.cancel()

    assert final(events).text == LEASE
