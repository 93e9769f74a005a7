"""An invented company's contracts, invoices, incidents, meetings and vehicles, from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

CONTRACTS, GERMAN_CONTRACTS = 74, 16
INVOICES, GERMAN_INVOICES = 58, 12
INCIDENTS, MEETINGS, MEMOS, FLEETS = 60, 40, 24, 8
VEHICLES_OF_A_FLEET = 12

SUPPLIERS = (
    "Aldgate Cleaning Ltd", "Brightwater Plumbing", "Castor Lifts", "Dunmore Security",
    "Eastgate Catering", "Fennel & Rowe", "Glenside Landscaping", "Harrow Electric",
)  # fmt: skip
CUSTOMERS = (
    "Brauer & Sons", "Northfield Foods", "Ostrava Tools", "Pemberton Yachts", "Quill Printing",
    "Redcliff Quarries", "Sable Optics",
)  # fmt: skip
CITIES = ("Leeds", "Bristol", "Cork", "Rotterdam", "Antwerp", "Malmo")
LAWS = ("England", "Ireland", "Austria", "Sweden", "Belgium")
SITES = ("Mill Road", "Harbour Yard", "Tannery Lane", "Kiln Street", "Quarry Hill")
EVENTS = ("fire", "fall", "leak", "collision", "power failure")
PEOPLE = (
    "Ms Okafor", "Mr Lindqvist", "Ms Tanaka", "Mr Ferreira", "Ms Dubois", "Mr Novak", "Ms Haddad",
)  # fmt: skip
TOPICS = (
    "solar panels", "a new canteen", "the parking permits", "winter tyres", "noise in the workshop",
    "the summer party", "fire drills", "forklift licences",
)  # fmt: skip
MAKES = ("Volvo", "Scania", "Iveco", "Renault")
GERMAN_SUPPLIERS = ("Hausmeister Krüger GmbH", "Lindner Aufzüge AG", "Reinigung Sommer KG")
GERMAN_CUSTOMERS = ("Bäckerei Vogt", "Möbel Hartmann", "Optik Seidel")
GERMAN_CITIES = ("Hamburg", "Köln", "Graz")


@dataclass(frozen=True)
class Contract:
    """What a supplier does for the company."""

    number: str
    kind: str  # "service contract"
    supplier: str
    city: str
    start: date
    notice_days: int
    fee: int  # euros a year
    renews: bool  # by itself
    penalty: bool
    law: str
    german: bool = False


@dataclass(frozen=True)
class Invoice:
    """What a customer owes."""

    number: str
    customer: str
    city: str
    day: date
    items: tuple[tuple[str, int], ...]  # in cents
    paid: date | None
    german: bool = False

    @property
    def net(self) -> int:
        """In cents, as all of these."""
        return sum(cents for _, cents in self.items)

    @property
    def tax(self) -> int:
        return self.net // 5

    @property
    def total(self) -> int:
        return self.net + self.tax


@dataclass(frozen=True)
class Incident:
    """What went wrong at a site."""

    number: str
    day: date
    site: str
    event: str
    injury: str  # "none", "minor", "serious"
    downtime_hours: int


@dataclass(frozen=True)
class Meeting:
    """Who met, and what about."""

    number: str
    day: date
    present: tuple[str, ...]
    absent: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Memo:
    """A letter that has to do with none of the lists, but uses their words."""

    number: str
    sender: str
    day: date
    text: str
    topic: str = ""


@dataclass(frozen=True)
class Vehicle:
    """A row of a list."""

    plate: str
    make: str
    year: int
    kilometres: int


@dataclass(frozen=True)
class Fleet:
    """The vehicles of a site, in one table."""

    site: str
    vehicles: tuple[Vehicle, ...]


Fact = Contract | Invoice | Incident | Meeting | Memo | Fleet


def make_world(seed: int) -> list[Fact]:
    """All facts, in no order that a name could tell; equal seeds make equal worlds."""
    dice = random.Random(seed)
    facts: list[Fact] = [
        *_contracts(dice),
        *_invoices(dice),
        *(_incident(dice, n) for n in range(INCIDENTS)),
        *(_meeting(dice, n) for n in range(MEETINGS)),
        *(_memo(dice, n) for n in range(MEMOS)),
        *_fleets(dice),
    ]
    dice.shuffle(facts)
    return facts


def _contracts(dice: random.Random) -> list[Contract]:
    kinds = ("service contract", "supply contract", "lease contract", "maintenance contract")
    made = []
    for n in range(CONTRACTS + GERMAN_CONTRACTS):
        german = n >= CONTRACTS
        made.append(
            Contract(
                number=f"{'V' if german else 'C'}-{2019 + n % 6}-{100 + n}",
                kind=dice.choice(kinds),
                supplier=dice.choice(GERMAN_SUPPLIERS if german else SUPPLIERS),
                city=dice.choice(GERMAN_CITIES if german else CITIES),
                start=_day(dice, 2019, 6),
                notice_days=dice.choice((14, 30, 45, 60, 75, 90, 120, 180)),
                fee=dice.randrange(12, 480) * 100,
                renews=dice.random() < 0.5,
                penalty=dice.random() < 0.4,
                law="Germany" if german else dice.choice(LAWS),
                german=german,
            )
        )
    return made


def _invoices(dice: random.Random) -> list[Invoice]:
    goods = ("brackets", "steel plates", "transport", "assembly", "spare parts", "inspection")
    waren = ("Winkel", "Stahlplatten", "Transport", "Montage", "Ersatzteile", "Prüfung")
    made: list[Invoice] = []
    totals: set[int] = set()
    while len(made) < INVOICES + GERMAN_INVOICES:
        german = len(made) >= INVOICES
        day = _day(dice, 2022, 3)
        # those in German are neither the highest nor the lowest, so that each language has its own
        chosen = dice.sample(waren, 2) if german else dice.sample(goods, dice.randrange(1, 4))
        low, high = (240, 500) if german else (60, 900)
        invoice = Invoice(
            number=f"{'RE' if german else 'INV'}-{4000 + 7 * len(made)}",
            customer=dice.choice(GERMAN_CUSTOMERS if german else CUSTOMERS),
            city=dice.choice(GERMAN_CITIES if german else CITIES),
            day=day,
            items=tuple((name, dice.randrange(low, high) * 500) for name in chosen),
            paid=day + timedelta(days=dice.randrange(5, 40)) if dice.random() < 0.7 else None,
            german=german,
        )
        if invoice.total not in totals:
            totals.add(invoice.total)
            made.append(invoice)
    return made


def _incident(dice: random.Random, n: int) -> Incident:
    return Incident(
        number=f"IR-{300 + n}",
        day=_day(dice, 2021, 4),
        site=dice.choice(SITES),
        event=dice.choice(EVENTS),
        injury=dice.choices(("none", "minor", "serious"), (5, 3, 2))[0],
        downtime_hours=dice.randrange(1, 40),
    )


def _meeting(dice: random.Random, n: int) -> Meeting:
    people = dice.sample(PEOPLE, 6)
    here = dice.randrange(3, 6)
    return Meeting(
        number=f"M-{50 + n}",
        day=_day(dice, 2022, 3),
        present=tuple(people[:here]),
        absent=tuple(people[here:]),
        topics=tuple(dice.sample(TOPICS, 3)),
    )


def _memo(dice: random.Random, n: int) -> Memo:
    sender = dice.choice(PEOPLE)
    topic = dice.choice(TOPICS) if n % 3 == 0 else ""
    texts = (
        "Please return the keys of the archive room by Friday. The locks are being changed.",
        "The lift in the main building is out of order. Use the stairs until Thursday.",
        "Thank you for the flowers. I am back at work on Monday and will answer all letters then.",
        "The guests from Oslo arrive at noon. Lunch is served in the small dining room.",
        "The printer on the second floor was replaced. Old cartridges go to the reception.",
    )
    return Memo(f"N-{n}", sender, _day(dice, 2022, 3), dice.choice(texts), topic)


def _fleets(dice: random.Random) -> list[Fleet]:
    plates = iter(dice.sample(range(1000, 9999), FLEETS * VEHICLES_OF_A_FLEET))
    return [
        Fleet(
            site=f"{SITES[n % len(SITES)]} {n + 1}",
            vehicles=tuple(
                Vehicle(
                    plate=f"KX {next(plates)}",
                    make=dice.choice(MAKES),
                    year=dice.randrange(2008, 2025),
                    kilometres=dice.randrange(8, 320) * 1000 + dice.randrange(999),
                )
                for _ in range(VEHICLES_OF_A_FLEET)
            ),
        )
        for n in range(FLEETS)
    ]


def _day(dice: random.Random, first_year: int, years: int) -> date:
    return date(first_year, 1, 1) + timedelta(days=dice.randrange(365 * years))


def of_kind(facts: Sequence[Fact], kind: type) -> list[Fact]:
    """Those of `facts` that are of one kind, in their order."""
    return [fact for fact in facts if isinstance(fact, kind)]
