"""What only looks as if it were on this computer is told without opening it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from rag.disk.cloud import in_cloud, stands_for


def facts(**fields: int) -> Any:
    return cast("Any", SimpleNamespace(**fields))


@pytest.mark.parametrize("attribute", [0x1000, 0x40000, 0x400000])
def test_windows_marks_what_it_would_download(attribute: int) -> None:
    assert in_cloud(facts(st_file_attributes=attribute | 0x20))


def test_macos_marks_what_it_would_download() -> None:
    assert in_cloud(facts(st_flags=0x40000000 | 0x20))


def test_other_marks_are_none(tmp_path: Path) -> None:
    assert not in_cloud(facts(st_file_attributes=0x20 | 0x2, st_flags=0x8000))
    assert not in_cloud(tmp_path.stat())


@pytest.mark.parametrize(
    ("name", "real"),
    [(".Plan.pages.icloud", "Plan.pages"), (".icloud", None), ("a.icloud", None), (".a", None)],
)
def test_a_stub_names_the_file_that_it_stands_for(name: str, real: str | None) -> None:
    assert stands_for(Path("docs", name)) == (Path("docs", real) if real else None)
