"""Writes what stands below an answer: what it read, what can be done with it, and what failed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QFont, QFontDatabase, QTextBlockFormat, QTextCharFormat

from app import theme
from app.models.plain_text import plain as shown
from app.models.scope_parts import joined, scope_words
from app.theme import Text
from app.widgets import whole_words, wording
from app.widgets.document_pen import (
    Card,
    CardKind,
    Pen,
    block_format,
    card_of,
    char_format,
    linked,
)
from app.widgets.turn_shown import READ_WHOLE, TurnShown
from rag.records import Coverage, Mode

_FIXED = QFontDatabase.SystemFont.FixedFont
_NO_BREAK = "\u00a0"
_NAMED = 3  # documents that were read whole; further ones are counted


class FooterWriter(QObject):
    """Writes small calm lines, and a card where something went wrong."""

    def write(self, pen: Pen, turn: TurnShown) -> None:
        """Write all of it; nothing while the answer is in work."""
        if turn.failure is not None:
            self._failure(pen, turn)
        if turn.answer is None:
            return
        plain = char_format(Text.SMALL, theme.current().secondary)
        own = turn.mode is Mode.OWN_KNOWLEDGE
        above = 30 if own else 10
        if turn.answer.plan and not own:
            pen.block(block_format(above=above, below=2, line=19))
            pen.text(shown(turn.answer.plan), plain)
            above = 0
        pen.block(block_format(above=above, below=4, line=19))
        stopped = self.tr("Stopped") if turn.answer.stopped else ""
        if turn.declined:
            pen.text(f"{stopped} · " if stopped else "", plain)
            tip = self.coverage_tip(turn)
            made = char_format(Text.SMALL, theme.current().secondary)
            made.setToolTip(tip)
            pen.text(self.coverage_words(turn), made)
            self._own_knowledge_button(pen, turn)
            pen.block(block_format(below=8, line=19))
            self._actions(pen, turn, plain)
            return
        said = self.coverage_words(turn)
        if stopped:
            pen.text(f"{stopped} · " if said else stopped, plain)
        if turn.hits and said:
            hint = self.tr("Show the passages it read")
            if turn.mode in READ_WHOLE:
                hint = self.tr("Show the passages it draws on")
            tip = "\n".join(filter(None, (self.coverage_tip(turn), hint)))
            pen.text(said, linked(plain, f"{turn.key}/passages", tip))
        else:
            pen.text(said, plain)
        pen.text(f" · {wording.duration(turn.answer.seconds)}", plain)
        self._whole_button(pen, turn)
        pen.block(block_format(below=8, line=19))
        self._actions(pen, turn, plain)

    # ------------------------------------------------------------ what was read

    def coverage_words(self, turn: TurnShown) -> str:
        """What an answer read, of what, and what it did not read."""
        coverage = turn.coverage
        if turn.mode is Mode.OWN_KNOWLEDGE or coverage is None:
            return self.tr("Read nothing from your files")
        if turn.mode in READ_WHOLE:
            whole = self._whole(turn, coverage)
            return " · ".join(filter(None, [whole, *self._missing(turn, coverage)]))
        files = self._files(turn, coverage)
        all_passages = coverage.passages_in_scope
        if turn.declined and all_passages > coverage.passages:
            said = self.tr("Looked at the {0} best of {1} in {2}").format(
                wording.number(coverage.passages), wording.passages(all_passages), files
            )
        elif turn.declined:
            said = self.tr("Looked at {0} in {1}").format(
                wording.passages(coverage.passages), files
            )
        elif turn.mode is Mode.EXHAUSTIVE:
            said = self.tr("Went through {0} in {1}").format(
                self._share(coverage), self._files(turn, coverage)
            )
        elif all_passages > coverage.passages:
            said = self.tr("Read the {0} best of {1}, from {2} of {3}").format(
                wording.number(coverage.passages),
                wording.passages(all_passages),
                wording.number(coverage.files),
                files,
            )
        else:
            said = self.tr("Read {0} from {1} of {2}").format(
                wording.passages(coverage.passages), wording.number(coverage.files), files
            )
        return " · ".join([said, *self._missing(turn, coverage)])

    def coverage_tip(self, turn: TurnShown) -> str:
        """The same in detail, line by line."""
        coverage, answer = turn.coverage, turn.answer
        if coverage is None or answer is None:
            return ""
        lines = [self.tr("Asked of {0}").format(scope_words(turn.scope))]
        if coverage.passages_in_scope:
            lines.append(
                self.tr("{0} in {1} could be read").format(
                    wording.passages(coverage.passages_in_scope),
                    wording.files(max(0, coverage.files_in_scope - coverage.files_unread)),
                )
            )
        lines += self._missing(turn, coverage)
        stats, locale = answer.stats, QLocale()
        if stats is not None:
            seconds = self.tr("{0} s")
            lines.append(
                self.tr("Found in {0}, first word after {1}").format(
                    seconds.format(locale.toString(stats.retrieval_s, "f", 1)),
                    seconds.format(locale.toString(stats.first_token_s, "f", 1)),
                )
            )
        if answer.model:
            lines.append(self.tr("Written by {0}").format(answer.model))
        return "\n".join(lines)

    def _whole(self, turn: TurnShown, coverage: Coverage) -> str:
        """Which documents were read to their end, or that what was read of them is kept."""
        if not coverage.whole:  # where it was stopped before, the plan's sentence says so
            kept = self.tr("What was read is kept: next time it goes on from here")
            return "" if turn.answer is not None and turn.answer.plan else kept
        names: list[str] = []
        for document in coverage.whole[:_NAMED]:
            name = wording.isolated(shown(document.title or document.path.name))
            if document.pages is not None:
                pages = wording.pages(document.pages)
                name = self.tr("{0} ({1})").format(name, pages)
            names.append(name)
        if further := len(coverage.whole) - len(names):
            names.append(self.tr("{0} others").format(wording.number(further)))
        said = self.tr("Read all of {0}").format(joined(names, _NAMED + 1))
        return self.tr("{0}, part by part").format(said) if turn.mode is Mode.SECTIONS else said

    def _share(self, coverage: Coverage) -> str:
        if coverage.passages < coverage.passages_in_scope:
            return self.tr("{0} of {1}").format(
                wording.number(coverage.passages), wording.passages(coverage.passages_in_scope)
            )
        return self.tr("all {0}").format(wording.passages(coverage.passages))

    def _files(self, turn: TurnShown, coverage: Coverage) -> str:
        files = wording.files(coverage.files_in_scope)
        if turn.scope.limits_files:
            return self.tr("{0} in scope ({1})").format(files, scope_words(turn.scope))
        return files

    def _missing(self, turn: TurnShown, coverage: Coverage) -> list[str]:
        missing: list[str] = []
        if coverage.files_unread:
            missing.append(self.tr("{0} not read yet").format(wording.files(coverage.files_unread)))
        if coverage.passages_left_out:
            for_room = self.tr("{0} left out for lack of room")
            words = self.tr("{0} not read") if turn.mode in READ_WHOLE else for_room
            missing.append(words.format(wording.passages(coverage.passages_left_out)))
        return missing

    # ------------------------------------------------------------ what can be done

    def _actions(self, pen: Pen, turn: TurnShown, plain: QTextCharFormat) -> None:
        actions: list[tuple[str, str, str]] = []
        if not turn.declined:
            actions.append(("copy", self.tr("Copy"), self.tr("Copy with all footnotes")))
        if turn.turn_id:
            tip = self.tr("Write this answer to a file, with its footnotes")
            actions.append(("export", self.tr("Export ▾"), tip))
        actions += [
            ("again", self.tr("Ask again"), ""),
            ("edit", self.tr("Edit question"), self.tr("Change the question and ask it anew")),
        ]
        self._links(pen, turn, actions, plain)
        if turn.turn_id:
            self._rating(pen, turn, plain)

    def _links(
        self,
        pen: Pen,
        turn: TurnShown,
        actions: Sequence[tuple[str, str, str]],
        plain: QTextCharFormat,
    ) -> None:
        for index, (action, words, tip) in enumerate(actions):
            if index:
                pen.text("\u2003", plain)
            said = self.tr("Copied") if action == turn.copied else words
            made = linked(plain, f"{turn.key}/{action}", tip)
            pen.text(said.replace(" ", _NO_BREAK), made)

    def _rating(self, pen: Pen, turn: TurnShown, plain: QTextCharFormat) -> None:
        pen.text("\u2003" + self.tr("Helpful?").replace(" ", _NO_BREAK), plain)
        kept = self.tr("Kept on this computer alone; press again to take it back")
        for rating, words in ((1, self.tr("Yes")), (-1, self.tr("No"))):
            made, sign = QTextCharFormat(plain), ""
            if turn.rating == rating:
                sign = f"✓\ufe0e{_NO_BREAK}"
                made = char_format(Text.SMALL, theme.current().accent, QFont.Weight.DemiBold)
            pen.text(_NO_BREAK * 2, plain)
            pen.text(f"{sign}{words}", linked(made, f"{turn.key}/rate/{rating}", kept))

    def _whole_button(self, pen: Pen, turn: TurnShown) -> None:
        """Offer to read a document or two whole, where passages were read."""
        whole = turn.whole
        if whole is None or not turn.offers_whole or turn.offers_much:
            return
        link = char_format(Text.SMALL, theme.current().accent, QFont.Weight.DemiBold)
        pen.text("\u2003", char_format(Text.SMALL, theme.current().secondary))
        words = whole_words.act(whole).replace(" ", _NO_BREAK)
        pen.text(words, linked(link, f"{turn.key}/whole", shown(whole.reason)))

    def _own_knowledge_button(self, pen: Pen, turn: TurnShown) -> None:
        look = theme.current()
        made = block_format(above=14, below=18, side=13)
        pen.block(made, card_of(turn.key, Card.OWN_BUTTON), CardKind.BUTTON)
        words = self.tr("Answer from the model’s own knowledge (no footnotes)")
        button = char_format(Text.SECONDARY, look.secondary, QFont.Weight.DemiBold)
        pen.text(words, linked(button, f"{turn.key}/own"))

    # ------------------------------------------------------------ what failed

    def _failure(self, pen: Pen, turn: TurnShown) -> None:
        if turn.failure is None:
            return
        look = theme.current()
        card = card_of(turn.key, Card.FAILURE)
        pen.block(self._beside_icon(above=24, below=6), card, CardKind.FAILURE)
        pen.text(turn.failure.message, char_format(Text.BODY, look.text))
        lines = turn.failure.detail.splitlines() if turn.detail_open else []
        pen.block(self._beside_icon(below=10 if lines else 28), card, CardKind.FAILURE)
        link = char_format(Text.SECONDARY, look.accent, QFont.Weight.DemiBold)
        actions = [("again", self.tr("Ask again"), "")]
        if turn.failure.detail:
            words = self.tr("Hide details") if turn.detail_open else self.tr("Show details")
            actions += [("detail", words, ""), ("copy-detail", self.tr("Copy details"), "")]
        self._links(pen, turn, actions, link)
        detail = char_format(Text.SMALL, look.secondary)
        detail.setFontFamilies([QFontDatabase.systemFont(_FIXED).family()])
        for index, line in enumerate(lines, 1):
            pen.block(
                self._beside_icon(below=28 if index == len(lines) else 2), card, CardKind.FAILURE
            )
            pen.text(line, detail)

    def _beside_icon(self, above: float = 0, below: float = 0) -> QTextBlockFormat:
        made = block_format(above, below, side=14)
        made.setLeftMargin(theme.px(42))
        return made
