from __future__ import annotations

import io
import sys

import dev_system
import pytest
from dev_console import Console, Follower


@pytest.fixture
def follower(tmp_path):
    return Follower(Console(io.StringIO(), live=False), tmp_path / "log.txt")


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("CMake Error: CMAKE_CXX_COMPILER not set, after EnableLanguage", "C++ compiler"),
        (
            "[Errno -3] Temporary failure in name resolution\nERROR: No matching distribution",
            "Check the network",
        ),
        ("ERROR: No matching distribution found for scipy==1.17.1", "no ready-made scipy==1.17.1"),
    ],
)
def test_a_known_failure_is_explained_with_the_next_step(output, said):
    explanation = dev_system.explain(output)

    assert explanation is not None
    assert said in explanation


def test_an_unknown_failure_is_not_explained_away():
    assert dev_system.explain("error: metadata-generation-failed") is None


def test_a_nearly_full_disk_is_told_before_anything_is_downloaded(tmp_path, monkeypatch):
    usage = dev_system.shutil.disk_usage(tmp_path)._replace(free=2_000_000_000)
    monkeypatch.setattr(dev_system.shutil, "disk_usage", lambda _: usage)

    with pytest.raises(dev_system.Missing, match=r"needs about 5 GB and 2\.0 GB are free"):
        dev_system.check_disk(tmp_path)


@pytest.fixture
def debian(monkeypatch):
    """A Debian without a compiler and with all libraries, where set-up may install nothing."""
    monkeypatch.setattr(dev_system, "_may_install", lambda: False)
    monkeypatch.setattr(dev_system.shutil, "which", lambda name: name == "apt-get" and name)
    monkeypatch.setattr(dev_system, "missing_libraries", lambda wanted: {})
    monkeypatch.setattr(sys, "platform", "linux")


def test_a_missing_compiler_is_told_with_the_command_that_brings_it(debian, follower):
    with pytest.raises(dev_system.Missing, match=r"sudo apt-get install g\+\+$"):
        dev_system.ensure_system(Console(io.StringIO(), live=False), follower)


def test_all_that_is_missing_is_told_as_one_command(debian, follower, monkeypatch):
    lacking = {"libEGL.so.1": "libegl1", "libxcb-cursor.so.0": "libxcb-cursor0"}
    monkeypatch.setattr(dev_system, "missing_libraries", lambda wanted: lacking)

    with pytest.raises(
        dev_system.Missing, match=r"sudo apt-get install libegl1 libxcb-cursor0 g\+\+$"
    ):
        dev_system.ensure_system(Console(io.StringIO(), live=False), follower)


@pytest.mark.parametrize(
    ("manager", "command"),
    [("dnf", "sudo dnf install gcc-c++"), ("pacman", "sudo pacman -S gcc")],
)
def test_the_command_is_the_system_s_own(manager, command, monkeypatch):
    monkeypatch.setattr(dev_system.shutil, "which", lambda name: name == manager and name)
    monkeypatch.setattr(sys, "platform", "linux")

    assert dev_system.compiler_advice().endswith(command)


@pytest.mark.parametrize(
    ("platform", "command"), [("darwin", "xcode-select --install"), ("win32", "winget install")]
)
def test_macos_and_windows_have_their_own_ways_to_a_compiler(platform, command, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)

    assert command in dev_system.compiler_advice()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux names libraries so")
def test_a_library_that_cannot_be_loaded_is_found_missing():
    wanted = {"libc.so.6": "libc6", "libnobodyhasthis.so.9": "libnobody9"}

    assert dev_system.missing_libraries(wanted) == {"libnobodyhasthis.so.9": "libnobody9"}


def test_the_library_that_stopped_qt_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr(dev_system.shutil, "which", lambda name: name == "apt-get" and name)
    output = "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory"

    assert dev_system.qt_advice(output).endswith("sudo apt-get install libegl1")
