"""A harbour's papers, told in other words than the company's, and questions about all of them.

Both were kept aside while the pass was built.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.exhaustive.grading import Expected
from tests.exhaustive.layouts import WRITERS, Block, Fields, Layout, Text

SHIPMENTS, INSPECTIONS = 48, 32
SHIPS = ("Aurora", "Blue Heron", "Carina", "Delphin", "Estrella", "Fram")
PORTS = ("Gdansk", "Bergen", "Porto", "Riga", "Le Havre")
GOODS = ("timber", "coffee", "tiles", "machine parts", "fertiliser", "paint")
INSPECTORS = ("Ines Prado", "Olaf Brandt", "Mei Castell")
PARTS = ("crane", "fire pump", "gangway", "lifeboat")
FORMATS = ("txt", "docx", "html", "md", "pdf", "eml")


@dataclass(frozen=True)
class Shipment:
    """What came by ship."""

    number: str
    ship: str
    port: str
    goods: str
    tonnes: float
    hazardous: bool
    arrived: date


@dataclass(frozen=True)
class Inspection:
    """What was looked at, and how that ended."""

    number: str
    part: str
    inspector: str
    passed: bool
    day: date


Paper = Shipment | Inspection
Papers = dict[Path, Paper]


def write_harbour(folder: Path, seed: int) -> Papers:
    """Write all papers below `folder`; equal seeds write equal texts under equal names."""
    folder.mkdir(exist_ok=True)
    dice = random.Random(seed)
    weights = dice.sample(range(15, 600), SHIPMENTS)
    facts: list[Paper] = [_shipment(dice, n, weights[n]) for n in range(SHIPMENTS)]
    facts += [_inspection(dice, n) for n in range(INSPECTIONS)]
    dice.shuffle(facts)
    papers: Papers = {}
    for n, fact in enumerate(facts):
        suffix = FORMATS[n % len(FORMATS)]
        path = folder / f"paper {n:03}.{suffix}"
        shipped = isinstance(fact, Shipment)
        WRITERS[suffix](path, _shipped(fact, dice) if shipped else _inspected(fact, dice))
        papers[path] = fact
    return papers


def _shipment(dice: random.Random, n: int, weight: int) -> Shipment:
    return Shipment(
        f"BL {7100 + 3 * n}",
        dice.choice(SHIPS),
        dice.choice(PORTS),
        dice.choice(GOODS),
        weight / 10,
        dice.random() < 0.3,
        date(2023, 1, 1) + timedelta(days=dice.randrange(700)),
    )


def _inspection(dice: random.Random, n: int) -> Inspection:
    day = date(2023, 1, 1) + timedelta(days=dice.randrange(700))
    passed = dice.random() < 0.65
    return Inspection(f"Q{90 + n}", dice.choice(PARTS), dice.choice(INSPECTORS), passed, day)


def _shipped(fact: Shipment, dice: random.Random) -> Layout:
    title = f"Shipment {fact.number}"
    care = "The cargo contains hazardous goods and is stored apart."
    if dice.random() < 0.5:
        lines = [
            ("Ship", fact.ship),
            ("Port of loading", fact.port),
            ("Cargo", fact.goods),
            ("Weight", f"{fact.tonnes} tonnes"),
            ("Arrival", f"{fact.arrived:%d %b %Y}"),
        ]
        blocks: list[Block] = [Fields(tuple(lines))]
        return Layout(title, (*blocks, Text(care)) if fact.hazardous else tuple(blocks))
    words = (
        f"The shipment of {fact.goods} was loaded in {fact.port} on the ship {fact.ship} and "
        f"arrived on {fact.arrived:%B %d, %Y}. Its weight is {fact.tonnes} tonnes."
    )
    seal = "All seals were whole on arrival."
    return Layout(title, (Text(words), Text(care if fact.hazardous else seal)))


def _inspected(fact: Inspection, dice: random.Random) -> Layout:
    title, result = f"Inspection {fact.number}", "passed" if fact.passed else "failed"
    if dice.random() < 0.5:
        lines = (
            ("Object", fact.part),
            ("Inspector", fact.inspector),
            ("Date of inspection", f"{fact.day}"),
            ("Result", result),
        )
        return Layout(title, (Fields(lines), Text("Signed in the harbour office.")))
    words = (
        f"On {fact.day:%d %B %Y} the {fact.part} was inspected by {fact.inspector}. "
        f"The inspection was {result}."
    )
    return Layout(title, (Text(words), Text("A copy went to the harbour master.")))


@dataclass(frozen=True)
class KnownPapers:
    """A question, and what its answer should list."""

    text: str
    expected: Callable[[Papers], Expected]


def _shipments(meant: Callable[[Shipment], bool], **more: object) -> Callable[[Papers], Expected]:
    def expected(papers: Papers) -> Expected:
        found = {str(p) for p, f in papers.items() if isinstance(f, Shipment) and meant(f)}
        return Expected(frozenset(found), **more)  # type: ignore[arg-type]

    return expected


def _inspections(
    meant: Callable[[Inspection], bool], **more: object
) -> Callable[[Papers], Expected]:
    def expected(papers: Papers) -> Expected:
        found = {str(p) for p, f in papers.items() if isinstance(f, Inspection) and meant(f)}
        return Expected(frozenset(found), **more)  # type: ignore[arg-type]

    return expected


def _heaviest(papers: Papers) -> Expected:
    most = max(f.tonnes for f in papers.values() if isinstance(f, Shipment))
    return _shipments(lambda f: f.tonnes == most, number=most)(papers)


def _from_gdansk(papers: Papers) -> Expected:
    whole = sum(f.tonnes for f in papers.values() if isinstance(f, Shipment) and f.port == "Gdansk")
    return _shipments(lambda f: f.port == "Gdansk", number=whole)(papers)


QUESTIONS = {
    "W1": KnownPapers(
        "Which shipments weigh more than 30 tonnes?", _shipments(lambda f: f.tonnes > 30)
    ),
    "W2": KnownPapers(
        "How many inspections were failed?", _inspections(lambda f: not f.passed, counts=True)
    ),
    "W3": KnownPapers(
        "List the names of all ships.", lambda _: Expected(frozenset(SHIPS), by_name=True)
    ),
    "W4": KnownPapers("Which shipment has the greatest weight?", _heaviest),
    "W5": KnownPapers("What is the total weight of all shipments from Gdansk?", _from_gdansk),
    "W6": KnownPapers(
        "Which inspections were done by Ines Prado?",
        _inspections(lambda f: f.inspector == "Ines Prado"),
    ),
    "W7": KnownPapers(
        "Which shipments do not mention hazardous goods?", _shipments(lambda f: not f.hazardous)
    ),
    "W8": KnownPapers(
        "Give me all shipments that arrived in March 2024.",
        _shipments(lambda f: (f.arrived.year, f.arrived.month) == (2024, 3)),
    ),
}
