from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale

from app.widgets import whole_words, wording
from rag.events import SectionsProgress
from tests.app import records_for_show as show
from tests.app import records_of_whole as whole_show


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


def bare(text):
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (whole_show.ESTIMATE, "4 min once, then at once"),
        (whole_show.HALF, "2 min more, then at once"),
        (whole_show.READY, "read already: answers at once"),
        (whole_show.SECTIONS, "about 50 min, part by part"),
        (whole_show.DECLINED, "Close other programs."),
        (replace(whole_show.ESTIMATE, seconds=None), "how long it takes is not known yet"),
    ],
)
def test_what_reading_whole_takes_is_said_in_a_few_words(estimate, words):
    assert whole_words.cost(estimate) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.3, "1 s"),
        (12, "12 s"),
        (47, "50 s"),
        (58, "1 min"),
        (80, "1 min"),
        (241, "4 min"),
        (3000, "50 min"),
        (12_240, "3.4 h"),
    ],
)
def test_an_estimate_is_no_more_exact_than_it_can_be(seconds, words):
    assert wording.roughly(seconds) == words


def test_a_button_says_what_it_takes():
    assert whole_words.act(whole_show.ESTIMATE) == "Read it whole (4 min once, then at once)"
    assert whole_words.act(whole_show.OF_TWO) == "Read both whole (4 min once, then at once)"
    assert whole_words.act(whole_show.SECTIONS) == "Read all of it in parts (about 50 min)"


def test_documents_are_named_and_many_are_counted():
    paths = [show.LEASE, show.RULES, *(show.FOLDER / f"{n}.pdf" for n in range(9))]

    assert bare(whole_words.names(paths[:1])) == "Lease 2024.pdf"
    assert bare(whole_words.names(paths[:2])) == "Lease 2024.pdf and House rules.docx"
    assert bare(whole_words.names(paths)) == "Lease 2024.pdf, House rules.docx and 9 others"


def test_how_far_it_is_counts_the_documents_own_words():
    said = whole_words.how_far(whole_show.PROGRESS, 31_200)

    assert said == "12,400 of 31,200 words · 34 words/s · 3 min left"


def test_where_the_words_are_not_counted_they_are_told_as_about():
    said = whole_words.how_far(whole_show.PROGRESS, 0)

    assert said == "12,400 of about 31,200 words · 34 words/s · 3 min left"


def test_what_is_not_known_yet_is_left_out():
    early = replace(whole_show.PROGRESS, tokens_done=0, tokens_per_s=None, seconds_left=None)

    assert whole_words.how_far(early, 31_200) == "0 of 31,200 words"


def test_a_reading_that_rests_has_no_pace():
    paused = replace(whole_show.PROGRESS, paused=True)
    waits = replace(whole_show.PROGRESS, waits_for="An answer is being written.")

    assert whole_words.how_far(paused, 31_200) == "Paused at 12,400 of 31,200 words"
    expected = "12,400 of 31,200 words · An answer is being written."
    assert whole_words.how_far(waits, 31_200) == expected


def test_parts_tell_where_they_are_and_then_that_they_are_joined():
    assert whole_words.parts(whole_show.PART) == "Part 12 of 340 · pp. 88–91 · 50 min left"
    joining = SectionsProgress(340, 340, "", 40.0)
    assert whole_words.parts(joining) == "All 340 parts read, putting them together · 40 s left"
    assert whole_words.parts(SectionsProgress(3, 340, "", None)) == "Part 4 of 340"
