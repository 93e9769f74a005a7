"""Words end where their ink ends, and ink that no character explains is noticed."""

from __future__ import annotations

import numpy as np

from rag.load.ocr.ink import ink_along, unexplained, words_of

EM = 40


def strip(*inked: tuple[int, int], width: int = 400, dark: int = 0, light: int = 255) -> np.ndarray:
    """A picture of a line with ink from column to column."""
    picture = np.full((48, width, 3), light, dtype=np.uint8)
    for first, after in inked:
        picture[14:34, first:after] = dark
    return picture


def test_ink_is_seen_dark_on_light_and_light_on_dark() -> None:
    for dark, light in ((0, 255), (255, 0), (90, 160)):
        ink = ink_along(strip((100, 120), dark=dark, light=light))

        assert np.flatnonzero(ink).tolist() == list(range(100, 120))


def test_an_even_strip_has_no_ink() -> None:
    assert not ink_along(strip()).any()


def test_a_line_drawn_under_the_text_is_no_ink() -> None:
    picture = strip((100, 120))
    picture[40:43] = 0

    assert np.flatnonzero(ink_along(picture)).tolist() == list(range(100, 120))


def test_words_reach_as_far_as_their_ink() -> None:
    ink = ink_along(strip((20, 70), (100, 160)))

    spans = words_of("ab cd", np.array([32, 58, 85, 115, 145]) / 400, ink, EM)

    assert [(s.first, s.after) for s in spans] == [(0, 2), (3, 5)]
    assert [(round(s.x0 * 400), round(s.x1 * 400)) for s in spans] == [(20, 70), (100, 160)]


def test_chinese_and_japanese_characters_are_words() -> None:
    ink = ink_along(strip((20, 55), (60, 95), (130, 180)))

    spans = words_of("国民 ok", np.array([38, 78, 110, 140, 165]) / 400, ink, EM)

    assert [(s.first, s.after) for s in spans] == [(0, 1), (1, 2), (3, 5)]
    assert round(spans[0].x1 * 400) == 55
    assert round(spans[1].x0 * 400) == 60


def test_a_line_without_characters_has_no_words() -> None:
    assert words_of("  ", np.array([0.2, 0.4]), np.zeros(400, dtype=np.bool_), EM) == []


def test_ink_under_its_characters_is_explained() -> None:
    ink = ink_along(strip((20, 70)))

    assert unexplained("abc", np.array([28, 45, 62]) / 400, ink, EM) == 0


def test_ink_far_from_any_character_is_not() -> None:
    ink = ink_along(strip((20, 70), (200, 300)))

    share = unexplained("abc  ", np.array([28, 45, 62, 220, 260]) / 400, ink, EM)

    assert 0.6 < share < 0.7
