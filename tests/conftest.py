"""What every test gets: no network, no display, no one else's settings, and nothing left behind."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

OFFLINE = Path(__file__).parent / "offline"
sys.path.insert(0, str(OFFLINE))

import network_guard  # noqa: E402 (found through the line above, as in child processes)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SCRATCH = tempfile.TemporaryDirectory(prefix="footnote-tests-", ignore_cleanup_errors=True)
ATTEMPTS = Path(SCRATCH.name, "network-attempts.txt")
SETTLE_S = 3.0  # how long what a test started may take to end after it


def pytest_configure(config: pytest.Config) -> None:
    """Cut this process and all that it will start off from the network and the user's settings."""
    ATTEMPTS.touch()
    os.environ[network_guard.ATTEMPTS_FILE] = str(ATTEMPTS)
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")])
    )
    for name in ("DATA", "CONFIG", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(Path(SCRATCH.name, name.lower()))
    network_guard.install()


def pytest_sessionfinish() -> None:
    """End as the program does, where windows were opened."""
    if "app.widgets.transcript_copy" in sys.modules:
        sys.modules["app.widgets.transcript_copy"].leave_copied_text()


def pytest_unconfigure(config: pytest.Config) -> None:
    SCRATCH.cleanup()


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test in which anything, here or in a child process, tried to reach the network."""
    before = ATTEMPTS.stat().st_size
    yield
    if ATTEMPTS.stat().st_size > before:
        tried = ATTEMPTS.read_bytes()[before:].decode("utf-8").strip()
        pytest.fail(f"reached for the network: {tried}")


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread or a process behind which would keep Python from ending."""
    threads, processes = set(threading.enumerate()), set(psutil.Process().children())
    yield
    left = [t for t in set(threading.enumerate()) - threads if not t.daemon]
    for thread in left:
        thread.join(SETTLE_S)
    left = [t for t in left if t.is_alive()]
    started = [p for p in psutil.Process().children() if p not in processes and not _serves(p)]
    _, running = psutil.wait_procs(started, SETTLE_S)
    names = [f"thread {t.name}" for t in left] + [f"process {_command(p)}" for p in running]
    for process in running:
        process.kill()
    if names:
        pytest.fail(f"left behind: {', '.join(names)}")


def _serves(process: psutil.Process) -> bool:
    """Whether it is multiprocessing's own tracker or server, which ends with this process."""
    command = _command(process)
    return "multiprocessing.resource_tracker" in command or "multiprocessing.forkserver" in command


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return str(process.pid)


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real documents that FOOTNOTE_TEST_DATA names."""
    return _named_path("FOOTNOTE_TEST_DATA", "a folder of real documents")


@pytest.fixture(scope="session")
def shape_model() -> Path:
    """The two-layer model in Phi-4-mini's shape that FOOTNOTE_SHAPE_MODEL names."""
    return _named_path("FOOTNOTE_SHAPE_MODEL", "a two-layer model in Phi-4-mini's shape")


@pytest.fixture(scope="session")
def tiny_phi3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A phi3 model of 400 KB with all of the 131,072 tokens, see `tests.tiny_phi3`."""
    from tests import tiny_phi3

    return tiny_phi3.write(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


def _named_path(variable: str, what: str) -> Path:
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"{variable} does not name {what}")
    path = Path(value)
    assert path.exists(), f"{variable} names {path}, which does not exist"
    return path
