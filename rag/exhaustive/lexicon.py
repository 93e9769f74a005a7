"""The words by which questions ask for everything, in the languages that are told apart."""

from __future__ import annotations

import functools

from rag.exhaustive.folding import key_of, key_set
from rag.index.languages import frequent_words

# Any file: such a word tells nothing of what is in it.
ANY_FILE = key_set(
    """file files document documents doc docs text texts datei dateien dokument dokumente
    dokumenten unterlage unterlagen texten fichier fichiers texte textes archivo archivos fichero
    ficheros documento documentos texto textos pdf pdfs 文件 文档 资料 文本"""
)
# What names of things are asked for by, without telling what things.
EMPTY_NOUNS = key_set(
    """name names list number numbers kind kinds type types copy copies value values title titles
    namen name liste nummer nummern art arten wert werte titel nom noms liste numero numeros
    valeur valeurs titre titres nombre nombres lista numero numeros valor valores titulo titulos
    information info details detail data"""
)
# Words between a noun and what is told of it that say no more than that it is told.
LIGHT = key_set(
    """hold holds held holding possess possesses known kept keep
    have has had having is are was were be been being do does did contain contains contained
    containing include includes included including involve involves involved involving concern
    concerns concerned concerning mention mentions mentioned mentioning refer refers referred
    referring reference references discuss discusses discussed speak speaks talk talks deal deals
    say says said state states stated show shows shown list lists listed give gives given name
    names named call called happen happens happened occur occurs occurred occurring take takes
    took taken place exist exists existed existing relate relates related belong belongs found
    find appear appears appeared appearing use uses used word words term terms phrase provide
    provides specify specifies specified require requires required need needs needed describe
    describes described cover covers covered there any some each every all where who which that
    whose with of both either please me us my our your files file documents document library
    folder together altogether overall different distinct unique also still ever at least once get
    got come comes came result results resulted resulting lead leads led haben hat hatte hatten
    enthalt enthalten enthielt erwahnt erwahnen erwahnte betrifft betreffen nennt nennen genannt
    steht stehen gibt geben vorkommen kommt kommen vor liegt liegen handelt handeln geht spricht
    sprechen begriff wort worte alle aller allen jede jeder jedes insgesamt wird werden wurde
    wurden wo die der das passierte passiert ereignete ereigneten geschah geschahen fand fanden
    statt beinhaltet beinhalten aufgefuhrt aufgelistet auf bitte mir ont avoir contient
    contiennent mentionne mentionnent mentionnee parle parlent concerne concernent cite citent
    existe existent figure figurent contenant mentionnant parlant tous toutes chaque mot mots
    terme a eu lieu produit produits s'est passe passes sont tienen tiene contiene contienen
    menciona mencionan mencionado habla hablan trata tratan existe existen hay figura figuran
    contengan mencionen tengan ocurrio ocurrieron sucedio aparece aparecen todos todas cada
    palabra termino"""
)
# Those of them after which the words themselves count, whatever is said of them.
AS_WORDS = key_set(
    """mention mentions mentioned mentioning refer refers referring reference references discuss
    discusses discussed discussing talk talks talking speak speaks speaking say says word words
    term phrase cite cites name appear appears occur occurs about contain contains containing
    erwahnt erwahnen erwahnte nennt nennen sprechen spricht wort begriff handeln enthalten
    vorkommt vorkommen uber mentionne mentionnent mentionnant parle parlent parlant citent
    evoquent evoque contiennent contenant mot menciona mencionan mencionen habla hablan hablen
    citan palabra contienen 提到 提及 包含"""
)
# Who somebody is to somebody: names of people and companies are told for it.
ROLES = key_set(
    """tenant lessee landlord lessor customer client buyer supplier vendor seller employee employer
    author writer sender recipient attendee participant manager supervisor owner patient doctor
    physician pilot driver witness inspector investigator contractor applicant borrower lender
    guarantor beneficiary insured signatory mieter mieterin vermieter kunde kunden kundin
    lieferant lieferanten mitarbeiter arbeitgeber verfasser absender empfanger teilnehmer
    teilnehmende leiter eigentumer inhaber patient patienten arzt fahrer fahrerin zeuge zeugen
    gutachter auftraggeber auftragnehmer locataire bailleur client fournisseur employe auteur
    destinataire participant proprietaire medecin conducteur temoin inquilino arrendador
    arrendatario cliente proveedor empleado autor remitente destinatario asistente propietario
    paciente medico conductor testigo"""
)
PEOPLE = key_set(
    "people person persons personen leute personnes personne personas persona gente 人"
)
NEGATIONS = key_set(
    """not no without never none neither lack lacks lacking missing n't dont doesnt don't doesn't
    didn't isn't aren't wasn't weren't hasn't haven't cannot except excluding
    nicht kein keine keinen keinem keiner ohne nie weder fehlt fehlen
    sans pas aucun aucune jamais ne sin no ningun ninguna nunca 没有 不 未 无"""
)
AND = key_set("and but und aber sondern et mais y e pero plus sowie & 和 与 以及")
OR = key_set("or oder ou o u either 或 或者")
PLACE_LEADS = key_set("in at near im am bei aus au aux en dans 在 within around")
PLACE_LABELS = key_set(
    """location place site city town state county country region venue ort stadt standort land
    bundesland lieu ville pays region lugar ciudad pais estado localidad office branch 地点 城市"""
)
DATE_LABELS = key_set(
    """date dated day when datum tag fecha dia jour created issued signed year jahr annee ano
    日期 时间"""
)
NO_VALUE = key_set(
    """none no nil n/a na nein keine kein keiner ohne aucun aucune non neant sin ningun ninguna
    nothing not-applicable unknown - – — / 0 无 没有"""
)
UNDECIDED_VALUE = key_set("tbd unknown unbekannt inconnu desconocido open offen pending ?")

MORE = (
    "more than|greater than|higher than|larger than|bigger than|above|over|exceeding|exceeds?"
    "|upwards of|in excess of|longer than|older than|heavier than|later than|bigger than"
    "|better than|>|mehr als|hoher als|grosser als|uber|oberhalb von|langer als|alter als"
    "|schwerer als|teurer als|plus de|plus que|superieure?s? a|au-dessus de|au dela de"
    "|mas de|mas que|mayor(?:es)? (?:de|que|a)|superior(?:es)? a|por encima de|超过|高于|大于|多于"
)
LESS = (
    "less than|fewer than|lower than|smaller than|below|under|shorter than|younger than"
    "|cheaper than|lighter than|<|weniger als|niedriger als|kleiner als|unter|unterhalb von"
    "|kurzer als|junger als|billiger als|gunstiger als|moins de|moins que|inferieure?s? a"
    "|en dessous de|menos de|menos que|menor(?:es)? (?:de|que|a)|inferior(?:es)? a|por debajo de"
    "|低于|少于|小于|不到"
)
AT_LEAST = (
    "at least|no less than|not less than|a minimum of|minimum|from|>=|≥|mindestens|wenigstens|ab"
    "|au moins|a partir de|al menos|como minimo|por lo menos|至少|不少于"
)
AT_MOST = (
    "at most|no more than|not more than|up to|a maximum of|maximum|<=|≤|hochstens|maximal|bis zu"
    "|au plus|au maximum|jusqu'a|como maximo|a lo sumo|hasta|至多|最多|不超过"
)
EXACTLY = "exactly|precisely|equal to|equals|of|=|is|genau|von|exactement|de|exactamente"
OR_MORE = (
    "or more|and more|or above|or higher|and above|or over|oder mehr|und mehr|ou plus|o mas|以上"
)
OR_LESS = "or less|or fewer|or below|or under|oder weniger|ou moins|o menos|以下"
BETWEEN = "between|zwischen|entre|介于"

BEFORE = "before|prior to|earlier than|vor dem|vor|bevor|avant|antes del?|早于"
AFTER = "after|later than|following|nach dem|nach|apres|despues del?|晚于"
SINCE = "since|starting|from|as of|seit|ab|ab dem|depuis|a partir d[eu]l?|desde"
UNTIL = "until|till|through|up to|by|bis|bis zum|jusqu'(?:en|a|au)|hasta"


@functools.cache
def closed_words() -> frozenset[str]:
    """Words that join, ask and point in the languages that are told apart."""
    listed = frequent_words()
    kept = {key_of(w) for code in ("en", "de", "fr", "es") for w in listed[code]}
    return frozenset(kept | LIGHT)
