"""Questions about the invented company that were kept aside while the pass was built."""

from __future__ import annotations

from tests.exhaustive.grading import Expected
from tests.exhaustive.library import KnownLibrary
from tests.exhaustive.questions import Known, files_where, invoices, vehicles_where
from tests.exhaustive.world import Contract, Incident, Invoice, Meeting


def _unpaid(library: KnownLibrary) -> Expected:
    return files_where(library, lambda f: isinstance(f, Invoice) and f.paid is None)


def _attended(library: KnownLibrary) -> Expected:
    return files_where(library, lambda f: isinstance(f, Meeting) and "Ms Okafor" in f.present)


def _austria(library: KnownLibrary) -> Expected:
    return files_where(
        library, lambda f: isinstance(f, Contract) and f.law == "Austria", counts=True
    )


def _downtime(library: KnownLibrary) -> Expected:
    return files_where(library, lambda f: isinstance(f, Incident) and f.downtime_hours > 24)


def _lowest(library: KnownLibrary) -> Expected:
    least = min(invoice.total for invoice in invoices(library))
    return files_where(
        library, lambda f: isinstance(f, Invoice) and f.total == least, number=least / 100
    )


def _ostrava(library: KnownLibrary) -> Expected:
    chosen = [i for i in invoices(library) if i.customer == "Ostrava Tools"]
    return files_where(library, lambda f: f in chosen, number=sum(i.total for i in chosen) / 100)


def _fires(library: KnownLibrary) -> Expected:
    return files_where(
        library,
        lambda f: isinstance(f, Incident) and f.event == "fire" and f.site == "Kiln Street",
    )


def _old_volvos(library: KnownLibrary) -> Expected:
    return vehicles_where(library, lambda v: v.make == "Volvo" and v.year < 2015)


def _german_unpaid(library: KnownLibrary) -> Expected:
    return files_where(
        library, lambda f: isinstance(f, Invoice) and f.city == "Hamburg", german=True, counts=True
    )


def _castor(library: KnownLibrary) -> Expected:
    return files_where(
        library, lambda f: isinstance(f, Contract) and f.supplier == "Castor Lifts", counts=True
    )


QUESTIONS = {
    "U1": Known("Which invoices are still unpaid?", _unpaid),
    "U2": Known("At which meetings was Ms Okafor present?", _attended),
    "U3": Known("Count the contracts governed by the law of Austria.", _austria),
    "U4": Known("Show me every incident with a downtime above 24 hours.", _downtime),
    "U5": Known("What is the lowest invoice total, and which invoice is it?", _lowest),
    "U6": Known("How much did we invoice Ostrava Tools in total?", _ostrava),
    "U7": Known("Find all reports of a fire at the Kiln Street site.", _fires),
    "U8": Known("Which Volvo vehicles were built before 2015?", _old_volvos),
    "U9": Known("Wie viele Rechnungen gingen an Kunden in Hamburg?", _german_unpaid),
    "U10": Known("How many contracts do we have with Castor Lifts?", _castor),
}
