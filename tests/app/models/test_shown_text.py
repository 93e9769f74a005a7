from hypothesis import given
from hypothesis import strategies as st

from app.models.shown_text import place_at, shown_text

TEXT = "one\f\fthree"
STARTS = (0, 4, 5)
PLACES = ((0, "p. 1"), (4, "p. 2"), (5, "p. 3"))


def test_each_page_stands_under_its_name():
    shown = shown_text(TEXT, (0, len(TEXT)), STARTS, PLACES)

    assert shown.text == "p. 1\none\np. 2 · no text\n\np. 3\nthree"
    assert [shown.text[start:end] for start, end in shown.titles] == [
        "p. 1",
        "p. 2 · no text",
        "p. 3",
    ]


def test_a_text_without_pages_stands_alone():
    assert shown_text("one\ntwo", (0, 7), (0,)).text == "one\ntwo"


def test_a_part_begins_after_what_is_said_of_it():
    shown = shown_text(TEXT, (1, len(TEXT)), STARTS, PLACES, "…\n")

    assert shown.text == "…\nne\np. 2 · no text\n\np. 3\nthree"


@given(st.lists(st.text(alphabet="ab\n", max_size=6), min_size=1, max_size=6), st.data())
def test_every_code_point_is_found_where_it_is_shown(pages, data):
    text = "\f".join(pages)
    starts = [sum(len(page) + 1 for page in pages[:n]) for n in range(len(pages))]
    places = [(start, f"p. {n}") for n, start in enumerate(starts, 1)]
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    shown = shown_text(text, (first, last), starts, places)

    for offset in range(first, last):
        if text[offset] != "\f":
            assert shown.text[shown.shown(offset)] == text[offset]
            assert shown.offset(shown.shown(offset)) == offset


def test_a_place_holds_from_its_start_on():
    assert [place_at(PLACES, offset) for offset in (0, 3, 4, 9)] == ["p. 1", "p. 1", "p. 2", "p. 3"]
    assert place_at((), 3) == ""
