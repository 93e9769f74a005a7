"""Makes sentences that a passage bears out, with word lists of its own."""

from __future__ import annotations

import re

from tests.benchmarks.citation_documents import Bench, Source

SYNONYMS = {
    "large": "big",
    "began": "started",
    "started": "began",
    "shows": "demonstrates",
    "show": "demonstrate",
    "often": "frequently",
    "main": "principal",
    "several": "a number of",
    "many": "numerous",
    "important": "significant",
    "help": "assist",
    "used": "utilized",
    "include": "comprise",
    "major": "chief",
    "however": "though",
    "called": "termed",
    "known": "referred to",
    "because": "since",
    "although": "even though",
    "found": "discovered",
    "different": "distinct",
    "various": "diverse",
    "caused": "brought about",
    "made": "produced",
    "became": "turned into",
    "people": "persons",
    "also": "in addition",
    "such as": "like",
    "about": "approximately",
    "usually": "typically",
    "during": "in the course of",
    "viele": "zahlreiche",
    "wichtig": "bedeutend",
    "oft": "häufig",
    "begann": "startete",
    "jedoch": "allerdings",
    "wurde": "ist",
    "groß": "umfangreich",
    "große": "umfangreiche",
    "auch": "ebenfalls",
    "verschiedene": "unterschiedliche",
    "etwa": "ungefähr",
    "zeigt": "belegt",
    "genannt": "bezeichnet",
    "weil": "da",
    "sowie": "und auch",
}
UNSEEN_SYNONYMS = {
    "increased": "went up",
    "created": "set up",
    "led to": "resulted in",
    "built": "constructed",
    "first": "initial",
    "part": "portion",
    "area": "region",
    "small": "little",
    "mostly": "largely",
    "especially": "particularly",
    "received": "got",
    "required": "needed",
    "provided": "supplied",
    "world": "globe",
    "currently": "at present",
    "students": "pupils",
    "over": "more than",
    "common": "widespread",
    "began": "commenced",
    "children": "kids",
    "films": "movies",
    "film": "movie",
    "former": "ex-",
    "bekannt": "berühmt",
    "entwickelt": "ausgearbeitet",
    "gebaut": "errichtet",
    "wichtige": "bedeutsame",
    "Teil": "Abschnitt",
    "heute": "gegenwärtig",
    "meisten": "Mehrzahl der",
    "erhielt": "bekam",
    "Gebiet": "Gegend",
    "besonders": "vor allem",
}
DIGITS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "twelve": "12",
    "zwei": "2",
    "drei": "3",
    "vier": "4",
    "fünf": "5",
    "zehn": "10",
}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTHS_DE = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]


def _swap(text: str, table: dict[str, str], most: int) -> str | None:
    done = 0
    for word, other in table.items():
        pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        if done < most and pattern.search(text):
            text = pattern.sub(other, text, count=1)
            done += 1
    return text if done else None


def lower_first(text: str) -> str:
    word = text.split(maxsplit=1)[0]
    common = (
        "The",
        "In",
        "A",
        "An",
        "It",
        "This",
        "These",
        "By",
        "On",
        "At",
        "From",
        "For",
        "As",
        "Die",
        "Der",
        "Das",
        "Im",
        "Ein",
        "Eine",
        "Am",
        "Bei",
        "Es",
        "Sie",
        "Er",
        "Diese",
        "Dies",
    )
    return text[0].lower() + text[1:] if word in common else text


def verbatim(bench: Bench, source: Source) -> str | None:
    return source.text


def with_mark(bench: Bench, source: Source) -> str | None:
    return f"- {source.text} [{bench.rng.randint(1, 8)}]"


def bold_item(bench: Bench, source: Source) -> str | None:
    words = source.text.split()
    return f"2. **{' '.join(words[:2])}** {' '.join(words[2:])}"


def synonyms(bench: Bench, source: Source) -> str | None:
    return _swap(source.text, SYNONYMS, 2)


def other_synonyms(bench: Bench, source: Source) -> str | None:
    return _swap(source.text, UNSEEN_SYNONYMS, 2)


def according(bench: Bench, source: Source) -> str | None:
    start = "Laut dem Dokument gilt: " if bench.german else "According to the documents, "
    return start + lower_first(source.text)


def told_by(bench: Bench, source: Source) -> str | None:
    start = "Die Quelle sagt, dass Folgendes gilt: " if bench.german else "The text explains that "
    return start + lower_first(source.text)


def year_first(bench: Bench, source: Source) -> str | None:
    found = re.fullmatch(r"(.{30,}) (in (?:[A-Z][a-z]+ )?\d{4})\.", source.text)
    if not found or bench.german:
        return None
    return f"I{found[2][1:]}, {lower_first(found[1])}."


def adverbial_last(bench: Bench, source: Source) -> str | None:
    found = re.fullmatch(
        r"((?:In|On|By|At|During|After|From) [^,]{4,40}), (\D.{30,})\.", source.text
    )
    return (
        None
        if not found or bench.german
        else f"{found[2][0].upper()}{found[2][1:]} {found[1][0].lower()}{found[1][1:]}."
    )


def digits(bench: Bench, source: Source) -> str | None:
    return _swap(source.text[0] + source.text[1:], DIGITS, 1)


def date_turned(bench: Bench, source: Source) -> str | None:
    names = "|".join(MONTHS)
    turned, count = re.subn(rf"\b({names}) (\d{{1,2}}), (\d{{4}})", r"\2 \1 \3", source.text)
    if count:
        return turned
    found = re.search(r"\b(\d{1,2})\. (" + "|".join(MONTHS_DE) + r") (\d{4})", source.text)
    if found:
        month = MONTHS_DE.index(found[2]) + 1
        return source.text.replace(found[0], f"{int(found[1]):02d}.{month:02d}.{found[3]}")
    return None


def no_parenthesis(bench: Bench, source: Source) -> str | None:
    shorter, count = re.subn(r" \([^()]*\)", "", source.text)
    return shorter if count and len(shorter) > 45 else None


def no_aside(bench: Bench, source: Source) -> str | None:
    shorter, count = re.subn(
        r", (?:however|therefore|for example|in particular|of course|also|jedoch|zum Beispiel),",
        "",
        source.text,
    )
    if not count:
        shorter, count = re.subn(
            r"^(?:However|Therefore|Moreover|Additionally|Furthermore|In addition|Finally), (\w)",
            lambda m: m[1].upper(),
            source.text,
        )
    return shorter if count else None


def contracted(bench: Bench, source: Source) -> str | None:
    shorter = source.text
    for long, short in (
        ("did not", "didn't"),
        ("was not", "wasn't"),
        ("does not", "doesn't"),
        ("could not", "couldn't"),
        ("is not", "isn't"),
        ("were not", "weren't"),
    ):
        shorter = re.sub(rf"\b{long}\b", short, shorter)
    return shorter if shorter != source.text else None


def clause(bench: Bench, source: Source) -> tuple[str, tuple[int, int]] | None:
    """The clause after a comma and a conjunction, or the one before it."""
    found = re.search(r", (?:and|but|while|which|und|aber|während) ", source.text)
    if not found or found.start() < 50 or len(source.text) - found.end() < 30:
        return None
    return source.text[: found.start()] + ".", (source.start, source.start + found.start())


MERGES: tuple[tuple[str, bool, str, str], ...] = (
    ("and", False, "{0}, and {1}", "{0}, und {1}"),
    ("semicolon", True, "{0}; {1}", "{0}; {1}"),
    ("whereas", False, "{0}, whereas {1}", "{0}, wohingegen {1}"),
)
