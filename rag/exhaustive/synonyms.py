"""Words that name the same thing in documents, across a few languages."""

from __future__ import annotations

import functools

from rag import resources
from rag.exhaustive.folding import fold, root

# What words that compare speak of, where they name nothing themselves: "older than", "cost more".
ASKED_BY = {
    "old": ("age", "date"), "young": ("age", "date"), "alt": ("age", "date"),
    "jung": ("age", "date"), "age": ("age",), "vieux": ("age", "date"), "viejo": ("age", "date"),
    "cost": ("price", "total"), "kostet": ("price", "total"), "kosten": ("price", "total"),
    "coute": ("price", "total"), "cuesta": ("price", "total"), "cuestan": ("price", "total"),
    "coutent": ("price", "total"),
    "expensive": ("price", "total", "rent", "value"), "cheap": ("price", "total", "rent", "value"),
    "teuer": ("price", "total", "rent", "value"), "teuerst": ("price", "total", "rent", "value"),
    "billig": ("price", "total", "rent"), "gunstig": ("price", "total", "rent"),
    "cher": ("price", "total", "rent"), "chere": ("price", "total", "rent"),
    "caro": ("price", "total", "rent"), "cara": ("price", "total", "rent"),
    "barato": ("price", "total", "rent"),
    "long": ("duration",), "short": ("duration",), "lang": ("duration",), "kurz": ("duration",),
    "run": ("duration",), "last": ("duration",), "largo": ("duration",), "corto": ("duration",),
    "earn": ("salary", "revenue"), "make": ("salary", "revenue"), "verdient": ("salary",),
    "verdienen": ("salary",), "gagne": ("salary",), "gagnent": ("salary",), "gana": ("salary",),
    "ganan": ("salary",), "pay": ("rent", "salary", "price", "total"),
    "zahlt": ("rent", "price", "total"), "zahlen": ("rent", "price", "total"),
    "paient": ("rent", "price", "total"), "pagan": ("rent", "price", "total"),
    "weigh": ("weight",), "heavy": ("weight",), "schwer": ("weight",), "wiegt": ("weight",),
    "light": ("weight",), "tall": ("height",), "high": ("height",), "hoch": ("height",),
    "big": ("area", "value"), "large": ("area", "value"), "gross": ("area",), "small": ("area",),
    "klein": ("area",), "grand": ("area",), "grande": ("area",), "far": ("distance",),
    "worth": ("value",), "due": ("due",), "late": ("date",), "recent": ("date",), "new": ("date",),
    "early": ("date",), "neu": ("date",),
}  # fmt: skip


@functools.cache
def _by_root() -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], list[str]] = {}
    stored = (resources.folder() / "synonyms.txt").read_text(encoding="utf-8")
    for line in stored.splitlines():
        if line.startswith("#"):
            continue
        phrases = [fold(phrase.strip()) for phrase in line.split(";")]
        for phrase in phrases:
            known = found.setdefault(_key(phrase), [])
            known += [other for other in phrases if other not in known]
    return {key: tuple(phrases) for key, phrases in found.items()}


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(root(word) for word in phrase.split())


@functools.cache
def words_in_han() -> frozenset[str]:
    """The Chinese words among those that have a meaning here."""
    return frozenset(phrase for (phrase, *_) in _by_root() if "\u4e00" <= phrase[:1] <= "\u9fff")


def meant_by(phrase: str) -> tuple[str, ...]:
    """`phrase` (folded), then the words that name the same."""
    others = _by_root().get(_key(phrase), ())
    return (phrase, *(other for other in others if other != phrase))
