import pytest

from rag.records import ParagraphKind, paragraphs


def shown(text):
    return [
        (line.kind.value, line.label, "".join(text[run.start : run.end] for run in line.runs))
        for line in paragraphs(text)
    ]


def test_blank_lines_only_separate():
    assert shown("One.\n\n\nTwo.") == [("plain", "", "One."), ("plain", "", "Two.")]


def test_lists_lose_their_marks_and_keep_their_numbers():
    assert shown("- One\n* Two\n2. Three\n10) Four") == [
        ("bullet", "•", "One"),
        ("bullet", "•", "Two"),
        ("numbered", "2.", "Three"),
        ("numbered", "10)", "Four"),
    ]


def test_lists_can_be_nested():
    assert [line.depth for line in paragraphs("- a\n  - b\n    - c")] == [0, 1, 2]


def test_stars_in_pairs_are_bold_and_a_lone_pair_stays_text():
    text = "A **bold** word, 2 ** 3"

    runs = paragraphs(text)[0].runs

    assert [(text[run.start : run.end], run.bold) for run in runs] == [
        ("A ", False),
        ("bold", True),
        (" word, 2 ** 3", False),
    ]


def test_a_heading_loses_its_hashes():
    assert paragraphs("## Duties")[0].kind is ParagraphKind.HEADING
    assert shown("## Duties")[0][2] == "Duties"


def test_links_images_and_markup_stay_text():
    text = "![x](file:///etc/passwd) [y](//host/z) <img src='//host/a.png'>"

    assert shown(text) == [("plain", "", text)]


def test_a_year_that_ends_a_line_is_no_list():
    assert shown("1999 was it.") == [("plain", "", "1999 was it.")]


@pytest.mark.parametrize("text", ["Intro\n****", "Intro\n- ", "Intro\n## ", "**", "1. "])
def test_a_marker_without_words_shows_nothing_yet(text):
    assert all(paragraph.runs for paragraph in paragraphs(text))
