"""What only looks like what is asked for is not taken for it, and what is written otherwise is."""

from __future__ import annotations

from rag.exhaustive.layout import LabelBook, layout_of
from tests.rag.exhaustive.archive import Archive

CREWS = {
    "crossing_1.txt": "Crossing report\n\n"
    "Date: 03/09/2019, 0815\nSkipper: Ole Brandt\nAge: 44, male\n"
    "Port: Kiel\nHull service time: 40 hours\n\nThe skipper of 7 crossings waited 90 minutes.\n",
    "crossing_2.txt": "Crossing report\n\n"
    "Date: 03/21/2019, 1130\nSkipper: Ada Holm\nAge: 71, female\n"
    "Port: Dead Harbor, MA\nWaiting time: 900 hours\n\nCrossings by ferry began in 1954. Nothing "
    "of note. She left from Dead Harbor at noon.\n",
    "crossing_3.txt": "Crossing report\n\n"
    "Date: 09/03/2019, 0700\nSkipper: Jon Vik\nAge: 29, male\n"
    "Port: Bergen\nHull service time: 310 hours\n\nA stoker was dead on board. The crossing "
    "had been the first since 1961.\n",
    "crossing_4.txt": "Crossing report\n\n"
    "Date: 03/09/2019, 1700\nSkipper: Eva Lund\nAge: 58, female\n"
    "Port: Malmo\nWaiting time: 500 hours\nSailed under: Rule 12: Coastal Waters - Training\n\n"
    "Crossings were rare before 1950.\n",
}


def test_a_word_in_the_name_of_a_place_is_not_what_it_means(archive: Archive) -> None:
    crews = archive.hold(CREWS)

    assert crews.listed("Which crossings were fatal?") == ["crossing_3.txt"]
    assert crews.listed("Which crossings had any dead?") == ["crossing_3.txt"]


def test_the_name_of_a_place_is_found_where_it_is_asked_for(archive: Archive) -> None:
    crews = archive.hold(CREWS)

    assert crews.listed("Which crossings began in Dead Harbor?") == ["crossing_2.txt"]
    assert crews.listed("Which crossings left from a harbor?") == ["crossing_2.txt"]


def test_the_oldest_of_people_is_sought_by_age_where_files_are_asked_for(archive: Archive) -> None:
    crews = archive.hold({name: text.replace("Skipper", "Driver") for name, text in CREWS.items()})

    (oldest,) = crews.ask("Which report has the oldest driver?").listed
    (youngest,) = crews.ask("Which report has the youngest driver?").listed

    assert (oldest.text, oldest.number) == ("crossing_2.txt", 71)
    assert (youngest.text, youngest.number) == ("crossing_3.txt", 29)


def test_a_day_that_is_written_out_is_found_in_the_order_the_library_writes(
    archive: Archive,
) -> None:
    crews = archive.hold(CREWS)
    expected = ["crossing_1.txt", "crossing_4.txt"]

    assert crews.listed("List all crossings on 9 March 2019.") == expected
    assert crews.listed("List all reports of crossings on March 9, 2019.") == expected


def test_a_numbered_rule_before_a_colon_is_part_of_the_value() -> None:
    text = "Sailed under: Rule 12: Coastal Waters - Training"

    (field,) = layout_of(text, LabelBook()).fields

    assert (field.label, text[field.start : field.end]) == ("sailed under", text[14:])


def test_an_empty_field_before_another_stays_one() -> None:
    labels = [one.label for one in layout_of("Built in: Rebuilt: No", LabelBook()).fields]

    assert labels == ["built in", "rebuilt"]


def test_a_label_with_all_words_wins_over_one_that_shares_a_word(archive: Archive) -> None:
    crews = archive.hold(CREWS)

    answer = crews.ask("Which report has the highest hull service time?")

    assert [(one.text, one.number) for one in answer.listed] == [("crossing_3.txt", 310)]
    assert "of 2" in answer.text


def test_a_shorter_label_counts_beside_the_one_with_all_words(archive: Archive) -> None:
    leases = archive.hold(
        {
            "lease_1.txt": "Lease agreement\n\nMonthly rent: 700 €\n",
            "lease_2.txt": "Lease agreement\n\nRent (EUR): 900\n",
            "lease_3.txt": "Lease agreement\n\nRent per month: 800 €\n",
            "lease_4.txt": "Lease agreement\n\nParking rent: 2,000 €\n",
        }
    )

    assert leases.listed("Which lease has the highest monthly rent?") == ["lease_2.txt"]
