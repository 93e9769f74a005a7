"""A paper shows what a conversation told, each statement with its footnote or the lack of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.errors import NoTurn
from rag.export import lay_out, wording
from rag.records import (
    BlockKind,
    Conflict,
    Conversation,
    Coverage,
    Likely,
    Listed,
    Mode,
    Paper,
    PaperBlock,
    PaperTable,
    PassOffer,
    Scope,
    Sentence,
    Statement,
    Support,
    Understanding,
)
from tests.rag.export.told import (
    LEASE,
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


def shown(paper: Paper) -> list[tuple[BlockKind | str, str]]:
    """Each block with its words; marks of footnotes stand as ^1."""
    blocks: list[tuple[BlockKind | str, str]] = []
    for block in paper.blocks:
        rows = block.rows if isinstance(block, PaperTable) else ((block.runs,),)
        kind = "table" if isinstance(block, PaperTable) else block.kind
        words = [
            " | ".join("".join(f"^{r.note}" if r.note else r.text for r in cell) for cell in row)
            for row in rows
        ]
        blocks.append((kind, "\n".join(words)))
    return blocks


def body(paper: Paper) -> list[tuple[BlockKind | str, str]]:
    """What stands between the question with its details and what was looked at."""
    return shown(paper)[3:-1]


def told(*parts: object, **changes: object) -> Paper:
    return lay_out(conversation(replace(answer(*parts), **changes)))  # type: ignore[arg-type]


def test_each_sentence_has_its_footnotes_and_each_footnote_its_quote_and_place() -> None:
    other = cited(RULES, "by the third working day", "§ 4")

    paper = told(proven("Three months."), " ", proven("In time.", cited(), other))

    assert body(paper) == [(BlockKind.PARAGRAPH, "Three months.^1 In time.^1^2")]
    assert [(n.number, n.quote, n.source) for n in paper.notes] == [
        (1, "three months’ notice", "Lease 2024.pdf, p. 7"),
        (2, "by the third working day", "House rules.docx, § 4"),
    ]


def test_what_is_not_or_only_partly_found_is_marked() -> None:
    paper = told(unproven("It rains."), " ", ("It may.", Support.PARTLY, (cited(),)))

    (line,) = body(paper)
    assert line[1] == f"It rains. {wording.NOT_FOUND} It may.^1 {wording.PARTLY_FOUND}"
    block = paper.blocks[3]
    assert isinstance(block, PaperBlock)
    assert [run.text for run in block.runs if run.remark] == [
        "[not found in your files]",
        "[partly found]",
    ]


def test_what_states_nothing_is_not_marked() -> None:
    opening = Sentence("Here is the list:", 0, 17, Support.NOT_FOUND, is_claim=False)

    paper = told("Here is the list:", sentences=(opening,))

    assert body(paper) == [(BlockKind.PARAGRAPH, "Here is the list:")]


def test_a_formula_is_marked_as_calculated_and_footnoted() -> None:
    text = "900 + 100 = 1,000"
    formula = Sentence(text, 0, len(text), Support.SUPPORTED, (cited(),), is_computed=True)

    paper = told(text, sentences=(formula,))

    assert body(paper) == [(BlockKind.PARAGRAPH, f"{text}^1 {wording.CALCULATED}")]


def test_notes_are_numbered_through_all_questions_and_not_shared_between_them() -> None:
    paper = lay_out(conversation(answer(proven("One.")), answer(proven("One again."))))

    assert [note.number for note in paper.notes] == [1, 2]


def test_lists_bold_and_headings_of_an_answer_stay_what_they_are() -> None:
    paper = told(
        "## Duties\n\n- ", proven("Heat **all** rooms."), "\n  - deeper\n\n2. Return keys."
    )

    kinds = [(b.kind, b.label, b.depth) for b in paper.blocks[3:-1] if isinstance(b, PaperBlock)]
    assert kinds == [
        (BlockKind.HEADING, "", 0),
        (BlockKind.BULLET, "•", 0),
        (BlockKind.BULLET, "•", 1),
        (BlockKind.NUMBERED, "2.", 0),
    ]
    heated = paper.blocks[4]
    assert isinstance(heated, PaperBlock)
    assert [run.text for run in heated.runs if run.bold] == ["all"]


def test_a_declined_answer_shows_the_nearest_passages() -> None:
    hits = [hit(RULES, f"Passage {n}.", "§ 6", n) for n in range(1, 5)]

    paper = lay_out(conversation(declined(*hits)))

    assert body(paper) == [
        (BlockKind.NOTICE, wording.DECLINED),
        (BlockKind.HEADING, wording.CLOSEST),
        *((BlockKind.PASSAGE, f"“Passage {n}.” — House rules.docx, § 6") for n in (1, 2, 3)),
    ]


def test_likely_words_stand_in_for_an_answer_that_was_not_written() -> None:
    likely = Likely("three months’ notice", cited(), 0.9)

    stopped = told(text="", stopped=True, likely=likely)
    written = told(proven("Three months."), likely=likely)

    assert (BlockKind.PARAGRAPH, "Likely: three months’ notice^1") in body(stopped)
    assert (BlockKind.NOTICE, wording.NOTHING_WRITTEN) in body(stopped)
    assert body(written) == [(BlockKind.PARAGRAPH, "Three months.^1")]


def test_own_knowledge_is_told_apart_and_has_no_marks() -> None:
    paper = told(unproven("Many do."), mode=Mode.OWN_KNOWLEDGE, declined=True, evidence=())

    assert body(paper) == [
        (BlockKind.NOTICE, wording.OWN_KNOWLEDGE),
        (BlockKind.PARAGRAPH, "Many do."),
    ]
    assert shown(paper)[-1][1].startswith("Read nothing from your files")


@pytest.mark.parametrize(("error", "said"), [("The disk is full.",) * 2, ("", wording.UNANSWERED)])
def test_a_question_without_an_answer_tells_why(error: str, said: str) -> None:
    paper = lay_out(conversation(turn(1, None, error=error)))

    assert shown(paper)[3:] == [(BlockKind.NOTICE, said)]


def test_contradictions_stand_side_by_side_with_their_dates() -> None:
    old, new = cited(quote="pay within 30 days"), cited(RULES, "pay within 60 days", "§ 2")
    conflict = Conflict(
        (Statement("60 days", new, date(2024, 5, 1), "its name"), Statement("30 days", old))
    )

    paper = told(proven("Sixty.", new), conflicts=(conflict,))

    assert body(paper)[1:] == [
        (BlockKind.HEADING, wording.CONFLICT),
        (
            "table",
            (
                "“pay within 60 days”^1 | 2024-05-01 (by its name) | House rules.docx, § 2\n"
                "“pay within 30 days”^2 |  | Lease 2024.pdf, p. 7"
            ),
        ),
    ]


@pytest.mark.parametrize(
    ("quote", "value", "bold"),
    [
        ("since 2020 it costs 20 euros", "20", ["“since 2020 it costs ", "20", " euros”"]),
        ("租金每月8000元", "8000", ["“租金每月", "8000", "元”"]),
        ("it costs nothing", "\x00 ", ["“it costs nothing", "”"]),
    ],
)
def test_of_a_contradiction_the_words_that_differ_are_bold(
    quote: str, value: str, bold: list[str]
) -> None:
    conflict = Conflict((Statement(value, cited(quote=quote)),) * 2)

    paper = told(proven("So.", cited(quote=quote)), conflicts=(conflict,))

    table = next(block for block in paper.blocks if isinstance(block, PaperTable))
    runs = [run for run in table.rows[0][0] if run.note is None]
    assert [run.text for run in runs] == bold
    assert [run.text for run in runs if run.bold] == bold[1:-1]


def test_listed_things_without_a_footnote_in_the_text_are_not_lost() -> None:
    named, unnamed = cited(quote="N123"), cited(RULES, "N456", "§ 1")
    listed = (Listed("N123", (named,)), Listed("N456", (unnamed,)))

    paper = told("- ", proven("N123", named), listed=listed)

    assert body(paper) == [
        (BlockKind.BULLET, "N123^1"),
        (BlockKind.HEADING, wording.FOUND_TOO),
        (BlockKind.BULLET, "N456^2"),
    ]


def test_a_question_tells_when_and_of_what_it_was_asked() -> None:
    scope = Scope((Path("Contracts"),), ("pdf",), date(2024, 1, 1), None, ((3, 5), (9, 9)))
    read = Understanding("What is the notice period?", narrowed_by=("in the lease",))
    asked = replace(turn(1, replace(answer(), understood=read), question="And that?"), scope=scope)

    details = shown(lay_out(conversation(asked)))[2][1]

    assert details == (
        f"Asked {wording.moment(asked.asked_at)} · of Contracts, of type pdf, changed since "
        "2024-01-01, pages 3–5, 9 · searched as “What is the notice period?” · narrowed by "
        "“in the lease”"
    )


def test_an_answer_tells_what_it_looked_at_and_what_it_left_out() -> None:
    coverage = Coverage(6, 3, 158, 2, passages_in_scope=412, passages_left_out=4)
    offer = PassOffer(158, 412, 30.0)

    paper = told(proven("Yes."), coverage=coverage, offer=offer, stopped=True, draft="Yes. No.")

    assert shown(paper)[-1][1] == (
        "Stopped before its end · Read the 6 best of 412 passages from 3 of 158 files · 4 passages "
        "left out · 2 files not yet read · the question asks for everything, but only the best "
        "passages were read · written again without what your files do not bear out · answered "
        "by Phi-4-mini · 8 s"
    )


def test_a_pass_tells_that_it_went_through_everything() -> None:
    coverage = Coverage(412, 158, 158, 0, passages_in_scope=412)

    paper = told("- ", proven("N123"), mode=Mode.EXHAUSTIVE, coverage=coverage, model="")

    assert shown(paper)[-1][1] == "Went through 412 of 412 passages from 158 of 158 files · 8 s"


def test_one_turn_alone_can_be_laid_out() -> None:
    both = conversation(answer(proven("One.")), answer(proven("Two.")))

    paper = lay_out(both, 2)

    assert [text for kind, text in shown(paper) if kind is BlockKind.PARAGRAPH] == ["Two.^1"]
    with pytest.raises(NoTurn):
        lay_out(both, 3)


def test_a_conversation_without_a_title_or_turns_has_a_paper_too() -> None:
    empty = conversation(title=" \n")

    assert lay_out(Conversation(empty.info)).title == "Conversation"


def test_no_words_of_a_file_can_break_a_line_or_turn_a_direction() -> None:
    evil = cited(Path("a\u202egpj.pdf"), "two\nlines\x00", "Sheet\n1")

    paper = told(proven("A\rb\u2029c.", evil))

    note = paper.notes[0]
    assert (note.quote, note.source) == ("two lines", "agpj.pdf, Sheet 1")
    assert body(paper) == [(BlockKind.PARAGRAPH, "A b c.^1")]
    assert LEASE.name not in note.source
