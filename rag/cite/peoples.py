"""Countries and what their people, things and languages are called, where the stem changes."""

from __future__ import annotations

from collections import defaultdict

from rag.cite.wordlist import named

_PEOPLES = named(
    {
        "france": "french frenchman frenchmen frankreich französisch französische französischen "
        "franzose franzosen francia francés francesa français française",
        "england": "english englishman englishmen anglais inglés englisch englische englischen",
        "britain": "british briton britons britisch britische britischen großbritannien uk",
        "netherlands": "dutch dutchman niederlande niederländisch niederländische holland",
        "spain": "spanish spaniard spaniards spanien spanisch spanische españa español española",
        "germany": "german germans deutschland deutsch deutsche deutschen allemagne allemand "
        "alemania alemán",
        "switzerland": "swiss schweiz schweizer suisse suiza",
        "poland": "polish pole poles polen polnisch polnische",
        "denmark": "danish dane danes dänemark dänisch dänische",
        "sweden": "swedish swede swedes schweden schwedisch schwedische",
        "norway": "norwegian norwegians norwegen norwegisch norwegische",
        "finland": "finnish finn finns finnisch finnische",
        "greece": "greek greeks griechenland griechisch griechische",
        "turkey": "turkish turk turks türkei türkisch türkische",
        "ireland": "irish irishman irland irisch irische",
        "scotland": "scottish scots scot schottland schottisch schottische",
        "wales": "welsh welshman",
        "portugal": "portuguese portugiesisch portugiesische",
        "china": "chinese chinesisch chinesische",
        "japan": "japanese japanisch japanische",
        "iraq": "iraqi iraqis",
        "israel": "israeli israelis",
        "america": "american americans amerika amerikanisch amerikanische amerikaner",
        "europe": "european europeans europa europäisch europäische",
        "russia": "russian russians russland russisch russische russen",
        "italy": "italian italians italien italienisch italienische italia italiano",
        "austria": "austrian österreich österreichisch österreichische",
        "mexico": "mexican mexicans mexiko méxico",
        "brazil": "brazilian brasilien brasil",
        "egypt": "egyptian egyptians ägypten ägyptisch",
        "peru": "peruvian",
        "norman": "normans normandy normannen normandie",
        "rome": "roman romans rom römisch römische roma",
        "athens": "athenian athenians",
        "paris": "parisian parisians",
        "moscow": "muscovite moskau",
    }
)


_WORDS: dict[str, list[str]] = defaultdict(list)
for _word, _country in _PEOPLES.items():
    _WORDS[_country].append(_word)


def same_people(word: str) -> list[str]:
    """All listed words, in lower case, for the country that `word` is of, itself included."""
    country = people_of(word)
    return [country, *_WORDS[country]] if country in _WORDS else []


def people_of(word: str) -> str:
    """The country that `word`, in lower case, is of; the word itself where none is known."""
    return _PEOPLES.get(word, word)
