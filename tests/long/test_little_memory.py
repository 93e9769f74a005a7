"""Where there is little memory a long document is read as fits, or not: never more is taken."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps limits on memory"),
]

LENGTH = 100_000  # tokens: 0.8 GB of cache in 16 bits with two layers, 0.4 GB in 8
MB = 10**6


def planned(model: Path, spare_bytes: int) -> dict[str, Any]:
    """What a process planned and did that could not have more memory than that."""
    command = [sys.executable, "-m", "tests.long.little_memory", str(model), str(LENGTH)]
    run = subprocess.run(
        [*command, "spare", str(spare_bytes)],
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize(
    ("spare_bytes", "kv_type"), [(3000 * MB, "f16"), (1600 * MB, "f16"), (1000 * MB, "q8_0")]
)
def test_a_context_is_opened_that_fits_the_memory_there_is(
    spare_bytes: int, kv_type: str, shape_model: Path
) -> None:
    told = planned(shape_model, spare_bytes)

    assert told["mode"] == "whole_document"
    assert told["shape"]["kv_type"] == kv_type
    assert told["shape"]["n_ctx"] > LENGTH
    assert told["done"] >= 2 * told["shape"]["n_ubatch"]


@pytest.mark.parametrize("spare_bytes", [400 * MB, 200 * MB, 20 * MB])
def test_where_none_fits_nothing_is_opened_and_it_is_said_what_would_help(
    spare_bytes: int, shape_model: Path
) -> None:
    told = planned(shape_model, spare_bytes)

    assert told["mode"] in {"sections", "decline"}
    assert "Close other programs" in told["reason"] + told["note"]
    assert " GB of memory" in told["reason"] + told["note"]
