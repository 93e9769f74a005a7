"""Tells by its wording alone whether a question asks for everything there is of something."""

from __future__ import annotations

from dataclasses import dataclass

import regex

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

_PatternRow = tuple[str, Aggregation, str, str]
# The first that matches counts. "all" in the last column: asked for in so many words.
_OPENERS: tuple[_PatternRow, ...] = (
    ("en", Aggregation.COUNT, r"how (?:often|many times) (?:is|are|was|were|does|do|did|has|have) ", "often"),
    ("de", Aggregation.COUNT, r"wie (?:oft|haufig) (?:wird|werden|wurde|wurden|kommt|kommen) ", "often"),
    ("fr", Aggregation.COUNT, r"combien de fois (?:est|sont|le mot )? ?", "often"),
    ("es", Aggregation.COUNT, r"cuantas veces (?:se )?", "often"),
    ("en", Aggregation.COUNT, r"(?:in|on|for|across|from|by|to|with|of|among|under|at)? ?how many (?:of )?(?:all )?", ""),
    ("en", Aggregation.COUNT, r"(?:what(?: is|'s| was| are)|give me|show me|determine|find|calculate|report) ?(?:the )?(?:total |overall |exact )*(?:number|count) of (?:all )?", ""),
    ("en", Aggregation.COUNT, r"(?:the )?(?:total |overall )?(?:number|count) of (?:all )?", ""),
    ("en", Aggregation.COUNT, r"count (?:up )?(?:all )?(?:of )?", "all"),
    ("de", Aggregation.COUNT, r"(?:in|auf|bei|fur|von|aus|mit|an|unter)? ?wie ?viele[nrm]? ", ""),
    ("de", Aggregation.COUNT, r"(?:wie (?:hoch|gross|groß) ist |was ist |nenne? (?:mir )?)?die (?:gesamt)?(?:an)?zahl (?:aller |von )?", ""),
    ("de", Aggregation.COUNT, r"zahle? (?:mir )?(?:bitte )?(?:alle )?", "all"),
    ("fr", Aggregation.COUNT, r"(?:dans |a |pour |chez )?combien (?:y a-t-il )?d(?:e |')", ""),
    ("fr", Aggregation.COUNT, r"(?:quel est )?le nombre (?:total )?d(?:e |es |')", ""),
    ("fr", Aggregation.COUNT, r"compte[zr]? (?:tou(?:te)?s )?", "all"),
    ("es", Aggregation.COUNT, r"(?:en |para |de )?cuant[oa]s ", ""),
    ("es", Aggregation.COUNT, r"(?:cual es )?el numero (?:total )?de ", ""),
    ("es", Aggregation.COUNT, r"cuenta (?:tod[oa]s )?", "all"),
    ("en", Aggregation.COMPARE, r"compare ", "all"),
    ("de", Aggregation.COMPARE, r"vergleich(?:e|en sie)? ", "all"),
    ("fr", Aggregation.COMPARE, r"compare[zr]? ", "all"),
    ("es", Aggregation.COMPARE, r"compara(?:r)? ", "all"),
    ("en", Aggregation.SUM, r"(?:what(?: is|'s| was| are| were)? |calculate |compute |give me |show me |find |determine )?(?:the )?(?:(?:grand |overall |combined |total )*(?:total|sum)(?: up)?(?: amount| value| cost)?(?: of| for| from| across| over)? |combined )", "sum"),
    ("en", Aggregation.SUM, r"(?:sum|add)(?: up)? ", "sum"),
    ("en", Aggregation.SUM, r"how much (?=.*\b(?:in total|altogether|overall|combined|all together|in sum|in all|add up|sum up)\b)", "sum"),
    ("de", Aggregation.SUM, r"(?:was ist |wie (?:hoch|gross|groß) ist |berechne |nenne )?(?:die )?(?:gesamt)?summe (?:aller |der |von )?", "sum"),
    ("de", Aggregation.SUM, r"(?:was ist |wie (?:hoch|gross|groß) (?:ist|sind) |berechne )?(?:der |die |das )?gesamt(?=\w)", "sum"),
    ("de", Aggregation.SUM, r"wie (?:viel|hoch|gross|groß) (?=.*\b(?:insgesamt|zusammen|in summe)\b)(?:ist |sind )?", "sum"),
    ("fr", Aggregation.SUM, r"(?:quel(?:le)? est |calcule[zr]? )?(?:le (?:montant )?total|la somme|le montant total) (?:de |des |du )?", "sum"),
    ("es", Aggregation.SUM, r"(?:cual es |calcula )?(?:el (?:importe |monto )?total|la suma) (?:de |del )?", "sum"),
    ("en", Aggregation.MEAN, r"(?:what(?: is|'s| was| are| were)? |how (?:high|large|much) is |calculate |compute |give me )?(?:the |on )?(?:average|mean) (?:of )?", "sum"),
    ("en", Aggregation.MEAN, r"how much (?=.*\bon average\b)", "sum"),
    ("de", Aggregation.MEAN, r"(?:was ist |wie (?:hoch|gross|groß|alt|lang) (?:ist|sind) |berechne )?(?:der |die |das )?(?:durchschnittliche[nrs]? |mittlere[nrs]? |durchschnitt (?:der |aller |von )?)", "sum"),
    ("de", Aggregation.MEAN, r"wie (?:viel|hoch|gross|groß) (?=.*\b(?:im (?:durchschnitt|mittel|schnitt)|durchschnittlich)\b)(?:ist |sind )?", "sum"),
    ("fr", Aggregation.MEAN, r"(?:quel(?:le)? est |calcule[zr]? )?(?:la moyenne (?:de |des |du )?|(?:le |la |l')(?=[\w' ]{2,40} moyenne?\b))", "sum"),
    ("es", Aggregation.MEAN, r"(?:cual es |calcula )?(?:el promedio |la media |(?:el |la )(?=[\w ]{2,40} (?:medi[oa]|promedio)\b))(?:de |del )?", "sum"),
    ("en", Aggregation.EXISTS, r"(?:do|does|did|has|have) (?:any|some) (?:of )?", "any"),
    ("en", Aggregation.EXISTS, r"(?:is|are|was|were) (?:there )?(?:any |some )(?:of )?", "any"),
    ("en", Aggregation.EXISTS, r"(?:is|was) there (?:a|an|one|at least one) ", "any"),
    ("de", Aggregation.EXISTS, r"gibt es (?:eine?[nrms]? |irgendwelche |einige |irgendeine?[nrms]? )?", "any"),
    ("fr", Aggregation.EXISTS, r"(?:est-ce qu'il |existe-t-il |y )y? ?a(?:-t-il)? (?:des |une? )", "any"),
    ("fr", Aggregation.EXISTS, r"(?:y a-t-il|existe-t-il|est-ce qu'il y a) (?:des |une? |d')", "any"),
    ("es", Aggregation.EXISTS, r"hay (?:algun[oa]?s? |un[oa]s? )?", "any"),
    ("en", Aggregation.LIST, r"(?:list|enumerate)(?: out| up| down)?(?: for)?(?: me| us)?(?: a(?:ll)?(?= list)| the(?= names))? ?(?:(?:full |complete )?(?:list|names) of )?(?:all |every |each |any )?(?:single )?(?:of )?", "all"),
    ("en", Aggregation.LIST, r"(?:name|show|give|find|identify|get|display|extract|collect|provide|make|compile|print|search|look)(?: for| up)?(?: me| us)?(?: with)? (?:(?:a|the) (?:full |complete |short )?(?:list|overview|table|names|list of all) of )(?:all |every |each )?(?:of )?", "all"),
    ("en", Aggregation.LIST, r"(?:name|show|give|find|identify|get|display|extract|collect|provide|return|print|search|look)(?: for| up)?(?: me| us)?(?: with)? (?:all|every|each)(?: single)? (?:of )?", "all"),
    ("en", Aggregation.LIST, r"(?:name|show|give|find|identify|get|display|extract|return|search|look)(?: for| up)?(?: me| us)? (?=(?:the )?(?:files|documents|docs)\b)", "all"),
    ("en", Aggregation.LIST, r"(?:what|who) (?:are|were) all (?:of )?", "all"),
    ("en", Aggregation.LIST, r"(?:what|who) (?:are|were) (?:the names of )?(?:the )", "plural"),
    ("en", Aggregation.LIST, r"(?:in|on|for|from|by|to|with|at|of|under|during|about)? ?(?:which|what) (?:are |were )?(?:all )?(?:of )?", "which"),
    ("en", Aggregation.LIST, r"who all ", "all"),
    ("en", Aggregation.LIST, r"(?:all|every|each) (?:of )?", "all"),
    ("de", Aggregation.LIST, r"(?:liste|nenne|zeige?|gib|finde|such|stelle|nennen|zeigen|geben|finden|suchen|listen)(?: sie)?(?: mir| uns)?(?: bitte)?(?: (?:eine|die) (?:\w+ )?(?:liste|ubersicht|aufstellung|namen) (?:aller |der |von ))", "all"),
    ("de", Aggregation.LIST, r"(?:liste|nenne|zeige?|gib|finde|such|stelle|nennen|zeigen|geben|finden|suchen|listen)(?: sie)?(?: mir| uns)?(?: bitte)? (?:alle[rn]?|jede[nrs]?|samtliche[nr]?) ", "all"),
    ("de", Aggregation.LIST, r"liste?(?:n sie)?(?: mir| uns)?(?: bitte)? ", "all"),
    ("de", Aggregation.LIST, r"(?:wer|was|wie|welche[rs]?) (?:sind|waren|heissen|heißen|lauten) alle ", "all"),
    ("de", Aggregation.LIST, r"(?:in|auf|bei|fur|von|aus|mit|an|unter|zu)? ?welche[nrsm]? ", "which"),
    ("de", Aggregation.LIST, r"(?:alle|samtliche|jede[rs]?) ", "all"),
    ("fr", Aggregation.LIST, r"(?:liste[zr]?|enumere[zr]?|cite[zr]?|donne[zr]?|montre[zr]?|trouve[zr]?|affiche[zr]?|nomme[zr]?|indique[zr]?)(?:-moi|-nous)? (?:la liste (?:complete )?(?:de tou(?:te)?s |des |de ))", "all"),
    ("fr", Aggregation.LIST, r"(?:liste[zr]?|enumere[zr]?|cite[zr]?|donne[zr]?|montre[zr]?|trouve[zr]?|affiche[zr]?|nomme[zr]?|indique[zr]?)(?:-moi|-nous)? (?:tous |toutes |chaque )", "all"),
    ("fr", Aggregation.LIST, r"(?:liste[zr]?|enumere[zr]?)(?:-moi|-nous)? ", "all"),
    ("fr", Aggregation.LIST, r"(?:dans |a |pour |chez |par |de )?quel(?:le)?s (?:sont |etaient )?(?:tou(?:te)?s )?", "which"),
    ("fr", Aggregation.LIST, r"(?:tous|toutes) ", "all"),
    ("es", Aggregation.LIST, r"(?:lista|enumera|nombra|muestra|da|di|indica|encuentra|busca|cita|menciona)(?:me|nos|r)? (?:una lista (?:completa )?de |la lista de )(?:tod[oa]s )?", "all"),
    ("es", Aggregation.LIST, r"(?:lista|enumera|nombra|muestra|da|di|indica|encuentra|busca|cita|menciona)(?:me|nos|r)? (?:tod[oa]s |cada )", "all"),
    ("es", Aggregation.LIST, r"(?:lista|enumera)(?:me|nos|r)? ", "all"),
    ("es", Aggregation.LIST, r"(?:en |para |de |con |por |a )?(?:que|cuales) (?:son |eran )?(?:tod[oa]s )?(?:de )?", "which"),
    ("es", Aggregation.LIST, r"tod[oa]s ", "all"),
)  # fmt: skip
_COMPILED = tuple(
    (language, aggregation, regex.compile(f"{_LEAD}(?:{opener}){_THE}{_SAME}"), how)
    for language, aggregation, opener, how in _OPENERS
)
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
    + r"(?:(?P<en>(?:in |for |by |from |at )?(?:which|what|who|whose|where|when|list|name|show|find|give|identify)\b)"
    r"|(?P<de>(?:in |bei |von |an |mit )?(?:welche[nrsm]?|wer|was|wann|wo|wie|nenne|zeige?|finde)\b)"
    r"|(?P<fr>(?:dans |a |par )?(?:quel(?:le)?s?|qui|trouve[zr]?)\b)"
    r"|(?P<es>(?:en )?(?:que|cual(?:es)?|quien(?:es)?|encuentra)\b))"
)
# Superlatives that say what is measured by themselves.
_DATES_LOW, _DATES_HIGH = (
    r"oldest|earliest|first|altest|fruhest|erst|ancien|antigu|temprano",
    (r"newest|latest|most recent|last|neuest|neust|letzt|spatest|recent|reciente"),
)
_OLD = regex.compile(r"oldest|altest|antigu")
_NEVER = regex.compile(
    r"\b(?:how many (?:days|weeks|months|years|hours|minutes|seconds|percent|per cent|people live"
    r"|miles|kilomet|meters|metres|degrees|dollars|euros|pounds|kilo|tons|tonnes|gallons|liters|litres|"
    r"square|bits|bytes|points)|wie ?viele (?:tage|wochen|monate|jahre|stunden|minuten|prozent|meter|kilometer"
    r"|euro|dollar|tonnen|quadrat\w*|punkte)|combien de (?:jours|semaines|mois|ans|annees|temps|heures|minutes)"
    r"|cuant[oa]s (?:dias|semanas|meses|anos|horas|minutos))\b"
)
_ZH = regex.compile(
    r"(?P<count>有?(?:多少|几)(?:个|份|篇|家|封|张|名|位|人|起|件|部)?)|(?P<list>列出|列举|所有|全部|哪些|哪几)"
    r"|(?P<exists>有没有|是否有)|(?P<high>最高|最大|最长|最新|最晚|最多|最贵)|(?P<low>最低|最小|最短|最早|最少|最便宜)"
    r"|(?P<sum>总和|合计|总共|总额|总计)|(?P<mean>平均)"
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
    for language, aggregation, opener, how in _COMPILED:
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
