"""What is left out is so by a rule that the user sees, and mostly can change."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from rag.disk.ignore_files import IgnoreFiles
from rag.disk.rules import (
    CACHES,
    CLOUD,
    HIDDEN,
    IGNORED,
    OWN_FOLDER,
    PATTERN,
    RULES,
    TEMPORARY,
    UNKNOWN_TYPE,
    Rule,
    Rules,
    uses,
)
from rag.options import Options
from rag.records import FileRecord, FileState

ROOT = Path("docs")


def facts(*, folder: bool = False, attributes: int = 0, flags: int = 0) -> os.stat_result:
    mode = 0o040755 if folder else 0o100644
    fields = SimpleNamespace(st_mode=mode, st_file_attributes=attributes, st_flags=flags)
    return cast("Any", fields)


def rule_of(
    name: str, *, folder: bool = False, attributes: int = 0, flags: int = 0, **options: object
) -> Rule | None:
    rules = Rules(replace(Options(), **cast("dict[str, Any]", options)), ROOT / "library")
    own = facts(folder=folder, attributes=attributes, flags=flags)
    found = rules.of_path(ROOT / name, ROOT, own, IgnoreFiles())
    return found and found.rule


@pytest.mark.parametrize(
    "name",
    ["~$plan.docx", ".~lock.plan.odt#", "a.txt~", "film.mkv.part", "Thumbs.db", ".DS_Store"],
)
def test_temporary_and_lock_files_are_left_out_whatever_the_settings(name: str) -> None:
    assert rule_of(name, hidden_files=True, ignored_files=True) is TEMPORARY


def test_hidden_files_and_folders_are_left_out_until_the_user_wants_them() -> None:
    assert rule_of(".notes.txt") is HIDDEN
    assert rule_of(".notes", folder=True) is HIDDEN
    assert rule_of("notes.txt", attributes=0x2) is HIDDEN
    assert rule_of("notes.txt", flags=0x8000) is HIDDEN
    assert rule_of(".notes.txt", hidden_files=True) is None
    assert rule_of("notes.txt") is None


@pytest.mark.parametrize(
    "name", ["node_modules", "__pycache__", ".git", "site-packages", "$RECYCLE.BIN", ".Trash-1000"]
)
def test_caches_and_packages_are_left_out_until_the_user_wants_them(name: str) -> None:
    assert rule_of(name, folder=True) is CACHES
    assert rule_of(name, folder=True, hidden_files=True) is CACHES
    assert rule_of(name, folder=True, hidden_files=True, ignored_files=True) is None
    assert rule_of(f"{name}.txt") is not CACHES


def test_a_folder_is_known_as_a_cache_by_what_lies_in_it(tmp_path: Path) -> None:
    tag = tmp_path / "CACHEDIR.TAG"
    tag.write_text("Signature: 8a477f597d28d172789f06886806bc55\n# made by a program", "utf-8")
    rules, wanting = Rules(Options()), Rules(Options(ignored_files=True))

    found = rules.of_content(tmp_path, {"CACHEDIR.TAG", "a.txt"})
    assert found is not None
    assert found.rule is CACHES
    assert rules.of_content(tmp_path, {"pyvenv.cfg"}) is not None
    assert wanting.of_content(tmp_path, {"CACHEDIR.TAG", "pyvenv.cfg"}) is None
    tag.write_text("my own notes on caches", "utf-8")
    assert rules.of_content(tmp_path, {"CACHEDIR.TAG"}) is None


def test_what_a_gitignore_names_is_left_out_until_the_user_wants_it(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.log", "utf-8")
    path = tmp_path / "a.log"

    for wanted in (False, True):
        rules = Rules(Options(ignored_files=wanted))
        ignores = rules.ignores_in(tmp_path, rules.ignores_above(tmp_path))
        found = rules.of_path(path, tmp_path, facts(), ignores)

        assert (found and found.rule) is (None if wanted else IGNORED)


def test_the_user_s_patterns_are_read_as_in_a_gitignore_and_told() -> None:
    rules = Rules(Options(leave_out=" *.BAK; Archive/ ;; drafts/old*"))

    found = rules.of_path(ROOT / "deep" / "a.bak", ROOT, facts(), IgnoreFiles())
    assert found is not None
    assert found.rule is PATTERN
    assert "“*.bak”" in found.reason
    assert rule_of("archive", folder=True, leave_out="Archive/") is PATTERN
    assert rule_of("archive", leave_out="Archive/") is None
    assert rule_of("drafts/older.md", leave_out="drafts/old*") is PATTERN
    assert rule_of("notes/older.md", leave_out="drafts/old*") is None


def test_a_pattern_can_ask_for_what_another_rule_leaves_out() -> None:
    wish = "!.notes; !.notes/**; !node_modules; *.bak"

    assert rule_of(".notes", folder=True, leave_out=wish) is None
    assert rule_of("node_modules", folder=True, leave_out=wish) is None
    assert rule_of("~$a.docx", leave_out="!~$a.docx") is TEMPORARY


def test_what_is_in_the_cloud_is_left_out_before_all_else() -> None:
    assert rule_of(".Plan.pdf.icloud") is CLOUD
    assert rule_of("plan.pdf", attributes=0x400000) is CLOUD
    assert rule_of("plans", folder=True, flags=0x40000000) is CLOUD
    assert rule_of(".plan.pdf", attributes=0x1000, hidden_files=True) is CLOUD


def test_the_library_never_reads_itself() -> None:
    assert rule_of("library", folder=True, hidden_files=True, ignored_files=True) is OWN_FOLDER


def test_every_reason_that_can_be_changed_says_where() -> None:
    changeable = [rule for rule in RULES if rule.option]

    assert {rule.option for rule in changeable} == {"hidden_files", "ignored_files", "leave_out"}
    assert all("Settings → “" in rule.sentence for rule in changeable)


def test_each_rule_counts_what_it_leaves_out() -> None:
    def line(name: str, reason: str, state: FileState = FileState.SKIPPED) -> FileRecord:
        return FileRecord(ROOT / name, ROOT, state, reason)

    found = uses(
        Options(hidden_files=True, leave_out="*.bak"),
        [
            line("a.bak", f"{PATTERN.begins}*.bak”."),
            line("b.xyz", f"{UNKNOWN_TYPE.begins}.xyz files yet."),
            line("c.xyz", f"{UNKNOWN_TYPE.begins}.xyz files yet."),
            line("d.pdf", CLOUD.sentence),
            line("e.pdf", CLOUD.sentence, FileState.FAILED),
        ],
    )

    assert [use.rule for use in found] == list(RULES)
    counts = {use.rule: use.paths for use in found if use.paths}
    assert counts == {PATTERN: 1, UNKNOWN_TYPE: 2, CLOUD: 1}
    off = {use.rule for use in found if not use.is_on}
    assert off == {HIDDEN}
    assert not PATTERN.is_on(Options())
