"""Markdown with footnotes that reads back as it was laid out, and in which words stay words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.export import lay_out
from rag.export.markdown import markdown
from rag.export.plain import plain
from rag.records import (
    BlockKind,
    Conflict,
    Conversation,
    Paper,
    PaperBlock,
    PaperRun,
    PaperTable,
    Scope,
    Statement,
)
from tests.rag.export.attacks import ATTACKS
from tests.rag.export.markdown_reader import read
from tests.rag.export.told import (
    RULES,
    answer,
    cited,
    conversation,
    declined,
    hit,
    proven,
    turn,
    unproven,
)


def words_of(paper: Paper) -> list[str]:
    """All lines of a paper, as a reader of its blocks sees them."""
    lines: list[str] = []
    for block in paper.blocks:
        if isinstance(block, PaperTable):
            lines += ["|".join(block.heads), "---|---|---"]
            lines += [
                "|".join("".join(r.text for r in c if not r.note).strip() for c in row)
                for row in block.rows
            ]
        else:
            lines.append("".join(run.text for run in block.runs if not run.note).strip())
    return lines


def hostile(text: str) -> Conversation:
    """A conversation in which everything that is not our own says `text`."""
    path = Path("folder") / (plain(text).replace("/", "-").replace("\x00", "")[:80] or "x")
    citation = cited(path, text, text)
    conflict = Conflict((Statement(text, citation, None), Statement("b", cited(quote="a b c"))))
    told = replace(answer(proven(text, citation), "\n\n", "- ", unproven(text)), model=text)
    asked = replace(turn(1, replace(told, conflicts=(conflict,)), text), scope=Scope((path,)))
    refused = turn(2, declined(hit(path, text, text)), text)
    return conversation(asked, refused, turn(3, None, error=text), title=text)


def test_marks_and_notes_find_each_other() -> None:
    other = cited(RULES, "by the third working day", "§ 4")
    paper = lay_out(
        conversation(answer(proven("A."), " ", proven("B.", cited(), other)), answer(proven("C.")))
    )

    found = read(markdown(paper))

    assert found.marks == [1, 1, 2, 3]
    assert found.notes == {
        1: "“three months’ notice” — Lease 2024.pdf, p. 7",
        2: "“by the third working day” — House rules.docx, § 4",
        3: "“three months’ notice” — Lease 2024.pdf, p. 7",
    }


def test_the_notes_of_a_question_stand_before_the_next_one() -> None:
    text = markdown(lay_out(conversation(answer(proven("A.")), answer(proven("B.")))))

    assert re.findall(r"^(?:## |\[\^\d+\]:)", text, re.MULTILINE) == [
        "## ",
        "[^1]:",
        "## ",
        "[^2]:",
    ]


def test_all_words_of_a_paper_come_back() -> None:
    old, new = cited(quote="within 30 days"), cited(RULES, "within 60 days", "§ 2")
    conflict = Conflict((Statement("60 days", new), Statement("30 days", old)))
    told = replace(
        answer(proven("**Both** hold:"), "\n- ", proven("one"), "\n  - two\n1. three"),
        conflicts=(conflict,),
    )
    paper = lay_out(conversation(told, declined(hit(RULES, "No cats.", "§ 6"))))

    found = read(markdown(paper))

    assert [re.sub(" ?--- ?", "---", words) for _, words in found.lines] == words_of(paper)
    assert [mark for mark, _ in found.lines if mark] == [
        *("#", "##", "*", "-", "-", "1.", "###", "|", "|", "|", "|", "*"),
        *("##", "*", "###", ">", "*"),
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_that_want_to_be_more_stay_words(attack: str) -> None:
    paper = lay_out(hostile(attack))

    found = read(markdown(paper))

    shown = [words.strip() for _, words in found.lines]
    assert [w for w in shown if "---" not in w] == [w for w in words_of(paper) if "---" not in w]
    assert sorted(found.notes) == [note.number for note in paper.notes]
    for note in paper.notes:
        whole = f"{f'“{note.quote}” ' if note.quote else ''}— {note.source}"
        assert found.notes[note.number].removesuffix(".") == whole.removesuffix(".")


@example("\x1b\n0")
@given(st.text(max_size=40))
def test_any_text_stays_text(text: str) -> None:
    paper = lay_out(conversation(answer(proven(text or "x", cited(quote=text))), title=text))

    found = read(markdown(paper))

    shown = [" ".join(words.split()) for _, words in found.lines if words]
    assert shown == [" ".join(words.split()) for words in words_of(paper) if words]


def test_an_address_in_two_sentences_is_no_address() -> None:
    joined = PaperRun("http:"), PaperRun("//evil.example www"), PaperRun(".evil.example")
    paper = Paper("", 0, 0, (PaperBlock(BlockKind.PARAGRAPH, joined),), ())

    assert markdown(paper) == "http\\://evil.example www\\.evil.example\n"


def test_a_note_is_no_link_where_footnotes_are_not_known() -> None:
    bare = cited(Path("evil.example"), "", "")
    titled = cited(Path('f"'), 'a "b', "(x)")

    text = markdown(lay_out(conversation(answer(proven("A.", bare, titled)))))

    assert "[^1]: — evil.example\n" in text
    assert '[^2]: “a "b” — f", (x).\n' in text


def test_bold_is_written_only_where_it_is_read_as_such() -> None:
    text = markdown(lay_out(conversation(answer("Of **three**s, x**(a)**y and **all**."))))

    assert "Of **three**s, x(a)y and **all**." in text


def test_a_deeper_item_never_becomes_code() -> None:
    text = markdown(
        lay_out(conversation(answer("      - first\n      - second\n          - third")))
    )

    assert "\n- first\n    - second\n        - third\n" in text
