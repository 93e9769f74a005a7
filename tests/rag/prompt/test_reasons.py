"""Each line that a model is shown has its reason beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag import resources

FILES = sorted((resources.folder() / "prompts").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_line_of_a_prompt_is_without_a_reason(file: Path):
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    shown = [n for n, line in enumerate(lines) if not line.startswith(resources.REASON)]

    assert shown
    for at in shown:
        reason = lines[at + 1] if at + 1 < len(lines) else ""
        assert reason.startswith(resources.REASON), lines[at]
        assert len(reason) > 20, lines[at]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_reason_reaches_the_model(file: Path):
    told = resources.prompt(file.stem)

    assert told
    assert not any(line.startswith("#") for line in told.splitlines())
