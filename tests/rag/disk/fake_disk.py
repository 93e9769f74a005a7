"""Lets a part of the disk seem to be another drive, to fail, or to be in the cloud."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

_IN_CLOUD = 0x400000  # what Windows tells of a file that it would download


class FakeDisk:
    """What lies in `folder` is on a drive with `number`, or fails with `error` where it is not 0.

    Files of `cloud_names` are in the cloud: nobody may open them.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.number, self.error = folder, 77, 0
        self.cloud_names: set[str] = set()
        self._stat: Callable[..., os.stat_result] = Path.stat
        self._open: Callable[..., Any] = Path.open
        disk = self

        def stat(path: Path, **how: bool) -> os.stat_result:
            return disk.seen(path, disk._stat(path, **how))

        def opened(path: Path, *arguments: Any, **named: Any) -> Any:
            assert path.name not in disk.cloud_names, "it would be downloaded"
            return disk._open(path, *arguments, **named)

        monkeypatch.setattr(Path, "stat", stat)
        monkeypatch.setattr(Path, "open", opened)
        scandir = os.scandir
        monkeypatch.setattr("rag.disk.scan.os.scandir", lambda path: _Listing(scandir(path), disk))

    def seen(self, path: Path, true: os.stat_result) -> os.stat_result:
        """`true` as this disk tells it; raises what it fails with."""
        if not path.is_relative_to(self.folder):
            return true
        if self.error:
            raise OSError(self.error, os.strerror(self.error))
        fields = {name: getattr(true, name) for name in dir(true) if name.startswith("st_")}
        fields["st_dev"] = self.number
        if path.name in self.cloud_names:
            fields["st_file_attributes"] = _IN_CLOUD
        return cast("Any", SimpleNamespace(**fields))


class _Entry:
    def __init__(self, true: os.DirEntry[str], disk: FakeDisk) -> None:
        self.name, self.path = true.name, true.path
        self._true, self._disk = true, disk

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        facts = self._true.stat(follow_symlinks=follow_symlinks)
        return self._disk.seen(Path(self.path), facts)


class _Listing:
    def __init__(self, true: Any, disk: FakeDisk) -> None:
        self._true, self._disk = true, disk

    def __enter__(self) -> Iterator[_Entry]:
        return (_Entry(entry, self._disk) for entry in self._true)

    def __exit__(self, *_: object) -> None:
        self._true.close()
