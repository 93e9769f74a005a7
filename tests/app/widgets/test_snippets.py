import re

import pytest

from app.widgets.snippets import quoted, shorten, snippet


def places(text, words):
    return [match.span() for match in re.finditer(words, text)]


def marked(text, words, **more):
    part = snippet(text, places(text, words), **more)
    return [part.text[start:end] for start, end in part.marks]


def test_what_matched_is_marked():
    assert marked("What is the notice? The period of notice.", "notice|period") == [
        "notice",
        "period",
        "notice",
    ]


def test_marks_stay_on_their_words_where_blanks_and_lines_are_joined():
    text = "  The  notice\n\n  is\tgiven   three   months ahead.  "

    assert marked(text, "notice|given|months") == ["notice", "given", "months"]


def test_a_match_across_a_line_end_is_marked_on_one_line():
    assert marked("three\n  months", r"three\s+months") == ["three months"]


def test_characters_beyond_the_first_plane_count_as_one():
    assert marked("🏠🏠 the lease 🏠", "lease") == ["lease"]


def test_without_matches_nothing_is_marked():
    assert snippet("The notice and the period.", ()).marks == ()


@pytest.mark.parametrize("match", [(3, 3), (20, 90)])
def test_a_match_that_is_not_in_the_text_is_left_out(match):
    assert snippet("The notice.", [match]).marks == ()


def test_the_part_with_most_of_the_matches_is_shown():
    text = "Nothing here. " * 40 + "The notice period is three months. " + "More words. " * 40

    part = snippet(text, places(text, "notice|period"), max_chars=120)

    assert "notice period is three months" in part.text
    assert part.text.startswith("…")
    assert part.text.endswith("…")
    assert len(part.text) <= 122


def test_marks_are_places_in_what_is_shown():
    text = "Filler words stand here. " * 30 + "The notice is due."

    assert marked(text, "notice", max_chars=80) == ["notice"]


def test_short_text_is_shown_whole_on_one_line():
    assert snippet("a\n  b", ()).text == "a b"


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


def test_what_seems_to_answer_is_what_is_shown():
    text = "The notice is due. " * 3 + "More words. " * 40 + "It takes three months. " * 2

    part = snippet(text, places(text, "notice"), 80, places(text, "three months"))

    assert [part.text[a:b] for a, b in part.answers] == ["three months"] * len(part.answers)
    assert part.answers


def test_marks_keep_their_places_where_letters_are_taken_out():
    text = "ab\u202ec \u2066notice\u2069 is\ufffc due"

    part = snippet(text, places(text, "notice"), answers=places(text, "due"))

    assert part.text == "abc notice is due"
    assert [part.text[a:b] for a, b in (*part.marks, *part.answers)] == ["notice", "due"]
