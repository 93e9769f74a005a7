from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import dev
import dev_system
import pytest
from dev_console import Console
from dev_install import Setup, one_at_a_time, remove_torn_packages

ROOT = Path(__file__).parents[2]
PIN = re.compile(r'([a-z0-9-]+)==([\w.!]+)(?: ; sys_platform [=!]= "win32")?')


def pins() -> dict[str, str]:
    lines = (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    found = [PIN.fullmatch(line) for line in lines if not line.startswith("#")]
    assert all(found), "a line of constraints.txt is no exact pin"
    return {match[1]: match[2] for match in found if match}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def install(packages: Path, name: str, *, record: bool = True) -> Path:
    """Lay out an installed package of one module."""
    (packages / f"{name}.py").write_text("")
    info = packages / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n")
    if record:
        (info / "RECORD").write_text(f"{name}.py,,\n{info.name}/METADATA,,\n{info.name}/RECORD,,\n")
    return info


def test_every_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["dev"], *extras["export"]]

    names = {normal(re.split(r"[<>=!~;\[ ]", line)[0]) for line in wanted}

    assert names <= set(pins())


def test_all_that_is_installed_has_its_pinned_version():
    pinned = pins()
    installed = {
        normal(package.metadata["Name"]): package.version.split("+")[0]
        for package in metadata.distributions()
    }

    strayed = {
        name: version for name, version in pinned.items() if installed.get(name, version) != version
    }

    assert strayed == {}


def test_the_pythons_of_the_project_and_of_set_up_are_the_same():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lowest, highest = min(dev.PYTHONS), max(dev.PYTHONS)

    assert project["requires-python"] == f">=3.{lowest[1]},<3.{highest[1] + 1}"


def test_an_unsupported_python_is_told_which_ones_are(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    with pytest.raises(SystemExit) as end:
        dev.find_python()

    assert "needs Python 3.11, 3.12, 3.13 or 3.14, and this is Python 3.9" in str(end.value)


def test_a_package_without_its_record_is_installed_again(tmp_path):
    whole, torn = install(tmp_path, "whole"), install(tmp_path, "torn", record=False)

    assert remove_torn_packages(tmp_path) == ["torn"]
    assert whole.exists()
    assert not torn.exists()


def test_a_package_that_lost_a_file_is_installed_again(tmp_path):
    info = install(tmp_path, "holed")
    (tmp_path / "holed.py").unlink()

    assert remove_torn_packages(tmp_path) == ["holed"]
    assert not info.exists()


def test_what_pip_was_about_to_delete_is_deleted(tmp_path):
    (tmp_path / "~orch").mkdir()
    (tmp_path / "~orch" / "big.so").write_bytes(b"")

    assert remove_torn_packages(tmp_path) == []
    assert not (tmp_path / "~orch").exists()


class Recorded(Setup):
    """A set-up whose steps are only written down, and of which one may break."""

    breaks = ""

    def __init__(self, root: Path) -> None:
        self.did: list[str] = []
        super().__init__(root, Console(io.StringIO(), live=False), dev.PYTHONS, dev=False)

    def _make_environment(self):
        self.did.append("environment")
        shutil.rmtree(self._environment.folder, ignore_errors=True)
        python = self._environment.python
        python.parent.mkdir(parents=True)
        python.symlink_to(sys.executable)
        (self._environment.folder / "lib" / "python3.99" / "site-packages").mkdir(parents=True)

    def _ready_system(self, _title: str) -> None:
        self._note("system")

    def _pip(self, title: str, *arguments: str, env: dict[str, str] | None = None) -> None:
        self._note(title.partition(" ")[2].partition("…")[0])

    def _install_torch(self, title: str) -> None:
        self._pip(title)

    def _make_fast(self, title: str) -> None:
        self._pip(title)

    def _check(self, title: str) -> None:
        self._note("check")

    def _note(self, what: str) -> None:
        if what == self.breaks:
            raise dev_system.Missing(what)
        self.did.append(what)


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with nothing installed yet."""
    (tmp_path / "packaging").mkdir()
    for name in ("pyproject.toml", "packaging/constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


ALL = [
    "environment",
    "system",
    "Installing PyTorch (CPU)",
    "Installing libraries",
    "Compiling llama.cpp (some minutes)",
    "Installing the models",
    "Installing Footnote",
    "Making the search model fast",
    "check",
]
links = pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")


@links
def test_set_up_does_everything_once(checkout):
    first, second = Recorded(checkout), Recorded(checkout)

    first.run()
    second.run()

    assert first.did == ALL
    assert second.did == []


@links
def test_set_up_goes_on_at_the_step_that_broke(checkout):
    broken, resumed = Recorded(checkout), Recorded(checkout)
    broken.breaks = "Installing the models"

    with pytest.raises(dev_system.Missing):
        broken.run()
    resumed.run()

    assert broken.did == ALL[:5]
    assert resumed.did == ALL[5:]


@links
def test_new_pins_are_installed(checkout):
    Recorded(checkout).run()
    pinned = checkout / "packaging" / "constraints.txt"
    pinned.write_text(pinned.read_text("utf-8") + "more==1.0\n", "utf-8")
    again = Recorded(checkout)

    again.run()

    assert again.did == ALL[1:]


@links
def test_an_environment_that_does_not_start_is_made_anew(checkout):
    Recorded(checkout).run()
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(checkout / "gone")
    again = Recorded(checkout)

    again.run()

    assert again.did == ALL


def test_two_set_ups_do_not_work_at_the_same_time(tmp_path):
    lock = tmp_path / "lock"
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'packaging')!r})\n"
        "import pathlib, dev_console, dev_install\n"
        f"with dev_install.one_at_a_time(pathlib.Path({str(lock)!r}), dev_console.Console()):\n"
        "    print('mine', flush=True)"
    )

    with one_at_a_time(lock, Console(io.StringIO(), live=False)):
        other = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert other.stdout is not None
        waits = other.stdout.readline()
    goes_on = other.stdout.readline()
    other.wait(30)
    other.stdout.close()

    assert waits.startswith("Another set-up works in this folder")
    assert goes_on == "mine\n"
