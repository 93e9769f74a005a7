"""What is left out of the library: rules that the user sees as reasons, and can mostly change."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from rag.disk.cloud import in_cloud, stands_for
from rag.disk.ignore_files import IgnoreFiles, Patterns
from rag.options import Options, describe
from rag.records import FileRecord, FileState

_LABELS = {info.name: info.label for info in describe()}


def _changed_by(option: str) -> str:
    return f"Settings → “{_LABELS[option]}” changes that."


@dataclass(frozen=True, slots=True)
class Rule:
    """Why some paths are left out."""

    id: str
    sentence: str  # as the user sees it, with how to change it
    option: str = ""  # the name of the option that changes it; empty where none does
    begins: str = ""  # how its reasons begin where each path has one of its own

    def gave(self, reason: str) -> bool:
        """Whether `reason`, of a line in the ledger, is one of this rule."""
        return reason.startswith(self.begins or self.sentence)

    def is_on(self, options: Options) -> bool:
        """Whether it holds under these settings."""
        if not self.option:
            return True
        value = cast("bool | str", getattr(options, self.option))
        return bool(value.strip()) if isinstance(value, str) else not value


OWN_FOLDER = Rule("own_folder", "This is the folder of the library itself.")
CLOUD = Rule(
    "cloud",
    "It is in the cloud, not on this computer, and is not downloaded by itself. "
    "Once you download it, it is read.",
)
PATTERN = Rule(
    "pattern",
    f"What your patterns name is left out. {_changed_by('leave_out')}",
    "leave_out",
    begins="It is left out by your pattern “",
)
TEMPORARY = Rule("temporary", "Temporary and lock files of other programs are left out.")
CACHES = Rule(
    "caches",
    f"Caches, installed packages and recycle bins are left out. {_changed_by('ignored_files')}",
    "ignored_files",
)
HIDDEN = Rule(
    "hidden",
    f"Hidden files and folders are left out. {_changed_by('hidden_files')}",
    "hidden_files",
)
IGNORED = Rule(
    "gitignore",
    f"What a .gitignore names is left out. {_changed_by('ignored_files')}",
    "ignored_files",
)
LINKED_FOLDER = Rule("linked_folder", "Links to folders are not followed. Add the folder itself.")
LINK_LOOP = Rule("link_loop", "This link leads back to itself.")
DEVICE = Rule("device", "This is not a file but a device or a connection.")
UNKNOWN_TYPE = Rule(
    "unknown_type",
    "Files of types that Footnote cannot read are left out.",
    begins="Footnote cannot read ",
)

RULES = (
    TEMPORARY,
    HIDDEN,
    CACHES,
    IGNORED,
    PATTERN,
    CLOUD,
    UNKNOWN_TYPE,
    LINKED_FOLDER,
    LINK_LOOP,
    DEVICE,
    OWN_FOLDER,
)

BY_NAME = (TEMPORARY, HIDDEN, CACHES, IGNORED, PATTERN, LINKED_FOLDER)
"""The rules that hold for nothing that the user adds by itself."""

_TEMPORARY_PREFIXES = ("~$", ".~lock.", "._", ".goutputstream-", ".fuse_hidden", ".nfs")
_TEMPORARY_SUFFIXES = (
    ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".swo", ".laccdb",
    ".idlk", "~",
)  # fmt: skip
_TEMPORARY_NAMES = {"thumbs.db", "desktop.ini", ".ds_store", ".localized", "icon\r"}
_CACHES = {
    "node_modules", "bower_components", "__pycache__", "__pypackages__", "site-packages",
    "dist-packages", ".venv", ".tox", ".nox", ".eggs", ".mypy_cache", ".pytest_cache",
    ".ruff_cache", ".ipynb_checkpoints", ".gradle", ".terraform", ".cache", ".git", ".hg", ".svn",
    ".bzr", "__macosx", "lost+found", "$recycle.bin", "system volume information",
    ".trash", ".trashes", ".spotlight-v100", ".fseventsd", ".temporaryitems",
    ".documentrevisions-v100", "@eadir", "#recycle",
}  # fmt: skip
_CACHE_PREFIXES = (".trash-",)
_CACHE_SUFFIXES = (".app", ".framework", ".photoslibrary", ".photolibrary", ".egg-info")
_CACHE_TAG = "CACHEDIR.TAG"
_CACHE_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"
_HIDDEN_ATTRIBUTE = 0x2
_HIDDEN_FLAG = 0x8000


def is_temporary(name: str) -> bool:
    """Whether a file of this name is another program's for a while."""
    name = name.lower()
    return (
        name.startswith(_TEMPORARY_PREFIXES)
        or name.endswith(_TEMPORARY_SUFFIXES)
        or name in _TEMPORARY_NAMES
    )


def _is_cache(name: str) -> bool:
    name = name.lower()
    return name in _CACHES or name.startswith(_CACHE_PREFIXES) or name.endswith(_CACHE_SUFFIXES)


def _is_hidden(name: str, facts: os.stat_result) -> bool:
    attributes = getattr(facts, "st_file_attributes", 0)
    flags = getattr(facts, "st_flags", 0)
    return bool(name.startswith(".") or attributes & _HIDDEN_ATTRIBUTE or flags & _HIDDEN_FLAG)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule that holds for a path, and the words in which the user is told."""

    rule: Rule
    reason: str

    @classmethod
    def by(cls, rule: Rule) -> LeftOut:
        """What `rule` leaves out with no words of its own."""
        return cls(rule, rule.sentence)


class Rules:
    """The rules as the settings have them; what the user added by name is no matter for them."""

    def __init__(self, options: Options, own_folder: Path | None = None) -> None:
        """`own_folder` is where the library lies, which it must never read."""
        self._options = options
        self._own_folder = own_folder
        self._patterns = Patterns.of(
            pattern.strip().lower() for pattern in options.leave_out.split(";")
        )

    def ignores_above(self, root: Path) -> IgnoreFiles:
        """What the .gitignore files above a root say of what lies in it."""
        return IgnoreFiles() if self._options.ignored_files else IgnoreFiles.above(root)

    def ignores_in(self, folder: Path, above: IgnoreFiles) -> IgnoreFiles:
        """`above` with what the .gitignore of `folder` adds."""
        return above if self._options.ignored_files else above.inside(folder)

    def of_path(
        self, path: Path, root: Path, facts: os.stat_result, ignores: IgnoreFiles
    ) -> LeftOut | None:
        """Why a file or folder below `root` is left out by its name, its place or its flags.

        `facts` are its own, not those of what a link leads to.
        """
        if path == self._own_folder:
            return LeftOut.by(OWN_FOLDER)
        is_folder = stat.S_ISDIR(facts.st_mode)
        if in_cloud(facts) or (not is_folder and stands_for(path) is not None):
            return LeftOut.by(CLOUD)
        named, pattern = self._named_by_user(path, root, is_folder=is_folder)
        if named:
            return LeftOut(PATTERN, f"{PATTERN.begins}{pattern}”. {_changed_by('leave_out')}")
        if not is_folder and is_temporary(path.name):
            return LeftOut.by(TEMPORARY)
        kept = named is False
        rule = None if kept else self._switched(path, facts, ignores, is_folder=is_folder)
        return LeftOut.by(rule) if rule else None

    def _named_by_user(self, path: Path, root: Path, *, is_folder: bool) -> tuple[bool | None, str]:
        if self._patterns is None:
            return None, ""
        inner = Path(str(path.relative_to(root)).lower())
        return self._patterns.opinion(inner, Path(), is_folder=is_folder)

    def _switched(
        self, path: Path, facts: os.stat_result, ignores: IgnoreFiles, *, is_folder: bool
    ) -> Rule | None:
        """The rule, of those with a switch, that leaves `path` out."""
        if not self._options.ignored_files and is_folder and _is_cache(path.name):
            return CACHES
        if not self._options.hidden_files and _is_hidden(path.name, facts):
            return HIDDEN
        return IGNORED if ignores.name(path, is_folder=is_folder) else None

    def of_content(self, folder: Path, names: Collection[str]) -> LeftOut | None:
        """Why a folder with files of these `names` is left out."""
        if self._options.ignored_files:
            return None
        if "pyvenv.cfg" in names or (_CACHE_TAG in names and _is_tagged(folder / _CACHE_TAG)):
            return LeftOut.by(CACHES)
        return None


def _is_tagged(tag: Path) -> bool:
    try:
        facts = tag.stat()
        if not stat.S_ISREG(facts.st_mode) or in_cloud(facts):
            return False
        with tag.open("rb") as file:
            return file.read(len(_CACHE_SIGNATURE)) == _CACHE_SIGNATURE
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class RuleUse:
    """A rule as the settings have it, and how many paths of the ledger it leaves out."""

    rule: Rule
    is_on: bool
    paths: int


def uses(options: Options, files: Iterable[FileRecord]) -> tuple[RuleUse, ...]:
    """Every rule, in the order they are shown."""
    counts = dict.fromkeys((rule.id for rule in RULES), 0)
    for file in files:
        if file.state is FileState.SKIPPED:
            for rule in RULES:
                if rule.gave(file.reason):
                    counts[rule.id] += 1
                    break
    return tuple(RuleUse(rule, rule.is_on(options), counts[rule.id]) for rule in RULES)
