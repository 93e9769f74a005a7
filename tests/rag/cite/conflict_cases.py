"""Pairs of small documents that contradict each other.

Each case: a question, what kind of value it asks for, two files with what each says, and the words
in which they differ.
"""

from __future__ import annotations

from typing import NamedTuple

from rag.cite.conflicts import Asks

AMOUNT, DATE, NAME, ANYTHING = Asks.AMOUNT, Asks.DATE, Asks.NAME, Asks.ANYTHING


class Case(NamedTuple):
    """A question and what two files say on it."""

    question: str
    asks: Asks
    one: tuple[str, str]  # the file's name and its text
    other: tuple[str, str]
    values: tuple[str, str] = ("", "")


CONFLICTS = [
    Case(
        "What is the notice period?",
        AMOUNT,
        ("lease_v2.pdf", "The notice period is 30 days. Rent is due on the first of the month."),
        ("lease_v3.pdf", "The notice period is 60 days. Rent is due on the first of the month."),
        ("30 days", "60 days"),
    ),
    Case(
        "How long is the notice period?",
        AMOUNT,
        ("contract v1.docx", "Either party may terminate this agreement with 30 days' notice."),
        ("contract v2.docx", "Either party may terminate the agreement with three months notice."),
        ("30 days", "three months"),
    ),
    Case(
        "How much is the deposit?",
        AMOUNT,
        ("lease draft.docx", "The tenant pays a deposit of 1,200 euros before moving in."),
        ("lease final.docx", "The tenant pays a deposit of 1,800 euros before moving in."),
        ("1,200 euros", "1,800 euros"),
    ),
    Case(
        "How much does a rowing boat cost per hour?",
        AMOUNT,
        ("price list 2023.pdf", "Rowing boat, per hour: 12 €\nPedal boat, per hour: 15 €"),
        ("price list 2024.pdf", "Rowing boat, per hour: 14 €\nPedal boat, per hour: 15 €"),
        ("12 €", "14 €"),
    ),
    Case(
        "What does the season ticket cost?",
        AMOUNT,
        ("prices-2023-04.md", "The season ticket costs $95."),
        ("prices-2024-04.md", "The season ticket costs $110."),
        ("$95", "$110"),
    ),
    Case(
        "When is the summer party?",
        DATE,
        (
            "minutes-2024-03-05.txt",
            "The summer party of the Lindgren Club takes place on 14 June 2024.",
        ),
        (
            "minutes-2024-05-07.txt",
            "The summer party of the Lindgren Club takes place on 21 June 2024.",
        ),
        ("14 June 2024", "21 June 2024"),
    ),
    Case(
        "When does the contract end?",
        DATE,
        ("service agreement v1.pdf", "The contract ends on 31 March 2025."),
        ("service agreement v2.pdf", "The contract ends on 30 September 2025."),
        ("31 March 2025", "30 September 2025"),
    ),
    Case(
        "How high is the Harbour Tower?",
        AMOUNT,
        ("guide.pdf", "The Harbour Tower is 212 metres high."),
        ("brochure.pdf", "With its terrace, the Harbour Tower is 221 metres high."),
        ("212 metres", "221 metres"),
    ),
    Case(
        "How many rooms does the Hotel Miramar have?",
        AMOUNT,
        ("offer.docx", "The Hotel Miramar has 84 rooms."),
        ("website.html", "The Hotel Miramar has 96 rooms."),
        ("84", "96"),
    ),
    Case(
        "When was the Lindgren Bridge opened?",
        DATE,
        ("history.txt", "The Lindgren Bridge was opened in 1931."),
        ("plaque.txt", "The Lindgren Bridge was opened in 1934."),
        ("1931", "1934"),
    ),
    Case(
        "Are pets allowed?",
        ANYTHING,
        ("house rules v1.pdf", "Pets are allowed in the flat."),
        ("house rules v2.pdf", "Pets are not allowed in the flat."),
        ("allowed", "not allowed"),
    ),
    Case(
        "Is subletting permitted?",
        ANYTHING,
        ("lease_2021.docx", "Subletting the flat is allowed."),
        ("lease_2023.docx", "Subletting the flat is forbidden."),
        ("allowed", "forbidden"),
    ),
    Case(
        "Who is the contact person?",
        NAME,
        ("handbook v4.pdf", "Contact person: Maria Lopez"),
        ("handbook v5.pdf", "Contact person: Peter Kern"),
        ("Maria Lopez", "Peter Kern"),
    ),
    Case(
        "Who is the chairman of the club?",
        NAME,
        ("statutes 2020.docx", "The chairman of the club is Henrik Solberg."),
        ("statutes 2024.docx", "The chairman of the club is Anna Weiss."),
        ("Henrik Solberg", "Anna Weiss"),
    ),
    Case(
        "What discount do members get?",
        AMOUNT,
        ("terms v1.txt", "Members get a discount of 10 % on all courses."),
        ("terms v2.txt", "Members get a discount of 15 % on all courses."),
        ("10 %", "15 %"),
    ),
    Case(
        "How many days of vacation do employees have?",
        AMOUNT,
        ("handbook_2022.pdf", "Employees have 26 days of vacation."),
        ("handbook_2023.pdf", "Employees have 28 days of vacation."),
        ("26 days", "28 days"),
    ),
    Case(
        "What is the speed limit on the premises?",
        AMOUNT,
        ("rules rev 2.pdf", "The speed limit on the premises is 20 km/h."),
        ("rules rev 3.pdf", "The speed limit on the premises is 10 km/h."),
        ("20 km", "10 km"),
    ),
    Case(
        "Wie lang ist die Kündigungsfrist?",
        AMOUNT,
        ("Mietvertrag_v1.pdf", "Die Kündigungsfrist beträgt drei Monate."),
        ("Mietvertrag_v2.pdf", "Die Kündigungsfrist beträgt sechs Monate."),
        ("drei Monate", "sechs Monate"),
    ),
    Case(
        "Wie hoch ist die Kaution?",
        AMOUNT,
        ("Mietvertrag Entwurf.docx", "Die Kaution beträgt 1.500 Euro."),
        ("Mietvertrag.docx", "Die Kaution beträgt 2.000 Euro."),
        ("1.500 Euro", "2.000 Euro"),
    ),
    Case(
        "Wann findet die Hauptversammlung statt?",
        DATE,
        ("Einladung Fassung 1.pdf", "Die Hauptversammlung findet am 12. Mai 2024 statt."),
        ("Einladung Fassung 2.pdf", "Die Hauptversammlung findet am 26. Mai 2024 statt."),
        ("12. Mai 2024", "26. Mai 2024"),
    ),
    Case(
        "Was kostet die Jahreskarte?",
        AMOUNT,
        ("Preisliste 2023.pdf", "Jahreskarte: 80 €\nTageskarte: 6 €"),
        ("Preisliste 2024.pdf", "Jahreskarte: 90 €\nTageskarte: 6 €"),
        ("80 €", "90 €"),
    ),
    Case(
        "Ist Rauchen erlaubt?",
        ANYTHING,
        ("Hausordnung 2019.pdf", "Rauchen ist auf dem Balkon erlaubt."),
        ("Hausordnung 2022.pdf", "Rauchen ist auf dem Balkon nicht erlaubt."),
        ("erlaubt", "nicht erlaubt"),
    ),
    Case(
        "Quel est le délai de préavis ?",
        AMOUNT,
        ("contrat v1.pdf", "Le délai de préavis est de 30 jours."),
        ("contrat v2.pdf", "Le délai de préavis est de 60 jours."),
        ("30 jours", "60 jours"),
    ),
    Case(
        "¿Cuánto es la fianza?",
        AMOUNT,
        ("contrato v1.pdf", "La fianza es de 900 euros."),
        ("contrato v2.pdf", "La fianza es de 1.200 euros."),
        ("900 euros", "1.200 euros"),
    ),
    Case(
        "How long does the warranty last?",
        AMOUNT,
        (
            "manual.pdf",
            "The warranty for the pump lasts 24 months from delivery.\n\nCleaning takes an hour.",
        ),
        (
            "manual (1).pdf",
            "The warranty for the pump lasts 36 months from delivery.\n\nCleaning takes an hour.",
        ),
        ("24 months", "36 months"),
    ),
    Case(
        "What is the maximum load of the crane K-200?",
        AMOUNT,
        ("datasheet.pdf", "The crane K-200 has a maximum load of 12 tons."),
        ("operating manual.pdf", "The maximum load of the crane K-200 is 10 tons."),
        ("12 tons", "10 tons"),
    ),
    Case(
        "How many members does the Lindgren Club have?",
        AMOUNT,
        ("letter.txt", "The Lindgren Club has 214 members."),
        ("leaflet.txt", "The Lindgren Club has 230 members today."),
        ("214", "230"),
    ),
    Case(
        "What is the interest rate of the loan?",
        AMOUNT,
        ("loan agreement v1.pdf", "The interest rate of the loan is 3.5% per year."),
        ("loan agreement v2.pdf", "The interest rate of the loan is 4.25% per year."),
        ("3.5%", "4.25%"),
    ),
]

AGREEMENT = (
    "3.1 This Agreement commences on the Effective Date and continues for an initial term of {} "
    "months.\n3.2 Either party may terminate this Agreement for convenience by giving {} days' "
    "prior written notice to the other party.\n4. Late payments bear interest at 5% per year."
)
KEPT = "Log files are kept for {} days. Backups are kept for 90 days."
CONFLICTS += [
    Case(
        "How much notice is needed to terminate?",
        AMOUNT,
        ("service agreement v2.docx", AGREEMENT.format("twelve (12)", "thirty (30)")),
        ("service agreement v3.docx", AGREEMENT.format("twenty-four (24)", "sixty (60)")),
        ("30", "60"),
    ),
    Case(
        "How long are log files kept?",
        AMOUNT,
        ("policy v1.md", KEPT.format(30)),
        ("policy v2.md", KEPT.format(14)),
        ("30 days", "14 days"),
    ),
    Case(
        "押金是多少？",
        AMOUNT,
        ("合同 v1.pdf", "押金为1200元。租金每月900元。"),
        ("合同 v2.pdf", "押金为1800元。租金每月900元。"),
        ("1200", "1800"),
    ),
]
