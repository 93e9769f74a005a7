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
        vectors = embedder.embed_passages(TEXTS)
        backwards = embedder.embed_passages(TEXTS[::-1])

        assert vectors.shape == (len(TEXTS), embedder.identity.dimension)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
        assert np.abs(vectors - backwards[::-1]).max() <= self.most_difference

    def test_a_text_has_the_same_vector_alone_and_among_others(self, embedder: Embedder):
        together = embedder.embed_passages(TEXTS)
        alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])

        assert np.abs(together - alone).max() <= self.most_difference

    def test_no_texts_are_no_vectors(self, embedder: Embedder):
        assert embedder.embed_passages([]).shape == (0, embedder.identity.dimension)

    def test_a_question_is_one_unit_vector(self, embedder: Embedder):
        question = embedder.embed_question("How long is the notice period?")

        assert question.shape == (embedder.identity.dimension,)
        assert question.dtype == np.float32
        assert np.linalg.norm(question) == pytest.approx(1, abs=1e-5)

    def test_a_text_is_cut_at_the_limit(self, embedder: Embedder):
        limit = embedder.identity.max_tokens

        shorter, longer = embedder.embed_passages(["oil " * limit, "oil " * limit + "garden " * 9])

        assert np.abs(shorter - longer).max() <= self.most_difference

    def test_tokens_are_located_in_code_points(self, embedder: Embedder):
        text = "Grüße 🎉 from the\n\nhouse"

        starts = list(embedder.token_starts(text))

        assert starts == sorted(starts)
        assert {text.index("the"), text.index("house")} <= set(starts)

    def test_a_long_text_is_located_to_its_end(self, embedder: Embedder):
        assert list(embedder.token_starts("oil " * 5000)) == [4 * n for n in range(5000)]

    def test_threads_get_their_own_vectors(self, embedder: Embedder):
        expected = [embedder.embed_passages(TEXTS), embedder.embed_question(TEXTS[3])]

        with ThreadPoolExecutor(4) as pool:
            passages = [pool.submit(embedder.embed_passages, TEXTS) for _ in range(4)]
            questions = [pool.submit(embedder.embed_question, TEXTS[3]) for _ in range(8)]
            for found in passages:
                assert np.abs(found.result() - expected[0]).max() <= self.most_difference
            for found in questions:
                assert np.abs(found.result() - expected[1]).max() <= self.most_difference
