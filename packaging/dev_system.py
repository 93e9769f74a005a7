"""What the computer itself must bring: a compiler, system libraries, disk space, a network."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from dev_console import Console, Follower

# What Qt loads from the system: soname → Debian package. The first group is needed to draw at
# all, also without a screen; the others to open a window on X11 or Wayland.
DRAWING_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
OTHER_SYSTEMS = {  # package manager → its command, Qt's libraries, a compiler
    "dnf": (
        "sudo dnf install",
        """mesa-libEGL mesa-libGL libX11-xcb dbus-libs fontconfig libxkbcommon-x11 xcb-util-cursor
           xcb-util-image xcb-util-keysyms xcb-util-renderutil xcb-util-wm""",
        "gcc-c++",
    ),
    "pacman": (
        "sudo pacman -S",
        """libglvnd libx11 dbus fontconfig libxkbcommon-x11 xcb-util-cursor xcb-util-image
           xcb-util-keysyms xcb-util-renderutil xcb-util-wm""",
        "gcc",
    ),
    "zypper": (
        "sudo zypper install",
        """libEGL1 libGL1 libX11-xcb1 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 libxcb-cursor0
           libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0""",
        "gcc-c++",
    ),
}
DISK_NEEDED_GB = 5.0  # the environment, what pip downloads, and the build of llama.cpp

NO_NETWORK = re.compile(
    r"name resolution|Failed to establish a new connection|getaddrinfo failed|nodename nor servname"
    r"|Network is unreachable|Could not connect|ConnectTimeoutError|Read timed out"
    r"|Connection refused"
)
DISK_FULL = re.compile(r"No space left on device|Errno 28|There is not enough space on the disk")
NO_COMPILER = re.compile(
    r"CMAKE_C(?:XX)?_COMPILER not set|No CMAKE_C(?:XX)?_COMPILER could be found"
    r"|Microsoft Visual C\+\+ 14|could not find any instance of Visual Studio"
)
NO_BUILD = re.compile(r"No matching distribution found for (\S+)")


class Missing(Exception):
    """Something that set-up cannot bring itself; `str()` says what, and how to get it."""


def explain(output: str) -> str | None:
    """The cause of a failed command and what to do, in plain words; None where it is unknown."""
    if DISK_FULL.search(output):
        return (
            "The disk is full. Free some space, then run the same command again: it goes on here."
        )
    if NO_COMPILER.search(output):
        return compiler_advice()
    if NO_NETWORK.search(output):
        return (
            "The package server could not be reached. Check the network (and the proxy, if there "
            "is one), then run the same command again: it goes on where it stopped."
        )
    if found := NO_BUILD.search(output):
        return (
            f"There is no ready-made {found.group(1)} for this computer ({platform.platform()}, "
            f"Python {platform.python_version()}). Linux needs glibc 2.34 or newer (Debian 12, "
            "Ubuntu 22.04, Fedora 35), macOS an Apple processor, Windows 64 bits."
        )
    return None


def check_disk(folder: Path) -> None:
    """Raise `Missing` when `folder`'s disk has too little room for a first set-up."""
    free_gb = shutil.disk_usage(folder).free / 1e9
    if free_gb < DISK_NEEDED_GB:
        raise Missing(
            f"Set-up needs about {DISK_NEEDED_GB:.0f} GB and {free_gb:.1f} GB are free on the disk "
            f"of {folder}. Free some space, then run the same command again."
        )


def has_compiler() -> bool:
    """Whether a C++ compiler can be found."""
    if any(shutil.which(name) for name in (os.environ.get("CXX", "c++"), "g++", "clang++", "cl")):
        return sys.platform != "darwin" or _succeeds(["xcode-select", "-p"])
    if sys.platform != "win32":
        return False
    programs = os.environ.get("ProgramFiles(x86)", r"C:\Program Files (x86)")  # noqa: SIM112
    vswhere = Path(programs, "Microsoft Visual Studio", "Installer", "vswhere.exe")
    tools = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"
    return vswhere.exists() and _succeeds([str(vswhere), "-requires", tools], wants_output=True)


def compiler_advice() -> str:
    """How to get a C++ compiler on this computer."""
    if sys.platform == "darwin":
        how = "xcode-select --install"
    elif sys.platform == "win32":
        how = (
            "winget install Microsoft.VisualStudio.2022.BuildTools --override "
            '"--wait --passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"'
        )
    else:
        how = _install_command([], compiler=True)
    return (
        "llama.cpp is compiled here, and that takes a C++ compiler, which was not found. "
        f"Get one, then run this again:\n    {how}"
    )


def ensure_system(console: Console, follower: Follower) -> None:
    """Find the compiler and Qt's libraries, or install what lacks; raises `Missing` with it all."""
    compiler = not has_compiler()
    if sys.platform != "linux":
        if compiler:
            raise Missing(compiler_advice())
        return
    screen = WAYLAND_LIBRARIES if os.environ.get("WAYLAND_DISPLAY") else X11_LIBRARIES
    lacking = missing_libraries({**DRAWING_LIBRARIES, **screen})
    packages = sorted(set(lacking.values()))
    if _may_install() and (compiler or lacking):
        _apt_install(console, follower, [*packages, "g++"] if compiler else packages)
    elif lacking:
        names = sorted(lacking)
        some = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if names[3:] else "")
        also = ", and a C++ compiler for llama.cpp" if compiler else ""
        raise Missing(
            f"Qt needs system libraries that are not here ({some}){also}. "
            f"Get them, then run this again:\n    {_install_command(packages, compiler=compiler)}"
        )
    elif compiler:
        raise Missing(compiler_advice())


def ensure_venv_module(console: Console, follower: Follower) -> None:
    """Debian packs `venv` apart from Python: bring it, or raise `Missing`."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not _may_install():
        raise Missing(
            "This Python cannot make environments. Get its venv module, then run this again:\n"
            f"    sudo apt-get install {package}"
        )
    _apt_install(console, follower, [package])


def missing_libraries(wanted: dict[str, str]) -> dict[str, str]:
    """Those of `wanted` (soname → package) that this Linux cannot load."""
    lacking: dict[str, str] = {}
    for soname, package in wanted.items():
        try:
            ctypes.CDLL(soname)
        except OSError:
            lacking[soname] = package
    return lacking


def qt_advice(output: str) -> str:
    """What to do when Qt did not start, from what it said."""
    found = re.search(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object", output)
    if found:
        known = {**DRAWING_LIBRARIES, **X11_LIBRARIES, **WAYLAND_LIBRARIES}
        package = known.get(found.group(1), found.group(1))
        return (
            f"Qt needs {found.group(1)}, which is not on this computer. Get it, then run this "
            f"again:\n    {_install_command([package], compiler=False)}"
        )
    return f"Qt, which draws the window, does not start here. It said:\n{output.strip()}"


def _install_command(packages: Sequence[str], *, compiler: bool) -> str:
    """The command for this Linux; `packages` are Debian's, others get their list whole."""
    more = [*packages, "g++"] if compiler else [*packages]
    if not shutil.which("apt-get"):
        for manager, (install, libraries, compilers) in OTHER_SYSTEMS.items():
            if shutil.which(manager):
                wanted = [libraries] if packages else []
                wanted += [compilers] if compiler else []
                return " ".join([install, *" ".join(wanted).split()])
    return f"sudo apt-get install {' '.join(more)}"


def _may_install() -> bool:
    """On Debian as root (a container, a build machine) set-up brings system packages itself."""
    return sys.platform == "linux" and bool(shutil.which("apt-get")) and os.geteuid() == 0


def _apt_install(console: Console, follower: Follower, packages: Sequence[str]) -> None:
    console.say(f"    installing {' '.join(packages)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    follower.run("    asking Debian", ["apt-get", "update", "-q"], env)
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
    follower.run("    installing", install, env)


def _succeeds(command: Sequence[str], *, wants_output: bool = False) -> bool:
    result = subprocess.run(command, capture_output=True, check=False)
    return result.returncode == 0 and (bool(result.stdout.strip()) or not wants_output)
