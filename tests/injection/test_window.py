"""Whatever documents say, and whatever a model that obeys them writes, the window shows letters."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QHelpEvent, QTextCharFormat, QTextFormat
from PySide6.QtWidgets import QApplication, QLabel, QTextBrowser, QToolTip

from app import theme
from app.widgets.conversation_browser import ConversationBrowser
from app.widgets.document_marks import blocks_from, fragments
from app.widgets.elided_label import ElidedLabel
from app.widgets.text_view import TextView
from app.widgets.transcript import Transcript
from rag.events import (
    AnswerFinished,
    ConversationStarted,
    EvidenceFound,
    PlanMade,
    SentenceCited,
    TextStreamed,
)
from rag.records import Mode, Scope, Support
from tests.app import records_for_show as show
from tests.injection.attacks import ATTACKS, OBEYED, Attack, each
from tests.injection.bait import Bait

pytestmark = [
    pytest.mark.windows,
    pytest.mark.qt_log_ignore(
        "This plugin does not support raise", extend=True
    ),  # without a screen
]

HARMLESS = Attack("nothing", ("Bicycles stand in the yard.",))


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the conversation asked to be loaded, and what was to be opened outside."""
    asked: list[str] = []
    load = ConversationBrowser.loadResource

    def loading(browser: ConversationBrowser, kind: int, name: object) -> object:
        asked.append(str(name))
        return load(browser, kind, name)

    monkeypatch.setattr(ConversationBrowser, "loadResource", loading)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()))
    return asked


@pytest.fixture(scope="module", autouse=True)
def look(qapp: QApplication) -> None:
    theme.apply(qapp, Qt.ColorScheme.Light)


@pytest.fixture
def transcript(qtbot) -> Transcript:
    made = Transcript()
    qtbot.addWidget(made)
    made.resize(620, 600)
    made.show()
    return made


def answered(transcript: Transcript, attack: Attack) -> None:
    """The attack is found, obeyed, cited and shown with all that can be unfolded."""
    path = Path("Contracts", f"{attack.name}.txt")
    hits = tuple(
        replace(show.hit(rank, path, attack.place, text, matching=("yard",)), title=attack.title)
        for rank, text in enumerate(attack.passages, 1)
    )
    quote = show.citation(1, path, attack.place, attack.text)
    answer = replace(
        show.answer_of(
            [
                (attack.obeyed, Support.NOT_FOUND, ()),
                (attack.text, Support.SUPPORTED, (quote,)),
            ]
        ),
        evidence=hits,
    )
    transcript.begin_turn(attack.text[:2_000], Scope())
    for event in (
        ConversationStarted(show.INFO, 1),
        EvidenceFound(hits, show.COVERAGE, 0.1),
        PlanMade(Mode.PASSAGES, attack.text[:200], 6, 1800, 12.0),
        *(TextStreamed(answer.text[at : at + 7_000]) for at in range(0, len(answer.text), 7_000)),
        *(SentenceCited(sentence) for sentence in answer.sentences),
        AnswerFinished(answer),
    ):
        transcript.show_event(event)
        QApplication.processEvents()
    for link in ("1/passages", "1/why/0"):
        transcript.browser.link_chosen.emit(link)
        QApplication.processEvents()
    transcript.browser.grab()


def formats(transcript: Transcript) -> list[QTextCharFormat]:
    """Of all that is written."""
    return [
        fragment.charFormat()
        for block in blocks_from(transcript.browser.document().firstBlock())
        for fragment in fragments(block)
    ]


def links(transcript: Transcript) -> set[str]:
    return {made.anchorHref().partition("/")[2] for made in formats(transcript)}


@each
def test_an_answer_that_obeys_is_shown_as_letters(
    transcript: Transcript, requests: list[str], bait: Bait, attack: Attack
) -> None:
    attack = attack.baited(bait.picture, bait.url)

    answered(transcript, attack)

    assert requests == []
    assert bait.taken() == []
    assert transcript.browser.document().rootFrame().childFrames() == []
    assert not any(
        made.isImageFormat() or made.objectType() != QTextFormat.ObjectTypes.NoObject
        for made in formats(transcript)
    )
    written = links(transcript)
    transcript.show_conversation(replace(show.CONVERSATION, turns=()))
    answered(transcript, replace(HARMLESS, passages=HARMLESS.passages * len(attack.passages)))
    assert written == links(transcript)


@each
def test_the_sentence_of_a_model_that_obeys_is_marked(
    transcript: Transcript, bait: Bait, attack: Attack
) -> None:
    answered(transcript, attack)

    said = transcript.browser.toPlainText().replace("\u00a0", " ")
    assert OBEYED in said
    assert "not found in your files" in said


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found = set[tuple[str, tuple[str, ...]]]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, tuple(name for name, _ in attrs)))


@each
def test_a_copy_holds_letters_alone(transcript: Transcript, bait: Bait, attack: Attack) -> None:
    answered(transcript, attack.baited(bait.picture, bait.url))

    transcript.browser.selectAll()
    copied = transcript.browser.createMimeDataFromSelection()

    tags = _Tags(copied.html()).found
    assert {tag for tag, _ in tags} <= {"p", "br", "sup"}
    assert not any(names for _, names in tags)
    assert OBEYED in copied.text()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", copied.text())


@each
def test_a_tooltip_holds_letters_alone(transcript: Transcript, bait: Bait, attack: Attack) -> None:
    attack = attack.baited(bait.picture, bait.url)
    browser = transcript.browser
    answered(transcript, attack)

    tips = {made.toolTip() for made in formats(transcript)}
    for tip in tips - {""}:
        browser._tip_at = lambda _place, tip=tip: tip
        point = QPoint(20, 20)
        browser.event(QHelpEvent(QHelpEvent.Type.ToolTip, point, browser.mapToGlobal(point)))
        QApplication.processEvents()
    QToolTip.hideText()

    assert tips - {""}
    assert bait.taken() == []


@each
def test_what_was_read_of_a_document_is_shown_as_letters(qtbot, bait: Bait, attack: Attack) -> None:
    attack = attack.baited(bait.picture, bait.url)
    view = TextView()
    qtbot.addWidget(view)

    view.show_text(attack.text, 0, 10)
    view.grab()

    assert bait.taken() == []
    assert "Bicycles" in view.toPlainText()
    view.selectAll()
    assert view.createMimeDataFromSelection().formats() == ["text/plain"]


@pytest.mark.parametrize("attack", [a for a in ATTACKS if "HTML" in a.what], ids=lambda a: a.what)
def test_names_are_shown_as_letters(qtbot, bait: Bait, attack: Attack) -> None:
    aimed = attack.baited(bait.picture, bait.url)

    for words in (aimed.title, aimed.place, f"/docs/{aimed.name}.txt"):
        label = ElidedLabel(words)
        qtbot.addWidget(label)
        label.resize(30, 20)
        label.grab()
        QToolTip.showText(QPoint(5, 5), label.toolTip(), label)
        QApplication.processEvents()
    QToolTip.hideText()

    assert bait.taken() == []


def test_a_window_that_is_less_careful_would_take_the_bait(qtbot, bait: Bait) -> None:
    picture = f"<img src='file://{bait.picture.as_posix()}'>"
    browser, label = QTextBrowser(), QLabel(picture)
    qtbot.addWidget(browser)
    qtbot.addWidget(label)

    browser.setMarkdown(f"![x](file://{bait.picture.as_posix()})")
    browser.grab()
    by_browser = bait.taken()
    QToolTip.showText(QPoint(5, 5), picture, browser)
    QApplication.processEvents()
    QToolTip.hideText()

    if bait.watches_files:
        assert by_browser == ["bait.png"]
        assert "bait.png" in bait.taken()
