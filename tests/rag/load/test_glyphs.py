"""Glyph indices survive packing."""

from __future__ import annotations

from rag.load import glyphs


def test_what_is_packed_is_unpacked() -> None:
    indices = [5, 6, 7, -1, 8, 0, 2**31 - 1, -1]

    assert glyphs.unpack(glyphs.pack(indices)).tolist() == indices


def test_nothing_is_packed_as_nothing() -> None:
    assert glyphs.unpack(glyphs.pack([])).tolist() == []
    assert glyphs.unpack(b"").tolist() == []


def test_a_page_in_order_takes_little_room() -> None:
    assert len(glyphs.pack(range(5_000))) < 200
