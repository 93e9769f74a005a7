"""Marks come in time: no sentence waits for the model's next word, nor for long computing."""

from __future__ import annotations

import time
from pathlib import Path

from rag.answering import Question
from rag.cancel import CancelToken
from rag.events import SentenceCited, SentenceForeseen, TextStreamed
from tests.rag.desk import FILLER, LEASE, NOTICE, Desk

MOST_S = 0.15  # of the 0.3 s in which a mark is promised; the rest is the window's
SENTENCES = [
    "The lease may be ended with three months' notice.",
    "Notice has to be given in writing by either party.",
    "Flat 3 has its own lease.",
    "The deposit amounts to 900 euros in the year 2031.",
    "Apples ripen in September when the nights turn cold!",
    "Whoever moves out pays for nothing else.",
]


def test_a_sentence_has_its_mark_before_the_next_word_and_soon(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for number in range(8):
        text = f"{LEASE} Flat {number} has its own lease. " + f"{FILLER} " * 30
        (desk.files / f"{number}.txt").write_text(text, "utf-8")
    desk.read()
    desk.model.answer = " ".join(SENTENCES)

    text, marked_at, spent = "", {}, []
    began = time.thread_time()
    for event in asked(desk, NOTICE):
        if isinstance(event, TextStreamed):
            text += event.text
            began = time.thread_time()
        elif isinstance(event, SentenceForeseen | SentenceCited):
            start = event.sentence.start
            if start not in marked_at:
                spent.append(time.thread_time() - began)
                marked_at[start] = len(text.rstrip())
    desk.catalog.close()

    ends = {desk.model.answer.index(s): desk.model.answer.index(s) + len(s) for s in SENTENCES}
    assert marked_at == ends
    assert max(spent) < MOST_S, spent


def asked(desk: Desk, question: Question):
    """The events of an answer as they come."""
    return desk.answerer().answer(question, CancelToken())
