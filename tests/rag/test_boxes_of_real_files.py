"""The boxes of quotes from real files show the quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.boxes import measured


@pytest.mark.fuzz
@pytest.mark.parametrize("folder", ["reports", "pdf_edge"])
def test_what_is_boxed_is_the_quote(test_data: Path, folder: str) -> None:
    outcomes = measured(test_data / folder, 100, seed=7)

    wrong = [(o.quote.source.path.name, o.quote.text, o.shown) for o in outcomes if not o.is_right]
    chars = sum(len(outcome.quote.text) for outcome in outcomes)
    assert len(wrong) <= 3, wrong  # one of these files draws its text twice over itself
    assert sum(outcome.extra_chars for outcome in outcomes) <= 0.02 * chars
