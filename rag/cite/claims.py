"""Tells sentences that state something from headings, introductions and refusals."""

from __future__ import annotations

import regex

from rag.cite.facts import analyse
from rag.cite.lexicon import FRAME_WORDS, TAKE_UP_NOUNS
from rag.cite.words import Kind

_MARK = regex.compile(
    r"\[\s?\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s?\]|【\d{1,3}[^】\n]{0,12}】|(?<=\p{L}|[.!?])[¹²³⁰⁴-⁹]+"
)
_LIST_MARKER = regex.compile(r"\s*(?:[-*+•‣◦▪●–—·]\s+|\(?(?:\d{1,3}|[a-zA-Z])[.)]\s+|>\s*)+")
_HEADING = regex.compile(r"\s*#{1,6}\s|\s*(?:\*\*|__)[^*_\n]{1,80}(?:\*\*|__):?\s*$")
_MARKUP = regex.compile(r"[*_`|#]+")
_SOURCE = r"(?:documents?|files?|texts?|passages?|sources?|evidence|context|information|excerpts?|articles?|answer)"
_REFUSAL = regex.compile(
    rf"""
      \b(?:the\s+)?(?:provided\s+|given\s+|available\s+)?{_SOURCE}\s+(?:provided\s+|given\s+|above\s+)?
        (?:do(?:es)?\s+not|don[’']t|doesn[’']t|did\s+not|cannot|can[’']t)\s+
        (?:say|state|mention|contain|provide|specify|include|give|tell|answer|indicate|describe|explain|discuss|address|hold|offer|have|cover)
    | \b(?:not|nothing|no\s+(?:information|answer|mention|details?|evidence))\b[^.]{{0,60}}\b(?:in|by|from)\s+(?:the|your|these|this|any)\s+(?:provided\s+|given\s+|available\s+)?{_SOURCE}\b
    | \bI\s+(?:could\s+not|couldn[’']t|can(?:not|[’']t)|do\s+not|don[’']t|am\s+(?:not\s+able|unable)|was\s+unable|did\s+not|didn[’']t)\b
    | ^\s*(?:I[’']m\s+sorry|sorry\b|unfortunately\b[^.]*\bnot\b)
    | \b(?:Dokumente?n?|Dateien?|Texte?n?|Quellen?|Passagen?|Auszüge?n?)\b[^.]{{0,40}}\b(?:nicht|keine?n?)\b
        [^.]{{0,60}}\b(?:sagen|gesagt|erwähnt|erwähnen|enthalten|enthält|genannt|nennen|hervor|Angaben?|Informationen|Antwort|angegeben)
    | \b(?:sagen|sagt|enthalten|enthält|erwähnen|erwähnt|nennen|nennt)\s+(?:das|dies|es|dazu|hierzu)?\s*nicht
    | \b(?:documents?|fichiers?|textes?|sources?|passages?)\b[^.]{{0,30}}\bne\s+(?:le\s+)?(?:disent|dit|mentionnent?|contiennent|contient|précisent?|fournissent)\b[^.]{{0,12}}\bpas
    | \b(?:documentos?|archivos?|textos?|fuentes?|pasajes?|arquivos?)\b[^.]{{0,30}}\b(?:no|não)\s+(?:lo\s+)?(?:dicen?|mencionan?|contienen?|indican?|dizem|diz|mencionam|contêm)
    | (?:文件|文档|资料|文章|文中|材料)[^。]{{0,12}}(?:没有|未|沒有|无)[^。]{{0,8}}(?:提到|提及|说明|說明|回答|信息|提供|说|記載)
    | (?:資料|文書|ファイル|文章)[^。]{{0,12}}(?:記載|言及|情報|書かれ)[^。]{{0,8}}(?:ない|ません)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_INTRODUCTION = regex.compile(r"[:：]\s*$")


def bare_text(sentence: str) -> str:
    """`sentence` with its citation marks, list marker and markup blanked out."""

    def blank(found: regex.Match[str]) -> str:
        return " " * len(found.group())

    text = _MARK.sub(blank, sentence)
    text = _LIST_MARKER.sub(blank, text, count=1) if _LIST_MARKER.match(text) else text
    return _MARKUP.sub(blank, text)


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


_EMPTY = frozenset(
    """
    yes no sure certainly course hope helps help please note let know feel free ask further questions relevant key points
    main details list summarize summarise brief short overview ja nein gerne hier folgende folgenden wichtigsten punkte
    oui non voici sí claro aquí
    """.split()
)
