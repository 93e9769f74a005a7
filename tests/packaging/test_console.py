from __future__ import annotations

import io
import sys
import threading
import time

import pytest
from dev_console import CommandFailed, Console, Follower, clock, pip_says


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("Collecting regex==2026.11.15", "looking for regex"),
        (
            "  Downloading torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl (180.3 MB)",
            "downloading torch 2.13.0+cpu, 180.3 MB",
        ),
        (
            "Downloading https://host/x/numpy-2.4.6-cp311-cp311-win_amd64.whl (12.1 MB)",
            "downloading numpy 2.4.6, 12.1 MB",
        ),
        (
            "  Building wheel for llama-cpp-python (pyproject.toml): started",
            "building llama-cpp-python",
        ),
        ("Installing collected packages: six, attrs", "unpacking 2 packages"),
        ("Installing collected packages: six", "unpacking 1 package"),
        ("Requirement already satisfied: six in ./.venv", ""),
    ],
)
def test_what_pip_prints_is_told_in_a_few_words(line, meaning):
    assert pip_says(line) == meaning


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.04, "0.0 s"), (59.9, "59.9 s"), (60, "1:00 min"), (545.4, "9:05 min")]
)
def test_durations_read_well(seconds, text):
    assert clock(seconds) == text


def test_a_terminal_sees_one_line_that_changes():
    stream = io.StringIO()
    console = Console(stream, live=True)

    console.show("reading")
    console.say("done")

    assert stream.getvalue() == "reading\r       \rdone\n"


def test_a_log_file_sees_only_lines_that_stay():
    stream = io.StringIO()
    console = Console(stream, live=False)

    console.show("reading")
    console.say("done")

    assert stream.getvalue() == "done\n"


def test_a_command_s_output_is_kept_and_returned(tmp_path):
    follower = Follower(Console(io.StringIO(), live=False), tmp_path / "log.txt")

    tail = follower.run("…", [sys.executable, "-c", "print('one'); print('two')"])

    assert tail == "one\ntwo\n"
    assert (tmp_path / "log.txt").read_text("utf-8") == tail


def test_a_command_that_fails_raises_with_what_it_said(tmp_path):
    follower = Follower(Console(io.StringIO(), live=False), tmp_path / "log.txt")

    with pytest.raises(CommandFailed) as failure:
        follower.run("…", [sys.executable, "-c", "import sys; sys.exit('no disk')"])

    assert failure.value.status == 1
    assert "no disk" in failure.value.output


def test_an_interrupted_command_is_ended_with_what_it_started(tmp_path):
    class Interrupted(Console):
        def show(self, text):
            if "looking for child" in text:
                raise KeyboardInterrupt

    code = (
        "import subprocess, sys, pathlib\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print('Collecting child', flush=True)\n"
        "child.wait()"
    )
    follower = Follower(Interrupted(io.StringIO(), live=False), tmp_path / "log.txt")
    start = time.monotonic()

    with pytest.raises(KeyboardInterrupt):
        follower.run("…", [sys.executable, "-c", code])

    assert time.monotonic() - start < 30
    pumps = [t for t in threading.enumerate() if t.daemon and "_pump" in t.name]
    for pump in pumps:  # the pipe closes only when the grandchild is gone too
        pump.join(10)
        assert not pump.is_alive()
