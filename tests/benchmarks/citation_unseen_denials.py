"""Makes false sentences by denying what a sentence states; kept aside like the numbers."""

from __future__ import annotations

import re

from tests.benchmarks.citation_documents import Bench, Source

_BEING = {
    "en": re.compile(
        r"(?<=\w )(was|were|is|are|has|had|can|could|will|would)(?= (?!not|never|no\b|only|to\b))"
    ),
    "de": re.compile(
        r"(?<=\w )(ist|sind|war|waren|wurde|wurden|hat|hatte)(?= (?!nicht|kein|nie|nur|und|oder))"
    ),
    "zh": re.compile(r"(?<!不)(?<!就)(?<!还)(?<!但)(?<!也)(?<!要)(是|可以|能够)(?![否不])"),
}
PAST = {
    "played": "play",
    "moved": "move",
    "received": "receive",
    "won": "win",
    "became": "become",
    "began": "begin",
    "led": "lead",
    "took": "take",
    "wrote": "write",
    "reported": "report",
    "stated": "state",
    "helped": "help",
    "increased": "increase",
    "decreased": "decrease",
    "included": "include",
    "served": "serve",
    "worked": "work",
    "joined": "join",
    "created": "create",
    "developed": "develop",
    "produced": "produce",
    "published": "publish",
    "established": "establish",
    "introduced": "introduce",
    "announced": "announce",
    "lost": "lose",
    "gave": "give",
    "reached": "reach",
    "offered": "offer",
    "caused": "cause",
    "ended": "end",
    "started": "start",
    "contained": "contain",
    "showed": "show",
    "opened": "open",
    "attended": "attend",
    "returned": "return",
    "struck": "strike",
    "departed": "depart",
}
PRESENT = {
    "provides": "provide",
    "includes": "include",
    "requires": "require",
    "allows": "allow",
    "contains": "contain",
    "offers": "offer",
    "plays": "play",
    "uses": "use",
    "makes": "make",
    "has": "have",
    "shows": "show",
    "supports": "support",
    "produces": "produce",
    "remains": "remain",
    "helps": "help",
    "serves": "serve",
    "consists": "consist",
    "covers": "cover",
    "occurs": "occur",
    "gives": "give",
    "represents": "represent",
    "forms": "form",
    "hosts": "host",
}
ANTONYMS = (
    *(("increased", "decreased"), ("decreased", "increased"), ("increase", "drop")),
    *(("higher", "lower"), ("lower", "higher"), ("high", "low"), ("large", "tiny")),
    *(("larger", "smaller"), ("largest", "smallest"), ("smallest", "largest")),
    *(("more than", "less than"), ("less than", "more than"), ("most", "hardly any")),
    *(("best", "worst"), ("strong", "weak"), ("stronger", "weaker"), ("rich", "poor")),
    *(("successful", "unsuccessful"), ("success", "failure"), ("legal", "illegal")),
    *(("won", "lost"), ("defeated", "lost to"), ("victory", "defeat"), ("accepted", "declined")),
    *(("before", "after"), ("after", "before"), ("early", "late"), ("earlier", "later")),
    *(("oldest", "newest"), ("older", "younger"), ("first", "last"), ("old", "new")),
    *(("common", "rare"), ("often", "seldom"), ("frequently", "rarely"), ("always", "rarely")),
    *(("public", "private"), ("private", "public"), ("modern", "ancient"), ("major", "minor")),
    *(("positive", "negative"), ("possible", "impossible"), ("necessary", "needless")),
    *(("open", "closed"), ("opened", "closed"), ("born", "buried"), ("arrived", "departed")),
    *(("supported", "opposed"), ("agreed", "disagreed"), ("allowed", "forbidden")),
    *(("included", "excluded"), ("including", "excluding"), ("above", "below")),
    *(("majority", "minority"), ("gained", "lost"), ("rose", "sank"), ("fell", "rose")),
    *(("with", "without"), ("began", "ceased"), ("improved", "worsened"), ("hot", "cold")),
    *(("important", "irrelevant"), ("longest", "shortest")),
    *(("fast", "slow"), ("winter", "summer"), ("enemy", "friend"), ("light", "heavy")),
    *(("größte", "kleinste"), ("größten", "kleinsten"), ("mehr als", "weniger als")),
    *(("mit", "ohne"), ("hohe", "niedrige"), ("hohen", "niedrigen"), ("gewann", "verlor")),
    *(("vor", "nach"), ("nach", "vor"), ("alte", "neue"), ("alten", "neuen")),
    *(("wichtige", "unwichtige"), ("erfolgreich", "erfolglos"), ("stieg", "sank")),
    *(("增加", "减少"), ("最大", "最小"), ("高于", "低于"), ("成功", "失败"), ("支持", "反对")),
    *(("上升", "下降"), ("早期", "晚期"), ("北部", "南部"), ("赢得", "输掉"), ("允许", "禁止")),
    *(("之前", "之后"), ("以上", "以下"), ("开始", "停止"), ("击败", "输给"), ("较高", "较低")),
)
LOOSE_ANTONYMS = {"with", "mit", "before", "after", "vor", "nach", "most", "more than", "light"}
QUANTIFIERS = (
    *(("All ", "None of "), ("Most ", "Hardly any "), ("Many ", "No "), ("Several ", "No ")),
    *(("Both ", "Neither of "), ("Some ", "No "), ("Every ", "No "), ("Each ", "No ")),
    *((" all of the ", " none of the "), (" many ", " no "), (" several ", " no ")),
    *((" some ", " no "), (" every ", " no "), (" both ", " neither "), (" a ", " no ")),
)
_REMOVED = (
    (r"\bcannot\b", "can"),
    (r"\bunable to\b", "able to"),
    (r"\bwithout\b", "with"),
    (r"\bfailed to\b", "managed to"),
    (r"\bno longer\b", "still"),
    (r"\bdid not (?=[a-z])", "did "),
    (r"\b(do|does|is|are|was|were|has|had|have|could|would|will|can) not(?! only)\b", r"\1"),
    (r"\b(no) (?=[a-z]+s\b)", "some "),
    (r"\bnever\b", "regularly"),
    (r"\bneither\b", "both"),
    (r"\bkeine?n?\b", "viele"),
    (r"\bnicht(?! nur)\b ", ""),
    (r"(?<!是)没有(?!人|任何)", "有"),
    (r"不(?=能|会|是|需|可以|允许)(?!能不)", ""),
)


def no_longer(bench: Bench, source: Source) -> str | None:
    told = {"en": " no longer", "de": " nicht mehr"}.get(bench.language)
    found = _BEING[bench.language].search(source.text)
    if not found or not told:
        return None
    return source.text[: found.end()] + told + source.text[found.end() :]


def fails_to(bench: Bench, source: Source) -> str | None:
    for verb, stem in PRESENT.items():
        if re.search(rf"(?<=[a-z] ){verb}\b", source.text):
            return re.sub(rf"(?<=[a-z] ){verb}\b", f"fails to {stem}", source.text, count=1)
    for verb, stem in PAST.items():
        if re.search(
            rf"(?<=[a-z] ){verb}(?= (?:a|the|his|its|their|to|in|that)\b)", source.text
        ) and (
            not re.search(
                rf"\b(?:was|were|be|been|are|is|had|has|have|by) (?:\w+ )?{verb}", source.text
            )
        ):
            new = f"failed to {stem}"
            return re.sub(
                rf"(?<=[a-z] ){verb}(?= (?:a|the|his|its|their|to|in|that)\b)",
                new,
                source.text,
                count=1,
            )
    return None


def did_not(bench: Bench, source: Source) -> str | None:
    verbs = list(PAST)
    for verb in bench.rng.sample(verbs, len(verbs)):
        pattern = rf"(?<=[a-z] ){verb}(?= (?:a|the|his|its|their|to|in|that|at|on)\b)"
        perfect = rf"\b(?:was|were|be|been|are|is|had|has|have|by|as|and|being) (?:\w+ )?{verb}"
        if re.search(pattern, source.text) and not re.search(perfect, source.text):
            return re.sub(pattern, f"did not {PAST[verb]}", source.text, count=1)
    return None


def never(bench: Bench, source: Source) -> str | None:
    told = {"en": " never", "de": " nie"}.get(bench.language)
    found = list(_BEING[bench.language].finditer(source.text))
    if not found or not told:
        return None
    spot = found[-1]
    return source.text[: spot.end()] + told + source.text[spot.end() :]


def not_the_case(bench: Bench, source: Source) -> str | None:
    starts = {
        "en": ("It is not true that ", "It is wrong that ", "At no point was it so that "),
        "de": ("Es stimmt nicht, dass Folgendes gilt: ", "Es ist falsch, dass dies gilt: "),
        "zh": ("事实并非如此：", "以下说法是错误的："),
    }
    text = source.text
    if bench.language == "en" and text.split()[0] in ("The", "In", "It", "A", "This", "There"):
        text = text[0].lower() + text[1:]
    return bench.rng.choice(starts[bench.language]) + text


def none_of(bench: Bench, source: Source) -> str | None:
    for old, new in QUANTIFIERS:
        at = source.text.find(old)
        begins = old[0] == " " or at == 0
        if at >= 0 and begins and not re.search(r"\b(?:no|not)\b", source.text):
            if old == " a " and not re.search(
                r"\b(?:is|was|has|had|have) a (?!few|lot)", source.text
            ):
                continue
            if old == " a ":
                return re.sub(r"\b(is|was|has|had|have) a ", r"\1 no ", source.text, count=1)
            return source.text[:at] + new + source.text[at + len(old) :]
    return None


def antonym(bench: Bench, source: Source) -> str | None:
    for old, new in bench.rng.sample(ANTONYMS, len(ANTONYMS)):
        edge = "" if bench.language == "zh" else r"\b"
        found = re.search(rf"{edge}{old}{edge}", source.text)
        if not found or new in source.text:
            continue
        if old in LOOSE_ANTONYMS and not re.match(
            r" (?:the|a|der|dem|\d)", source.text[found.end() :]
        ):
            continue
        if old in ("most", "best") and not re.match(
            r" (?:of|people|common)", source.text[found.end() :]
        ):
            continue
        return source.text[: found.start()] + new + source.text[found.end() :]
    return None


def denial_removed(bench: Bench, source: Source) -> str | None:
    for pattern, new in _REMOVED:
        text, count = re.subn(pattern, new, source.text, count=1)
        if count:
            return text
    return None


def denied_zh(bench: Bench, source: Source) -> str | None:
    if bench.language != "zh":
        return None
    found = _BEING["zh"].search(source.text)
    if not found:
        return None
    return source.text[: found.start()] + "不" + source.text[found.start() :]


def no_noun_de(bench: Bench, source: Source) -> str | None:
    if not bench.german:
        return None
    found = re.search(r"(?<=\w )(ein|eine|einen|einem|einer)(?= (?!\w+ste))", source.text)
    return found and source.text[: found.start()] + "k" + source.text[found.start() :]
