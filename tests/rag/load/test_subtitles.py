"""Of subtitles what is said is read, each line with its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rag.load.reading import place_of, read_page

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>Good morning,</i>
everyone.

2
00:00:03,600 --> 00:00:06,000
{\\an8}Today it is about caf&eacute;s.

3
00:12:31,000 --> 00:12:33,000
JOHN: What is that?
"""
VTT = """WEBVTT - a talk

NOTE a comment
over two lines

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v Anna Berg>We are in <c.yellow>New York</c> City

00:04.000 --> 00:07.000
<v Anna Berg>and <00:05.100>stay.

00:07.500 --> 01:02:09.000
<v Neil>Yes &amp; no.
"""
SBV = "0:00:00.599,0:00:04.160\nHi, I am Fred\nof SBV.\n\n0:00:04.160,0:00:06.770\nSecond.\n"
ASS = """[Script Info]
Title: x
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:03.00,Default,Anna,0,0,0,,{\\b1}Hello{\\b0}, how\\Nare you?
Dialogue: 0,0:00:03.00,0:00:05.00,Default,Bob,0,0,0,,Fine, thanks.
Comment: 0,0:00:03.00,0:00:05.00,Default,Bob,0,0,0,,hidden
Dialogue: 0,0:00:05.00,0:00:07.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}
"""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.srt", SRT, "Good morning, everyone.\nToday it is about cafés.\n\nJOHN: What is that?"),
        ("a.vtt", VTT, "Anna Berg: We are in New York City\nand stay.\n\nNeil: Yes & no."),
        ("a.sbv", SBV, "Hi, I am Fred of SBV.\nSecond."),
        ("a.ass", ASS, "Anna: Hello, how are you?\n\nBob: Fine, thanks."),
        ("a.ssa", ASS, "Anna: Hello, how are you?\n\nBob: Fine, thanks."),
    ],
)
def test_only_what_is_said_is_read(tmp_path: Path, name: str, content: str, said: str) -> None:
    assert read_page(tmp_path, name, content).text == said


def test_a_place_is_a_time(tmp_path: Path) -> None:
    page = read_page(tmp_path, "a.srt", SRT)

    assert place_of(page, "What is that") == "0:12:31"
    assert place_of(page, "Today it is about cafés.\n\nJOHN") == "0:00:03–0:12:31"


def test_a_line_that_is_shown_on_is_read_once(tmp_path: Path) -> None:
    cue = "00:00:0{} --> 00:00:0{}\nThe same words\n\n"

    page = read_page(tmp_path, "a.srt", cue.format(1, 2) + cue.format(2, 3) + cue.format(3, 4))

    assert page.text == "The same words"


def test_an_empty_line_within_a_cue_loses_nothing(tmp_path: Path) -> None:
    page = read_page(
        tmp_path,
        "a.srt",
        "1\n00:01,0 --> 00:02,0\nfirst\n\nstill first\n\n2\n00:03,0 --> 00:04,0\nsecond\n",
    )

    assert page.text == "first still first\nsecond"


def test_numbers_without_empty_lines_are_not_said(tmp_path: Path) -> None:
    page = read_page(
        tmp_path,
        "a.srt",
        "1\n00:00:01,0 --> 00:00:02,0\nHello.\n2\n00:00:02,0 --> 00:00:03,0\nAgain.\n",
    )

    assert page.text == "Hello.\nAgain."


def test_a_long_speech_is_parted_at_sentences(tmp_path: Path) -> None:
    times = [f"00:{n // 60:02}:{n % 60:02}" for n in range(90)]
    cues = [f"{time},0 --> {time},9\nThe sentence of {time} ends here.\n" for time in times]

    page = read_page(tmp_path, "a.srt", "\n".join(cues))

    assert 2 < page.text.count("\n\n") < 10


def test_a_file_without_times_says_nothing(tmp_path: Path) -> None:
    assert read_page(tmp_path, "a.ass", "[Events]\nDialogue: \nx\n").text == ""
