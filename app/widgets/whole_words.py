"""What the window says of reading documents whole: what it costs, how far it is, what stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.models.plain_text import plain
from app.models.scope_parts import joined
from app.widgets import wording
from rag.events import SectionsProgress, WholeProgress
from rag.records import Mode, WholeEstimate

_translate = QCoreApplication.translate
_WORDS_A_TOKEN = 0.75  # of plain English; other languages have fewer
_NAME_CHARS = 40


def names(paths: Sequence[Path]) -> str:
    """Documents by their names, the first few: "Lease.pdf and Rules.docx"."""
    shown = [wording.isolated(wording.elided_name(path, _NAME_CHARS)) for path in paths]
    return joined(shown, named=2)


def cost(estimate: WholeEstimate) -> str:
    """What asking that way takes, in a few words: "4 min once, then at once"."""
    if estimate.mode is Mode.DECLINE:
        return plain(estimate.reason)
    if estimate.is_ready:
        return _translate("Whole", "read already: answers at once")
    if estimate.seconds is None:
        return _translate("Whole", "how long it takes is not known yet")
    about = wording.roughly(estimate.seconds)
    if estimate.mode is Mode.SECTIONS:
        return _translate("Whole", "about {0}, part by part").format(about)
    if estimate.tokens_saved:
        return _translate("Whole", "{0} more, then at once").format(about)
    return _translate("Whole", "{0} once, then at once").format(about)


def act(estimate: WholeEstimate) -> str:
    """What a button says that reads that way, with what it takes."""
    if estimate.mode is Mode.SECTIONS:
        words = _translate("Whole", "Read all of it in parts")
    elif len(estimate.paths) == 2:
        words = _translate("Whole", "Read both whole")
    else:
        words = (
            _translate("Whole", "Read it whole")
            if len(estimate.paths) < 2
            else _translate("Whole", "Read them whole")
        )
    takes = cost(estimate)
    if estimate.mode is Mode.SECTIONS and estimate.seconds is not None:
        takes = _translate("Whole", "about {0}").format(wording.roughly(estimate.seconds))
    return _translate("Whole", "{0} ({1})").format(words, takes)


def amount(progress: WholeProgress, words: int) -> str:
    """How far a reading is: "12,400 of 31,000 words"; `words` of the documents, 0: not known."""
    total = words or round(progress.tokens_total * _WORDS_A_TOKEN)
    share = min(1.0, progress.tokens_done / max(1, progress.tokens_total))
    done = wording.number(_rounded(total * share))
    if words:
        return _translate("Whole", "{0} of {1} words").format(done, wording.number(_rounded(total)))
    return _translate("Whole", "{0} of about {1} words").format(
        done, wording.number(_rounded(total))
    )


def pace(progress: WholeProgress, words: int) -> list[str]:
    """How fast it goes and how long it still takes; nothing of either while it rests."""
    if progress.paused or progress.waits_for:
        return []
    said: list[str] = []
    if progress.tokens_per_s:
        ratio = words / max(1, progress.tokens_total) if words else _WORDS_A_TOKEN
        rate = wording.decimal(progress.tokens_per_s * ratio)
        said.append(_translate("Whole", "{0} words/s").format(rate))
    if progress.seconds_left is not None:
        said.append(wording.time_left(progress.seconds_left))
    return said


def how_far(progress: WholeProgress, words: int) -> str:
    """All of it in a line; what it waits for instead of pace and time."""
    said = amount(progress, words)
    if progress.paused:
        return _translate("Whole", "Paused at {0}").format(said)
    if progress.waits_for:
        return f"{said} · {plain(progress.waits_for)}"
    return " · ".join([said, *pace(progress, words)])


def parts(progress: SectionsProgress) -> str:
    """How far the parts of a long document are: "Part 12 of 340 · pp. 88–91 · 50 min left"."""
    total = wording.number(progress.sections_total)
    if progress.sections_done >= progress.sections_total:
        said = [_translate("Whole", "All {0} parts read, putting them together").format(total)]
    else:
        at = wording.number(progress.sections_done + 1)
        said = [_translate("Whole", "Part {0} of {1}").format(at, total)]
        said += [plain(progress.current)] if progress.current else []
    if progress.seconds_left is not None:
        said.append(wording.time_left(progress.seconds_left))
    return " · ".join(said)


def _rounded(words: float) -> int:
    """As exact as a figure is that follows from a share of the text."""
    step = 100 if words >= 1000 else 10 if words >= 100 else 1
    return round(words / step) * step
