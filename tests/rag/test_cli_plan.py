"""`footnote plan` tells what an answer would take, on this computer and on others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rag.test_cli import footnote, rows

pytestmark = [pytest.mark.models, pytest.mark.timeout(300)]

SUMMARY, FACT = "Summarise the lease.", "What is the rent of flat 7?"


@pytest.fixture(scope="module")
def lease(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "lease.md"
    clauses = "\n\n".join(
        f"## Clause {n}\n\nThe rent of flat {n} is {n}0 euros." for n in range(200)
    )
    path.write_text(f"# Lease\n\n{clauses}\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, lease: Path) -> Path:
    folder = tmp_path_factory.mktemp("library")
    done = footnote("index", lease, "--library", folder)
    assert done.returncode == 0, done.stderr
    return folder


def plan(library: Path, *arguments: object) -> dict[str, Any]:
    (row,) = rows(footnote("plan", "--library", library, "--json", *arguments))
    return row


def test_the_plan_is_as_ask_would_have_it(library: Path, lease: Path) -> None:
    made = plan(library, SUMMARY)
    (asked,) = rows(footnote("ask", "--library", library, "--json", "--plan-only", SUMMARY))

    assert made["mode"] == asked["mode"] == "whole_document"
    assert [row["path"] for row in made["documents"]] == [str(lease)]
    assert made["n_ctx"] >= made["tokens"] + made["answer_tokens"]
    assert made["prefill_tokens_per_s"] > 0
    assert made["seconds"] > 0


def test_a_fact_is_looked_up_and_the_whole_offered(library: Path, lease: Path) -> None:
    made = plan(library, FACT, "--scope", lease, "--prefill", 50)

    assert (made["mode"], made["n_ctx"]) == ("passages", 4096)
    assert made["passages"] > 0
    assert made["offer"]["mode"] == "whole_document"


def test_other_computers_are_imagined(library: Path, shape_model: Path) -> None:
    model = ("--model", shape_model)
    slow = plan(library, SUMMARY, *model, "--prefill", 10, "--memory", 16)
    fast = plan(library, SUMMARY, *model, "--prefill", 100, "--memory", 16)
    small = plan(library, SUMMARY, *model, "--prefill", 100, "--memory", 0.5)

    assert slow["seconds"] == pytest.approx(10 * fast["seconds"], rel=0.2)
    assert fast["memory_bytes"] < 0.8 * fast["free_bytes"] == 0.8 * 16e9
    assert small["mode"] == "decline"
    assert "Close other programs" in small["reason"]


def test_how_it_is_to_be_read_can_be_said(library: Path) -> None:
    modes = [
        plan(library, FACT, "--prefill", 50, "--read", read)["mode"]
        for read in ("passages", "sections", "whole")
    ]

    assert modes == ["passages", "sections", "whole_document"]


def test_in_words_it_is_a_sentence_and_the_memory(library: Path) -> None:
    done = footnote("plan", "--library", library, SUMMARY, "--prefill", 50)

    reason, memory = done.stdout.splitlines()
    assert reason.startswith("Reading all of Lease, about ")
    assert memory.startswith("Memory: ")


def test_amounts_that_make_no_sense_are_refused(library: Path) -> None:
    for wrong in (("--memory", "-1"), ("--prefill", "0"), ("--memory", "much")):
        done = footnote("plan", "--library", library, SUMMARY, *wrong)
        assert done.returncode == 2
        assert "is not a number above 0" in done.stderr
