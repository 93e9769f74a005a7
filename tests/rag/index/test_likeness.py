"""Documents that say nearly the same are noticed."""

from __future__ import annotations

import random
from pathlib import Path

from rag.index.catalog import Catalog
from rag.index.likeness import KEPT_HASHES, likeness, sketch_of
from tests.rag.index.filling import add

WORDS = [f"word{n}" for n in range(2000)]


def text(seed: int, words: int = 400) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def edited(original: str, changes: int) -> str:
    words = original.split()
    for place in random.Random(7).sample(range(len(words)), changes):
        words[place] = "changed"
    return " ".join(words)


def test_the_same_text_is_wholly_alike_however_it_is_set():
    one = sketch_of([text(1)])

    assert likeness(one, sketch_of([text(1).upper().replace(" ", "\n")])) == 1.0
    assert len(one) == KEPT_HASHES


def test_two_texts_have_nothing_in_common():
    assert likeness(sketch_of([text(1)]), sketch_of([text(2)])) == 0.0


def test_likeness_falls_with_every_change():
    sketch = sketch_of([text(1)])

    shares = [likeness(sketch, sketch_of([edited(text(1), n)])) for n in (2, 10, 60)]

    assert shares[0] > 0.9
    assert shares == sorted(shares, reverse=True)
    assert shares[2] < 0.5


def test_short_texts_are_never_alike():
    assert likeness(sketch_of(["three short words"]), sketch_of(["three short words"])) == 0.0


def test_a_version_is_noticed_and_names_the_earlier_one(catalog: Catalog, tmp_path: Path):
    draft, final, other = tmp_path / "draft.txt", tmp_path / "final.txt", tmp_path / "other.txt"
    add(catalog, draft, text(1))
    add(catalog, other, text(2))
    add(catalog, final, edited(text(1), 5))

    lines = {file.path: file.like for file in catalog.files()}

    assert lines == {draft: None, other: None, final: draft}


def test_a_version_outlives_the_one_that_it_is_like(catalog: Catalog, tmp_path: Path):
    draft, final = tmp_path / "draft.txt", tmp_path / "final.txt"
    add(catalog, draft, text(1))
    add(catalog, final, edited(text(1), 5))

    catalog.forget_files([draft])

    assert [(file.path, file.like) for file in catalog.files()] == [(final, None)]
