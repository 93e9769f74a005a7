"""Sections follow a document's own structure, are of like size, and cut no sentence."""

from __future__ import annotations

import time

import numpy as np
import pytest

from rag.cancel import CancelToken
from rag.cite import split_sentences
from rag.errors import Cancelled
from rag.records import DocumentInfo, DocumentText, Heading, Page
from rag.sections.cutting import Original, Section, best_cuts, cut

SENTENCE = "The surveyor of the third parcel walked along the old wall until dusk. "


def count(text: str) -> int:
    return len(text.split())


def paged(*pages: str) -> DocumentText:
    made = [Page(number, str(number), text) for number, text in enumerate(pages, 1)]
    return DocumentText.from_pages(DocumentInfo("A report", len(pages), True, "PDF"), made)


def whole(document: DocumentText, document_id: int = 1) -> Original:
    return Original(document_id, document, 0, len(document.text), head_tokens=5)


def sections(document: DocumentText, most_tokens: int = 300) -> list[Section]:
    return cut([whole(document)], count, most_tokens, CancelToken())


def texts(document: DocumentText, made: list[Section]) -> list[str]:
    return [document.text[s.start : s.end] for section in made for s in section.stretches]


def test_all_words_are_in_a_section_and_each_is_there_once() -> None:
    document = paged(*[SENTENCE * 30 + f"\n\nPage {n} ends." for n in range(9)])

    made = texts(document, sections(document))

    assert " ".join(made).split() == document.text.split()


def test_no_section_has_more_tokens_than_fit_and_all_are_of_like_size() -> None:
    document = paged(*[(SENTENCE * 9 + "\n\n") * 3 for _ in range(9)])

    made = sections(document, 400)

    tokens = [count(text) + 5 for text in texts(document, made)]
    assert tokens == [section.tokens for section in made]
    assert max(tokens) <= 400
    assert min(tokens) > 0.7 * max(tokens)


def test_no_sentence_is_cut() -> None:
    document = paged(*[SENTENCE * 40 for _ in range(5)])
    ends = {end for _, end in split_sentences(document.text)}

    made = sections(document, 100)

    assert len(made) > 20
    assert all(s.end in ends for section in made for s in section.stretches)


def test_sections_begin_where_the_chapters_of_a_document_do() -> None:
    body = SENTENCE * 20
    text = "".join(f"Parcel {n}\n\n{body}\n\n" for n in range(6))
    starts = [text.index(f"Parcel {n}\n") for n in range(6)]
    headings = tuple(Heading(at, at + 8, 1, text[at : at + 8]) for at in starts)
    page = Page(1, "1", text, headings=headings)
    document = DocumentText.from_pages(DocumentInfo("", 1, True, "PDF"), [page])

    made = sections(document, 400)

    assert [s.start for section in made for s in section.stretches] == starts


def test_a_plain_text_is_cut_where_its_chapters_are_announced() -> None:
    parts = [f"CHAPTER {name}\n\n{SENTENCE * 20}\n\n" for name in ("I", "II", "III", "IV")]
    document = DocumentText.from_pages(
        DocumentInfo("A novel", 1, False, "text"), [Page(1, "1", "".join(parts))]
    )

    made = texts(document, sections(document, 400))

    assert [text.splitlines()[0] for text in made] == [part.splitlines()[0] for part in parts]


def test_a_heading_is_never_the_last_of_a_section() -> None:
    text = "".join(f"CHAPTER {n}\n\n{SENTENCE * n}\n\n" for n in range(1, 12))
    document = DocumentText.from_pages(DocumentInfo("", 1, False, "text"), [Page(1, "1", text)])

    for most_tokens in range(150, 400, 17):
        made = texts(document, sections(document, most_tokens))

        assert not any(text.splitlines()[-1].startswith("CHAPTER") for text in made)


def test_what_has_no_sentences_is_cut_between_words_and_at_worst_within_one() -> None:
    words = DocumentText.from_pages(
        DocumentInfo("", 1, False, "text"), [Page(1, "1", "lorem ipsum " * 2000)]
    )
    noise = DocumentText.from_pages(
        DocumentInfo("", 1, False, "text"), [Page(1, "1", "x" * 50_000)]
    )

    of_words = cut([whole(words)], count, 300, CancelToken())
    of_noise = cut([whole(noise)], len, 3000, CancelToken())

    assert " ".join(texts(words, of_words)).split() == words.text.split()
    assert "".join(texts(noise, of_noise)) == noise.text
    assert all(section.tokens <= 3000 for section in of_noise)


def test_short_documents_share_sections_and_long_ones_have_their_own() -> None:
    short = [paged(SENTENCE * (3 + n % 4)) for n in range(12)]
    long = paged(SENTENCE * 60)
    originals = [whole(document, n) for n, document in enumerate([*short, long])]

    made = cut(originals, count, 300, CancelToken())

    assert len([s for s in made if len(s.stretches) > 1]) >= 3
    assert all(section.tokens <= 300 for section in made)
    assert [s.document_id for section in made for s in section.stretches][:12] == [*range(12)]
    assert {s.document_id for section in made[-3:] for s in section.stretches} == {12}


def test_the_sections_of_a_long_document_do_not_change_with_what_is_beside_it() -> None:
    long, short = paged(*[SENTENCE * 60] * 3), paged(SENTENCE)

    alone = cut([whole(long)], count, 300, CancelToken())
    among = cut([whole(short, 7), whole(long), whole(short, 8)], count, 300, CancelToken())

    assert among[1:-1] == alone


def test_only_what_is_in_scope_is_cut() -> None:
    document = paged("One.", "Two.", "Three.")
    second = Original(1, document, document.page_starts[1], document.page_starts[2], 5)

    (made,) = cut([second], count, 300, CancelToken())

    assert texts(document, [made]) == ["Two."]


def test_an_empty_document_has_no_section() -> None:
    assert sections(paged("", " \n")) == []


def test_the_best_cuts_are_better_than_filling_up_one_after_the_other() -> None:
    sizes, costs = np.array([40, 40, 40, 40, 40]), np.zeros(5)

    assert best_cuts(sizes, costs, 100) in (
        [(0, 1), (1, 3), (3, 5)],
        [(0, 2), (2, 3), (3, 5)],
        [(0, 2), (2, 4), (4, 5)],
    )
    assert best_cuts(np.array([50, 50, 50, 50]), np.array([0, 0.0, 0.9, 0.9]), 150) == [
        (0, 1),
        (1, 4),
    ]


def test_cutting_stops_when_told() -> None:
    stopped = CancelToken()
    stopped.cancel()

    with pytest.raises(Cancelled):
        cut([whole(paged(SENTENCE))], count, 300, stopped)


def test_a_long_book_is_cut_in_no_time_but_the_tokenizers() -> None:
    document = paged(*[SENTENCE * 40 for _ in range(60)])

    begun = time.process_time()
    made = sections(document, 2500)
    seconds = time.process_time() - begun

    assert len(made) in (13, 14, 15)
    assert seconds < 1.0
