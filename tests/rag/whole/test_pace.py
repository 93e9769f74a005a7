"""How long the rest of a reading takes, and what is remembered of it between runs."""

from __future__ import annotations

import pytest

from rag.generate.pace import PaceSample
from rag.records import KvType, PrefillCurve
from rag.whole.pace import Rate, samples_of, samples_text

CURVE = PrefillCurve(100.0, slowdown=2.0)


def test_before_anything_was_read_the_curve_alone_tells() -> None:
    rate = Rate()

    assert rate.tokens_per_s is None
    assert rate.seconds_left(None, 0, 1000) is None
    assert rate.seconds_left(CURVE, 0, 1000) == CURVE.seconds(0, 1000)


def test_a_reading_that_goes_half_as_fast_takes_twice_as_long() -> None:
    rate = Rate()
    for start in range(0, 1024, 256):
        rate.note(start, start + 256, 2 * CURVE.seconds(start, start + 256))

    assert rate.seconds_left(CURVE, 1024, 8192) == pytest.approx(2 * CURVE.seconds(1024, 8192))


def test_the_speed_is_that_of_late() -> None:
    rate = Rate()
    rate.note(0, 1000, 1000.0)
    for start in range(1000, 5000, 100):
        rate.note(start, start + 100, 1.0)

    assert rate.tokens_per_s == pytest.approx(100.0)


def test_samples_are_kept_as_they_were_measured() -> None:
    samples = (PaceSample(0, 128, 1.5), PaceSample(4096, 256, 9.25, KvType.Q8_0, True))

    assert samples_of(samples_text(samples)) == samples


@pytest.mark.parametrize("kept", [None, "", "{}", "[[1]]", '[["a", 1, 1, "f16", true]]', "7", "[["])
def test_what_another_version_kept_is_no_sample(kept: str | None) -> None:
    assert samples_of(kept) == ()


def test_samples_that_say_nothing_are_left_out() -> None:
    assert samples_of('[[0, 0, 1.0, "f16", true], [0, 9, -1.0, "f16", true]]') == ()
