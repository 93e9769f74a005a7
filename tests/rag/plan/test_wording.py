"""How the plan words times, sizes and names."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.plan import LongDocument
from rag.plan.wording import duration, gigabytes, named, reading_whole, reliability

LEASE = LongDocument(1, Path("lease.pdf"), "Lease 2024", 31, 14_000)
NOTES = LongDocument(2, Path("notes.txt"), "", None, 500)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a few seconds"),
        (9.9, "a few seconds"),
        (14, "about 10 seconds"),
        (54, "about 50 seconds"),
        (55, "about a minute"),
        (89, "about a minute"),
        (91, "about 2 minutes"),
        (240, "about 4 minutes"),
        (19 * 60, "about 19 minutes"),
        (23 * 60, "about 25 minutes"),
        (54 * 60, "about 55 minutes"),
        (56 * 60, "about an hour"),
        (90 * 60, "about 1½ hours"),
        (3 * 3600, "about 3 hours"),
        (7.4 * 3600, "about 7 hours"),
        (40 * 3600, "about 2 days"),
    ],
)
def test_times_are_told_as_people_tell_them(seconds: float, words: str):
    assert duration(seconds) == words


def test_longer_times_never_sound_shorter():
    order = ["few", "seconds", "minute", "minutes", "an hour", "hours", "days"]
    ranks = [
        max(rank for rank, word in enumerate(order) if word in duration(second).split("about ")[-1])
        for second in range(0, 400_000, 37)
    ]

    assert ranks == sorted(ranks)


def test_sizes_are_in_gigabytes():
    assert [gigabytes(size) for size in (5.24e9, 0, -1)] == ["5.2 GB", "0.0 GB", "0.0 GB"]


def test_documents_are_named_with_their_pages_where_all_have_some():
    one_page = LongDocument(3, Path("c"), "Letter", 1, 100)

    assert named([LEASE]) == "Lease 2024 (31 pages)"
    assert named([LEASE, one_page]) == "Lease 2024 and Letter (32 pages)"
    assert named([one_page]) == "Letter (1 page)"
    assert named([LEASE, NOTES]) == "Lease 2024 and notes.txt"
    assert named([LEASE, one_page, LEASE]) == "3 documents (63 pages)"


def test_a_long_title_is_shortened_and_stays_in_one_line():
    long = LongDocument(1, Path("x"), "Very\nlong title " * 20, 2, 10)

    name = named([long])

    assert len(name) < 80
    assert "\n" not in name


def test_nothing_is_promised_for_later_where_nothing_will_be_kept():
    said = reading_whole((LEASE,), 0, 240, will_be_kept=False)

    assert said == "Reading all of Lease 2024 (31 pages), about 4 minutes."


@pytest.mark.parametrize(
    ("tokens", "says"),
    [(32_768, ""), (32_769, "less reliable"), (65_537, "much less reliable")],
)
def test_answers_about_very_long_texts_are_said_to_be_less_reliable(tokens: int, says: str):
    assert says in reliability(tokens)
    assert bool(says) == bool(reliability(tokens))
