"""What kind of words a question asks for."""

from __future__ import annotations

import pytest

from rag.extract import Sort, field_wanted, wanted

SORTS = [
    ("Who signed the lease?", Sort.PERSON),
    ("By whom was the bridge designed?", Sort.PERSON),
    ("Which engineer checked the crane?", Sort.PERSON),
    ("Which company insures the building?", Sort.ORGANISATION),
    ("What is the name of the supplier?", Sort.ORGANISATION),
    ("Where is the court?", Sort.PLACE),
    ("The goods were delivered to which city?", Sort.PLACE),
    ("What is the title of the novel?", Sort.NAME),
    ("When does the contract end?", Sort.DATE),
    ("In what year was the tower built?", Sort.DATE),
    ("The tower was built when?", Sort.DATE),
    ("At what time does the meeting begin?", Sort.TIME),
    ("How long is the trial period?", Sort.DURATION),
    ("What is the notice period?", Sort.DURATION),
    ("How old is the tenant?", Sort.AGE),
    ("How many seats does the airplane have?", Sort.COUNT),
    ("What is the number of employees?", Sort.COUNT),
    ("How many kilometres is it to the harbour?", Sort.QUANTITY),
    ("How high is the tower?", Sort.QUANTITY),
    ("What is the weight of the bell?", Sort.QUANTITY),
    ("How much does the boat cost?", Sort.MONEY),
    ("What is the deposit?", Sort.MONEY),
    ("What was the total purchase price?", Sort.MONEY),
    ("How much gunpowder was lost?", Sort.AMOUNT),
    ("What percentage of members voted?", Sort.PERCENT),
    ("What is the invoice number?", Sort.CODE),
    ("What is the aircraft registration?", Sort.CODE),
    ("What is the e-mail of the landlord?", Sort.MAIL),
    ("What is the telephone number of the office?", Sort.CODE),
    ("What is the colour of the door?", Sort.TERM),
    ("List all colours", Sort.TERM),
    ("Wer ist der Vermieter?", Sort.PERSON),
    ("Wo liegt der Hafen?", Sort.PLACE),
    ("Wann endet der Vertrag?", Sort.DATE),
    ("In welchem Jahr wurde der Turm gebaut?", Sort.DATE),
    ("Wie viele Zimmer hat das Hotel?", Sort.COUNT),
    ("Wie lange dauert die Probezeit?", Sort.DURATION),
    ("Welche Kündigungsfrist gilt?", Sort.DURATION),
    ("Wie lautet die Rechnungsnummer?", Sort.CODE),
    ("Was kostet das Boot?", None),
    ("Qui a signé le bail ?", Sort.PERSON),
    ("Quand le contrat prend-il fin ?", Sort.DATE),
    ("Quel est le montant de la caution ?", Sort.MONEY),
    ("Combien de chambres a l'hôtel ?", Sort.COUNT),
    ("¿Quién firmó el contrato?", Sort.PERSON),
    ("¿Cuándo termina el contrato?", Sort.DATE),
    ("¿Cuál es el importe de la fianza?", Sort.MONEY),
    ("谁签署了合同？", Sort.PERSON),
    ("合同什么时候结束？", Sort.DATE),
    ("押金是多少？", Sort.AMOUNT),
    ("契約はいつ終わりますか？", Sort.DATE),
]


@pytest.mark.parametrize(("question", "sort"), SORTS)
def test_a_question_tells_what_sort_of_words_it_asks_for(question: str, sort: Sort | None) -> None:
    found = wanted(question)

    assert (found and found.sort) == sort


@pytest.mark.parametrize(
    "question",
    [
        "Why was the bridge closed?",
        "How does the pump work?",
        "Explain the notice period.",
        "Summarise the contract",
        "Is the bridge open?",
        "What happened in 1931?",
        "What kind of bridge is it?",
        "What is a deposit?",
        "Was ist eine Primzahl?",
        "Warum wurde die Brücke gesperrt?",
        "Wie funktioniert die Pumpe?",
        "Pourquoi le pont est-il fermé ?",
        "¿Por qué está cerrado el puente?",
        "为什么桥关闭了？",
        "",
        "who " * 1000,
    ],
)
def test_what_no_few_words_answer_asks_for_no_span(question: str) -> None:
    assert wanted(question) is None


@pytest.mark.parametrize(
    ("question", "attribute"),
    [
        ("What is the notice period?", ("notic", "period")),
        ("What is Apple's net income?", ("net", "incom")),
        ("What is the aircraft registration of the plane?", ("aircraft", "registr")),
    ],
)
def test_the_words_that_name_what_is_asked_for_are_told(
    question: str, attribute: tuple[str, ...]
) -> None:
    found = wanted(question)

    assert found is not None
    assert found.attribute == attribute


def test_what_is_counted_is_told() -> None:
    found = wanted("How many seats does the airplane have?")

    assert found is not None
    assert found.counted == "seat"


@pytest.mark.parametrize(
    ("question", "grain"),
    [
        ("In which century was it built?", "century"),
        ("What year did it open?", "year"),
        ("When did it open?", ""),
    ],
)
def test_a_question_for_a_date_tells_how_fine_it_is(question: str, grain: str) -> None:
    found = wanted(question)

    assert found is not None
    assert found.grain == grain


def test_a_label_tells_what_its_field_holds() -> None:
    assert field_wanted("Date of birth").sort is Sort.TERM
    assert field_wanted("Purchase price").sort is Sort.MONEY
    assert field_wanted("Rechnungsdatum").sort is Sort.DATE
