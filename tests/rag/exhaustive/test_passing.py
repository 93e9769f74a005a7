"""What a pass lists, counts and adds up, and that each of it can be checked."""

from __future__ import annotations

import pytest

from rag.cancel import CancelToken
from rag.events import PassProgress, SentenceCited, TextStreamed
from rag.records import Answer, Mode, Scope, Support
from tests.rag.exhaustive.archive import Archive

LEASES = {
    "lease_1.txt": "Lease agreement\n\nTenant: Anna Weber\nCity: Bonn\nMonthly rent: 950 €\n"
    "Deposit: 1,900 €\nStart date: 1 March 2021\n",
    "lease_2.txt": "Lease agreement\n\nThis lease is made between Rosa Lind (the landlord) and "
    "Tom Klein (the tenant). It begins on 15 July 2022. The tenant pays a monthly rent of "
    "€ 700. No deposit is required.\n",
    "lease_3.txt": "Lease agreement\n\nTenant: Paula Marsh\nCity: Ulm\nMonthly rent: 1,200 €\n"
    "Deposit: none\nStart date: 2 May 2021\n\nDisputes go to arbitration.\n",
    "lease_4.txt": "Lease agreement\n\nTenant: Anna Weber\nCity: Bonn\nMonthly rent: 600 €\n"
    "Deposit: 1,200 €\nStart date: 9 June 2020\n\nThe parties do not want arbitration.\n",
    "letter.txt": "Dear Anna,\n\nthe weather is fine, and I pay my rent. Love, Tom\n",
    "invoice_1.txt": "Invoice\n\nCustomer: Acme Ltd\nNet: 100.00 EUR\nTotal: 119.00 EUR\n"
    "Status: paid\n",
    "invoice_2.txt": "Invoice\n\nCustomer: Acme Ltd\nTotal: 81.00 EUR\nStatus: unpaid\n",
    "invoice_3.txt": "Invoice\n\nCustomer: Blue Inc.\nTotal: 50.00 USD\nThis has not been paid.\n",
}


@pytest.fixture
def leases(archive: Archive) -> Archive:
    return archive.hold(LEASES)


def numbered(*numbers: int) -> list[str]:
    return [f"lease_{number}.txt" for number in numbers]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which files mention arbitration?", numbered(3, 4)),
        ("How many leases have a deposit above 1,500 €?", numbered(1)),
        ("List all leases without a deposit.", numbered(2, 3)),
        ("Which leases began in 2021?", numbered(1, 3)),
        ("Which leases are in Bonn?", numbered(1, 4)),
        ("Which lease has the highest rent?", numbered(3)),
        ("Which is the oldest lease?", numbered(4)),
        ("Wie viele Mietverträge haben eine Kaution?", numbered(1, 4)),
        ("Which invoices are unpaid?", ["invoice_2.txt", "invoice_3.txt"]),
        ("Welche Rechnungen wurden bezahlt?", ["invoice_1.txt"]),
        ("Quelles factures ont été envoyées à Acme Ltd ?", ["invoice_1.txt", "invoice_2.txt"]),
        ("Are there any leases without a deposit?", numbered(2, 3)),
    ],
)
def test_files_that_meet_what_is_asked_are_listed(
    leases: Archive, question: str, expected: list[str]
) -> None:
    assert leases.listed(question) == expected


def test_a_name_that_several_files_tell_is_listed_once_with_all_its_places(
    leases: Archive,
) -> None:
    answer = leases.ask("List all tenants.")

    told = {item.text: [c.path.name for c in item.citations] for item in answer.listed}
    assert told == {
        "Anna Weber": ["lease_1.txt", "lease_4.txt"],
        "Tom Klein": ["lease_2.txt"],
        "Paula Marsh": ["lease_3.txt"],
    }


def test_each_item_quotes_its_file_word_for_word(leases: Archive) -> None:
    answer = leases.ask("How many leases have a deposit above 1,000 €?")

    assert prove(answer) == 2
    assert [c.quote for item in answer.listed for c in item.citations] == [
        "Deposit: 1,900 €",
        "Deposit: 1,200 €",
    ]
    assert [item.number for item in answer.listed] == [1900, 1200]


def prove(answer: Answer) -> int:
    """Check that all that is told can be checked; how many things are listed."""
    for sentence in answer.sentences:
        assert answer.text[sentence.start : sentence.end] == sentence.text
        assert sentence.support is Support.SUPPORTED
    for item in answer.listed:
        assert item.text in answer.text
        for citation in item.citations:
            stored = LEASES[citation.path.name]
            assert stored[citation.start : citation.end] == citation.quote
    return len(answer.listed)


def test_a_count_comes_with_its_list_and_is_marked_as_computed(leases: Archive) -> None:
    answer = leases.ask("How many leases have a deposit?")

    counted = [s for s in answer.sentences if s.is_computed]
    assert [s.text for s in counted] == ["2 found in 8 files:"]
    assert set(counted[0].citations) == {c for item in answer.listed for c in item.citations}
    assert answer.mode is Mode.EXHAUSTIVE


def test_a_sum_is_a_formula_of_one_currency_and_names_what_it_leaves_out(
    leases: Archive,
) -> None:
    answer = leases.ask("What is the total of all invoices?")

    assert "119 € + 81 € = 200 €" in answer.text
    assert "invoice_3.txt" in answer.text.rpartition("\n")[2]
    total = next(s for s in answer.sentences if "200 €" in s.text)
    assert total.is_computed
    assert [c.path.name for c in total.citations] == ["invoice_1.txt", "invoice_2.txt"]


def test_a_mean_divides_by_what_was_added(leases: Archive) -> None:
    assert "÷ 4 = 862.50 €" in leases.ask("What is the average rent of all leases?").text


def test_two_numbers_are_compared_by_code(leases: Archive) -> None:
    answer = leases.ask("What is the difference in rent between Paula Marsh and Tom Klein?")

    assert "1,200 € − 700 € = 500 €" in answer.text
    assert [item.number for item in answer.listed] == [1200, 700]


def test_a_change_between_two_years_is_a_share(archive: Archive) -> None:
    archive.hold(
        {
            "report.txt": "Report\n\nNet sales were $120 million in 2023.\n\n"
            "In the year before, net sales were $100 million in 2022.\n"
        }
    )

    answer = archive.ask("By how much did net sales grow from 2022 to 2023?")

    assert "$120,000,000 − $100,000,000 = $20,000,000" in answer.text
    assert "= +20 %" in answer.text


def test_what_is_in_doubt_is_not_computed(archive: Archive) -> None:
    archive.hold(
        {
            "one.txt": "Net sales were $120 million in 2023 and $100 million in 2022.",
            "two.txt": "Net sales were $130 million in 2023 and $90 million in 2022.",
        }
    )

    assert not archive.ask("By how much did net sales grow from 2022 to 2023?").listed


def test_rows_of_a_table_are_things_of_their_own(archive: Archive) -> None:
    archive.hold(
        {
            "employees.txt": "Name | City | Salary\nAnna Weber | Bonn | 52000\n"
            "Tom Klein | Ulm | 48000\nLisa Braun | Bonn | 61000"
        }
    )

    assert archive.listed("Which employees earn more than 50,000?") == ["Anna Weber", "Lisa Braun"]
    assert archive.listed("Which employee has the highest salary?") == ["Lisa Braun"]
    assert archive.listed("How many employees work in Ulm?") == ["Tom Klein"]


def test_copies_of_a_file_are_one_thing_on_the_list(leases: Archive) -> None:
    leases.hold({"copy.txt": LEASES["lease_1.txt"]})

    assert len(leases.ask("How many leases have a deposit above 1,500 €?").listed) == 1


def test_nothing_found_is_said_and_not_counted(leases: Archive) -> None:
    answer = leases.ask("Which files mention submarines?")

    assert answer.listed == ()
    assert answer.text == "Nothing of this was found in 8 files."
    assert not any(s.is_claim for s in answer.sentences)


def test_what_is_streamed_is_the_answer(leases: Archive) -> None:
    events, answer = leases.run("Which files mention arbitration?", CancelToken())

    assert "".join(e.text for e in events if isinstance(e, TextStreamed)) == answer.text
    assert [e.sentence for e in events if isinstance(e, SentenceCited)] == list(answer.sentences)


def test_a_pass_that_is_stopped_tells_how_far_it_came(leases: Archive) -> None:
    cancel = CancelToken()
    cancel.cancel()

    events, answer = leases.run("Which files mention arbitration?", cancel)

    assert answer.stopped
    assert "Stopped after 0 of 8 files" in answer.text
    assert not any(isinstance(event, PassProgress) for event in events)


def test_a_scope_limits_the_pass(leases: Archive) -> None:
    scope = Scope(paths=(leases.files / "lease_4.txt",))

    answer = leases.ask("Which files mention arbitration?", scope)

    assert [item.text for item in answer.listed] == ["lease_4.txt"]
    assert answer.coverage.files_in_scope == 1


def test_the_language_of_the_question_is_the_answers(leases: Archive) -> None:
    assert leases.ask("Welche Dateien erwähnen arbitration?").text.startswith("2 von 8 Dateien")
    assert leases.ask("Quels fichiers mentionnent arbitration ?").text.startswith("2 fichiers")


def test_an_offer_counts_what_would_be_gone_through(leases: Archive) -> None:
    aim = leases.aim("Which files mention arbitration?")
    assert aim is not None

    offer = leases.exhaustive.estimate(aim)

    assert offer.files == 8
    assert offer.passages == leases.catalog.count_chunks()
    assert offer.seconds > 0


@pytest.mark.parametrize(
    "question",
    [
        "How many countries are there in Europe?",
        "What is the weather like?",
        "Who is the landlord of Tom Klein?",
        "How many rooms has the flat?",
    ],
)
def test_questions_about_one_thing_are_left_to_passages(leases: Archive, question: str) -> None:
    assert leases.aim(question) is None


def test_a_count_that_a_passage_tells_is_only_offered(leases: Archive) -> None:
    leases.hold({"news.txt": "Last year the court saw twelve leases ended by arbitration."})

    aim = leases.aim("How many leases were ended by arbitration?")

    assert aim is not None
    assert not aim.is_sure


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("有多少份合同提到押金？", ["合同1.txt", "合同3.txt"]),
        ("哪些合同没有提到押金？", ["合同2.txt"]),
        ("列出所有提到仲裁的文件", ["合同2.txt"]),
    ],
)
def test_chinese_questions_are_gone_through_too(
    archive: Archive, question: str, expected: list[str]
) -> None:
    archive.hold(
        {
            "合同1.txt": "租赁合同\n\n押金：2000元。\n",
            "合同2.txt": "租赁合同\n\n争议通过仲裁解决。\n",
            "合同3.txt": "租赁合同\n\n租客支付押金3000元。\n",
        }
    )

    assert archive.listed(question) == expected


def test_a_number_at_the_begin_of_a_wrapped_line_belongs_to_its_sentence(archive: Archive) -> None:
    archive.hold(
        {
            "incident_1.txt": "Incident report\n\nOn 8 October 2021 there was a leak at the Mill "
            "Road site. The downtime was\n39 hours.\n",
            "incident_2.txt": "Incident report\n\nDowntime: 4 hours\n",
            "incident_3.txt": "Incident report\n\nThe downtime was two days.\n",
        }
    )

    assert archive.listed("Which incidents had a downtime above 24 hours?") == [
        "incident_1.txt",
        "incident_3.txt",
    ]
