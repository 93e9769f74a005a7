"""Sample records of reading whole: what it takes, how far it is, what is kept."""

from __future__ import annotations

from dataclasses import replace

from rag.events import ReadingsChanged, SectionsProgress, WholeProgress
from rag.records import Coverage, Mode, SavedReading, Scope, WholeDocument, WholeEstimate
from tests.app.records_for_show import ANSWER, ASKED_AT, LEASE, PHI, RULES

ONE, TWO = Scope((LEASE,)), Scope((LEASE, RULES))
REASON = "Reading all of Lease 2024 (31 pages), about 4 minutes; later questions start at once."
ESTIMATE = WholeEstimate((LEASE,), Mode.WHOLE_DOCUMENT, 41_600, 0, 241.0, REASON)
HALF = replace(ESTIMATE, tokens_saved=20_000, seconds=122.0)
READY = replace(ESTIMATE, tokens_saved=41_600, seconds=0.4, reason="It was read before.")
OF_TWO = replace(ESTIMATE, paths=(LEASE, RULES))
SECTIONS = replace(ESTIMATE, mode=Mode.SECTIONS, seconds=3000.0, reason="It is too long.")
DECLINED = replace(ESTIMATE, mode=Mode.DECLINE, seconds=None, reason="Close other programs.")
PROGRESS = WholeProgress((LEASE,), 16_500, 41_600, 45.3, 171.0)
PART = SectionsProgress(11, 340, "pp. 88–91", 3000.0)
READ = replace(
    ANSWER,
    mode=Mode.WHOLE_DOCUMENT,
    plan=REASON,
    coverage=Coverage(0, 1, 1, 0, whole=(WholeDocument(LEASE, "Lease 2024", 31, 41_600),)),
)
OFFERED = replace(ANSWER, whole=ESTIMATE, plan="Reading the best passages.")
STOPPED = replace(
    READ,
    text="",
    sentences=(),
    stopped=True,
    coverage=Coverage(0, 0, 1, 0),
    plan="What was read is kept: asking again goes on there.",
)


def reading(
    name: str, *paths: object, tokens: int = 41_600, total: int = 41_600, model: str = PHI.name
) -> SavedReading:
    """A kept reading of `paths`."""
    title = " and ".join(path.stem for path in paths)
    return SavedReading(name, paths, title, model, tokens, total, tokens * 131_072, ASKED_AT)


WHOLE = reading("a", LEASE)
PARTLY = reading("b", RULES, tokens=2_000, total=5_000)
KEPT = ReadingsChanged((WHOLE, PARTLY), 5_700_000_000, 20_000_000_000)
