"""How the invented facts are told: in prose, in labelled lines, in tables, in two languages."""

from __future__ import annotations

import random
from datetime import date

from tests.exhaustive.layouts import Fields, Grid, Layout, Text
from tests.exhaustive.world import Contract, Fact, Fleet, Incident, Invoice, Meeting, Memo

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
GERMAN_KINDS = {
    "service contract": "Dienstleistungsvertrag",
    "supply contract": "Liefervertrag",
    "lease contract": "Mietvertrag",
    "maintenance contract": "Wartungsvertrag",
}
# Letters that use the words of the lists without being what they name.
ASIDES = (
    "Did the invoice to Quill Printing ever arrive? I cannot find it.",
    "The serious tone of the last incident report surprised me. Nobody was injured in the drill.",
    "A contract is only as good as the people behind it. That is all I wanted to say.",
    "There is no penalty for parking in the yard any more.",
    "We have not met for a year. A meeting would do us good.",
    "",
)


def layout_of(fact: Fact, dice: random.Random) -> Layout:
    """A document that tells `fact` plainly, in one of its ways."""
    if isinstance(fact, Contract):
        return _german_contract(fact, dice) if fact.german else _contract(fact, dice)
    if isinstance(fact, Invoice):
        return _german_invoice(fact, dice) if fact.german else _invoice(fact, dice)
    if isinstance(fact, Incident):
        return _incident(fact, dice)
    if isinstance(fact, Meeting):
        return _meeting(fact, dice)
    return _memo(fact) if isinstance(fact, Memo) else _fleet(fact)


def day_words(day: date, dice: random.Random) -> str:
    month = MONTHS[day.month - 1]
    return dice.choice(
        (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{day}")
    )


def german_day(day: date) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year}"


def money(cents: int, way: int) -> str:
    amount = f"{cents / 100:,.2f}"
    return (f"EUR {amount}", f"€{amount}", f"{amount} EUR")[way]


def german_money(cents: int) -> str:
    return f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,")) + " EUR"


def _contract(fact: Contract, dice: random.Random) -> Layout:
    title, start = f"{fact.kind.capitalize()} {fact.number}", day_words(fact.start, dice)
    way = dice.randrange(3)
    if way == 0:
        lines = [
            ("Contract number", fact.number),
            ("Supplier", fact.supplier),
            ("City", fact.city),
            ("Start date", start),
            ("Notice period", f"{fact.notice_days} days"),
            ("Yearly fee", f"EUR {fact.fee:,}"),
            ("Automatic renewal", "yes" if fact.renews else "no"),
            ("Governing law", fact.law),
        ]
        if fact.penalty:
            lines.append(("Penalty", "2 % of the fee for each week of delay"))
        return Layout(title, (Fields(tuple(lines)), Text("Changes are made in writing.")))
    if way == 1:
        renewal = "renews" if fact.renews else "does not renew"
        words = [
            f"This {fact.kind} is between Halden Works Ltd and {fact.supplier} of {fact.city}.",
            f"It starts on {start}. Either party may end it with {fact.notice_days} days' notice.",
            f"The fee is EUR {fact.fee:,} a year. The contract {renewal} automatically.",
            "A penalty of 2 % is due for each week of delay." if fact.penalty else "",
            f"It is governed by the law of {fact.law}.",
        ]
        return Layout(title, (Text(" ".join(filter(None, words))),))
    again = (
        "It is renewed automatically for another year."
        if fact.renews
        else "It is not renewed automatically."
    )
    fee = f"Halden Works pays {fact.fee:,} euros a year."
    texts = [
        f"{fact.supplier}, {fact.city}, and Halden Works Ltd agree on this {fact.kind}.",
        f"The term begins on {start}. {again}",
        f"The notice period is {fact.notice_days} days. {fee}",
        f"The governing law is that of {fact.law}.",
    ]
    if fact.penalty:
        texts.insert(3, "If the supplier is late, a penalty of 500 euros a day is due.")
    return Layout(title, tuple(map(Text, texts)))


def _german_contract(fact: Contract, dice: random.Random) -> Layout:
    title = f"{GERMAN_KINDS[fact.kind]} {fact.number}"
    start, fee = german_day(fact.start), f"{fact.fee:,}".replace(",", ".")
    if dice.random() < 0.5:
        lines = (
            ("Vertragsnummer", fact.number),
            ("Auftragnehmer", fact.supplier),
            ("Ort", fact.city),
            ("Beginn", start),
            ("Kündigungsfrist", f"{fact.notice_days} Tage"),
            ("Jährliche Vergütung", f"{fee} EUR"),
            ("Automatische Verlängerung", "ja" if fact.renews else "nein"),
        )
        return Layout(title, (Fields(lines),))
    again = "verlängert sich automatisch" if fact.renews else "verlängert sich nicht automatisch"
    words = (
        f"Zwischen der Halden Werke GmbH und {fact.supplier}, {fact.city}, wird dieser Vertrag "
        f"geschlossen. Er beginnt am {start}. Die Kündigungsfrist beträgt {fact.notice_days} Tage. "
        f"Die Vergütung beträgt {fee} EUR im Jahr. Der Vertrag {again}."
    )
    return Layout(title, (Text(words),))


def _invoice(fact: Invoice, dice: random.Random) -> Layout:
    way, title = dice.randrange(3), f"Invoice {fact.number}"
    day = day_words(fact.day, dice)
    paid = f"paid on {day_words(fact.paid, dice)}" if fact.paid else ""
    sums = (
        ("Net amount", money(fact.net, way)),
        ("VAT 20 %", money(fact.tax, way)),
        ("Total", money(fact.total, way)),
    )
    items = tuple((name, money(cents, way)) for name, cents in fact.items)
    if dice.random() < 0.6:
        head = (("Customer", fact.customer), ("City", fact.city), ("Date", day))
        status = ("Status", paid or "unpaid")
        return Layout(
            title, (Fields(head), Grid(("Item", "Amount"), items), Fields((*sums, status)))
        )
    listed = ", ".join(f"{name} for {amount}" for name, amount in items)
    said = f"This invoice was {paid}." if paid else "This invoice has not been paid."
    words = (
        f"On {day} we delivered to our customer {fact.customer} in {fact.city}: {listed}. "
        f"The net amount is {sums[0][1]}, and with VAT of {sums[1][1]} the total is {sums[2][1]}."
    )
    return Layout(title, (Text(words), Text(said)))


def _german_invoice(fact: Invoice, dice: random.Random) -> Layout:
    lines = (
        ("Kunde", fact.customer),
        ("Ort", fact.city),
        ("Datum", german_day(fact.day)),
        ("Nettobetrag", german_money(fact.net)),
        ("Mehrwertsteuer", german_money(fact.tax)),
        ("Gesamtbetrag", german_money(fact.total)),
    )
    items = tuple((name, german_money(cents)) for name, cents in fact.items)
    status = f"Bezahlt am {german_day(fact.paid)}." if fact.paid else "Noch nicht bezahlt."
    grid = Grid(("Position", "Betrag"), items)
    return Layout(
        f"Rechnung {fact.number}", (Fields(lines[:3]), grid, Fields(lines[3:]), Text(status))
    )


def _incident(fact: Incident, dice: random.Random) -> Layout:
    title, day = f"Incident report {fact.number}", day_words(fact.day, dice)
    if dice.random() < 0.4:
        lines = (
            ("Site", fact.site),
            ("Date", day),
            ("Kind of incident", fact.event),
            ("Injuries", fact.injury),
            ("Downtime", f"{fact.downtime_hours} hours"),
        )
        return Layout(title, (Fields(lines), Text("The supervisor was informed at once.")))
    hurt = {
        "none": ("Nobody was injured.", "There was no injury."),
        "minor": (
            "One worker had a minor injury.",
            "One worker had a minor injury. There was no serious injury.",
        ),
        "serious": ("One worker had a serious injury.", "A serious injury was reported."),
    }[fact.injury]
    a = "an" if fact.event[0] in "aeiou" else "a"
    words = (
        f"On {day} there was {a} {fact.event} at the {fact.site} site. {dice.choice(hurt)} "
        f"The downtime was {fact.downtime_hours} hours."
    )
    return Layout(title, (Text(words), Text("The supervisor was informed at once.")))


def _meeting(fact: Meeting, dice: random.Random) -> Layout:
    lines = (
        ("Date", day_words(fact.day, dice)),
        ("Present", ", ".join(fact.present)),
        (dice.choice(("Absent", "Apologies")), ", ".join(fact.absent)),
    )
    outcomes = (
        "It was agreed to look at this again.",
        "Nothing was decided.",
        "All were in favour.",
    )
    texts = [
        Text(f"{n}. The meeting talked about {topic}. {dice.choice(outcomes)}")
        for n, topic in enumerate(fact.topics, 1)
    ]
    return Layout(f"Minutes of meeting {fact.number}", (Fields(lines), *texts))


def _memo(fact: Memo) -> Layout:
    aside = ASIDES[int(fact.number.split("-")[1]) % len(ASIDES)]
    topic = f"One more thing: who knows about {fact.topic}?" if fact.topic else ""
    texts = [Text(words) for words in (fact.text, aside, topic, fact.sender) if words]
    return Layout("A short note", tuple(texts))


def _fleet(fact: Fleet) -> Layout:
    rows = tuple((one.plate, one.make, str(one.year), f"{one.kilometres}") for one in fact.vehicles)
    return Layout(
        f"Vehicles at {fact.site}", (Grid(("Plate", "Make", "Year", "Kilometres"), rows),)
    )
