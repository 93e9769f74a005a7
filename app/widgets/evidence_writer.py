"""Writes the passages that were found, as cards with the question's words marked, and why."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextOption

from app import theme
from app.models.scope_parts import joined
from app.theme import Text
from app.widgets import wording
from app.widgets.document_pen import BAR, SAID, Pen, block_format, card_of, char_format, linked
from app.widgets.snippets import snippet
from app.widgets.turn_shown import TurnShown
from rag.records import Hit, Likely

_NAMED_WORDS = 3
_STRONG, _FAIR, _WEAK = 0.6, 0.3, 0.02  # the least share that has the name
_CLOSE = 0.45  # the least cosine of a meaning that is called close
_NO_BREAK = "\u00a0"
_LABEL_WIDTH = 96  # px, before the text's scale
_BAR_WIDTH = 120


class EvidenceWriter(QObject):
    """Writes cards; each has a link that unfolds why its passage was found."""

    def write(self, pen: Pen, turn: TurnShown, hits: Sequence[Hit], first_card: int) -> None:
        """Write the first passages of `turn`, from the card `first_card` on."""
        for index, hit in enumerate(hits):
            card = card_of(turn.key, first_card + index)
            self._head(pen, turn, index, card)
            answers = () if turn.declined else _answers_in(hit, turn.likely)
            self._snippet(pen, hit, card, answers, below=4 if index in turn.why_open else 28)
            if index in turn.why_open:
                self._why(pen, turn, hit, card)

    def _head(self, pen: Pen, turn: TurnShown, index: int, card: int) -> None:
        look, hit = theme.current(), turn.hits[index]
        pen.block(block_format(above=18, below=2, side=12), card)
        name = char_format(Text.SECONDARY, look.text, QFont.Weight.DemiBold)
        pen.text(wording.source(hit.path, hit.place), linked(name, f"{turn.key}/hit/{index}"))
        if turn.has_changed(hit):
            words = self.tr("changed since").replace(" ", _NO_BREAK)
            pen.text(f" · {words}", char_format(Text.SMALL, look.warning))
        small = char_format(Text.SMALL, look.accent)
        pen.text("\u2003", small)
        # Its length stays, so that the keyboard's focus stays on it when it is pressed.
        words = self.tr("Why this passage?").replace(" ", _NO_BREAK)
        sign = "▴" if index in turn.why_open else "▾"
        pen.text(f"{words}{_NO_BREAK}{sign}", linked(small, f"{turn.key}/why/{index}"))

    def _snippet(
        self, pen: Pen, hit: Hit, card: int, answers: Sequence[tuple[int, int]], below: int
    ) -> None:
        look = theme.current()
        plain = char_format(Text.SECONDARY, look.secondary)
        pen.block(block_format(below=below, side=12), card)
        part = snippet(hit.text, hit.matches, answers=answers)
        spans = (*part.marks, *part.answers)
        borders = {0, len(part.text), *(at for span in spans for at in span)}
        pen.text("“", plain)
        for start, end in itertools.pairwise(sorted(borders)):
            made = plain
            asked = any(a <= start < b for a, b in part.marks)
            likely = any(a <= start < b for a, b in part.answers)
            if asked or likely:
                weight = QFont.Weight.DemiBold if likely else QFont.Weight.Normal
                made = char_format(Text.SECONDARY, look.text, weight)
            if asked:
                made.setBackground(look.mark)
            if likely:
                made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                made.setUnderlineColor(look.accent)
            pen.text(part.text[start:end], made)
        pen.text("”", plain)

    # ------------------------------------------------------------ why

    def _why(self, pen: Pen, turn: TurnShown, hit: Hit, card: int) -> None:
        look = theme.current()
        pen.block(block_format(below=6, side=12), card)
        pen.text(self.reason(hit), char_format(Text.SMALL, look.text))
        bars = self._bars(turn.hits, hit)
        for row, (name, share, tip) in enumerate(bars):
            self._bar(pen, card, name, share, tip, below=26 if row == len(bars) - 1 else 2)

    def reason(self, hit: Hit) -> str:
        """Why `hit` was found, in a sentence."""
        words = list(dict.fromkeys(hit.text[start:end].casefold() for start, end in hit.matches))
        close = hit.dense >= _CLOSE
        if not words and hit.lexical <= 0:
            if close:
                return self.tr(
                    "None of your words are in it, but it means something close to them."
                )
            return self.tr("It is the nearest that was found, though it has none of your words.")
        named = joined([f"“{word}”" for word in words], _NAMED_WORDS)
        if not words:  # an answer of an earlier version, which did not keep where they stand
            named = self.tr("some of your words")
        if close:
            return self.tr("It has {0}, and what it says is close to your question.").format(named)
        return self.tr("It has {0}; what it says as a whole is further away.").format(named)

    def _bars(self, hits: Sequence[Hit], hit: Hit) -> list[tuple[str, float, str]]:
        """Name, share 0..1 and tooltip of the parts of a passage's score."""
        locale = QLocale()
        most = max((other.lexical for other in hits), default=0.0)
        bars = [
            (
                self.tr("Meaning"),
                hit.dense,
                self.tr("How close its meaning is to the question’s: {0} of 1").format(
                    locale.toString(float(hit.dense), "f", 2)
                ),
            ),
            (
                self.tr("Words"),
                hit.lexical / most if most else 0.0,
                self.tr("What its words weigh: {0}, the most of these passages is {1}").format(
                    locale.toString(float(hit.lexical), "f", 1),
                    locale.toString(float(most), "f", 1),
                ),
            ),
        ]
        if any(other.rerank for other in hits):
            tip = self.tr("What a second, closer look at the best passages gave it: {0} of 1")
            bars.append(
                (
                    self.tr("Closer look"),
                    hit.rerank,
                    tip.format(locale.toString(float(hit.rerank), "f", 2)),
                )
            )
        return [(name, min(1.0, max(0.0, share)), tip) for name, share, tip in bars]

    def _bar(self, pen: Pen, card: int, name: str, share: float, tip: str, below: int) -> None:
        look = theme.current()
        made = block_format(below=below, side=12)
        label, bar = theme.px(_LABEL_WIDTH), theme.px(_BAR_WIDTH)
        left = QTextOption.TabType.LeftTab
        made.setTabPositions([QTextOption.Tab(float(label), left)])
        pen.block(made, card)
        plain = char_format(Text.SMALL, look.secondary)
        pen.text(f"{name}\t", plain)
        pen.text(_NO_BREAK, self._bar_format(share, bar, tip))
        pen.text(f"{_NO_BREAK}{_NO_BREAK}{self._strength(share)}", plain)

    def _bar_format(self, share: float, width: int, tip: str) -> QTextCharFormat:
        made = char_format(Text.SMALL, theme.current().text)
        made.setProperty(BAR, share)
        made.setProperty(SAID, "")
        made.setToolTip(tip)
        blank = QFontMetricsF(made.font()).horizontalAdvance(_NO_BREAK)
        made.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        made.setFontLetterSpacing(width - blank)
        return made

    def _strength(self, share: float) -> str:
        if share >= _STRONG:
            return self.tr("strong")
        if share >= _FAIR:
            return self.tr("fair")
        return self.tr("weak") if share >= _WEAK else self.tr("none")


def _answers_in(hit: Hit, likely: Likely | None) -> Sequence[tuple[int, int]]:
    """Where in a passage words stand that seem to answer the question.

    Those that are shown as likely are told alone, so that the passage is shown where they stand.
    """
    if likely is not None and likely.citation.document_id == hit.document_id:
        start, end = likely.citation.start - hit.start, likely.citation.end - hit.start
        if 0 <= start < end <= len(hit.text):
            return ((start, end),)
    return hit.likely
