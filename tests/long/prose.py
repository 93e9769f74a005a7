"""Neutral English text of any length, and facts to be found in it."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen import canvas

_PARAGRAPH = 5  # sentences
_PAGE = 5  # paragraphs
_PLACES = (
    "Hallow Point", "the lower market", "Quarry Lane", "the old mill", "Stone Bridge",
    "the north pier", "Ferry Street", "the town hall", "Alder Green", "the reservoir",
    "Chapel Hill", "the bus depot",
)  # fmt: skip
_PEOPLE = (
    "the harbour office", "a group of pupils", "the gardeners", "two surveyors",
    "the parish council", "the choir", "an engineer", "the librarians", "several neighbours",
    "the road crew",
)  # fmt: skip
_DOINGS = (
    "counted the visitors", "repaired a fence", "met to talk about the winter",
    "put up new signs", "collected old maps", "measured the water", "planted a row of limes",
    "swept the steps", "drew up a list of repairs", "listened to a report about drains",
    "moved the benches",
)  # fmt: skip
_THINGS = (
    "the timetable", "the weather vane", "the notice board", "the path along the water",
    "the cellar", "the clock", "the stall with bread", "the drinking fountain",
    "the footbridge", "the storeroom",
)  # fmt: skip
_STATES = (
    "was closed for some days", "looked better than the year before", "needed a coat of paint",
    "was the subject of a long letter", "stayed as it was", "was moved a little to the left",
    "was cleaned by volunteers", "drew more people than usual", "was left out of the minutes",
)  # fmt: skip
_WHENS = (
    "On a Monday in March", "Early in the summer", "After the first frost",
    "In the week of the fair", "Towards evening", "Before the holidays",
    "On the last day of the month", "During a dry spell", "When the rain had stopped",
    "At the beginning of autumn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence that stands once in a text, and a question that only it answers."""

    sentence: str
    question: str
    answer: str  # the words that a right answer has


FACTS = (
    Fact("The lighthouse on Orrin Rock was painted by Tessa Malin.",
         "Who painted the lighthouse on Orrin Rock?", "Tessa Malin"),
    Fact("The password of the sailing club is marigold.",
         "What is the password of the sailing club?", "marigold"),
    Fact("Doctor Pell keeps her spare key under a blue flowerpot.",
         "Where does Doctor Pell keep her spare key?", "flowerpot"),
    Fact("The bell of Saint Edda weighs 4,170 kilograms.",
         "How much does the bell of Saint Edda weigh?", "4,170"),
    Fact("The winner of the chess evening was Ibrahim Kosta.",
         "Who won the chess evening?", "Kosta"),
    Fact("The bakery on Tanner Row was founded in 1893.",
         "When was the bakery on Tanner Row founded?", "1893"),
    Fact("The favourite dish of Captain Brandt is pea soup.",
         "What is the favourite dish of Captain Brandt?", "pea soup"),
    Fact("The museum borrowed its tapestry from Lisbon.",
         "From where did the museum borrow its tapestry?", "Lisbon"),
    Fact("The tunnel under Gorse Hill is 612 metres long.",
         "How long is the tunnel under Gorse Hill?", "612"),
    Fact("The mayor named her parrot Bartholomew.",
         "What did the mayor name her parrot?", "Bartholomew"),
)  # fmt: skip


def sentences(seed: int) -> Iterator[str]:
    """Sentences without end about a town where nothing happens, none of which answers a fact."""
    draw = random.Random(seed)
    while True:
        when, who, doing, place, thing, state = (
            draw.choice(words) for words in (_WHENS, _PEOPLE, _DOINGS, _PLACES, _THINGS, _STATES)
        )
        yield draw.choice(
            (
                f"{when} {who} {doing} near {place}.",
                f"{when} {thing} at {place} {state}.",
                f"{thing[0].upper()}{thing[1:]} at {place} {state}, and {who} {doing}.",
                f"{who[0].upper()}{who[1:]} {doing}; {thing} {state}.",
            )
        )


def pages(
    count: Callable[[str], int],
    tokens: int,
    facts: Sequence[tuple[float, Fact]] = (),
    seed: int = 0,
) -> list[str]:
    """Pages of about `tokens` tokens, as `count` counts them, each fact at its depth, 0 to 1."""
    source = sentences(seed)
    sample = [next(source) for _ in range(50)]
    per_sentence = count(" ".join(sample)) / len(sample)
    told = [next(source) for _ in range(max(1, round(tokens / per_sentence) - len(facts)))]
    for depth, fact in sorted(facts, key=lambda placed: -placed[0]):
        told.insert(round(depth * len(told)), fact.sentence)
    paragraphs = [" ".join(part) for part in _parts(told, _PARAGRAPH)]
    return ["\n\n".join(part) for part in _parts(paragraphs, _PAGE)]


def write_pdf(path: Path, pages: Sequence[str]) -> Path:
    """A PDF of these pages."""
    sheet = canvas.Canvas(str(path), invariant=True)
    for page in pages:
        lines = sheet.beginText(60, 780)
        for paragraph in page.split("\n\n"):
            for line in textwrap.wrap(paragraph, 90):
                lines.textLine(line)
            lines.textLine()
        sheet.drawText(lines)
        sheet.showPage()
    sheet.save()
    return path


def _parts(all_of_it: Sequence[str], size: int) -> list[Sequence[str]]:
    return [all_of_it[start : start + size] for start in range(0, len(all_of_it), size)]
