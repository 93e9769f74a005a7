"""Other names of places that documents abbreviate."""

from __future__ import annotations

import functools

from rag.exhaustive.folding import fold

_STATES = """
AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut;
DE Delaware; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois; IN Indiana; IA Iowa;
KS Kansas; KY Kentucky; LA Louisiana; ME Maine; MD Maryland; MA Massachusetts; MI Michigan;
MN Minnesota; MS Mississippi; MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire;
NJ New Jersey; NM New Mexico; NY New York; NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma;
OR Oregon; PA Pennsylvania; RI Rhode Island; SC South Carolina; SD South Dakota; TN Tennessee;
TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington; WV West Virginia; WI Wisconsin;
WY Wyoming; PR Puerto Rico; DC District of Columbia; ON Ontario; QC Quebec; BC British Columbia;
AB Alberta; NSW New South Wales; QLD Queensland
"""
_COUNTRIES = """
germany deutschland allemagne alemania; france frankreich francia; spain spanien espagne espana;
italy italien italie italia; austria osterreich autriche; switzerland schweiz suisse suiza;
usa us united-states vereinigte-staaten etats-unis estados-unidos america;
uk united-kingdom great-britain grossbritannien royaume-uni reino-unido;
netherlands niederlande pays-bas paises-bajos; belgium belgien belgique belgica;
poland polen pologne polonia; china 中国; japan japon 日本;
munich munchen; cologne koln; vienna wien vienne viena; rome rom roma; milan mailand milano;
geneva genf geneve; zurich zuerich; brussels brussel bruxelles bruselas; lisbon lissabon lisboa;
prague prag praha; warsaw warschau varsovie varsovia; moscow moskau moscou; london londres;
hamburg hambourg; nuremberg nurnberg; hanover hannover; florence florenz firenze
"""


@functools.cache
def _forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in _STATES.replace("\n", " ").split(";"):
        short, _, name = entry.strip().partition(" ")
        found[fold(name)] = (f"={short}",)
        found[f"={short}"] = (fold(name),)
    for entry in _COUNTRIES.replace("\n", " ").split(";"):
        names = tuple(name.replace("-", " ") for name in entry.split())
        for name in names:
            found[name] = tuple(other for other in names if other != name)
    return found


def place_forms(text: str) -> tuple[str, ...]:
    """Other ways to write the name of a place; one after "=" counts in capitals alone."""
    typed = text.strip()
    if typed.isupper() and len(typed) <= 3 and f"={typed}" in _forms():
        return (f"={typed}", *_forms()[f"={typed}"])
    return _forms().get(fold(typed), ())
