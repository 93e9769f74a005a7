"""Text is cut only where it has runs that llama.cpp's tokenizers cannot take."""

from __future__ import annotations

import pytest

from rag.generate.tokens import without_long_runs


@pytest.mark.parametrize("run", ["a", "é", "y\u0301\u0489", " ", "\n", "(", "国", "=-"])
def test_a_run_without_end_is_cut(run: str) -> None:
    text = "The yard. " + run * 5_000 + " The gate."

    pieces = without_long_runs(text)

    assert "".join(pieces) == text
    assert max(map(len, pieces)) < 2_100


@pytest.mark.parametrize(
    "text", ["", "a", "The yard is open. " * 500, "自由、平等、博爱。" * 500, "1234567890" * 500]
)
def test_other_text_is_in_one_piece(text: str) -> None:
    assert without_long_runs(text) == [text]
