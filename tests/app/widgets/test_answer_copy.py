from dataclasses import replace

from app.widgets.answer_copy import CopyWords, as_rich, as_text, numbered_citations, pieces_of
from tests.app import records_for_show as show
from tests.app import records_of_proof as proof

WORDS = CopyWords("not found", "partly found", "computed")


def copied(answer):
    return as_text(pieces_of(answer, WORDS), numbered_citations(answer.sentences))


def test_a_copy_has_numbers_and_the_list_of_sources():
    body, sources = copied(show.ANSWER).split("\n\n[1] ")

    assert "to the end of a month.[1] The notice" in body
    assert "first month.[1][2]\n\nFor tenancies" in body
    assert body.endswith("in a side letter. [not found]")
    assert sources.splitlines()[0] == f"Lease 2024.pdf, p. 7: “{show.LEASE_QUOTE}”"
    assert len(sources.splitlines()) == 3


def test_a_sentence_that_is_found_in_part_says_so():
    assert "three duties**:[1] [partly found]" in copied(show.LIST_ANSWER)


def test_an_answer_without_sources_has_no_list():
    assert copied(show.OWN).count("\n") == 0


def test_each_number_is_listed_once_in_order():
    assert [c.number for c in numbered_citations(show.ANSWER.sentences)] == [1, 2, 3]


def test_each_number_of_a_formula_keeps_its_own_footnote():
    assert "12,480[1] − 11,020[2] = 1,460 kWh [computed]" in copied(proof.FORMULA)


def test_a_rich_copy_raises_its_footnotes_and_takes_markup_for_text():
    marks = pieces_of(show.ANSWER, WORDS)
    hostile = replace(show.FIRST, quote="<img src='file:///etc/passwd'> [1]")

    rich = as_rich([*marks, "<b>&"], (hostile,))

    assert "of a month.<sup>[1]</sup> The notice" in rich
    assert "&lt;b&gt;&amp;" in rich
    assert "<img" not in rich


def test_what_turns_the_order_of_letters_is_not_copied():
    turned = show.answer_of([("Pay \u202e001\u202c now.", show.Support.SUPPORTED, (show.FIRST,))])

    assert copied(turned).startswith("Pay 001 now.[1]")
