"""Words that ask for the same thing, whichever of them a text uses, and small words by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.cite.wordlist import words
from rag.cite.words import stem

_FAMILIES = """
    die died dies dying dead death deceased ; born birth birthplace ;
    begin began begins start starts started launch launched commence commenced ;
    end ends ended finish finished conclude concluded terminate terminated cease ceased ;
    found founded establish established create created institute instituted inaugurated ;
    build built construct constructed erect erected ; write wrote written author authored ;
    buy bought purchase purchased acquire acquired ; kill killed murder murdered slain ;
    marry married wed wife husband spouse ; cost costs price priced ; sign signed ;
    happen happened occur occurred place ; invent invented devised ; live lived resided resides ;
    called named titled known ; lead led headed commanded ; win won victory winner ;
    publish published released issued ; help helped assist assisted aid aided ;
    pay paid payment payable ; due payable ; locate located situated ; defeat defeated beat beaten ;
    expire expires expiry expiration ends ; study studied educated attended ; own owns owned owner ;
    hire hired employed appointed ; large size big ; long length ; high height tall ;
    deep depth ; wide width ; heavy weight weigh weighs weighed ; fast speed ; old age aged ;
    sterben starb starben gestorben tod tot verstarb ; geboren geburt ;
    begann begonnen beginnt start startete ; endete beendet ende endet ;
    gegründet gründung gründete gründeten errichtet ; gebaut erbaut bau errichtet ;
    schrieb geschrieben verfasst verfasste ; kaufte gekauft erworben erwarb ;
    geheiratet heiratete verheiratet ehe ; kostet kosten preis ; unterzeichnet unterschrieben ;
    veröffentlicht erschien erschienen ; heißt hieß genannt namens ; lebt lebte wohnte ;
    fällig zahlbar ; hoch höhe ; lang länge ; tief tiefe ; schwer gewicht wiegt ; alt alter ;
    mourir mort mourut décédé ; né née naissance ; commencer commença commencé début ;
    fondé fondée fondation créé créée ; écrit écrivit ; coûte prix coût ; signé signée ;
    morir murió muerto muerte falleció ; nació nacido nacimiento ; empezó comenzó inicio ;
    fundó fundada fundado creó creada ; escribió escrito ; cuesta precio coste ; firmado firmó
"""


def _families() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for listed in _FAMILIES.split(";"):
        members = words(listed)
        for word in members:
            known = stem(word)
            found[known] = found.get(known, frozenset()) | members
    return found


FAMILIES = _families()  # by a word's stem: the words that say the same

# The words of a language that carry nothing; in another one they may ("die", "war").
_FUNCTION = {
    "en": words(
        """
        the a an of in on at by for from with to and or is are was were be been being did do does
        has have had his her its their this that these those it he she they there when where who
        whom whose what which how will would can could should may might must as into during
        after before between about than then also not many much long old
        """
    ),
    "de": words(
        """
        der die das den dem des ein eine einer eines einem einen und oder ist sind war waren wird
        wurde wurden werden hat haben hatte in im an am auf aus bei mit nach von vom vor für zu zum
        zur über unter um wer wen wem wann wo wie was welche welcher welches welchem welchen viel
        viele als sich es er sie ihr sein seine kann nicht
        """
    ),
    "fr": words(
        """
        le la les un une des du de et ou est sont était a ont dans en sur par pour avec qui que
        quoi quand où combien quel quelle quels quelles il elle ils elles son sa ses ce cette au
        aux se ne pas
        """
    ),
    "es": words(
        """
        el la los las un una unos unas de del y o es son era fue en con por para qué quién cuándo
        dónde cuánto cuánta cuántos cuántas cuál cuáles su sus se lo al a no que cómo
        """
    ),
}


_QUESTION_WORDS = {
    word: language
    for language, listed in {
        "en": "when where who whom whose what which how",
        "de": "wann wo wer wen wem wessen wie welche welcher welches welchem welchen",
        "fr": "quand où qui combien quel quelle quels quelles",
        "es": "cuándo dónde quién quiénes cuánto cuánta cuántos cuántas cuál cuáles qué",
    }.items()
    for word in listed.split()
}


def language_of(spoken: Sequence[str]) -> str:
    """The language that a question's words, in lower case, are of; empty where none is told."""
    for word in spoken:
        if word in _QUESTION_WORDS:
            return _QUESTION_WORDS[word]
    scores = {language: sum(w in listed for w in spoken) for language, listed in _FUNCTION.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= 2 else ""


def carries_something(word: str, language: str) -> bool:
    """Whether a word that some language makes little of is more in this one: “die”, “war”."""
    return (
        bool(language)
        and word not in _FUNCTION[language]
        and any(word in listed for listed in _FUNCTION.values())
    )
