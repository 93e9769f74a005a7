"""Pairs of small documents that contradict each other, and pairs that only look as if they did.

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

_AGREEMENT = (
    "3.1 This Agreement commences on the Effective Date and continues for an initial term of {} "
    "months.\n3.2 Either party may terminate this Agreement for convenience by giving {} days' "
    "prior written notice to the other party.\n4. Late payments bear interest at 5% per year."
)
_KEPT = "Log files are kept for {} days. Backups are kept for 90 days."
CONFLICTS += [
    Case(
        "How much notice is needed to terminate?",
        AMOUNT,
        ("service agreement v2.docx", _AGREEMENT.format("twelve (12)", "thirty (30)")),
        ("service agreement v3.docx", _AGREEMENT.format("twenty-four (24)", "sixty (60)")),
        ("30", "60"),
    ),
    Case(
        "How long are log files kept?",
        AMOUNT,
        ("policy v1.md", _KEPT.format(30)),
        ("policy v2.md", _KEPT.format(14)),
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

NO_CONFLICTS = [
    Case(
        "What interest is charged on late payments?",
        AMOUNT,
        ("service agreement v2.docx", _AGREEMENT.format("twelve (12)", "thirty (30)")),
        ("service agreement v3.docx", _AGREEMENT.format("twenty-four (24)", "sixty (60)")),
    ),
    Case(
        "How long are backups kept?",
        AMOUNT,
        ("policy v1.md", _KEPT.format(30)),
        ("policy v2.md", _KEPT.format(14)),
    ),
    Case(
        "What was the revenue?",
        AMOUNT,
        ("annual report 2022.pdf", "Revenue was 81 million euros."),
        ("annual report 2023.pdf", "Revenue was 94 million euros."),
    ),
    Case(
        "What was the revenue of Lindgren?",
        AMOUNT,
        ("a.pdf", "In 2022 the revenue of Lindgren was 81 million euros."),
        ("b.pdf", "In 2023 the revenue of Lindgren was 94 million euros."),
    ),
    Case(
        "What were the net sales?",
        AMOUNT,
        ("2022 Q3 LDG.pdf", "Total net sales were $82,959 million."),
        ("2023 Q3 LDG.pdf", "Total net sales were $81,797 million."),
    ),
    Case(
        "What is the notice period?",
        AMOUNT,
        ("lease.pdf", "The notice period is 30 days."),
        ("gym membership.pdf", "The notice period is 60 days."),
    ),
    Case(
        "What is the notice period?",
        AMOUNT,
        ("contract v1.pdf", "The notice period is 30 days."),
        ("contract v2.pdf", "The notice period is 30 days."),
    ),
    Case(
        "What is the notice period?",
        AMOUNT,
        ("contract v1.pdf", "The notice period is 30 days."),
        ("contract v2.pdf", "During probation the notice period is 14 days."),
    ),
    Case(
        "What is the notice period?",
        AMOUNT,
        ("contract v1.pdf", "The notice period is one month."),
        ("contract v2.pdf", "The notice period is 30 days."),
    ),
    Case(
        "What is the fee?",
        AMOUNT,
        ("prices 2023.pdf", "The fee for adults is 12 euros."),
        ("prices 2024.pdf", "The fee for children is 8 euros."),
    ),
    Case(
        "What does delivery cost?",
        AMOUNT,
        ("terms v1.pdf", "Standard delivery costs 5 euros."),
        ("terms v2.pdf", "Express delivery costs 9 euros."),
    ),
    Case(
        "How much does a boat cost per hour?",
        AMOUNT,
        ("price list 2023.pdf", "Rowing boat, per hour: 12 €"),
        ("price list 2024.pdf", "Pedal boat, per hour: 15 €"),
    ),
    Case(
        "How much is the total of the invoice?",
        AMOUNT,
        ("invoice 1001.pdf", "Total of the invoice: 300 €"),
        ("invoice 1002.pdf", "Total of the invoice: 512 €"),
    ),
    Case(
        "How much is the total of the invoice?",
        AMOUNT,
        ("invoice 2024-03-01.pdf", "Total of the invoice: 300 €"),
        ("invoice 2024-04-01.pdf", "Total of the invoice: 512 €"),
    ),
    Case(
        "Wie hoch ist der Rechnungsbetrag?",
        AMOUNT,
        ("Rechnung 2024-03.pdf", "Rechnungsbetrag: 300 €"),
        ("Rechnung 2024-04.pdf", "Rechnungsbetrag: 512 €"),
    ),
    Case(
        "How many were injured in the accident?",
        AMOUNT,
        ("20080102X00002.pdf", "Total Injuries: 1 Fatal"),
        ("20080104X00020.pdf", "Total Injuries: 2 Fatal"),
    ),
    Case(
        "How high is the tower?",
        AMOUNT,
        ("guide.pdf", "The Harbour Tower is 212 metres high."),
        ("guide 2.pdf", "The Garden Tower is 87 metres high."),
    ),
    Case(
        "How high is the Harbour Tower?",
        AMOUNT,
        ("guide.pdf", "The Harbour Tower is 212 metres high."),
        ("brochure.pdf", "The Harbour Tower is about 210 metres high."),
    ),
    Case(
        "How high is the Harbour Tower?",
        AMOUNT,
        ("guide.pdf", "The Harbour Tower is 212 metres high."),
        ("brochure.pdf", "The Harbour Tower has 14 floors and weighs 7,300 tons."),
    ),
    Case(
        "How many people lived in Lindgren?",
        AMOUNT,
        ("a.txt", "In 1990 Lindgren had 4,200 inhabitants."),
        ("b.txt", "In 2010 Lindgren had 5,100 inhabitants."),
    ),
    Case(
        "When did the board meet?",
        DATE,
        ("minutes-2024-03-05.txt", "Meeting of the board on 5 March 2024"),
        ("invitation.txt", "Meeting of the board on 7 May 2024"),
    ),
    Case(
        "When was the bridge opened?",
        DATE,
        ("a.txt", "The Lindgren Bridge was opened in 1931."),
        ("b.txt", "The Lindgren Bridge was rebuilt in 1964."),
    ),
    Case(
        "When was the bridge opened?",
        DATE,
        ("a.txt", "The Lindgren Bridge was opened in 1931."),
        ("b.txt", "The Lindgren Bridge was opened on 3 May 1931."),
    ),
    Case(
        "When was Ana Duarte born?",
        DATE,
        ("a.txt", "Ana Duarte was born in 1931."),
        ("b.txt", "Ana Duarte died in 1987."),
    ),
    Case(
        "When was Duarte born?",
        DATE,
        ("a.txt", "Ana Duarte was born in 1931."),
        ("b.txt", "Rui Duarte was born in 1958."),
    ),
    Case(
        "Are pets allowed?",
        ANYTHING,
        ("house rules v1.pdf", "Pets are allowed in the flat."),
        ("house rules v2.pdf", "Bicycles are not allowed in the flat."),
    ),
    Case(
        "Are pets allowed?",
        ANYTHING,
        ("house rules v1.pdf", "Pets are allowed in the flat."),
        ("house rules v2.pdf", "Pets are allowed in the flat, but not in the lift."),
    ),
    Case(
        "Are pets allowed?",
        ANYTHING,
        ("house rules.pdf", "Pets are allowed in the flat."),
        ("hotel terms.pdf", "Pets are not allowed in the rooms."),
    ),
    Case(
        "Is smoking allowed?",
        ANYTHING,
        ("house rules v1.pdf", "Smoking is not allowed in the hall."),
        ("house rules v2.pdf", "Smoking is forbidden in the hall."),
    ),
    Case(
        "Is smoking allowed?",
        ANYTHING,
        ("house rules v1.pdf", "Smoking is allowed on the balcony."),
        ("house rules v2.pdf", "Smoking is not allowed in the hall."),
    ),
    Case(
        "Who is the contact person?",
        NAME,
        ("handbook v4.pdf", "Contact person for parking: Maria Lopez"),
        ("handbook v5.pdf", "Contact person for travel: Peter Kern"),
    ),
    Case(
        "Who is the contact person?",
        NAME,
        ("offer Kern.pdf", "Contact person: Peter Kern"),
        ("offer Lopez.pdf", "Contact person: Maria Lopez"),
    ),
    Case(
        "Who is the contact person?",
        NAME,
        ("handbook v4.pdf", "Contact person: Maria Lopez"),
        ("handbook v5.pdf", "Contact person: M. Lopez"),
    ),
    Case(
        "What is the notice period?",
        AMOUNT,
        ("contract v1.pdf", "The notice period is 30 days. The trial period is 14 days."),
        ("contract v2.pdf", "The notice period is 30 days. The trial period is 14 days."),
    ),
    Case(
        "What is the deposit?",
        AMOUNT,
        ("lease v1.pdf", "The deposit is 1,200 euros."),
        ("lease v2.pdf", "The deposit was raised from 1,200 euros to 1,800 euros."),
    ),
    Case(
        "What is the deposit?",
        AMOUNT,
        ("lease Kern.pdf", "The deposit is 1,200 euros."),
        ("lease Lopez.pdf", "The deposit is 1,800 euros."),
    ),
    Case(
        "What is the colour of the door?",
        ANYTHING,
        ("house v1.pdf", "The door is 2.1 metres high."),
        ("house v2.pdf", "The door is 1.9 metres wide."),
    ),
    Case(
        "What is the rent?",
        AMOUNT,
        ("lease v1.pdf", "The notice period is 30 days. Rent is 900 euros."),
        ("lease v2.pdf", "The notice period is 60 days. Rent is 900 euros."),
    ),
    Case(
        "What share of the vote did the party win?",
        AMOUNT,
        ("a.txt", "The Farmers Party won 12 % of the vote in 2008."),
        ("b.txt", "The Farmers Party won 9 % of the vote in 2012."),
    ),
    Case(
        "How much oil does Lindgren export?",
        AMOUNT,
        ("a.txt", "Lindgren exports 3 million barrels of oil a day."),
        ("b.txt", "Lindgren exports 40 % of its oil."),
    ),
    Case(
        "How many goals did Solberg score?",
        AMOUNT,
        ("a.txt", "Solberg scored 12 goals for Rovers."),
        ("b.txt", "Solberg scored 31 goals for Wanderers."),
    ),
    Case(
        "Wie lang ist die Kündigungsfrist?",
        AMOUNT,
        ("Mietvertrag.pdf", "Die Kündigungsfrist beträgt drei Monate."),
        ("Handyvertrag.pdf", "Die Kündigungsfrist beträgt einen Monat."),
    ),
    Case(
        "Wie lang ist die Kündigungsfrist?",
        AMOUNT,
        ("Arbeitsvertrag v1.pdf", "Die Kündigungsfrist beträgt drei Monate."),
        ("Arbeitsvertrag v2.pdf", "In der Probezeit beträgt die Kündigungsfrist zwei Wochen."),
    ),
    Case(
        "Wie hoch war der Umsatz?",
        AMOUNT,
        ("Geschäftsbericht 2022.pdf", "Der Umsatz betrug 81 Mio. Euro."),
        ("Geschäftsbericht 2023.pdf", "Der Umsatz betrug 94 Mio. Euro."),
    ),
    Case(
        "What is the temperature limit?",
        AMOUNT,
        ("manual v1.pdf", "The temperature limit is 80 °C."),
        ("manual v2.pdf", "The temperature limit is 80 degrees celsius."),
    ),
    Case(
        "How many copies were sold?",
        AMOUNT,
        ("a.txt", "The first album of Lindgren sold 20,000 copies."),
        ("b.txt", "The second album of Lindgren sold 70,000 copies."),
    ),
    Case(
        "When does the shop open?",
        AMOUNT,
        ("flyer 2023.pdf", "On weekdays the shop opens at 8 o'clock."),
        ("flyer 2024.pdf", "On Sundays the shop opens at 11 o'clock."),
    ),
]
