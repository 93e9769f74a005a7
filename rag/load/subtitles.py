"""Reads subtitles: what is said, in paragraphs, each line with the time at which it is said."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.load.how import PLAINLY, HowToRead
from rag.load.lined_text import LinedText
from rag.load.text import TextFile
from rag.records import DocumentInfo, Page

PAUSE_S = 3.0  # of silence, after which a new paragraph begins
PARAGRAPH_CHARS = 500  # then it ends with the next sentence
LONGEST_PARAGRAPH_CHARS = 1_500
MOST_LINES = 50  # of one cue; more is another kind of text
LONGEST_SPEAKER_CHARS = 60

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_CUE = re.compile(rf"\s*{_TIME}\s*(?:-->|,)\s*{_TIME}(?:\s.*)?$")
_NUMBER = re.compile(r"\s*\d+\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s+([^<>]{1,60})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,500}\}")
_ASIDE = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:[ \t].*)?$")  # up to an empty line
_SCRIPT_COLUMNS = (
    *("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"),
)
_ENDS_SENTENCE = re.compile(r"[.!?…。！？♪][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from one moment to another, in seconds from the beginning."""

    start_s: float
    end_s: float
    speaker: str  # empty where none is named
    text: str  # one line


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """A line for each cue, in paragraphs; its mark is its time: "0:12:31"."""
    file = TextFile.open(path)
    yield DocumentInfo(path.stem, 1, paged=False, format="subtitles")
    is_script = path.suffix.lower() in {".ass", ".ssa"}
    text = LinedText()
    begun = 0  # where the paragraph in work begins
    before = Cue(0.0, 0.0, "", "")
    for cue in _script_cues(file.lines()) if is_script else _timed_cues(file.lines()):
        if cue.text == before.text and cue.speaker == before.speaker:
            continue  # shown on, as live captions do
        if before.text and _begins_anew(before, cue, text.length - begun):
            text.line("")
            yield from text.take_full_page()
            begun = text.length
        text.mark(_clock(cue.start_s))
        is_new = cue.speaker and (cue.speaker != before.speaker or text.length == begun)
        text.line(f"{cue.speaker}: {cue.text}" if is_new else cue.text)
        before = cue
    yield text.take_page()


def _begins_anew(before: Cue, cue: Cue, chars: int) -> bool:
    """Whether a paragraph ends between two cues."""
    return (
        cue.speaker != before.speaker
        or cue.start_s - before.end_s > PAUSE_S
        or (chars > PARAGRAPH_CHARS and _ENDS_SENTENCE.search(before.text) is not None)
        or chars > LONGEST_PARAGRAPH_CHARS
    )


def _timed_cues(lines: Iterator[str]) -> Iterator[Cue]:
    """The cues of SubRip, WebVTT and SBV: a line of times, then what is said."""
    times = (0.0, 0.0)
    said: list[str] = []
    is_aside = False  # in what is not to be shown
    after_gap = stood_apart = False  # whether an empty line came before: then it may be a name
    for line in lines:
        found = _CUE.match(line)
        if found:
            if said and (stood_apart or _NUMBER.match(said[-1])):
                said.pop()  # the number or name of the cue that begins
            yield from _cue(times, said)
            parts = found.groups()
            times, said, is_aside = (_seconds(*parts[:4]), _seconds(*parts[4:])), [], False
        elif _ASIDE.match(line):
            is_aside = True
        elif not line.strip():
            is_aside = False
        elif not is_aside and len(said) < MOST_LINES:
            said.append(line)
            stood_apart = after_gap
        after_gap = not line.strip()
    yield from _cue(times, said)


def _script_cues(lines: Iterator[str]) -> Iterator[Cue]:
    """The cues of SubStation Alpha, whose columns a "Format:" line names."""
    columns = list(_SCRIPT_COLUMNS)
    in_events = False
    for line in lines:
        kind, colon, rest = line.partition(":")
        kind = kind.strip().lower()
        if kind.startswith("["):
            in_events = kind.startswith("[events")
        elif in_events and colon and kind == "format":
            columns = [name.strip().lower() for name in rest.split(",")]
        elif in_events and colon and kind == "dialogue":
            cells = dict(zip(columns, rest.split(",", len(columns) - 1), strict=False))
            start, end = _time_of(cells.get("start", "")), _time_of(cells.get("end", ""))
            said = re.split(r"\\[nN]", cells.get("text", "").replace(r"\h", " "))
            speaker = cells.get("name", cells.get("actor", "")).strip()
            yield from _cue((start, end), said, speaker)


def _cue(times: tuple[float, float], said: list[str], speaker: str = "") -> Iterator[Cue]:
    """The cue that says this; none where it says nothing, as drawings do."""
    text = " ".join(said)
    if r"{\p" in text and re.search(r"\{[^{}]*\\p[1-9]", text):
        return
    voice = _VOICE.search(text)
    if voice:
        speaker = voice[1].strip()
    text = " ".join(html.unescape(_TAG.sub("", text)).split())
    if text:
        yield Cue(*times, speaker[:LONGEST_SPEAKER_CHARS], text)


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")


def _time_of(text: str) -> float:
    found = re.fullmatch(_TIME, text.strip())
    return _seconds(found[1], found[2], found[3], found[4]) if found else 0.0


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
