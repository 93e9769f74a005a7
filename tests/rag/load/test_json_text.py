"""JSON is read record by record, as lines that name what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.load import json_stream, lined_text
from tests.rag.load.reading import document_of, place_of, read_page, read_text

PEOPLE = [
    {"name": "Anna", "home": {"city": "Köln", "zip": "50667"}, "likes": ["tea", "dogs"]},
    {"name": "Bert", "home": {"city": "Bonn"}, "jobs": [{"as": "cook"}, {"as": "baker"}]},
]


def test_each_leaf_is_a_line_with_its_path(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.json", json.dumps(PEOPLE))

    assert page.text == (
        "name: Anna\nhome.city: Köln\nhome.zip: 50667\nlikes: tea, dogs\n\n"
        "name: Bert\nhome.city: Bonn\njobs.1.as: cook\njobs.2.as: baker"
    )


def test_a_place_is_a_record(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.json", json.dumps(PEOPLE))

    assert place_of(page, "Bonn") == "record 2"


def test_a_list_in_an_object_names_its_records(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.json", json.dumps({"year": 2024, "people": PEOPLE, "end": "yes"}))

    assert place_of(page, "Bonn") == "people 2"
    assert place_of(page, "end: yes") == "end"
    assert page.text.startswith("year: 2024\n")


def test_a_line_is_a_record_in_json_lines(tmp_path: Path) -> None:
    lines = [json.dumps(PEOPLE[0]), "", "no JSON at all", json.dumps(PEOPLE[1])]

    page = read_page(tmp_path, "a.jsonl", "\n".join(lines))

    assert place_of(page, "no JSON at all") == "line 3"
    assert place_of(page, "Bonn") == "line 4"


def test_several_objects_in_a_row_are_records(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.json", "\n".join(map(json.dumps, PEOPLE)))

    assert place_of(page, "Bonn") == "record 2"


def test_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    page = read_page(
        tmp_path, "a.json", '{"a": 1.10, "b": 1e400, "c": NaN, "d": ' + "9" * 5000 + "}"
    )

    assert page.text == "a: 1.10\nb: 1e400\nc: NaN\nd: " + "9" * 5000


def test_members_with_one_key_are_all_said(tmp_path: Path) -> None:
    assert read_page(tmp_path, "a.json", '{"a": "x", "a": "y"}').text == "a: x\na: y"


def test_what_is_empty_says_nothing(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.json", '{"a": null, "b": "", "c": [], "d": {}, "e": false}')

    assert page.text == "e: false"


def test_shapes_and_vectors_are_cut_short(tmp_path: Path) -> None:
    ring = [[n + 0.5, n + 0.25] for n in range(500)]
    place = {"type": "Feature", "properties": {"name": "Lake"}, "geometry": {"at": [ring]}}

    page = read_page(tmp_path, "a.geojson", json.dumps({"features": [place]}))

    assert "properties.name: Lake" in page.text
    assert "geometry.at: 0.5, 0.25, 1.5" in page.text
    assert "… and 992 more numbers" in page.text


@pytest.mark.parametrize(
    "content",
    ['// a comment\n{"a": 1,}', "{'a': 1}", '{"a": [1, 2', "plain words", '{"a" 1}', "[" * 9999],
)
def test_what_is_no_json_is_read_as_the_text_it_is(tmp_path: Path, content: str) -> None:
    page = read_page(tmp_path, "a.json", content)

    assert page.text == content
    assert place_of(page, content[-1:]).startswith("line ")


def test_an_object_that_is_spread_out_is_no_json_lines(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.jsonl", json.dumps(PEOPLE, indent=1))

    assert place_of(page, "home.city: Bonn") == "record 2"


def test_deep_objects_have_short_paths(tmp_path: Path) -> None:
    deep = '{"key": ' * 300 + '"end"' + "}" * 300

    page = read_page(tmp_path, "a.json", deep)

    assert page.text.endswith(".key.key: end")
    assert len(page.text) < 200


def test_large_values_are_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "BLOCK_CHARS", 256)

    whole = read_page(tmp_path, "a.json", json.dumps({"data": {"people": PEOPLE * 20}}))

    assert whole.text.count("home.city: Bonn") == 20
    assert place_of(whole, "Bonn") == "data.people 2"


@pytest.mark.parametrize("block", [1, 2, 3, 7])
def test_where_a_block_ends_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    content = '[1.5, "a", true, null, -2e5, "ü"]  '
    expected = read_page(tmp_path, "a.json", content).text
    monkeypatch.setattr(json_stream, "BLOCK_CHARS", block)

    assert read_page(tmp_path, "a.json", content).text == expected == "1.5\na\ntrue\n-2e5\nü"


def test_after_a_broken_place_far_on_the_rest_is_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lined_text, "PAGE_CHARS", 100)
    monkeypatch.setattr(json_stream, "BLOCK_CHARS", 64)

    info, pages = read_text(tmp_path, "a.json", json.dumps(PEOPLE * 9)[:-1] + ", {oops: 1}, 2]")

    text = document_of(info, pages).text
    assert text.count("home.city: Bonn") == 9
    assert "{oops: 1}, 2]" in text
