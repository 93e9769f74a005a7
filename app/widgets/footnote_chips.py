"""Writes the small marks that stand in an answer's text: footnotes, and what has none."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat

from app import theme
from app.theme import Text
from app.widgets.document_pen import CHIP, SAID, ChipKind, Pen, char_format, linked
from app.widgets.snippets import quoted
from app.widgets.wording import source
from rag.records import Citation

FIRST_GAP = 3  # px; a footnote belongs to the words before it
CHIP_GAP = 5
LAST_GAP = 3  # the blank before the next sentence comes on top
_TIP_CHARS = 240
_NO_BREAK = "\u00a0"


def write_gap(pen: Pen, width: float) -> None:
    """Room of `width` px, before the scale; a chip takes one of them on each side of it."""
    gap = char_format(Text.MARK, theme.current().text)
    gap.setProperty(SAID, "")
    blank = QFontMetricsF(gap.font()).horizontalAdvance(_NO_BREAK)
    gap.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    gap.setFontLetterSpacing(width * theme.scale() - blank)
    pen.text(_NO_BREAK, gap)


def write_footnote(pen: Pen, citation: Citation, href: str, *, later: bool = False) -> None:
    """The number of a footnote as a link; `later` says that a second look found it."""
    tip = f"{source(citation.path, citation.place)}\n{quoted(citation.quote, _TIP_CHARS)}"
    if later:
        words = QCoreApplication.translate("FootnoteChips", "Found on a second look")
        tip = f"{tip}\n{words}"
    made = char_format(Text.MARK, theme.current().accent, QFont.Weight.Bold)
    made.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    made.setFontLetterSpacing(theme.scale())
    number = str(citation.number)
    _write(pen, linked(made, href, tip), ChipKind.FOOTNOTE, number, f"[{number}]")


def write_word(pen: Pen, kind: ChipKind, words: str, tip: str = "") -> None:
    """A mark that says something, as “not found in your files”."""
    look = theme.current()
    color = {
        ChipKind.NOT_FOUND: look.not_found,
        ChipKind.PARTLY: look.warning,
        ChipKind.OWN: look.warning,
        ChipKind.COMPUTED: look.secondary,
    }[kind]
    made = char_format(Text.MARK, color, QFont.Weight.DemiBold)
    if tip:
        made.setToolTip(tip)
    _write(pen, made, kind, words, f" [{words}]")


def _write(pen: Pen, made: QTextCharFormat, kind: ChipKind, words: str, said: str) -> None:
    made.setProperty(CHIP, int(kind))
    made.setProperty(SAID, said)
    pen.text(f"{_NO_BREAK}{words.replace(' ', _NO_BREAK)}{_NO_BREAK}", made)
