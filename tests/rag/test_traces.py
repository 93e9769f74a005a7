"""A trace keeps where each token begins and the sign of each of its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from rag.traces import TokenVectors, pack, unpack


def tokens(starts: list[int], dimension: int) -> TokenVectors:
    vectors = np.random.default_rng(dimension).normal(size=(len(starts), dimension))
    return TokenVectors(np.array(starts, np.int64), vectors.astype(np.float32))


@pytest.mark.parametrize("dimension", [1, 7, 8, 13, 64, 100, 384])
def test_starts_and_signs_are_kept_in_any_dimension(dimension: int) -> None:
    packed = tokens([0, 4, 9, 300, 65_535], dimension)

    kept = unpack(pack(packed), dimension)

    assert kept.starts.tolist() == packed.starts.tolist()
    assert (kept.vectors == np.where(packed.vectors > 0, 1, -1)).all()


@pytest.mark.parametrize("dimension", [12, 384])
def test_a_token_takes_two_bytes_and_a_bit_for_each_number(dimension: int) -> None:
    assert len(pack(tokens([0, 5, 8], dimension))) == 3 * (2 + -(-dimension // 8))


def test_a_text_without_tokens_has_a_trace_without_tokens() -> None:
    nothing = TokenVectors(np.empty(0, np.int64), np.empty((0, 13), np.float32))

    kept = unpack(pack(nothing), 13)

    assert pack(nothing) == b""
    assert kept.vectors.shape == (0, 13)


def test_tokens_too_far_in_a_text_to_be_located_are_left_out() -> None:
    packed = tokens([7, 65_535, 65_536, 90_000], 9)

    kept = unpack(pack(packed), 9)

    assert kept.starts.tolist() == [7, 65_535]
    assert (kept.vectors > 0).tolist() == (packed.vectors[:2] > 0).tolist()


def test_the_tokens_after_an_offset_are_located_from_there() -> None:
    whole = tokens([0, 6, 10, 14], 5)

    after = whole.after(10)

    assert after.starts.tolist() == [0, 4]
    assert (after.vectors == whole.vectors[2:]).all()


def test_an_offset_within_a_token_leaves_that_token_out() -> None:
    assert tokens([0, 6, 10], 5).after(7).starts.tolist() == [3]


def test_after_nothing_and_after_everything_all_and_none_are_left() -> None:
    whole = tokens([2, 6], 5)

    assert whole.after(0).starts.tolist() == [2, 6]
    assert whole.after(100).vectors.shape == (0, 5)
