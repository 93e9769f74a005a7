from itertools import pairwise

import pytest

from app.widgets.snippets import asked_words, find_words, quoted, shorten, snippet


def marked(text, question, **more):
    part = snippet(text, asked_words(question), **more)
    return [part.text[start:end] for start, end in part.marks]


def test_only_words_that_carry_meaning_are_marked():
    assert marked("What is the notice? The period of notice.", "What is the notice period?") == [
        "notice",
        "period",
        "notice",
    ]


def test_words_with_another_ending_are_marked():
    assert marked("Notices and animals, noticeboard apart.", "notice an animal") == [
        "Notices",
        "animals",
    ]


def test_chinese_and_japanese_are_marked_by_pairs():
    assert marked("租约的通知期为三个月。", "通知期是多长时间？") == ["通知期"]


@pytest.mark.parametrize("question", ["", "???", "the and of"])
def test_a_question_without_words_marks_nothing(question):
    assert marked("The notice and the period.", question) == []


def test_the_part_with_most_of_the_words_is_shown():
    text = "Nothing here. " * 40 + "The notice period is three months. " + "More words. " * 40

    part = snippet(text, asked_words("How long is the notice period?"), max_chars=120)

    assert "notice period is three months" in part.text
    assert part.text.startswith("…")
    assert part.text.endswith("…")
    assert len(part.text) <= 122


def test_marks_are_places_in_what_is_shown():
    text = "Filler words stand here. " * 30 + "The notice is due."

    part = snippet(text, asked_words("notice"), max_chars=80)

    assert [part.text[start:end] for start, end in part.marks] == ["notice"]


def test_short_text_is_shown_whole_on_one_line():
    assert snippet("a\n  b", frozenset()).text == "a b"


def test_a_quote_is_cut_at_a_word():
    assert shorten("one two three four", 12) == "one two…"
    assert shorten("one two", 12) == "one two"
    assert shorten("x" * 50, 10) == "x" * 10 + "…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("may be ended", "“…may be ended…”"),
        ("The lease ends.", "“The lease ends.”"),
        ("It ends on a very long day", "“It ends on a…”"),
        ("何时结束。", "“何时结束。”"),
    ],
)
def test_a_quote_shows_where_it_was_cut(text, shown):
    assert quoted(text, 16) == shown


def test_found_words_rise_and_do_not_overlap():
    found = find_words("通知期通知期 notice notices", frozenset({"通知", "知期", "notice"}))

    assert found == sorted(found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
