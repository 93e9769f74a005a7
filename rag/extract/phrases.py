"""The phrases of questions in several languages that tell what kind of words would answer them."""

from __future__ import annotations

import regex

from rag.extract import lexicon as lex
from rag.extract.sorts import Sort

_FLAGS = regex.IGNORECASE | regex.VERBOSE


def _pattern(text: str) -> regex.Pattern[str]:
    return regex.compile(text, _FLAGS)


# Questions that no few words answer.
NO_SPAN = _pattern(
    r"""
      ^\W*(?:why|how\s+(?:do|does|did|is|are|was|were|can|could|should|would|has|have|had|to)\b
        |(?:please\s+)?(?:explain|describe|summari[sz]e|compare|discuss|outline|elaborate)\b
        |warum|wieso|weshalb|erkläre?n?|beschreibe?n?|fasse|vergleiche?n?
        |wie\s+(?:kann|können|wird|werden|wurde|wurden|hat|haben|funktioniert|soll|sollte)\b
        |pourquoi|comment\s+(?!s['’]appelle)|expliquez?|décri\w+|résume\w*|compare\w*
        |por\s*qué|cómo\s+(?!se\s+llama)|explica\w*|describe\w*|resum\w+|compara\w*)
    | 为什么 | 为何 | 如何 | 怎么 | 怎样 | なぜ | どうして | どのように
    """
)
_NONE: frozenset[str] = frozenset()
_NOUN = r"(?P<noun>[\p{L}][\p{L}\p{M}'’-]*)"
_PAYING = r"""
    (?:cost|costs|pay|pays|paid|spend|spent|charge[ds]?|earn(?:ed|s)?|worth|money|owe[ds]?
    |raise[ds]?|kostet|kosten|bezahl\w*|zahl\w*|verdien\w*|geld|coût\w*|paie\w*|vaut|gagn\w*
    |argent|cuesta\w*|pag\w*|vale|gan\w*|dinero)
"""
# The first that matches counts; longer phrases stand before those that they begin with.
PHRASES: tuple[tuple[regex.Pattern[str], Sort, frozenset[str]], ...] = (
    (
        _pattern(
            r"""\b(?:how\s+(?:many|much)\s+per\s?cent|what\s+per\s?cent|wie\s?viel\s+prozent
            |combien\s+(?:de\s+)?pour\s?cents?)\b | 百分之(?:几|多少) | 百分比 | 何パーセント"""
        ),
        Sort.PERCENT,
        frozenset(("percent",)),
    ),
    (
        _pattern(
            r"""\b(?:how\s+old|wie\s+alt|at\s+(?:what|which)\s+age|quel\s+âge|qué\s+edad)\b
            | 几岁 | 何歳"""
        ),
        Sort.AGE,
        lex.AGE_UNITS,
    ),
    (
        _pattern(
            r"""\b(?:how\s+long|wie\s+lang\w*|combien\s+de\s+temps|cuánto\s+tiempo)\b
            | 多久 | 多长时间 | どのくらいの期間"""
        ),
        Sort.DURATION,
        lex.TIME_UNITS | lex.LENGTH_UNITS,
    ),
    (
        _pattern(
            r"""\b(?:how\s+(?:far|tall|high|deep|wide|thick)|wie\s+(?:weit|tief|breit|dick)
            |à\s+quelle\s+distance|a\s+qué\s+(?:distancia|altura))\b | 多高 | 多远 | 多深"""
        ),
        Sort.QUANTITY,
        lex.LENGTH_UNITS,
    ),
    (
        _pattern(r"\b(?:how\s+fast|wie\s+schnell|à\s+quelle\s+vitesse)\b"),
        Sort.QUANTITY,
        lex.SPEED_UNITS,
    ),
    (_pattern(r"\b(?:how\s+heavy|wie\s+schwer)\b | 多重"), Sort.QUANTITY, lex.WEIGHT_UNITS),
    (
        _pattern(r"\bhow\s+(?:big|large|hot|cold|loud|powerful)\b|\bwie\s+(?:hoch|groß|heiß)\b"),
        Sort.AMOUNT,
        _NONE,
    ),
    (
        _pattern(
            rf"""\b(?:how\s+much|wie\s?viel|combien|cuánto)\b.*\b{_PAYING}\b | \bwie\s+teuer\b
            | 多少钱 | いくら"""
        ),
        Sort.MONEY,
        lex.MONEY_UNITS,
    ),
    (
        _pattern(
            rf"""\b(?:how\s+many|wie\s?viele|combien\s+d(?:e\b|['’])|cuánt[oa]s)\s*{_NOUN}?
            | 多少(?!\W*$) | 几[个位名次家条种座所] | 何人 | いくつ"""
        ),
        Sort.COUNT,
        _NONE,
    ),
    (
        _pattern(r"\b(?:how\s+much|wie\s?viel|combien|cuánt[oa])\b | 多少 \W*$"),
        Sort.AMOUNT,
        _NONE,
    ),
    (
        _pattern(
            r"""\b(?:(?:at\s+)?what\s+time|wie\s+spät|um\s+wie\s?viel\s+uhr|quelle\s+heure
            |qué\s+hora)\b | 几点 | 何時"""
        ),
        Sort.TIME,
        _NONE,
    ),
    (
        _pattern(
            r"""\b(?:(?:since|until|till|seit|bis|depuis|desde)\s+)?(?:when|wann|quand|cuándo)\b
            | 何时 | 什么时候 | 什麼時候 | 哪一?年 | 几年 | 何年 | いつ"""
        ),
        Sort.DATE,
        _NONE,
    ),
    (
        _pattern(
            r"""\b(?:where|woher|wohin|wo|où|dónde|adónde)\b
            | 哪里 | 哪裡 | 哪儿 | 何处 | 在哪 | どこ"""
        ),
        Sort.PLACE,
        _NONE,
    ),
    (
        _pattern(
            r"""\b(?:(?:by|von|par|por|à|a)\s+)?(?:whom|whose|who|wer|wem|wen|wessen|qui|quién
            |quiénes)\b | 谁 | 誰 | 哪位 | だれ"""
        ),
        Sort.PERSON,
        _NONE,
    ),
)
# What stands before the noun that a question asks for, by language.
WHICH: tuple[tuple[str, regex.Pattern[str]], ...] = (
    (
        "en",
        _pattern(
            r"""\b(?:what|which)(?:['’]s|\s+(?:is|are|was|were|will\s+be)\b)?
            (?:\s+(?:the|an?|our|your|my|its|their|his|her|of)\b)*"""
        ),
    ),
    (
        "de",
        _pattern(
            r"""(?:\bwelche[rsnm]?|^\W*was\s+(?:ist|sind|war|waren|beträgt)
            |\bwie\s+(?:heißt|heißen|hieß|lautet|lauten|ist|war|hoch\s+(?:ist|sind|war)))\b
            (?:\s+(?:der|die|das|den|dem|ein|eine|unser\w*|ihr\w*|sein\w*)\b)*"""
        ),
    ),
    (
        "fr",
        _pattern(
            r"""\bquel(?:le)?s?\b(?:\s+(?:est|sont|était|étaient|fut)\b)?
            (?:\s+(?:le|la|les|une?|son|sa|ses|notre|votre)\b|\s+l['’])*"""
        ),
    ),
    (
        "es",
        _pattern(
            r"""(?:\bqué|\bcuál(?:es)?)\b(?:\s+(?:es|son|era|eran|fue)\b)?
            (?:\s+(?:el|la|los|las|una?|su|sus)\b)*"""
        ),
    ),
)
# Orders that ask for a list or a value.
LISTED: tuple[tuple[str, regex.Pattern[str]], ...] = (
    (
        "en",
        _pattern(
            r"""^\W*(?:please\s+)?(?:list|name|give|find|show|enumerate|tell|extract|get)\b
            (?:\s+(?:me|us|out)\b)?(?:\s+(?:all|every|each|of|the|an?|our|my|your)\b)*"""
        ),
    ),
    (
        "de",
        _pattern(
            r"""^\W*(?:bitte\s+)?(?:nenne?n?|liste|zeige?|gib|finde|zähle)\b(?:\s+(?:mir|uns)\b)?
            (?:\s+(?:alle[rns]?|jede[rsn]?|der|die|das|den|ein|eine|sämtliche\w?)\b)*"""
        ),
    ),
    (
        "fr",
        _pattern(
            r"""^\W*(?:énumèr\w+|list\w+|donn\w+|nomm\w+|trouv\w+|cit\w+)\b
            (?:[\s-]+(?:moi|nous)\b)?(?:\s+(?:tou(?:te)?s|chaque|le|la|les|une?)\b|\s+l['’])*"""
        ),
    ),
    (
        "es",
        _pattern(
            r"""^\W*(?:enumer\w+|list\w+|nombr\w+|muestr\w+|encuentr\w+|dime)\b
            (?:\s+(?:tod[oa]s|cada|el|la|los|las|una?)\b)*"""
        ),
    ),
)
# "The number of seats", "the name of the company": what follows a noun tells more of it.
OF = _pattern(
    r"\s+(?:of|von|des|der|de|del|du|d['’])\b\s*(?:(?:the|all|our|la|les?|los|las|el)\s+)*"
)
