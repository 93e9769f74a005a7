"""Makes true and false sentences from real documents, with word lists of its own, to measure citing with."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SETS = ("squad", "chunking_eval", "two_hop", "xquad_de")
SKIPPED = ("chatlogs.md",)  # one long Python literal, no prose


@dataclass(frozen=True)
class Source:
    """A sentence of a passage: `passages[passage][start:end] == text`."""

    passage: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Case:
    """A sentence with the evidence it is offered and what should come of it."""

    dataset: str
    kind: str
    template: str
    unseen: bool
    sentence: str
    passages: tuple[str, ...]
    sources: tuple[Source, ...]  # empty for a false sentence

    @property
    def is_true(self) -> bool:
        return bool(self.sources)


Maker = Callable[["Bench", Source], str | None]


@dataclass(frozen=True)
class Bench:
    """One offer of evidence: 8 passages, and what may be borrowed from elsewhere."""

    dataset: str
    passages: tuple[str, ...]
    german: bool
    elsewhere: tuple[str, ...]  # sentences of other documents
    rng: random.Random


# ---------------------------------------------------------------- documents

_END = re.compile(r"(?<=[a-zäöüß)\d\"”“])[.](?:\s+)(?=[A-ZÄÖÜ\"„“])")
_NOT_END = re.compile(r"(?:\b(?:Mr|Mrs|Dr|St|vs|No|Jr|Inc|Corp|Ltd|Co|bzw|ca|etc|Nr|Abs|\d{1,2}|[A-Z])\.)\s$")


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Spans of plain sentences, by a rule far simpler than the product's."""
    spans = []
    for block in re.finditer(r"[^\n]+", text):
        start = block.start()
        for found in _END.finditer(block.group()):
            end = block.start() + found.end()
            if _NOT_END.search(text[start:end]):
                continue
            spans.append((start, end))
            start = end
        spans.append((start, block.end()))
    trimmed = []
    for start, end in spans:
        piece = text[start:end]
        if piece.strip():
            trimmed.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return trimmed


def passages_of(text: str, size: int = 900) -> list[str]:
    """Cut at sentence ends into passages of about `size` characters."""
    cuts, begun = [], 0
    for _, end in sentences_of(text):
        if end - begun >= size * 0.75:
            cuts.append(text[begun:end].strip())
            begun = end
    if text[begun:].strip():
        cuts.append(text[begun:].strip())
    return [cut[:1200] for cut in cuts if len(cut) > 60]


def usable(text: str) -> bool:
    """Whether a sentence is plain prose worth asking about."""
    return (
        45 <= len(text) <= 320
        and text[0].isupper()
        and text.endswith(".")
        and len(text.split()) >= 8
        and text.count('"') % 2 == 0
        and text.count("(") == text.count(")")
        and not re.search(r"https?:|@|\\|\||…|\.\.\.", text)
    )


def benches(root: Path, dataset: str, count: int, rng: random.Random) -> Iterator[tuple[Bench, list[Source]]]:
    """Offers of evidence built around the gold passages of a set's questions."""
    docs = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((root / dataset / "docs").iterdir())
        if path.name not in SKIPPED
    }
    cut = {name: passages_of(text) for name, text in docs.items()}
    questions = [json.loads(line) for line in (root / dataset / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = [item for q in questions if q["answerable"] for item in q["evidence"] if item["file"] in docs]
    rng.shuffle(gold)
    names = sorted(docs)
    for item in gold[:count]:
        own = cut[item["file"]]
        text = item.get("text", "")
        at = next((i for i, p in enumerate(own) if text and text.strip()[10:40] in p), 0)
        if not own:
            continue
        offered = [own[at]] + [own[i] for i in sorted(range(len(own)), key=lambda i: abs(i - at))[1:5]]
        while len(offered) < 8:
            other = cut[rng.choice(names)]
            if other and (extra := rng.choice(other)) not in offered:
                offered.append(extra)
        offered = offered[:8]
        first = offered[0]
        rng.shuffle(offered)
        elsewhere = []
        while len(elsewhere) < 6:
            name = rng.choice(names)
            if name != item["file"] and cut[name]:
                far = rng.choice(cut[name])
                if far not in offered:
                    elsewhere += [far[a:b] for a, b in sentences_of(far) if usable(far[a:b])][:2]
        bench = Bench(dataset, tuple(offered), dataset.endswith("_de"), tuple(elsewhere), rng)
        number = offered.index(first)
        found = [Source(number, a, b, first[a:b]) for a, b in sentences_of(first) if usable(first[a:b])]
        if found:
            yield bench, found


# ---------------------------------------------------------------- true sentences

SYNONYMS = {
    "large": "big", "began": "started", "started": "began", "shows": "demonstrates", "show": "demonstrate",
    "often": "frequently", "main": "principal", "several": "a number of", "many": "numerous", "important": "significant",
    "help": "assist", "used": "utilized", "include": "comprise", "major": "chief", "however": "though", "called": "termed",
    "known": "referred to", "because": "since", "although": "even though", "found": "discovered", "different": "distinct",
    "various": "diverse", "caused": "brought about", "made": "produced", "became": "turned into", "people": "persons",
    "also": "in addition", "such as": "like", "about": "approximately", "usually": "typically", "during": "in the course of",
    "viele": "zahlreiche", "wichtig": "bedeutend", "oft": "häufig", "begann": "startete", "jedoch": "allerdings",
    "wurde": "ist", "groß": "umfangreich", "große": "umfangreiche", "auch": "ebenfalls", "verschiedene": "unterschiedliche",
    "etwa": "ungefähr", "zeigt": "belegt", "genannt": "bezeichnet", "während": "im Verlauf", "weil": "da", "sowie": "und auch",
}  # fmt: skip
UNSEEN_SYNONYMS = {
    "increased": "went up", "created": "set up", "led to": "resulted in", "built": "constructed", "first": "initial",
    "part": "portion", "area": "region", "small": "little", "mostly": "largely", "especially": "particularly", "received": "got",
    "required": "needed", "provided": "supplied", "world": "globe", "currently": "at present", "students": "pupils", "over": "more than",
    "common": "widespread", "began": "commenced", "children": "kids", "films": "movies", "film": "movie", "former": "ex-",
    "bekannt": "berühmt", "entwickelt": "ausgearbeitet", "gebaut": "errichtet", "wichtige": "bedeutsame", "Teil": "Abschnitt",
    "heute": "gegenwärtig", "meisten": "Mehrzahl der", "erhielt": "bekam", "Gebiet": "Gegend", "besonders": "vor allem",
}  # fmt: skip
DIGITS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12", "zwei": "2", "drei": "3", "vier": "4", "fünf": "5", "zehn": "10"}
MONTHS = "January February March April May June July August September October November December".split()
MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()


def _swap(text: str, table: dict[str, str], most: int) -> str | None:
    done = 0
    for word, other in table.items():
        pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        if done < most and pattern.search(text):
            text = pattern.sub(other, text, count=1)
            done += 1
    return text if done else None


def _lower_first(text: str) -> str:
    word = text.split()[0]
    common = ("The", "In", "A", "An", "It", "This", "These", "By", "On", "At", "From", "For", "As", "Die", "Der", "Das", "Im", "Ein", "Eine", "Am", "Bei", "Es", "Sie", "Er", "Diese", "Dies")
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
    return start + _lower_first(source.text)


def told_by(bench: Bench, source: Source) -> str | None:
    start = "Die Quelle sagt, dass Folgendes gilt: " if bench.german else "The text explains that "
    return start + _lower_first(source.text)


def year_first(bench: Bench, source: Source) -> str | None:
    found = re.fullmatch(r"(.{30,}) (in (?:[A-Z][a-z]+ )?\d{4})\.", source.text)
    if not found or bench.german:
        return None
    return f"{found[2].capitalize() if found[2][3].isdigit() else 'I' + found[2][1:]}, {_lower_first(found[1])}."


def adverbial_last(bench: Bench, source: Source) -> str | None:
    found = re.fullmatch(r"((?:In|On|By|At|During|After|From) [^,]{4,40}), (.{30,})\.", source.text)
    return None if not found or bench.german else f"{found[2][0].upper()}{found[2][1:]} {found[1][0].lower()}{found[1][1:]}."


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
    shorter, count = re.subn(r", (?:however|therefore|for example|in particular|of course|also|jedoch|zum Beispiel),", "", source.text)
    if not count:
        shorter, count = re.subn(r"^(?:However|Therefore|Moreover|Additionally|Furthermore|In addition|Finally), (\w)", lambda m: m[1].upper(), source.text)
    return shorter if count else None


def contracted(bench: Bench, source: Source) -> str | None:
    shorter = source.text
    for long, short in (("did not", "didn't"), ("was not", "wasn't"), ("does not", "doesn't"), ("could not", "couldn't"), ("is not", "isn't"), ("were not", "weren't")):
        shorter = shorter.replace(long, short)
    return shorter if shorter != source.text else None


def clause(bench: Bench, source: Source) -> tuple[str, tuple[int, int]] | None:
    """The clause after a comma and a conjunction, or the one before it."""
    found = re.search(r", (?:and|but|while|which|und|aber|während) ", source.text)
    if not found or found.start() < 50 or len(source.text) - found.end() < 30:
        return None
    return source.text[: found.start()] + ".", (source.start, source.start + found.start())


MERGES: tuple[tuple[str, bool, str, str], ...] = (
    ("and", False, "{0}, and {1}", "{0}, und {1}"),
    ("semicolon", False, "{0}; {1}", "{0}; {1}"),
    ("whereas", True, "{0}, whereas {1}", "{0}, wohingegen {1}"),
)

# ---------------------------------------------------------------- false sentences

UNITS = {
    "percent": "million", "%": " million", "million": "billion", "billion": "million", "years": "months", "days": "weeks", "miles": "kilometers",
    "km": "miles", "dollars": "euros", "$": "€", "meters": "feet", "hours": "days", "Prozent": "Millionen", "Jahre": "Monate", "Millionen": "Milliarden",
}  # fmt: skip
UNSEEN_UNITS = {
    "months": "years", "weeks": "months", "minutes": "hours", "feet": "inches", "kg": "tons", "degrees": "percent", "euros": "dollars", "square miles": "acres",
    "thousand": "million", "tons": "pounds", "century": "decade", "Meter": "Kilometer", "Tage": "Wochen", "Stunden": "Minuten", "Euro": "Dollar", "km²": "m²", "£": "$", "acres": "hectares",
}  # fmt: skip
FOREIGN_NAMES = "Oslo Henderson Bangkok Fitzgerald Montevideo Kowalski Nakamura Tasmania Abernathy Lindqvist Okonkwo Saskatchewan".split()
_DIGITS = re.compile(r"(?<![\w.,/-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\w,]|\.\d)")
_YEAR = re.compile(r"(?<![\w.,/-])(?:1[0-9]|20)\d\d(?![\w,]\d|\w|\.\d)")
_NAME = re.compile(r"(?<=[a-z,] )([A-ZÄÖÜ][a-zäöüß]{3,}(?: [A-ZÄÖÜ][a-zäöüß]{3,})*)(?=[ ,.;)])")
_AUXILIARY = re.compile(r"\b(was|were|is|are|has|had|can|could|will|would|did|may|should)\b (?!not|never|no\b)")
_AUXILIARY_DE = re.compile(r"\b(wurde|wurden|ist|sind|war|waren|hat|hatte|kann|konnte)\b (?!nicht|kein)")
NEVER_NAMES = set(MONTHS) | set(MONTHS_DE) | {"Earth", "Church", "State", "States", "Union"}


def number_shifted(bench: Bench, source: Source) -> str | None:
    found = [m for m in _DIGITS.finditer(source.text) if not _YEAR.fullmatch(m[0])]
    if not found:
        return None
    spot = bench.rng.choice(found)
    plain = spot[0].replace(",", "")
    value = float(plain) + bench.rng.choice((1, 2, 3, 7, 11)) if "." in plain else int(plain) + bench.rng.choice((1, 2, 3, 7, 11))
    new = f"{value:.1f}" if isinstance(value, float) else (f"{value:,}" if "," in spot[0] else str(value))
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
    pool = [n for n in _DIGITS.findall(" ".join(bench.passages)) if not _YEAR.fullmatch(n) and n not in source.text]
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
    return None if new in source.text else source.text[: spot.start()] + new + source.text[spot.end() :]


def month_changed(bench: Bench, source: Source) -> str | None:
    for pool in (MONTHS, MONTHS_DE):
        for month in pool:
            if re.search(rf"\b{month}\b", source.text) and (month != "May" or re.search(r"May \d|\d May|in May", source.text)):
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
    found = re.search(rf"(?<=(?:{'|'.join(m[-3:] for m in MONTHS)}) )\d{{1,2}}(?=,)|\b\d{{1,2}}(?=\.? (?:{names}))", source.text)
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
    pool = [m[0] for p in bench.passages for m in pick(p) if not set(m[0].split()) & set(re.findall(r"\w+", source.text))]
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
    return source.text[: spot.start()] + bench.rng.choice(("Margaret", "Leopold", "Winston")) + " " + spot[0].split()[1] + source.text[spot.end() :]


def not_inserted(bench: Bench, source: Source) -> str | None:
    pattern, word = (_AUXILIARY_DE, "nicht") if bench.german else (_AUXILIARY, "not")
    found = pattern.search(source.text)
    return source.text[: found.end()] + word + " " + source.text[found.end() :] if found else None


def not_removed(bench: Bench, source: Source) -> str | None:
    shorter, count = re.subn(r" (?:not|never|nicht)(?= (?!only|nur|until|just))", "", source.text, count=1)
    return shorter if count else None


def never_inserted(bench: Bench, source: Source) -> str | None:
    pattern, word = (_AUXILIARY_DE, "niemals") if bench.german else (_AUXILIARY, "never")
    found = pattern.search(source.text)
    return source.text[: found.end()] + word + " " + source.text[found.end() :] if found else None


def contracted_not(bench: Bench, source: Source) -> str | None:
    found = re.search(r"\b(was|were|is|are|has|had|could|would|did)\b (?!not|never|no\b)", source.text)
    return None if not found or bench.german else source.text[: found.end() - 1] + "n't " + source.text[found.end() :]


def _unit(source: Source, table: dict[str, str]) -> str | None:
    for unit, other in table.items():
        if unit in "$€£":
            if re.search(re.escape(unit) + r"\d", source.text):
                return source.text.replace(unit, other, 1)
            continue
        found = re.search(rf"(?<=[\d]) ?{re.escape(unit)}(?!\w)|(?<=\d |\w-){re.escape(unit)}(?!\w)", source.text)
        if found:
            lead = " " if found[0].startswith(" ") else ""
            return source.text[: found.start()] + lead + other.strip() + source.text[found.end() :] if unit != "%" else source.text[: found.start()] + other + source.text[found.end() :]
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


TRUE: tuple[tuple[str, Maker, bool], ...] = (
    ("verbatim", verbatim, False), ("verbatim", with_mark, False), ("verbatim", bold_item, True),
    ("paraphrase", synonyms, False), ("paraphrase", according, False), ("paraphrase", year_first, False),
    ("paraphrase", digits, False), ("paraphrase", no_parenthesis, False), ("paraphrase", other_synonyms, True),
    ("paraphrase", told_by, True), ("paraphrase", adverbial_last, True), ("paraphrase", date_turned, True),
    ("paraphrase", no_aside, True), ("paraphrase", contracted, False),
)  # fmt: skip
FALSE: tuple[tuple[str, Maker, bool], ...] = (
    ("number", number_shifted, False), ("number", number_word, False), ("number", number_borrowed, True),
    ("date", year_shifted, False), ("date", month_changed, False), ("date", year_borrowed, True), ("date", day_changed, True),
    ("name", name_borrowed, False), ("name", name_foreign, True), ("name", given_name, True),
    ("negation", not_inserted, False), ("negation", not_removed, False), ("negation", never_inserted, True), ("negation", contracted_not, True),
    ("unit", unit_changed, False), ("unit", other_unit_changed, True),
    ("other document", other_document, False), ("other document", other_document_same_name, True),
)  # fmt: skip


def cases(root: Path, *, per_set: int, seed: int, unseen: bool) -> Iterator[Case]:
    """The cases of all sets; those of unseen templates only when asked for."""
    for dataset in SETS:
        rng = random.Random(f"{seed}-{dataset}")
        for bench, sources in benches(root, dataset, per_set, rng):
            yield from _cases_of(bench, sources, unseen=unseen)


def _cases_of(bench: Bench, sources: list[Source], *, unseen: bool) -> Iterator[Case]:
    for kind, make, is_unseen in (*TRUE, *FALSE):
        if is_unseen and not unseen:
            continue
        for source in bench.rng.sample(sources, len(sources)):
            sentence = make(bench, source)
            if sentence is not None:
                truth = (source,) if (kind, make, is_unseen) in TRUE else ()
                yield Case(bench.dataset, kind, make.__name__, is_unseen, sentence, bench.passages, truth)
                break
    for source in sources:
        if found := clause(bench, source):
            text, (start, end) = found
            part = Source(source.passage, start, end, text)
            yield Case(bench.dataset, "clause", "clause", False, text, bench.passages, (part,))
            break
    yield from _merged(bench, sources, unseen=unseen)


def _merged(bench: Bench, sources: list[Source], *, unseen: bool) -> Iterator[Case]:
    others = [
        Source(number, a, b, passage[a:b])
        for number, passage in enumerate(bench.passages)
        for a, b in sentences_of(passage)
        if number != sources[0].passage and usable(passage[a:b])
    ]
    for name, is_unseen, english, german in MERGES:
        if (is_unseen and not unseen) or not others:
            continue
        first = bench.rng.choice(sources)
        second = bench.rng.choice(others if name != "semicolon" or len(sources) < 2 else [s for s in sources if s != first])
        sentence = (german if bench.german else english).format(first.text[:-1], _lower_first(second.text))
        yield Case(bench.dataset, "merged", name, is_unseen, sentence, bench.passages, (first, second))
