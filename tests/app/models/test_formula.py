import pytest

from app.models.formula import listed_numbers, marks_of, number_ends
from rag.records import Sentence, Support
from tests.app import records_for_show as show
from tests.app import records_of_proof as proof


def ends(text, *quotes):
    cited = tuple(
        show.citation(number, show.LEASE, "", quote) for number, quote in enumerate(quotes, 1)
    )
    sentence = Sentence(text, 0, len(text), Support.SUPPORTED, cited, is_computed=True)
    return [(text[:end], source.number) for end, source in number_ends(sentence)]


def test_each_number_is_told_by_the_source_that_has_it():
    assert ends("1,200 + 900 = 2,100", "900 EUR", "1.200 EUR") == [("1,200", 2), ("1,200 + 900", 1)]


def test_equal_numbers_take_one_source_each():
    assert ends("5 + 5 = 10", "5 cats", "5 dogs") == [("5", 1), ("5 + 5", 2)]


def test_a_source_without_any_of_the_numbers_is_not_told():
    assert ends("2 invoices:", "Total due: 40") == []


@pytest.mark.parametrize(("items", "marked"), [(3, 3), (40, 0)])
def test_the_count_of_a_long_list_leaves_its_footnotes_to_the_list(items, marked):
    sentences = proof.listing(items).sentences

    marks = marks_of(sentences[0], listed_numbers(sentences))

    assert len(marks.last) == marked


def test_a_count_keeps_the_sources_that_nothing_else_names():
    count = proof.listing(40).sentences[0]

    assert len(marks_of(count, listed_numbers([count])).last) == 40
