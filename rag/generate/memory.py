"""How much memory a model's context may take, under every limit that this process is set."""

from __future__ import annotations

import sys
from pathlib import Path

import psutil

_CGROUPS = Path("/sys/fs/cgroup")
_OWN_CGROUPS = Path("/proc/self/cgroup")


def free_bytes(mapped_bytes: int = 0) -> int:
    """The memory that can be had without pushing other programs out, at least 0.

    Pages of files count as free, since they can be read again; so do `mapped_bytes`, the size of
    the files that this process has mapped: who asks counts them as needed.
    """
    free = psutil.virtual_memory().available
    for limit in (_free_in_cgroups(_OWN_CGROUPS, _CGROUPS), _free_of_addresses(mapped_bytes)):
        if limit is not None:
            free = min(free, limit)
    return max(0, free)


def _free_of_addresses(mapped_bytes: int) -> int | None:
    """What limits on the process itself leave (`ulimit -v`, `-d`); only Linux keeps to them."""
    if sys.platform != "linux":
        return None
    import resource  # noqa: PLC0415 - is not there elsewhere

    used = psutil.Process().memory_info()
    frees = [
        limit - taken
        for limit, taken in (
            (resource.getrlimit(resource.RLIMIT_AS)[0], used.vms - mapped_bytes),
            (resource.getrlimit(resource.RLIMIT_DATA)[0], used.data - mapped_bytes),
        )
        if limit != resource.RLIM_INFINITY
    ]
    return min(frees, default=None)


def _free_in_cgroups(own: Path, mount: Path) -> int | None:
    """What the control groups of a container or a session leave; None where there is no limit.

    `own` is a file that names the groups of the process, `mount` where they lie.
    """
    try:
        lines = own.read_text("utf-8").splitlines()
    except OSError:
        return None
    frees: list[int] = []
    for line in lines:
        _, kinds, name = line.split(":", 2)
        if not kinds:
            names = ("memory.max", "memory.high"), "memory.current", ""
            top = mount
        elif "memory" in kinds.split(","):
            names = ("memory.limit_in_bytes",), "memory.usage_in_bytes", "total_"
            top = mount / "memory"
        else:
            continue
        folder = top.joinpath(*Path(name).parts[1:])
        for group in (folder, *folder.parents):  # each one's limit holds for all in it
            frees += _free_in(group, *names)
            if group == top:
                break
    return min(frees, default=None)


def _free_in(group: Path, limits: tuple[str, ...], usage: str, prefix: str) -> list[int]:
    """What each of a group's limits leaves, pages of files counted as free."""
    try:
        used = int((group / usage).read_text("utf-8"))
        stat = dict(
            line.split() for line in (group / "memory.stat").read_text("utf-8").splitlines()
        )
    except (OSError, ValueError):
        return []
    files = sum(int(stat.get(f"{prefix}{kind}_file", 0)) for kind in ("active", "inactive"))
    frees: list[int] = []
    for limit in limits:
        try:
            frees.append(int((group / limit).read_text("utf-8")) - used + files)
        except (OSError, ValueError):  # "max" is no limit
            continue
    return frees
