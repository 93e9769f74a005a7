import subprocess
import sys
from pathlib import Path

import pytest

from app.instance import Instance

OTHER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.instance import Instance
app = QCoreApplication([])
print(Instance(Path(sys.argv[1])).claim([Path(p) for p in sys.argv[2:]]), flush=True)
"""
HOLDER = OTHER + "import time\ntime.sleep(60)\n"


@pytest.fixture
def first(qtbot, tmp_path):
    instance = Instance(tmp_path)
    yield instance
    instance.close()


def other(*arguments, script=OTHER):
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.faults
def test_a_second_start_hands_its_paths_to_the_first(first, qtbot, tmp_path):
    assert first.claim([])

    with qtbot.waitSignal(first.called, timeout=10_000) as called:
        second = other(tmp_path, "/documents/a.pdf", "b c.txt")
    out, _ = second.communicate(timeout=10)

    assert called.args[0] == [Path("/documents/a.pdf"), Path("b c.txt").absolute()]
    assert out.strip() == "False"


@pytest.mark.faults
def test_another_library_has_a_window_of_its_own(first, qtbot, tmp_path):
    assert first.claim([])

    second = other(tmp_path / "elsewhere")
    out, _ = second.communicate(timeout=10)

    assert out.strip() == "True"


@pytest.mark.faults
def test_what_a_killed_window_left_behind_does_not_stop_the_next(first, qtbot, tmp_path):
    killed = other(tmp_path, script=HOLDER)
    assert killed.stdout.readline().strip() == "True"
    killed.kill()
    killed.communicate()

    assert first.claim([])

    with qtbot.waitSignal(first.called, timeout=10_000):
        second = other(tmp_path)
    assert second.communicate(timeout=10)[0].strip() == "False"


def test_a_closed_window_frees_its_library(qtbot, tmp_path):
    first, second = Instance(tmp_path), Instance(tmp_path)
    first.claim([])

    first.close()

    assert second.claim([])
    second.close()
