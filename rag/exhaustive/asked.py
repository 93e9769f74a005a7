"""Tells by its wording alone whether a question asks for everything there is of something."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import regex

from rag import resources
from rag.exhaustive.aim import Aggregation
from rag.exhaustive.folding import fold


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question asks for everything; `noun_at` is where it begins to say of what."""

    aggregation: Aggregation
    language: str
    noun_at: int
    explicit: bool = False  # "all", "every", "list": not to be taken for anything else
    superlative: str = ""  # folded, "highest"; the first letter of what it is, of an adjective
    by_most: bool = False  # "the most hours", "pays the most": what it is most of stands beside it
    occurrences: bool = False  # how often something is mentioned
    plural_only: bool = False  # one thing alone would be looked for in passages: "which tenant"
    merely_named: bool = False  # "what are the …": all of them only where more says so


_LEAD = (
    r"^\W*(?:(?:please|so|and|ok|okay|well|now|hi|hello|bitte|und|also|svp|s'il (?:te|vous) plait"
    r"|por favor|et|y)\W+)*"
    r"(?:(?:can|could|would|will) you (?:please )?|(?:i|we) (?:want|need|would like|'d like) "
    r"(?:you )?(?:to )?(?:know |see |have |get )?|(?:kannst du|konnen sie|konntest du) (?:mir )?"
    r"(?:bitte )?|ich (?:mochte|will|brauche) (?:wissen,? )?|peux-tu |pouvez-vous |je (?:veux|"
    r"voudrais) (?:savoir )?|puedes |quiero (?:saber )?)?(?:tell me |sag(?:e|en sie)? mir,? )?"
)
_THE = (
    r"(?:the |my |our |these |those |this |your |die |der |den |das |meine[rnm]? |unsere[rnm]? "
    r"|les |des |mes |nos |los |las |mis |nuestr[oa]s )?"
)
_SAME = r"(?:different |distinct |unique |various |verschiedenen? |differente?s |distint[oa]s )?"

_HIGHEST = (
    r"(?:highest|largest|biggest|greatest|longest|oldest|newest|latest|most recent|most expensive"
    r"|heaviest|tallest|costliest|maximum|max|top|last|(?<!at )most"
    r"|(?:hochst|großt|grosst|langst|altest|neuest|neust|letzt|spatest|teuerst|schwerst|maximal"
    r"|jungst(?=e[nrsm]? (?:datum|vertrag|rechnung|bericht|dokument|datei)))(?:e[nrsm]?)"
    r"|meisten?|les? plus|la plus|mas alt[oa]|mayor|mas (?:reciente|antigu[oa]|car[oa]|larg[oa]"
    r"|grande|alt[oa])|maxim[oa])"
)
_LOWEST = (
    r"(?:lowest|smallest|shortest|youngest|earliest|cheapest|least expensive|fewest|minimum|min"
    r"|lightest|first|(?<!at )least|(?:niedrigst|kleinst|kurzest|jungst|fruhest|billigst|gunstigst"
    r"|geringst|leichtest|minimal|tiefst|erst(?=e[nrs]? (?:datum|vertrag|rechnung)))(?:e[nrsm]?)"
    r"|wenigsten?|les? moins|la moins|mas baj[oa]|menor|mas (?:cort[oa]|barat[oa]|pequen[oa]"
    r"|temprano)|minim[oa])"
)
_SUPERLATIVE = regex.compile(
    rf"^\W*(?:[\w'’-]+\W+){{0,9}}?(?<![\w])(?:(?P<high>{_HIGHEST})|(?P<low>{_LOWEST}))(?!\w)"
)
_ASKING = regex.compile(
    _LEAD
    + r"(?:(?P<en>(?:in |for |by |from |at )?(?:which|what|who|whose|where|when|list|name|show|find"
    r"|give|identify)\b)"
    r"|(?P<de>(?:in |bei |von |an |mit )?(?:welche[nrsm]?|wer|was|wann|wo|wie|nenne|zeige?"
    r"|finde)\b)"
    r"|(?P<fr>(?:dans |a |par )?(?:quel(?:le)?s?|qui|trouve[zr]?)\b)"
    r"|(?P<es>(?:en )?(?:que|cual(?:es)?|quien(?:es)?|encuentra)\b))"
)
# Superlatives that say what is measured by themselves.
_DATES_LOW, _DATES_HIGH = (
    r"oldest|earliest|first|altest|fruhest|erst|ancien|antigu|temprano",
    (r"newest|latest|most recent|last|neuest|neust|letzt|spatest|recent|reciente"),
)
_OLD = regex.compile(r"oldest|altest|antigu")
_NEVER = regex.compile(  # amounts, which one passage tells
    r"\b(?:how many (?:days|weeks|months|years|hours|minutes|seconds|percent|per cent|people live"
    r"|miles|kilomet|meters|metres|degrees|dollars|euros|pounds|kilo|tons|tonnes|gallons|liters"
    r"|litres|square|bits|bytes|points)"
    r"|wie ?viele (?:tage|wochen|monate|jahre|stunden|minuten|prozent|meter|kilometer|euro|dollar"
    r"|tonnen|quadrat\w*|punkte)"
    r"|combien de (?:jours|semaines|mois|ans|annees|temps|heures|minutes)"
    r"|cuant[oa]s (?:dias|semanas|meses|anos|horas|minutos))\b"
)
_ZH = regex.compile(
    r"(?P<count>有?(?:多少|几)(?:个|份|篇|家|封|张|名|位|人|起|件|部)?)|(?P<list>列出|列举|所有|全部|哪些|哪几)"
    r"|(?P<exists>有没有|是否有)|(?P<high>最高|最大|最长|最新|最晚|最多|最贵)|(?P<low>最低|最小|最短|最早|最少|最便宜)"
    r"|(?P<sum>总和|合计|总共|总额|总计)|(?P<mean>平均)"
)


@functools.cache
def _openers() -> tuple[tuple[str, Aggregation, regex.Pattern[str], str], ...]:
    """How such questions begin: language, what is made of it, pattern, how surely all is meant."""
    stored = (resources.folder() / "everything_asked.txt").read_text(encoding="utf-8")
    lines = (line.split(" | ", 3) for line in stored.splitlines() if not line.startswith("#"))
    return tuple(
        (language, Aggregation(made), regex.compile(f"{_LEAD}(?:{opener}){_THE}{_SAME}"), how)
        for language, made, how, opener in lines
    )


def asked(question: str) -> Asked | None:
    """How `question` asks for everything; None where its wording does not.

    What it counts may still turn out to be told in one passage.
    """
    folded = fold(question)
    if regex.search(r"\p{Han}", question):
        return _asked_in_chinese(folded)
    if _NEVER.search(folded):
        return None
    superlative = _superlative(folded)
    for language, aggregation, opener, how in _openers():
        found = opener.match(folded)
        if found is None:
            continue
        if (
            superlative is not None
            and how not in ("often", "sum")
            and aggregation is not (Aggregation.COUNT)
        ):
            return superlative
        if how == "often":
            return Asked(aggregation, language, found.end(), True, occurrences=True)
        return Asked(
            aggregation,
            language,
            found.end(),
            explicit=how == "all",
            plural_only=how in ("plural", "which"),
            merely_named=how == "plural",
        )
    return superlative


def _superlative(folded: str) -> Asked | None:
    asking = _ASKING.match(folded)
    found = _SUPERLATIVE.match(folded)
    if asking is None or found is None:
        return None
    language = next(code for code in ("en", "de", "fr", "es") if asking[code] is not None)
    word = found["high"] or found["low"]
    highest = found["high"] is not None
    # the oldest contract is the one with the lowest date; the oldest pilot has the highest age
    return Asked(
        Aggregation.HIGHEST if highest else Aggregation.LOWEST,
        language,
        asking.end(),
        superlative=word,
        by_most=word in ("most", "least", "fewest", "meisten", "meiste", "wenigsten", "le plus",
                         "le moins"),
    )  # fmt: skip


def _asked_in_chinese(folded: str) -> Asked | None:
    found = _ZH.search(folded)
    if found is None:
        return None
    kind = found.lastgroup
    aggregation = {
        "count": Aggregation.COUNT,
        "list": Aggregation.LIST,
        "exists": Aggregation.EXISTS,
        "high": Aggregation.HIGHEST,
        "low": Aggregation.LOWEST,
        "sum": Aggregation.SUM,
        "mean": Aggregation.MEAN,
    }[kind or "list"]
    return Asked(
        aggregation,
        "zh",
        found.end(),
        explicit=found[0] in ("列出", "列举", "所有", "全部"),
        superlative=found[0] if kind in ("high", "low") else "",
    )
