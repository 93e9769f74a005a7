"""A document read whole from the command line: killed, gone on with, and asked about."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rag.generate.kvcache import SavedReadings
from rag.protocols import SEGMENT_TOKENS
from tests import tiny_phi3
from tests.long import prose

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

TOKENS = 40_000
"""Long enough that it is still being read when it is told, once a second, how far that is."""


def town(folder: Path) -> tuple[Path, str, int]:
    """A PDF, a word in its middle that the model finds and says, and the page where it stands."""
    pages, needle = prose.pages(len, TOKENS), tiny_phi3.needle(0, 5).strip()
    middle = len(pages) // 2
    pages[middle] = f"The word is {needle}. {pages[middle]}"
    return prose.write_pdf(folder / "town.pdf", pages), needle, middle + 1


def command(verb: str, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "app", verb, "--json", *map(str, arguments)]


def last_line(arguments: list[str]) -> dict[str, Any]:
    run = subprocess.run(arguments, capture_output=True, text=True, timeout=500, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def test_after_a_kill_preparing_goes_on_and_the_answer_names_its_page(
    tiny_phi3: Path, tmp_path: Path
) -> None:
    document, needle, page = town(tmp_path)
    options = ("--library", tmp_path / "library", "--model", tiny_phi3)

    reached = kill(command("prepare", document, *options), random.Random(3).randrange(2000, 8000))
    kept = kept_tokens(tmp_path / "library")
    prepared = last_line(command("prepare", document, *options))
    again = last_line(command("prepare", document, *options))
    answer = last_line(command("ask", "Summarise it all.", "--read", "whole", *options))

    assert reached - SEGMENT_TOKENS < kept < prepared["tokens_total"]
    assert prepared["complete"]
    assert again["seconds"] < prepared["seconds"] / 2
    assert answer["mode"] == "whole_document"
    assert answer["text"] == needle
    (sentence,) = answer["sentences"]
    assert sentence["support"] == "supported"
    assert sentence["citations"][0]["page"] == page


def kept_tokens(library: Path) -> int:
    """How many tokens of its only reading a library keeps."""
    (reading,) = SavedReadings(library / "states", 1 << 40, 0).readings()
    return reading.tokens


def kill(arguments: list[str], after: int) -> int:
    """Kill a reading when it says that `after` tokens are done; what it said last."""
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        done = (json.loads(line)["progress"]["tokens_done"] for line in reader.stdout)
        reached = next(tokens for tokens in done if tokens >= after)
        reader.kill()
    return reached
