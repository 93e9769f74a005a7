"""What a wish for a summary is about in particular, and which sections have to do with it."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from rag.index import languages
from rag.records import Hit
from rag.sections.closeness import terms_of
from rag.sections.cutting import Section
from rag.understand.lexicon import documents
from rag.understand.lexicon import whole as table
from rag.understand.words import fold, is_spaceless, key_set, words_of

_READ_AGAIN = 0.25  # of the sections that were summarised for another question, at most
_READ_AGAIN_LEAST = 4
_FILE_NAME = regex.compile(r"\S+\.[A-Za-z]\w{1,4}\b")
_LENGTH = regex.compile(r"\b\d+[\s-]*(?:\p{L}+)")  # "in 300 words"
# Words that ask for a summary, how long and how it is to be, and for whom.
_ASKING = key_set(
    """up kindly hello hi plaît svp favor favore alstublieft
    summarise summarize summary summaries summarising summarizing summed sum overview outline
    synopsis abstract digest recap gist essence tldr tl dr executive brief briefly short shortly
    concise concisely detailed detail full complete whole entire entirety all everything
    main key central major important most essential point points idea ideas content contents
    contain contains about tell say says describe explain give write make provide show create
    please can could would you me us one page pages paragraph paragraphs sentence sentences word
    words bullet bullets line lines section sections chapter chapters beginning end plain simple
    english language easy terms view viewpoint perspective standpoint angle regard respect focus
    focusing focused focussing particular particularly especially terms light eyes read reading
    fasse fass fassen zusammen zusammenfassung zusammenfassen zusammengefasst überblick übersicht
    inhalt inhalts kurz kurze kurzen knapp ganze ganzen ganzes gesamte gesamten alles wichtigsten
    wichtigste zentralen aussagen punkte seite seiten absatz satz sätze sätzen worte worten
    wörter gib gebt schreib schreibe mach mache bitte erkläre beschreibe worum geht sicht
    sichtweise perspektive blickwinkel hinsicht bezug abschnitt abschnitte kapitel
    résume résumez résumer résumé synthèse aperçu bref brève brièvement entier entière
    principaux principales points idées contenu page pages paragraphe phrases mots donne donnez
    fais faites écris explique vue perspective chapitre chapitres quoi parle
    resume resumir resumen resúmeme síntesis panorama breve brevemente entero entera completo
    completa principales puntos ideas contenido página páginas párrafo frases palabras dame haz
    escribe explica punto vista perspectiva capítulo capítulos trata
    riassumi riassumere riassunto sintesi panoramica intero intera principali punti idee contenuto
    pagina pagine paragrafo frasi parole dammi scrivi spiega prospettiva capitolo capitoli
    resumo resuma resumir síntese inteiro inteira principais pontos ideias conteúdo parágrafo
    palavras escreva explique perspectiva
    vat samen samenvatting samenvatten overzicht inhoud hele volledige belangrijkste punten
    pagina alinea zinnen woorden geef schrijf leg uit perspectief hoofdstuk
    sammanfatta sammanfattning opsummer resumé oppsummer sammendrag
    podsumuj streszcz streszczenie podsumowanie shrň shrnutí souhrn tiivistä tiivistelmä yhteenveto
    foglald össze összefoglaló özetle özet
    суммируй обобщи резюмируй резюме кратко краткое содержание перескажи изложи обзор весь всю
    целиком главное основные"""
)
# Words that ask for more than a summary, and that no text has to have that helps with it.
_COMPARING = key_set(
    """compare compares comparing comparison contrast differ differs difference differences
    different change changes changed between versus vs similarities common vergleiche vergleich
    vergleichen unterschied unterschiede unterscheiden geändert änderungen zwischen compare
    comparez comparer comparaison différence différences entre compara comparar comparación
    diferencia diferencias confronta confronto differenza differenze vergelijk verschil verschillen
    сравни сравните различия разница porównaj różnice porovnej rozdíly"""
)
_ASKING_SPACELESS = regex.compile(
    r"""请|帮我|给我|一下|总结|概括|摘要|概述|总览|归纳|简述|简要|全文|整本|整篇|全部|主要|内容|要点|大意
    |这[本份篇个些]?|那[本份篇个些]?|书|小说|文档|文件|报告|文章|论文|合同|资料|的|把|对|用|写|一页|一个|做
    |要約|まとめ|概要|全体|してください|して|ください|この|その|文書|本|報告書|契約書|論文|記事|を|の|は|に|て
    |สรุป|เอกสาร|หนังสือ|นี้|ทั้งหมด|ให้|หน่อย|รายงาน""",
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Focus:
    """What a summary is to be about; `question` is empty where it is about everything."""

    question: str = ""
    terms: tuple[str, ...] = ()  # that speak of it, as `terms_of` has them; maybe none


EVERYTHING = Focus()


def focus_of(question: str, titles: Iterable[str]) -> Focus:
    """What of documents with such `titles` is to be summarised: all, unless the words say more."""
    if is_spaceless(question):
        rest = [char for char in _ASKING_SPACELESS.sub("", question) if char.isalnum()]
        return Focus(question, tuple(terms_of("".join(rest)))) if len(rest) > 1 else EVERYTHING
    plain = _LENGTH.sub(" ", _FILE_NAME.sub(" ", table.QUOTED.sub(" ", question)))
    named = {word.key for title in titles for word in words_of(title)}
    left = [
        word
        for word in words_of(plain)
        if len(word.key) > 1
        and word.key not in named
        and word.key not in _ASKING
        and word.key not in _closed_class()
        and word.key not in table.POINTING | table.TEXTS | table.VERSIONS | table.ARGUMENT
        and not documents.is_document(word.key)
    ]
    if not left:
        return EVERYTHING
    telling = [word.text for word in left if word.key not in _COMPARING]
    return Focus(question, tuple(dict.fromkeys(terms_of(" ".join(telling)))))


@cache
def _closed_class() -> frozenset[str]:
    return frozenset(fold(w) for frequent in languages.frequent_words().values() for w in frequent)


def sections_found(sections: Sequence[Section], hits: Sequence[Hit]) -> list[int]:
    """The sections that hold any of `hits` (best first), those with the best hit first."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for index, section in enumerate(sections):
        for stretch in section.stretches:
            starts.setdefault(stretch.document_id, []).append((stretch.start, index))
    found: dict[int, None] = {}
    for hit in hits:
        if of_document := starts.get(hit.document_id):
            at = bisect_right(of_document, hit.start, key=lambda one: one[0]) - 1
            found.setdefault(of_document[max(0, at)][1])
    return list(found)


def to_read_again(
    candidates: Mapping[int, object],
    found: Sequence[int],
    texts: Callable[[int], str],
    focus: Focus,
) -> set[int]:
    """The sections that are worth being read for `focus` though another summary is kept.

    `candidates` are those with one; `found` are the sections where a search finds what it is about,
    best first. First those that also have its words. At most a quarter, but four at least.
    """
    most = max(_READ_AGAIN_LEAST, math.ceil(_READ_AGAIN * len(candidates)))
    near = [index for index in found if index in candidates]
    wanted = set(focus.terms)
    has_words = {index: bool(wanted.intersection(terms_of(texts(index)))) for index in near}
    near.sort(key=lambda index: not has_words[index])
    return set(near[:most])
