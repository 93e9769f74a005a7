"""What can happen to the files of saved readings, and how many tokens of one are left by it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from rag.generate import kvcache_manifest
from rag.protocols import CacheIdentity
from tests.rag.generate.spans import some_tokens

TOKENS = 2_500  # of the reading that is damaged: segments of 1,024, 1,024 and 452
Change = Callable[["Damaged"], object]


@dataclass(frozen=True, slots=True)
class Damaged:
    """The folder of two readings, of which the first is to be damaged."""

    folder: Path
    foreign: dict[str, Path]  # second segments of the same tokens, by what is other about them
    outside: Path  # a sound copy of the second segment, in another folder
    identity: CacheIdentity

    def segment(self, number: int, seed: int = 1) -> Path:
        """The file of a segment of the first reading, or of the other, with the seed 2."""
        tokens = kvcache_manifest.as_array(some_tokens(TOKENS, seed))
        return self.folder / f"{kvcache_manifest.segment_names(self.identity, tokens)[number]}.kv"

    def manifest(self, seed: int = 1) -> Path:
        """The file that tells what a reading consists of."""
        tokens = kvcache_manifest.as_array(some_tokens(TOKENS, seed))
        return self.folder / f"{kvcache_manifest.reading_id(self.identity, tokens)}.json"


@dataclass(frozen=True, slots=True)
class Case:
    """Something that happens, and how many tokens can still be loaded afterwards."""

    name: str
    change: Change
    left: int


def foreign_identities(identity: CacheIdentity) -> dict[str, CacheIdentity]:
    """Identities that differ in one thing, by what it is."""
    return {
        "model": replace(identity, model_sha256="b" * 64),
        "library": replace(identity, library="llama-cpp-python 0.1"),
        "regime": replace(identity, regime="short"),
        "kv_type": replace(identity, kv_type="q8_0"),
        "flash_attention": replace(identity, flash_attention=False),
    }


def _flip(number: int, share: float) -> Change:
    """Change a bit of a segment, so far into its file."""

    def change(damaged: Damaged) -> None:
        path = damaged.segment(number)
        content = bytearray(path.read_bytes())
        content[min(int(len(content) * share), len(content) - 1)] ^= 0x10
        path.write_bytes(content)

    return change


def _cut(number: int, size: Callable[[int], int]) -> Change:
    def change(damaged: Damaged) -> None:
        path = damaged.segment(number)
        os.truncate(path, size(path.stat().st_size))

    return change


def _put_in_place(number: int, source: Callable[[Damaged], Path]) -> Change:
    return lambda damaged: shutil.copyfile(source(damaged), damaged.segment(number))


def _swap(damaged: Damaged) -> None:
    first, second = damaged.segment(0), damaged.segment(1)
    first.rename(damaged.folder / "aside")
    second.rename(first)
    (damaged.folder / "aside").rename(second)


def _folder_instead(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)
    (path / "inside" / "a file").write_text("something")


def _link_instead(path: Path, target: Path) -> None:
    path.unlink()
    path.symlink_to(target)


def _pipe_instead(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _rewrite(change: Callable[[dict], object], *, sealed: bool = True) -> Change:
    """Change what a manifest says; `sealed`, its sum is right."""

    def changed(damaged: Damaged) -> None:
        told = json.loads(damaged.manifest().read_text("utf-8"))
        change(told)
        if sealed:
            told["digest"] = kvcache_manifest._digest_of(told["reading"])
        damaged.manifest().write_text(json.dumps(told), "utf-8")

    return changed


def _segments(told: dict) -> list[dict]:
    return told["reading"]["segments"]


def _change_tokens(told: dict) -> None:
    tokens = told["reading"]["tokens"]
    told["reading"]["tokens"] = ("B" if tokens[0] == "A" else "A") + tokens[1:]


HEAD, NUMBERS = 0.0004, 0.3  # shares of a segment's file: its token list, and its first layer

SEGMENT_CASES = [
    Case("first byte", _flip(0, 0), 0),
    Case("token list", _flip(0, HEAD), 0),
    Case("first layer", _flip(0, NUMBERS), 0),
    Case("last byte", _flip(1, 1), 1024),
    Case("a bit of the last segment", _flip(2, 0.7), 2048),
    Case("emptied", _cut(0, lambda size: 0), 0),
    Case("header only", _cut(1, lambda size: 12), 1024),
    Case("half", _cut(1, lambda size: size // 2), 1024),
    Case("last byte missing", _cut(2, lambda size: size - 1), 2048),
    Case("a byte too long", _cut(1, lambda size: size + 1), 1024),
    Case("deleted", lambda damaged: damaged.segment(1).unlink(), 1024),
    Case("all deleted", lambda damaged: [damaged.segment(n).unlink() for n in range(3)], 0),
    Case("swapped", _swap, 0),
    Case("other tokens", _put_in_place(1, lambda damaged: damaged.segment(1, seed=2)), 1024),
    *(
        Case(f"other {what}", _put_in_place(1, lambda d, what=what: d.foreign[what]), 1024)
        for what in ("model", "library", "regime", "kv_type", "flash_attention")
    ),
    Case("a folder", lambda damaged: _folder_instead(damaged.segment(1)), 1024),
    Case("a link", lambda damaged: _link_instead(damaged.segment(1), damaged.outside), 1024),
    Case("a pipe", lambda damaged: _pipe_instead(damaged.segment(1)), 1024),
    Case("unreadable", lambda damaged: damaged.segment(1).chmod(0), 1024),
]

MANIFEST_CASES = [
    Case("manifest emptied", lambda damaged: os.truncate(damaged.manifest(), 0), 0),
    Case("manifest cut off", lambda damaged: os.truncate(damaged.manifest(), 5_000), 0),
    Case("manifest deleted", lambda damaged: damaged.manifest().unlink(), 0),
    Case("no text", lambda damaged: damaged.manifest().write_bytes(b"\xff\xfe\0" * 100), 0),
    Case("nested", lambda damaged: damaged.manifest().write_text("[" * 100_000), 0),
    Case("no fields", lambda damaged: damaged.manifest().write_text('{"format": 1}'), 0),
    Case("later version", _rewrite(lambda told: told.update(format=2)), 0),
    Case("token changed", _rewrite(_change_tokens, sealed=False), 0),
    Case("token changed, sealed", _rewrite(_change_tokens), 0),
    Case(
        "absolute path", _rewrite(lambda told: _segments(told)[1].update(name="/etc/hostname")), 0
    ),
    Case(
        "path outside",
        _rewrite(lambda told: _segments(told)[1].update(name="../outside/second")),
        0,
    ),
    Case("huge count", _rewrite(lambda told: _segments(told)[1].update(tokens=10**18)), 0),
    Case("negative count", _rewrite(lambda told: _segments(told)[1].update(tokens=-1024)), 0),
    Case("huge size", _rewrite(lambda told: _segments(told)[1].update(size_bytes=10**18)), 1024),
    Case("other checksum", _rewrite(lambda told: _segments(told)[1].update(crc32=1)), 1024),
    Case("said to be halved", _rewrite(lambda told: _segments(told)[1].update(halved=True)), 1024),
    Case("no time", _rewrite(lambda told: told["reading"].update(used_at=float("nan"))), 0),
    Case("segment too many", _rewrite(lambda told: _segments(told).append(_segments(told)[2])), 0),
    Case(
        "another reading's",
        lambda damaged: shutil.copyfile(damaged.manifest(2), damaged.manifest()),
        0,
    ),
    Case("manifest a folder", lambda damaged: _folder_instead(damaged.manifest()), 0),
    Case(
        "manifest a link", lambda damaged: _link_instead(damaged.manifest(), damaged.manifest(2)), 0
    ),
]


def check_possible(case: Case) -> str:
    """Why a case cannot be had on this system; empty where it can."""
    if case.name == "unreadable" and (os.name == "nt" or os.geteuid() == 0):
        return "nothing is unreadable to the administrator"
    if os.name == "nt" and any(word in case.name for word in ("link", "pipe")):
        return "Windows has other links and pipes"
    return ""
