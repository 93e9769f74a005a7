"""What is cited, to which words, and what is flagged."""

from __future__ import annotations

import time

import pytest

from rag.cite import Attribution, Attributor, Evidence, states_something
from rag.records import Support

OIL = (
    "By the end of the embargo in March 1974, the price of oil had risen from US$3 per "
    "barrel to nearly $12 globally. "
    "By January 18, 1974, US Secretary of State Henry Kissinger had negotiated an Israeli "
    "troop withdrawal from parts "
    "of the Sinai Peninsula. The promise was enough, and Arab producers lifted the embargo."
)
TOWER = (
    "The Harbour Tower was designed by Ana Duarte and opened on 3 May 1987. It is 212 "
    "metres tall, weighs 7,300 tons "
    "and has 14 floors, which are not open to visitors. In 2003 it was sold to the Lindgren Group."
)
TABLE = (
    "(In millions)\nYear ended December 31, 2023 2022 2021\nNet sales $ 34,229 $ 35,355 $ 32,184\n"
    "Cost of sales 17,975 19,232 16,605\nGross profit 16,254 16,123 15,579"
)
GERMAN = (
    "Der Hafenturm wurde am 3. Mai 1987 von Anna Keller eröffnet. Er ist 212 Meter hoch "
    "und kostete 4,5 Mio. Euro. "
    "Besucher dürfen ihn nicht betreten."
)
CHINESE = "2008年2月28日，齐贝吉和奥廷加签署了建立联合政府的协议。根据该协议，总统将任命内阁部长。"
PASSAGES = {1: OIL, 2: TOWER, 3: TABLE, 4: GERMAN, 5: CHINESE}


@pytest.fixture(scope="module")
def attributor() -> Attributor:
    return Attributor([Evidence(key, text) for key, text in PASSAGES.items()])


def quotes(attribution: Attribution) -> list[str]:
    return [span.quote for span in attribution.spans]


TRUE = [
    (
        1,
        (
            "By the end of the embargo in March 1974, the price of oil had risen from US$3 per "
            "barrel to nearly $12 [1]."
        ),
    ),
    (1, "Kissinger had negotiated an Israeli troop withdrawal from parts of the Sinai Peninsula."),
    (1, "- According to the documents, Arab producers lifted the embargo."),
    (1, "An Israeli troop withdrawal was negotiated by Henry Kissinger by 18 January 1974."),
    (2, "The Harbour Tower opened on May 3, 1987."),
    (2, "The Harbour Tower, which Ana Duarte designed, opened in 1987."),
    (2, "It has fourteen floors, which aren't open to visitors."),
    (2, "The Harbour Tower was sold to the Lindgren Group in 2003."),
    (2, "The tower weighs about 7,000 tons and is 212 m tall."),
    (3, "Net sales were $34,229 million in 2023."),
    (3, "Gross profit was $16.3 billion."),
    (4, "Anna Keller eröffnete den Hafenturm am 03.05.1987."),
    (4, "Der Hafenturm kostete 4,5 Millionen Euro und ist 212 Meter hoch."),
    (4, "Besucher dürfen den Hafenturm nicht betreten."),
    (5, "齐贝吉和奥廷加于2008年2月28日签署了建立联合政府的协议。"),
]


@pytest.mark.parametrize(("key", "sentence"), TRUE)
def test_a_true_sentence_is_supported_by_its_passage(
    attributor: Attributor, key: int, sentence: str
) -> None:
    attribution = attributor.attribute(sentence)

    assert attribution.support is Support.SUPPORTED
    assert {span.key for span in attribution.spans} == {key}


FALSE = [
    "By the end of the embargo in March 1974, the price of oil had risen to nearly $15 globally.",
    "By the end of the embargo in May 1974, the price of oil had risen to nearly $12 globally.",
    "Nixon had negotiated an Israeli troop withdrawal from parts of the Sinai Peninsula.",
    "Robert Kissinger had negotiated an Israeli troop withdrawal from the Sinai Peninsula.",
    "Kissinger had not negotiated an Israeli troop withdrawal from parts of the Sinai Peninsula.",
    "The price of oil had risen to nearly $12 per gallon.",
    "The price of oil had fallen from US$3 per barrel to nearly $12 globally.",
    "The Harbour Tower opened on 4 May 1987.",
    "The Harbour Tower opened on 3 May 2003.",
    "It is 14 metres tall.",
    "It is 212 feet tall.",
    "It has 14 floors, which are open to visitors.",
    "The Harbour Tower was designed by Anna Keller.",
    "Net sales were $35,355 billion.",
    "Gross profit was $17,975 million.",
    "Der Hafenturm kostete 4,5 Milliarden Euro.",
    "Der Hafenturm wurde von Peter Schulz eröffnet.",
    "Besucher dürfen den Hafenturm betreten.",
    "齐贝吉和奥廷加于2009年2月28日签署了建立联合政府的协议。",
    "齐贝吉和奥廷加没有签署建立联合政府的协议。",
    "Penguins live in Antarctica and eat mostly fish.",
    "The report was written by a committee of twelve engineers in Geneva [1].",
]


@pytest.mark.parametrize("sentence", FALSE)
def test_a_false_sentence_is_not_supported(attributor: Attributor, sentence: str) -> None:
    assert attributor.attribute(sentence).support is not Support.SUPPORTED


def test_a_sentence_half_of_which_is_found_is_partly_supported(attributor: Attributor) -> None:
    attribution = attributor.attribute(
        "Arab producers lifted the embargo, and the world's bakers celebrated with enormous cakes."
    )

    assert attribution.support is Support.PARTLY
    assert quotes(attribution) == ["and Arab producers lifted the embargo."]


def test_a_sentence_of_two_sources_is_cited_to_both(attributor: Attributor) -> None:
    attribution = attributor.attribute(
        "Arab producers lifted the embargo, while the Harbour Tower opened on 3 May 1987."
    )

    assert attribution.support is Support.SUPPORTED
    assert {span.key for span in attribution.spans} == {1, 2}


def test_the_span_is_the_clause_and_not_the_passage(attributor: Attributor) -> None:
    attribution = attributor.attribute("It is 212 metres tall.")

    assert quotes(attribution) == ["It is 212 metres tall"]


def test_a_row_of_a_table_is_cited_without_its_neighbours(attributor: Attributor) -> None:
    attribution = attributor.attribute("Cost of sales was $17,975 million.")

    assert quotes(attribution) == ["Cost of sales 17,975 19,232 16,605"]


@pytest.mark.parametrize(("key", "sentence"), TRUE)
def test_a_quote_is_what_stands_at_its_offsets(
    attributor: Attributor, key: int, sentence: str
) -> None:
    for span in attributor.attribute(sentence).spans:
        text = PASSAGES[span.key]
        assert text[span.start : span.end] == span.quote
        assert not (text[span.start - 1 : span.start].isalnum() and span.quote[0].isascii())
        assert 0.0 < span.score <= 1.0


@pytest.mark.parametrize(
    "sentence",
    [
        "Here is the answer:",
        "# The Harbour Tower",
        "The files do not say.",
        "The provided documents do not mention the price of oil.",
        "There is no information about the embargo in the passages.",
        "I cannot find the height of the Harbour Tower in the documents.",
        "Die Dokumente enthalten dazu keine Angaben.",
        "文件中没有提到这个问题。",
        "Sure, I hope this helps!",
        "When did the Harbour Tower open?",
        "",
        "---",
    ],
)
def test_what_states_nothing_gets_no_footnote(attributor: Attributor, sentence: str) -> None:
    assert not states_something(sentence)
    assert attributor.attribute(sentence) == Attribution(Support.NOT_FOUND, 0.0, ())


@pytest.mark.parametrize(
    "sentence",
    ["I did not write the law.", "Unfortunately, the bill did not pass.", "1. 212 metres", "Oslo."],
)
def test_a_claim_is_not_taken_for_a_refusal(sentence: str) -> None:
    assert states_something(sentence)


def test_the_marks_of_the_model_prove_nothing(attributor: Attributor) -> None:
    plain = attributor.attribute("The Harbour Tower opened on 3 May 1987.")

    assert attributor.attribute("The Harbour Tower opened on 3 May 1987 [3].") == plain


def test_without_evidence_nothing_is_found() -> None:
    assert Attributor([]).attribute("It is 212 metres tall.").support is Support.NOT_FOUND
    assert Attributor([Evidence(1, " \n")]).attribute("It is tall.").support is Support.NOT_FOUND


def test_an_answer_of_two_hundred_words_takes_less_than_150_ms() -> None:
    passage = " ".join([OIL, TOWER, OIL.replace("1974", "1981")])[:1000]
    evidence = [Evidence(key, passage.replace("Tower", f"Tower {key}")) for key in range(8)]
    answer = [sentence for _, sentence in TRUE if sentence.isascii()] * 2
    Attributor(evidence).attribute(answer[0])  # the patterns are compiled at first use

    begun = time.perf_counter()
    attributor = Attributor(evidence)
    for sentence in answer:
        attributor.attribute(sentence)

    assert sum(len(sentence.split()) for sentence in answer) >= 200
    assert time.perf_counter() - begun < 0.6  # 0.15 s on a quiet machine, several times as busy
