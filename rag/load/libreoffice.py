"""Lets an installed LibreOffice convert files in old formats, cut off from the network."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from rag.errors import CorruptFile, ReadingTookTooLong

LIMIT_S = 25.0  # below the parser pool's patience: nothing can be told before it is done
MAX_MEMORY_KB = 6_000_000  # of address space, of which it reserves much
MAX_FILE_BLOCKS = 2_000_000  # that it may write to a file

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_MAY_QUOTA_AND_TERMINATE = 0x0101  # what Windows wants for that
_NO_WINDOW = 0x08000000
_PROGRAM_FOLDERS = ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)")

# The lifeline is standard input: it ends when this process does, however that ends, and the whole
# process group with it. LibreOffice gets back the memory that a parser may not have.
_GUARDED = f"""
ulimit -S -v {MAX_MEMORY_KB} 2>/dev/null
ulimit -S -f {MAX_FILE_BLOCKS} 2>/dev/null
exec 3<&0
( read -r line <&3; kill -9 0 ) &
"$@" </dev/null 3<&- &
wait $!
"""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" \
xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>\n"
)
_SET = (  # a proxy that nobody serves: what a document points to is not fetched
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
)


def find_libreoffice() -> Path | None:
    """The installed LibreOffice; None where there is none."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    places = [Path(place) for place in _PLACES]
    places.append(Path.home() / "Applications/LibreOffice.app/Contents/MacOS/soffice")
    folders = filter(None, map(os.environ.get, _PROGRAM_FOLDERS))
    places += [Path(folder, "LibreOffice", "program", "soffice.exe") for folder in folders]
    return next((place for place in places if place.is_file()), None)


@contextmanager
def converted(
    path: Path, suffix: str, program: Path, scratch: Path | None, limit_s: float = LIMIT_S
) -> Generator[Path]:
    """A copy of `path` in the format of `suffix`, with its name, gone when the context is left.

    Raises `CorruptFile` where LibreOffice cannot open the file, or `ReadingTookTooLong`.
    """
    with tempfile.TemporaryDirectory(dir=scratch, ignore_cleanup_errors=True) as folder:
        source = Path(
            folder, "from", path.name
        )  # LibreOffice leaves lock files beside what it opens
        target = Path(folder, "to")
        profile = Path(folder, "profile")
        for needed in (source.parent, target, profile / "user"):
            needed.mkdir(parents=True)
        items = "".join(_ITEM.format(*setting) for setting in _SET)
        settings = profile / "user" / "registrymodifications.xcu"
        settings.write_text(_SETTINGS.format(items), "utf-8")
        shutil.copyfile(path, source)
        command = [
            str(program),
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nodefault", "--nofirststartwizard", "--nologo"),
            *("--convert-to", suffix.lstrip("."), "--outdir", str(target), str(source)),
        ]
        try:
            _run(command, Path(folder), limit_s)
        except subprocess.TimeoutExpired as error:
            raise ReadingTookTooLong(path, limit_s) from error
        result = target / source.with_suffix(suffix).name
        if not result.is_file():
            raise CorruptFile(path, "LibreOffice cannot open it")
        yield result


def _run(command: list[str], folder: Path, limit_s: float) -> None:
    """Run a program that ends when this process does, and with it all that it starts."""
    environment = {
        **os.environ,
        **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9"),
        "no_proxy": "",
        "TMPDIR": str(folder),
        "TMP": str(folder),
        "TEMP": str(folder),
    }
    posix = sys.platform != "win32"
    with subprocess.Popen(  # noqa: S603 - the arguments are no part of a shell's script
        ["/bin/sh", "-c", _GUARDED, "sh", *command] if posix else command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=posix,
        creationflags=0 if posix else _NO_WINDOW,
    ) as process:
        job = 0 if posix else _job_of(process)
        try:
            process.wait(limit_s)
        finally:
            _kill(process)
            _close_job(job)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _job_of(process: subprocess.Popen[bytes]) -> int:
    """On Windows: what ends the program, and all that it starts, when its handle is closed.

    The system closes it when this process ends.
    """
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        job = kernel.CreateJobObjectW(None, None)
        limits = ctypes.create_string_buffer(144)  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION
        limits[16:20] = (0x2000).to_bytes(4, "little")  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        kernel.SetInformationJobObject(ctypes.c_void_p(job), 9, limits, len(limits))
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(_MAY_QUOTA_AND_TERMINATE, 0, process.pid))
        kernel.AssignProcessToJobObject(ctypes.c_void_p(job), handle)
        kernel.CloseHandle(handle)
        return int(job or 0)
    return 0


def _close_job(job: int) -> None:
    if sys.platform == "win32" and job:
        ctypes.WinDLL("kernel32").CloseHandle(ctypes.c_void_p(job))
