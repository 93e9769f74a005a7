"""A sentence's mark stands in the answer soon after its last word, while more is written."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

import pytest

from rag.events import SentenceCited, SentenceForeseen, TextStreamed
from tests.app import records_for_show as show
from tests.app.widgets.transcript_driving import begin, text_of

pytestmark = [pytest.mark.windows, pytest.mark.usefixtures("light")]

MOST_S = 0.15  # of the 0.3 s in which a mark is promised; the rest is the engine's


def test_a_mark_is_written_before_the_next_word_and_soon(qtbot, transcript):
    begin(transcript)
    *proven, unproven = show.ANSWER.sentences
    waited = []

    for sentence in (*proven, unproven):
        written = show.ANSWER.text[: sentence.end]
        transcript.show_event(TextStreamed(written[len(transcript._turns[-1].text) :]))
        transcript.show_event(SentenceForeseen(sentence))
        began = time.perf_counter()
        mark = "not found in your files" if sentence is unproven else f" {len(waited) + 1} "
        qtbot.waitUntil(
            lambda mark=mark, end=sentence.text[-20:]: (
                mark in text_of(transcript).partition(end)[2][:40]
            ),
            timeout=5_000,
        )
        waited.append(time.perf_counter() - began)
        transcript.show_event(SentenceCited(sentence))

    assert statistics.median(waited) < MOST_S, waited


def test_a_mark_that_came_too_early_goes_with_the_next_word(qtbot, transcript):
    begin(transcript)
    sentence = show.ANSWER.sentences[-1]
    transcript.show_event(TextStreamed(sentence.text))
    transcript.show_event(SentenceForeseen(replace(sentence, start=0, end=len(sentence.text))))
    qtbot.waitUntil(lambda: "not found" in text_of(transcript), timeout=5_000)

    transcript.show_event(TextStreamed("” he said"))

    qtbot.waitUntil(lambda: "he said" in text_of(transcript), timeout=5_000)
    assert "not found" not in text_of(transcript)
