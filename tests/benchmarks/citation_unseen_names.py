"""Makes false sentences by changing names, and of other documents; kept aside like the numbers."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.benchmarks.citation_documents import Bench, Source
from tests.benchmarks.citation_unseen_numbers import MONTH_NAMES, WEEKDAYS

_ORDINARY = {
    *(month for names in MONTH_NAMES.values() for month in names),
    *WEEKDAYS,
    *("North", "South", "East", "West", "Section", "Table", "Figure", "Note", "Item", "Part"),
    *("God", "Earth", "Internet", "Company", "Form", "Act", "The", "Quarter", "General"),
}
_NAME = re.compile(
    r"(?<=[a-zäöüß,0-9] )((?:[A-ZÄÖÜ][a-zäöüßéèí]{2,}|[A-Z]\.)(?:[ -][A-ZÄÖÜ][a-zäöüßéèí]{2,})*)"
    r"(?=[ ,.;:)]|'s)"
)
_PERSON = re.compile(r"(?<=[a-z,] )([A-Z][a-zéèí]{2,}) ([A-Z][a-zéèíö]{3,})(?=[ ,.;)]|'s)")
_FOREIGN_ZH = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[和与由]))[\u4e00-\u9fff]{2,5}·[\u4e00-\u9fff]{2,5}?"
    r"(?=[^\u4e00-\u9fff]|[和与是在于的])"
)
_SYLLABLES = ("bar", "dor", "fen", "gal", "hes", "kol", "mar", "nev", "ros", "tul", "vik", "zan")
PEOPLES = {
    "en": (
        *("French", "German", "British", "Italian", "Spanish", "Russian", "Chinese", "Japanese"),
        *("Dutch", "Polish", "Swedish", "Turkish", "Greek", "Indian", "Mexican", "Canadian"),
        *("American", "Australian", "Roman", "Egyptian", "English", "Scottish", "Irish"),
    ),
    "de": (
        *("französische", "deutsche", "britische", "italienische", "spanische", "russische"),
        *("chinesische", "japanische", "amerikanische", "polnische", "griechische", "römische"),
    ),
}
COUNTRIES_ZH = (
    "法国",
    "德国",
    "英国",
    "美国",
    "中国",
    "日本",
    "俄罗斯",
    "意大利",
    "西班牙",
    "印度",
)
KIN = {"American": {"British", "English"}, "British": {"English", "Scottish", "Irish"}}
ACRONYMS = ("NBA", "FBI", "IMF", "CNN", "BMW", "MIT", "NATO", "WHO", "KGB", "EPA", "USC", "ESA")
LETTERS = re.compile(r"(?<=[a-z,] )\b[A-Z]{3,5}\b(?=[ ,.;])")


def _names(bench: Bench, text: str) -> list[re.Match[str]]:
    found = [m for m in _NAME.finditer(text) if not set(re.split("[ -]", m[0])) & _ORDINARY]
    return [m for m in found if " " in m[0]] if bench.german else found


def _apart(name: str, text: str) -> bool:
    """Whether no part of `name` or form of it stands in `text`, nor its initials."""
    initials = "".join(word[0] for word in name.split())
    parts = re.split("[ -]", name)
    return not any(p[:4] in text for p in parts) and (len(initials) < 2 or initials not in text)


def _replaced(bench: Bench, source: Source, pool: list[str]) -> str | None:
    own = _names(bench, source.text)
    if not own:
        return None
    spot = bench.rng.choice(own)
    same = [n for n in pool if _apart(n, source.text) and (" " in n) == (" " in spot[0])]
    if not same:
        return None
    return source.text[: spot.start()] + bench.rng.choice(same) + source.text[spot.end() :]


def name_of_same_passage(bench: Bench, source: Source) -> str | None:
    passage = bench.passages[source.passage]
    return _replaced(bench, source, [m[0] for m in _names(bench, passage)])


def name_of_other_document(bench: Bench, source: Source) -> str | None:
    pool = [m[0] for sentence in bench.elsewhere for m in _names(bench, sentence)]
    return _replaced(bench, source, pool)


def name_invented(bench: Bench, source: Source) -> str | None:
    def word() -> str:
        return "".join(bench.rng.sample(_SYLLABLES, 2)).capitalize()

    return _replaced(bench, source, [word(), f"{word()} {word()}"])


def surname_invented(bench: Bench, source: Source) -> str | None:
    found = [m for m in _PERSON.finditer(source.text) if not {m[1], m[2]} & _ORDINARY]
    if not found or bench.language != "en":
        return None
    spot = bench.rng.choice(found)
    new = "".join(bench.rng.sample(_SYLLABLES, 2)).capitalize()
    return source.text[: spot.start(2)] + new + source.text[spot.end(2) :]


def names_exchanged(bench: Bench, source: Source) -> str | None:
    """What one did, the other is said to have done."""
    found = _names(bench, source.text)
    for one, two in pairwise(found):
        between = source.text[one.end() : two.start()]
        said = re.search(
            r"\b(?:defeated|beat|founded|invaded|acquired|conquered|wrote|appointed|led|married"
            r"|built|designed|sold|bought|replaced|succeeded|taught|defeating|joined|moved to"
            r"|by|from|over|under|before|after|into|left|for|of)\b",
            between,
        )
        if (
            said
            and len(between.split()) >= 3
            and _apart(one[0], two[0])
            and not re.search(r"\(|,.*,", between)
        ):
            return source.text[: one.start()] + two[0] + between + one[0] + source.text[two.end() :]
    return None


def people_changed(bench: Bench, source: Source) -> str | None:
    peoples = COUNTRIES_ZH if bench.language == "zh" else PEOPLES[bench.language]
    edge = "" if bench.language == "zh" else r"\b"
    for people in bench.rng.sample(peoples, len(peoples)):
        if re.search(rf"(?<=.){edge}{people}{edge}", source.text):
            others = [
                p for p in peoples if p not in source.text and p not in KIN.get(people, set())
            ]
            new = bench.rng.choice(others)
            return re.sub(rf"(?<=.){edge}{people}{edge}", new, source.text)
    return None


def acronym_changed(bench: Bench, source: Source) -> str | None:
    found = [m for m in LETTERS.finditer(source.text) if not re.fullmatch("[IVXLCM]+", m[0])]
    if not found:
        return None
    spot = bench.rng.choice(found)
    new = bench.rng.choice([a for a in ACRONYMS if a not in source.text])
    return re.sub(rf"\b{spot[0]}\b", new, source.text)


def name_zh(bench: Bench, source: Source) -> str | None:
    if bench.language != "zh":
        return None
    own = _FOREIGN_ZH.findall(source.text)
    pool = [n for p in (*bench.passages, *bench.elsewhere) for n in _FOREIGN_ZH.findall(p)]
    pool = [n for n in pool if not any(part in source.text for part in n.split("·"))]
    if not own or not pool:
        return None
    return source.text.replace(bench.rng.choice(own), bench.rng.choice(pool))


# ---------------------------------------------------------------- other words

ROLES = (
    *(("king", "bishop"), ("queen", "princess"), ("mother", "aunt"), ("father", "uncle")),
    *(("brother", "cousin"), ("sister", "daughter"), ("son", "nephew"), ("wife", "sister")),
    *(("husband", "brother"), ("professor", "janitor"), ("student", "professor")),
    *(("pilot", "passenger"), ("captain", "steward"), ("president", "treasurer")),
    *(("actor", "composer"), ("singer", "painter"), ("director", "actor"), ("writer", "dancer")),
    *(("engineer", "lawyer"), ("university", "hospital"), ("river", "desert"), ("church", "bank")),
    *(("airplane", "helicopter"), ("album", "novel"), ("film", "opera"), ("city", "village")),
    *(("hospital", "prison"), ("bridge", "tunnel"), ("island", "mountain"), ("book", "film")),
    *(("cash", "debt"), ("revenue", "headcount"), ("tax", "wage"), ("customers", "suppliers")),
    *(("oxygen", "helium"), ("plants", "birds"), ("police", "navy"), ("army", "clergy")),
    *(("Präsident", "Pförtner"), ("König", "Bischof"), ("Sohn", "Neffe"), ("Fluss", "Berg")),
    *(("Universität", "Brauerei"), ("Regierung", "Kirche"), ("Stadt", "Insel")),
)
COMPASS = (
    *(("northern", "southern"), ("southern", "eastern"), ("eastern", "western")),
    *(("western", "northern"), ("north", "east"), ("south", "west"), ("east", "south")),
    *(("northeast", "southwest"), ("right", "left"), ("left", "right")),
)


def _pair(bench: Bench, source: Source, pairs: tuple[tuple[str, str], ...]) -> str | None:
    for old, new in bench.rng.sample(pairs, len(pairs)):
        if re.search(rf"\b{old}\b", source.text) and new not in source.text:
            return re.sub(rf"\b{old}\b", new, source.text, count=1)
    return None


def role_changed(bench: Bench, source: Source) -> str | None:
    return _pair(bench, source, ROLES)


def side_changed(bench: Bench, source: Source) -> str | None:
    sides = re.search(r"\b(?:left|right) (?:wing|side|main|hand|engine|bank|seat)", source.text)
    pairs = COMPASS if sides else COMPASS[:-2]
    return _pair(bench, source, pairs)


# ---------------------------------------------------------------- other documents


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}


def foreign_alike(bench: Bench, source: Source) -> str | None:
    """Of the other documents' sentences the one that shares most words with this passage."""
    told = _words(bench.passages[source.passage])
    far = [s for s in bench.elsewhere if bench.language != "zh" or s.endswith("。")]
    if not far:
        return None
    return max(far, key=lambda s: len(_words(s) & told) / (1 + len(_words(s))))


def foreign_dressed(bench: Bench, source: Source) -> str | None:
    """Another document's sentence with a name and a year of this one."""
    own, year = _names(bench, source.text), re.search(r"\b(?:1[5-9]|20)\d\d\b", source.text)
    for far in bench.rng.sample(bench.elsewhere, len(bench.elsewhere)):
        theirs = _names(bench, far)
        if own and theirs:
            text = far[: theirs[-1].start()] + own[-1][0] + far[theirs[-1].end() :]
            return re.sub(r"\b(?:1[5-9]|20)\d\d\b", year[0], text) if year else text
    return None


def foreign_predicate(bench: Bench, source: Source) -> str | None:
    """This sentence's subject with what another document says of its own."""
    verb = r" (?:was|were|is|are|has|had) " if not bench.german else r" (?:wurde|war|ist|hat) "
    own = re.search(verb, source.text)
    if not own or own.start() > 60 or bench.language == "zh":
        return None
    for far in bench.rng.sample(bench.elsewhere, len(bench.elsewhere)):
        theirs = re.search(re.escape(own[0]), far)
        if theirs and len(far) - theirs.end() > 40 and len(_words(far[theirs.end() :])) > 4:
            return source.text[: own.end()] + far[theirs.end() :]
    return None


def foreign_beginning(bench: Bench, source: Source) -> str | None:
    """Another document's beginning before this sentence's last part."""
    cut = source.text.rfind(", ", 0, len(source.text) - 25)
    for far in bench.rng.sample(bench.elsewhere, len(bench.elsewhere)):
        theirs = far.find(", ", 45)
        if cut > 30 and theirs > 0:
            return far[:theirs] + source.text[cut:]
    return None
