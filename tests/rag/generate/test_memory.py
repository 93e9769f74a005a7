"""Free memory under the limits of control groups and of the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from rag.generate import memory

GIB = 2**30


def group(folder: Path, limit: str, used: int, cached: int, *, version: int = 2) -> None:
    """A control group as the kernel shows it."""
    folder.mkdir(parents=True, exist_ok=True)
    limit_name, usage_name, prefix = {
        1: ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_"),
        2: ("memory.max", "memory.current", ""),
    }[version]
    (folder / limit_name).write_text(f"{limit}\n")
    (folder / usage_name).write_text(f"{used}\n")
    stat = f"anon 5\n{prefix}active_file {cached // 2}\n{prefix}inactive_file {cached // 2}\n"
    (folder / "memory.stat").write_text(stat)


def own(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "cgroup"
    file.write_text("".join(f"{line}\n" for line in lines))
    return file


def test_a_containers_limit_counts_cached_files_as_free(tmp_path: Path):
    group(tmp_path / "fs", str(8 * GIB), used=6 * GIB, cached=4 * GIB)

    assert memory._free_in_cgroups(own(tmp_path, "0::/"), tmp_path / "fs") == 6 * GIB


def test_the_tightest_of_the_groups_around_a_process_holds(tmp_path: Path):
    top = tmp_path / "fs"
    group(top, "max", used=20 * GIB, cached=0)
    group(top / "user", str(8 * GIB), used=7 * GIB, cached=0)
    group(top / "user/app", str(6 * GIB), used=2 * GIB, cached=0)

    assert memory._free_in_cgroups(own(tmp_path, "0::/user/app"), top) == GIB


def test_the_older_groups_of_a_container_are_found_at_their_top(tmp_path: Path):
    top = tmp_path / "fs"
    group(top / "memory", str(2 * GIB), used=GIB, cached=GIB // 2, version=1)
    lines = own(tmp_path, "5:cpu,cpuacct:/docker/1", "4:memory:/docker/1", "0::/docker/1")

    assert memory._free_in_cgroups(lines, top) == 2 * GIB - GIB + GIB // 2


def test_without_groups_or_limits_nothing_is_limited(tmp_path: Path):
    group(tmp_path / "fs", "max", used=GIB, cached=0)

    assert memory._free_in_cgroups(tmp_path / "gone", tmp_path / "fs") is None
    assert memory._free_in_cgroups(own(tmp_path, "0::/"), tmp_path / "fs") is None
    assert memory._free_in_cgroups(own(tmp_path, "0::/elsewhere"), tmp_path / "nothing") is None


def test_what_is_free_is_never_more_than_the_system_has(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory, "_free_in_cgroups", lambda *_: 10**18)

    assert 0 < memory.free_bytes() <= psutil.virtual_memory().total

    monkeypatch.setattr(memory, "_free_in_cgroups", lambda *_: -5)
    assert memory.free_bytes() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit")
def test_a_limit_on_addresses_leaves_what_is_not_mapped_yet():
    limited = (
        "import resource, psutil\n"
        "from rag.generate.memory import free_bytes\n"
        f"limit = psutil.Process().memory_info().vms + {GIB}\n"
        "resource.setrlimit(resource.RLIMIT_AS, (limit, limit))\n"
        f"print(free_bytes(), free_bytes({GIB // 4}))"
    )

    run = subprocess.run([sys.executable, "-c", limited], capture_output=True, check=True)
    without, with_mapped = map(int, run.stdout.split())

    assert without == pytest.approx(GIB, rel=0.05)
    assert with_mapped == pytest.approx(GIB + GIB // 4, rel=0.05)
