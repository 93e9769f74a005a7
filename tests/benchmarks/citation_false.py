"""Makes sentences that no passage bears out, with word lists of its own."""

from __future__ import annotations

import re

from tests.benchmarks.citation_documents import Bench, Source
from tests.benchmarks.citation_true import MONTHS, MONTHS_DE

UNITS = {
    "percent": "million",
    "%": " million",
    "million": "billion",
    "billion": "million",
    "years": "months",
    "days": "weeks",
    "miles": "kilometers",
    "km": "miles",
    "dollars": "euros",
    "$": "€",
    "meters": "feet",
    "hours": "days",
    "Prozent": "Millionen",
    "Jahre": "Monate",
    "Millionen": "Milliarden",
}
UNSEEN_UNITS = {
    "months": "years",
    "weeks": "months",
    "minutes": "hours",
    "feet": "inches",
    "kg": "tons",
    "degrees": "percent",
    "euros": "dollars",
    "square miles": "acres",
    "thousand": "million",
    "tons": "pounds",
    "century": "decade",
    "Meter": "Kilometer",
    "Tage": "Wochen",
    "Stunden": "Minuten",
    "Euro": "Dollar",
    "km²": "m²",
    "£": "$",
    "acres": "hectares",
}
FOREIGN_NAMES = [
    "Oslo",
    "Henderson",
    "Bangkok",
    "Fitzgerald",
    "Montevideo",
    "Kowalski",
    "Nakamura",
    "Tasmania",
    "Abernathy",
    "Lindqvist",
]
_DIGITS = re.compile(r"(?<![\w.,/-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\w,]|\.\d)")
_YEAR = re.compile(r"(?<![\w.,/-])(?:1[0-9]|20)\d\d(?![\w,]\d|\w|\.\d)")
_NAME = re.compile(r"(?<=[a-z,] )([A-ZÄÖÜ][a-zäöüß]{3,}(?: [A-ZÄÖÜ][a-zäöüß]{3,})*)(?=[ ,.;)])")
_AUXILIARY = re.compile(
    r"\b(was|were|is|are|has|had|can|could|will|would|did|may|should)\b (?!not|never|no\b)"
)
_AUXILIARY_DE = re.compile(
    r"\b(wurde|wurden|ist|sind|war|waren|hat|hatte|kann|konnte)\b (?!nicht|kein)"
)
NEVER_NAMES = set(MONTHS) | set(MONTHS_DE) | {"Earth", "Church", "State", "States", "Union"}


def number_shifted(bench: Bench, source: Source) -> str | None:
    found = [m for m in _DIGITS.finditer(source.text) if not _YEAR.fullmatch(m[0])]
    if not found:
        return None
    spot = bench.rng.choice(found)
    plain = spot[0].replace(",", "")
    value = (
        float(plain) + bench.rng.choice((1, 2, 3, 7, 11))
        if "." in plain
        else int(plain) + bench.rng.choice((1, 2, 3, 7, 11))
    )
    new = (
        f"{value:.1f}"
        if isinstance(value, float)
        else (f"{value:,}" if "," in spot[0] else str(value))
    )
    if new in source.text:
        return None
    return source.text[: spot.start()] + new + source.text[spot.end() :]


def number_word(bench: Bench, source: Source) -> str | None:
    words = ["two", "three", "four", "five", "six", "seven", "eight", "nine"]
    words_de = ["zwei", "drei", "vier", "fünf", "sechs", "sieben"]
    for pool in (words, words_de):
        for word in pool:
            if re.search(rf"\b{word}\b", source.text):
                other = bench.rng.choice([w for w in pool if w not in source.text])
                return re.sub(rf"\b{word}\b", other, source.text, count=1)
    return None


def number_borrowed(bench: Bench, source: Source) -> str | None:
    found = [m for m in _DIGITS.finditer(source.text) if not _YEAR.fullmatch(m[0])]
    pool = [
        n
        for n in _DIGITS.findall(" ".join(bench.passages))
        if not _YEAR.fullmatch(n) and n not in source.text
    ]
    if not found or not pool:
        return None
    spot = bench.rng.choice(found)
    return source.text[: spot.start()] + bench.rng.choice(pool) + source.text[spot.end() :]


def year_shifted(bench: Bench, source: Source) -> str | None:
    found = list(_YEAR.finditer(source.text))
    if not found:
        return None
    spot = bench.rng.choice(found)
    new = str(int(spot[0]) + bench.rng.choice((-20, -3, -1, 1, 2, 10)))
    return (
        None
        if new in source.text
        else source.text[: spot.start()] + new + source.text[spot.end() :]
    )


def month_changed(bench: Bench, source: Source) -> str | None:
    for pool in (MONTHS, MONTHS_DE):
        for month in pool:
            if re.search(rf"\b{month}\b", source.text) and (
                month != "May" or re.search(r"May \d|\d May|in May", source.text)
            ):
                other = bench.rng.choice([m for m in pool if m not in source.text])
                return re.sub(rf"\b{month}\b", other, source.text, count=1)
    return None


def year_borrowed(bench: Bench, source: Source) -> str | None:
    found = list(_YEAR.finditer(source.text))
    pool = [y for y in _YEAR.findall(" ".join(bench.passages)) if y not in source.text]
    if not found or not pool:
        return None
    spot = bench.rng.choice(found)
    return source.text[: spot.start()] + bench.rng.choice(pool) + source.text[spot.end() :]


def day_changed(bench: Bench, source: Source) -> str | None:
    names = "|".join(MONTHS + MONTHS_DE)
    before = "|".join(month[-3:] for month in MONTHS)
    found = re.search(
        rf"(?<=(?:{before}) )\d{{1,2}}(?=,)|\b\d{{1,2}}(?=\.? (?:{names}))", source.text
    )
    if not found:
        return None
    return source.text[: found.start()] + str(int(found[0]) % 28 + 1) + source.text[found.end() :]


def _names(text: str) -> list[re.Match[str]]:
    return [m for m in _NAME.finditer(text) if not set(m[0].split()) & NEVER_NAMES]


def _german_names(text: str) -> list[re.Match[str]]:
    return [m for m in _names(text) if " " in m[0]]


def name_borrowed(bench: Bench, source: Source) -> str | None:
    pick = _german_names if bench.german else _names
    own = pick(source.text)
    pool = [
        m[0]
        for p in bench.passages
        for m in pick(p)
        if not set(m[0].split()) & set(re.findall(r"\w+", source.text))
    ]
    if not own or not pool:
        return None
    spot = bench.rng.choice(own)
    return source.text[: spot.start()] + bench.rng.choice(pool) + source.text[spot.end() :]


def name_foreign(bench: Bench, source: Source) -> str | None:
    own = (_german_names if bench.german else _names)(source.text)
    if not own:
        return None
    spot = bench.rng.choice(own)
    return source.text[: spot.start()] + bench.rng.choice(FOREIGN_NAMES) + source.text[spot.end() :]


def given_name(bench: Bench, source: Source) -> str | None:
    own = [m for m in _names(source.text) if m[0].count(" ") == 1]
    if not own:
        return None
    spot = bench.rng.choice(own)
    return (
        source.text[: spot.start()]
        + bench.rng.choice(("Margaret", "Leopold", "Winston"))
        + " "
        + spot[0].split()[1]
        + source.text[spot.end() :]
    )


def not_inserted(bench: Bench, source: Source) -> str | None:
    pattern, word = (_AUXILIARY_DE, "nicht") if bench.german else (_AUXILIARY, "not")
    found = pattern.search(source.text)
    return source.text[: found.end()] + word + " " + source.text[found.end() :] if found else None


def not_removed(bench: Bench, source: Source) -> str | None:
    shorter, count = re.subn(
        r" (?:not|never|nicht)(?= (?!only|nur|until|just))", "", source.text, count=1
    )
    return shorter if count else None


def never_inserted(bench: Bench, source: Source) -> str | None:
    pattern, word = (_AUXILIARY_DE, "niemals") if bench.german else (_AUXILIARY, "never")
    found = pattern.search(source.text)
    return source.text[: found.end()] + word + " " + source.text[found.end() :] if found else None


def contracted_not(bench: Bench, source: Source) -> str | None:
    found = re.search(
        r"\b(was|were|is|are|has|had|could|would|did)\b (?!not|never|no\b)", source.text
    )
    return (
        None
        if not found or bench.german
        else source.text[: found.end() - 1] + "n't " + source.text[found.end() :]
    )


def _unit(source: Source, table: dict[str, str]) -> str | None:
    for unit, other in table.items():
        if unit in "$€£":
            if re.search(re.escape(unit) + r"\d", source.text):
                return source.text.replace(unit, other, 1)
            continue
        found = re.search(
            rf"(?<=[\d]) ?{re.escape(unit)}(?!\w)|(?<=\d |\w-){re.escape(unit)}(?!\w)", source.text
        )
        if found:
            lead = " " if found[0].startswith(" ") else ""
            return (
                source.text[: found.start()] + lead + other.strip() + source.text[found.end() :]
                if unit != "%"
                else source.text[: found.start()] + other + source.text[found.end() :]
            )
    return None


def unit_changed(bench: Bench, source: Source) -> str | None:
    return _unit(source, UNITS)


def other_unit_changed(bench: Bench, source: Source) -> str | None:
    return _unit(source, UNSEEN_UNITS)


def other_document(bench: Bench, source: Source) -> str | None:
    return bench.rng.choice(bench.elsewhere)


def other_document_same_name(bench: Bench, source: Source) -> str | None:
    """A sentence of another document whose subject is put in the place of a name of this one."""
    own = _names(source.text)
    far = bench.rng.choice(bench.elsewhere)
    theirs = _names(far)
    if not own or not theirs:
        return None
    return far[: theirs[0].start()] + own[0][0] + far[theirs[0].end() :]
