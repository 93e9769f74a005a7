"""What changes in the user's folders is noticed by itself, whichever way the system tells it."""

from __future__ import annotations

import errno
import os
import queue
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.events import FileCreatedEvent, FileMovedEvent

from rag.disk.rules import CLOUD, HIDDEN
from rag.disk.watching import MakeEyes, Pace, Watch, eyes_of_this_system
from rag.disk.watching.places import Eyes
from rag.disk.watching.trees import TreeEyes
from rag.records import FileRecord, FileState

pytestmark = pytest.mark.faults

PACE = Pace(quiet_s=0.2, longest_s=5, look_s=0.2, rescan_s=600)
PATIENCE_S = 20.0


class Watched:
    """A watch over a folder, and what it told."""

    def __init__(self, root: Path, make_eyes: MakeEyes, pace: Pace = PACE) -> None:
        self.root = root
        self.threads_before = set(threading.enumerate())
        self.told: queue.Queue[tuple[Path, ...]] = queue.Queue()
        self.failures: queue.Queue[str] = queue.Queue()
        self.watch = Watch(self.told.put, self.failures.put, pace, make_eyes)

    def enter_all(self) -> None:
        for folder in (self.root, *(path for path in self.root.rglob("*") if path.is_dir())):
            self.watch.enter(folder)

    def follow(self, *lines: FileRecord) -> None:
        self.watch.follow([self.root], lines)

    def wait_for(self, *paths: Path) -> None:
        """Until each of `paths` was told, itself or with a folder above it."""
        missing, deadline = set(paths), time.monotonic() + PATIENCE_S
        while missing:
            told = set(self.told.get(timeout=max(0.01, deadline - time.monotonic())))
            missing = {path for path in missing if told.isdisjoint((path, *path.parents))}


def tree_eyes(
    seen: Callable[[Path], None], missed: Callable[[], None], failed: Callable[[Path, str], None]
) -> Eyes:
    return TreeEyes(seen, failed)


@pytest.fixture(params=[eyes_of_this_system, tree_eyes], ids=["this-system", "trees"])
def watched(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Watched]:
    root = tmp_path / "root"
    (root / "inner").mkdir(parents=True)
    (root / "a.txt").write_text("one", "utf-8")
    found = Watched(root, request.param)
    found.enter_all()
    found.follow()
    yield found
    found.watch.close()


def test_what_is_written_moved_and_deleted_is_told(watched: Watched) -> None:
    file, moved = watched.root / "a.txt", watched.root / "inner" / "b.txt"

    file.write_text("two", "utf-8")
    watched.wait_for(file)
    file.rename(moved)
    watched.wait_for(file, moved)
    moved.unlink()
    watched.wait_for(moved)


def test_a_folder_that_comes_is_told_and_watched_once_it_was_entered(watched: Watched) -> None:
    folder = watched.root / "new"
    folder.mkdir()
    watched.wait_for(folder)
    watched.enter_all()

    (folder / "c.txt").write_text("three", "utf-8")

    watched.wait_for(folder / "c.txt")


def test_a_folder_that_was_moved_is_watched_under_its_new_name(watched: Watched) -> None:
    old, new = watched.root / "inner", watched.root / "outer"
    old.rename(new)
    watched.wait_for(old, new)
    watched.enter_all()

    (new / "c.txt").write_text("three", "utf-8")

    watched.wait_for(new / "c.txt")


def test_what_is_read_is_not_told(watched: Watched) -> None:
    (watched.root / "a.txt").read_text("utf-8")
    last = watched.root / "last.txt"
    last.touch()

    told = watched.told.get(timeout=PATIENCE_S)

    assert told == (last,)


def test_temporary_files_and_what_is_left_out_are_not_told(watched: Watched) -> None:
    left_out, in_cloud = watched.root / "node_modules", watched.root / "drive"
    left_out.mkdir()
    in_cloud.mkdir()
    watched.wait_for(left_out, in_cloud)
    watched.enter_all()
    watched.follow(
        FileRecord(left_out, watched.root, FileState.SKIPPED, HIDDEN.sentence),
        FileRecord(in_cloud, watched.root, FileState.SKIPPED, CLOUD.sentence),
    )
    (left_out / "x.txt").touch()
    (watched.root / "~$a.docx").touch()
    (in_cloud / "y.txt").touch()

    told = watched.told.get(timeout=PATIENCE_S)

    assert told == (in_cloud / "y.txt",)


def test_a_root_that_goes_and_comes_back_is_told_and_watched_again(watched: Watched) -> None:
    away = watched.root.rename(watched.root.parent / "away")
    watched.wait_for(watched.root)
    watched.follow()
    away.rename(watched.root)
    watched.wait_for(watched.root)
    watched.enter_all()
    watched.follow()

    (watched.root / "d.txt").touch()

    watched.wait_for(watched.root / "d.txt")


def test_the_folder_of_a_missing_file_is_looked_for(watched: Watched) -> None:
    away = watched.root / "usb"
    watched.follow(FileRecord(away / "a.txt", watched.root, FileState.MISSING))
    shutil.copytree(watched.root / "inner", away)

    watched.wait_for(away)


def test_what_changes_while_a_new_root_is_scanned_is_told(watched: Watched, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    watched.watch.cover([watched.root, other])
    watched.watch.enter(other)

    (other / "c.txt").touch()

    watched.wait_for(other / "c.txt")


def test_what_is_followed_no_more_is_told_no_more(watched: Watched, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    watched.watch.follow([other], ())
    watched.watch.enter(other)
    (watched.root / "b.txt").touch()
    (other / "c.txt").touch()

    assert watched.told.get(timeout=PATIENCE_S) == (other / "c.txt",)


def test_of_a_file_that_is_a_root_nothing_beside_it_is_told(watched: Watched) -> None:
    file = watched.root / "a.txt"
    watched.watch.follow([file], ())
    (watched.root / "b.txt").touch()
    file.write_text("two", "utf-8")

    assert watched.told.get(timeout=PATIENCE_S) == (file,)


def test_closing_is_quick_and_leaves_no_thread(watched: Watched) -> None:
    begun = time.monotonic()
    watched.watch.close()

    assert time.monotonic() - begun < 1
    assert set(threading.enumerate()) <= watched.threads_before


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_changes_are_told_below_the_root_as_it_was_added(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    seen: list[Path] = []
    eyes = TreeEyes(seen.append, lambda *_: None)
    eyes.keep([link])

    eyes.on_any_event(FileCreatedEvent(str(real / "a.txt")))
    eyes.on_any_event(FileMovedEvent(str(link / "a.txt"), str(real / "b.txt")))

    eyes.close()
    assert seen == [link / "a.txt", link / "a.txt", link / "b.txt"]


def test_everything_is_looked_at_now_and_then(tmp_path: Path) -> None:
    found = Watched(tmp_path, tree_eyes, Pace(0.2, 5, 600, rescan_s=0.3))

    assert found.told.get(timeout=PATIENCE_S) == ()
    assert found.told.get(timeout=PATIENCE_S) == ()
    found.watch.close()


def test_without_eyes_it_is_told_once_why_changes_are_found_late(tmp_path: Path) -> None:
    def none(*_: object) -> Eyes:
        raise OSError(errno.EMFILE, "inotify instance limit reached")

    found = Watched(tmp_path, none, Pace(0.2, 5, 0.2, 600))
    found.follow()
    found.watch.enter(tmp_path)

    assert "only every 10 minutes" in found.failures.get(timeout=PATIENCE_S)
    assert found.failures.empty()
    found.watch.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="watches of folders are Linux'")
def test_used_up_watches_are_told_once_with_what_to_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers.inotify_c import InotifyFD

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(InotifyFD, "add_callback", full)
    found = Watched(tmp_path, eyes_of_this_system)
    found.watch.enter(tmp_path)
    found.watch.enter(tmp_path / "inner")

    failure = found.failures.get(timeout=PATIENCE_S)
    assert "max_user_watches" in failure
    assert str(tmp_path) in failure
    assert found.failures.empty()
    found.watch.close()


def test_lost_events_make_everything_be_looked_at(watched: Watched) -> None:
    watched.watch._see_all()

    watched.wait_for(watched.root)
