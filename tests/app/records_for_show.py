"""Sample records that tests and screenshots show: a lease, its house rules and a few odd files."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from rag.events import EmbedderChanged
from rag.records import (
    Answer,
    Box,
    Citation,
    Conversation,
    ConversationInfo,
    Coverage,
    EmbedderInfo,
    Hit,
    Mode,
    ModelInfo,
    PagePicture,
    Scope,
    Sentence,
    Support,
    Turn,
    Understanding,
)

FOLDER = Path("Contracts")
LEASE = FOLDER / "Lease 2024.pdf"
RULES = FOLDER / "House rules.docx"
QUESTION = "What is the notice period, and can it be waived?"
COVERAGE = Coverage(passages=6, files=3, files_in_scope=158, files_unread=0)
ASKED_AT = 1_760_000_000.0
A4 = (595.0, 842.0)

TRIAL = ModelInfo("SmolLM2 135M", Path("smollm2.gguf"), 98_000_000, 8192, is_trial=True)
PHI = ModelInfo("Phi-4-mini Q4_K_M", Path("phi.gguf"), 2_491_874_272, 131_072, is_trial=False)

LEASE_QUOTE = "may be terminated by either party giving three months’ notice in writing"
RULES_TEXT = (
    "§ 4 Notices\nA notice counts as given on the day it is received, and has to be received no "
    "later than the third working day of the month. Notices by e-mail are welcome, but don’t count."
)
LEASE_TEXT = (
    f"The tenancy {LEASE_QUOTE} to the end of any calendar month. Notice must be received no later "
    "than the third working day of the first month of the period."
)


def hit(
    rank: int,
    path: Path,
    place: str,
    text: str,
    page: int | None = None,
    matching: tuple[str, ...] = ("notice", "period"),
) -> Hit:
    """A hit whose scores follow from its rank; all `matching` words in it matched."""
    found = {m.span() for word in matching for m in re.finditer(word, text, re.IGNORECASE)}
    return Hit(
        rank=rank,
        score=1 - rank / 10,
        dense=0.7 - rank / 20,
        lexical=9.0 - rank,
        chunk_id=rank,
        document_id=len(path.name),
        path=path,
        title=path.stem,
        start=120 * rank,
        end=120 * rank + len(text),
        text=text,
        heading="",
        place=place,
        pages=None if page is None else (page, page),
        rerank=0.95 - rank / 8,
        matches=tuple(sorted(found)),
    )


def citation(number: int, path: Path, place: str, quote: str, page: int | None = None) -> Citation:
    """A citation, boxed over two lines when it has a page."""
    boxes = (
        (
            Box(page, 226.0, 190.0, 542.0, 213.0),
            Box(page, 52.0, 214.0, 258.0, 237.0),
        )
        if page is not None
        else ()
    )
    return Citation(
        number=number,
        document_id=len(path.name),
        path=path,
        page=page,
        place=place,
        start=12,
        end=12 + len(quote),
        quote=quote,
        score=0.9,
        boxes=boxes,
    )


HITS = (
    hit(1, LEASE, "p. 7", LEASE_TEXT, 7),
    hit(2, RULES, "§ 4", RULES_TEXT),
    hit(
        3,
        LEASE,
        "p. 8",
        "If the tenancy has lasted longer, then after five years the period to be observed by the "
        "Landlord is six months, after eight years nine months.",
        8,
    ),
    hit(4, FOLDER / "Offer from Lindemann & Partners, second draft of March.docx", "", LEASE_TEXT),
)
FIRST = citation(1, LEASE, "p. 7", LEASE_QUOTE, 7)
SECOND = citation(2, RULES, "§ 4", "received no later than the third working day of the month")
THIRD = citation(
    3, LEASE, "p. 8", "after five years the period to be observed by the Landlord is six months", 8
)


def answer_of(
    parts: list[tuple[str, Support, tuple[Citation, ...]]], question: str = QUESTION
) -> Answer:
    """An answer from (text, support, citations); a line break in front opens a paragraph."""
    text = ""
    sentences: list[Sentence] = []
    for part, support, citations in parts:
        gap = "" if not text or part.startswith("\n") else " "
        lead = len(part) - len(part.lstrip("\n"))
        start = len(text) + len(gap) + lead
        text += gap + part
        sentences.append(Sentence(part.lstrip("\n"), start, len(text), support, citations))
    return Answer(
        question=question,
        mode=Mode.PASSAGES,
        declined=False,
        text=text,
        sentences=tuple(sentences),
        evidence=HITS,
        coverage=COVERAGE,
        model=PHI.name,
        seconds=8.2,
    )


ANSWER = answer_of(
    [
        (
            (
                "Either party may end the lease with three months’ written notice to the end of "
                "a month."
            ),
            Support.SUPPORTED,
            (FIRST,),
        ),
        (
            "The notice has to reach the other party by the third working day of the first month.",
            Support.SUPPORTED,
            (FIRST, SECOND),
        ),
        (
            (
                "\n\nFor tenancies of more than five years the landlord’s notice period grows to "
                "six months."
            ),
            Support.SUPPORTED,
            (THIRD,),
        ),
        ("The tenant can waive the period in a side letter.", Support.NOT_FOUND, ()),
    ]
)

DECLINED = Answer(
    question="Does the lease allow a cat?",
    mode=Mode.DECLINE,
    declined=True,
    text="",
    sentences=(),
    evidence=(
        hit(
            1,
            RULES,
            "§ 6",
            "The keeping of animals that disturb neighbours is subject to consent.",
            matching=(),
        ),
        hit(
            2,
            LEASE,
            "p. 11",
            "Changes to the use of the premises require the Landlord’s consent, also for a cat.",
            11,
            matching=("cat",),
        ),
    ),
    coverage=Coverage(passages=40, files=12, files_in_scope=118, files_unread=2),
    seconds=0.3,
)

OWN = replace(
    answer_of(
        [
            ("Many leases allow small pets.", Support.NOT_FOUND, ()),
            ("Whether yours does depends on its wording.", Support.NOT_FOUND, ()),
        ],
        "Does the lease allow a cat?",
    ),
    mode=Mode.OWN_KNOWLEDGE,
    declined=True,
    evidence=(),
    coverage=Coverage(0, 0, 0, 0),
)

ARABIC = answer_of(
    [
        (
            "يجوز لأي من الطرفين إنهاء عقد الإيجار بإشعار كتابي مدته ثلاثة أشهر.",
            Support.SUPPORTED,
            (FIRST,),
        ),
        ("يجب أن يصل الإشعار في اليوم الثالث.", Support.PARTLY, (SECOND,)),
    ],
    "ما هي مدة الإشعار؟",
)

CHINESE = answer_of(
    [
        ("任何一方均可提前三个月书面通知终止租约。", Support.SUPPORTED, (FIRST,)),
        ("承租人可以放弃该期限。", Support.NOT_FOUND, ()),
    ],
    "通知期是多长时间？",
)

LIST_ANSWER = answer_of(
    [
        ("The lease names **three duties**:", Support.PARTLY, (FIRST,)),
        ("\n- Heat the rooms so that nothing freezes.", Support.SUPPORTED, (FIRST,)),
        ("\n- Report damage **at once**, in writing.", Support.SUPPORTED, (SECOND,)),
        ("\n1. Return all keys.", Support.SUPPORTED, (THIRD,)),
    ],
    "What must the tenant do?",
)


def turn(number: int, answer: Answer | None, error: str = "") -> Turn:
    """A turn of a conversation."""
    question = answer.question if answer else QUESTION
    return Turn(number, question, Scope(), ASKED_AT + number, answer, error)


INFO = ConversationInfo(1, "Notice period and deposit", ASKED_AT, ASKED_AT)
CONVERSATION = Conversation(INFO, (turn(1, ANSWER), turn(2, DECLINED)))
CONVERSATIONS = (
    INFO,
    ConversationInfo(2, "Which quarter had the highest water use?", ASKED_AT, ASKED_AT - 90_000),
    ConversationInfo(3, "Bridge repair", ASKED_AT, ASKED_AT - 400_000),
)


def picture(path: Path, page: int, scale: float, page_count: int = 31) -> PagePicture:
    """A white page with grey lines of text, drawn at `scale` pixels per point."""
    width, height = round(A4[0] * scale), round(A4[1] * scale)
    paper = b"\xff\xff\xff\xff" * width
    inked = bytearray(paper)
    left, right = round(52 * scale), round(542 * scale)
    for column in range(left, right):
        if (column // max(1, round(4 * scale))) % 7:
            inked[column * 4 : column * 4 + 3] = b"\x50\x50\x50"
    rows = [
        bytes(inked) if 90 < row / scale < 560 and (row / scale) % 24 > 15 else paper
        for row in range(height)
    ]
    return PagePicture(
        path, page, page_count, str(page), *A4, width, height, width * 4, b"".join(rows)
    )


MINI = EmbedderInfo(
    "all-MiniLM-L6-v2@int8",
    "MiniLM",
    "For English. Comes with Footnote; other languages are found by their words alone.",
    384,
    "Apache-2.0",
    "https://example.org/minilm",
    installed=True,
)
E5 = EmbedderInfo(
    "multilingual-e5-small@int8",
    "Multilingual E5",
    "For about a hundred languages, also for asking in one about texts in another.",
    384,
    "MIT",
    "https://example.org/e5",
    installed=True,
)
LEAF = EmbedderInfo(
    "mdbr-leaf-ir@int8",
    "LEAF",
    "For English. Finds more than MiniLM at the same speed; the library takes more room.",
    768,
    "Apache-2.0",
    "https://example.org/leaf",
    installed=False,
)
SEARCHED = EmbedderChanged(MINI, (MINI, LEAF, E5))
COMING = EmbedderChanged(MINI, (MINI, LEAF, E5), E5, 1200, 4000, 170.0)
NARROWED = Understanding(QUESTION, (), Scope((LEASE,)), ("in the lease",))
