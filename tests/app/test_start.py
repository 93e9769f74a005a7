import os
import re
import subprocess
import sys
import time

import psutil
import pytest

HEAVY = "torch transformers chromadb llama_cpp pypdf pypdfium2 numpy sentence_transformers docx"
PAINTED = re.compile(r"Window painted after (\d+) ms of work")
LONGEST_MS = 1000
MOST_BYTES = 200 * 1024 * 1024


@pytest.fixture
def start(tmp_path):
    started = []
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "--log", "--library", str(tmp_path), *arguments],
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def painted(process):
    """The milliseconds of work until the window was painted."""
    for line in process.stderr:
        if found := PAINTED.search(line):
            return int(found[1])
    raise AssertionError("the window was never painted")


def engine_of(process):
    return [
        child
        for child in psutil.Process(process.pid).children()
        if "spawn_main" in str(child.cmdline())
    ]


def runs(process):
    """Whether it does anything any more; its parent may not have been told of its end yet."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_the_window_loads_none_of_the_engines():
    code = (
        "import sys, app.main, app.__main__;"
        f"print([name for name in '{HEAVY}'.split() if name in sys.modules])"
    )

    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert out.stdout.strip() == "[]"


@pytest.mark.windows
def test_the_window_is_painted_in_less_than_a_second(start):
    quiet = psutil.cpu_percent(0.5) < 30

    times = []
    for _ in range(3):
        begun = time.monotonic()
        process = start()
        worked = painted(process)
        times.append((round(1000 * (time.monotonic() - begun)), worked))
        process.kill()
        process.wait()

    # Where others keep the machine busy, only the work itself says something.
    fastest = min(waited if quiet else worked for waited, worked in times)
    assert fastest < LONGEST_MS, times


@pytest.mark.windows
def test_the_window_needs_less_than_200_mb(start):
    process = start()
    painted(process)

    memory = psutil.Process(process.pid).memory_info()

    assert getattr(memory, "peak_wset", memory.rss) < MOST_BYTES


@pytest.mark.windows
@pytest.mark.faults
def test_a_killed_window_takes_its_engine_along(start):
    process = start()
    painted(process)
    while not (engine := engine_of(process)):
        assert process.poll() is None

    process.kill()
    process.wait()

    deadline = time.monotonic() + 2
    while (alive := [child for child in engine if runs(child)]) and time.monotonic() < deadline:
        psutil.wait_procs(alive, timeout=0.05)
    assert not alive


@pytest.mark.windows
def test_a_second_start_ends_at_once_and_the_first_goes_on(start):
    first = start()
    painted(first)

    second = start()

    assert second.wait(timeout=30) == 0
    assert first.poll() is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--help"], "--library DIR"),
        (["--version"], "Footnote 0."),
        (["./nowhere"], "does not exist"),
    ],
)
def test_the_command_explains_itself_without_a_window(arguments, words):
    out = subprocess.run(
        [sys.executable, "-m", "app", *arguments], capture_output=True, text=True, check=False
    )

    assert words in out.stdout + out.stderr


def test_a_verb_goes_to_the_command_line():
    out = subprocess.run(
        [sys.executable, "-m", "app", "status", "--help"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert out.returncode == 0
    assert "--json" in out.stdout


def test_ctrl_c_while_the_engines_load_ends_quietly():
    stops_at_import = (
        "import sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'rag.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from app.__main__ import main\n"
        "sys.exit(main(['status']))\n"
    )

    out = subprocess.run(
        [sys.executable, "-c", stops_at_import], capture_output=True, text=True, check=False
    )

    assert out.returncode == 130
    assert not out.stderr
