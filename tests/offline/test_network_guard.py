"""The guard that keeps the tests off the network."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import network_guard
import pytest

ELSEWHERE = "192.0.2.1"  # an address reserved for documentation: nobody has it


@pytest.fixture
def attempts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where attempts are written instead, so that trying does not fail the test itself."""
    path = tmp_path / "attempts.txt"
    monkeypatch.setenv(network_guard.ATTEMPTS_FILE, str(path))
    return path


def test_a_connection_to_another_computer_is_refused_and_written_down(attempts):
    with socket.socket() as caller, pytest.raises(network_guard.NetworkRefused):
        caller.connect((ELSEWHERE, 80))

    assert attempts.read_text("utf-8") == f"socket.connect to {ELSEWHERE!r}\n"


def test_a_name_is_not_looked_up(attempts):
    with pytest.raises(OSError, match="no network"):
        urllib.request.urlopen("http://footnote.invalid/")

    assert "footnote.invalid" in attempts.read_text("utf-8")


def test_a_datagram_to_another_computer_is_refused(attempts):
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller,
        pytest.raises(network_guard.NetworkRefused),
    ):
        caller.sendto(b"?", (ELSEWHERE, 53))

    assert attempts.exists()


def test_a_child_process_is_guarded_too(attempts):
    code = f"import socket; socket.create_connection(({ELSEWHERE!r}, 80), timeout=5)"

    child = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )

    assert child.returncode == 1
    assert "NetworkRefused" in child.stderr
    assert attempts.exists()


def test_this_computer_can_be_reached(attempts):
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as caller,
    ):
        reached = caller.getpeername() == server.getsockname()

    assert reached
    assert not attempts.exists()


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """An empty test suite under the same conftest and guard as this one."""
    pytester.makeconftest(Path(__file__).parents[1].joinpath("conftest.py").read_text("utf-8"))
    guard = Path(network_guard.__file__).read_text("utf-8")
    pytester.mkdir("offline").joinpath("network_guard.py").write_text(guard, "utf-8")
    return pytester


def test_an_attempt_that_was_swallowed_fails_its_test(suite):
    suite.makepyfile(
        f"""
        import contextlib, socket

        def test_it():
            with socket.socket() as caller, contextlib.suppress(OSError):
                caller.connect(({ELSEWHERE!r}, 80))
        """
    )

    result = suite.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*reached for the network: socket.connect*"])


def test_a_thread_or_process_left_behind_fails_its_test(suite):
    suite.makepyfile(
        """
        import conftest, subprocess, sys, threading
        conftest.SETTLE_S = 0.01
        done = threading.Event()

        def test_thread():
            threading.Thread(target=done.wait, name="forgotten").start()

        def test_process():
            subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)

        def test_end_of_thread():
            done.set()
        """
    )

    result = suite.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines(
        ["*left behind: thread forgotten*", "*left behind: process *input*"]
    )
