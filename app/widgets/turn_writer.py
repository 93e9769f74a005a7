"""Writes a turn of the conversation into its document, part by part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QFontDatabase, QTextBlockFormat, QTextCharFormat, QTextDocument

from app import theme
from app.theme import Text
from app.widgets import wording
from app.widgets.answer_writer import AnswerWriter
from app.widgets.document_pen import (
    CHIP,
    RULE,
    CardKind,
    ChipKind,
    Part,
    Pen,
    block_format,
    blocks_of,
    card_of,
    char_format,
    hanging,
    linked,
    remove_blocks,
)
from app.widgets.evidence_writer import EvidenceWriter
from app.widgets.question_writer import QuestionWriter
from app.widgets.snippets import quoted
from app.widgets.turn_shown import TurnShown
from rag.records import Citation, Coverage, Mode

_SHOWN_WHILE_RUNNING = 4
_SHOWN_WHEN_DECLINED = 3
_BUTTON_CARD = 90
_OWN_CARD = 91
_FAILURE_CARD = 92
_QUOTE_CHARS = 170
_FIXED = QFontDatabase.SystemFont.FixedFont


class TurnWriter(QObject):
    """Writes turns into `document`, whose last block it keeps as the end of everything."""

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self.status_height = 0  # px; the room kept for the card that shows how far the answer is
        self._document = document
        self.answers = AnswerWriter(self)
        self._questions = QuestionWriter(self)
        self.evidence = EvidenceWriter(self)

    def write(self, turn: TurnShown, parts: Sequence[Part] = tuple(Part)) -> None:
        """Write `parts` of a turn anew."""
        for part in parts:
            after = remove_blocks(*blocks_of(self._document, turn.key, part))
            pen = Pen(after, turn.key, part)
            match part:
                case Part.QUESTION:
                    self._questions.write_question(pen, turn)
                case Part.UNDERSTOOD:
                    self._questions.write_understanding(pen, turn)
                case Part.STATUS:
                    self._status(pen, turn)
                case Part.ANSWER:
                    self._answer(pen, turn)
                case Part.FOUND:
                    self._found(pen, turn)
                case Part.FOOTNOTES:
                    self._footnotes(pen, turn)
                case Part.FOOTER:
                    self._footer(pen, turn)
                case Part.READ:
                    self._read(pen, turn)

    def _status(self, pen: Pen, turn: TurnShown) -> None:
        if turn.running and not turn.text and self.status_height:
            made = block_format(below=8)
            made.setLineHeight(self.status_height, made.LineHeightTypes.FixedHeight.value)
            pen.block(made)

    def _answer(self, pen: Pen, turn: TurnShown) -> None:
        look = theme.current()
        if turn.failure is not None and not turn.text:
            return
        if turn.declined:
            pen.block(block_format(below=10, line=theme.ANSWER_LINE))
            pen.text(
                self.tr("Your files don’t seem to answer this."),
                char_format(Text.ANSWER, look.text),
            )
            return
        own = turn.mode is Mode.OWN_KNOWLEDGE
        card = card_of(turn.key, _OWN_CARD) if own else 0
        if own and turn.text:
            pen.block(block_format(above=26, below=8, side=14), card, CardKind.OWN)
            made = char_format(Text.MARK, look.warning, QFont.Weight.DemiBold)
            made.setProperty(CHIP, int(ChipKind.OWN))
            words = self.tr("From the model’s own knowledge, not from your files")
            pen.text(f"\u00a0{words}\u00a0".replace(" ", "\u00a0"), made)
        self.answers.write(
            pen,
            turn.text,
            turn.sentences,
            turn.citations(),
            f"{turn.key}/cite",
            card,
            marked=not own,
        )

    def _found(self, pen: Pen, turn: TurnShown) -> None:
        if turn.declined and turn.hits:
            title, shown = self.tr("The closest passages"), turn.hits[:_SHOWN_WHEN_DECLINED]
        elif turn.running and turn.hits:
            title, shown = self.tr("Found in your files"), turn.hits[:_SHOWN_WHILE_RUNNING]
        else:
            return
        pen.block(block_format(above=4, below=8))
        pen.text(title, char_format(Text.SECONDARY, theme.current().secondary))
        self.evidence.write(pen, turn, shown, first_card=1)

    def _read(self, pen: Pen, turn: TurnShown) -> None:
        if turn.passages_open and turn.hits:
            self.evidence.write(pen, turn, turn.hits, first_card=40)

    def _footnotes(self, pen: Pen, turn: TurnShown) -> None:
        citations = turn.citations()
        for index, citation in enumerate(citations):
            made = hanging(block_format(above=25 if not index else 0, below=8, line=19), 22)
            if not index:
                made.setProperty(RULE, 1)
            pen.block(made)
            self._footnote(pen, turn, citation, f"{turn.key}/note/{index}")

    def _footnote(self, pen: Pen, turn: TurnShown, citation: Citation, href: str) -> None:
        look = theme.current()
        number = char_format(Text.SECONDARY, look.accent, QFont.Weight.Bold)
        name = char_format(Text.SECONDARY, look.text, QFont.Weight.DemiBold)
        pen.text(str(citation.number), linked(number, href))
        pen.text("\t", linked(name, href))
        pen.text(wording.source(citation.path, citation.place), linked(name, href))
        quote = quoted(citation.quote, _QUOTE_CHARS)
        pen.text(f" {quote}", char_format(Text.SECONDARY, look.secondary))
        if turn.has_changed(citation):
            words = self.tr("source changed since").replace(" ", "\u00a0")
            pen.text(f" · {words}", char_format(Text.SECONDARY, look.warning))

    def _footer(self, pen: Pen, turn: TurnShown) -> None:
        if turn.failure is not None:
            self._failure(pen, turn)
        if turn.answer is None:
            return
        plain = char_format(Text.SMALL, theme.current().secondary)
        own = turn.mode is Mode.OWN_KNOWLEDGE
        pen.block(block_format(above=30 if own else 10, below=8, line=19))
        stopped = f"{self.tr('Stopped')} · " if turn.answer.stopped else ""
        pen.text(stopped, plain)
        if turn.declined:
            pen.text(self._looked_at(turn.answer.coverage), plain)
            self._own_knowledge_button(pen, turn)
            return
        said = self._what_was_read(turn)
        if turn.hits:
            tip = self.tr("Show the passages it read")
            pen.text(said, linked(plain, f"{turn.key}/passages", tip))
        else:
            pen.text(said, plain)
        pen.text(f" · {wording.duration(turn.answer.seconds)}", plain)
        actions = [("copy", self.tr("Copy"))]
        if turn.citations():
            actions.append(("copy-notes", self.tr("Copy with footnotes")))
        self._actions(pen, turn, [*actions, ("again", self.tr("Ask again"))], plain)

    def _actions(
        self,
        pen: Pen,
        turn: TurnShown,
        actions: Sequence[tuple[str, str]],
        plain: QTextCharFormat,
    ) -> None:
        for action, words in actions:
            pen.text("\u2003", plain)
            said = self.tr("Copied") if action == turn.copied else words
            pen.text(said.replace(" ", "\u00a0"), linked(plain, f"{turn.key}/{action}"))

    def _own_knowledge_button(self, pen: Pen, turn: TurnShown) -> None:
        look = theme.current()
        made = block_format(above=14, below=18, side=13)
        pen.block(made, card_of(turn.key, _BUTTON_CARD), CardKind.BUTTON)
        words = self.tr("Answer from the model’s own knowledge (no footnotes)")
        button = char_format(Text.SECONDARY, look.secondary, QFont.Weight.DemiBold)
        pen.text(words, linked(button, f"{turn.key}/own"))

    def _failure(self, pen: Pen, turn: TurnShown) -> None:
        if turn.failure is None:
            return
        look = theme.current()
        card = card_of(turn.key, _FAILURE_CARD)
        pen.block(self._beside_icon(above=24, below=6), card, CardKind.FAILURE)
        pen.text(turn.failure.message, char_format(Text.BODY, look.text))
        lines = turn.failure.detail.splitlines() if turn.detail_open else []
        pen.block(self._beside_icon(below=10 if lines else 28), card, CardKind.FAILURE)
        link = char_format(Text.SECONDARY, look.accent, QFont.Weight.DemiBold)
        pen.text(self.tr("Ask again"), linked(link, f"{turn.key}/again"))
        if turn.failure.detail:
            words = self.tr("Hide details") if turn.detail_open else self.tr("Show details")
            actions = [("detail", words), ("copy-detail", self.tr("Copy details"))]
            self._actions(pen, turn, actions, link)
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

    def _what_was_read(self, turn: TurnShown) -> str:
        if turn.mode is Mode.OWN_KNOWLEDGE or turn.coverage is None:
            return self.tr("Read nothing from your files")
        coverage = turn.coverage
        said = self.tr("Read {0} from {1} of {2}").format(
            wording.passages(coverage.passages),
            wording.number(coverage.files),
            wording.files(coverage.files_in_scope),
        )
        return said + self._unread(coverage)

    def _looked_at(self, coverage: Coverage) -> str:
        said = self.tr("Looked at {0} in {1}").format(
            wording.passages(coverage.passages), wording.files(coverage.files_in_scope)
        )
        return said + self._unread(coverage)

    def _unread(self, coverage: Coverage) -> str:
        if not coverage.files_unread:
            return ""
        return " · " + self.tr("{0} not yet read").format(wording.files(coverage.files_unread))
