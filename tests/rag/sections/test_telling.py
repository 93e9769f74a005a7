"""Where a model is of no use, a section's own sentences tell what is in it."""

from __future__ import annotations

from rag.sections.closeness import Closeness, chosen, terms_of
from rag.sections.statements import Evidence
from rag.sections.telling import most_telling

TEXT = """ANNUAL REPORT OF THE HARBOUR

Revenue | 2,300 | 2,100
Harbour fees rose by eight percent because more grain ships called at the harbour. The winter
was cold. He thought so too. Grain ships brought most of the harbour's revenue from fees this
year. "We had hoped for more ships," said the master of the harbour. Were the fees too high?

The grain ships paid their harbour fees late, and the revenue of the year came in spring. Nobody
minded. Dredging of the harbour for larger grain ships begins in March and costs two millions.
"""


def told(most: int = 3, asked: tuple[str, ...] = ()) -> list[str]:
    return [one.text for one in most_telling(Evidence([TEXT]), most, asked)]


def test_the_sentences_that_speak_of_what_all_speak_of_are_chosen_in_their_order() -> None:
    assert told() == [
        "Harbour fees rose by eight percent because more grain ships called at the harbour.",
        "Grain ships brought most of the harbour's revenue from fees this year.",
        "The grain ships paid their harbour fees late, and the revenue of the year came in spring.",
    ]


def test_they_stand_word_for_word_where_they_are_said_to_be() -> None:
    for one in most_telling(Evidence([TEXT]), 5):
        (place,) = one.places
        assert " ".join(TEXT[place.start : place.end].split()) == one.text
        assert not one.by_model


def test_headings_rows_questions_and_what_leans_on_others_are_left_out() -> None:
    chosen_ones = told(4)

    assert len(chosen_ones) == 4
    assert not [s for s in chosen_ones if s.startswith(("ANNUAL", "Revenue", "Were", "He"))]


def test_where_something_is_asked_only_what_has_to_do_with_it_is_told() -> None:
    assert told(3, tuple(terms_of("dredging"))) == [
        "Dredging of the harbour for larger grain ships begins in March and costs two millions."
    ]
    assert told(3, tuple(terms_of("zeppelins"))) == []


def test_a_text_of_rows_alone_tells_some_of_them() -> None:
    rows = "\n".join(f"Parcel {n} | harbour road {n} | {n} fees" for n in range(20))

    assert len(most_telling(Evidence([rows]), 3)) == 3


def test_a_text_that_says_nothing_has_nothing_to_tell() -> None:
    assert most_telling(Evidence(["… – … 12"]), 3) == []
    assert most_telling(Evidence([""]), 3) == []


def test_nothing_is_chosen_that_says_what_was_chosen() -> None:
    texts = ["the red fox ran", "the red fox ran", "a ship sailed north", "grain fell in price"]
    closeness = Closeness([text.split() for text in texts])

    assert chosen(closeness, [1.0] * 4, 4) == [0, 2, 3]
    assert chosen(closeness, [0.5, 0.9, 0.0, 0.1], 4, spread=False) == [1, 3]


def test_what_is_chosen_is_spread_over_all_parts() -> None:
    texts = [[f"word{n}", f"name{n}"] for n in range(40)]
    worth = [1.0 if n < 10 else 0.1 for n in range(40)]

    picked = chosen(Closeness(texts), worth, 4)

    assert [index // 10 for index in picked] == [0, 1, 2, 3]


def test_closeness_to_a_question_counts_rare_words_most() -> None:
    texts = [["harbour", "fee"], ["harbour", "grain"], ["harbour"], ["grain", "fee"], ["dredging"]]
    closeness = Closeness(texts)

    close = closeness.to_question(["harbour", "dredging"])

    assert close[4] > close[0] > 0.0
    assert closeness.to_question(["zeppelin"]) == [0.0] * 5


def test_what_every_page_ends_with_tells_nothing() -> None:
    pages = [
        f"The harbour of parcel {n} was surveyed by master {name}. "
        f"This harbour survey of all harbours is page {n} of the survey of harbours.\n\n"
        for n, name in enumerate(("Berg", "Lindt", "Voss", "Moor", "Falk", "Rehn"))
    ]

    telling = most_telling(Evidence(["".join(pages)]), 3)

    assert len(telling) == 3
    assert not [one for one in telling if "This harbour survey" in one.text]
