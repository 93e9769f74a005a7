"""Makes false sentences by changing numbers, dates and units; kept aside from who builds citing."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.benchmarks.citation_documents import Bench, Source

MONTH_NAMES = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
        *("August", "September", "Oktober", "November", "Dezember"),
    ),
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CARDINALS = {
    "en": (
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
        *("twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "ninety"),
    ),
    "de": ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "zwölf"),
    "zh": ("两", "三", "四", "五", "六", "七", "八", "九", "十"),
}
RANKS = {
    "en": ("first", "second", "third", "fourth", "fifth", "sixth"),
    "de": ("ersten", "zweiten", "dritten", "vierten", "fünften"),
}
FRACTIONS = (
    ("half of", "a tenth of"),
    ("half the", "a third of the"),
    ("one-third", "two-thirds"),
    ("two-thirds", "one-third"),
    ("three-quarters", "one-quarter"),
    ("one third", "two thirds"),
    ("two thirds", "one third"),
    ("a quarter of", "three quarters of"),
    ("doubled", "tripled"),
    ("twice", "five times"),
    ("dozens", "thousands"),
    ("hundreds", "dozens"),
    ("die Hälfte", "ein Zehntel"),
)
# Before these a nearby number may be true as well: "more than 99" follows from "more than 100".
_LOOSE = re.compile(
    r"(?i:within|more than|less than|fewer than|over|under|about|around|nearly|almost|at least"
    r"|at most|up to|approximately|roughly|some|beyond|above|below|mehr als|weniger als|über"
    r"|unter|etwa|rund|fast|mindestens|bis zu|ungefähr|超过|约|大约|近|至少|不到|多达)有?\s*[$€£]?$"
)
_NUMBERS = {
    "en": re.compile(r"(?<![\w.,/:#-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w/:-]|[.,]\d)"),
    "de": re.compile(r"(?<![\w.,/:#-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\w/:-]|[.,]\d|\.)"),
    "zh": re.compile(
        r"(?<![A-Za-z\d.,/:#-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![A-Za-z\d/:-]|[.,]\d)"
        r"(?!\s?[年月日½世])"
    ),
}
_YEAR = re.compile(
    r"(?<![\w.,/$€£-])(?<!ection )(?<!DNIC )(?<!§ )(?:1[0-9]|20)\d\d(?![\w(/-]|[.,]\d)"
    r"|(?<!\d)[12]?\d{3}(?=\s?年[^代])"
)
_UNBOUND = re.compile(r"(?:before|after|by|until|till|around|about|vor|nach|bis|um|ab)\s$")


def _numbers(bench: Bench, text: str) -> list[re.Match[str]]:
    """The numbers of a sentence that are neither dates nor told as bounds."""
    months = "|".join(month for names in MONTH_NAMES.values() for month in names)
    dated = [m.span() for m in re.finditer(r"\[[^\]]*\]", text)]  # marks, not statements
    dated += [m.span() for m in re.finditer(rf"(?:{months})\.? \d+|\d+\.? (?:{months})", text)]
    return [
        found
        for found in _NUMBERS[bench.language].finditer(text)
        if not _YEAR.fullmatch(text, *found.span())
        and not any(a <= found.start() < b for a, b in dated)
        and not _LOOSE.search(text[: found.start()])
    ]


def _put(text: str, spot: re.Match[str], new: str) -> str | None:
    """`text` with `new` at `spot`, unless it said `new` before."""
    if new == spot[0] or re.search(rf"(?<![\w.,]){re.escape(new)}(?![\w]|[.,]\d)", text):
        return None
    return text[: spot.start()] + new + text[spot.end() :]


def off_by_one(bench: Bench, source: Source) -> str | None:
    found = _numbers(bench, source.text)
    if not found:
        return None
    spot = bench.rng.choice(found)
    last = int(spot[0][-1])
    up = last < 9 and (last == 0 or bench.rng.random() < 0.5)
    new = spot[0][:-1] + str(last + 1 if up else last - 1)
    return _put(source.text, spot, new) if new not in ("0", "1") else None


def digits_swapped(bench: Bench, source: Source) -> str | None:
    for spot in bench.rng.sample(found := _numbers(bench, source.text), len(found)):
        for a in range(len(spot[0]) - 1):
            one, two = spot[0][a : a + 2]
            if one.isdigit() and two.isdigit() and one != two and not (a == 0 and two == "0"):
                new = spot[0][:a] + two + one + spot[0][a + 2 :]
                return _put(source.text, spot, new)
    return None


def tenfold(bench: Bench, source: Source) -> str | None:
    found = _numbers(bench, source.text)
    if not found:
        return None
    spot = bench.rng.choice(found)
    mark, point = (".", ",") if bench.german else (",", ".")
    whole, _, part = spot[0].replace(mark, "").partition(point)
    whole, part = whole + (part[:1] or "0"), part[1:]
    new = f"{int(whole):,}".replace(",", mark) if mark in spot[0] else str(int(whole))
    return _put(source.text, spot, new + (point + part if part else ""))


def numbers_exchanged(bench: Bench, source: Source) -> str | None:
    found = _numbers(bench, source.text)
    for one in found:
        for two in found:
            between = source.text[one.end() : two.start()]
            far = len(between) > 6 if bench.language == "zh" else len(between.split()) >= 4
            if two.start() > one.end() and one[0] != two[0] and far:
                return (source.text[: one.start()] + two[0] + between + one[0]) + source.text[
                    two.end() :
                ]
    return None


def cardinal_changed(bench: Bench, source: Source) -> str | None:
    words = CARDINALS[bench.language]
    edge = "(?![\u4e00-\u9fff]?十|十|分|点)(?=[名个次位种座项年天场所大支条部篇届轮块])"
    for word in bench.rng.sample(words, len(words)):
        pattern = rf"(?<!第|十){word}{edge}" if bench.language == "zh" else rf"\b{word}\b(?!-)"
        found = re.search(pattern, source.text)
        if found and not _LOOSE.search(source.text[: found.start()]):
            other = bench.rng.choice([w for w in words if w not in source.text])
            return source.text[: found.start()] + other + source.text[found.end() :]
    return None


def rank_changed(bench: Bench, source: Source) -> str | None:
    ranks = RANKS.get(bench.language, ())
    article = "(?:am|der|des|im|zum)" if bench.german else "(?:[Tt]he|its|his|her|their)"
    for rank in ranks:
        found = re.search(rf"(?<=\b){article} ({rank})\b(?! time)", source.text)
        if found:
            other = bench.rng.choice([r for r in ranks if r not in source.text])
            return source.text[: found.start(1)] + other + source.text[found.end(1) :]
    return None


def fraction_changed(bench: Bench, source: Source) -> str | None:
    for old, new in FRACTIONS:
        found = re.search(rf"\b{old}\b", source.text)
        if found and new not in source.text and not _LOOSE.search(source.text[: found.start()]):
            return source.text[: found.start()] + new + source.text[found.end() :]
    return None


# ---------------------------------------------------------------- dates


def _years(text: str) -> list[re.Match[str]]:
    return [m for m in _YEAR.finditer(text) if not _UNBOUND.search(text[: m.start()])]


def year_far(bench: Bench, source: Source) -> str | None:
    found = _years(source.text)
    if not found:
        return None
    spot = bench.rng.choice(found)
    return _put(source.text, spot, str(int(spot[0]) + bench.rng.choice((-100, -10, 10, -4, 6))))


def year_near(bench: Bench, source: Source) -> str | None:
    found = _years(source.text)
    if not found:
        return None
    spot = bench.rng.choice(found)
    return _put(source.text, spot, str(int(spot[0]) + bench.rng.choice((-2, -1, 1, 2))))


def years_exchanged(bench: Bench, source: Source) -> str | None:
    found = list(_YEAR.finditer(source.text))
    for one, two in pairwise(found):
        between = source.text[one.end() : two.start()]
        if one[0] != two[0] and len(between) > 3 and between.strip() not in ("and", "und", "or"):
            return source.text[: one.start()] + two[0] + between + one[0] + source.text[two.end() :]
    return None


def month_moved(bench: Bench, source: Source) -> str | None:
    if bench.language == "zh":
        found = re.search(r"(?<!\d)(\d{1,2})(?=\s?月)(?!\s?月份?间)", source.text)
        return found and _put(source.text, found, str(int(found[0]) % 12 + 1))
    names = MONTH_NAMES[bench.language]
    for at, name in enumerate(names):
        found = re.search(rf"(?<=\b[Ii]n |\d\d |\d\. ){name}\b|\b{name}(?= \d)", source.text)
        if found and not _UNBOUND.search(source.text[: found.start()]):
            other = names[(at + bench.rng.choice((1, 2, 6, 11))) % 12]
            return _put(source.text, found, other)
    return None


def day_moved(bench: Bench, source: Source) -> str | None:
    if bench.language == "zh":
        found = re.search(r"(?<=月)\s?(\d{1,2})(?=\s?日)", source.text)
    else:
        names = "|".join(MONTH_NAMES[bench.language])
        found = re.search(
            rf"(?:{names}) (\d{{1,2}})(?=,)|\b(\d{{1,2}})\.? (?:{names})", source.text
        )
    if not found:
        return None
    day = 1 if found[1] else 2
    new = (int(found[day]) + bench.rng.choice((2, 9, 10, 20))) % 28 + 1
    if new == int(found[day]):
        return None
    return source.text[: found.start(day)] + str(new) + source.text[found.end(day) :]


def day_and_month_exchanged(bench: Bench, source: Source) -> str | None:
    numeric = re.search(r"\b(\d\d)/(\d\d)/(?=\d{4})", source.text)
    if numeric and numeric[1] != numeric[2] and int(numeric[2]) <= 12:
        new = f"{numeric[2]}/{numeric[1]}/"
        return source.text[: numeric.start()] + new + source.text[numeric.end() :]
    names = MONTH_NAMES.get(bench.language, ())
    found = re.search(rf"\b({'|'.join(names)}) (\d{{1,2}})(?=,)", source.text) if names else None
    if not found or not 1 <= int(found[2]) <= 12 or names[int(found[2]) - 1] == found[1]:
        return None
    new = f"{names[int(found[2]) - 1]} {names.index(found[1]) + 1}"
    return source.text[: found.start()] + new + source.text[found.end() :]


def century_moved(bench: Bench, source: Source) -> str | None:
    found = re.search(
        r"\b(\d{1,2})(?=(?:st|nd|rd|th)[ -]centur|\. Jahrhundert|\s?世纪)", source.text
    )
    if found:
        number = int(found[1]) - bench.rng.choice((1, 2))
        text = source.text[: found.start()] + str(number) + source.text[found.end() :]
        return re.sub(rf"\b{number}(?:st|nd|rd|th)", f"{number}th", text) if number > 3 else None
    decade = re.search(r"\b(1[5-9]\d|20\d)0(?=s\b|er\b|年代)", source.text)
    if decade:
        new = str(int(decade[0]) - 10 * bench.rng.choice((1, 2, 3)))
        return _put(source.text, decade, new)
    return None


def weekday_changed(bench: Bench, source: Source) -> str | None:
    for day in WEEKDAYS:
        if re.search(rf"\b{day}\b", source.text):
            other = bench.rng.choice([d for d in WEEKDAYS if d not in source.text])
            return re.sub(rf"\b{day}\b", other, source.text, count=1)
    return None


# ---------------------------------------------------------------- units

UNIT_SWAPS = (
    ("kilometers", "meters"),
    ("kilometres", "metres"),
    ("miles", "nautical miles"),
    ("km", "m"),
    ("mi", "yd"),
    ("inches", "feet"),
    ("feet", "yards"),
    ("ft", "m"),
    ("metres", "miles"),
    ("meters", "miles"),
    ("knots", "miles"),
    ("hectares", "acres"),
    ("acres", "square miles"),
    ("pounds", "kilograms"),
    ("tons", "kilograms"),
    ("kg", "g"),
    ("grams", "ounces"),
    ("hours", "minutes"),
    ("minutes", "seconds"),
    ("seconds", "hours"),
    ("days", "years"),
    ("weeks", "days"),
    ("months", "weeks"),
    ("years", "decades"),
    ("year", "month"),
    ("hour", "day"),
    ("month", "year"),
    ("percent", "dollars"),
    ("million", "thousand"),
    ("billion", "million"),
    ("trillion", "billion"),
    ("thousand", "hundred"),
    ("dollars", "pounds"),
    ("euros", "francs"),
    ("horsepower", "watts"),
    ("Kilometer", "Meter"),
    ("Meter", "Kilometer"),
    ("Stunden", "Tage"),
    ("Tage", "Stunden"),
    ("Jahre", "Jahrzehnte"),
    ("Jahren", "Jahrzehnten"),
    ("Prozent", "Promille"),
    ("Millionen", "Tausend"),
    ("Milliarden", "Millionen"),
    ("Euro", "Franken"),
    ("Quadratkilometer", "Hektar"),
    ("英里", "公里"),
    ("公里", "米"),
    ("码", "米"),
    ("亿", "万"),
    ("万", "亿"),
    ("美元", "日元"),
    ("平方公里", "公顷"),
    ("小时", "分钟"),
    ("分钟", "小时"),
    ("年", "个月"),
)
_BEFORE_UNIT = {
    "en": r"(?<=\d)[ -]?|(?<=\d )|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty)[ -]",
    "de": r"(?<=\d) ?|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|zehn) ",
    "zh": r"(?<=\d) ?|(?<=[三四五六七八九十百千两])",
}


def unit_swapped(bench: Bench, source: Source) -> str | None:
    for unit, other in bench.rng.sample(UNIT_SWAPS, len(UNIT_SWAPS)):
        edge = r"(?![代级前份月\d])" if bench.language == "zh" else r"(?!\w)"
        pattern = rf"({_BEFORE_UNIT[bench.language]}){re.escape(unit)}{edge}"
        found = re.search(pattern, source.text)
        is_a_year = found and re.search(r"(?:\d{4}|-\d\d)\s?年$", source.text[: found.end()])
        if found and not is_a_year:
            return source.text[: found.start()] + found[1] + other + source.text[found.end() :]
    return None


def currency_swapped(bench: Bench, source: Source) -> str | None:
    for sign, others in (("$", "£€"), ("€", "$£"), ("£", "€$")):
        found = re.search(rf"{re.escape(sign)}(?=\s?\d)", source.text)
        if found:
            other = bench.rng.choice(others)
            return source.text.replace(sign, other)
    return None


def percent_swapped(bench: Bench, source: Source) -> str | None:
    """A share becomes an amount: "12 %" reads "12 million"."""
    found = re.search(r"(?<=\d)\s?%(?!\w)", source.text)
    if not found:
        return None
    scale = {"en": " thousand", "de": " Tausend", "zh": "万"}[bench.language]
    return source.text[: found.start()] + scale + source.text[found.end() :]
