"""Tells of which day and version a document is, and which of several is the newest."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex

from rag.cite.facts import analyse
from rag.cite.items import Quantity
from rag.cite.quantities import MONTHS
from rag.cite.wordlist import words
from rag.cite.words import fold

_HEAD_CHARS = 2_000  # of a text: where documents tell their own date
_TITLE_LINES = 4
_MOST_BESIDE_A_DATE = 5  # words in a line that gives a text's date without saying so
_LABEL = regex.compile(
    r"""\b(?:version|rev(?:ision)?\.?|issued?|dated?|as\s+of|(?:last\s+)?(?:updated|revised|changed
    |amended|modified)|effective(?:\s+(?:from|date|as\s+of))?|valid\s+(?:from|as\s+of)|in\s+force
    (?:\s+from)?|published|stand|fassung|vom|datum|gültig\s+ab|gilt\s+ab|in\s+kraft\s+(?:ab|seit)
    |aktualisiert|geändert|ausgabe|fait\s+le|date|en\s+vigueur|mis\s+à\s+jour|valable\s+à\s+partir
    |fecha|vigente\s+(?:desde|a\s+partir)|actualizado|edición)\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
_LABEL_REACH = 40  # characters between a label and its date
_VERSION = regex.compile(
    r"(?<![\p{L}\d])(?:v|ver|vers|version|versión|rev|revision|fassung|ausgabe|edition|issue)"
    r"[\s._-]{0,2}(\d{1,3}(?:\.\d{1,3}){0,3})(?![\p{L}\d])",
    regex.IGNORECASE,
)
_ISO = regex.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(0[1-9]|[12]\d|3[01]))?(?!\d)"
)
_DAY_FIRST = regex.compile(
    r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-_.](0?[1-9]|1[0-2])[-_.]((?:19|20)\d\d)(?!\d)"
)
_YEAR = regex.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_QUARTER = regex.compile(
    r"(?<![\p{L}\d])(?:q[1-4]|[1-4]\.?\s?quartal|h[12]|t[1-4])(?![\p{L}\d])", regex.I
)
_STATES = words(
    """
    final draft copy new old latest current signed clean revised updated amended entwurf kopie neu
    alt endfassung aktuell unterschrieben geändert brouillon copie nouveau définitif borrador
    copia nuevo definitivo of the der die das vom
    """
)


_OF_ITS_DAY = words(
    """
    report reports annual quarter quarterly monthly weekly daily fiscal results earnings filing
    statement statements invoice receipt bill order payslip timesheet log diary journal newsletter
    delivery bulletin forecast accounts budget bericht quartal jahresabschluss bilanz rechnung
    quittung bestellung lieferschein kontoauszug abrechnung haushalt rapport annuel trimestriel
    facture recu commande releve bilan informe anual trimestral factura recibo pedido extracto
    """
)
_OF_ITS_DAY_ENDINGS = ("bericht", "rechnung", "abschluss", "auszug", "bilanz")


@dataclass(frozen=True, slots=True)
class Dated:
    """When a document is from, and what tells it."""

    day: date | None = None  # the last one of a month or year where no day is told
    by: str = ""  # "its name", "its title", "its text" or "its file"; empty where nothing tells
    version: tuple[int, ...] = ()  # (2, 1) of "v2.1"; empty where none is told


def dated(name: str, title: str = "", text: str = "", modified: date | None = None) -> Dated:
    """When the document in the file `name` is from.

    Its name tells it before its title and the head of its text, and those before `modified`, when
    its file was last changed.
    """
    head = text[:_HEAD_CHARS]
    version = _version(name) or _version(title) or _version(_first_lines(head))
    for told, by in ((name, "its name"), (title, "its title")):
        day = _day_in_name(told)
        if day is not None:
            return Dated(day, by, version)
    day = _day_in_text(head)
    if day is not None:
        return Dated(day, "its text", version)
    return Dated(modified, "its file" if modified else "", version)


def family(name: str) -> str:
    """What the files of several versions of one document share of their names; maybe nothing."""
    bare = regex.sub(r"\.\p{L}\w{0,4}$|\(\d{1,2}\)", "", name)
    for pattern in (_VERSION, _ISO, _DAY_FIRST, _YEAR, _QUARTER):
        bare = pattern.sub(" ", bare)
    kept = [
        word
        for word in regex.findall(r"\p{L}+|\d+", fold(bare))
        if word not in _STATES and word not in MONTHS
    ]
    told = any(word.isalpha() and (len(word) > 2 or not word.isascii()) for word in kept)
    return " ".join(kept) if told else ""


def is_of_its_day(said: str) -> bool:
    """Whether a document that is called so is on one time or deal: a report, an invoice."""
    spoken = regex.findall(r"\p{L}+", fold(said))
    quarter = _QUARTER.search(said) is not None
    return quarter or any(
        word in _OF_ITS_DAY or word.endswith(_OF_ITS_DAY_ENDINGS) for word in spoken
    )


def newest_first(documents: Sequence[tuple[str, Dated]]) -> list[int]:
    """The indexes of `documents`, each a file's name and its date, in the order of their age.

    Those without a date come last. Among files of one family the version counts, not the date.
    """
    order = sorted(
        range(len(documents)),
        key=lambda at: -(documents[at][1].day or date.min).toordinal(),
    )
    families: dict[str, list[int]] = defaultdict(list)
    for at in order:
        name, told = documents[at]
        if told.version and family(name):
            families[family(name)].append(at)
    ranked = order[:]
    for members in families.values():
        places = [order.index(at) for at in members]
        by_version = sorted(members, key=lambda at: documents[at][1].version, reverse=True)
        for place, at in zip(places, by_version, strict=True):
            ranked[place] = at
    return ranked


def period_of(name: str) -> tuple[str, ...]:
    """The year and the quarter or month that a file's name tells, as far as it tells them."""
    years = _YEAR.findall(name) or [found[1] for found in _ISO.finditer(name)]
    months = [word for word in regex.findall(r"\p{L}+", fold(name)) if word in MONTHS]
    return (*years, *(q.lower() for q in _QUARTER.findall(name)), *months)


def _version(text: str) -> tuple[int, ...]:
    found = _VERSION.search(text)
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def _day_in_name(name: str) -> date | None:
    found = _ISO.search(name)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3] or 0))
    found = _DAY_FIRST.search(name)
    if found:
        return _day(int(found[3]), int(found[2]), int(found[1]))
    for item in analyse(regex.sub(r"[_-]+", " ", name)):
        quantity = item.quantity
        if quantity is not None and quantity.is_date and 1900 <= quantity.year < 2100:
            quarter = regex.search(r"(?<![\p{L}\d])[qt]([1-4])(?!\d)", name, regex.IGNORECASE)
            if quarter and not quantity.month:
                return _day(quantity.year, 3 * int(quarter[1]), 0)
            return _day_of(quantity)
    return None


def _day_in_text(head: str) -> date | None:
    """The date that a text gives as its own: after a label, or in its first lines."""
    items = [
        item
        for item in analyse(head)
        if item.quantity is not None and 1900 <= item.quantity.year < 2100 and item.quantity.month
    ]
    for label in _LABEL.finditer(head):
        for item in items:
            if 0 <= item.start - label.end() <= _LABEL_REACH:
                between = head[label.end() : item.start]
                if "\n" not in between and not regex.search(r"[.;]\s", between):
                    assert item.quantity is not None
                    return _day_of(item.quantity)
    return _first_full_day(_first_lines(head))


def _first_full_day(text: str) -> date | None:
    """The first day that a line of `text` tells and little else."""
    for line in text.splitlines():
        items = analyse(line)
        others = sum(item.is_content and item.quantity is None for item in items)
        if others > _MOST_BESIDE_A_DATE or line.rstrip().endswith("."):
            continue
        for item in items:
            quantity = item.quantity
            if quantity is not None and 1900 <= quantity.year < 2100 and quantity.month:
                return _day_of(quantity)
    return None


def _first_lines(text: str) -> str:
    return "\n".join([line for line in text.splitlines() if line.strip()][:_TITLE_LINES])


def _day_of(quantity: Quantity) -> date | None:
    return _day(quantity.year, quantity.month, quantity.day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        month = month or 12
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None
