"""Recognises the text of pictures on this computer; only parser processes import it.

The pictures are pages that are scans, and image files; `Recogniser.read` says what stands where.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from rag.load.how import carry_on
from rag.load.ocr import models
from rag.load.ocr.alphabets import VIETNAMESE, Alphabet, Document, Language
from rag.load.ocr.reading import Reading, mean_quality, read_strip
from rag.load.ocr.strips import Picture, Points, Strip, find_strips
from rag.load.ocr.turning import direction_of, level, read_across, read_upright, split_by_way

PAGE_SECONDS = 60.0  # of all cores; what is not recognised by then is left out
AT_ONCE = 4 * models.MAX_THREADS  # lines between two signs of life
MIN_QUALITY = 0.6  # of a picture as a whole; below it, its script is one that is not known
MOSTLY_READ = 0.8  # the share of a picture's ink that must be read, or it is said
MIN_VIETNAMESE = 0.01  # share of letters that no other language has
VIETNAMESE_DOUBT = 0.04  # the share of ink that belongs to no letter known
ASIDE_QUALITY = 0.8  # of what runs across the other lines; most of that is no text

UNREADABLE = (
    "Its text could not be recognised: the picture is too poor, or its script is not one that "
    "Footnote knows, which are Latin letters, Chinese and Japanese."
)
PARTLY = "Part of its text could not be recognised."
TOO_LONG = "It holds more text than can be recognised in the time for a page; the rest is left out."

Corners = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or one Chinese or Japanese character, and where it stands in px of the picture."""

    text: str
    box: Corners  # in the picture as it was given
    level: Corners  # as it would be if the picture stood upright and its lines were level
    spaced: bool  # a space comes before it on its line


class Frame:
    """A picture turned so that it stands upright and its lines are level."""

    def __init__(self, width: float, height: float, direction: float) -> None:
        """Lines run in `direction` in the picture, in radians clockwise from rightward."""
        self._direction = direction
        turned = level(_corners(0, 0, width, height), direction)
        self._origin = turned.min(axis=0)
        self.height = float(turned[:, 1].max() - self._origin[1])  # px, as `level` sees it

    def level(self, points: Points) -> Corners:
        """The box around what stands at `points` of the picture as given."""
        return _around(level(points, self._direction) - self._origin)

    def level_box(self, box: Corners) -> Corners:
        """A box in the picture as given, levelled."""
        return self.level(_corners(*box))


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of a picture: its lines in no order, each with its words as they are read."""

    lines: tuple[tuple[Word, ...], ...] = ()
    asides: tuple[tuple[Word, ...], ...] = ()  # lines that run across the others
    frame: Frame | None = None  # None where no text was found
    problem: str = ""  # what could not be recognised, and why: a sentence


class Recogniser:
    """Recognises the pages of one document, whose language it learns on the way.

    `language` is as in `Options.ocr_language`. Raises `NoRecogniser` when the models are missing.
    """

    def __init__(self, language: str = "", still_reading: Callable[[], None] = carry_on) -> None:
        """`still_reading` as in `HowToRead`: it is called after every few lines."""
        self._detector, self._model, self._alphabet = _engine()
        self._document = Document(Language(language))
        self._still_reading = still_reading

    def read(self, picture: Picture, seconds: float = PAGE_SECONDS) -> Recognised:
        """The text of `picture`, as far as the processor finds it in `seconds` of its time.

        Raises `MemoryError`.
        """
        deadline = time.process_time() + seconds  # a busy computer costs a page nothing
        with ThreadPoolExecutor(models.threads()) as pool:

            def one(strip: Strip) -> Reading:
                return read_strip(picture, strip, self._model, self._alphabet)

            def read(strips: list[Strip]) -> list[Reading]:
                readings: list[Reading] = []
                for start in range(0, len(strips), AT_ONCE):
                    self._still_reading()
                    if time.process_time() > deadline:
                        break
                    readings += pool.map(one, strips[start : start + AT_ONCE])
                return readings

            found = find_strips(picture, self._detector)
            main, across, sideways = split_by_way(found)
            readings, quarters = read_upright(main, read, sideways=sideways)
            asides = [r for r in read_across(across, read) if r.quality >= ASIDE_QUALITY]
        problem = TOO_LONG if time.process_time() > deadline else _problem(readings, self._document)
        if problem == UNREADABLE:
            return Recognised(problem=problem)
        self._document.learn(reading.text for reading in readings)
        direction = direction_of(readings, quarters)
        frame = Frame(picture.shape[1], picture.shape[0], direction)
        return Recognised(
            tuple(self._lines(readings, frame)), tuple(self._lines(asides, frame)), frame, problem
        )

    def _lines(self, readings: Iterable[Reading], frame: Frame) -> Iterable[tuple[Word, ...]]:
        for reading in readings:
            said = reading.says(self._document.language_of(reading.text))
            if said is None:
                continue
            words: list[Word] = []
            for span in reading.words(said):
                spaced = bool(words) and said.text[span.first - 1] == " "
                part = _part(reading.strip, span.x0, span.x1)
                text = said.text[span.first : span.after]
                words.append(Word(text, _around(part), frame.level(part), spaced))
            if words:
                yield tuple(words)


def _part(strip: Strip, x0: float, x1: float) -> Points:
    """The corners of the part of `strip` between two places along it, from 0 to 1."""
    top_left, top_right, bottom_right, bottom_left = strip.corners()
    return np.array(
        [
            *(top_left + (top_right - top_left) * x for x in (x0, x1)),
            *(bottom_left + (bottom_right - bottom_left) * x for x in (x1, x0)),
        ]
    )


def _corners(x0: float, y0: float, x1: float, y1: float) -> Points:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float64)


def _around(points: Points) -> Corners:
    (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return x0, y0, x1, y1


def _problem(readings: list[Reading], document: Document) -> str:
    """What is to be said of how well a picture was read; empty where nothing is."""
    if not readings:
        return ""
    if mean_quality(readings) < MIN_QUALITY or _is_vietnamese(readings):
        return UNREADABLE
    total = sum(reading.length for reading in readings)
    read = sum(r.length for r in readings if r.says(document.language_of(r.text)) is not None)
    return PARTLY if read < MOSTLY_READ * total else ""


def _is_vietnamese(readings: list[Reading]) -> bool:
    """Whether a picture is in Vietnamese, of whose letters many are not known and left out."""
    letters = [letter for reading in readings for letter in reading.text if letter.isalpha()]
    total = sum(reading.length for reading in readings)
    doubt = sum(reading.length * reading.doubt for reading in readings) / max(total, 1.0)
    own = sum(letter in VIETNAMESE for letter in letters)
    return own >= MIN_VIETNAMESE * len(letters) and own > 1 and doubt >= VIETNAMESE_DOUBT


@functools.cache
def _engine() -> tuple[models.Model, models.Model, Alphabet]:
    """The models, loaded once in a process."""
    detector, recogniser = models.load()
    return detector, recogniser, Alphabet([*recogniser.characters(), " "])
