"""The words that tell a comparison, in several languages."""

from __future__ import annotations

from rag.understand.words import key_set

# By language: elsewhere the same word is another one (Dutch "of", Spanish "o").
AND = {
    "en": key_set("and vs versus"),
    "de": key_set("und"),
    "fr": key_set("et"),
    "es": key_set("y e"),
    "it": key_set("e ed"),
    "pt": key_set("e"),
    "nl": key_set("en"),
    "sv": key_set("och"),
    "da": key_set("og"),
    "pl": key_set("i oraz a"),
    "cs": key_set("a"),
    "ru": key_set("и й та"),
    "fi": key_set("ja"),
    "hu": key_set("és"),
    "tr": key_set("ve"),
}
OR = {
    "en": key_set("or"),
    "de": key_set("oder"),
    "fr": key_set("ou"),
    "es": key_set("o u"),
    "it": key_set("o"),
    "pt": key_set("ou"),
    "nl": key_set("of"),
    "sv": key_set("eller"),
    "da": key_set("eller"),
    "pl": key_set("czy lub albo"),
    "cs": key_set("nebo"),
    "ru": key_set("или або чи"),
    "fi": key_set("vai tai"),
    "hu": key_set("vagy"),
    "tr": key_set("veya yoksa"),
}
# Beside "X and Y": each of them has to be looked up.
OF_EACH = key_set(
    """both same common alike similar versus vs beide beiden gleiche gleichen gleicher gemeinsam
    gemeinsamen même mêmes commun communs ambos ambas mismo misma común entrambi entrambe stesso
    stessa comune mesmo mesma comum hetzelfde dezelfde gemeen båda samma begge samme оба обе obaj
    obie"""
)
BOTH = key_set("both beide beiden ambos ambas entrambi entrambe båda begge оба обе")
# Directly before "X and Y".
COMPARE = key_set(
    """compare comparing comparison vergleiche vergleich vergleichen comparez comparer comparaison
    compara compare comparar comparación confronta confrontare confronto comparação vergelijk
    jämför sammenlign сравни сравните porównaj"""
)
DIFFERENCE = key_set(
    """difference differences unterschied unterschiede unterscheiden différence différences
    diferencia diferencias differenza differenze diferença diferenças verschil skillnad forskel
    разница różnica"""
)
BETWEEN = key_set("between among zwischen von unter entre parmi tra fra tussen mellan mellem между")
# Beside "X or Y": which of them has more of it.
MORE_OF = key_set(
    """first earlier later older oldest younger youngest more most less fewer longer longest larger
    largest bigger biggest higher highest lower taller shorter smaller closer farther further
    nearer newer faster slower cheaper better worse recent zuerst eher früher später älter jünger
    mehr weniger länger größer höher niedriger kleiner näher neuer schneller teurer billiger
    premier abord plus moins antes primero más menos mayor menor prima più meno maggiore mais menos
    eerst eerder ouder jonger meer minder langer groter först äldre mer först først ældre mere
    раньше старше больше меньше"""
)
# A name or thing does not reach across these.
VERBS = key_set(
    """is are was were be do does did has have had can could will would held hold came come ist sind
    war waren hat haben hatte hatten est sont était étaient ont es son era eran fue han è sono
    era erano hanno é são foi têm zijn was waren heeft hebben är var har er"""
)
# Small words inside a name: Duke of York, Charles de Gaulle.
INSIDE_NAMES = key_set(
    "of the de du des del della di da do la le les el von van der den zu und in on at for a an ’s s"
)
BEFORE_THINGS = key_set(
    """of in for from at on under von in im für aus bei de du des dans pour del della nel per do da
    no na van voor av för af"""
)
ARTICLES = key_set(
    """the a an my our der die das den dem ein eine einen le la les un une el los las il lo i gli o
    a os as de het een"""
)
