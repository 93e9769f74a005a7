"""`footnote ask` prints what it listed, with every place where it was found."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

TENANTS = {
    "berg": "Lease. The tenant is Anna Berg. The notice period is 90 days.",
    "costa": "Lease. The tenant is Rui Costa. The notice period is 30 days.",
    "dahl": "Lease. The tenant is Ida Dahl. The notice period is 120 days.",
    "menu": "Soup of the day. A notice hangs at the door for 90 days.",
}


def footnote(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_what_is_listed_is_printed_with_its_citations(tmp_path: Path) -> None:
    files, library = tmp_path / "files", tmp_path / "library"
    files.mkdir()
    for name, text in TENANTS.items():
        (files / f"{name}.txt").write_text(text, "utf-8")
    assert footnote("index", files, "--library", library).returncode == 0

    done = footnote(
        "ask", "Which leases have a notice period of more than 60 days?",
        "--json", "--library", library,
    )  # fmt: skip

    answer = json.loads(done.stdout)
    assert (done.returncode, answer["mode"]) == (0, "exhaustive")
    listed = {Path(c["document"]).stem: c for item in answer["listed"] for c in item["citations"]}
    assert set(listed) == {"berg", "dahl"}
    for name, citation in listed.items():
        text = TENANTS[name]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
