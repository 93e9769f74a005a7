"""What numbers and dates are read from, and what is left alone."""

from __future__ import annotations

import pytest

from rag.cite.facts import analyse


@pytest.mark.parametrize("written", ["12/45/2007", "0912/29/07", "31/31/07"])
def test_digits_that_only_look_like_a_date_are_no_amount(written: str) -> None:
    items = analyse(f"Seen on {written} again.")

    assert [item.quantity for item in items] == [None] * len(items)
