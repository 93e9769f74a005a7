"""Files written of hostile documents and answers are words: they link to and load nothing."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument

from app.widgets.document_marks import blocks_from, fragments
from rag.export import lay_out
from rag.export.csl import csl_json
from rag.export.markdown import markdown
from rag.export.references import references
from rag.export.word import word
from rag.records import Conversation, Support, Turn
from tests.app import records_for_show as show
from tests.injection.attacks import OBEYED, Attack, each

pytestmark = [
    pytest.mark.windows,
    pytest.mark.qt_log_ignore("QFont::setPixelSize", extend=True),  # of Qt's own headings
]


def conversation(attack: Attack) -> Conversation:
    """A model that obeys, beside a sentence that quotes the attack."""
    path = Path("Contracts", f"{attack.name.replace('/', '_')}.txt")
    quote = show.citation(1, path, attack.place, attack.text)
    answer = show.answer_of(
        [
            (attack.obeyed, Support.NOT_FOUND, ()),
            ("Bicycles stand in the yard.", Support.SUPPORTED, (quote,)),
        ],
        attack.text,
    )
    info = replace(show.INFO, title=attack.title)
    return Conversation(info, (Turn(1, attack.text, show.Scope(), show.ASKED_AT, answer, ""),))


@each
def test_markdown_shows_words(attack: Attack) -> None:
    document = QTextDocument()

    document.setMarkdown(markdown(lay_out(conversation(attack))))

    for block in blocks_from(document.firstBlock()):
        for fragment in fragments(block):
            made = fragment.charFormat()
            assert not made.isImageFormat()
            assert made.anchorHref() == "" or made.anchorHref().startswith("#")
    assert OBEYED in document.toPlainText()


@each
def test_a_word_document_refers_to_nothing_outside(attack: Attack) -> None:
    with zipfile.ZipFile(io.BytesIO(word(lay_out(conversation(attack))))) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}

    assert not any("TargetMode" in text for name, text in parts.items() if ".rels" in name)
    body = "".join(text for name, text in parts.items() if name.endswith(".xml"))
    for tag in ("w:hyperlink", "w:fldSimple", "w:instrText", "w:altChunk", "w:drawing", "w:object"):
        assert f"<{tag}" not in body


@each
def test_the_cited_files_are_valid_references(attack: Attack) -> None:
    turns = conversation(attack).turns
    titles = {c.path: attack.title for s in turns[0].answer.sentences for c in s.citations}

    listed = json.loads(csl_json(references(turns, titles, lambda *_: None)))

    assert len(listed) == 1
