from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from app.widgets import wording


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (8.2, "8 s"), (100, "1 min 40 s"), (120, "2 min"), (7_500, "2 h 5 min")],
)
def test_lengths_of_time_are_read_at_a_glance(seconds, words):
    assert wording.duration(seconds) == words


def test_one_is_singular():
    assert wording.passages(1) == "1 passage"
    assert wording.passages(6) == "6 passages"
    assert wording.files(1) == "1 file"
    assert wording.files(0) == "0 files"


def test_a_long_name_keeps_its_start_and_its_end():
    name = wording.elided_name(Path("a" * 50 + "b" * 50 + ".pdf"), 40)

    assert len(name) == 40
    assert name.startswith("aaa")
    assert name.endswith("bbb.pdf")


def test_a_source_without_a_place_is_only_its_name():
    assert wording.source(Path("a.txt"), "") == "\u2068a.txt\u2069"
    assert wording.source(Path("a.pdf"), "p. 2") == "\u2068a.pdf\u2069, p. 2"
