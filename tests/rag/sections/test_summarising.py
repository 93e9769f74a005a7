"""A long text becomes a page, section by section, and nothing is read twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.cancel import CancelToken
from rag.events import SectionsProgress
from rag.records import DocumentInfo, DocumentText, Page
from rag.sections import KeptSections
from tests.rag.sections.bench import Bench, everything_is_borne_out
from tests.rag.sections.writers import (
    ManyWriter,
    Writer,
    book,
    copied,
    fact,
    nonsense,
    paraphrased,
)

BOOK = book(24)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptSections]:
    kept = KeptSections.open(tmp_path)
    yield kept
    kept.close()


@pytest.mark.parametrize("writer", [Writer, ManyWriter])
@pytest.mark.parametrize("words", [copied, paraphrased, nonsense])
def test_whatever_the_model_writes_there_is_a_page_that_the_text_bears_out(
    writer: type[Writer], words: object
) -> None:
    bench = Bench([BOOK], writer(words))  # type: ignore[arg-type]

    run = bench.run()

    everything_is_borne_out(bench, run)
    assert all(one.by_model for one in run.told) == (words is not nonsense)
    assert run.summary.quoted == (len(run.work.sections) if words is nonsense else 0)
    assert not run.summary.stopped
    tokens = sum(len(text.split()) for text in run.texts)
    assert 60 < tokens < 300


def test_the_page_tells_of_all_parts_in_the_order_of_the_text() -> None:
    run = Bench([BOOK], Writer(nonsense)).run()

    places = [statement.words[0].start / len(BOOK.text) for statement in run.told]
    assert places == sorted(places)
    assert {int(place * 4) for place in places} == {0, 1, 2, 3}


def test_what_the_model_leaves_out_of_the_page_stands_behind_it_in_order() -> None:
    run = Bench([BOOK], Writer(facts=3)).run()

    places = [statement.words[0].start / len(BOOK.text) for statement in run.told]
    assert len(places) > 6
    assert places[:3] == sorted(places[:3])
    assert places[3:] == sorted(places[3:])
    assert {int(place * 4) for place in places} == {0, 1, 2, 3}
    assert len(set(run.texts)) == len(run.texts)


def test_progress_tells_every_section_where_it_is_and_how_long_the_rest_takes() -> None:
    bench = Bench([BOOK], Writer())
    bench.writer.before_answer = lambda: setattr(bench, "seconds", bench.seconds + 60.0)

    run = bench.run()

    total = len(run.work.sections)
    reading = [event for event in run.progress if event.current]
    assert [event.sections_done for event in reading] == list(range(total))
    assert reading[0].current.startswith("p")
    assert "1" in reading[0].current
    assert {event.sections_total for event in run.progress} == {total}
    assert run.progress[-1].sections_done == total
    left = [event.seconds_left for event in reading if event.seconds_left is not None]
    assert len(left) == total
    still_to_read = 60.0 * (total - total // 2)
    assert still_to_read < left[total // 2] < 1.7 * still_to_read


def test_while_a_section_takes_long_the_time_left_runs_down_but_never_to_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rag.sections.asking._TELLING_S", 0.01)
    bench, go_on = Bench([BOOK], Writer()), threading.Event()
    bench.writer.before_answer = lambda: go_on.wait(20.0)
    events = bench.making().run()

    told = [next(events)]
    for _ in range(4):
        bench.seconds += 100.0
        told.append(next(events))
    go_on.set()
    rest = list(events)

    left = [event.seconds_left for event in told if isinstance(event, SectionsProgress)]
    assert len(left) == 5
    assert left[:2] == [left[0], pytest.approx(left[0] - 100.0)]
    assert all(seconds and seconds >= 0.19 * left[0] for seconds in left)
    assert len(rest) > 8


def test_who_stops_listening_leaves_no_work_behind() -> None:
    bench = Bench([BOOK], ManyWriter())
    events = bench.making().run()
    for _ in range(3):
        next(events)

    events.close()

    assert len(bench.writer.prompts) < 4


def test_the_estimate_is_what_reading_and_writing_take() -> None:
    bench = Bench([BOOK], Writer())
    making = bench.making()

    seconds = making.seconds()

    tokens = sum(section.tokens for section in making.work.sections)
    assert seconds is not None
    assert seconds > tokens / 100.0 + len(making.work.sections) * 17.0
    assert replace(making, pace=None).seconds() is None


def test_asked_again_in_the_next_session_nothing_is_read(tmp_path: Path) -> None:
    kept = KeptSections.open(tmp_path)
    first = Bench([BOOK], Writer(), kept).run()
    kept.close()
    kept, writer = KeptSections.open(tmp_path), Writer()
    again = Bench([BOOK], writer, kept)

    seconds, run = again.making().seconds(), again.run()

    assert seconds == 0.0
    assert writer.prompts == []
    assert run.told == first.told
    assert run.work.to_read == ()
    kept.close()


def test_stopped_it_tells_of_what_was_read_and_goes_on_there_later(kept: KeptSections) -> None:
    writer = Writer()
    bench = Bench([BOOK], writer, kept)

    stopped = bench.run(stop_after=5)
    read = len(writer.prompts)
    finished = bench.run()

    assert stopped.summary.stopped
    assert (read, len(stopped.summary.done)) == (5, 5)
    everything_is_borne_out(bench, stopped)
    last = stopped.work.sections[4].stretches[-1].end
    assert all(words.end <= last for one in stopped.told for words in one.words)
    assert finished.work.to_read == tuple(range(5, len(finished.work.sections)))
    assert not finished.summary.stopped


def test_stopped_while_the_page_is_written_it_is_brought_to_an_end_without_the_model(
    kept: KeptSections,
) -> None:
    cancel, writer = CancelToken(), Writer()
    bench = Bench([BOOK], writer, kept)
    total = len(bench.making().work.sections)
    writer.before_answer = lambda: cancel.cancel() if len(writer.prompts) >= total else None

    run = bench.run(cancel=cancel)

    assert run.summary.stopped
    assert len(run.summary.done) == total
    everything_is_borne_out(bench, run)


def test_stopped_at_once_it_tells_nothing() -> None:
    cancel = CancelToken()
    bench = Bench([BOOK], Writer())
    making = bench.making(cancel=cancel)
    cancel.cancel()

    events = list(making.run())

    assert len(events) == 1
    assert bench.writer.prompts == []


def test_what_changed_alone_is_read_again(kept: KeptSections) -> None:
    writer = Writer()
    Bench([BOOK], writer, kept).run()
    first = len(writer.prompts)
    pages = BOOK.text.split("\f")
    pages[-1] = pages[-1].replace("library", "theatre") + f"\n\n{fact(330)}"
    made = [Page(n, str(n), text) for n, text in enumerate(pages, 1)]
    changed = DocumentText.from_pages(DocumentInfo("A survey", 24, True, "PDF"), made)

    work = Bench([changed], writer, kept).making().work

    assert first > len(work.sections)
    assert 0 < len(work.to_read) <= 2


def test_a_short_text_needs_one_section_and_no_joining() -> None:
    writer = Writer()

    run = Bench([book(1)], writer).run()

    assert len(writer.prompts) == 1
    assert run.texts == [fact(n) for n in (0, 3, 6, 9)]
    assert [event.sections_total for event in run.progress] == [1, 1]


def test_several_short_documents_share_a_section_and_each_is_told_of() -> None:
    documents = [
        DocumentText.from_pages(
            DocumentInfo(f"Note {n}", 1, False, "text"), [Page(1, "1", fact(n * 9))]
        )
        for n in range(6)
    ]
    writer = Writer(facts=6)
    bench = Bench(documents, writer)

    run = bench.run()

    assert len(writer.prompts) == 1
    shown = writer.prompts[0][-1].content
    assert all(f"[{n + 1}] Note {n}\n{fact(n * 9)}" in shown for n in range(6))
    assert [one.words[0].document_id for one in run.told] == [1, 2, 3, 4, 5, 6]
    everything_is_borne_out(bench, run)


def test_a_short_document_that_the_model_leaves_out_is_told_of_in_its_own_words() -> None:
    documents = [
        DocumentText.from_pages(
            DocumentInfo(f"Note {n}", 1, False, "text"), [Page(1, "1", fact(n * 9))]
        )
        for n in range(4)
    ]
    bench = Bench(documents, Writer(facts=2))

    run = bench.run()

    assert [(one.words[0].document_id, one.by_model) for one in run.told] == [
        (1, True), (3, True), (2, False), (4, False),
    ]  # fmt: skip


def test_each_of_a_few_long_documents_is_told_of_on_the_page() -> None:
    def first_alone(sentence: str) -> str:
        return sentence if "Anna Berg" in sentence else nonsense("")

    other = DocumentText.from_pages(
        DocumentInfo("Another", 9, True, "PDF"),
        [
            Page(n, str(n), "\n\n".join(fact(200 + 12 * n + k) for k in range(12)))
            for n in range(1, 10)
        ],
    )

    run = Bench([book(4), other], Writer(first_alone)).run()

    assert {one.words[0].document_id for one in run.told} == {1, 2}


def test_what_all_documents_say_is_told_once() -> None:
    rule = "Whoever enters the harbour of Aldern pays four thalers at the gate."
    documents = [
        DocumentText.from_pages(
            DocumentInfo(f"Note {n}", 9, True, "PDF"),
            [
                Page(
                    p,
                    str(p),
                    f"{rule}\n\n" + "\n\n".join(fact(40 * n + 4 * p + k) for k in range(4)),
                )
                for p in range(1, 10)
            ],
        )
        for n in range(4)
    ]

    run = Bench(documents, Writer(lambda _: rule, facts=1)).run()

    assert run.texts.count(rule) == 1
    assert len({one.words[0].document_id for one in run.told}) > 1


def test_a_prompt_that_does_not_fit_is_left_to_code() -> None:
    bench = Bench([BOOK], Writer())
    bench.writer.n_ctx = 700
    bench.writer.count_tokens = lambda text: len(text.split()) // 2  # type: ignore[method-assign]
    made = bench.making()
    bench.writer.count_tokens = lambda text: len(text.split())  # type: ignore[method-assign]

    events = list(made.run())

    assert len(events) > len(made.work.sections)
    assert not [prompt for prompt in bench.writer.prompts if "[1]" in prompt[-1].content]


def test_a_page_that_runs_on_ends_where_it_is_long_enough_and_is_kept_so(
    kept: KeptSections,
) -> None:
    first = Bench([BOOK], Writer(facts=99), kept).run()
    again = Bench([BOOK], Writer(facts=99), kept).run()

    assert again.told == first.told
    assert sum(len(text.split()) for text in first.texts) < 500
