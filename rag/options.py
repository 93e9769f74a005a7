"""Every setting with its default, range and unit, validated once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from rag.errors import BadOption

T = TypeVar("T", int, float, bool, str)
_YES, _NO = ("yes", "on", "true", "1"), ("no", "off", "false", "0")


def _option(
    default: T,
    label: str,
    sentence: str,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    *,
    advanced: bool = False,
    choices: tuple[tuple[str, str], ...] = (),
) -> T:
    return field(
        default=default,
        metadata={
            "label": label,
            "sentence": sentence,
            "default": default,
            "low": low,
            "high": high,
            "unit": unit,
            "advanced": advanced,
            "choices": choices,
        },
    )


@dataclass(frozen=True, slots=True)
class OptionInfo:
    """What a settings dialog needs to know of an option."""

    name: str
    label: str
    sentence: str  # what it does, in plain words
    default: int | float | bool | str
    low: float | None
    high: float | None
    unit: str
    advanced: bool  # for those who know why they change it
    choices: tuple[tuple[str, str], ...]  # of a text: the values it can have, each with its name


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of a library; raises `BadOption` when a value is out of its range."""

    passages: int = _option(
        6, "Passages per answer", "How many passages the model reads at most for one answer.", 2, 20
    )
    answer_tokens: int = _option(
        400,
        "Longest answer",
        "Where an answer is cut off if the model does not end it.",
        50,
        700,
        "tokens",
        advanced=True,
    )
    first_word_s: float = _option(
        20.0,
        "Wait for the first word",
        "On a slow computer fewer passages are read, so that the answer starts within this time.",
        2.0,
        600.0,
        "s",
    )
    decline: bool = _option(
        True,
        "Say so when the files do not answer",
        "Without it the model always tries, also when nothing relevant was found.",
    )
    rerank: bool = _option(
        True,
        "Look twice at what was found",
        "With a reranking model in the models folder, the best passages are read once more "
        "together with the question. Finds more, and takes up to a second longer.",
        advanced=True,
    )
    second_look: bool = _option(
        True,
        "Look again for what was not found",
        "A sentence that the passages do not bear out is searched for once more in your files.",
    )
    only_supported: bool = _option(
        False,
        "Leave out what your files do not bear out",
        "The model writes an answer again without the sentences that nothing supports.",
    )
    pass_at_once_s: float = _option(
        5.0,
        "Go through everything without asking",
        "Questions such as “how many” or “list all” go through all files in scope at once when "
        "that takes no longer than this.",
        0.0,
        600.0,
        "s",
    )
    whole_tokens: int = _option(
        32768,
        "Read whole by itself up to",
        "Questions about all of a document have it read whole up to this length. Longer ones are "
        "read in sections, unless you ask for the whole: answers become less reliable with length.",
        4096,
        131072,
        "tokens",
        advanced=True,
    )
    whole_memory_share: int = _option(
        80,
        "Memory for reading whole",
        "How much of the memory that is free a long document may take.",
        10,
        95,
        "%",
        advanced=True,
    )
    readings_gb: float = _option(
        20.0,
        "Disk space for what was read whole",
        "What was used least lately is deleted first. It is read again when it is needed.",
        0.0,
        2000.0,
        "GB",
    )
    disk_free_gb: float = _option(
        5.0,
        "Disk space left free",
        "What was read whole is not kept where less than this would be left.",
        0.0,
        2000.0,
        "GB",
        advanced=True,
    )
    halve_readings: bool = _option(
        False,
        "Keep what was read whole at half the size",
        "Opening it again takes a little longer, and answers may differ by a word.",
        advanced=True,
    )
    ocr: bool = _option(
        True,
        "Read scanned pages",
        "The text of pages that are pictures, and of pictures, is recognised on this computer. "
        "A page takes some seconds.",
    )
    ocr_language: str = _option(
        "",
        "Language of scanned pages",
        "Found out for each document unless it is chosen here.",
        choices=(
            ("", "Automatic"),
            ("latin", "Languages in Latin letters"),
            ("chinese", "Chinese"),
            ("japanese", "Japanese"),
        ),
    )
    hidden_files: bool = _option(
        False,
        "Read hidden files too",
        "Files and folders whose name begins with a dot, or that the system hides.",
    )
    ignored_files: bool = _option(
        False,
        "Read what programmers leave out",
        "What a .gitignore names, and folders of installed packages and caches.",
    )
    leave_out: str = _option(
        "",
        "Leave out",
        "Names and patterns of files and folders that are not read, with semicolons between them, "
        "as in *.bak; Archive/. What a pattern with ! before it names is read though another "
        "rule leaves it out.",
    )
    read_on_battery: bool = _option(
        True,
        "Read on battery",
        "Without it reading waits until the computer is plugged in.",
    )
    parse_seconds: float = _option(
        30.0,
        "Time per file without progress",
        "A file whose reader makes no progress for this long is left out. "
        "Holds from the next start.",
        1.0,
        600.0,
        "s",
        advanced=True,
    )
    parse_memory_mb: int = _option(
        1024,
        "Memory per file",
        "A file that needs more memory to read is left out. Holds from the next start.",
        256,
        16384,
        "MB",
        advanced=True,
    )
    threads: int = _option(
        0,
        "Processor cores",
        "How many cores answer and read; 0 chooses for this computer. Holds from the next start.",
        0,
        256,
        advanced=True,
    )

    def __post_init__(self) -> None:
        for info in describe():
            value = getattr(self, info.name)
            if type(value) is not type(info.default):
                raise BadOption(info.label, f"must be a {type(info.default).__name__}")
            if info.choices and value not in dict(info.choices):
                raise BadOption(info.label, f"must be one of {', '.join(dict(info.choices))}")
            if (
                not isinstance(value, str)
                and info.low is not None
                and info.high is not None
                and not info.low <= value <= info.high
            ):
                raise BadOption(
                    info.label, f"must be from {info.low:g} to {info.high:g} {info.unit}".rstrip()
                )


def describe() -> tuple[OptionInfo, ...]:
    """Every option in the order it is shown."""
    return tuple(OptionInfo(f.name, **f.metadata) for f in fields(Options))


def parse(info: OptionInfo, typed: str) -> int | float | bool | str:
    """The value of an option as a person types it; raises `BadOption`."""
    if isinstance(info.default, str):
        return typed
    if isinstance(info.default, bool):
        value = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}.get(typed.casefold())
        if value is None:
            raise BadOption(info.label, "must be yes or no")
        return value
    try:
        return type(info.default)(typed)
    except ValueError:
        raise BadOption(info.label, "must be a number") from None


def from_mapping(values: Mapping[str, object]) -> Options:
    """Options from stored `values`; unknown names and bad values leave the default."""
    options = Options()
    for info in describe():
        if info.name in values:
            with suppress(BadOption):
                options = replace(options, **{info.name: values[info.name]})
    return options
