"""What every embedder promises, as tests that run on each of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from rag.protocols import Embedder

TEXTS = ["A short one.", "The lease ends in May. " * 30, "", "Notice is three months.", "東京 🎉"]


class EmbedderContract:
    """A subclass has a fixture `embedder` and the largest difference that batches may make."""

    most_difference = 1e-5

    def test_vectors_are_unit_rows_in_the_order_of_the_texts(self, embedder: Embedder):
        vectors = embedder.embed_passages(TEXTS).vectors
        backwards = embedder.embed_passages(TEXTS[::-1]).vectors

        assert vectors.shape == (len(TEXTS), embedder.identity.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
        assert np.abs(vectors - backwards[::-1]).max() <= self.most_difference

    def test_a_text_has_the_same_vector_alone_and_among_others(self, embedder: Embedder):
        together = embedder.embed_passages(TEXTS).vectors
        alone = np.concatenate([embedder.embed_passages([text]).vectors for text in TEXTS])

        assert np.abs(together - alone).max() <= self.most_difference

    def test_no_texts_are_no_vectors(self, embedder: Embedder):
        assert embedder.embed_passages([]).vectors.shape == (0, embedder.identity.dimension)

    def test_a_question_is_one_unit_vector(self, embedder: Embedder):
        question = embedder.embed_question("How long is the notice period?").vector

        assert question.shape == (embedder.identity.dimension,)
        assert question.dtype == np.float32
        assert np.linalg.norm(question) == pytest.approx(1, abs=1e-5)

    def test_a_text_over_the_limit_counts_to_its_end(self, embedder: Embedder):
        limit = embedder.identity.max_tokens
        long = "oil " * limit + "garden " * limit

        made = embedder.embed_passages([long, "oil " * limit])

        assert made.vectors[0] @ made.vectors[1] < 0.999
        assert len(made.tokens[0].starts) == 2 * limit
        assert made.tokens[0].starts[-1] == long.rindex("garden")

    def test_every_word_has_a_token_where_it_begins(self, embedder: Embedder):
        text = "The lease, it says, ends in May."

        tokens = embedder.embed_passages([text]).tokens[0]

        assert {text.index(word) for word in ("The", "lease", "ends", "May")} <= set(tokens.starts)
        assert not {text.index(","), text.index(".")} & set(tokens.starts)
        assert len(tokens.vectors) == len(tokens.starts)

    def test_a_question_tells_where_its_words_are(self, embedder: Embedder):
        question = embedder.embed_question("Who signed the lease?")

        assert {0, 4, 11, 15} <= set(question.tokens.starts)
        assert 0 <= question.familiarity <= 1

    def test_tokens_are_located_in_code_points(self, embedder: Embedder):
        text = "Grüße 🎉 from the\n\nhouse"

        starts = list(embedder.token_starts(text))

        assert starts == sorted(starts)
        assert {text.index("the"), text.index("house")} <= set(starts)

    def test_a_long_text_is_located_to_its_end(self, embedder: Embedder):
        assert list(embedder.token_starts("oil " * 5000)) == [4 * n for n in range(5000)]

    def test_threads_get_their_own_vectors(self, embedder: Embedder):
        expected = [
            embedder.embed_passages(TEXTS).vectors,
            embedder.embed_question(TEXTS[3]).vector,
        ]

        with ThreadPoolExecutor(4) as pool:
            passages = [pool.submit(embedder.embed_passages, TEXTS) for _ in range(4)]
            questions = [pool.submit(embedder.embed_question, TEXTS[3]) for _ in range(8)]
            for found in passages:
                assert np.abs(found.result().vectors - expected[0]).max() <= self.most_difference
            for found in questions:
                assert np.abs(found.result().vector - expected[1]).max() <= self.most_difference
