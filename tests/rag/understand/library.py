"""A small library of files as people name them, for the questions that name some."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rag.records import Scope
from rag.understand import LibraryNames, Understood, understand

ROOT = Path("library").resolve()
TODAY = date(2026, 11, 22)
TITLES = {
    "Contracts/Lease 2024.pdf": "Residential lease",
    "Contracts/Mietvertrag Hafenstraße.pdf": "Mietvertrag",
    "Contracts/Nordwind supply contract.docx": "Supply contract",
    "Contracts/Helios_service_agreement_v2.pdf": "Microsoft Word - Document1",
    "Reports/Annual report 2023.pdf": "Annual report",
    "Reports/Annual report 2024.pdf": "Annual report",
    "Reports/2022 Q3 AAPL.pdf": "10-Q",
    "Reports/2022 Q3 MSFT.pdf": "10-Q",
    "Reports/rapport_annuel_2023.pdf": "Rapport annuel",
    "Letters/Letter to Bergmann.docx": "Letter",
    "Letters/Brief an Weber.docx": "",
    "Wiki/French_and_Indian_War.md": "French and Indian War",
    "Wiki/Scottish_Parliament.md": "Scottish Parliament",
    "Wiki/Germany.txt": "Germany",
    "Finance 2023/budget.xlsx": "budget",
    "HR/Parental leave policy.pdf": "Policy",
    "mail/offer.eml": "Offer",
    "Employee handbook.pdf": "Handbook",
    "notes.md": "Notes",
    "20080102X00002.pdf": "Factual report",
    "租约.pdf": "租约",
}
LIBRARY = LibraryNames([(ROOT / name, title) for name, title in TITLES.items()], [ROOT])


def read(
    question: str,
    *history: tuple[str, str],
    asked: Scope = Scope(),
    library: LibraryNames = LIBRARY,
) -> Understood:
    """`question` as it is understood in the library above, on a day of 2026."""
    return understand(question, history, asked, library, TODAY)


def paths(*names: str) -> tuple[Path, ...]:
    """The files or folders of the library with these names."""
    return tuple(ROOT / name for name in names)
