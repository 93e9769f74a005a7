"""Questions about the invented company whose answers are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.exhaustive.grading import Expected
from tests.exhaustive.library import KnownLibrary
from tests.exhaustive.world import Contract, Fact, Fleet, Incident, Invoice, Meeting, Memo, Vehicle


@dataclass(frozen=True)
class Known:
    """A question, and what its answer should list."""

    text: str
    expected: Callable[[KnownLibrary], Expected]


def files_where(
    library: KnownLibrary,
    is_meant: Callable[[Fact], bool],
    *,
    german: bool | None = False,
    counts: bool = False,
    number: float | None = None,
) -> Expected:
    """The files whose facts are meant; those in the other language than asked for may be listed."""
    meant = {str(path): fact for path, fact in library.facts.items() if is_meant(fact)}
    other = {
        name
        for name, fact in meant.items()
        if german is not None and getattr(fact, "german", False) is not german
    }
    return Expected(frozenset(set(meant) - other), frozenset(other), number, counts)


def vehicles_where(library: KnownLibrary, is_meant: Callable[[Vehicle], bool]) -> Expected:
    """The plates of the vehicles that are meant."""
    fleets = [fact for fact in library.facts.values() if isinstance(fact, Fleet)]
    plates = {v.plate for fleet in fleets for v in fleet.vehicles if is_meant(v)}
    return Expected(frozenset(plates), by_name=True)


def invoices(library: KnownLibrary) -> list[Invoice]:
    """Those in English."""
    found = (fact for fact in library.facts.values() if isinstance(fact, Invoice))
    return [invoice for invoice in found if not invoice.german]


def _serious(library: KnownLibrary) -> Expected:
    return files_where(
        library, lambda f: isinstance(f, Incident) and f.injury == "serious", counts=True
    )


def _long_notice(library: KnownLibrary) -> Expected:
    return files_where(library, lambda f: isinstance(f, Contract) and f.notice_days > 60)


def _long_notice_german(library: KnownLibrary) -> Expected:
    return files_where(
        library, lambda f: isinstance(f, Contract) and f.notice_days > 60, german=True
    )


def _solar(library: KnownLibrary) -> Expected:
    return files_where(
        library,
        lambda f: (
            (isinstance(f, Meeting) and "solar panels" in f.topics)
            or (isinstance(f, Memo) and f.topic == "solar panels")
        ),
    )


def _highest(library: KnownLibrary) -> Expected:
    most = max(invoice.total for invoice in invoices(library))
    return files_where(
        library, lambda f: isinstance(f, Invoice) and f.total == most, number=most / 100
    )


def _brauer(library: KnownLibrary) -> Expected:
    customer = "Brauer & Sons"
    cents = sum(invoice.total for invoice in invoices(library) if invoice.customer == customer)
    return files_where(
        library, lambda f: isinstance(f, Invoice) and f.customer == customer, number=cents / 100
    )


def _no_penalty(library: KnownLibrary) -> Expected:
    return files_where(library, lambda f: isinstance(f, Contract) and (not f.penalty or f.german))


def _renewing(library: KnownLibrary) -> Expected:
    return files_where(library, lambda f: isinstance(f, Contract) and f.renews)


def _of_2021(library: KnownLibrary) -> Expected:
    return files_where(library, lambda f: isinstance(f, Contract) and f.start.year == 2021)


def _bristol(library: KnownLibrary) -> Expected:
    return files_where(
        library, lambda f: isinstance(f, Invoice) and f.city == "Bristol", counts=True
    )


def _far_driven(library: KnownLibrary) -> Expected:
    return vehicles_where(library, lambda vehicle: vehicle.kilometres > 200_000)


def _difference(library: KnownLibrary) -> Expected:
    first, second = (i for i in invoices(library) if i.number in ("INV-4007", "INV-4014"))
    return files_where(
        library,
        lambda f: f in (first, second),
        number=abs(first.total - second.total) / 100,
    )


QUESTIONS = {
    "S1": Known("How many incident reports describe a serious injury?", _serious),
    "S2": Known("List all contracts with a notice period of more than 60 days.", _long_notice),
    "S3": Known("Which files mention solar panels?", _solar),
    "S4": Known("Which invoice has the highest total?", _highest),
    "S5": Known("What is the total of all invoices to Brauer & Sons?", _brauer),
    "S6": Known("Which contracts do not mention a penalty?", _no_penalty),
    "S7": Known("Which contracts renew automatically?", _renewing),
    "S8": Known(
        "Welche Verträge haben eine Kündigungsfrist von mehr als 60 Tagen?", _long_notice_german
    ),
    "S9": Known("Which contracts start in 2021?", _of_2021),
    "S10": Known("How many invoices went to customers in Bristol?", _bristol),
    "S11": Known("List all vehicles with more than 200,000 kilometres.", _far_driven),
    "S12": Known(
        "What is the difference between the totals of invoices INV-4007 and INV-4014?", _difference
    ),
}
