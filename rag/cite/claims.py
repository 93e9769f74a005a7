"""Tells sentences that state something from headings, introductions and refusals."""

from __future__ import annotations

import regex

from rag.cite.facts import analyse
from rag.cite.lexicon import FRAME_WORDS, TAKE_UP_NOUNS
from rag.cite.wordlist import words
from rag.cite.words import Kind

_MARK = regex.compile(
    r"\[\s?\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s?\]|【\d{1,3}[^】\n]{0,12}】|(?<=\p{L}|[.!?])(?<!\b[kcdm]?m)[¹²³⁰⁴-⁹]+"
)
_LIST_MARKER = regex.compile(r"\s*(?:[-*+•‣◦▪●–—·]\s+|\(?(?:\d{1,3}|[a-zA-Z])[.)]\s+|>\s*)+")
_HEADING = regex.compile(
    r"\s*#{1,6}\s|\s*(?:\*\*|__)[^*_\n]{0,79}[^*_\n.!?。！？](?:\*\*|__):?\s*$"
)
_EMPHASIS = regex.compile(r"[*`]+")
_MARKUP = regex.compile(r"[_|#]+")
_SOURCE = (
    r"(?:provided\s+|given\s+|available\s+)?(?:documents?|files?|texts?|passages?|sources?|evidence"
    r"|context|information|excerpts?|articles?|answer)(?:\s+(?:provided|given|above))?"
)
_NOT = r"(?:do(?:es)?\s+not|don[’']t|doesn[’']t|did\s+not|cannot|can[’']t)"
_TELL = (
    r"(?:say|state|mention|contain|provide|specify|include|give|tell|answer|indicate|describe"
    r"|explain|discuss|address|hold|offer|have|cover)"
)
_TOLD = (
    r"(?:mentioned|stated|specified|provided|given|found|available|included|covered|discussed"
    r"|answered|described|information|answer|details?|mention|evidence)"
)
_ASKED = (
    r"(?:find|answer|determine|see|say|tell|provide|locate|confirm|identify|give|know|have)\b"
    rf"(?=[^.]*\b(?:{_SOURCE}|question|details?|mention|enough)\b|(?:\s+\w+){{0,3}}\W*$)"
)
_TELLS_DE = r"(?:sagen|sagt|enthalten|enthält|erwähnen|erwähnt|nennen|nennt)"
_TOLD_DE = (
    r"(?:sagen|gesagt|erwähnt|erwähnen|enthalten|enthält|genannt|nennen|hervor|Angaben?"
    r"|Informationen|Antwort|angegeben)"
)
_TELLS_FR = (
    r"(?:disent|dit|mentionnent?|contiennent|contient|précisent?|fournissent|indiquent?|donnent?)"
)
_TELLS_ES = r"(?:dicen?|mencionan?|contienen?|indican?|dizem|diz|mencionam|contêm)"
_REFUSAL = regex.compile(
    rf"""
      \b{_SOURCE}\s+{_NOT}\s+(?:\w+ly\s+)?{_TELL}\b
    | \b(?:not|no|nothing)\b[^.]{{0,30}}\b{_TOLD}\b[^.]{{0,60}}\b(?:in|by|from)\s+
        (?:the|your|these|this|any)\s+{_SOURCE}\b
    | ^\W*(?:no\s+(?:answer|information|mention))\b
    | \bI\s+(?:could\s+not|couldn[’']t|can(?:not|[’']t)|do\s+not|don[’']t|did\s+not|didn[’']t
        |am\s+(?:not\s+able|unable)\s+to|was\s+unable\s+to)\s+(?:\w+ly\s+)?{_ASKED}
    | ^\W*(?:I[’']m\s+sorry|sorry)\b
    | \b(?:Dokumente?n?|Dateien?|Texte?n?|Quellen?|Passagen?|Auszüge?n?)\b[^.]{{0,40}}
        \b(?:nicht|keine?n?)\b[^.]{{0,60}}{_TOLD_DE}
    | \b(?:Dokumente?|Dateien?|Texte?|Quellen?)\s+{_TELLS_DE}\s+(?:das|dies|es|dazu|hierzu)?\s*
        (?:nicht|keine?n?)\b
    | \b(?:documents?|fichiers?|textes?|sources?|passages?)\b[^.]{{0,30}}\bne\s+(?:le\s+)?
        {_TELLS_FR}\b[^.]{{0,12}}\bpas
    | \b(?:documentos?|archivos?|textos?|fuentes?|pasajes?|arquivos?)\b[^.]{{0,30}}
        \b(?:no|não)\s+(?:lo\s+)?{_TELLS_ES}
    | (?:文件|文档|资料|文章|文中|材料)[^。]{{0,12}}(?:没有|未|沒有|无)[^。]{{0,8}}
        (?:提到|提及|说明|說明|回答|信息|提供|说|記載)
    | (?:資料|文書|ファイル|文章)[^。]{{0,12}}(?:記載|言及|情報|書かれ)[^。]{{0,8}}(?:ない|ません)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_INTRODUCTION = regex.compile(r"[:：]\s*$")


def bare_text(sentence: str) -> str:
    """`sentence` with its citation marks, list marker and markup left out."""

    def blank(found: regex.Match[str]) -> str:
        return " " * len(found.group())

    text = _MARK.sub(blank, sentence)
    text = _LIST_MARKER.sub(blank, text, count=1) if _LIST_MARKER.match(text) else text
    return regex.sub(r"\s+", " ", _MARKUP.sub(blank, _EMPHASIS.sub("", text)))


def states_something(sentence: str) -> bool:
    """Whether `sentence` claims anything that evidence could bear out.

    A heading, a question, an introduction ("Here is the answer:") and the saying that the files
    hold no answer do not.
    """
    if _HEADING.match(sentence) or _REFUSAL.search(sentence):
        return False
    text = bare_text(sentence).strip()
    if text.endswith(("?", "？", "؟")):
        return False
    content = [
        item
        for item in analyse(text)
        if item.is_content
        and item.token.word not in FRAME_WORDS
        and item.token.word not in TAKE_UP_NOUNS
        and not (item.token.kind is Kind.WORD and item.token.word in _EMPTY)
    ]
    if _INTRODUCTION.search(text):
        return sum(1 for item in content if item.quantity is not None or item.token.capital) >= 2
    return bool(content)


_EMPTY = words(
    """
    yes no sure certainly course hope helps help please note let know feel free ask further
    questions relevant key points main details list summarize summarise brief short overview ja
    nein gerne hier folgende folgenden wichtigsten punkte oui non voici sí claro aquí
    """
)
