"""Makes true sentences in other words than their source; kept aside from who builds citing."""

from __future__ import annotations

import re

from tests.benchmarks.citation_documents import Bench, Source
from tests.benchmarks.citation_unseen_numbers import CARDINALS, MONTH_NAMES
from tests.benchmarks.citation_unseen_words import (
    AMERICAN,
    ASIDES,
    SAYINGS,
    SHORT_FORMS,
    VERBS,
    WORDS,
)

_CLAUSE_FIRST = re.compile(
    r"(Although|While|When|If|Because|Since|After|Before|Once|Unless) ([^,]{15,}), "
    r"([a-z][^,]{25,})\."
)


def lowered(text: str) -> str:
    """`text` as it goes on within a sentence, unless it may begin with a name."""
    plain = (
        r"(?:The|In|A|An|It|This|These|Those|By|On|At|From|For|As|There|They|He|She|We|His|Her|Its"
        r"|Their|Many|Some|Most|After|When|While|If|During|Such|One|Two|Our)\b"
    )
    return text[0].lower() + text[1:] if re.match(plain, text) else text


def _worded(text: str, table: dict[str, str], most: int, edge: str = r"\b") -> str | None:
    done: list[str] = []
    for word, other in table.items():
        pattern = rf"(?<!-){edge}{re.escape(word)}{edge}(?!-)"
        if len(done) < most and not any(word in d for d in done) and re.search(pattern, text):
            text = re.sub(pattern, other, text, count=1)
            done.append(other)
    return text if done else None


def quoted(bench: Bench, source: Source) -> str | None:
    left, right = bench.rng.choice(
        (("“", "”"), ('"', '"'), ("> ", ""), ("**", "**"), ("* ", " [1][2]"))
    )
    return f"{left}{source.text}{right}"


def folded(bench: Bench, source: Source) -> str | None:
    """As a model writes it: other quotes and dashes, a mark of its own before the end."""
    text = source.text.replace("’", "'").replace("“", '"').replace("”", '"').replace("–", "-")
    stop = "。" if bench.language == "zh" else "."
    return text[:-1] + f" [{bench.rng.randint(1, 4)}, {bench.rng.randint(5, 8)}]" + stop


def other_words(bench: Bench, source: Source) -> str | None:
    edge = "" if bench.language == "zh" else r"\b"
    return _worded(source.text, WORDS[bench.language], 3, edge)


def said_by_source(bench: Bench, source: Source) -> str | None:
    form = bench.rng.choice(SAYINGS[bench.language])
    return form.format(lowered(source.text), source.text)


def clause_last(bench: Bench, source: Source) -> str | None:
    found = _CLAUSE_FIRST.fullmatch(source.text)
    if not found or bench.language != "en":
        return None
    return f"{found[3][0].upper()}{found[3][1:]} {found[1].lower()} {found[2]}."


def clause_first(bench: Bench, source: Source) -> str | None:
    found = re.fullmatch(
        r"([^,]{30,}),? (because|although|when|while|after|if|even though) ([^,;]{15,})\.",
        source.text,
    )
    if not found or bench.language != "en":
        return None
    return f"{found[2].capitalize()} {found[3]}, {lowered(found[1])}."


def adverbial_moved(bench: Bench, source: Source) -> str | None:
    if bench.language == "de":
        found = re.fullmatch(
            r"(Im Jahr \d{4}|\d{4}|Im \d\d\. Jahrhundert|Im [A-Z]\w+ \d{4})"
            r" (wurde|war|hatte|begann|kam)"
            r" ((?:der|die|das|ein|eine) (?:\w+ )?[A-Z]\w+|[A-Z]\w+) (.{25,})\.",
            source.text,
        )
        if not found:
            return None
        when = found[1][0].lower() + found[1][1:]
        return f"{found[3][0].upper()}{found[3][1:]} {found[2]} {when} {found[4]}."
    found = re.fullmatch(
        r"((?:In|On|By|During|Since|Until) [^,]{4,45}), ([^,]{30,})\.", source.text
    )
    if not found or bench.language != "en":
        return None
    if re.search(r"\b(?:was|were|is|are|had|has)\b", found[1]) or found[2].startswith("and "):
        return None
    return f"{found[2][0].upper()}{found[2][1:]} {found[1][0].lower()}{found[1][1:]}."


def cleft(bench: Bench, source: Source) -> str | None:
    found = re.fullmatch(
        r"(In|On|During) (?!addition|general|particular|fact|order|contrast|short|turn|other)"
        r"([^,]{4,45}), (.{30,})\.",
        source.text,
    )
    if found and bench.language == "en" and not re.match(r"\d|however|for|and|but", found[3]):
        return f"It was {found[1].lower()} {found[2]} that {lowered(found[3])}."
    found = re.fullmatch(r"((?:The )?[A-Z][\w'’ -]{3,40}?) (was|is) (the [^,]{25,})\.", source.text)
    return f"It {found[2]} {lowered(found[1])} that {found[2]} {found[3]}." if found else None


def active(bench: Bench, source: Source) -> str | None:
    verbs = "|".join(VERBS)
    found = re.fullmatch(
        rf"([A-Z][^,;]{{5,70}}?) (?:was|were) ({verbs}) by ((?:the |a |an )?[^,;]{{4,45}}?)"
        r"((?: (?:in|on|at|for|during|from|to|as|and|because) [^,;]+)?)\.",
        source.text,
    )
    if not found or bench.language != "en":
        return None
    doer = found[3][0].upper() + found[3][1:]
    return f"{doer} {VERBS[found[2]]} {lowered(found[1])}{found[4]}."


def numbers_as_words(bench: Bench, source: Source) -> str | None:
    if bench.language == "zh":
        found = re.search(r"(?<![\d.,第])([2-9])(?=\s?[名个次位座项场所支条部篇届])", source.text)
        words = "零一两三四五六七八九"
        return (
            found
            and source.text[: found.start()] + words[int(found[1])] + source.text[found.end() :]
        )
    words = CARDINALS[bench.language]
    found = re.search(r"(?<=[a-z] )([2-9]|10)(?= [a-zA-ZÄÖÜ]{4,})", source.text)
    months = "|".join(m for names in MONTH_NAMES.values() for m in names)
    if not found or re.match(rf" (?:{months})|er\b", source.text[found.end() :]):
        return None
    if re.search(
        r"(?:Note|Item|Part|runway|Runway|Table|Figure|Section|page|Class) $",
        source.text[: found.start()],
    ):
        return None
    return source.text[: found.start()] + words[int(found[1]) - 2] + source.text[found.end() :]


def words_as_numbers(bench: Bench, source: Source) -> str | None:
    if bench.language == "zh":
        found = re.search(
            r"(?<![十百千第一二三四五六七八九])([三四五六七八九])(?=[名个次位座场所支届])",
            source.text,
        )
        return (
            found
            and source.text[: found.start()]
            + str("零一二三四五六七八九".index(found[1]))
            + source.text[found.end() :]
        )
    values = dict(zip(CARDINALS["en"][:11], range(2, 13), strict=True))
    values |= {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "ninety": 90}
    if bench.german:
        values = dict(zip(CARDINALS["de"], (2, 3, 4, 5, 6, 7, 8, 9, 10, 12), strict=True))
    for word, value in values.items():
        found = re.search(rf"(?<=[a-z,] ){word}(?= [a-zA-ZÄÖÜ]{{4,}})", source.text)
        if found and not re.match(
            " (?:million|billion|hundred|thousand)", source.text[found.end() :]
        ):
            return source.text[: found.start()] + str(value) + source.text[found.end() :]
    return None


def amounts_rewritten(bench: Bench, source: Source) -> str | None:
    """5 million as 5,000,000, $3 billion as 3 billion dollars, 12% as 12 percent, and back."""
    text = source.text
    zeros = {"million": 6, "billion": 9, "Millionen": 6, "Milliarden": 9}
    point = "," if bench.german else "."
    for pattern, new in (
        (r"\$\s?(\d[\d,.]*\d|\d) (million|billion)\b", r"\1 \2 dollars"),
        (r"(?<=\d)\s?%", {"en": " percent", "de": " Prozent"}.get(bench.language, "％")),
        (r"(?<=\d) percent\b", "%"),
        (r"(?<=\d) Prozent\b", "%"),
    ):
        changed, count = re.subn(pattern, new, text)
        if count:
            return changed
    found = re.search(
        rf"(?<![\w.,$€£])(\d+)(?:{re.escape(point)}(\d))? ({'|'.join(zeros)})\b", text
    )
    if not found:
        return None
    value = int(found[1] + (found[2] or "0")) * 10 ** (zeros[found[3]] - 1)
    return (
        text[: found.start()]
        + f"{value:,}".replace(",", "." if bench.german else ",")
        + text[found.end() :]
    )


def date_rewritten(bench: Bench, source: Source) -> str | None:
    names = MONTH_NAMES.get(bench.language, ())
    if bench.language == "zh":
        changed, count = re.subn(
            r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日", r"\1-\2-\3", source.text
        )
        return changed if count else None
    found = re.search(rf"\b({'|'.join(names)}) (\d{{1,2}}), (\d{{4}})", source.text)
    if found:
        month, day = names.index(found[1]) + 1, int(found[2])
        suffix = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day, "th")
        new = bench.rng.choice(
            (
                f"{found[1][:3]}{'.' if found[1] != 'May' else ''} {day}, {found[3]}",
                f"{day} {found[1]} {found[3]}",
                f"the {day}{suffix} of {found[1]} {found[3]}",
                f"{found[3]}-{month:02d}-{day:02d}",
            )
        )
        return source.text[: found.start()] + new + source.text[found.end() :]
    found = re.search(rf"\b(\d{{1,2}})\. ({'|'.join(names)})", source.text)
    if found and bench.german:
        short = f"{found[1]}. {found[2][:3]}."
        return source.text[: found.start()] + short + source.text[found.end() :]
    return None


def brackets_dropped(bench: Bench, source: Source) -> str | None:
    shorter, count = re.subn(r"\s?[(（][^()（）]*[)）]", "", source.text)
    return shorter if count and len(shorter) > (14 if bench.language == "zh" else 45) else None


def apposition_dropped(bench: Bench, source: Source) -> str | None:
    found = re.search(
        r"(?<=[a-z]), (?:a|an|the|one of|also known as|which|who|formerly|eine?|der|die|das)"
        r" [^,;]{8,60},"
        r" (?=(?:was|is|were|are|had|has|wurde|war|ist|hat|[a-z]+ed)\b)",
        source.text,
    )
    if not found:
        return None
    shorter = source.text[: found.start()] + " " + source.text[found.end() :]
    return shorter if len(shorter.split()) >= 7 else None


def opening_dropped(bench: Bench, source: Source) -> str | None:
    shorter, count = re.subn(
        r"^(?:However|Therefore|Thus|Moreover|Also|Furthermore|In addition|Finally"
        r"|Additionally|Later|For example|As a result|In particular|Meanwhile"
        r"|Jedoch|Daher|Außerdem|Zudem), (\w)",
        lambda m: m[1].upper(),
        source.text,
    )
    if bench.language == "zh":
        shorter, count = re.subn(
            r"^(?:然而|因此|此外|但是|例如|另外|同时|后来)[，,]?", "", source.text
        )
    return shorter if count else None


def aside_added(bench: Bench, source: Source) -> str | None:
    if bench.language == "zh":
        found = re.search(r"(?<![不就还但也要])是(?!否)", source.text)
        return found and source.text[: found.start()] + "确实" + source.text[found.start() :]
    being = (
        r"(?<=\w )(was|were|is|are|has|had)(?= (?!not|no\b))"
        if bench.language == "en"
        else (r"(?<=\w )(ist|sind|war|waren|wurde|wurden|hat)(?= (?!nicht))")
    )
    found = re.search(being, source.text)
    if not found:
        return None
    word = bench.rng.choice(ASIDES[bench.language])
    return f"{source.text[: found.end()]} {word}{source.text[found.end() :]}"


def spelt_british(bench: Bench, source: Source) -> str | None:
    text = source.text
    for one, other in AMERICAN:
        for old, new in ((one, other), (other, one)):
            if re.search(rf"\b{old}\b", text) and new not in text:
                return re.sub(rf"\b{old}\b", new, text)
    return None


def shortened(bench: Bench, source: Source) -> str | None:
    text = source.text
    for long, short in SHORT_FORMS:
        text = re.sub(rf"\b{long}\b", short, text)
    return text if text != source.text else None


def possessive(bench: Bench, source: Source) -> str | None:
    nouns = "capital|president|population|history|economy|government|mayor|author|founder|head|name"
    nouns += "|king|leader|founding|success|death|reign|invention|work|army|owner|coast|center"
    found = re.search(
        rf"\b[Tt]he ({nouns}) of ([A-Z][a-z]+(?: [A-Z][a-z]+)?)(?=[ ,.])(?! [A-Z(])", source.text
    )
    if not found or bench.language != "en":
        return None
    return source.text[: found.start()] + f"{found[2]}'s {found[1]}" + source.text[found.end() :]


def taken_up(bench: Bench, source: Source) -> str | None:
    """A name or noun at the beginning as a pronoun."""
    if bench.language == "de":
        found = re.match(r"(?:Die|Der|Das) [A-ZÄÖÜ]\w+ (?=ist|war|wurde|hat|hatte)", source.text)
        if not found:
            return None
        word = {"Die": "Sie", "Der": "Er", "Das": "Es"}[source.text[:3]]
        return f"{word} {source.text[found.end() :]}"
    found = re.match(
        r"(?:The (?!pilot|king|queen|president|student|instructor|man|woman|author)[a-z]+)"
        r" (?=is|was|has|had|can|will)",
        source.text,
    )
    return f"It {source.text[found.end() :]}" if found else None


def split_in_two(bench: Bench, source: Source) -> str | None:
    """Two short sentences in place of one joined by "and"."""
    found = re.fullmatch(r"([^,;]{35,}), and ((?:the|it|he|she|they|in) [^,;]{30,})\.", source.text)
    if not found:
        return None
    return f"{found[1]}. {found[2][0].upper()}{found[2][1:]}."


def first_part(bench: Bench, source: Source) -> tuple[str, tuple[int, int]] | None:
    """What stands before a relative clause or a participle, by itself."""
    found = re.search(
        r", (?:which|where|whose|who|making|including|although|because|so that|wobei|wodurch|obwohl"
        r"|sodass|bevor|nachdem) ",
        source.text,
    )
    if bench.language == "zh":
        found = re.search(r"[，；]", source.text[12:])
        told = source.text[: 12 + found.start()] if found else ""
        if not re.search(
            "是(?!否|由|因)|成为|位于|成立|出版|发现|赚了|属于|建于", told
        ) or re.match("值得|有|在|随着|由于|虽然|如果|当|尽管|因|特别|除了|据", told):
            return None
        end = 12 + found.start()
        return source.text[:end] + "。", (source.start, source.start + end)
    if re.match(
        r"(?:Because|If|When|While|Although|As|After|Before|Since|Wenn|Als|Da|For) ", source.text
    ):
        return None
    if not found or found.start() < 50 or len(source.text) - found.end() < 20:
        return None
    return source.text[: found.start()] + ".", (source.start, source.start + found.start())


def second_part(bench: Bench, source: Source) -> tuple[str, tuple[int, int]] | None:
    """What stands after a semicolon, or after a comma and a conjunction, by itself."""
    found = re.search(
        r"; (?:however, |also, )?|, (?:and|but|und|aber|doch) (?=[A-Za-z]+ [a-z]+ )", source.text
    )
    if bench.language == "zh":
        found = re.search(r"[；]|，(?:而|但|并且|同时)", source.text)
    if re.match(r"(?:Because|If|When|While|Although|As|Since|Wenn|Als|Da|Even) ", source.text):
        return None
    begun = found.end() if found else 0
    if not found or len(source.text) - begun < (14 if bench.language == "zh" else 50):
        return None
    rest = source.text[begun:]
    if bench.language != "zh" and not re.match(
        r"(?:the|it|he|she|they|in|a|its|his|their|there|this|die|der|das|sie|er|es) ", rest
    ):
        return None
    return rest[0].upper() + rest[1:], (source.start + begun, source.end)
