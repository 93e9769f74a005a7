"""The speed of reading, told from what was read."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from rag.generate.pace import Pace, PaceSample, fitted
from rag.records import KvType, PrefillCurve


def slices(
    curve: PrefillCurve, start: int, end: int, noise: float = 0.0, **kind: object
) -> list[PaceSample]:
    """What reading from `start` to `end` in slices of 128 tokens measures."""
    chance = random.Random(1)
    return [
        PaceSample(
            depth,
            128,
            curve.seconds(depth, depth + 128) * (1 + chance.uniform(-noise, noise)),
            **kind,  # type: ignore[arg-type]
        )
        for depth in range(start, end, 128)
    ]


@pytest.mark.parametrize("slowdown", [0.0, 1.2, 2.4, 6.0])
def test_a_curve_is_found_again_in_what_it_measures(slowdown: float):
    real = PrefillCurve(30.0, slowdown)

    found = fitted(slices(real, 0, 16384), usual_slowdown=2.0)

    assert found is not None
    assert found.tokens_per_s == pytest.approx(30.0, rel=0.1)
    assert found.seconds(0, 16384) == pytest.approx(real.seconds(0, 16384), rel=0.05)


def test_shallow_samples_leave_the_usual_slowdown():
    found = fitted(slices(PrefillCurve(50.0, 0.0), 0, 512, noise=0.1), usual_slowdown=2.0)

    assert found is not None
    assert found.tokens_per_s == pytest.approx(50.0, rel=0.1)
    assert found.slowdown == pytest.approx(2.0, rel=0.2)


@pytest.mark.parametrize("tokens", [2048, 4096, 16384])
@pytest.mark.parametrize("slowdown", [2.1, 2.8, 3.9])
def test_after_a_short_document_a_longer_one_is_estimated_within_a_quarter(
    tokens: int, slowdown: float
):
    real = PrefillCurve(40.0, slowdown)

    found = Pace().with_samples(slices(real, 0, 2048, noise=0.1)).curve()

    assert found is not None
    assert found.seconds(0, tokens) == pytest.approx(real.seconds(0, tokens), rel=0.25)


def test_the_latest_samples_count_more():
    busy, quiet = PrefillCurve(10.0, 1.2), PrefillCurve(40.0, 1.2)
    pace = Pace().with_samples(slices(busy, 0, 8192)).with_samples(slices(quiet, 0, 8192) * 3)

    found = pace.curve()

    assert found is not None
    assert found.tokens_per_s == pytest.approx(40.0, rel=0.15)


def test_nothing_measured_tells_nothing():
    assert Pace().curve() is None
    assert fitted([], 2.0) is None


def test_reading_that_grows_faster_with_depth_is_noise():
    samples = [PaceSample(0, 128, 8.0), PaceSample(8192, 128, 2.0)]

    found = fitted(samples, usual_slowdown=1.2)

    assert found is not None
    assert found.slowdown == 0
    assert found.seconds(0, 8192) > 0


def test_a_kind_of_cache_that_was_not_measured_starts_as_fast_as_others():
    pace = Pace().with_samples(slices(PrefillCurve(40.0, 1.2), 0, 8192))

    found = pace.curve(KvType.Q8_0, flash_attention=True)

    assert found is not None
    assert found.tokens_per_s == pytest.approx(40.0, rel=0.2)
    assert found.slowdown > 4


def test_kinds_of_caches_do_not_mix_in_the_depth():
    fast = slices(PrefillCurve(40.0, 2.5), 0, 8192)
    slow = slices(PrefillCurve(40.0, 9.0), 0, 8192, kv_type=KvType.Q8_0, flash_attention=True)

    pace = Pace().with_samples(fast).with_samples(slow)
    exact, halved = pace.curve(), pace.curve(KvType.Q8_0, flash_attention=True)

    assert exact is not None
    assert halved is not None
    assert exact.slowdown == pytest.approx(2.5, rel=0.15)
    assert halved.slowdown == pytest.approx(9.0, rel=0.15)


def test_few_samples_of_each_depth_are_kept_and_those_the_latest():
    pace = Pace()
    for second in range(1, 20):
        pace = pace.with_samples([PaceSample(0, 128, float(second)), PaceSample(5000, 128, 9.0)])

    assert [sample.seconds for sample in pace.samples if sample.depth == 0] == [16, 17, 18, 19]
    assert len(pace.samples) == 8
    assert Pace().with_samples(pace.samples) == pace


def test_a_moment_in_which_the_computer_was_busy_does_not_count():
    quiet = slices(PrefillCurve(40.0, 1.2), 0, 4096)
    disturbed = [
        replace(sample, seconds=sample.seconds * (5 if number % 8 == 3 else 1))
        for number, sample in enumerate(quiet)
    ]

    expected, found = Pace().with_samples(quiet).curve(), Pace().with_samples(disturbed).curve()

    assert expected is not None
    assert found is not None
    assert found.seconds(0, 16384) == pytest.approx(expected.seconds(0, 16384), rel=0.05)
