"""Leaves out the words of a sentence that speak of the sources, or only lead over to it."""

from __future__ import annotations

import regex

from rag.cite.facts import analyse
from rag.cite.items import Item
from rag.cite.lexicon import FRAME_WORDS
from rag.cite.wordlist import words
from rag.cite.words import Kind

_BORDER = regex.compile(r"[,:;，：；、]\s*|\s[–—]\s|\s(?:that|dass|daß|que|che|dat)\s(?!is\s)|。")
_MOST_WORDS = 14  # a longer beginning says something
_MOST_COUNTED = 10.0  # "the second source", "three things hold"
_SOURCE_IN_BRACKETS = regex.compile(
    r"\s*[(\[](?:see\s+|siehe\s+|vgl\.\s+|voir\s+|cf\.\s+|ver\s+|source:?\s*|quelle:?\s*)*"
    r"(?:source|passage|document|doc|excerpt|text|quelle|dokument|textstelle|fuente|fichier|ref)?s?"
    r"\s*(?:no\.?|nr\.?|#)?\s*\d{1,2}(?:\s*(?:,|and|und|et|y|&)\s*\d{1,2})*\s*[)\]]",
    regex.I,
)
# How a source is named after what it says: "…, as the report notes".
_END = regex.compile(
    r"(?:according|as|so|laut|gemäß|wie|selon|d['’]après|comme|según|como|the|this|der|die|das|dem|le|la|el)\b",
    regex.I,
)
_SOURCES = words(
    """
    document documents passage passages text texts source sources file files excerpt article
    evidence report answer question information dokument text quelle datei bericht antwort frage
    texte source texto fuente
    """
)
# "False that …" denies: no frame.
_DENYING = words(
    """
    false untrue incorrect wrong myth denied denies deny denying refuted refutes rejects rejected
    unclear doubtful unlikely disputed falsch unwahr unrichtig mythos bestreitet bestritten
    bestreiten leugnet geleugnet faux inexact nie mensonge falso incorrecto niega negó mentira
    """
)
# What leads over from one sentence to the next, whole.
_LEADS = frozenset(
    line.strip()
    for line in """
    as a result
    as a consequence
    in short
    in brief
    in general
    in particular
    in contrast
    by contrast
    in comparison
    in conclusion
    in other words
    in fact
    in essence
    in summary
    in sum
    in total
    in detail
    in reality
    in turn
    in the end
    in any case
    in this case
    in this context
    in this regard
    to sum up
    to summarize
    to summarise
    to be precise
    to be more precise
    to put it briefly
    on the one hand
    on the other hand
    on the whole
    on top of that
    at the same time
    at any rate
    by the way
    for example
    for instance
    for one
    of course
    first of all
    above all
    after all
    all in all
    all told
    more precisely
    more specifically
    more generally
    simply put
    put simply
    put differently
    put another way
    interestingly
    interestingly enough
    importantly
    most importantly
    notably
    crucially
    remarkably
    surprisingly
    unfortunately
    fortunately
    generally
    generally speaking
    specifically
    basically
    essentially
    actually
    indeed
    clearly
    obviously
    evidently
    apparently
    naturally
    ultimately
    eventually
    consequently
    accordingly
    besides
    similarly
    likewise
    conversely
    yes
    no
    right
    correct
    sure
    well
    so
    firstly
    secondly
    thirdly
    lastly
    first
    second
    third
    finally
    im ergebnis
    im allgemeinen
    im gegensatz dazu
    im grunde
    im wesentlichen
    im übrigen
    insgesamt
    zusammengefasst
    kurz gesagt
    kurzum
    mit anderen worten
    zum beispiel
    beispielsweise
    unter anderem
    vor allem
    in der tat
    tatsächlich
    allerdings
    übrigens
    genauer gesagt
    einerseits
    andererseits
    darüber hinaus
    des weiteren
    infolgedessen
    folglich
    interessanterweise
    bemerkenswerterweise
    ja
    nein
    erstens
    zweitens
    drittens
    schließlich
    en résumé
    en bref
    en effet
    en fait
    en général
    en particulier
    en outre
    de plus
    par exemple
    par ailleurs
    par conséquent
    d'une part
    d'autre part
    au total
    oui
    non
    en resumen
    en general
    en particular
    en realidad
    de hecho
    por ejemplo
    por lo tanto
    por otra parte
    por un lado
    por otro lado
    además
    asimismo
    sí
    总之
    此外
    因此
    例如
    事实上
    つまり
    また
    例えば
    """.splitlines()
    if line.strip()
)


def unframed(sentence: str) -> str:
    """`sentence` without what frames it: "As the second source makes clear, …", "In short, …".

    What denies the rest ("It is not true that …") is no frame.
    """
    text = _SOURCE_IN_BRACKETS.sub("", sentence)
    while True:
        shorter = _without_end(_without_beginning(text))
        if shorter == text:
            return text
        text = shorter


def _without_beginning(text: str) -> str:
    for border in _BORDER.finditer(text):
        beginning, rest = text[: border.start()], text[border.end() :]
        if len(beginning.split()) > _MOST_WORDS or not rest.strip(" .!\"'”’"):
            return text
        if _is_frame(beginning) and not (_ends_in_source(beginning) and _is_that(border.group())):
            return rest
    return text


def _is_that(border: str) -> bool:
    return border.strip(" ,;:").isalpha()


def _ends_in_source(beginning: str) -> bool:
    """Whether what follows says which source is meant: "the report that he wrote"."""
    return any(word.casefold() in _SOURCES for word in beginning.split()[-1:])


def _without_end(text: str) -> str:
    borders = list(_BORDER.finditer(text))
    if not borders:
        return text
    last = borders[-1]
    end = text[last.end() :]
    if len(end.split()) > _MOST_WORDS or not last.start() or not _END.match(end):
        return text
    if _speaks_of_a_source(end):
        return text[: last.start()]
    return text


def _is_frame(part: str) -> bool:
    bare = part.strip(" \"'“”„«»*_.").casefold()
    return bare in _LEADS or _speaks_of_a_source(part)


def _speaks_of_a_source(part: str) -> bool:
    items = analyse(part)
    framing = False
    for item in items:
        word = item.token.word
        if item.token.kind is Kind.NEGATION or word in _DENYING:
            return False
        if word in FRAME_WORDS or word in _FRAMING:
            framing = True
        elif not _may_stand_in_a_frame(item):
            return False
    return framing


def _may_stand_in_a_frame(item: Item) -> bool:
    if item.quantity is not None:
        quantity = item.quantity
        return (
            quantity.values[0] <= _MOST_COUNTED
            and not quantity.unit
            and not quantity.month
            and not quantity.day
        )
    return item.token.kind is Kind.STOP or item.token.word in _MAY_STAND


# They frame where nothing but such words stands; elsewhere they may well state something.
_FRAMING = words(
    """
    noting remember attention worth important holds hold things thing true clear implies reveals
    reveal adds claims writes observes remarks emphasizes emphasises stresses highlights underlines
    explicitly context moreover belegt nennt schreibt betont hervor geht zweierlei dreierlei stimmt
    wissen précise rapporte fichier fichiers señala menciona archivo extracto informa muestra cierto
    chapter section page table kapitel abschnitt seite tabelle points point gelten gilt fest
    """
)
_MAY_STAND = words(
    """
    make makes made clear point points pointed out worth noting noted important remember hold holds
    true fact case thing things things' say says following above below clearly explicitly also
    well put known seen see learn learns learned told tell tells writes wrote written write reader
    reader's author author's authors page section chapter paragraph line table figure row entry
    record records list lists part beginning end provided given taken together both relevant
    corresponding same original official note notes notice attention mind key main here there
    wird werden deutlich klar macht hervor geht heißt folgende folgendes folgenden stelle abschnitt
    seite kapitel absatz tabelle zeile autor laut wie bemerkenswert wichtig wissen zweierlei
    dreierlei stimmt richtig tatsächlich ist est clair montre note page section chapitre tableau
    auteur comme indiqué suivant suit choses chose vrai page sección capítulo tabla autor cosas
    cosa siguiente cierto claro señala muestra deja queda gilt gelten
    """
)
