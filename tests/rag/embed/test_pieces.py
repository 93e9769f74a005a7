"""A text is cut into pieces that a model can take, and put together again to its end."""

from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from rag.embed.pieces import Piece, Pieces, familiarity, joined
from rag.embed.source import tokenizer
from rag.models.discover import embedder_folder

MOST = 8  # tokens a piece, two of which are the model's own
WORDS = ["oil", "garden", "lease", "query", ":", ".", "Straße"]


def word_tokenizer(*known: str) -> Tokenizer:
    vocabulary = {word: n for n, word in enumerate(["[UNK]", "[CLS]", "[SEP]", *known])}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return made


def pieces_of(prefix: str, *texts: str) -> list[Piece]:
    return Pieces(word_tokenizer(*WORDS), MOST).of(prefix, texts)


def test_a_long_text_is_cut_into_pieces_that_cover_it_all() -> None:
    text = "oil " * 6 + "garden " * 6 + "lease"

    pieces = pieces_of("", text, "oil")

    assert [piece.text for piece in pieces] == [0, 0, 0, 1]
    assert all(len(piece.ids) <= MOST for piece in pieces)
    located = [start for piece in pieces[:3] for start in piece.starts]
    assert [text[start:].split(maxsplit=1)[0] for start in located] == text.split()


def test_a_text_of_no_words_is_one_piece() -> None:
    (piece,) = pieces_of("", "")

    assert (list(piece.kept), list(piece.starts)) == ([], [])


def test_what_is_read_before_a_text_is_no_part_of_it() -> None:
    (piece,) = pieces_of("query: ", "oil garden")

    assert list(piece.starts) == [0, 4]
    assert [piece.ids[place] for place in piece.kept] == [3, 4]


def test_signs_are_read_but_not_kept() -> None:
    (piece,) = pieces_of("", "oil . garden :")

    assert list(piece.starts) == [0, 6]


def test_tokens_begin_where_code_points_do() -> None:
    (piece,) = pieces_of("", "Straße 🎉 oil")

    assert list(piece.starts) == [0, 9]


def test_the_vector_of_a_long_text_is_the_mean_of_its_pieces_by_their_tokens() -> None:
    pieces = [Piece(0, [1] * 3, [0], [0]), Piece(0, [1] * 1, [0], [9]), Piece(1, [1], [0], [0])]
    east, north = np.array([[1, 0], [0, 1]], np.float32)
    tokens = np.ones((3, 2), np.float32)

    made = joined(pieces, [(east, tokens), (north, tokens), (north, tokens)], 2, 2)

    assert made.vectors[0].tolist() == pytest.approx([3 / 10**0.5, 1 / 10**0.5])
    assert made.vectors[1].tolist() == [0, 1]


def test_the_tokens_of_a_long_text_are_those_of_all_its_pieces() -> None:
    text = "oil . " * 6 + "garden"
    pieces = pieces_of("", text)
    found = [
        (
            np.ones(2, np.float32),
            np.array([[n, place] for place in range(len(p.ids))], np.float32),
        )
        for n, p in enumerate(pieces)
    ]

    tokens = joined(pieces, found, 1, 2).tokens[0]

    assert tokens.starts.tolist() == [6 * n for n in range(7)]
    kept = [[n, place] for n, piece in enumerate(pieces) for place in piece.kept]
    assert tokens.vectors.tolist() == kept
    assert len(pieces) == 3


def test_no_texts_are_joined_to_nothing() -> None:
    made = joined([], [], 0, 5)

    assert made.vectors.shape == (0, 5)
    assert made.tokens == ()


@pytest.mark.parametrize("text", ["", " ", "2024", "3.5 + 4 = ?", "§ 12 (3)", "🎉"])
def test_a_text_without_letters_is_familiar(text: str) -> None:
    assert familiarity(word_tokenizer("oil"), text) == 1.0


def test_words_that_the_vocabulary_holds_are_familiar_and_others_strange() -> None:
    known = word_tokenizer("the", "oil", "filter")

    assert familiarity(known, "the oil filter 2024") == 1.0
    assert familiarity(known, "вечером звонили") == 0.0
    assert 0 < familiarity(known, "the oil filter the oil filter на") < 1


@pytest.mark.models
def test_an_english_model_is_at_home_in_english_and_lost_in_chinese() -> None:
    folder = embedder_folder()
    assert folder is not None, "the search model's package is not installed"
    own = tokenizer(folder)

    english = familiarity(own, "What is the notice period of the lease on Harbour Street?")
    german = familiarity(own, "Welche Kündigungsfrist gilt für den Mietvertrag der Wohnung?")
    chinese = familiarity(own, "租约的通知期限是多长时间？")

    assert english == pytest.approx(1, abs=0.05)
    assert 0.1 < german < 0.9
    assert chinese == 0
    assert familiarity(own, "2024 / 17?") == 1
