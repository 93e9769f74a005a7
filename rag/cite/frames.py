"""Leaves out the words of a sentence that speak of the sources, or only lead over to it."""

from __future__ import annotations

import regex

from rag.cite.facts import analyse
from rag.cite.items import Quantity
from rag.cite.lexicon import DENYING_WORDS, FRAME_WORDS
from rag.cite.wordlist import words
from rag.cite.words import Kind

_BORDER = regex.compile(r"[,:;，：；、]\s*|\s[–—]\s|\s(?:that|dass|daß|que|che|dat)\s(?!is\s)|。")
_MOST_WORDS = 14  # a longer beginning says something
_MOST_COUNTED = 10.0  # "the second source", "three things hold"
_SOURCE_IN_BRACKETS = regex.compile(
    r"\s*[(\[](?:see\s+|siehe\s+|vgl\.\s+|voir\s+|cf\.\s+|ver\s+)*"
    r"(?:source|passage|document|doc|excerpt|text|quelle|dokument|textstelle|fuente|fichier)s?"
    r"\s*:?\s*(?:no\.?|nr\.?|#)?\s*\d{1,2}(?:\s*(?:,|and|und|et|y|&)\s*\d{1,2})*\s*[)\]]",
    regex.I,
)
_COUNTED = words(
    """
    source sources document documents passage passages text texts excerpt excerpts file files thing
    things quelle quellen dokument textstelle passagen fuente source extrait passage cosas choses
    """
)
# "这种说法是错误的": before or after what it denies.
_UNSPACED_DENIAL = regex.compile(
    r"^(?:并不是说|并非|事实并非|不是说|错误的是)|[，。；：]?(?:这|此|该|以下|以上|上述|这种|这个)?"
    r"(?:说法|观点|陈述|论断)[^，。]{0,4}(?:不正确|不对|不实|错误|不成立|有误)的?"
    r"|[，；]这?(?:不是真的|并非事实|并非如此|不是事实|是假的|是错误的|是不对的)"
)
# Chinese words between two clauses that only join them.
_UNSPACED_LINK = regex.compile(
    r"(?<=[，；。、])(?:与此同时|同时|并且|此外|另外|而且|但是|不过|因此|所以|其中|然而|而|并|且|但)(?=\p{Han})"
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
    text = _UNSPACED_LINK.sub("", _SOURCE_IN_BRACKETS.sub("", sentence))
    while True:
        shorter = _without_end(_without_beginning(text))
        if shorter == text:
            return text
        text = shorter


def denying_frame(sentence: str) -> str:
    """What denies all the rest of `sentence`: "It is not true that"; empty where nothing."""
    if unspaced := _UNSPACED_DENIAL.search(sentence):
        return unspaced.group()
    for border in _BORDER.finditer(sentence):
        beginning = sentence[: border.end()]
        items = analyse(beginning)
        if len(items) > _MOST_WORDS:
            return ""
        denies = any(
            item.token.kind is Kind.NEGATION or item.token.word in DENYING_WORDS for item in items
        )
        if denies and all(
            item.token.kind in (Kind.STOP, Kind.NEGATION)
            or item.token.word in DENYING_WORDS
            or item.token.word in _FRAMING
            or item.token.word in _MAY_STAND
            or item.token.word in FRAME_WORDS
            for item in items
        ):
            return beginning if _is_that(border.group()) or ":" in border.group() else ""
    return ""


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
    bare = part.strip(" \"'“”„«»*_.").casefold().split()
    led = next((n for n in range(len(bare), 0, -1) if " ".join(bare[:n]) in _LEADS), 0)
    return led == len(bare) > 0 or _speaks_of_a_source(" ".join(part.split()[led:]))


def _speaks_of_a_source(part: str) -> bool:
    items = analyse(part)
    framing = False
    for index, item in enumerate(items):
        word = item.token.word
        if item.token.kind is Kind.NEGATION or word in DENYING_WORDS:
            return False
        if word in FRAME_WORDS or word in _FRAMING:
            framing = True
        elif item.quantity is not None:
            beside = items[max(0, index - 1) : index + 2]
            if not _counts_sources(item.quantity) or not any(
                other.token.word in _COUNTED for other in beside
            ):
                return False
        elif item.token.kind is not Kind.STOP and word not in _MAY_STAND:
            return False
    return framing


def _counts_sources(quantity: Quantity) -> bool:
    """Whether it may be the number of a source, or how many things are said."""
    return quantity.values[0] <= _MOST_COUNTED and not (
        quantity.unit or quantity.month or quantity.day
    )


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
