"""Files become pages of clean reading text: which reader reads which format.

The readers are modules of this package that only a parser process imports, so that a damaged
file can crash nothing but that process; `rag.load.sandbox` is the door to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.load import sniff
from rag.load.languages import CODE_NAMES, CODE_SUFFIXES, XML_SUFFIXES

PICTURES = "rag.load.image"  # the reader of image files


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file and the module that reads it."""

    name: str  # for the screen: "PDF"
    suffixes: tuple[str, ...]  # lower case, with the dot
    reader: str  # the module with `read(path, how) -> Iterator[DocumentInfo | Page]`
    names: tuple[str, ...] = ()  # of files that are told by their whole name, lower case
    drawn: bool = False  # whether its pages can be shown as pictures


FORMATS: tuple[Format, ...] = (
    Format("PDF", (".pdf",), "rag.load.pdf", drawn=True),
    Format("Word", (".docx", ".docm", ".dotx", ".dotm"), "rag.load.word"),
    Format("PowerPoint", (".pptx", ".pptm", ".potx", ".ppsx", ".ppsm", ".potm"), "rag.load.slides"),
    Format(
        "spreadsheet",
        (".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".xltm", ".ods", ".ots"),
        "rag.load.sheets",
    ),
    Format("web page", (".html", ".htm", ".xhtml"), "rag.load.web"),
    Format("Markdown", (".md", ".markdown"), "rag.load.markdown"),
    Format(
        "text",
        (".txt", ".text", ".log", ".nfo", ".asc", ".me"),
        "rag.load.text",
        ("readme", "license", "licence", "copying", "notice", "authors", "changelog", "todo"),
    ),
    Format("reStructuredText", (".rst", ".rest"), "rag.load.restructured"),
    Format("Org", (".org",), "rag.load.org"),
    Format("notebook", (".ipynb",), "rag.load.notebook"),
    Format("subtitles", (".srt", ".vtt", ".ass", ".ssa", ".sbv"), "rag.load.subtitles"),
    Format("table", (".csv", ".tsv", ".tab", ".psv"), "rag.load.delimited"),
    Format("JSON", (".json", ".jsonl", ".ndjson", ".geojson"), "rag.load.json_text"),
    Format("XML", XML_SUFFIXES, "rag.load.xml_text"),
    Format(
        "settings",
        (".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf", ".properties"),
        "rag.load.settings_text",
    ),
    Format(
        "OpenDocument",
        (".odt", ".ott", ".odp", ".otp", ".odg", ".fodt", ".fodp"),
        "rag.load.opendocument",
    ),
    Format("e-book", (".epub",), "rag.load.ebook"),
    Format("e-mail", (".eml", ".emlx", ".mht", ".mhtml"), "rag.load.mail.eml"),
    Format("Outlook message", (".msg",), "rag.load.mail.outlook"),
    Format("mailbox", (".mbox", ".mbx"), "rag.load.mail.mbox"),
    Format("RTF", (".rtf",), "rag.load.rtf"),
    Format("old Word", (".doc", ".dot"), "rag.load.legacy"),
    Format("old PowerPoint", (".ppt", ".pps", ".pot"), "rag.load.legacy"),
    Format("archive", (".zip", ".tar", ".tar.gz", ".tgz"), "rag.load.archive"),
    Format(
        "picture",
        (".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".avif"),
        PICTURES,
        drawn=True,
    ),
    Format("code", CODE_SUFFIXES, "rag.load.code", CODE_NAMES),
)


def format_of(path: Path, formats: Sequence[Format] = FORMATS) -> Format | None:
    """The format that `path`'s name tells, None where no reader knows it."""
    name = path.name.lower()
    ends = ("".join(path.suffixes[-2:]).lower(), path.suffix.lower())  # ".tar.gz", ".gz"
    return next(
        (
            known
            for known in formats
            if ends[0] in known.suffixes or ends[1] in known.suffixes or name in known.names
        ),
        None,
    )


def readable(path: Path, formats: Sequence[Format] = FORMATS) -> Format | None:
    """The format to read `path` as, by its name, without a suffix by its content; None if none.

    For a name without a suffix it opens the file.
    """
    named = format_of(path, formats)
    if named is not None or sniff.has_suffix(path):
        return named
    return _of_suffix(sniff.suffix_of_content(path), formats)


def reader_of(path: Path, named: str) -> str:
    """The reader for `path`: `named`, which its name tells, unless its content is clearly other."""
    true = _of_suffix(sniff.suffix_belied(path), FORMATS)
    return true.reader if true else named


def _of_suffix(suffix: str, formats: Sequence[Format]) -> Format | None:
    return format_of(Path(f"file{suffix}"), formats) if suffix else None
