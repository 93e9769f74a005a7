from app.widgets.answer_copy import numbered_citations, with_footnotes
from tests.app import records_for_show as show


def test_a_copy_has_numbers_and_the_list_of_sources():
    copied = with_footnotes(show.ANSWER, "not found", "partly found")

    body, sources = copied.split("\n\n[1] ")
    assert "to the end of a month.[1] The notice" in body
    assert "first month.[1][2]\n\nFor tenancies" in body
    assert body.endswith("in a side letter. [not found]")
    assert sources.splitlines()[0] == f"Lease 2024.pdf, p. 7: “{show.LEASE_QUOTE}”"
    assert len(sources.splitlines()) == 3


def test_a_sentence_that_is_found_in_part_says_so():
    assert "three duties**:[1] [partly found]" in with_footnotes(
        show.LIST_ANSWER, "not found", "partly found"
    )


def test_an_answer_without_sources_has_no_list():
    assert with_footnotes(show.OWN, "-", "-").count("\n") == 0


def test_each_number_is_listed_once_in_order():
    assert [c.number for c in numbered_citations(show.ANSWER.sentences)] == [1, 2, 3]
